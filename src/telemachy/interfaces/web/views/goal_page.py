"""What the pages of goals need: where a goal stands, what it leaves open, who may do what with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.relationships.policies import goals as policies
from telemachy.apps.relationships.policies import relationships as relationship_policies
from telemachy.apps.relationships.queries import activation, relationships
from telemachy.apps.relationships.queries import goals as queries
from telemachy.core.goals import Gap, check
from telemachy.core.goals.specificity import TEXTS
from telemachy.core.shared.scales import ATTAINMENT_MIN
from telemachy.interfaces.web.charts import AttainmentReport
from telemachy.interfaces.web.forms.goals import LEVEL_RANGE, LEVELS, GoalForm, ReadingForm, level_field
from telemachy.interfaces.web.forms.relationship_words import GOAL_STATES
from telemachy.interfaces.web.views import assist_panels
from telemachy.interfaces.web.views.base import PersonView
from telemachy.interfaces.web.views.relationships import relationship_tabs

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Goal, Relationship

TONES = {"draft": "caution", "active": "accent", "reached": "positive", "dropped": "neutral"}
#: Where each gap is mended: the id of the box that the hint leads to.
MENDED_AT = {
    "empty": "id_statement",
    "whose": "id_statement",
    "observable": "id_statement",
    "measured": "id_statement",
    "when": "id_due_on",
    "baseline": "id_baseline",
    "levels_missing": f"id_{level_field(0)}",
    "levels_alike": f"id_{level_field(ATTAINMENT_MIN)}",
}
#: What the check judges, in the order of the form: the name of the part and the gaps that belong to it.
PARTS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (gettext_lazy("Whose behaviour"), frozenset({"empty", "whose"})),
    (gettext_lazy("Something to see"), frozenset({"empty", "observable"})),
    (gettext_lazy("How one will know"), frozenset({"empty", "measured"})),
    (gettext_lazy("By when"), frozenset({"when"})),
    (gettext_lazy("Where it starts"), frozenset({"baseline"})),
    (gettext_lazy("Five levels"), frozenset({"levels_missing", "levels_alike"})),
)


@dataclass(frozen=True, slots=True)
class Hint:
    """A gap in the reader's language, and where to mend it."""

    code: str
    text: str
    hint: str
    mended_at: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as the list shows it."""

    goal: Goal
    state: str | Promise
    tone: str
    chart: AttainmentReport | None


def relationship_of(view: PersonView, pk: UUID) -> Relationship:
    """Return the relationship if the person has a seat in it, else answer 404."""
    return view.find(relationships.for_page(view.person), pk=pk)


def frame(relationship: Relationship) -> dict[str, Any]:
    """Return what the head of a relationship's page about goals needs."""
    return {
        "relationship": relationship,
        "tabs": relationship_tabs(relationship, "goal-list"),
        "missing": activation.missing_to_begin(relationship) if relationship.state == "contracting" else (),
    }


def show_goal(
    request: HttpRequest, view: PersonView, goal: Goal, form: ReadingForm | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the page of one goal."""
    person = view.person
    may_record = policies.record(person, goal)
    context = {
        "goal": goal,
        "relationship": goal.relationship,
        "state": GOAL_STATES[goal.state],
        "tone": TONES[goal.state],
        "own": goal.learner_id == person.pk,
        "chart": chart_of(goal),
        "readings": [(one, *LEVELS[one.attainment][:2]) for one in reversed(list(goal.readings.all()))],
        "hints": hints_of(goal.gaps) if goal.state in {"draft", "active"} else [],
        "levels": [(LEVELS[level][0], text) for level, text in zip(LEVEL_RANGE, goal.levels, strict=False)],
        "form": form or (ReadingForm(levels=goal.levels) if may_record else None),
        "assist": assist_panels.of_goal(person, goal) if goal.gaps else None,
        "may_write": relationship_policies.write(person, goal.relationship),
        "may_record": may_record,
        "may_revise": policies.revise(person, goal),
        "may_agree": policies.agree(person, goal),
        "may_reach": policies.reach(person, goal),
        "may_reopen": policies.reopen(person, goal),
        "may_drop": policies.drop(person, goal),
        "now": view.now,
    }
    return render(request, "goals/goal.html", context, status=status)


def line_of(goal: Goal) -> GoalLine:
    """Return a goal as the list shows it."""
    return GoalLine(goal, GOAL_STATES[goal.state], TONES[goal.state], chart_of(goal))


def chart_of(goal: Goal) -> AttainmentReport | None:
    """Return where a goal began and stands; None while its levels are not written."""
    if not queries.levels_written(goal):
        return None
    start = timezone.localtime(goal.agreed_at or goal.created_at).date()
    readings = [(timezone.localtime(one.read_at).date(), one.attainment) for one in goal.readings.all()]
    history = ((start, ATTAINMENT_MIN), *readings) if goal.state != "draft" else ()
    texts = dict(zip(LEVEL_RANGE, goal.levels, strict=True))
    return AttainmentReport(goal.statement, tuple(history), texts)


def gaps_in(form: GoalForm) -> list[Gap]:
    """Return what the goal in a form leaves open; before anything is written, what it will need."""
    if form.is_bound:
        form.is_valid()
        values: Mapping[str, Any] = {**{n: form.data.get(n, "") for n in form.fields}, **form.cleaned_data}
    else:
        values = form.initial
    levels = [str(values.get(level_field(level)) or "") for level in LEVEL_RANGE]
    due_on = values.get("due_on") or None
    return check(
        str(values.get("statement") or ""),
        str(values.get("baseline") or ""),
        levels,
        due_on if not isinstance(due_on, str) else None,
        baseline_evidence=str(values.get("baseline_evidence") or ""),
    )


def hints_for(form: GoalForm) -> list[Hint]:
    """Return the gaps of the goal in a form, in words."""
    return hints_of([gap.code for gap in gaps_in(form)])


def hints_of(codes: Sequence[str]) -> list[Hint]:
    """Return gaps in the reader's language; codes that are no longer known are left out."""
    return [
        Hint(code, _(TEXTS[code][0]), _(TEXTS[code][1]), MENDED_AT[code]) for code in codes if code in TEXTS
    ]


def parts_of(form: GoalForm) -> list[tuple[str | Promise, bool]]:
    """Return each thing that makes a goal specific, and whether it is there."""
    found = {gap.code for gap in gaps_in(form)}
    return [(name, not found & codes) for name, codes in PARTS]
