"""The personal calendar feed: make its secret address, revoke it, and read it by the secret alone."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views import View
from django_ratelimit import ALL
from django_ratelimit.core import is_ratelimited

from telemachy.apps.people.queries import mail_links
from telemachy.apps.people.queries.news import language_of
from telemachy.apps.relationships.actions import calendar_feeds as actions
from telemachy.apps.relationships.queries import calendar_feeds, calendars, sessions
from telemachy.interfaces.common import clock
from telemachy.interfaces.web.views.base import PersonView

#: Calendars read once an hour or so; this leaves room for several of them and for a reload by hand.
READS_PER_MINUTE = 20
WINDOW_SECONDS = 60


class ShowFeed(PersonView):
    """Whether the person has a feed, and the address once it is made."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page; the address is never shown again."""
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make an address and show it this once; a former one ends."""
        token = actions.create(by=self.person, now=self.now)
        return self.show(request, request.build_absolute_uri(reverse("feed", args=[token])))

    def show(self, request: HttpRequest, address: str = "") -> HttpResponse:
        """Answer with the page, which no cache may keep."""
        context = {"feed": calendar_feeds.of_person(self.person), "address": address}
        response = render(request, "sessions/feed.html", context)
        response["Cache-Control"] = "no-store"
        return response


class RevokeFeed(PersonView):
    """Make the address useless."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Revoke it."""
        actions.revoke(by=self.person, now=self.now)
        messages.success(request, _("The address is revoked; calendars that read it get nothing any more."))
        return redirect("calendar-feed")


class ReadFeed(View):
    """The calendar itself, for whoever knows the address: calendar programs cannot sign in."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Answer with the person's sessions, with 304 when nothing has changed, or with 404."""
        feed = calendar_feeds.by_token(token)
        if feed is None:  # before counting: guesses must not fill the cache that counts sign-ins
            raise Http404
        if is_read_too_often(request, token):
            return HttpResponse(
                status=429, headers={"Retry-After": str(WINDOW_SECONDS)}, content_type="text/plain"
            )
        now = clock.now()
        choice = mail_links.choice_of(feed.person)
        with translation.override(language_of(feed.person)):
            text = calendars.feed(
                calendars.meeting_of(session, sessions.present(session.relationship), choice)
                for session in sessions.for_feed(feed.person, now)
            )
        actions.note_read(feed=feed, by=feed.person, now=now)
        etag = quote_etag(hashlib.sha256(text.encode()).hexdigest())
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["ETag"] = etag
        response["Cache-Control"] = "private, max-age=300"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Content-Disposition"] = 'inline; filename="telemachy.ics"'
        return get_conditional_response(request, etag=etag, response=response) or response


def is_read_too_often(request: HttpRequest, token: str) -> bool:
    """Tell whether one address was asked for too often: calendar services read many from one machine."""
    digest = calendar_feeds.digest(token)
    return bool(
        is_ratelimited(
            request,
            group="feed",
            key=lambda _group, _request: digest,
            rate=f"{READS_PER_MINUTE}/{WINDOW_SECONDS}s",
            method=ALL,
            increment=True,
        )
    )
