"""The steps of a recording: ask, agree, hand in, say who is who, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.actions import consents as consent_actions
from telemachy.apps.supervision.actions import recordings as actions
from telemachy.apps.supervision.actions import transcripts as transcript_actions
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import consents, recordings, transcripts
from telemachy.core.conversation import TranscriptError
from telemachy.core.shared.errors import BadInput, NotAllowed
from telemachy.interfaces.web.forms import recording_words as words
from telemachy.interfaces.web.forms.recordings import AskForm, SpeakersForm, TermsForm, UploadForm
from telemachy.interfaces.web.views import recording_page as pages
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from django import forms

    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import Recording


class AskConsent(PersonView):
    """Propose to record a conversation of a pair."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the terms to fill in, as they were last time."""
        relationship = self.find(relationships.for_page(self.person), pk=pk)
        form = AskForm(**_frame(self, relationship.programme), initial=self._as_last_time())
        return self._page(request, relationship, form)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask the other one; asking is one's own consent."""
        relationship = self.find(relationships.for_page(self.person), pk=pk)
        policies.ask(self.person, relationship).require()
        form = AskForm(request.POST, **_frame(self, relationship.programme))
        if form.is_valid():
            try:
                recording = consent_actions.ask(
                    relationship=relationship,
                    title=form.cleaned_data["title"],
                    held_on=form.cleaned_data["held_on"],
                    offer=form.offer,
                    by=self.person,
                    now=self.now,
                )
            except BadInput as error:
                add_error(form, error)
            else:
                messages.success(request, _("Asked. Nothing can be uploaded before both of you agreed."))
                return redirect("recording", recording.pk)
        return self._page(request, relationship, form, status=422)

    def _page(
        self, request: HttpRequest, relationship: Relationship, form: AskForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "relationship": relationship,
            "client": recordings.coachee_of(relationship),
            "form": form,
            "may": policies.ask(self.person, relationship),
        }
        return render(request, "recordings/ask.html", context, status=status)

    def _as_last_time(self) -> dict[str, Any]:
        last = recordings.latest_of(self.person)
        named = recordings.listeners(last) if last else []
        usable = [one.email for one in named if recordings.listener_by_address(self.person, one.email)]
        return {"addresses": "\n".join(usable), "held_on": clocks.local_day(self.person, self.now)}


class ChangeTerms(PersonView):
    """Propose other terms on a recording."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the terms in force, to be changed."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        terms = recording.terms or recordings.proposed(recording)
        initial: dict[str, Any] = {}
        if terms is not None:
            initial = {name: getattr(terms, name) for name in ("purpose", "keep_until", "for_learning")}
            initial["addresses"] = "\n".join(person.email for person in terms.listeners.order_by("name"))
        form = TermsForm(**_frame(self, recording.relationship.programme), initial=initial)
        return self._page(request, recording, form)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Propose them; those in force hold until both agreed."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        policies.change_terms(self.person, recording).require()
        form = TermsForm(request.POST, **_frame(self, recording.relationship.programme))
        if form.is_valid():
            try:
                consent_actions.change_terms(
                    recording=recording, offer=form.offer, by=self.person, now=self.now
                )
            except BadInput as error:
                add_error(form, error)
            else:
                messages.success(request, _("Proposed. The terms so far hold until both of you agreed."))
                return redirect("recording-consent", pk)
        return self._page(request, recording, form, status=422)

    def _page(
        self, request: HttpRequest, recording: Recording, form: TermsForm, status: int = 200
    ) -> HttpResponse:
        context = pages.frame(request, recording, "recording-consent", self.now)
        context |= {"form": form, "may": policies.change_terms(self.person, recording)}
        return render(request, "recordings/terms.html", context, status=status)


class AgreeToTerms(PersonView):
    """Say yes to the terms one has read."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the consent in the person's own name."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        require_visible(recordings.is_party(self.person, recording))
        terms = recordings.proposed(recording)
        policies.agree(self.person, recording).require()
        if terms is None or str(terms.pk) != request.POST.get("terms", ""):
            messages.warning(request, _("The terms have changed meanwhile; read them again."))
            return redirect("recording-consent", pk)
        try:
            consent_actions.agree(recording=recording, terms=terms, by=self.person, now=self.now)
        except BadInput as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("You agreed. You can withdraw at any time, without a reason."))
        return redirect("recording-consent", pk)


class WithdrawConsent(PersonView):
    """Take the consent back; first say what goes and what stays."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what goes and what stays."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        require_visible(recordings.is_party(self.person, recording))
        context = pages.frame(request, recording, "recording-consent", self.now)
        context["loss"] = consents.loss(recording)
        return render(request, "recordings/withdraw.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        require_visible(recordings.is_party(self.person, recording))
        consent_actions.withdraw(recording=recording, by=self.person, now=self.now)
        messages.success(request, _("Withdrawn. Everything listed is deleted."))
        return redirect("recording", pk)


class Upload(PersonView):
    """Hand in the sound, the transcript, or both."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form; once there is a transcript it takes sound only."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        return self._page(request, recording, UploadForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the files, or say in which line something is wrong."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        policies.upload(self.person, recording).require()
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            given = {name: form.cleaned_data[name] or None for name in ("audio", "transcript")}
            try:
                actions.upload(recording=recording, by=self.person, now=self.now, **given)
            except TranscriptError as error:
                form.add_error("transcript", words.refusal(error))
            except BadInput as error:
                add_error(form, error)
            else:
                return redirect("recording", pk)
        return self._page(request, recording, form, status=422)

    def _page(
        self, request: HttpRequest, recording: Recording, form: UploadForm, status: int = 200
    ) -> HttpResponse:
        context = pages.frame(request, recording, "recording", self.now)
        context |= {
            "form": form,
            "may_upload": policies.upload(self.person, recording),
            "may_transcribe": policies.transcribe(self.person, recording),
            "listeners": recordings.listeners(recording),
        }
        return render(request, "recordings/upload.html", context, status=status)


class Transcribe(PersonView):
    """Have the sound written down."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue it."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        transcript_actions.request(recording=recording, by=self.person, now=self.now)
        return redirect("recording", pk)


class MapSpeakers(PersonView):
    """Say who coaches and who is the client; the product guesses first."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show every name with the guess and what it says first."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        if recording.state != "mapping":
            return redirect("recording", pk)
        return self._page(request, recording, SpeakersForm(names=list(recording.seats.items())))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Build the turns and have them coded."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        policies.map_speakers(self.person, recording).require()
        if "discard" in request.POST:
            actions.discard_transcript(recording=recording, by=self.person, now=self.now)
            messages.success(request, _("The transcript is deleted; hand in another one."))
            return redirect("recording", pk)
        form: forms.Form = SpeakersForm(request.POST, names=list(recording.seats.items()))
        if form.is_valid():
            try:
                actions.map_speakers(recording=recording, seats=form.seats, by=self.person, now=self.now)
            except TranscriptError as error:
                form.add_error(None, words.refusal(error))
            except BadInput as error:
                add_error(form, error)
            else:
                return redirect("recording", pk)
        return self._page(request, recording, form, status=422)

    def _page(
        self, request: HttpRequest, recording: Recording, form: forms.Form, status: int = 200
    ) -> HttpResponse:
        context = pages.frame(request, recording, "recording", self.now)
        may = policies.map_speakers(self.person, recording)
        try:
            voices = transcripts.voices(recording) if may else {}
        except BadInput as error:  # the page stays: on it the transcript can be thrown away
            voices = {}
            messages.warning(request, str(error))
        context |= {
            "form": form,
            "may": may,
            "voices": voices,
            "notes": words.notes(recording.notes),
        }
        return render(request, "recordings/speakers.html", context, status=status)


class Remap(PersonView):
    """Tell the speakers apart anew."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Go back one step."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        try:
            actions.remap(recording=recording, by=self.person, now=self.now)
        except NotAllowed as error:
            messages.warning(request, str(error))
        return redirect("recording", pk)


def _frame(view: PersonView, programme: Programme) -> dict[str, Any]:
    return {"asker": view.person, "programme": programme, "today": clocks.local_day(view.person, view.now)}
