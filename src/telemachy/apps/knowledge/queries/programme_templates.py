"""Templates that programmes start from. Each explains its choices, and every choice can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachy.core.shared.scales import ProgrammeKind, Shape, Structure

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ProgrammeTemplate:
    """A design to start from; `why` has a sentence for each field that needs one."""

    key: str
    name: Text
    summary: Text
    purpose: Text
    audience: Text
    kind: ProgrammeKind
    shape: Shape
    structure: Structure
    cadence_days: int
    length_weeks: int
    chemistry: bool
    weights: Mapping[str, float]
    rules: Mapping[str, object]
    charter: Mapping[str, Text]
    why: Mapping[str, Text]


_CHARTER = {
    "success": _(
        "We both can name what the learner now decides alone, and show a situation where it was done."
    ),
    "feedback_kinds": _("Plain and timely: what was seen, what it led to, what to try next. Both ways."),
    "confidentiality": _(
        "What we say and write stays between us. The programme sees dates, counts and states, never content."
    ),
    "escalation": _(
        "If something cannot be settled between us, or somebody may come to harm, either of us asks the "
        "programme manager."
    ),
}
_RULES = {"outside_reporting_line": True, "shared_language": True, "min_overlap_hours": 5, "seniority": "any"}
_WHY_RULES = _(
    "A line manager decides about pay and promotion, so nobody is matched within the own reporting line. "
    "A shared language "
    "and five common working hours a week are the least that a regular talk needs."
)

TEMPLATES = (
    ProgrammeTemplate(
        key="leadership",
        name=_("Leadership mentoring"),
        summary=_("Experienced leaders help upcoming ones to judge for themselves."),
        purpose=_(
            "Prepare people for their next leadership role by developing judgement in their own real "
            "situations."
        ),
        audience=_(
            "People in their first or second leadership role, with mentors at least two levels ahead."
        ),
        kind=ProgrammeKind.MENTORING,
        shape=Shape.ONE_TO_ONE,
        structure=Structure.GUIDED,
        cadence_days=14,
        length_weeks=39,
        chemistry=True,
        weights={
            "skills": 1.0,
            "seniority": 0.6,
            "function": 0.4,
            "hours": 0.4,
            "languages": 0.3,
            "goals": 0.6,
            "style": 0.2,
        },
        rules={**_RULES, "seniority": "mentor_above"},
        charter={
            **_CHARTER,
            "cadence": _(
                "An hour every two weeks; in between, situations are answered in writing within three "
                "working days."
            ),
            "out_of_scope": _("Appraisals, pay, promotion decisions, and therapy."),
        },
        why={
            "cadence_days": _(
                "Every two weeks is often enough to follow a real case from reasoning to debrief, and "
                "rare enough to act in between."
            ),
            "length_weeks": _(
                "Nine months leave time for guidance to fade; judgement grows over months, not over a "
                "workshop."
            ),
            "weights": _(
                "What the learner wants to learn counts most; a different function is welcome, because it"
                " widens the view."
            ),
            "rules": _WHY_RULES,
            "chemistry": _("Both meet once before they decide: trust carries the difficult talks."),
            "structure": _("Guided: themes and prompts are offered, nothing is a checklist."),
        },
    ),
    ProgrammeTemplate(
        key="onboarding",
        name=_("Onboarding coaching"),
        summary=_("New joiners find their own way in faster, by questions rather than by instructions."),
        purpose=_("Help new joiners to decide and act on their own within their first quarter."),
        audience=_("Everybody who joined in the last three months, with trained coaches from other teams."),
        kind=ProgrammeKind.COACHING,
        shape=Shape.ONE_TO_ONE,
        structure=Structure.STRUCTURED,
        cadence_days=7,
        length_weeks=13,
        chemistry=False,
        weights={
            "skills": 0.6,
            "seniority": 0.2,
            "function": 0.5,
            "hours": 0.8,
            "languages": 0.6,
            "goals": 0.4,
            "style": 0.4,
        },
        rules={**_RULES, "min_overlap_hours": 10},
        charter={
            **_CHARTER,
            "cadence": _("Half an hour each week; situations are answered within one working day."),
            "out_of_scope": _("Instructions that belong to the line manager, and the probation decision."),
        },
        why={
            "cadence_days": _("Weekly, because in the first months something new happens every week."),
            "length_weeks": _("One quarter: short and focused, as coaching is."),
            "weights": _(
                "Common working hours and language weigh most, because help that comes late is no help to"
                " a new joiner."
            ),
            "rules": _WHY_RULES,
            "chemistry": _("No chemistry meeting: the first week should not pass with waiting."),
            "structure": _(
                "Structured: every week has a theme, since a newcomer does not yet know what to ask."
            ),
        },
    ),
    ProgrammeTemplate(
        key="reverse",
        name=_("Reverse mentoring"),
        summary=_("Those who are closest to new ways of working mentor those who decide about them."),
        purpose=_(
            "Let senior leaders learn from junior colleagues how work, tools and expectations are changing."
        ),
        audience=_("Senior leaders as learners; colleagues in their first years as mentors."),
        kind=ProgrammeKind.MENTORING,
        shape=Shape.REVERSE,
        structure=Structure.LIGHT,
        cadence_days=21,
        length_weeks=26,
        chemistry=True,
        weights={
            "skills": 1.0,
            "seniority": 0.4,
            "function": 0.6,
            "hours": 0.4,
            "languages": 0.4,
            "goals": 0.5,
            "style": 0.3,
        },
        rules={**_RULES, "seniority": "mentor_below"},
        charter={
            **_CHARTER,
            "cadence": _(
                "Three quarters of an hour every three weeks, at the mentor's place of work where possible."
            ),
            "out_of_scope": _("Career favours in either direction, and anything said about third persons."),
        },
        why={
            "cadence_days": _("Every three weeks fits a senior diary and still keeps a thread."),
            "weights": _(
                "What the leader wants to learn decides; another function brings a view the leader does "
                "not hear every day."
            ),
            "rules": _WHY_RULES,
            "chemistry": _("Power is turned around here, so both should want it."),
            "structure": _("Light: curiosity carries it, and forms would bring the hierarchy back."),
        },
    ),
    ProgrammeTemplate(
        key="circle",
        name=_("Mentoring circle"),
        summary=_("One mentor, several learners: they reason about each other's cases."),
        purpose=_(
            "Reach more learners than there are mentors, and let learners learn from each other's situations."
        ),
        audience=_("Three to six learners who face similar situations, with one mentor."),
        kind=ProgrammeKind.MENTORING,
        shape=Shape.GROUP,
        structure=Structure.GUIDED,
        cadence_days=21,
        length_weeks=26,
        chemistry=False,
        weights={
            "skills": 1.0,
            "seniority": 0.3,
            "function": 0.3,
            "hours": 0.8,
            "languages": 0.8,
            "goals": 0.6,
            "style": 0.1,
        },
        rules=_RULES,
        charter={
            **_CHARTER,
            "cadence": _("Ninety minutes every three weeks; each time one learner brings a situation."),
            "out_of_scope": _("Talking outside the circle about what was said inside."),
        },
        why={
            "weights": _("Common hours and a common language matter more with every chair in the circle."),
            "rules": _WHY_RULES,
            "cadence_days": _("Every three weeks, so that each learner's turn comes at least three times."),
        },
    ),
    ProgrammeTemplate(
        key="blank",
        name=_("Start from scratch"),
        summary=_("Plain defaults, no opinions."),
        purpose="",
        audience="",
        kind=ProgrammeKind.MENTORING,
        shape=Shape.ONE_TO_ONE,
        structure=Structure.GUIDED,
        cadence_days=14,
        length_weeks=26,
        chemistry=False,
        weights={
            "skills": 1.0,
            "seniority": 0.5,
            "function": 0.3,
            "hours": 0.5,
            "languages": 0.3,
            "goals": 0.5,
            "style": 0.2,
        },
        rules=_RULES,
        charter=_CHARTER,
        why={"rules": _WHY_RULES},
    ),
)
BY_KEY: Mapping[str, ProgrammeTemplate] = MappingProxyType({template.key: template for template in TEMPLATES})
