"""What a piece of the demo's content consists of.

Texts may name {client}, {colleague}, {other}, {manager}, {site}.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["early", "middle", "late"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A real case from end to end, with what a mentor would say at each level of guidance.

    `stage` says how the learner reasons in it: early ones look for a recipe, late ones ask
    themselves the questions a mentor used to ask. `rating` is what the account deserves, 0..4.
    """

    key: str
    title: str
    competency: str
    difficulty: int
    novelty: int
    confidence: int
    rating: int
    stage: Stage
    story: str
    stakes: str
    own_view: str
    options: tuple[str, ...]
    own_question: str
    intended: str
    answer: str
    example: str
    question: str
    debrief_questions: tuple[str, ...]
    decision: str
    criteria: str
    risks: str
    alternatives: str
    outcome: str
    debrief: str
    rating_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyText:
    """A capability, and what proficient looks like."""

    key: str
    name: str
    description: str
    proficient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalText:
    """A goal with its reason, baseline, evidence, and the attainment levels -2, -1, 0, +1, +2."""

    competency: str
    statement: str
    why: str
    baseline: str
    baseline_evidence: str
    levels: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterText:
    """What a pair of a programme agrees on."""

    success: str
    cadence: str
    hours_a_month: str
    feedback_kinds: str
    out_of_scope: str
    confidentiality: str
    escalation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionText:
    """What a meeting left behind: agenda, one shared and two private notes, what was promised."""

    agenda: tuple[str, ...]
    shared_note: str
    learner_note: str
    mentor_note: str
    learner_action: str
    mentor_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityText:
    """An activity or milestone of a development plan."""

    competency: str
    kind: str
    title: str
    mentor_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """A question of the bank: when it is asked, in which phase of GROW, for which competency."""

    text: str
    moment: Literal["question", "debrief"]
    phase: Literal["goal", "reality", "options", "will", ""] = ""
    competency: str = ""


@dataclass(frozen=True, slots=True)
class PersonText:
    """One person of the organisation, as the personnel list has them."""

    key: str
    name: str
    site: str
    function: str
    job_title: str
    seniority: int
