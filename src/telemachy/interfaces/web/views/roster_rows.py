"""Staged rows of a roster in words: what is shown of each, and under which heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.programmes.queries.rosters import Problem, told
from telemachy.interfaces.web.templatetags.ui import Tone

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import RosterImport, RosterRow

LABELS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "external_id": gettext_lazy("Personnel number"),
    "job_title": gettext_lazy("Job title"),
    "function": gettext_lazy("Function or department"),
    "seniority": gettext_lazy("Seniority"),
    "line_manager_id": gettext_lazy("Line manager"),
    "location": gettext_lazy("Location"),
    "time_zone": gettext_lazy("Time zone"),
    "languages": gettext_lazy("Languages"),
    "skills_offered": gettext_lazy("Skills offered"),
    "skills_sought": gettext_lazy("Skills sought"),
    "goals_text": gettext_lazy("Goals"),
    "style": gettext_lazy("Style"),
    "about": gettext_lazy("About"),
    "working_hours": gettext_lazy("Working hours"),
    "capacity": gettext_lazy("Learners at once"),
    "seat": gettext_lazy("Place in the programme"),
    "proved": gettext_lazy("E-mail address behind an enrolment link"),
    "preferred": gettext_lazy("Whom they would like"),
    "avoided": gettext_lazy("Whom they would rather not"),
}
SEATS = {"mentor": gettext_lazy("Mentor"), "learner": gettext_lazy("Learner")}
DAYS = {
    "mon": gettext_lazy("Mon"),
    "tue": gettext_lazy("Tue"),
    "wed": gettext_lazy("Wed"),
    "thu": gettext_lazy("Thu"),
    "fri": gettext_lazy("Fri"),
    "sat": gettext_lazy("Sat"),
    "sun": gettext_lazy("Sun"),
}
STATES: dict[str, tuple[Any, Tone]] = {
    "uploaded": (gettext_lazy("Columns to be confirmed"), "caution"),
    "checking": (gettext_lazy("Being checked"), "accent"),
    "previewed": (gettext_lazy("Waits for your decision"), "caution"),
    "committing": (gettext_lazy("Being taken in"), "accent"),
    "committed": (gettext_lazy("Taken in"), "positive"),
    "failed": (gettext_lazy("Failed"), "danger"),
    "discarded": (gettext_lazy("Discarded"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One heading under which rows are shown, with how many there are."""

    key: str
    label: str
    count: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Change:
    """A field that would change."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """A staged row as the preview shows it."""

    file: str
    number: int
    name: str
    email: str
    seats: list[str]
    details: str
    changes: list[Change]
    problems: list[Problem]


def state(roster: RosterImport) -> tuple[str, Tone]:
    """Return the name of the import's state and its tone."""
    label, tone = STATES[roster.state]
    return str(label), tone


def filters(roster: RosterImport) -> list[Filter]:
    """Return the headings of the preview, also those without rows."""
    is_done = roster.state == "committed"
    labels: list[tuple[str, str, Tone]] = [
        ("create", _("created") if is_done else _("will be created"), "positive"),
        ("update", _("changed") if is_done else _("will be changed"), "accent"),
        ("same", _("left alone"), "neutral"),
        ("rejected", _("rejected"), "danger"),
        ("warnings", _("with a warning"), "caution"),
    ]
    return [Filter(key, label, roster.counts.get(key, 0), tone) for key, label, tone in labels]


def most_urgent(roster: RosterImport) -> str:
    """Return what to show first: what needs a mend, then what would change."""
    keys = ("rejected", "update", "create", "same")
    return next((key for key in keys if roster.counts.get(key)), "create")


def line(row: RosterRow, roster: RosterImport) -> Line:
    """Return the row in words."""
    values = row.person.get("values", {})
    details = [values.get("job_title", ""), values.get("function", ""), values.get("location", "")]
    return Line(
        file=roster.files[row.file]["name"],
        number=row.line,
        name=row.name,
        email=values.get("email", ""),
        seats=[str(SEATS[seat]) for seat in row.person.get("seats", {})],
        details=" · ".join(text for text in details if text),
        changes=[_change(change) for change in row.changes],
        problems=[told(problem) for problem in row.problems],
    )


def _change(change: dict[str, Any]) -> Change:
    name = change["field"]
    if name == "line_manager_id":
        return Change(str(LABELS[name]), change["old_name"], change["new_name"])
    if name == "proved":
        return Change(str(LABELS[name]), _("not confirmed yet"), _("vouched for by this roster"))
    return Change(str(LABELS[name]), shown(name, change["old"]), shown(name, change["new"]))


def shown(name: str, value: Any) -> str:
    """Return the value of a field in words; nothing is ""."""
    match value:
        case list():
            return ", ".join(str(each) for each in value)
        case dict():
            return "; ".join(
                f"{DAYS[day]} {', '.join(f'{start}–{end}' for start, end in times)}"
                for day, times in value.items()
            )
        case None:
            return ""
    return str(SEATS[value]) if name == "seat" and value else str(value)
