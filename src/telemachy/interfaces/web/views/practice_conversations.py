"""One coaching conversation a week: plan it, look back for two minutes, keep what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachy.apps.practice.actions import commitments as actions
from telemachy.apps.practice.policies import reflect
from telemachy.apps.practice.queries import commitments as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.forms.practice import CommitmentForm, LookBackForm
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.practice.models import Commitment

A_PAGE = 20


class ListCommitments(PersonView):
    """What is planned, a plan for this week, and what came of earlier ones."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        return self.show(request, CommitmentForm(auto_id="plan_%s"))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Plan one."""
        form = CommitmentForm(request.POST, auto_id="plan_%s")
        if form.is_valid():
            try:
                actions.commit(**form.cleaned_data, by=self.person, now=self.now)
                planned = _("Planned. You are reminded on the morning of the day.")
                if form.cleaned_data["due_on"] == timezone.localdate(self.now):
                    planned = _("Planned for today. Tomorrow morning you are asked how it was.")
                messages.success(request, planned)
                return redirect("commitment-list")
            except BadInput as error:
                add_error(form, error)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: CommitmentForm, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        settled = Paginator(queries.settled_of(self.person), A_PAGE).get_page(request.GET.get("page"))
        context = {
            "open": list(queries.open_of(self.person)),
            "settled": settled,
            "form": form,
            "today": timezone.localdate(self.now),
        }
        return render(request, "practice/commitments.html", context, status=status)


class LookBack(PersonView):
    """One planned conversation, and the two minutes after it."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it with what was written."""
        commitment = self.find(queries.of_person(self.person), pk=pk)
        written = {name: getattr(commitment, name) for name in ("asked", "noticed", "differently")}
        return self.show(request, commitment, LookBackForm(initial=written, auto_id="back_%s"))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep what was written."""
        commitment = self.find(queries.of_person(self.person), pk=pk)
        form = LookBackForm(request.POST, auto_id="back_%s")
        if form.is_valid():
            try:
                actions.reflect(commitment=commitment, **form.cleaned_data, by=self.person, now=self.now)
                messages.success(request, _("Kept. Only you can read it."))
                return redirect("commitment-list")
            except BadInput as error:
                add_error(form, error)
        return self.show(request, commitment, form, status=422)

    def show(
        self, request: HttpRequest, commitment: Commitment, form: LookBackForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        may_reflect = reflect(self.person, commitment)
        context = {"commitment": commitment, "form": form, "may_reflect": may_reflect}
        return render(request, "practice/commitment.html", context, status=status)


class DropCommitment(PersonView):
    """Let a planned conversation go."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Drop it."""
        commitment = self.find(queries.of_person(self.person), pk=pk)
        actions.drop(commitment=commitment, by=self.person, now=self.now)
        messages.success(request, _("Let go. Plan another one when it suits you."))
        return redirect("commitment-list")
