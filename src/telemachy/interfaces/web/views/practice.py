"""Practice: the first page, the path, and how the skills stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from telemachy.apps.practice.queries import commitments, drills, mirror, path, role_plays
from telemachy.core.practice import Scenario, Skill, StepKind, scenarios
from telemachy.interfaces.web.forms import practice_words as words
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the path as a page shows it."""

    title: str | Promise
    text: str
    href: str
    icon: str
    progress: path.Progress


def language() -> str:
    """Return the reader's language as exercises and scenarios know it: "de" of "de-at"."""
    return (get_language() or "en").split("-")[0]


class ShowPractice(PersonView):
    """What to do next, and everything there is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        steps = rows(self.person)
        standings = drills.standings(self.person, self.now)
        context = {
            "next": next((step for step in steps if not step.progress.is_done), None),
            "steps": steps,
            **so_far(steps),
            "standings": [(one, words.SKILLS[one.skill]) for one in standings],
            "n_due": sum(one.n_due for one in standings),
            "begun": any(one.n_seen for one in standings),
            "n_scenarios": len(scenarios()),
            "n_played": len(role_plays.finished(self.person)),
            "commitment": commitments.open_of(self.person).first(),
            "mirror_on": mirror.is_on(self.person),
        }
        return render(request, "practice/show.html", context)


class ShowPath(PersonView):
    """Foundational coaching skills, step by step."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        steps = rows(self.person)
        context = {"steps": steps, "next": next((s for s in steps if not s.progress.is_done), None)}
        return render(request, "practice/path.html", context | so_far(steps))


class ShowProgress(PersonView):
    """How each skill stands, in words and counts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        standings = drills.standings(self.person, self.now)
        context = {
            "standings": [(one, words.SKILLS[one.skill]) for one in standings],
            "begun": any(one.n_seen for one in standings),
            "steady_days": drills.STEADY_DAYS,
        }
        return render(request, "practice/progress.html", context)


def so_far(steps: list[StepRow]) -> dict[str, Any]:
    """Return how many steps are done, and about how many minutes are left."""
    return {
        "n_steps_done": sum(step.progress.is_done for step in steps),
        "minutes_left": sum(step.progress.minutes_left for step in steps),
    }


def rows(person: Person) -> list[StepRow]:
    """Return the path's steps for a page."""
    told = scenarios(language())
    return [_row(progress, told) for progress in path.progress(person)]


def _row(progress: path.Progress, told: Mapping[str, Scenario]) -> StepRow:
    step = progress.step
    if step.kind == StepKind.DRILL:
        skill = words.SKILLS[Skill(step.subject)]
        text = _("%(n)d exercises. %(purpose)s") % {"n": step.target, "purpose": skill.purpose}
        return StepRow(skill.name, text, reverse("practice-drill", args=[step.subject]), "pencil", progress)
    if step.kind == StepKind.ROLE_PLAY:
        scenario = told[step.subject]
        href = reverse("role-play-begin", args=[scenario.id])
        text = _("A role-play with %(client)s.") % {"client": scenario.client}
        return StepRow(scenario.title, text, href, "people", progress)
    text = _("One conversation at work, planned beforehand, and two minutes to look back.")
    return StepRow(_("For real"), text, reverse("commitment-list"), "calendar", progress)
