"""The sentence of each kind of news, in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from telemachy.apps.people.models import Notification, Person
from telemachy.apps.people.queries import clocks

#: The local hour of the daily mail.
DIGEST_HOUR = 7

#: kind -> sentence; the names in it are the notification's params.
SENTENCES: dict[str, str | Promise] = {
    "pair.proposed": _("You are invited to a pair with %(other)s in %(programme)s. Say whether you accept."),
    "pair.accepted": _("%(other)s accepted the pair in %(programme)s."),
    "pair.ready": _("Everybody accepted: agree on your charter with %(other)s."),
    "pair.declined": _("The pair in %(programme)s will not go ahead; the programme will look again."),
    "agent.handed_over": _(
        "%(other)s handed %(agent)s over to you: you answer for this agent now. "
        "Its tokens still work; end those that others know."
    ),
    "enrolment.added": _("You have a place in %(programme)s. If it is not for you, you can give it back."),
    "enrolment.asked": _("There is a place for you in %(programme)s. Take it, or leave it as it is."),
    "enrolment.given_back": _("%(other)s gave back a place in %(programme)s."),
    "enrolment.erased": _(
        "Somebody who had a place in %(programme)s had their data erased. "
        "The place is free, and pairs of theirs have ended."
    ),
    "pair.chemistry": _("%(other)s noted when you meet before you both decide, in %(programme)s."),
    "pair.left": _("%(other)s is no longer part of your circle in %(programme)s."),
    "pair.wind_down": _("%(other)s would like to bring your relationship to its end together."),
    "pair.resume": _("%(other)s took the winding down back: your relationship goes on."),
    "pair.graduate": _("You graduated in %(programme)s: you decide alone now."),
    "pair.complete": _("Your relationship with %(other)s is complete."),
    "pair.transferred": _("Your relationship in %(programme)s was passed on to another mentor."),
    "pair.taken_back": _(
        "Those who run %(programme)s took back the pair proposed to you. "
        "It is nobody's fault; they look again."
    ),
    "pair.called_off": _("Your relationship in %(programme)s has ended, since the other side has left."),
    "pair.free": _("%(learner)s has no mentor any more in %(programme)s and is back in the pool."),
    "match_run.ready": _("Match run %(number)s in %(programme)s is ready."),
    "match_run.failed": _("Match run %(number)s in %(programme)s came to nothing. Its page says why."),
    "pair.unwound": _("The relationship with %(other)s has ended."),
    "pair.active": _("Your charter holds and a goal is agreed: the work in %(programme)s begins."),
    "charter.begun": _("%(other)s opened the draft of your charter in %(programme)s."),
    "charter.proposed": _("%(other)s proposed a version of your charter. Read what changed."),
    "charter.in_force": _("%(other)s agreed; your charter is in force."),
    "charter.settled": _("Nobody's agreement is missing any more: your charter is in force."),
    "goal.proposed": _("%(other)s wrote a goal for you. It is yours once you agree to it."),
    "goal.agreed": _("%(other)s agreed on a goal and works on it now."),
    "goal.reached": _("%(other)s reached a goal."),
    "plan.commented": _("%(other)s commented on your development plan."),
    "plan.reviewed": _("%(other)s wrote a review of the development plan."),
    "plan.review_due": _("The quarterly review of the development plan with %(other)s is due."),
    "situation.asked": _("%(other)s asks for your view on a situation."),
    "situation.guided": _("%(other)s answered your question on a situation. The decision is yours."),
    "situation.decided": _("%(other)s has decided in a situation you were asked about."),
    "situation.accounted": _("%(other)s told how a situation turned out; the debrief is yours."),
    "situation.debriefed": _("%(other)s debriefed a situation with you."),
    "guidance.held": _("%(other)s, the agent you answer for, wrote guidance that waits for you."),
    "situation.waiting": _("A situation has been waiting for you for more than three working days."),
    "data_export.ready": _("Your data are packed. You can fetch them for seven days."),
    "session.proposed": _("%(other)s proposed times for a session. Choose one."),
    "session.scheduled": _("Your next session with %(other)s is in the calendar."),
    "session.changed": _("%(other)s moved or changed a session."),
    "session.cancelled": _("%(other)s cancelled a session."),
    "session.ended": _("A session with %(other)s left your calendar, since the relationship has ended."),
    "session.withdrawn": _("%(other)s took the proposed times for a session back."),
    "session.missed": _("%(other)s noted that a session did not take place. Find another time."),
    "session.recorded": _("%(other)s noted a session that you held."),
    "session.reminder": _("You meet %(other)s within a day."),
    "action.agreed": _("%(other)s noted an action for you."),
    "feedback.given": _("%(other)s told you what helped, or what to wish for."),
    "nudge.invitation": _("Your invitation in %(programme)s waits for an answer."),
    "nudge.charter": _("Your charter in %(programme)s waits for you."),
    "nudge.situation": _("A situation in %(programme)s waits for you."),
    "nudge.session": _("You have been quiet in %(programme)s. Would a session help?"),
    "programme.week": _(
        "The week in %(programme)s: signals open %(n_open)d, in hand %(n_in_hand)d; new %(n_new)d, "
        "gone %(n_gone)d."
    ),
    "practice.conversation_due": _("The coaching conversation that you planned is today."),
    "practice.how_was_it": _("How was your coaching conversation? Two minutes to look back."),
    "situation.message": _("%(other)s wrote in the conversation about a situation."),
    "hours.to_confirm": _("%(other)s logged time spent with you. Say whether it was so."),
    "review.asked": _("%(other)s asks you to review a recording of their coaching."),
    "review.declined": _("%(other)s cannot rate your recording."),
    "review.called_off": _("%(other)s took the request for a review back."),
    "review.rated": _("All ratings of a review are in. See them side by side."),
    "letter.sent": _("%(other)s sent you a feedback letter on your coaching."),
    "threshold.claimed": _(
        "Independence in “%(competency)s” may be shown: a threshold waits to be confirmed."
    ),
    "threshold.confirmed": _("Your mentor confirms that you decide alone in “%(competency)s”."),
    "threshold.passed": _("The threshold in “%(competency)s” is passed."),
    "threshold.not_yet": _("The threshold in “%(competency)s” is not confirmed yet. Read what is missing."),
    "threshold.shared": _("%(other)s lets an independent person rate a case. Ask somebody."),
    "threshold.to_rate": _("You are asked to rate a case in “%(competency)s” as an independent reader."),
    "recording.asked": _("%(other)s asks for your consent to a recording. Read the terms, then decide."),
    "recording.agreed": _("%(other)s agreed to the terms of a recording."),
    "recording.withdrawn": _("%(other)s withdrew the consent to a recording; it is deleted."),
    "recording.shared": _("A recording of %(other)s can be heard and read by you now."),
    "recording.transcribed": _("A recording is written down. Confirm who speaks."),
    "recording.not_transcribed": _("Your recording could not be written down. Its page says why."),
    "recording.coded": _("Your recording is coded."),
    "supervision.asked": _("%(other)s asks you to be their supervisor. Say whether you accept."),
    "supervision.invited": _("%(other)s asks you into a supervision room. Say whether you join."),
    "supervision.growing": _("%(other)s is asked to join your supervision room."),
    "supervision.accepted": _("%(other)s said yes: your supervision room is there."),
    "supervision.declined": _("%(other)s cannot take part in supervision with you."),
    "supervision.left": _("%(other)s left your supervision room."),
    "supervision.shared": _("%(other)s shared a case for supervision."),
    "supervision.noted": _("%(other)s wrote a note on a case in supervision."),
    "supervision.closed": _("%(other)s closed a case in supervision."),
}
#: Kinds that begin so are not named in the subject of a mail: administrators see subjects that failed.
CONFIDENTIAL = "supervision."


def sentence(notification: Notification) -> str:
    """Return the news as one sentence in the active language."""
    text: str = str(SENTENCES[notification.kind]) % notification.params
    return text


def subject(notification: Notification) -> str:
    """Return the subject of a mail about the news."""
    return several(1) if notification.kind.startswith(CONFIDENTIAL) else sentence(notification)


def several(n: int) -> str:
    """Return the subject of a mail that does not say what its news are."""
    return ngettext("%(n)d piece of news for you", "%(n)d pieces of news for you", n) % {"n": n}


def n_unread(person: Person) -> int:
    """Count the news that the person has not read yet."""
    return person.notifications.filter(read_at__isnull=True).count()


def of_person(person: Person) -> QuerySet[Notification]:
    """Return the person's news, unread first, then the latest first."""
    return person.notifications.order_by(F("read_at").desc(nulls_first=True), "-created_at", "pk")


def to_mail(person: Person) -> QuerySet[Notification]:
    """Return what a daily mail is made of: unread, and not mailed yet."""
    waiting = person.notifications.filter(mailed_at__isnull=True, read_at__isnull=True)
    return waiting.select_related("person").order_by("created_at")


def waiting_for_digest() -> QuerySet[Person]:
    """Return who takes mail once a day and has news that was not mailed yet."""
    present = Person.objects.filter(
        mail=Person.Mail.DAILY, user__isnull=False, left_at__isnull=True, erased_at__isnull=True
    ).exclude(email="")
    unmailed = Notification.objects.filter(mailed_at__isnull=True, read_at__isnull=True)
    return present.filter(pk__in=unmailed.values("person_id"))


def is_digest_due(person: Person, now: datetime) -> bool:
    """Tell whether it is seven in the morning or later where the person is, and today's mail is not done."""
    local = clocks.local(person, now)
    return local.hour >= DIGEST_HOUR and person.digest_on != local.date()


def language_of(person: Person) -> str:
    """Return the language to write to the person in."""
    chosen = person.user.language if person.user is not None else ""
    return chosen or person.organisation.language
