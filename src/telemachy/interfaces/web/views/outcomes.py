"""The outcomes of a programme: a page, a spreadsheet and a report. Signals, never content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import exports
from telemachy.apps.relationships.queries import outcomes as queries
from telemachy.apps.relationships.queries import studies
from telemachy.core.roster.export import write_csv
from telemachy.core.shared.estimates import Estimate
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.charts import MixReport
from telemachy.interfaces.web.views import outcome_words as words
from telemachy.interfaces.web.views import outcomes_pdf
from telemachy.interfaces.web.views.programmes import ProgrammeView, tabs

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import GrowthStudy

COLUMNS = ("about", "kind", "measure", "begun", "n", "value", "low", "high", "said")


@dataclass(frozen=True, slots=True)
class Cell:
    """One group's number, its interval, and how many it is of."""

    value: str
    interval: str
    n: int | None


class ShowOutcomes(ProgrammeView):
    """Process and outcome, of the programme and of its pairs."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the matrix, all pairs beside those begun in each quarter."""
        programme = self.programme(pk)
        found = queries.of_programme(programme, self.now)
        context: dict[str, Any] = {
            "programme": programme,
            "tabs": tabs(programme, "programme-outcomes"),
            "n_pairs": found.n_pairs,
            "cohorts": [words.cohort(one) for one in found.cohorts],
            "matrix": [
                (title, [row(line) for line in found.lines if (line.measure.about, line.measure.kind) == key])
                for key, title in words.CELLS.items()
            ],
            "mix": MixReport(found.mix) if found.mix else None,
            "cause": words.cause(studies.of_programme(programme)),
            "limits": words.LIMITS,
            "privacy": words.PRIVACY,
        }
        return render(request, "programmes/outcomes.html", context)


class ExportOutcomes(DownloadView, ProgrammeView):
    """The same numbers as a spreadsheet."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer a CSV whose cells no spreadsheet takes for formulas."""
        programme = self.programme(pk)
        exports.note(what="outcomes of a programme", on=programme, by=self.person, now=self.now)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="outcomes.csv"'
        lines = exported(queries.of_programme(programme, self.now))
        write_csv(response, COLUMNS, chain(lines, [weighed(studies.of_programme(programme))]))
        return response


class PrintOutcomes(DownloadView, ProgrammeView):
    """The same numbers as a tagged PDF with pictures."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send the file."""
        programme = self.programme(pk)
        exports.note(what="outcomes of a programme", on=programme, by=self.person, now=self.now)
        cause = words.cause(studies.of_programme(programme))
        found = queries.of_programme(programme, self.now)
        file = outcomes_pdf.draw(programme.name, found, cause, self.now)
        response = HttpResponse(file, content_type="application/pdf")
        name = f"outcomes-{slugify(programme.name)[:60] or 'programme'}-{self.now:%Y-%m-%d}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def row(line: queries.Line) -> tuple[str, str, list[Cell]]:
    """Return a measure's name, what it counts, and its numbers."""
    name, counts = words.MEASURES[line.measure.code]
    unit = line.measure.unit
    groups = (line.whole, *line.cohorts)
    cells = [
        Cell(words.estimate(one, unit), words.interval(one, unit), one.n if one.value is not None else None)
        for one in groups
    ]
    return str(name), str(counts), cells


def exported(found: queries.Outcomes) -> Iterator[list[str]]:
    """Yield one line for each measure and group; a hidden group has no numbers."""
    for line in found.lines:
        about = [line.measure.about, line.measure.kind, line.measure.code]
        yield [*about, _("all"), *_numbers(line.whole), ""]
        for cohort, estimate in zip(found.cohorts, line.cohorts, strict=True):
            yield [*about, f"{cohort[0]}-Q{cohort[1]}", *_numbers(estimate), ""]


def weighed(found: GrowthStudy | None) -> list[str]:
    """Return the line of what the lots of all pairs together tell: a share with its interval, or why none."""
    about = ["programme", "cause", "guidance_effect", _("all")]
    if found is None:
        return [*about, "", "", "", "", words.cause(None).sentences[0]]
    numbers = [
        found.params[name] / 100 if name in found.params else None for name in ("effect", "low", "high")
    ]
    written = ["" if one is None else f"{one:.3f}" for one in numbers]
    return [*about, str(found.n_situations), *written, " ".join(words.cause(found).sentences)]


def _numbers(found: Estimate) -> list[str]:
    if found.value is None or found.low is None or found.high is None:
        return ["", "", "", ""]
    return [str(found.n), f"{found.value:.3f}", f"{found.low:.3f}", f"{found.high:.3f}"]
