"""What every page for a signed-in person shares."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views import View

from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.common import clock
from telemachy.interfaces.common.middleware import PersonRequest

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

M = TypeVar("M", bound=Model)


class PersonView(LoginRequiredMixin, View):
    """A page for a person of an organisation: signed in, and with a seat somewhere."""

    request: PersonRequest
    person: Person
    now: datetime

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse strangers; hand the person and the moment to the verb."""
        if not request.user.is_authenticated:
            # A part of a page is no place for the sign-in page: whatever is written there stays.
            return HttpResponse(status=401) if self.request.htmx else self.handle_no_permission()
        if self.request.person is None:
            return render(request, "account/no_person.html", status=403)
        self.person = self.request.person
        self.now = clock.now()
        return super().dispatch(request, *args, **kwargs)

    def find(self, visible: QuerySet[M], **lookup: Any) -> M:
        """Return the row among those visible to the person, else answer 404.

        It stays with the request, so that the navigation can mark the screen to which the page belongs.
        """
        row = get_object_or_404(visible, **lookup)
        self.request.found = row
        return row


def require_visible(verdict_allowed: bool) -> None:
    """Answer 404 unless allowed: what a person may not see does not exist for them."""
    if not verdict_allowed:
        raise Http404


def add_error(form: forms.Form, error: TelemachyError) -> None:
    """Put the action's refusal where it belongs: at its field, or above the form."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))
