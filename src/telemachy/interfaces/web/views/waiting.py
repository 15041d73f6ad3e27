"""The waiting queue of a programme: who waits since when and why, and a match to accept for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.queries import waiting as queries
from telemachy.apps.relationships.actions import publishing
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms import match_words as words
from telemachy.interfaces.web.views.programmes import ProgrammeView, tabs

if TYPE_CHECKING:
    from datetime import datetime

    from telemachy.apps.programmes.models import Enrolment

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One who waits, in words."""

    waiting: queries.Waiting
    wait: str
    reason: str
    offered: list[str]


class ShowQueue(ProgrammeView):
    """Who waits; a match on arrival where there is a mentor for somebody."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the queue, the longest wait first."""
        programme = self.programme(pk)
        context: dict[str, Any] = {"programme": programme, "tabs": tabs(programme, "match-run-list")}
        try:
            queue = queries.queue(programme, self.now.date())
        except TelemachyError as error:
            return render(request, "match_runs/waiting.html", context | {"problem": str(error)})
        page = Paginator(queue.places, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "queue": queue,
            "page": page,
            "rows": [_row(waiting, self.now) for waiting in queries.rows(queue, page)],
            "may": policies.open_pair(self.person, programme),
        }
        return render(request, "match_runs/waiting.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Open the pair that was offered and invite both."""
        programme = self.programme(pk)
        places = programmes.enrolments_managed_by(self.person).filter(programme=programme, state="active")
        learner = self._place(places, request.POST.get("learner", ""), "learner")
        mentor = self._place(places, request.POST.get("mentor", ""), "mentor")
        if learner is None or mentor is None:
            messages.error(request, _("The queue has changed meanwhile. Look again."))
            return redirect("programme-waiting", programme.pk)
        try:
            publishing.propose(
                programme=programme, learner=learner, mentor=mentor, by=self.person, now=self.now
            )
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _("%(learner)s and %(mentor)s are invited to accept.")
                % {"learner": learner.person.name, "mentor": mentor.person.name},
            )
        return redirect("programme-waiting", programme.pk)

    def _place(self, places: Any, key: str, role: str) -> Enrolment | None:
        try:
            found: Enrolment | None = places.filter(pk=UUID(key), role=role).first()
        except ValueError:
            return None
        return found


def _row(waiting: queries.Waiting, now: datetime) -> Row:
    offered = waiting.offer.reasons if waiting.offer else ()
    return Row(
        waiting=waiting,
        wait=timesince(waiting.since, now, depth=1),
        reason=words.reason(waiting.reason, {}) if waiting.reason else "",
        offered=[words.reason({"code": one.code, "params": one.params}, {}) for one in offered],
    )
