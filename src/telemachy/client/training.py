"""What a trainer, or whoever answers for agents, is told; and the calls that both clients of theirs send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from telemachy.client.answers import Goal, Page, Who
from telemachy.client.transport import Call


class LessonWords(TypedDict, total=False):
    """What guidance may say beside its text: a lesson for later cases, and why the level is another one."""

    failure_mode: str
    cue: str
    action: str
    because: str
    contrast: str
    mode_shift_reason: str


class CardWords(TypedDict, total=False):
    """What an agent's card says of it; what is not given is emptied."""

    model: str
    provider: str
    version: str
    autonomy: str
    limits: str
    data: str


@dataclass(frozen=True, slots=True)
class Review:
    """A situation worth a look, with why; `wanted` is guidance, debrief or lesson."""

    situation_id: str
    relationship_id: str
    learner: Who
    wanted: str
    worth: float
    why: tuple[str, ...]
    title: str
    asked: str
    intended_action: str
    recommended_level: int | None
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with what was written about it: information, never an instruction to a program."""

    id: str
    relationship_id: str
    learner_id: str
    goal_id: str | None
    external_ref: str
    title: str
    tags: tuple[str, ...]
    state: str
    awaiting: str
    story: str
    own_view: str
    asked: str
    recommended_level: int | None
    decision: str
    rationale: str
    #: Per cent.
    decision_confidence: int | None
    outcome: str
    criteria: str
    risks: str
    alternatives: str
    debrief: str
    rating: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of guidance or a rating: given, kept for later cases, or held until a human has read it."""

    situation_id: str
    state: str
    held_id: str | None = None
    lesson_id: str | None = None
    lesson_state: str = ""


@dataclass(frozen=True, slots=True)
class FailureMode:
    """A way in which a learner fails, and how that goes."""

    failure_mode_id: str
    name: str
    level: int
    level_because: str
    n: int
    n_failed: int
    trend: float | None
    risk: float
    n_lessons: int
    n_waiting: int


@dataclass(frozen=True, slots=True)
class CompetencyStanding:
    """The chance that a learner decides alone in a competency, with its interval."""

    competency_id: str
    competency: str
    n_situations: int
    p_alone: float
    p_low: float
    p_high: float


@dataclass(frozen=True, slots=True)
class Learner:
    """How a learner of a relationship stands."""

    relationship_id: str
    learner: Who
    competencies: tuple[CompetencyStanding, ...]
    failure_modes: tuple[FailureMode, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson on a failure mode: its state, such as quarantined, why so, and what it still waits for."""

    lesson_id: str
    relationship_id: str
    failure_mode: str
    cue: str
    action: str
    because: str
    contrast: str
    author: Who
    source: str
    state: str
    #: Why it was refused or withdrawn.
    decided_because: str
    waits_for: tuple[str, ...]
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What an agent mentor wrote, and what a human decided on it."""

    id: str
    situation_id: str
    author: Who
    kind: str
    state: str
    text: str
    level: int | None
    score: int | None
    because: str


@dataclass(frozen=True, slots=True)
class PastCases:
    """A file of past cases: what it would add, what it added, and which of its lines cannot be read."""

    id: str
    relationship_id: str
    learner_id: str
    state: str
    n_new: int
    n_known: int
    n_taken: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agent:
    """An AI agent, who answers for it, and what is declared of it."""

    id: str
    name: str
    owner: Who | None
    purpose: str
    model: str
    provider: str
    version: str
    autonomy: str
    limits: str
    data: str
    suspended_at: datetime | None
    suspended_because: str


def reviews(goal_id: str) -> Call[tuple[Review, ...]]:
    """Ask what is worth a look."""
    return Call(tuple[Review, ...], "GET", "/reviews", params=_named(goal_id=goal_id))


def case(situation_id: str) -> Call[Case]:
    """Ask for everything written about a situation."""
    return Call(Case, "GET", f"/situations/{situation_id}")


def guide(situation_id: str, text: str, *, level: int | None, **lesson: Unpack[LessonWords]) -> Call[Sent]:
    """Send guidance, a lesson, or both."""
    body = {"text": text, "level": level, **lesson}
    return Call(Sent, "POST", f"/situations/{situation_id}/guidance", body)


def rate(situation_id: str, score: int, judgment_shown: str) -> Call[Sent]:
    """Close a case with a rating."""
    body = {"score": score, "judgment_shown": judgment_shown}
    return Call(Sent, "POST", f"/situations/{situation_id}/ratings", body)


def learner(relationship_id: str, learner_id: str) -> Call[Learner]:
    """Ask how a learner stands."""
    path = f"/relationships/{relationship_id}/learner"
    return Call(Learner, "GET", path, params=_named(learner_id=learner_id))


def set_level(relationship_id: str, failure_mode_id: str, level: int, reason: str) -> Call[Learner]:
    """Set how much help there is with a failure mode."""
    body = {"failure_mode_id": failure_mode_id, "level": level, "reason": reason}
    return Call(Learner, "PUT", f"/relationships/{relationship_id}/levels", body)


def lessons(state: str) -> Call[Page[Lesson]]:
    """Ask for the lessons that one wrote or answers for."""
    return Call(Page[Lesson], "GET", "/lessons", params=_named(limit="100", state=state))


def end_lesson(lesson_id: str, verb: str, because: str) -> Call[Lesson]:
    """Refuse or withdraw a lesson."""
    return Call(Lesson, "POST", f"/lessons/{lesson_id}/{verb}", {"because": because})


def held() -> Call[Page[Held]]:
    """Ask for what is held."""
    return Call(Page[Held], "GET", "/held-guidance", params={"limit": "100"})


def bring_cases(
    relationship_id: str, name: str, data: bytes, learner_id: str, goal_id: str
) -> Call[PastCases]:
    """Hand in a file of past cases."""
    params = _named(name=name, learner_id=learner_id, goal_id=goal_id)
    return Call(PastCases, "POST", f"/relationships/{relationship_id}/traces", data, params)


def decide_cases(import_id: str, verb: str) -> Call[PastCases]:
    """Take past cases in, or put them away."""
    return Call(PastCases, "POST", f"/trace-imports/{import_id}/{verb}")


def cases(import_id: str) -> Call[PastCases]:
    """Ask how far a file of past cases is."""
    return Call(PastCases, "GET", f"/trace-imports/{import_id}")


def bound_asking(goal_id: str, n: int, is_low_risk: bool) -> Call[Goal]:
    """Bound the questions towards a goal."""
    body = {"ask_budget": n, "is_low_risk": is_low_risk}
    return Call(Goal, "PUT", f"/goals/{goal_id}/asking", body)


def agents() -> Call[Page[Agent]]:
    """Ask for the agents that one answers for."""
    return Call(Page[Agent], "GET", "/agents", params={"limit": "100"})


def describe(agent_id: str, purpose: str, **card: Unpack[CardWords]) -> Call[Agent]:
    """Set an agent's card."""
    return Call(Agent, "PUT", f"/agents/{agent_id}", {"purpose": purpose, **card})


def suspend(agent_id: str, because: str) -> Call[Agent]:
    """Have no call of the agent answered."""
    return Call(Agent, "POST", f"/agents/{agent_id}/suspension", {"because": because})


def resume(agent_id: str) -> Call[Agent]:
    """Have its calls answered again."""
    return Call(Agent, "DELETE", f"/agents/{agent_id}/suspension")


def _named(**values: Any) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
