"""A supervision case: writing it, sharing it without names, notes, and what its owner takes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import drafts
from telemachy.apps.supervision.actions import cases as actions
from telemachy.apps.supervision.policies import cases as policies
from telemachy.apps.supervision.queries import cases as queries
from telemachy.apps.supervision.queries import rooms
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.supervision import CaseForm, CloseForm, NoteForm
from telemachy.interfaces.web.forms.supervision_words import LENSES, PATTERNS, STATES
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.situation_drafts import (
    keep_and_say,
    keep_and_stay,
    typed,
    wants_draft,
)

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Draft
    from telemachy.apps.supervision.models import SupervisionCase


#: What is written about a case that is shared.
STEPS: dict[str, type[forms.Form]] = {"note": NoteForm, "close": CloseForm}


class WriteCase(PersonView):
    """Begin a case, which nobody else sees."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page, empty or as the draft left it."""
        kept = drafts.draft(self.person, queries.draft_key(None))
        return self.show(request, self.form(initial=kept.fields if kept else {}), draft=kept)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, or drop the draft."""
        form = self.form(request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, queries.draft_key(None), "supervision-case-add")
        if form.is_valid():
            try:
                case = actions.write(words=form.words, relationship=form.linked, by=self.person, now=self.now)
                messages.success(request, _("Kept. Only you see it until you share it."))
                return redirect("supervision-case", case.pk)
            except TelemachyError as error:
                add_error(form, error)
        return self.show(request, form, 422)

    def form(self, data: Any = None, **more: Any) -> CaseForm:
        """Return the form with the person's relationships and the names given so far."""
        return CaseForm(
            data,
            relationships=queries.linkable(self.person),
            aliases=queries.aliases_of(self.person),
            **more,
        )

    def show(
        self,
        request: HttpRequest,
        form: CaseForm,
        status: int = 200,
        case: SupervisionCase | None = None,
        draft: Draft | None = None,
    ) -> HttpResponse:
        """Answer with the writing page."""
        context = {"form": form, "case": case, "draft": draft, "verdict": policies.write(self.person)}
        return render(request, "supervision/write.html", context, status=status)


class ReviseCase(WriteCase):
    """Change what a case says."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:  # type: ignore[override]
        """Show the page with what is written."""
        case = self.find(queries.of_owner(self.person), pk=pk)
        fields = ("alias", "title", "happened", "question", "lens", "patterns")
        begun = {name: getattr(case, name) for name in fields} | {"relationship": case.relationship_id or ""}
        kept = drafts.draft(self.person, queries.draft_key(case))
        return self.show(
            request, self.form(initial=begun | (kept.fields if kept else {})), case=case, draft=kept
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:  # type: ignore[override]
        """Keep it, or drop the draft."""
        case = self.find(queries.of_owner(self.person), pk=pk)
        form = self.form(request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, queries.draft_key(case), "supervision-case-write", pk)
        if form.is_valid():
            try:
                actions.revise(
                    case=case, words=form.words, relationship=form.linked, by=self.person, now=self.now
                )
                messages.success(request, _("Kept."))
                return redirect("supervision-case", pk)
            except TelemachyError as error:
                add_error(form, error)
        return self.show(request, form, 422, case)


class KeepCaseDraft(PersonView):
    """Keep what is being written while it is typed."""

    def post(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """Answer with one line that says so; what arrives after the case itself was kept is let go."""
        case = self.find(queries.of_owner(self.person), pk=pk) if pk else None
        form = CaseForm(relationships=())
        form.fields = {name: form.fields[name] for name in ("alias", "title", "happened", "question")}
        if queries.has_words(self.person, typed(request, form)):
            return HttpResponse(status=204)
        return keep_and_say(self, form, queries.draft_key(case))


class CasePage(PersonView):
    """One case: what is written, what was said about it, and what its reader can do."""

    def case(self, pk: UUID) -> SupervisionCase:
        """Return a case that the person owns or may read; 404 otherwise."""
        return self.find(queries.visible_to(self.person), pk=pk)

    def show(
        self, request: HttpRequest, case: SupervisionCase, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Answer with the page; forms as what was being written left them."""
        mine = case.owner_id == self.person.pk
        kept = {step: drafts.draft(self.person, queries.draft_key(case, step)) for step in STEPS}
        begun = {step: draft.fields if draft else {} for step, draft in kept.items()}
        word, tone = STATES[case.state]
        context: dict[str, Any] = {
            "case": case,
            "mine": mine,
            "word": word,
            "tone": tone,
            "lens": LENSES[case.lens],
            "lenses": [(words, key == case.lens) for key, words in LENSES.items()],
            "patterns": [PATTERNS[one] for one in PATTERNS if one in case.patterns],
            "notes": [
                (note, LENSES[note.lens].name if note.lens else "")
                for note in queries.notes_for(case, self.person)
            ],
            "rooms": rooms.joined_by(self.person) if mine and case.state == "draft" else [],
            "readers": queries.readers(case),
            "missed_by": queries.missed_by(case) if mine else [],
            "may_revise": policies.revise(self.person, case),
            "drafts": kept,
            "note_form": NoteForm(initial={"lens": "", **begun["note"]})
            if policies.note(self.person, case)
            else None,
            "close_form": CloseForm(initial={"takeaway": case.takeaway, **begun["close"]})
            if policies.close(self.person, case)
            else None,
        }
        return render(request, "supervision/case.html", context | more, status=status)


class ShowCase(CasePage):
    """Read a case."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        return self.show(request, self.case(pk))


class ShareCase(CasePage):
    """Let the people of a room read it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Share, or say what has to be mended first."""
        case = self.case(pk)
        room = {str(one.pk): one for one in rooms.joined_by(self.person)}.get(request.POST.get("room", ""))
        if room is None:
            return self.show(request, case, 422, refusal=_("Choose the room to share it in."))
        try:
            actions.share(case=case, room=room, by=self.person, now=self.now)
        except TelemachyError as error:
            return self.show(request, case, 422, refusal=str(error))
        messages.success(request, _("Shared. You can take it back at any time."))
        return redirect("supervision-case", pk)


class TakeCaseBack(CasePage):
    """Let nobody else read it any more."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it back."""
        actions.take_back(case=self.case(pk), by=self.person, now=self.now)
        messages.success(
            request, _("Taken back: only you read it now. What was said about it stays with you.")
        )
        return redirect("supervision-case", pk)


class KeepStepDraft(CasePage):
    """Keep a note, or what is taken from a case, while it is typed."""

    def post(self, request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
        """Answer with one line that says so."""
        if step not in STEPS:
            raise Http404
        fields = typed(request, STEPS[step]())
        try:
            actions.keep_draft(case=self.case(pk), step=step, fields=fields, by=self.person, now=self.now)
        except TelemachyError as error:
            return render(request, "situations/_draft_state.html", {"refusal": str(error)})
        return render(request, "situations/_draft_state.html", {"saved_at": self.now})


class CloseCase(CasePage):
    """Say what one takes from it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Close it."""
        case, form = self.case(pk), CloseForm(request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, queries.draft_key(case, "close"), "supervision-case", pk)
        if form.is_valid():
            try:
                actions.close(case=case, takeaway=form.cleaned_data["takeaway"], by=self.person, now=self.now)
                messages.success(request, _("Closed."))
                return redirect("supervision-case", pk)
            except TelemachyError as error:
                add_error(form, error)
        return self.show(request, case, 422, close_form=form)


class RemoveCase(CasePage):
    """Delete it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it with its notes."""
        actions.remove(case=self.case(pk), by=self.person, now=self.now)
        messages.success(request, _("Deleted, with what was said about it."))
        return redirect("supervision")


class WriteNote(CasePage):
    """Say something about a shared case."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Write the note."""
        case, form = self.case(pk), NoteForm(request.POST)
        if wants_draft(request):
            return keep_and_stay(self, form, queries.draft_key(case, "note"), "supervision-case", pk)
        if form.is_valid():
            try:
                actions.note(case=case, by=self.person, now=self.now, **form.cleaned_data)
                return redirect("supervision-case", pk)
            except TelemachyError as error:
                add_error(form, error)
        return self.show(request, case, 422, note_form=form)


class RemoveNote(PersonView):
    """Take a note back."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it back."""
        note = self.find(queries.notes_of(self.person), pk=pk)
        actions.remove_note(row=note, by=self.person, now=self.now)
        messages.success(request, _("Taken back."))
        if queries.visible_to(self.person).filter(pk=note.case_id).exists():
            return redirect("supervision-case", note.case_id)
        return redirect("supervision")
