"""Write, agree, read and end goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Required, TypedDict, Unpack

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.actions.activation import activate_if_ready
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Goal, GoalReading
from telemachy.apps.relationships.policies import goals as policies
from telemachy.apps.relationships.queries import goals as queries
from telemachy.apps.relationships.queries.situations import mentors_of
from telemachy.core.goals import check
from telemachy.core.shared.errors import BadInput, WrongState
from telemachy.core.shared.lifecycles import GOAL
from telemachy.core.shared.scales import ATTAINMENT_MAX, ATTAINMENT_MIN

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

N_LEVELS = ATTAINMENT_MAX - ATTAINMENT_MIN + 1


class RevisedMeanwhile(WrongState):
    """Somebody revised the goal while it was being edited; `goal` is as it is now."""

    def __init__(self, goal: Goal) -> None:
        super().__init__(_("This goal was changed in the meantime."))
        self.goal = goal


class Words(TypedDict, total=False):
    """What a goal says."""

    statement: Required[str]
    why: str
    baseline: str
    baseline_evidence: str
    levels: Sequence[str]
    due_on: date | None


@action
def add(
    *,
    relationship: Relationship,
    learner: Person,
    by: Person,
    now: datetime,
    competencies: Iterable[Competency] = (),
    as_draft: bool = True,
    **words: Unpack[Words],
) -> Goal:
    """Write a goal; what a learner writes can be their own at once. Raises NotAllowed, BadInput."""
    relationship = hold(relationship)
    policies.add(by, relationship, learner).require()
    goal = Goal(relationship=relationship, learner=learner, written_by=by, created_at=now)
    _write(goal, **words)
    goal.save(force_insert=True)
    goal.competencies.set(_own_catalogue(competencies, by))
    events.record("goal.added", by=by, now=now, on=goal, n_gaps=len(goal.gaps))
    if not as_draft:
        agree(goal=goal, by=by, now=now)
        goal.refresh_from_db()
    elif learner.pk != by.pk:
        _tell(goal, learner, "goal.proposed", by, now)
    return goal


@action
def revise(
    *,
    goal: Goal,
    by: Person,
    now: datetime,
    competencies: Iterable[Competency] = (),
    based_on: int | None = None,
    **words: Unpack[Words],
) -> None:
    """Change a goal; `based_on` is the revision that was edited. Levels are fixed once there is a reading.

    Raises NotAllowed, BadInput, and RevisedMeanwhile when there is a later revision.
    """
    goal = locked(goal)
    policies.revise(by, goal).require()
    if based_on is not None and based_on != goal.n_revisions:
        raise RevisedMeanwhile(goal)
    fixed = list(goal.levels)
    _write(goal, **words)
    if queries.is_frozen(goal) and goal.levels != fixed:
        raise BadInput(
            _("The levels are fixed since the first reading. For other levels, write a new goal."),
            field="levels",
        )
    goal.n_revisions += 1
    goal.save()
    goal.competencies.set(_own_catalogue(competencies, by))
    events.record("goal.revised", by=by, now=now, on=goal, n_gaps=len(goal.gaps))
    activate_if_ready(relationship=goal.relationship, by=by, now=now)


@action
def agree(*, goal: Goal, by: Person, now: datetime) -> None:
    """Make it the learner's own: it is worked on from now. Raises NotAllowed."""
    goal = locked(goal)
    policies.agree(by, goal).require()
    goal.agreed_at = now
    _move(goal, "agree")
    events.record("goal.agreed", by=by, now=now, on=goal, n_gaps=len(goal.gaps))
    _tell_mentors(goal, "goal.agreed", by, now)
    activate_if_ready(relationship=goal.relationship, by=by, now=now)


@action
def record(*, goal: Goal, by: Person, now: datetime, attainment: int, note: str = "") -> GoalReading:
    """Say where the goal stands on its levels. Raises NotAllowed, BadInput."""
    goal = locked(goal)
    policies.record(by, goal).require()
    if not ATTAINMENT_MIN <= attainment <= ATTAINMENT_MAX:
        raise BadInput(_("A level lies between −2 and +2."), field="attainment")
    reading = GoalReading.objects.create(goal=goal, attainment=attainment, note=note, by=by, read_at=now)
    events.record("goal.read", by=by, now=now, on=goal)
    return reading


@action
def reach(*, goal: Goal, by: Person, now: datetime) -> None:
    """Say that the goal is reached. Raises NotAllowed."""
    goal = locked(goal)
    policies.reach(by, goal).require()
    goal.reached_at = now
    _move(goal, "reach")
    events.record("goal.reached", by=by, now=now, on=goal)
    _tell_mentors(goal, "goal.reached", by, now)


@action
def reopen(*, goal: Goal, by: Person, now: datetime) -> None:
    """Work on a reached goal again. Raises NotAllowed."""
    goal = locked(goal)
    policies.reopen(by, goal).require()
    goal.reached_at = None
    _move(goal, "reopen")
    events.record("goal.reopened", by=by, now=now, on=goal)


@action
def drop(*, goal: Goal, by: Person, now: datetime) -> None:
    """Let a goal go; it stays to be read. Raises NotAllowed."""
    goal = locked(goal)
    policies.drop(by, goal).require()
    _move(goal, "drop")
    events.record("goal.dropped", by=by, now=now, on=goal)


def locked(goal: Goal) -> Goal:
    """Return the row as it is now, its pair held until the transaction ends."""
    hold(goal.relationship)
    return Goal.objects.select_related("relationship__programme", "learner").get(pk=goal.pk)


def _move(goal: Goal, verb: str) -> None:
    goal.state = GOAL.target(goal.state, verb)
    goal.save(update_fields=["state", "agreed_at", "reached_at"])


def _write(
    goal: Goal,
    *,
    statement: str,
    why: str = "",
    baseline: str = "",
    baseline_evidence: str = "",
    levels: Sequence[str] = (),
    due_on: date | None = None,
) -> None:
    """Set the words of a goal and keep what the specificity check found; it warns and never refuses."""
    if not statement.strip():
        raise BadInput(_("Write the goal: what will you do that you do not do today?"), field="statement")
    if len(levels) not in {0, N_LEVELS}:
        raise BadInput(_("A goal has five attainment levels, or none yet."), field="levels")
    if due_on is not None and due_on < clocks.local_day(goal.learner, goal.created_at):
        raise BadInput(_("The date lies before the goal was written. Choose a later one."), field="due_on")
    goal.statement, goal.why = statement, why
    goal.baseline, goal.baseline_evidence = baseline, baseline_evidence
    goal.levels = [text.strip() for text in levels] if any(text.strip() for text in levels) else []
    goal.due_on = due_on
    found = check(statement, baseline, goal.levels, due_on, baseline_evidence=baseline_evidence)
    goal.gaps = [gap.code for gap in found]


def _own_catalogue(competencies: Iterable[Competency], by: Person) -> list[Competency]:
    chosen = list(competencies)
    if any(competency.organisation_id != by.organisation_id for competency in chosen):
        raise BadInput(_("Choose competencies of your organisation."), field="competencies")
    return chosen


def _tell_mentors(goal: Goal, kind: str, by: Person, now: datetime) -> None:
    for mentor in mentors_of(goal.relationship):
        if mentor.pk != by.pk:
            _tell(goal, mentor, kind, by, now)


def _tell(goal: Goal, person: Person, kind: str, by: Person, now: datetime) -> None:
    """Tell one person, by name only: what a goal says never leaves its page."""
    notifications.tell(person=person, kind=kind, path=reverse("goal", args=[goal.pk]), now=now, other=by.name)
