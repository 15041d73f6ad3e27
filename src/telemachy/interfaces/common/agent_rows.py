"""Rows of the apps as agents are told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.relationships.queries import withholding
from telemachy.core.memory import Lesson, LessonText, shown
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.common import agent_shapes as shapes

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Guidance, Situation
    from telemachy.apps.relationships.models import Lesson as LessonRow
    from telemachy.apps.relationships.queries.failure_modes import ModeReport
    from telemachy.apps.relationships.queries.memory import Reminder
    from telemachy.apps.relationships.queries.reviews import Review
    from telemachy.apps.relationships.queries.standings import Standing
    from telemachy.core.memory import AskQuality


def who(person: Person) -> shapes.Who:
    """Return a person as programs see them."""
    return shapes.Who(id=person.pk, name=person.name, kind="agent" if person.is_agent else "human")


def help_state(situation: Situation) -> Literal["none", "pending", "given", "decide_first", "closed"]:
    """Tell where the question stands: the codes of shapes.Help."""
    if withholding.waits_for_decision(situation):
        return "decide_first"
    if situation.decided_at is not None:
        return "closed"
    if situation.state == "consulted":
        return "pending"
    return "given" if situation.state == "guided" else "none"


def given(row: Guidance) -> shapes.GivenGuidance:
    """Return what a mentor sent."""
    return shapes.GivenGuidance(
        help_id=row.pk,
        level=row.level,
        form=GuidanceLevel(row.level).name.lower(),
        text=row.text,
        provenance=who(row.author),
        by_model=row.by_model,
        given_at=row.given_at,
    )


def questions(situation: Situation, by: Person) -> list[str]:
    """Return what the account is asked: how it was decided, then what the organisation asks."""
    fixed = [
        _("Which criteria decided it, and how did you weigh them?"),
        _("Which risks did you see, and how did you deal with them?"),
        _("What else could you have done, and why did you not?"),
        _("How did it turn out, and what did you expect?"),
    ]
    bank = knowledge.questions_for(by, situation.competency, "debrief")
    return [*fixed, *bank.values_list("text", flat=True)[:2]]


def review(one: Review) -> shapes.Review:
    """Return a situation that a trainer could look at."""
    row = one.situation
    return shapes.Review(
        situation_id=row.pk,
        relationship_id=row.relationship_id,
        learner=who(row.learner),
        wanted=one.wanted,
        worth=one.worth,
        why=one.why(),
        title=row.title,
        tags=row.tags,
        difficulty=row.difficulty,
        novelty=row.novelty,
        recommended_level=row.recommended_level,
        asked=row.asked,
        intended_action=row.intended_decision,
        confidence=None if row.confidence is None else row.confidence / 100,
        waiting_since=row.awaiting_since,
    )


def goal(goal: Goal) -> shapes.GoalStanding:
    """Return a goal with its baseline and where it stands."""
    readings = list(goal.readings.all())
    return shapes.GoalStanding(
        goal_id=goal.pk,
        statement=goal.statement,
        baseline=goal.baseline,
        state=goal.state,
        attainment=readings[-1].attainment if readings else None,
    )


def competency(row: Standing) -> shapes.CompetencyStanding:
    """Return a standing in a competency."""
    return shapes.CompetencyStanding(
        competency_id=row.competency.pk,
        competency=row.competency.name,
        n_situations=row.n_situations,
        p_alone=row.independence.p,
        p_low=row.independence.low,
        p_high=row.independence.high,
    )


def text(words: str, lesson: LessonText, level: int) -> str:
    """Return guidance as its reader sees it: own words, then of the fields what the level shows.

    At a question nobody is told what to do, whatever the fields say; so it is with a lesson recalled.
    """
    labels = {
        "earlier_case": _("A case like it: %s"),
        "cue": _("How to notice it: %s"),
        "action": _("What to do: %s"),
        "because": _("Why: %s"),
        "contrast": _("Where it does not hold: %s"),
    }
    # Every question is aimed at the cue: without one there is nothing to ask.
    askable = lesson.cue or level != GuidanceLevel.QUESTION
    fields = shown(Lesson("", "", lesson), GuidanceLevel(level)) if askable else {}
    lines = [labels.get(name, "%s") % value for name, value in fields.items()]
    return "\n".join([*filter(None, [words]), *lines])


def reminder(row: Reminder) -> shapes.Reminder:
    """Return what is called to mind, with whose hand it is from."""
    return shapes.Reminder(
        reminder_id=row.attempt_id,
        level=int(row.level),
        form=row.level.name.lower(),
        fields=dict(row.fields),
        written_by=row.by,
        approved=row.approved,
    )


def failure_mode(row: ModeReport) -> shapes.FailureMode:
    """Return a failure mode in numbers."""
    return shapes.FailureMode(
        failure_mode_id=row.mode.pk,
        name=row.mode.name,
        level=int(row.level),
        level_because=row.level_because,
        n=row.n,
        n_failed=row.n_failed,
        trend=row.trend,
        risk=row.risk,
        n_lessons=row.n_active,
        n_waiting=row.n_waiting,
    )


def ask_quality(quality: AskQuality) -> shapes.AskQuality:
    """Return how well asking follows its need."""
    return shapes.AskQuality.model_validate(quality, from_attributes=True)


def lesson(row: LessonRow) -> shapes.LessonTold:
    """Return a lesson as those read it who answer for it."""
    return shapes.LessonTold(
        lesson_id=row.pk,
        relationship_id=row.failure_mode.relationship_id,
        failure_mode=row.failure_mode.name,
        cue=row.cue,
        action=row.action,
        because=row.because,
        contrast=row.contrast,
        tags=row.tags,
        author=who(row.author),
        source=row.source,
        state=row.state,
        decided_because=row.decided_because,
        waits_for=row.waits_for,
        given_at=row.given_at,
    )
