"""The organisation's administration: people, agents, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.audit import policies as audit
from telemachy.apps.people import policies
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import invitations, organisations, persons
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms.organisation import AddressForm, AgentForm, PersonForm, SettingsForm
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms

    from telemachy.apps.people.models import Person

PAGE_SIZE = 50
STATES = {"no_sign_in", "administrator", "left"}

#: What the buttons of a person's row do.
VERBS = {
    "make_administrator": organisations.make_administrator,
    "end_administrator": organisations.end_administrator,
    "mark_left": organisations.mark_left,
    "bring_back": organisations.bring_back,
    "invite": invitations.invite,
}


class AdministratorView(PersonView):
    """A page for administrators; it does not exist for anyone else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 to those who do not administer."""
        if request.user.is_authenticated and request.person is not None:
            require_visible(bool(policies.administer(request.person, request.person.organisation_id)))
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, current: str, **context: Any) -> HttpResponse:
        """Draw one of the pages with its tabs."""
        context |= {"organisation": self.person.organisation, "tabs": tabs(self.person, current)}
        return render(self.request, template, context)


class ListPeople(AdministratorView):
    """Who is in the organisation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of them, filtered."""
        search = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        state = request.GET.get("state", "")
        state = state if state in STATES else ""
        found = people.humans_administered_by(self.person, search=search, state=state)
        return self.page(
            "organisation/people.html",
            "organisation",
            page_obj=Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
            search=search,
            state=state,
            n_to_invite=people.to_invite(self.person, self.now).count(),
        )


class AddPerson(AdministratorView):
    """Somebody new, by hand."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._page(PersonForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add them, and invite them if asked to."""
        form = PersonForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        values = form.cleaned_data
        try:
            person = persons.add(
                organisation_id=self.person.organisation_id,
                name=values["name"],
                email=values["email"],
                job_title=values["job_title"],
                by=self.person,
                now=self.now,
            )
        except BadInput as error:
            add_error(form, error)
            return self._page(form)
        if values["invite"]:
            invitations.invite(person=person, by=self.person, now=self.now)
        messages.success(request, _("%(name)s is in the organisation.") % {"name": person.name})
        return redirect("organisation")

    def _page(self, form: PersonForm) -> HttpResponse:
        return self.page("organisation/add_person.html", "organisation", form=form)


class ChangePerson(AdministratorView):
    """One person: rights, leaving, invitation, address."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what can be done."""
        person = self._person(pk)
        return self._page(person, AddressForm(initial={"email": person.email}))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it and come back."""
        person = self._person(pk)
        if "email" in request.POST:
            return self._correct_address(person, AddressForm(request.POST))
        verb = VERBS.get(request.POST.get("verb", ""))
        try:
            if verb is None:
                raise BadInput(_("Choose one of the buttons."))
            if verb is invitations.invite:
                policies.invite(self.person, person).require()
            verb(person=person, by=self.person, now=self.now)
            messages.success(request, _("Done: %(name)s.") % {"name": person.name})
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("organisation-person", person.pk)

    def _correct_address(self, person: Person, form: AddressForm) -> HttpResponse:
        if form.is_valid():
            try:
                organisations.correct_address(
                    person=person, email=form.cleaned_data["email"], by=self.person, now=self.now
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(self.request, _("The address is changed."))
                return redirect("organisation-person", person.pk)
        return self._page(person, form)

    def _person(self, pk: UUID) -> Person:
        return self.find(people.administered_by(self.person).select_related("owner", "user"), pk=pk)

    def _page(self, person: Person, form: forms.Form) -> HttpResponse:
        return self.page(
            "organisation/person.html",
            "agent-list" if person.is_agent else "organisation",
            subject=person,
            form=form,
            agents=people.agents_administered_by(self.person).filter(owner=person),
            may_make=policies.make_administrator(self.person, person),
            may_end=policies.end_administrator(self.person, person),
            may_leave=policies.mark_left(self.person, person),
            may_return=policies.bring_back(self.person, person),
            may_invite=policies.invite(self.person, person),
            may_correct=policies.correct_address(self.person, person),
        )


class InviteMany(AdministratorView):
    """Invite all who cannot sign in yet."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the invitations; whoever has one that still works is left out."""
        n_invited = invitations.invite_many(
            persons=people.to_invite(self.person, self.now), by=self.person, now=self.now
        )
        messages.success(request, invited_text(n_invited))
        return redirect("organisation")


class ListAgents(AdministratorView):
    """The AI agents and who answers for each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, and the form to register one."""
        return self._page(AgentForm(initial={"owner": self.person.email}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register one."""
        form = AgentForm(request.POST)
        if form.is_valid():
            values = form.cleaned_data
            try:
                owner = people.by_email(self.person, values["owner"])
                if owner is None:
                    raise BadInput(_("Nobody of your organisation has this address."), field="owner")
                agent = organisations.register_agent(
                    name=values["name"], purpose=values["purpose"], owner=owner, by=self.person, now=self.now
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("%(name)s is registered.") % {"name": agent.name})
                return redirect("agent", agent.pk)
        return self._page(form)

    def _page(self, form: AgentForm) -> HttpResponse:
        agents = people.agents_administered_by(self.person)
        page = Paginator(agents, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return self.page("organisation/agents.html", "agent-list", form=form, page_obj=page)


class EditSettings(AdministratorView):
    """Name, language and time zone of the organisation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        own = self.person.organisation
        initial = {"name": own.name, "language": own.language, "time_zone": own.time_zone}
        return self.page(
            "organisation/settings.html", "organisation-settings", form=SettingsForm(initial=initial)
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it."""
        form = SettingsForm(request.POST)
        if not form.is_valid():
            return self.page("organisation/settings.html", "organisation-settings", form=form)
        organisations.change_settings(
            organisation=self.person.organisation, by=self.person, now=self.now, **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("organisation-settings")


def invited_text(n_invited: int) -> str:
    """Say how many invitations went out."""
    if not n_invited:
        return _("Everybody can sign in already, or has an invitation that still works.")
    text = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", n_invited)
    return text % {"n": n_invited}


def tabs(person: Person, current: str) -> list[NavItem]:
    """Return the navigation between the pages of the administration."""
    pages = [
        ("organisation", _("People")),
        ("agent-list", _("Agents")),
        ("organisation-tokens", _("Tokens")),
        ("webhook-list", _("Webhooks")),
        ("audit-trail", _("Audit trail")),
        ("undelivered-mail", _("Undelivered mail")),
        ("recording-rules", _("Recordings")),
        ("assist-rules", _("Language model")),
        ("organisation-settings", _("Settings")),
    ]
    if audit.see_dead_letters(person):
        pages.append(("dead-letters", _("Failed jobs")))
    return [NavItem(label, reverse(name), current=name == current) for name, label in pages]
