"""Hands on a run: keep, forbid, take out, move, exchange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.programmes import policies
from telemachy.apps.programmes.actions import proposals as actions
from telemachy.apps.programmes.queries import match_runs as queries
from telemachy.apps.programmes.queries import moves
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.forms import match_words as words
from telemachy.interfaces.web.views.base import PersonView
from telemachy.interfaces.web.views.match_runs import RunView

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment, MatchRun

VERBS = {
    "lock": (actions.lock, gettext_lazy("Locked: every later run keeps this pair.")),
    "unlock": (actions.unlock, gettext_lazy("Unlocked: later runs decide about this pair.")),
    "forbid": (actions.forbid, gettext_lazy("Forbidden and taken out: no later run proposes this pair.")),
    "take_out": (actions.take_out, gettext_lazy("Taken out. Choose another match, or run again.")),
}
#: Mentors offered when somebody is moved; a search finds the rest.
N_OFFERED = 30


class ChangeProposal(PersonView):
    """Lock, unlock, forbid or take out a proposal."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it, and go back to where the reader was."""
        proposal = self.find(queries.proposals_visible_to(self.person), pk=pk)
        if request.POST.get("verb") not in VERBS:
            raise BadInput(_("Choose what to do with the proposal."))
        verb, said = VERBS[request.POST["verb"]]
        try:
            verb(proposal=proposal, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect("match-run", proposal.run_id)


@dataclass(frozen=True, slots=True)
class Offered:
    """One mentor whom a learner could go to, in words."""

    mentor: Enrolment
    score: str
    against: list[str]
    n_free: int
    holders: tuple[Any, ...]
    is_in_reach: bool


class MoveLearner(RunView):
    """Choose another mentor for one learner of a run."""

    def get(self, request: HttpRequest, pk: UUID, learner: UUID) -> HttpResponse:
        """Show the mentors, best first, with what speaks against each; those of a large pool afterwards."""
        run = self.run(pk)
        who = self._learner(run, learner)
        may = policies.move(self.person, run)
        context = {"run": run, "programme": run.programme, "learner": who, "may": may}
        asked = request.GET.keys() & {"q", "offers"}
        if may and (asked or not moves.takes_a_moment(run)):
            context |= self._offers(request, run, who)
        else:
            context["is_later"] = True
        if may and request.htmx and "offers" in request.GET:
            return render(request, "match_runs/_offers.html", context)
        context["held"] = run.proposals.filter(learner=who).select_related("mentor__person").first()
        return render(request, "match_runs/move.html", context)

    def post(self, request: HttpRequest, pk: UUID, learner: UUID) -> HttpResponse:
        """Move the learner, or exchange two."""
        run = self.run(pk)
        who = self._learner(run, learner)
        mentor_pk, _mark, exchange_pk = request.POST.get("choice", "").partition(":")
        mentor = moves.mentor_of(run, _key(mentor_pk))
        exchange = run.proposals.filter(pk=_key(exchange_pk)).first() if exchange_pk else None
        if mentor is None or (exchange_pk and exchange is None):
            messages.error(request, _("The run has changed meanwhile. Choose again."))
            return redirect("match-run-move", run.pk, who.pk)
        try:
            actions.move(
                match_run=run,
                learner=who,
                mentor=mentor,
                exchange=exchange,
                despite=request.POST.get("despite") == "on",
                by=self.person,
                now=self.now,
            )
        except TelemachyError as error:
            messages.error(request, str(error))
            return redirect("match-run-move", run.pk, who.pk)
        messages.success(
            request,
            _("%(learner)s is with %(mentor)s now.")
            % {"learner": who.person.name, "mentor": mentor.person.name},
        )
        return redirect("match-run", run.pk)

    def _learner(self, run: MatchRun, pk: UUID) -> Enrolment:
        found = moves.learner_of(run, pk)
        if found is None:
            raise Http404
        return found

    def _offers(self, request: HttpRequest, run: MatchRun, learner: Enrolment) -> dict[str, Any]:
        search = request.GET.get("q", "").replace("\x00", "")[:100].strip()
        offers = moves.offers(run, learner, self.now.date(), search=search, limit=N_OFFERED)
        shown = offers.shown if offers else ()
        names = {str(learner.person_id): learner.person.name}
        names |= {str(offer.mentor.person_id): offer.mentor.person.name for offer in shown}
        return {
            "is_in_pool": offers is not None,
            "offers": [_offered(offer, names) for offer in shown],
            "n_more": offers.n - len(shown) if offers else 0,
            "search": search,
        }


def _offered(offer: moves.Offer, names: dict[str, str]) -> Offered:
    return Offered(
        mentor=offer.mentor,
        score=words.percent(offer.score),
        against=[
            words.reason({"code": reason.code, "params": reason.params}, names) for reason in offer.against
        ],
        n_free=offer.n_free,
        holders=offer.holders,
        is_in_reach=offer.is_in_reach,
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
