"""The learner's steps through a situation: log, reason, ask, decide, act, account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Required, TypedDict, Unpack

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Draft, Goal, Message, Relationship, Situation
from telemachy.apps.relationships.policies import situations as policies
from telemachy.apps.relationships.queries import drafts, recommendations, withholding
from telemachy.apps.relationships.queries import situations as queries
from telemachy.apps.relationships.queries.memory import in_own_words
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.core.shared.scales import GRADE_MAX, GRADE_MIN

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person


class Case(TypedDict, total=False):
    """What a learner tells of a case."""

    title: Required[str]
    story: str
    stakes: str
    competency: Competency | None
    goal: Goal | None
    difficulty: int
    novelty: int


@action
def log(
    *,
    relationship: Relationship,
    by: Person,
    now: datetime,
    tags: Sequence[str] = (),
    external_ref: str = "",
    **case: Unpack[Case],
) -> Situation:
    """Log a real case that the learner faces. Raises NotAllowed, BadInput."""
    relationship = hold(relationship)
    policies.log(by, relationship).require()
    situation = Situation(
        relationship=relationship,
        learner=by,
        tags=list(tags),
        external_ref=external_ref,
        logged_at=now,
        awaiting=queries.TURNS["logged"],
        awaiting_since=now,
    )
    _tell_the_case(situation, **case)
    _begin_by_lot(situation, by, now)
    situation.save(force_insert=True)
    forget_draft(by, relationship, "log")
    events.record(
        "situation.logged",
        by=by,
        now=now,
        on=situation,
        difficulty=situation.difficulty,
        novelty=situation.novelty,
    )
    return situation


@action
def revise(*, situation: Situation, by: Person, now: datetime, **case: Unpack[Case]) -> None:
    """Mend how the case is told, before anybody has answered. Raises NotAllowed, BadInput."""
    situation = locked(situation)
    policies.revise(by, situation).require()
    _tell_the_case(situation, **case)
    situation.save()
    forget_draft(by, situation, "revise")
    events.record("situation.revised", by=by, now=now, on=situation)


@action
def reason(
    *,
    situation: Situation,
    by: Person,
    now: datetime,
    own_view: str,
    intended_decision: str = "",
    options: str = "",
    own_questions: str = "",
    confidence: int | None = None,
) -> None:
    """Keep the learner's own reasoning as it was before any help. Raises NotAllowed, BadInput."""
    situation = locked(situation)
    policies.reason(by, situation).require()
    situation.own_view = needed(own_view, "own_view", _("Write what you make of it yourself."))
    situation.intended_decision = intended_decision
    situation.options = options
    situation.own_questions = own_questions
    situation.confidence = _confidence(confidence)
    situation.reasoned_at = now
    move(situation, "reason", now)
    forget_draft(by, situation, "reason")
    events.record("situation.reasoned", by=by, now=now, on=situation)


@action
def ask(*, situation: Situation, by: Person, now: datetime, question: str) -> None:
    """Ask the mentor, first or again; recommends the level of the answer. Raises NotAllowed, BadInput.

    Asking without own reasoning is recorded (`reasoned_at` stays empty), not forbidden. Where the charter
    leaves some situations to their learner by lot, it is drawn at the first question; if it falls on this
    one, the question is kept and nobody is told: it is decided first.
    """
    situation = locked(situation)
    policies.ask(by, situation).require()
    question = needed(question, "question", _("Write what you would like to ask."))
    if situation.asked_at is None:
        situation.asked = question
        if _left_to_its_learner(situation):
            _keep_the_question(situation, by, now)
            return
        situation.asked_at = now
    else:
        Message.objects.create(situation=situation, author=by, text=question, sent_at=now)
    _consult(situation, by, now)


@action
def insist(*, situation: Situation, by: Person, now: datetime) -> None:
    """Ask although the lot left it to the learner, because it cannot wait. Raises NotAllowed."""
    situation = locked(situation)
    policies.insist(by, situation).require()
    situation.asked_at = situation.not_waited_at = now
    events.record("situation.not_waited", by=by, now=now, on=situation)
    _consult(situation, by, now)


def _begin_by_lot(situation: Situation, by: Person, now: datetime) -> None:
    """Set one of the learner's first situations as the lot says, which is drawn with the first of them.

    It sets them when they are logged, asked about or not: a choice made after the lot would tell of it.
    """
    if not withholding.begins_by_lot(situation.relationship):
        return
    before = withholding.first_lots(situation.relationship, by)
    if len(before) == withholding.FIRST:
        return
    situation.guided_by_lot = next((fell for fell in before if fell is not None), None)
    if situation.guided_by_lot is None:
        situation.guided_by_lot = not withholding.falls_on(situation.pk, withholding.ALONE)
        events.record("situation.begun_by_lot", by=by, now=now, on=situation, guided=situation.guided_by_lot)


def _left_to_its_learner(situation: Situation) -> bool:
    """Draw the agreed lot, once, where none says how the learner begins; tell how it fell."""
    if situation.guided_by_lot is not None:
        situation.withheld = not situation.guided_by_lot
        return situation.withheld
    chance = withholding.agreed_chance(situation.relationship)
    if chance is None:
        return False
    situation.p_withheld = chance
    situation.withheld = withholding.falls_on(situation.pk, chance)
    return situation.withheld


def _keep_the_question(situation: Situation, by: Person, now: datetime) -> None:
    situation.save()
    forget_draft(by, situation, "ask")
    events.record("situation.withheld", by=by, now=now, on=situation, chance=situation.p_withheld)


def _consult(situation: Situation, by: Person, now: datetime) -> None:
    """Recommend a level, hand the turn to the mentor, and tell."""
    recommendation = recommendations.for_situation(situation)
    situation.recommended_level = recommendation.level
    situation.recommendation = {
        "code": recommendation.code,
        "params": dict(recommendation.params),
        "model": recommendation.model_version,
    }
    move(situation, "ask", now)
    forget_draft(by, situation, "ask")
    tell_mentors(situation, "situation.asked", by, now)
    events.record(
        "situation.asked",
        by=by,
        now=now,
        on=situation,
        recommended_level=int(recommendation.level),
        reasoned=situation.reasoned_at is not None,
    )


@action
def decide(
    *,
    situation: Situation,
    by: Person,
    now: datetime,
    decision: str,
    rationale: str = "",
    confidence: int | None = None,
) -> None:
    """Decide; from then on no guidance counts. Raises NotAllowed, BadInput."""
    situation = locked(situation)
    policies.decide(by, situation).require()
    situation.decision = needed(decision, "decision", _("Write what you decided."))
    situation.rationale, situation.decision_confidence = rationale, _confidence(confidence)
    situation.decided_at = now
    move(situation, "decide", now)
    forget_draft(by, situation, "decide")
    _keep_overtaken_guidance(situation)
    if situation.asked_at is not None:
        tell_mentors(situation, "situation.decided", by, now)
    events.record(
        "situation.decided",
        by=by,
        now=now,
        on=situation,
        consulted=situation.asked_at is not None,
        guided_level=situation.guided_level,
    )


def _keep_overtaken_guidance(situation: Situation) -> None:
    """Make what somebody was still writing as guidance a line of conversation begun: its form is gone now."""
    line = drafts.key_of(situation.pk, "message")
    begun = Draft.objects.filter(key=line).values("person")
    late = Draft.objects.filter(key=drafts.key_of(situation.pk, "guide"))
    late.exclude(person__in=begun).update(key=line)


@action
def act(*, situation: Situation, by: Person, now: datetime) -> None:
    """Say that the decision was carried out. Raises NotAllowed."""
    situation = locked(situation)
    policies.act(by, situation).require()
    situation.acted_at = now
    move(situation, "act", now)
    events.record("situation.acted", by=by, now=now, on=situation)


@action
def account(
    *,
    situation: Situation,
    by: Person,
    now: datetime,
    outcome: str,
    criteria: str = "",
    risks: str = "",
    alternatives: str = "",
) -> None:
    """Tell how it turned out and how it was decided; the debrief is then due. Raises NotAllowed, BadInput.

    Sentences that repeat a reminder of this situation are left out: a lesson never becomes its own evidence.
    """
    situation = locked(situation)
    policies.account(by, situation).require()
    outcome = needed(outcome, "outcome", _("Write how it turned out."))
    own = in_own_words(situation, outcome, criteria, risks, alternatives)
    repeated = _("A reminder is repeated here. Write it in your own words.")
    situation.outcome = needed(own[0], "outcome", repeated)
    situation.criteria, situation.risks, situation.alternatives = own[1:]
    situation.acted_at = situation.acted_at or now
    situation.accounted_at = now
    move(situation, "account", now)
    forget_draft(by, situation, "account")
    tell_mentors(situation, "situation.accounted", by, now)
    events.record("situation.accounted", by=by, now=now, on=situation)


@action
def leave(*, relationship: Relationship, by: Person, now: datetime) -> None:
    """Let the situations of a learner about to leave a circle await nobody; they stay to be read."""
    events.unchanged()
    relationship.situations.filter(learner=by).exclude(awaiting="").update(awaiting="", awaiting_since=None)


def locked(situation: Situation) -> Situation:
    """Return the row as it is now, held until the transaction ends, and its pair before it."""
    return queries.held(situation.pk)


def move(situation: Situation, verb: str, now: datetime) -> None:
    """Take one step of the lifecycle and hand the turn on; saves the row. Raises WrongState."""
    situation.state = SITUATION.target(situation.state, verb)
    situation.awaiting = queries.TURNS[situation.state]
    situation.awaiting_since = now if situation.awaiting else None
    situation.save()


def needed(text: str, field: str, message: str) -> str:
    """Return the text unless it is blank. Raises BadInput."""
    if not text.strip():
        raise BadInput(message, field=field)
    return text


def forget_draft(person: Person, about: Situation | Relationship, step: str) -> None:
    """Drop the draft of what was just sent."""
    if kept := drafts.draft(person, drafts.key_of(about.pk, step)):
        kept.delete()


def tell_mentors(situation: Situation, kind: str, by: Person, now: datetime) -> None:
    """Tell the mentor's seat, unless that is who acts."""
    for mentor in queries.mentors_of(situation.relationship):
        tell(situation, kind, mentor, by, now)


def tell(situation: Situation, kind: str, person: Person, by: Person, now: datetime) -> None:
    """Tell one person, by name only: what the situation is about never leaves its page."""
    if person.pk != by.pk:
        path = reverse("situation", args=[situation.pk])
        notifications.tell(person=person, kind=kind, path=path, now=now, other=by.name)


def _tell_the_case(
    situation: Situation,
    *,
    title: str,
    story: str = "",
    stakes: str = "",
    competency: Competency | None = None,
    goal: Goal | None = None,
    difficulty: int = 3,
    novelty: int = 3,
) -> None:
    """Set what the case is about, after checking what a form may not have checked."""
    for name, grade in (("difficulty", difficulty), ("novelty", novelty)):
        if not GRADE_MIN <= grade <= GRADE_MAX:
            raise BadInput(_("A grade lies between 1 and 5."), field=name)
    if competency is not None and competency.organisation_id != situation.learner.organisation_id:
        raise BadInput(_("Choose a competency of your organisation."), field="competency")
    if goal is not None and (goal.relationship_id, goal.learner_id) != (
        situation.relationship_id,
        situation.learner_id,
    ):
        raise BadInput(_("Choose one of your goals in this relationship."), field="goal")
    situation.title = needed(title, "title", _("Give the situation a title."))
    situation.story, situation.stakes = story, stakes
    situation.competency, situation.goal = competency, goal
    situation.difficulty, situation.novelty = difficulty, novelty


def _confidence(confidence: int | None) -> int | None:
    if confidence is not None and not 0 <= confidence <= 100:
        raise BadInput(_("Confidence lies between 0 and 100."), field="confidence")
    return confidence
