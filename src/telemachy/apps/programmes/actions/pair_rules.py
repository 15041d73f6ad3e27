"""Decide beforehand which pairs must be, and which must never."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries as people
from telemachy.apps.programmes import policies, snapshots
from telemachy.apps.programmes.models import Enrolment, PairRule, Programme
from telemachy.core.matching import Problem, Profile, Rules, why_not
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def decide(
    *, programme: Programme, learner: Enrolment, mentor: Enrolment, kind: str, by: Person, now: datetime
) -> PairRule:
    """Lock or forbid a pair in every later run; the opposite decision is replaced.

    Raises NotAllowed, and BadInput where a lock cannot be kept.
    """
    policies.match(by, programme).require()
    check_places(programme, learner, mentor)
    hold(programme)
    kind = PairRule.Kind(kind)
    if kind == PairRule.Kind.LOCK:
        _check_lock(programme, learner, mentor, now)
    rule = about(programme, learner, mentor)
    if rule is not None and rule.kind == kind:
        events.unchanged()
        return rule
    if rule is None:
        rule = PairRule(programme=programme, created_at=now)
    rule.learner, rule.mentor, rule.kind = learner, mentor, kind
    rule.save()
    events.record("pair_rule.decided", by=by, now=now, on=rule, kind=kind.value)
    return rule


def about(programme: Programme, learner: Enrolment, mentor: Enrolment) -> PairRule | None:
    """Return what is decided about two people; among peers, whichever was named first."""
    named = Q(learner=learner, mentor=mentor)
    if programme.shape == "peer":
        named |= Q(learner=mentor, mentor=learner)
    return PairRule.objects.filter(named, programme=programme).select_related("programme").first()


@action
def undo(*, rule: PairRule, by: Person, now: datetime) -> None:
    """Leave the pair to the matching again. Raises NotAllowed."""
    policies.match(by, rule.programme).require()
    events.record("pair_rule.undone", by=by, now=now, on=rule, kind=rule.kind)
    rule.delete()


def check_places(programme: Programme, learner: Enrolment, mentor: Enrolment) -> None:
    """Raise BadInput unless the two are two people, and a learner and a mentor unless among peers."""
    if {learner.programme_id, mentor.programme_id} != {programme.pk}:
        raise BadInput(_("Choose two people of this programme."))
    is_peer = programme.shape == "peer"
    if not is_peer and (learner.role, mentor.role) != (Enrolment.Role.LEARNER, Enrolment.Role.MENTOR):
        raise BadInput(_("Choose a learner and a mentor."))
    if learner.person_id == mentor.person_id:
        raise BadInput(_("Nobody can be matched with themselves."), field="mentor")


def check_there(*places: Enrolment) -> None:
    """Raise BadInput where somebody has left, a place is not active, or an address is not proved yet."""
    for given in places:  # as they are now: what was shown may be of before somebody went
        place = Enrolment.objects.select_related("person").get(pk=given.pk)
        if place.person.is_gone:
            raise BadInput(
                _("%(name)s has left the organisation.") % {"name": place.person.name}, field=place.role
            )
        if place.state != Enrolment.State.ACTIVE:
            raise BadInput(
                _("The place of %(name)s is paused or withdrawn. Resume it first.")
                % {"name": place.person.name},
                field=place.role,
            )
        if place.is_unproved:
            raise BadInput(
                _(
                    "%(name)s has not confirmed the e-mail address yet. "
                    "If you know it is right, add them by hand."
                )
                % {"name": place.person.name},
                field=place.role,
            )


def check_not_forbidden(programme: Programme, learner: Enrolment, mentor: Enrolment) -> None:
    """Raise BadInput where somebody decided that the two are never to be a pair."""
    rule = about(programme, learner, mentor)
    if rule is not None and rule.kind == PairRule.Kind.FORBID:
        raise BadInput(
            _("%(learner)s with %(mentor)s is forbidden. Undo that first.")
            % {"learner": learner.person.name, "mentor": mentor.person.name},
            field="mentor",
        )


def hold(programme: Programme) -> None:
    """Let nobody else decide about the programme's pairs until the transaction ends."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def hold_all_of(person: Person) -> list[Programme]:
    """Hold and return the programmes in which somebody has a place: nobody is just proposing them there."""
    places = Enrolment.objects.filter(person=person).exclude(state=Enrolment.State.WITHDRAWN)
    found = Programme.objects.filter(pk__in=places.values("programme")).exclude(state="archived")
    held = list(found.order_by("pk"))
    for programme in held:
        hold(programme)
    return held


def go_on_without(*, person: Person, by: Person, now: datetime) -> None:
    """Let pairs with somebody who leaves be proposed before that is noted, or not at all."""
    hold_all_of(person)


def in_reporting_line(programme: Programme, learner: Enrolment, mentor: Enrolment, now: datetime) -> bool:
    """Tell whether one of the two is above the other, and the programme's rules mind it."""
    if not Rules.read(programme.rules).outside_reporting_line:
        return False
    one, other = str(learner.person_id), str(mentor.person_id)
    alone = Problem(
        learners=(Profile(one),),
        mentors=(Profile(other),),
        reference_date=now.date(),
        rules=Rules(shared_language=False, min_overlap_hours=0),
        reporting_lines=people.reporting_lines(programme.organisation_id),
    )
    return any(reason.code == "excluded_reporting_line" for reason in why_not(alone, one, other))


def _check_lock(programme: Programme, learner: Enrolment, mentor: Enrolment, now: datetime) -> None:
    check_there(learner, mentor)
    locks = PairRule.objects.filter(programme=programme, kind=PairRule.Kind.LOCK)
    other = locks.filter(learner=learner).exclude(mentor=mentor).select_related("mentor__person").first()
    if other is not None:
        raise BadInput(
            _("%(learner)s is locked to %(mentor)s. Undo that first.")
            % {"learner": learner.person.name, "mentor": other.mentor.person.name},
            field="learner",
        )
    n_held = locks.filter(mentor=mentor).exclude(learner=learner).count()
    past = snapshots.history(programme, [mentor.person_id])
    held = past.held.get(str(mentor.person_id), 0)
    capacity = 1 if programme.shape == "peer" else mentor.capacity
    if held + n_held >= capacity:
        raise BadInput(
            _("%(mentor)s has no seat left for a locked pair.") % {"mentor": mentor.person.name},
            field="mentor",
        )
    if in_reporting_line(programme, learner, mentor, now):
        raise BadInput(
            _("One of the two is above the other in the reporting line; such a pair is never made."),
            field="mentor",
        )
