"""One turn of a recording: what it was coded as, a correction by one key, and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import codes
from telemachy.apps.supervision.actions import evidence as actions
from telemachy.apps.supervision.policies import evidence as policies
from telemachy.apps.supervision.queries import evidence, recordings
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms import recording_words as words
from telemachy.interfaces.web.forms.recordings import PinForm
from telemachy.interfaces.web.views import recording_page as pages
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Recording, Utterance


class ShowTurn(PersonView):
    """One turn, as a part of the page or as a page of its own."""

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        """Show its code and evidence."""
        recording, row = _turn(self, pk, number)
        return _panel(request, self, recording, row)

    def post(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        """Correct the code; an htmx request gets the turn and the measures anew."""
        recording, row = _turn(self, pk, number)
        try:
            codes.correct(
                recording=recording,
                number=number,
                kind=request.POST.get("kind", ""),
                by=self.person,
                now=self.now,
            )
        except TelemachyError as error:
            messages.warning(request, str(error))
        recording, row = _turn(self, pk, number)
        if not request.htmx:
            return redirect(_place(recording, number))
        context = {
            "recording": recording,
            "turn": pages.as_turn(row, recording, len(pages.pins(self.person, recording, {}, row))),
            "measures": words.measures(recording.measures),
            "openable": True,
            "swapped": True,
        }
        return render(request, "recordings/_corrected.html", context)


class PinEvidence(PersonView):
    """Pin a turn to a competency, or note what is heard in it."""

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        """Return to the turn."""
        recording, _row = _turn(self, pk, number)
        return redirect(_place(recording, number))

    def post(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        """Keep the pin."""
        recording, row = _turn(self, pk, number)
        policies.pin(self.person, recording).require()
        choices, _names = pages.competencies(self.person, recording)
        form = PinForm(request.POST, choices=choices, prefix_id=f"pin_{number}")
        if form.is_valid():
            try:
                actions.pin(recording=recording, number=number, by=self.person, now=self.now, **form.pinned)
            except TelemachyError as error:
                add_error(form, error)
            else:
                if not request.htmx:
                    messages.success(request, _("Pinned."))
                    return redirect(_place(recording, number))
                recording, row = _turn(self, pk, number)
                return _panel(request, self, recording, row, pinned=True)
        return _panel(request, self, recording, row, form, status=422)


class UnpinEvidence(PersonView):
    """Take a pin off."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to its turn."""
        pin = self.find(evidence.own(self.person), pk=pk)
        return redirect(_place(pin.recording, pin.utterance.number))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it."""
        pin = self.find(evidence.own(self.person), pk=pk)
        recording, number = pin.recording, pin.utterance.number
        actions.unpin(evidence=pin, by=self.person, now=self.now)
        if not request.htmx:
            messages.success(request, _("The pin is off."))
            return redirect(_place(recording, number))
        recording, row = _turn(self, recording.pk, number)
        return _panel(request, self, recording, row, pinned=True)


def _turn(view: PersonView, pk: UUID, number: int) -> tuple[Recording, Utterance]:
    """Return a turn of a recording that the person may read, else answer 404."""
    recording = view.find(recordings.readable_by(view.person), pk=pk)
    return recording, get_object_or_404(recordings.turns_of(recording), number=number)


def _place(recording: Recording, number: int) -> str:
    part = number // recordings.PART + 1
    query = f"?part={part}" if part > 1 else ""
    return f"{reverse('recording', args=[recording.pk])}{query}#turn-{number}"


def _panel(
    request: HttpRequest,
    view: PersonView,
    recording: Recording,
    row: Utterance,
    form: PinForm | None = None,
    *,
    pinned: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = pages.panel(view.person, recording, row, form)
    if request.htmx:
        if pinned:
            context["all_pins"] = pages.pins(
                view.person, recording, pages.competencies(view.person, recording)[1]
            )
            context["pinned"] = True
        # htmx takes a form with errors in only if the answer is a success.
        return render(request, "recordings/_panel.html", context, status=200)
    context |= pages.frame(request, recording, "recording", view.now)
    context["back"] = _place(recording, row.number)
    return render(request, "recordings/turn.html", context, status=status)
