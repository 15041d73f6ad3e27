"""Past cases of an agent, from a file to the reviews: upload, look, take in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRefresh

from telemachy.apps.relationships.actions import traces as actions
from telemachy.apps.relationships.queries import learners, situations
from telemachy.apps.relationships.queries import traces as queries
from telemachy.core.memory.traces import TraceFileError
from telemachy.core.memory.traces.lines import FIELDS, NEEDED
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.training import TraceForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.training import TrainingView

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Party, TraceImport

#: Cases and problems shown in a preview.
MAX_SHOWN = 20
EXAMPLE = """{"external_ref": "run-2041", "summary": "VIP wants a refund, no receipt",
 "intended_action": "Refuse", "decision": "Refused", "rationale": "No receipt",
 "confidence": 0.8, "outcome": "The guest left", "success": false,
 "difficulty": 3, "novelty": 2, "tags": ["refund", "vip"],
 "decided_at": "2026-03-01T09:00:00Z"}"""


class UploadTraces(TrainingView):
    """Choose a file with past cases."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form and the shapes that are read."""
        seat = self.seat(pk)
        return self._page(request, seat, self._form(seat))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Read the file and show what it would add."""
        seat = self.seat(pk)
        form = self._form(seat, request.POST, request.FILES)
        if form.is_valid():
            try:
                held = actions.upload(
                    relationship=seat.relationship,
                    learner=seat.person,
                    goal=form.chosen(),
                    file_name=form.cleaned_data["file"].name,
                    data=form.content(),
                    by=self.person,
                    now=self.now,
                )
            except TraceFileError as error:
                form.add_error("file", queries.refusal(error))
            except TelemachyError as error:
                add_error(form, error)
            else:
                return redirect("trace-import", held.pk)
        return self._page(request, seat, form, status=422)

    def _form(self, seat: Party, *data: object) -> TraceForm:
        return TraceForm(*data, goals=situations.goals_for(seat.relationship, seat.person))

    def _page(self, request: HttpRequest, seat: Party, form: TraceForm, status: int = 200) -> HttpResponse:
        optional = sorted(FIELDS - set(NEEDED))
        context = {
            "seat": seat,
            "agent": seat.person,
            "form": form,
            "needed": NEEDED,
            "optional": optional,
            "example": " ".join(EXAMPLE.split("\n ")),
        }
        return render(request, "training/upload.html", context, status=status)


class TracesView(PersonView):
    """A page of one file, for the humans who mentor its agent."""

    def held(self, pk: UUID) -> TraceImport:
        """Return the file, or answer 404."""
        return self.find(queries.visible_to(self.person), pk=pk)

    def seat(self, held: TraceImport) -> Party | None:
        """Return the agent's seat, None when it has left."""
        return (
            learners.agents_of(self.person)
            .filter(person=held.learner, relationship=held.relationship)
            .first()
        )


class ShowTraces(TracesView):
    """What a file would add, whether it is being added, or what it added."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show where it stands; a page that asks again is refreshed once the work is done."""
        held = self.held(pk)
        if request.htmx:
            return HttpResponse(status=204) if held.state == "committing" else HttpResponseClientRefresh()
        problems = queries.problem_texts(held.problems)
        context = {
            "held": held,
            "agent": held.learner,
            "seat": self.seat(held),
            "shown": [queries.as_trace(data) for data in held.traces[:MAX_SHOWN]],
            "n_more": max(len(held.traces) - MAX_SHOWN, 0),
            "n_lessons": sum(bool(data["lesson"]) for data in held.traces),
            "problems": problems[: 2 * MAX_SHOWN],
            "n_problems": len(problems),
            "n_unreadable": len({line for line, _message, _mend in problems}),
        }
        return render(request, "training/traces.html", context)


class CommitTraces(TracesView):
    """Take every case in."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take them in, or start to."""
        held = self.held(pk)
        try:
            done = actions.commit(trace_import=held, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("trace-import", held.pk)
        if done.state == "committing":
            return redirect("trace-import", held.pk)
        said = ngettext("One case is in.", "%(n)d cases are in.", done.n_taken)
        messages.success(request, said % {"n": done.n_taken})
        seat = self.seat(done)
        return redirect("training", seat.pk) if seat else redirect("trace-import", done.pk)


class DiscardTraces(TracesView):
    """Take nothing in and forget what was read."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Forget it."""
        held = self.held(pk)
        try:
            actions.discard(trace_import=held, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("trace-import", held.pk)
        messages.success(request, _("The file was put away. Nothing was taken in."))
        seat = self.seat(held)
        return redirect("trace-upload", seat.pk) if seat else redirect("trace-import", held.pk)
