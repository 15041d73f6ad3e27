"""The feedback letter: written by the mentor coach, read by the coach, taken along as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import letters as actions
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import assessments as reviews
from telemachy.apps.supervision.queries import letters as queries
from telemachy.apps.supervision.queries import rubrics
from telemachy.core.shared.errors import BadInput, TelemachyError
from telemachy.interfaces.web.forms import recording_words
from telemachy.interfaces.web.forms.assessments import LetterForm, initial_of_points
from telemachy.interfaces.web.views import letter_pdf
from telemachy.interfaces.web.views.assessments import rows_of
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Evidence, Review

#: Name of the button that keeps the letter instead of going on to read it.
KEEP = "keep"


class LetterView(PersonView):
    """What writing and keeping a letter share."""

    def review(self, pk: UUID) -> Review:
        """Return the review to the letter's writer; 404 to all others."""
        review = self.find(reviews.visible_to(self.person), pk=pk)
        require_visible(review.writer_id == self.person.pk)
        policies.write_letter(self.person, review).require()
        return review

    def form(self, review: Review, data: Any = None) -> LetterForm:
        """Return the form with what was written so far; the writer's own pins are chosen to begin with."""
        pins = queries.quotable(review, self.person)
        quotable = [(str(pin.pk), _passage(pin)) for pin in pins]
        letter = queries.of_review(review)
        own = [str(pin.pk) for pin in pins if pin.author_id == self.person.pk]
        initial: dict[str, Any] = {"evidence": own}
        if letter is not None:
            parts = ("greeting", "strengths", "development", "closing")
            initial = {name: getattr(letter, name) for name in parts}
            initial["evidence"] = [str(quote.evidence_id) for quote in queries.quotes(letter)]
            initial |= initial_of_points(queries.points(review))
        return LetterForm(data, quotable=quotable, rubric=rubrics.content(review.version), initial=initial)

    def keep(self, review: Review, form: LetterForm) -> None:
        """Keep what the form holds. Raises NotAllowed, BadInput."""
        chosen = set(form.cleaned_data["evidence"])
        actions.save(
            review=review,
            words=form.words,
            evidence=[pin for pin in queries.quotable(review, self.person) if str(pin.pk) in chosen],
            points=form.points,
            by=self.person,
            now=self.now,
        )


class WriteLetter(LetterView):
    """Write the letter."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        review = self.review(pk)
        return self.show(request, review, self.form(review))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the draft, or go on to read it as the coach will."""
        review = self.review(pk)
        form = self.form(review, request.POST)
        if form.is_valid():
            try:
                self.keep(review, form)
            except BadInput as error:
                add_error(form, error)
            else:
                if KEEP in request.POST:
                    messages.success(request, _("Your draft is saved. Only you see it."))
                    return redirect("letter-write", pk)
                return redirect("letter", pk)
        return self.show(request, review, form, 422)

    def show(self, request: HttpRequest, review: Review, form: LetterForm, status: int = 200) -> HttpResponse:
        """Answer with the form beside the ratings."""
        content = rubrics.content(review.version)
        context = {
            "review": review,
            "form": form,
            "rows": rows_of(review, content, queries.quotable(review, self.person)),
            "parts": reviews.parts(review),
        }
        return render(request, "assessments/write.html", context, status=status)


class KeepLetter(LetterView):
    """Keep the letter while it is typed."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with one line beneath the box."""
        review = self.review(pk)
        form = self.form(review, request.POST)
        refusal = "" if form.is_valid() else _("Not kept: something is too long.")
        if not refusal:
            try:
                self.keep(review, form)
            except TelemachyError as error:
                refusal = str(error)
        context = {"refusal": refusal} if refusal else {"saved_at": self.now}
        return render(request, "situations/_draft_state.html", context)


class ReadLetter(PersonView):
    """The letter as the coach reads it; its writer reads the draft so, and sends it."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        review = self.find(reviews.visible_to(self.person), pk=pk)
        require_visible(bool(policies.read_letter(self.person, review)))
        content = rubrics.content(review.version)
        letter = queries.of_review(review)
        assert letter is not None
        points = queries.points(review)
        context = {
            "review": review,
            "letter": letter,
            "mine": review.coach_id == self.person.pk,
            "may_write": policies.write_letter(self.person, review),
            "quotes": [
                {
                    "at": recording_words.clock(quote.start),
                    "competency": content.competency(quote.competency),
                    "row": quote,
                    "note": letter_pdf.note_of(quote, review),
                }
                for quote in queries.quotes(letter)
            ],
            "points": [
                {"row": point, "competency": content.competency(point.competency)} for point in points
            ],
            "home": queries.home_of_goals(review.coach, review.writer) if letter.sent_at else None,
        }
        return render(request, "assessments/letter.html", context)


class SendLetter(PersonView):
    """Send the letter."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the letter, or to the form where something is missing."""
        review = self.find(reviews.visible_to(self.person), pk=pk)
        require_visible(review.writer_id == self.person.pk)
        try:
            actions.send(review=review, by=self.person, now=self.now)
        except BadInput as error:
            messages.error(request, str(error))
            return redirect("letter-write", pk)
        messages.success(request, _("Sent to %(name)s.") % {"name": review.coach.name})
        return redirect("letter", pk)


class TakeLetter(PersonView):
    """The letter as a PDF."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with the file."""
        review = self.find(reviews.visible_to(self.person), pk=pk)
        require_visible(bool(policies.read_letter(self.person, review)))
        letter = queries.of_review(review)
        assert letter is not None
        made = letter_pdf.draw(review, letter, queries.quotes(letter), queries.points(review), self.now)
        answer = HttpResponse(made, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="feedback-letter.pdf"'
        return answer


def _passage(pin: Evidence) -> Any:
    return format_html(
        '<span class="stack stack-tight"><q>{}</q><span class="muted small">{}</span></span>',
        pin.quote,
        " · ".join(
            filter(None, (recording_words.clock(pin.start), pin.competency, pin.author.name, pin.note))
        ),
    )
