"""What the two of them work on in a session: agenda, notes, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import action_items, agendas, drafts, session_notes
from telemachy.apps.relationships.policies import sessions as policies
from telemachy.apps.relationships.queries import agendas as agenda_queries
from telemachy.apps.relationships.queries import session_notes as note_queries
from telemachy.apps.relationships.queries import sessions
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.forms.sessions import ActionForm, AgendaForm, NoteForm
from telemachy.interfaces.web.views import session_page
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import ActionItem, AgendaItem, Session


class AgendaView(PersonView):
    """A step on the agenda, which is then drawn anew."""

    def answer(
        self,
        request: HttpRequest,
        session: Session,
        changed: UUID | None = None,
        form: AgendaForm | None = None,
    ) -> HttpResponse:
        """Answer with the agenda, or with the page where there is no script."""
        posted = {"agenda_form": form} if form is not None else {}
        if request.htmx:
            context = session_page.agenda(session, self.person, changed) | posted
            return render(request, "sessions/_agenda.html", context)
        if form is not None:
            return session_page.show(request, session, self.now, posted, status=422)
        return redirect(reverse("session", args=[session.pk]) + "#agenda")


class AddAgendaItem(AgendaView):
    """Add a point: one's own, or a suggestion by one click."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Add it."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        if "take" in request.POST:
            return self.take(request, session, request.POST["take"])
        form = AgendaForm(request.POST)
        if form.is_valid():
            try:
                item = agendas.add(session=session, by=self.person, now=self.now, **form.cleaned_data)
                return self.answer(request, session, item.pk)
            except BadInput as error:
                add_error(form, error)
        return self.answer(request, session, form=form)

    def take(self, request: HttpRequest, session: Session, key: str) -> HttpResponse:
        """Add the suggestion of that key, if it still is one."""
        policies.prepare(self.person, session).require()
        offered = agenda_queries.suggestions(session, self.person)
        one = next((one for one in offered if str(one.subject.pk) == key), None)
        if one is None:
            return self.answer(request, session)
        item = agendas.take(session=session, by=self.person, now=self.now, subject=one.subject)
        return self.answer(request, session, item.pk)


class ChangeAgendaItem(AgendaView):
    """Tick a point off, open it again, move it, or take it off."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do what the button says."""
        item: AgendaItem = self.find(agenda_queries.items_of(self.person), pk=pk)
        session, common = item.session, {"by": self.person, "now": self.now}
        match request.POST.get("do"):
            case "cover" | "reopen" as verb:
                agendas.cover(item=item, covered=verb == "cover", **common)
            case "up" | "down" as verb:
                agendas.shift(item=item, up=verb == "up", **common)
            case "remove":
                agendas.remove(item=item, **common)
            case _:
                raise BadInput(_("That is no step of an agenda."))
        return self.answer(request, session, pk)


class WriteNote(PersonView):
    """Keep one's own note."""

    kind = ""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep it; typed text is kept by itself with one line that says so."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        form = NoteForm(request.POST, kind=self.kind)
        refusal = ""
        if form.is_valid():
            try:
                session_notes.write(
                    session=session,
                    by=self.person,
                    now=self.now,
                    text=form.cleaned_data["text"],
                    shared=self.kind == "shared",
                )
            except BadInput as error:
                add_error(form, error)
        if form.errors:
            refusal = " ".join(form.errors.get("text", []))
        if request.htmx:
            context = {"refusal": refusal, "saved_at": self.now, "kind": self.kind}
            return render(request, "sessions/_note_state.html", context)
        if refusal:
            return session_page.show(request, session, self.now, {f"{self.kind}_form": form}, status=422)
        kept = {
            "private": _("Kept. Only you can read it."),
            "shared": _("Shared with everybody in this relationship."),
        }
        messages.success(request, kept[self.kind])
        return redirect(reverse("session", args=[pk]) + "#notes")


class WritePrivateNote(WriteNote):
    """Keep the private note, which its author alone reads."""

    kind = "private"


class WriteSharedNote(WriteNote):
    """Share one's note with the pair."""

    kind = "shared"


class KeepNoteDraft(PersonView):
    """Keep the shared note that is being written, without sharing it yet."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with one line that says so."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        require_visible(policies.prepare(self.person, session).allowed)
        refusal = ""
        try:
            text = request.POST.get("text", "")
            key = note_queries.draft_key(session)
            drafts.keep(key=key, fields={"text": text}, by=self.person, now=self.now)
        except TelemachyError as error:
            refusal = str(error)
        context = {"refusal": refusal, "saved_at": self.now, "kind": "draft"}
        return render(request, "sessions/_note_state.html", context)


class ActionView(PersonView):
    """A step on the actions, which are then drawn anew."""

    def answer(
        self,
        request: HttpRequest,
        session: Session,
        changed: UUID | None = None,
        form: ActionForm | None = None,
    ) -> HttpResponse:
        """Answer with the actions, or with the page where there is no script."""
        posted = {"action_form": form} if form is not None else {}
        if request.htmx:
            people = sessions.people_of(session.relationship)
            context: dict[str, Any] = (
                session_page.action_items(session, self.person, people, changed) | posted
            )
            context["may_prepare"] = bool(policies.prepare(self.person, session))
            return render(request, "sessions/_actions.html", context)
        if form is not None:
            return session_page.show(request, session, self.now, posted, status=422)
        return redirect(reverse("session", args=[session.pk]) + "#actions")


class AddActionItem(ActionView):
    """Note who does what by when."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Add it."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        form = ActionForm(request.POST, people=sessions.people_of(session.relationship))
        if form.is_valid():
            try:
                item = action_items.add(session=session, by=self.person, now=self.now, **form.cleaned_data)
                return self.answer(request, session, item.pk)
            except BadInput as error:
                add_error(form, error)
        return self.answer(request, session, form=form)


class ChangeActionItem(ActionView):
    """Tick an action item, open it again, or drop it; from a session's page or from the list."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do what the button says."""
        item: ActionItem = self.find(agenda_queries.actions_of(self.person), pk=pk)
        common = {"by": self.person, "now": self.now}
        match request.POST.get("do"):
            case "done" | "open" as verb:
                action_items.tick(item=item, done=verb == "done", **common)
            case "drop":
                action_items.drop(item=item, **common)
            case _:
                raise BadInput(_("That is no step of an action."))
        shown = request.POST.get("session", "")
        session = next((one for one in self.sessions(item) if str(one.pk) == shown), None)
        if session is None:
            return redirect("session-list")
        return self.answer(request, session, pk)

    def sessions(self, item: ActionItem) -> list[Session]:
        """Return the sessions on whose pages the item can stand."""
        return list(sessions.for_page(self.person).filter(relationship=item.relationship_id))
