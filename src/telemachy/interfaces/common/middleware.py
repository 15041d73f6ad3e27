"""Who is asking, in which time zone; and refusals told in plain words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import clocks, mail_links
from telemachy.core.shared.errors import BadInput, NotAllowed, TelemachyError

if TYPE_CHECKING:
    from django.db.models import Model
    from django_htmx.middleware import HtmxDetails

    from telemachy.apps.people.models import Person, User

Handler = Callable[[HttpRequest], HttpResponse]

PERSON_KEY = "person"

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Give every request an id, kept from the proxy when it is well formed; answer with X-Request-ID.

    Comes before django-structlog's middleware, which puts the id into every log line.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        request.META["HTTP_X_REQUEST_ID"] = request_id
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class PersonRequest(HttpRequest):
    """What pages are asked with: Django's own request, told by middleware who asks, and for which part."""

    person: Person | None
    htmx: HtmxDetails
    #: The row that the page is about, once a view has found it.
    found: Model


class PersonMiddleware:
    """Set `request.person` (or None), and turn times and words to the reader's zone and language.

    What a signed-in person is shown is theirs: no cache on the way may keep it, nor the browser for whoever
    presses "back" after they have signed out.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        request.person = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        wanted = request.GET.get(mail_links.FOR, "") if request.method == "GET" else ""
        if wanted and wanted in {str(person.pk) for person in people.persons_of(request.user)}:
            request.session[PERSON_KEY] = wanted  # a link in a mail to whom of several organisations one is
        request.person = people.person_of(request.user, request.session.get(PERSON_KEY))
        if request.person is None:
            response = self.get_response(request)
        else:
            response = self._localised(request, request.user, request.person)
        response["Cache-Control"] = "no-store"
        return response

    def _localised(self, request: HttpRequest, user: User, person: Person) -> HttpResponse:
        """Answer in the person's language and zone."""
        if user.language and user.language != translation.get_language():
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(clocks.zone_of(person)):
            return self.get_response(request)


class PlainErrorsMiddleware:
    """Answer a refusal or a wrong input that no view has caught with a page that says why."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the product's own errors into 400, 403 or 409; leave the rest to Django."""
        if not isinstance(exception, TelemachyError):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 400 if isinstance(exception, BadInput) else 409
        return render(request, f"{status}.html", {"reason": str(exception)}, status=status)
