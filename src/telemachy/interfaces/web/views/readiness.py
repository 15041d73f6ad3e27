"""Hours, readiness for credentials, and progress over reviewed recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import clocks
from telemachy.apps.supervision.actions import hours as actions
from telemachy.apps.supervision.queries import assessments, recordings, rubrics
from telemachy.apps.supervision.queries import hours as queries
from telemachy.apps.supervision.queries import letters as letter_queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.charts import CoursePoint, CourseReport
from telemachy.interfaces.web.forms import recording_words
from telemachy.interfaces.web.forms.readiness import HoursForm
from telemachy.interfaces.web.views import assessment_words as words
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.queries.hours import Course

#: Measures of recordings that are set beside the levels, as far as a recording has them.
MEASURES = ("open_questions", "reflections_to_questions", "input_share", "talk_share")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One competency as a page draws it."""

    report: CourseReport
    sentence: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure over the recordings of a course, in words; None where a recording has none."""

    label: str
    shown: list[recording_words.Shown | None]


class ShowReadiness(PersonView):
    """The own hours, and what is missing for each credential."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        return self.show(request, HoursForm(recordings=self.recordings()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Log an hour."""
        form = HoursForm(request.POST, recordings=self.recordings())
        if form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("recording")
            recording = next((one for one in self.recordings() if str(one.pk) == key), None)
            try:
                actions.log(
                    **given,
                    with_person=people.by_email(self.person, given["with_name"]),
                    recording=recording,
                    by=self.person,
                    now=self.now,
                )
                messages.success(request, _("Logged."))
                return redirect("readiness")
            except BadInput as error:
                add_error(form, error)
        return self.show(request, form, 422)

    def recordings(self) -> list[Any]:
        """Return the person's own recordings, which an entry can name."""
        own = recordings.named_in(self.person).filter(coach=self.person).exclude(state="withdrawn")
        return list(own.order_by("-held_on"))

    def show(self, request: HttpRequest, form: HoursForm, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {
            "tabs": words.tabs(request, "readiness"),
            "standings": standings(self.person, clocks.local_day(self.person, self.now)),
            "totals": totals(self.person),
            "entries": list(queries.log_of(self.person)),
            "to_confirm": list(queries.to_confirm(self.person)),
            "form": form,
        }
        return render(request, "readiness/readiness.html", context, status=status)


class RemoveHours(PersonView):
    """Take an entry out of the log."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the log."""
        entry = self.find(queries.log_of(self.person), pk=pk)
        actions.remove(entry=entry, by=self.person, now=self.now)
        messages.success(request, _("The entry is taken out."))
        return redirect("readiness")


class ConfirmHours(PersonView):
    """Say that an hour somebody else logged was as they say."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page."""
        entry = self.find(queries.to_confirm(self.person), pk=pk)
        actions.confirm(entry=entry, by=self.person, now=self.now)
        messages.success(request, _("Confirmed."))
        return redirect("readiness")


class ShowReadinessOf(PersonView):
    """How a coach stands, for whoever writes the coach's feedback letters."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page: sums and courses of the reviews they share, no entries of the log."""
        coach = self.find(queries.readable_coaches(self.person), pk=pk)
        context = {
            "coach": coach,
            "standings": standings(coach, clocks.local_day(coach, self.now)),
            "totals": totals(coach),
            "courses": [drawn(course) for course in queries.courses(coach, self.person)],
        }
        return render(request, "readiness/of.html", context)


class ShowCourse(PersonView):
    """The own way through reviews, and what is worked on."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        points = list(assessments.points_of(self.person).order_by("state", "-state_since", "place"))
        writers = {point.review.writer for point in points if point.goal_id is None}
        homes = {one.pk: letter_queries.home_of_goals(self.person, one) for one in writers}
        context = {
            "tabs": words.tabs(request, "review-progress"),
            "courses": [drawn(course) for course in queries.courses(self.person, self.person)],
            "rule": words.plateau_rule(),
            "points": [
                {
                    "row": point,
                    "competency": rubrics.content(point.review.version).competency(point.competency),
                    "home": homes.get(point.review.writer_id),
                }
                for point in points
                if point.state == "open"
            ],
            "past": [point for point in points if point.state != "open"],
        }
        return render(request, "readiness/progress.html", context)


class PutAside(PersonView):
    """Put the suggestion to move on to supervision aside."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page."""
        rubric = self.find(rubrics.visible_to(self.person), pk=pk)
        try:
            actions.put_supervision_aside(rubric=rubric, by=self.person, now=self.now)
            messages.success(request, _("Put aside until your next review."))
        except BadInput as error:
            messages.warning(request, str(error))
        return redirect("review-progress")


def standings(coach: Person, today: Any) -> list[dict[str, Any]]:
    """Return how a coach stands towards each credential, in words."""
    return [
        {
            "rules": one.rules,
            "ready": one.readiness.ready,
            "lines": [words.requirement(line) for line in one.readiness.lines],
            "missing": words.missing(one.readiness),
        }
        for one in queries.standings(coach, today)
    ]


def totals(coach: Person) -> list[tuple[str, str]]:
    """Return the sums of the log in words."""
    labels = {
        "individual": _("Mentor coaching, the two of you"),
        "group": _("Mentor coaching in a group"),
        "client": _("Own coaching with clients"),
    }
    found = queries.totals(coach)
    return [(labels[kind], words.hours(found[kind])) for kind in labels]


def drawn(course: Course) -> dict[str, Any]:
    """Return a course as a page draws it."""
    sides = [assessments.sides(review) for review in course.reviews]
    lines = []
    for one in course.content.competencies:
        levels = [
            tuple(
                level for side in found if side.code == one.code for level in side.levels if level is not None
            )
            for found in sides
        ]
        points = tuple(
            CoursePoint(reviewed.on, given, reviewed.levels.get(one.code))
            for reviewed, given in zip(course.reviewed, levels, strict=True)
        )
        report = CourseReport(
            f"{one.code} {one.name}", course.content.n_levels, course.content.proficient, points
        )
        lines.append(Drawn(report, _sentence(report, course)))
    return {
        "course": course,
        "lines": lines,
        "n_recordings": len({review.recording_id for review in course.reviews}),
        "measures": _measures(course),
        "plateau": _plateau(course),
    }


def _sentence(report: CourseReport, course: Course) -> str:
    rated = [
        (point, review.recording_id)
        for point, review in zip(report.points, course.reviews, strict=True)
        if point.consensus is not None
    ]
    if not rated:
        return _("Not rated yet.")
    given = [point for point, _recording in rated]
    n_recordings = len({recording for _point, recording in rated})
    last = given[-1]
    assert last.consensus is not None
    name = course.content.levels[last.consensus - 1].name
    if len(given) == 1:
        return _("%(level)s on %(day)s.") % {"level": name, "day": date_format(last.on)}
    first = given[0].consensus
    assert first is not None
    if first == last.consensus:
        return ngettext(
            "%(level)s, as at the beginning, over %(n)d recording.",
            "%(level)s, as at the beginning, over %(n)d recordings.",
            n_recordings,
        ) % {"level": name, "n": n_recordings}
    return ngettext(
        "From %(first)s to %(last)s over %(n)d recording.",
        "From %(first)s to %(last)s over %(n)d recordings.",
        n_recordings,
    ) % {"first": course.content.levels[first - 1].name, "last": name, "n": n_recordings}


def _plateau(course: Course) -> str:
    """Say why the ratings do not count as levelled off, or that they do."""
    found = course.plateau
    if found.reached:
        return _("Your ratings have levelled off at proficient.")
    names = {one.code: one.name for one in course.content.competencies}
    reasons = [
        (found.below, _("below proficient more than once: %(names)s")),
        (found.unheard, _("heard too seldom: %(names)s")),
    ]
    told = [text % {"names": _list(codes, names)} for codes, text in reasons if codes]
    if found.is_moving and found.slope is not None:
        told.append(_("the levels as a whole rise") if found.slope > 0 else _("the levels as a whole fall"))
    return _("Not levelled off: %(reasons)s.") % {"reasons": "; ".join(told)} if told else ""


def _list(codes: Sequence[str], names: dict[str, str]) -> str:
    return ", ".join(names[code] for code in codes)


def _measures(course: Course) -> list[MeasureLine]:
    shown = [
        {one.name: one for one in recording_words.measures(review.recording.measures)}
        for review in course.reviews
    ]
    lines = []
    for name in MEASURES:
        of_recordings = [found.get(name) for found in shown]
        labels = [one.label for one in of_recordings if one]
        if labels:
            lines.append(MeasureLine(labels[0], of_recordings))
    return lines
