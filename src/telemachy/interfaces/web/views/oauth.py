"""Where a person allows an application a token, for themselves or for an agent they answer for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from telemachy.apps.integrations.actions import oauth as actions
from telemachy.apps.integrations.queries import oauth as queries
from telemachy.apps.people.queries import agents
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.common import oauth
from telemachy.interfaces.web.forms.integrations import AllowForm
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.integrations.models import Application
    from telemachy.apps.people.models import Person

LONGEST_STATE = 2_000


@dataclass(frozen=True, slots=True)
class Asking:
    """What an application asks for, once it is known to be sound."""

    application: Application
    scopes: tuple[str, ...]
    challenge: str
    redirect_uri: str
    names_uri: bool
    state: str

    @property
    def goes_to(self) -> str:
        """Where the answer goes, as a person may recognise it."""
        parts = urlsplit(self.redirect_uri)
        return parts.hostname if parts.scheme in {"http", "https"} else f"{parts.scheme}:"  # type: ignore[return-value]

    @property
    def is_own_machine(self) -> bool:
        """Whether the answer stays on the person's own machine."""
        return urlsplit(self.redirect_uri).scheme != "https"

    def answered(self, **told: str) -> str:
        """Return the address with an answer in it, and who gives it (RFC 9207)."""
        parts = urlsplit(self.redirect_uri)
        more = {**told, "iss": settings.BASE_URL} | ({"state": self.state} if self.state else {})
        query = "&".join(part for part in (parts.query, urlencode(more)) if part)
        return urlunsplit(parts._replace(query=query))


class AllowApplication(PersonView):
    """Show who asks for what; allow it, or not.

    A request that is not sound is answered here and goes nowhere: anybody can register an address, so an
    error that was sent on by itself would make this page a way to anywhere.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        try:
            asking = read(request.GET)
        except BadInput as error:
            return _unsound(request, str(error))
        return self._page(asking, self._form(asking))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the application its code, or word that it is not allowed."""
        try:
            asking = read(request.GET)
        except BadInput as error:
            return _unsound(request, str(error))
        if request.POST.get("verb") != "allow":
            return _go(asking.answered(error="access_denied"))
        form = self._form(asking, request.POST)
        if not form.is_valid():
            return self._page(asking, form)
        kind, person = form.holder()
        try:
            code = actions.allow(
                application=asking.application,
                kind=kind,
                person=person,
                scopes=form.cleaned_data["scopes"],
                days=form.cleaned_data["days"],
                challenge=asking.challenge,
                redirect_uri=asking.redirect_uri,
                names_uri=asking.names_uri,
                audience=oauth.audience(),
                by=self.person,
                now=self.now,
            )
        except TelemachyError as error:
            add_error(form, error)
            return self._page(asking, form)
        return _go(asking.answered(code=code))

    def _form(self, asking: Asking, data: object = None) -> AllowForm:
        return AllowForm(data, holders=_holders(self.person), scopes=asking.scopes)

    def _page(self, asking: Asking, form: AllowForm) -> HttpResponse:
        response = render(self.request, "integrations/allow.html", {"asking": asking, "form": form})
        response["Cache-Control"] = "no-store"
        # The form's answer leads to the application, which a browser counts as a target of the form.
        parts = urlsplit(asking.redirect_uri)
        is_web = parts.scheme in {"http", "https"}
        target = f"{parts.scheme}://{parts.netloc}" if is_web else f"{parts.scheme}:"
        return csp_update({"form-action": [target]})(lambda _request: response)(self.request)


def read(given: Mapping[str, Any]) -> Asking:
    """Return what is asked for. Raises BadInput, said to a person, when it is not sound."""
    from mcp.server.auth.handlers.authorize import AuthorizationRequest
    from mcp.shared.auth import InvalidRedirectUriError
    from pydantic import ValidationError

    application = queries.application(str(given.get("client_id", "")))
    if application is None:
        raise BadInput(_("The application is not known here. Let it register anew, then try again."))
    try:
        asked = AuthorizationRequest.model_validate(dict(given.items()))
        uri = oauth.client_of(application).validate_redirect_uri(asked.redirect_uri)
    except InvalidRedirectUriError:
        raise BadInput(_("The answer would go to an address that the application never named.")) from None
    except ValidationError as error:
        names = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise BadInput(_("The application asked wrongly: %(names)s.") % {"names": names}) from None
    queries.check_uri(str(uri))
    if len(asked.code_challenge) != 43:
        raise BadInput(_("The application asked wrongly: %(names)s.") % {"names": "code_challenge"})
    if not oauth.is_audience(asked.resource or oauth.audience()):
        raise BadInput(_("The application asks for a token that is for another server."))
    if len(asked.state or "") > LONGEST_STATE:
        raise BadInput(_("The application asked wrongly: %(names)s.") % {"names": "state"})
    wanted = (asked.scope or "").split() or oauth.USUAL_SCOPES
    scopes = tuple(scope for scope in oauth.ALL_SCOPES if scope in wanted)
    if not scopes:
        raise BadInput(_("The application asks for nothing that can be allowed."))
    return Asking(
        application, scopes, asked.code_challenge, str(uri), asked.redirect_uri is not None, asked.state or ""
    )


def _holders(person: Person) -> dict[str, tuple[str, Person]]:
    """Return for whom the person may allow it, by the value of the choice; agents come first."""
    found = {f"agent:{agent.pk}": ("agent", agent) for agent in agents.visible_to(person)}
    return found | {"personal": ("personal", person)}


def _unsound(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "integrations/unsound.html", {"reason": reason}, status=400)


class _Answer(HttpResponseRedirect):
    """A way back to an application: addresses were checked when it registered."""

    def __init__(self, uri: str) -> None:
        self.allowed_schemes = [urlsplit(uri).scheme]
        super().__init__(uri)


def _go(uri: str) -> HttpResponse:
    response = _Answer(uri)
    response["Cache-Control"] = "no-store"
    # No page behind this address learns it from the next one.
    response["Referrer-Policy"] = "no-referrer"
    return response
