"""News: the list behind the bell, and the choice of how much comes by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from telemachy.apps.people.actions import notifications as actions
from telemachy.apps.people.actions import preferences
from telemachy.apps.people.queries import mail_links, news
from telemachy.apps.relationships.queries import thresholds
from telemachy.interfaces.common import clock
from telemachy.interfaces.web.forms.accounts import MailForm
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person

PAGE_SIZE = 30


class ListNotifications(PersonView):
    """What happened, unread first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        page = Paginator(news.of_person(self.person), PAGE_SIZE).get_page(request.GET.get("page"))
        rows = [(item, news.sentence(item)) for item in page]
        return render(
            request,
            "notifications/list.html",
            {
                "page_obj": page,
                "rows": rows,
                "unread": news.n_unread(self.person),
                "n_to_rate": thresholds.to_rate(self.person).count(),
            },
        )


class OpenNotification(PersonView):
    """Go to what a piece of news is about."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Mark it read, and go there (or back to the list with `stay`)."""
        item = self.find(news.of_person(self.person), pk=pk)
        actions.mark_read(notification=item, by=self.person, now=self.now)
        if "stay" in request.POST or not item.path.startswith("/") or item.path.startswith("//"):
            return redirect("notification-list")
        return HttpResponseRedirect(item.path)


class MarkAllRead(PersonView):
    """Clear the bell."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark everything read."""
        actions.mark_all_read(person=self.person, by=self.person, now=self.now)
        messages.success(request, _("Everything is marked as read."))
        return redirect("notification-list")


@method_decorator(csrf_exempt, name="dispatch")  # mail programs post without a page; the token is the secret
class MailChoice(View):
    """Change how often mail comes, by the link in a mail and without signing in."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the choice; opening the link changes nothing yet."""
        person = _person(token)
        return self._page(request, person, MailForm(initial={"mail": person.mail}))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Keep the choice; a mail program's one click means no mail (RFC 8058)."""
        person = _person(token)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            preferences.choose_mail(person=person, mail="off", by=person, now=clock.now())
            return HttpResponse(status=204)
        form = MailForm(request.POST)
        is_done = form.is_valid()
        if is_done:
            preferences.choose_mail(person=person, mail=form.cleaned_data["mail"], by=person, now=clock.now())
        return self._page(request, person, form, is_done=is_done)

    def _page(
        self, request: HttpRequest, person: Person, form: MailForm, is_done: bool = False
    ) -> HttpResponse:
        if request.person is None:
            translation.activate(news.language_of(person))
        return render(
            request,
            "notifications/mail_choice.html",
            {"form": form, "is_done": is_done, "address": person.email},
        )


def _person(token: str) -> Person:
    person = mail_links.person_of(token)
    if person is None:
        raise Http404
    return person
