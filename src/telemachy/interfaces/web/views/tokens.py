"""Tokens: made here and shown once, seen with their last use, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from telemachy.apps.integrations.actions import tokens
from telemachy.apps.integrations.queries import tokens as queries
from telemachy.apps.integrations.queries.scopes import SCOPES
from telemachy.apps.people.queries import agents
from telemachy.apps.programmes import queries as programmes
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.integrations import TokenForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.organisation import AdministratorView

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.integrations.models import Token
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme

PAGE_SIZE = 50


class ListTokens(PersonView):
    """The person's own tokens, those of agents they answer for, and the form for a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; the form is ready for the agent from whose page one comes."""
        return self._page(self._form(initial={"stands_for": f"agent:{request.GET.get('agent', '')}"}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and show its secret on this answer only."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        kind, person, programme = form.holder()
        try:
            token, secret = tokens.make(
                kind=kind,
                person=person,
                programme=programme,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                days=form.cleaned_data["days"],
                by=self.person,
                now=self.now,
            )
        except TelemachyError as error:
            add_error(form, error)
            return self._page(form)
        return self._page(self._form(), made=token, secret=secret)

    def _form(self, data: object = None, **rest: Any) -> TokenForm:
        holders, labels = _holders(self.person)
        return TokenForm(data, holders=holders, labels=labels, **rest)

    def _page(self, form: TokenForm, made: Token | None = None, secret: str = "") -> HttpResponse:
        found = queries.visible_to(self.person)
        if self.person.is_administrator:
            # The others' tokens have a page among those of the organisation.
            own = found.filter(person=self.person) | found.filter(person__owner=self.person)
            found = own | found.filter(made_by=self.person)
        context = {"rows": _rows(found), "form": form, "made": made, "secret": secret}
        return render(self.request, "integrations/tokens.html", context)


class ListOrganisationTokens(AdministratorView):
    """Every token of the organisation, with who made it and when it was last used."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of them."""
        page = Paginator(queries.of_organisation(self.person), PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            "integrations/organisation_tokens.html", "organisation-tokens", rows=_rows(page), page_obj=page
        )


class RevokeToken(PersonView):
    """End a token at once."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End it and go back to where the button was."""
        token = self.find(queries.visible_to(self.person), pk=pk)
        tokens.revoke(token=token, by=self.person, now=self.now)
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
        back = request.POST.get("back", "")
        is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
        return redirect(back if is_ours else "token-list")


def _rows(found: object) -> list[tuple[Token, list[str]]]:
    return [(token, [str(SCOPES[scope]) for scope in token.scopes]) for token in found]  # type: ignore[attr-defined]


def _holders(
    person: Person,
) -> tuple[dict[str, tuple[str, Person, Programme | None]], dict[str, str]]:
    """Return for whom the person may make a token, by the value of the choice, and what the choices say."""
    holders: dict[str, tuple[str, Person, Programme | None]] = {"personal": ("personal", person, None)}
    labels = {"personal": _("Me, %(name)s") % {"name": person.name}}
    for agent in agents.visible_to(person):
        holders[f"agent:{agent.pk}"] = ("agent", agent, None)
        labels[f"agent:{agent.pk}"] = _("The agent %(name)s") % {"name": agent.name}
    if person.is_administrator:
        holders["organisation"] = ("organisation", person, None)
        labels["organisation"] = _("The organisation: runs programmes, reads nothing that pairs write")
    for programme in programmes.visible_to(person).exclude(state="archived"):
        holders[f"verifier:{programme.pk}"] = ("verifier", person, programme)
        labels[f"verifier:{programme.pk}"] = _("Automatic checks in %(name)s") % {"name": programme.name}
    return holders, labels
