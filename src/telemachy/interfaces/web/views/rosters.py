"""A roster's way from a spreadsheet to places in a programme."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from telemachy.apps.programmes import policies
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.actions import rosters as actions
from telemachy.apps.programmes.queries import rosters as queries
from telemachy.core.roster import export
from telemachy.core.roster.files import WORDINGS, RosterFileError
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.common.ratelimit import DownloadView
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms.rosters import WAYS, MapColumns
from telemachy.interfaces.web.views import roster_rows
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from django import forms

    from telemachy.apps.programmes.models import Programme, RosterImport

IN_PROGRESS = ("checking", "committing")
PER_PAGE = 50


class RosterView(PersonView):
    """A page of one import, for those who run its programme."""

    def roster(self, pk: UUID) -> RosterImport:
        """Return the import, or answer 404."""
        return self.find(queries.visible_to(self.person), pk=pk)


class UploadRoster(PersonView):
    """The first step: one file, two files, or cells pasted from a spreadsheet."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the way that is asked for."""
        way = request.GET.get("way", "one")
        return self._page(request, self._programme(pk), way if way in WAYS else "one")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the files and go on to their columns."""
        programme = self._programme(pk)
        way = request.GET.get("way", "one")
        if way not in WAYS:
            raise Http404
        form = WAYS[way](request.POST, request.FILES)
        if form.is_valid():
            try:
                roster = actions.upload(
                    programme=programme, uploads=form.uploads(), by=self.person, now=self.now
                )
            except TelemachyError as error:
                _add_file_error(form, error, list(form.SOURCES))
            else:
                return redirect("roster-columns", roster.pk)
        return self._page(request, programme, way, form)

    def _programme(self, pk: UUID) -> Programme:
        return self.find(programmes.visible_to(self.person), pk=pk)

    def _page(
        self, request: HttpRequest, programme: Programme, way: str, form: forms.Form | None = None
    ) -> HttpResponse:
        here = reverse("roster-upload", args=[programme.pk])
        labels = {"one": _("One file"), "two": _("Mentors and learners apart"), "paste": _("Paste cells")}
        context = {
            "programme": programme,
            "form": form or WAYS[way](),
            "way": way,
            "ways": [NavItem(labels[each], f"{here}?way={each}", current=each == way) for each in WAYS],
            "may": policies.change(self.person, programme),
            "n_earlier": queries.of_programme(programme).count(),
        }
        return render(request, "rosters/upload.html", context)


class ListRosters(PersonView):
    """Every import of a programme, latest first."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show them."""
        programme = self.find(programmes.visible_to(self.person), pk=pk)
        page = Paginator(queries.of_programme(programme), PER_PAGE).get_page(request.GET.get("page"))
        rows = [(roster, *roster_rows.state(roster)) for roster in page]
        return render(request, "rosters/list.html", {"programme": programme, "rows": rows, "page": page})


class ShowRoster(RosterView):
    """Where an import stands: its columns, its progress, its preview, its result."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page of the present state."""
        roster = self.roster(pk)
        context = {"roster": roster, "programme": roster.programme}
        if roster.state == "uploaded":
            return redirect("roster-columns", roster.pk)
        if roster.state in IN_PROGRESS:
            return render(request, "rosters/progress.html", context)
        if roster.state == "failed":
            message, mend = queries.failure(roster)
            return render(request, "rosters/failed.html", context | {"message": message, "mend": mend})
        if roster.state == "discarded":
            return render(request, "rosters/discarded.html", context)
        return render(request, "rosters/preview.html", context | self._rows(request, roster))

    def _rows(self, request: HttpRequest, roster: RosterImport) -> dict[str, Any]:
        filters = roster_rows.filters(roster)
        shown = request.GET.get("show", "")
        if shown not in {each.key for each in filters}:
            shown = roster_rows.most_urgent(roster)
        paginator = Paginator(queries.rows_of(roster, shown), PER_PAGE)
        # Counted when the file was checked; counting again would read every row.
        paginator.count = roster.counts.get(shown, 0)
        page = paginator.get_page(request.GET.get("page"))
        n_changing = roster.counts.get("create", 0) + roster.counts.get("update", 0)
        return {
            "filters": filters,
            "shown": shown,
            "page": page,
            "rows": [roster_rows.line(row, roster) for row in page],
            "n_changing": n_changing,
            "several_files": len(roster.files) > 1,
            "may": policies.change(self.person, roster.programme),
        }


class MapRosterColumns(RosterView):
    """The second step: what each column means."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the guess, or what was chosen before."""
        roster = self.roster(pk)
        if not self._is_open(roster):
            return redirect("roster", roster.pk)
        return self._page(request, roster, MapColumns(files=roster.files, mappings=roster.mappings))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Confirm it and start the check."""
        roster = self.roster(pk)
        if not self._is_open(roster):
            return redirect("roster", roster.pk)
        form = MapColumns(request.POST, files=roster.files, mappings=roster.mappings)
        if form.is_valid():
            try:
                actions.map_columns(roster_import=roster, mapped=form.mapped(), by=self.person, now=self.now)
            except TelemachyError as error:
                form.add_error(None, _said(error, roster.files))
            else:
                return redirect("roster", roster.pk)
        return self._page(request, roster, form)

    @staticmethod
    def _is_open(roster: RosterImport) -> bool:
        return roster.state in {"uploaded", "previewed", "failed"} and all(f["path"] for f in roster.files)

    def _page(self, request: HttpRequest, roster: RosterImport, form: MapColumns) -> HttpResponse:
        context = {
            "roster": roster,
            "programme": roster.programme,
            "form": form,
            "time_zone": roster.programme.organisation.time_zone,
            "several_files": len(roster.files) > 1,
        }
        return render(request, "rosters/columns.html", context)


class ShowProgress(RosterView):
    """How far the background work is, asked for every two seconds by the page."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it; when the work is done, have the page show what came of it."""
        roster = self.roster(pk)
        if not request.htmx:
            return redirect("roster", roster.pk)
        if roster.state not in IN_PROGRESS:
            return HttpResponseClientRefresh()
        return render(request, "rosters/_progress.html", {"roster": roster})


class CommitRoster(RosterView):
    """Take all valid rows in."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Start the commit; a second click finds it under way."""
        roster = self.roster(pk)
        try:
            actions.commit(roster_import=roster, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("roster", roster.pk)


class TakeRosterBack(RosterView):
    """Go back to the preview where taking in waits in vain."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the decision back, unless the people are just being taken in."""
        roster = self.roster(pk)
        try:
            actions.take_back(roster_import=roster, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("roster", roster.pk)


class DiscardRoster(RosterView):
    """Take nothing in and forget the files."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Discard the import and go back to uploading."""
        roster = self.roster(pk)
        try:
            actions.discard(roster_import=roster, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("roster", roster.pk)
        messages.success(request, _("The file was put away. Nothing was taken in."))
        return redirect("roster-upload", roster.programme_id)


class DownloadRejected(DownloadView, RosterView):
    """The rejected rows as a file to mend and upload again."""

    def get(self, request: HttpRequest, pk: UUID, kind: str) -> FileResponse:
        """Send them as CSV or XLSX."""
        roster = self.roster(pk)
        if kind not in {"csv", "xlsx"}:
            raise Http404
        write = export.write_csv if kind == "csv" else export.write_xlsx
        stream = SpooledTemporaryFile(max_size=5_000_000)  # noqa: SIM115 - FileResponse closes it
        write(stream, queries.rejected_header(roster), queries.rejected(roster))  # type: ignore[arg-type]
        stream.seek(0)
        return FileResponse(stream, as_attachment=True, filename=f"rejected-rows.{kind}")


def _add_file_error(form: forms.Form, error: TelemachyError, names: list[str]) -> None:
    """Put what is wrong with the n-th file at its field, in the reader's language."""
    number = _number(error)
    form.add_error(names[number] if number is not None and number < len(names) else None, _text(error))


def _said(error: TelemachyError, files: list[dict[str, Any]]) -> str:
    """Return what is wrong, with the file's name where there are several."""
    number = _number(error)
    if number is None or len(files) == 1:
        return _text(error)
    return f"{files[number]['name']}: {_text(error)}"


def _number(error: TelemachyError) -> int | None:
    number = getattr(error, "field", "")
    return int(number) if number.isdecimal() else None


def _text(error: TelemachyError) -> str:
    if isinstance(error, RosterFileError):
        return " ".join(queries.filled(each, error.params) for each in WORDINGS[error.code])
    return str(error)
