"""The threshold: look at the claim, confirm it, let it be rated, appoint the rater, rate it blind."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.actions import thresholds as actions
from telemachy.apps.relationships.policies import thresholds as policies
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries import thresholds as queries
from telemachy.core.shared.errors import TelemachyError
from telemachy.interfaces.common import badges
from telemachy.interfaces.web.forms import situation_words
from telemachy.interfaces.web.forms.thresholds import AppointForm, BlindRatingForm, NotYetForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.relationships import relationship_tabs

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import ThresholdClaim

#: Steps without a form -> action, what is said afterwards.
STEPS = {
    "confirm": (actions.confirm, gettext_lazy("Confirmed. The learner is told.")),
    "share": (actions.share, gettext_lazy("Those who run the programme now ask somebody outside your pair.")),
    "take_back": (actions.take_back, gettext_lazy("Nobody outside your pair reads the case any more.")),
}


class ThresholdView(PersonView):
    """What the claim's page and its steps share."""

    def claim(self, pk: UUID) -> ThresholdClaim:
        """Return the claim to its learner and mentor; 404 to all others."""
        visible = queries.of_party(self.person).select_related(
            "relationship__programme", "learner__organisation", "competency", "situation", "confirmed_by"
        )
        return self.find(visible.prefetch_related("relationship__parties"), pk=pk)

    def page(self, request: HttpRequest, claim: ThresholdClaim, form: NotYetForm) -> HttpResponse:
        """Show the claim with what the person may do."""
        is_seated = relationships.party_of(claim.relationship, self.person) is not None
        rules = (policies.confirm, policies.refuse, policies.share, policies.take_back)
        context = {
            "claim": claim,
            "state": situation_words.THRESHOLDS[claim.state],
            "rating": situation_words.RATINGS[claim.score][0] if claim.score is not None else "",
            "may": {rule.__name__: bool(rule(self.person, claim)) for rule in rules},
            "mine": claim.learner_id == self.person.pk,
            "form": form,
            "may_take_badge": policies.take_badge(self.person, claim) and badges.are_possible(),
            "is_seated": is_seated,
            "tabs": relationship_tabs(claim.relationship, "trajectory") if is_seated else [],
        }
        return render(request, "thresholds/threshold.html", context)


class ShowThreshold(ThresholdView):
    """A claim, what it rests on, and who said what."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it to learner and mentor."""
        return self.page(request, self.claim(pk), NotYetForm())


class StepThreshold(ThresholdView):
    """Confirm, say not yet, let it be rated, take that back."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step."""
        claim = self.claim(pk)
        verb = request.POST.get("verb", "")
        if verb == "refuse":
            return self.refuse(request, claim)
        if verb not in STEPS:
            messages.error(request, _("There is no such step."))
            return redirect("threshold", pk)
        take, said = STEPS[verb]
        try:
            take(claim=claim, by=self.person, now=self.now)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, str(said))
        return redirect("threshold", pk)

    def refuse(self, request: HttpRequest, claim: ThresholdClaim) -> HttpResponse:
        """Say not yet, with the words the learner reads."""
        form = NotYetForm(request.POST)
        if form.is_valid():
            try:
                actions.refuse(claim=claim, by=self.person, now=self.now, **form.cleaned_data)
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(
                    request, _("Said. The claim is made anew when a further situation shows it.")
                )
                return redirect("threshold", claim.pk)
        return self.page(request, claim, form)


class TakeBadge(ThresholdView):
    """The passed threshold as an Open Badge."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send it to the learner, signed."""
        claim = self.claim(pk)
        told = queries.achievement(claim)
        if told is None or not policies.take_badge(self.person, claim) or not badges.are_possible():
            raise Http404
        response = HttpResponse(badges.signed(told), content_type="application/jwt")
        response["Content-Disposition"] = f'attachment; filename="threshold-{claim.pk}.jwt"'
        return response


class ListRatings(PersonView):
    """The cases that wait for the person's independent rating."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them, the longest waiting first."""
        return render(request, "thresholds/ratings.html", {"claims": queries.to_rate(self.person)})


class RateThreshold(PersonView):
    """Read a case without its guidance, and rate it."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the case to whoever was asked."""
        return self.page(request, self.find(queries.to_rate(self.person), pk=pk), BlindRatingForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the rating."""
        claim = self.find(queries.to_rate(self.person), pk=pk)
        form = BlindRatingForm(request.POST)
        if form.is_valid():
            try:
                actions.rate(claim=claim, by=self.person, now=self.now, **form.cleaned_data)
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Thank you. Learner and mentor read your rating now."))
                return redirect("rating-list")
        return self.page(request, claim, form)

    def page(self, request: HttpRequest, claim: ThresholdClaim, form: BlindRatingForm) -> HttpResponse:
        """Show the bare case beside the rubric."""
        context = {"claim": claim, "case": queries.blind_case(claim), "form": form}
        return render(request, "thresholds/rate.html", context)


class ReturnRating(PersonView):
    """Give a rating back."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Let somebody else be asked."""
        claim = self.find(queries.to_rate(self.person), pk=pk)
        actions.step_back(claim=claim, by=self.person, now=self.now)
        messages.success(request, _("Given back. Those who run the programme ask somebody else."))
        return redirect("rating-list")


class AppointRaters(PersonView):
    """Ask people outside a pair to rate; for those who run the programme, who see no content."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """List the claims that wait."""
        return self.page(request, pk, request.GET.get("claim", ""))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask somebody."""
        programme = self.find(programmes.visible_to(self.person), pk=pk)
        chosen = request.POST.get("claim", "")
        waiting = {str(claim.pk): claim for claim in queries.waiting_in(programme)}
        if chosen not in waiting:
            messages.error(request, _("This rating does not wait any more."))
            return redirect("programme-ratings", pk)
        claim = waiting[chosen]
        form = AppointForm(request.POST, raters=queries.possible_raters(claim), prefix=chosen)
        if form.is_valid():
            try:
                actions.appoint(claim=claim, by=self.person, now=self.now, **form.cleaned_data)
            except TelemachyError as error:
                add_error(form, error)
            else:
                messages.success(request, _("Asked."))
                return redirect("programme-ratings", pk)
        return self.page(request, pk, chosen, form)

    def page(
        self, request: HttpRequest, pk: UUID, chosen: str, form: AppointForm | None = None
    ) -> HttpResponse:
        """Show each claim that waits, and for one a form to ask somebody, for it lists the organisation.

        That is the chosen one, else the first for which nobody is asked.
        """
        programme = self.find(programmes.visible_to(self.person), pk=pk)
        waiting = list(queries.waiting_in(programme))
        unasked = [claim for claim in waiting if claim.state == "shared"]
        opened = next((claim for claim in waiting if str(claim.pk) == chosen), next(iter(unasked), None))
        if opened is not None and (form is None or form.prefix != str(opened.pk)):
            form = AppointForm(raters=queries.possible_raters(opened), prefix=str(opened.pk))
        context = {"programme": programme, "waiting": waiting, "opened": opened, "form": form}
        return render(request, "thresholds/programme.html", context)
