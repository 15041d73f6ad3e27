"""Hands on a run of peers: into another pair or circle, in somebody's place, a circle locked as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions import peer_moves, proposals
from telemachy.apps.programmes.queries import peer_rings as queries
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms import match_words as words
from telemachy.interfaces.web.views.match_runs import RunView

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment, MatchRun

#: Pairs, circles and people offered; a search finds the rest.
N_OFFERED = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One offer in words: what speaks against whom."""

    offer: queries.Offer
    score: str
    against: list[tuple[str, str]]


class ChoosePlace(RunView):
    """Choose another pair or circle for one person of a run."""

    def get(self, request: HttpRequest, pk: UUID, person: UUID) -> HttpResponse:
        """Show where they could go, best first, with what speaks against it."""
        run = self.run(pk)
        return self._page(request, run, self._person(run, person))

    def post(self, request: HttpRequest, pk: UUID, person: UUID) -> HttpResponse:
        """Do what was chosen; a choice names the verb and whom or which circle."""
        run = self.run(pk)
        who = self._person(run, person)
        verb, _mark, target = request.POST.get("choice", "").partition(":")
        step = self._step(run, verb, target)
        if step is None:
            messages.error(request, _("The run has changed meanwhile. Choose again."))
            return redirect("match-run-place", run.pk, who.pk)
        try:
            step(match_run=run, person=who, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("match-run-place", run.pk, who.pk)
        messages.success(request, _("%(name)s has another place now.") % {"name": who.person.name})
        return redirect("match-run", run.pk)

    def _step(self, run: MatchRun, verb: str, target: str) -> Callable[..., None] | None:
        despite = self.request.POST.get("despite") == "on"
        if verb == "leave":
            return peer_moves.leave
        if verb == "join" and target.isdecimal():
            return lambda **who: peer_moves.join(circle=int(target[:9]), despite=despite, **who)
        action = {"pair": peer_moves.pair, "exchange": peer_moves.exchange}.get(verb)
        other = queries.place_of(run, target) if action else None
        if action is None or other is None:
            return None
        return lambda **who: action(other=other, despite=despite, **who)

    def _person(self, run: MatchRun, pk: UUID) -> Enrolment:
        found = queries.place_of(run, str(pk))
        if found is None:
            raise Http404
        return found

    def _page(self, request: HttpRequest, run: MatchRun, person: Enrolment) -> HttpResponse:
        search = request.GET.get("q", "").replace("\x00", "")[:100].strip()
        may = policies.change_places(self.person, run)
        found = queries.places(run, person, self.now.date()) if may else None
        wanted = [
            offer
            for offer in (found.offers if found else ())
            if any(search.casefold() in member.place.person.name.casefold() for member in offer.members)
        ]
        context: dict[str, Any] = {
            "run": run,
            "programme": run.programme,
            "person": person,
            "places": found,
            "is_pairs": run.options.get("circle", 2) == 2,
            "rows": [_row(offer, person) for offer in wanted[:N_OFFERED]],
            "n_more": max(len(wanted) - N_OFFERED, 0),
            "search": search,
            "may": may,
        }
        return render(request, "match_runs/place.html", context)


class LockCircle(RunView):
    """Keep a pair or circle of peers as it is."""

    def post(self, request: HttpRequest, pk: UUID, circle: int) -> HttpResponse:
        """Lock everybody of it to whom they have."""
        run = self.run(pk)
        try:
            proposals.lock_circle(match_run=run, circle=circle, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Locked: every later run keeps these people together as they are."))
        return redirect("match-run", run.pk)


def _row(offer: queries.Offer, person: Enrolment) -> Row:
    names = {str(person.person_id): person.person.name}
    names |= {str(member.place.person_id): member.place.person.name for member in offer.members}
    against = [
        (
            member.place.person.name,
            words.reason({"code": reason.code, "params": reason.params}, names, is_peer=True),
        )
        for member in offer.members
        for reason in member.against
    ]
    return Row(offer, words.percent(offer.score), against)
