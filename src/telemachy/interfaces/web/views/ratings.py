"""Rating a recording: blind, kept while typing, handed in once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import assessments as actions
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import rubrics
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.forms import recording_words
from telemachy.interfaces.web.forms.assessments import UNHEARD, RatingForm
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Assessment, Review

#: Name of the button that keeps ratings instead of handing them in.
KEEP = "keep"


class RatingView(PersonView):
    """What rating and keeping ratings share."""

    def review(self, pk: UUID) -> Review:
        """Return the review to one of its assessors; 404 to all others, its coach among them."""
        review = self.find(queries.visible_to(self.person), pk=pk)
        require_visible(queries.own_part(review, self.person) is not None)
        return review

    def form(self, review: Review, data: Any = None, *, complete: bool = True) -> RatingForm:
        """Return the form with what was given so far."""
        part = queries.own_part(review, self.person)
        assert part is not None
        rubric = rubrics.content(review.version)
        return RatingForm(data, rubric=rubric, complete=complete, initial=_initial(part, rubric.codes))


class RateRecording(RatingView):
    """Rate every competency, and hand in."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form; once handed in, the review."""
        review = self.review(pk)
        if not policies.rate(self.person, review):
            return redirect("review", pk)
        return self.show(request, review, self.form(review))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep or hand in."""
        review = self.review(pk)
        policies.rate(self.person, review).require()
        form = self.form(review, request.POST, complete=KEEP not in request.POST)
        if form.is_valid():
            note = form.cleaned_data["note"]
            do = actions.save if KEEP in request.POST else actions.submit
            try:
                do(review=review, given=form.given, note=note, by=self.person, now=self.now)
            except BadInput as error:
                add_error(form, error)
            else:
                if KEEP in request.POST:
                    messages.success(request, _("Kept. Only you see it."))
                    return redirect("review-rate", pk)
                messages.success(request, _("Your ratings are in."))
                return redirect("review", pk)
        return self.show(request, review, form, 422)

    def show(self, request: HttpRequest, review: Review, form: RatingForm, status: int = 200) -> HttpResponse:
        """Answer with the page: each competency with the person's own evidence."""
        pins = [
            (recording_words.clock(pin.start), pin)
            for pin in queries.evidence(review, self.person)
            if pin.author_id == self.person.pk
        ]
        rows = [
            {
                "competency": one,
                "level": form[f"level_{place}"],
                "note": form[f"note_{place}"],
                "pins": [(at, pin) for at, pin in pins if pin.competency == one.code],
            }
            for place, one in enumerate(form.rubric.competencies)
        ]
        context = {
            "review": review,
            "form": form,
            "rows": rows,
            "all_in": len(queries.parts(review)),
            "loose": [(at, pin) for at, pin in pins if form.rubric.competency(pin.competency) is None],
        }
        return render(request, "assessments/rate.html", context, status=status)


class KeepRatings(RatingView):
    """Keep ratings while they are typed."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with one line beneath the box."""
        review = self.review(pk)
        form = self.form(review, request.POST, complete=False)
        if not form.is_valid():
            return _said(request, refusal=_("Not kept: something is too long."))
        try:
            note = form.cleaned_data["note"]
            actions.save(review=review, given=form.given, note=note, by=self.person, now=self.now)
        except TelemachyError as error:
            return _said(request, refusal=str(error))
        return _said(request, saved_at=self.now)


def _said(request: HttpRequest, **context: Any) -> HttpResponse:
    return render(request, "situations/_draft_state.html", context)


def _initial(part: Assessment, codes: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"note": part.note}
    given = queries.ratings_of(part)
    for place, code in enumerate(codes):
        if (one := given.get(code)) is not None:
            level = UNHEARD if one.unheard else str(one.level or "")
            found |= {f"level_{place}": level, f"note_{place}": one.note}
    return found
