"""Pairs that a programme manager makes by hand, calls off, and passes on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import publishing
from telemachy.apps.relationships.actions import relationships as actions
from telemachy.apps.relationships.policies import relationships as policies
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.web.forms.relationships import OpenPairForm, TransferForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.match_runs import find_one, find_pair
from telemachy.interfaces.web.views.programmes import ProgrammeView

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Relationship


class OpenPair(ProgrammeView):
    """Open one pair without a run."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        return self._page(request, self.programme(pk), OpenPairForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Find the two, open the pair and invite them."""
        programme = self.programme(pk)
        form = OpenPairForm(request.POST)
        if form.is_valid() and (places := find_pair(form, programme)):
            learner, mentor = places
            try:
                relationship = publishing.propose(
                    programme=programme, learner=learner, mentor=mentor, by=self.person, now=self.now
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("The pair is open, and both are invited to accept."))
                return redirect("relationship", relationship.pk)
        return self._page(request, programme, form)

    def _page(self, request: HttpRequest, programme: Programme, form: OpenPairForm) -> HttpResponse:
        context = {
            "programme": programme,
            "form": form,
            "may": policies.open_pair(self.person, programme),
        }
        return render(request, "relationships/open_pair.html", context)


class CallOffPair(PersonView):
    """Take a proposal back, or end a pair one side of which is gone."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it, and show where the pair stands."""
        relationship = self.find(queries.run_by(self.person), pk=pk)
        try:
            actions.call_off(relationship=relationship, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done. Whoever is still there is told; no reason is kept."))
        return redirect("relationship", pk)


class TransferPair(PersonView):
    """Pass the learners of a pair on to another mentor."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        return self._page(request, self._relationship(pk), TransferForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Close the pair as passed on and invite to the next."""
        relationship = self._relationship(pk)
        form = TransferForm(request.POST)
        if form.is_valid() and (mentor := find_one(form, relationship.programme, "mentor")):
            try:
                successor = publishing.transfer(
                    relationship=relationship, mentor=mentor, by=self.person, now=self.now
                )
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(
                    request, _("Passed on: the new pair is open, and both are invited to accept.")
                )
                return redirect("relationship", successor.pk)
        return self._page(request, relationship, form)

    def _relationship(self, pk: UUID) -> Relationship:
        return self.find(queries.with_seats(queries.run_by(self.person).select_related("programme")), pk=pk)

    def _page(self, request: HttpRequest, relationship: Relationship, form: TransferForm) -> HttpResponse:
        context = {
            "relationship": relationship,
            "form": form,
            "may": policies.transfer(self.person, relationship),
        }
        return render(request, "relationships/transfer.html", context)
