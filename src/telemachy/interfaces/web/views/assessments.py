"""Reviews: what waits, asking for one, and the ratings side by side once all are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from telemachy.apps.supervision.actions import assessments as actions
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import assessments as queries
from telemachy.apps.supervision.queries import recordings, rubrics
from telemachy.core.shared.errors import BadInput, NotAllowed
from telemachy.interfaces.web.forms import recording_words
from telemachy.interfaces.web.forms.assessments import AskForm
from telemachy.interfaces.web.views import assessment_words as words
from telemachy.interfaces.web.views.base import PersonView, add_error, require_visible

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import CompetencyRating, Evidence, Recording, Review
    from telemachy.core.assessment import Competency, Rubric

#: From so many levels apart assessors should talk about a competency.
APART = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What one assessor gave one competency."""

    name: str
    rating: CompetencyRating | None
    level: str


@dataclass(frozen=True, slots=True)
class Row:
    """A competency with all levels beside each other, and what was heard."""

    competency: Competency
    cells: list[Cell]
    consensus: str
    spread: int
    apart: bool
    quotes: list[tuple[str, Evidence]]

    @property
    def is_told(self) -> bool:
        """Whether somebody noted something or pinned a passage."""
        return bool(self.quotes) or any(cell.rating is not None and cell.rating.note for cell in self.cells)


class ListReviews(PersonView):
    """What waits for the person as assessor, and the reviews of the own coaching."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        visible = list(queries.visible_to(self.person).order_by("-asked_at"))
        waiting = queries.waiting_for(self.person)
        due = {one.review.pk for one in waiting}
        own = [one for one in visible if one.coach_id == self.person.pk]
        missing = queries.missing_in(own)
        context = {
            "tabs": words.tabs(request, "review-list"),
            "waiting": waiting,
            "own": [self.line(one, is_stuck=bool(missing[one.pk])) for one in own],
            "given": [
                self.line(one) for one in visible if one.coach_id != self.person.pk and one.pk not in due
            ],
            "recordings": self.reviewable(),
            "now": self.now,
        }
        return render(request, "assessments/list.html", context)

    def line(self, review: Review, *, is_stuck: bool = False) -> dict[str, Any]:
        """Return a review as a line of the list."""
        word, tone = words.MISSING if is_stuck else words.STATES[review.state]
        return {"review": review, "word": word, "tone": tone, "all_in": words.all_in(review)}

    def reviewable(self) -> list[Recording]:
        """Return the person's own recordings that could be reviewed and are not yet."""
        own = recordings.readable_by(self.person).filter(coach=self.person)
        own = own.exclude(pk__in=queries.reviewed(self.person))
        return list(own.order_by("-held_on")[:5])


class AskForReview(PersonView):
    """Ask for a review of a recording."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        recording = self.recording(pk)
        return self.show(request, recording, self.form(recording))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask."""
        recording = self.recording(pk)
        form = self.form(recording, request.POST)
        if form.is_valid():
            named = {str(one.pk): one for one in queries.possible_assessors(recording)}
            rubric = self.find(rubrics.in_use(self.person), pk=form.cleaned_data["rubric"])
            try:
                review = actions.ask(
                    recording=recording,
                    version=rubrics.latest(rubric),
                    assessors=[named[key] for key in form.cleaned_data["assessors"]],
                    writer=named[form.cleaned_data["writer"]],
                    question=form.cleaned_data["question"],
                    by=self.person,
                    now=self.now,
                )
                messages.success(request, _("Asked. You see the ratings once all of them are in."))
                return redirect("review", review.pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, recording, form, 422)

    def recording(self, pk: UUID) -> Recording:
        """Return one's own recording; 404 to all others."""
        recording = self.find(recordings.named_in(self.person), pk=pk)
        require_visible(recording.coach_id == self.person.pk)
        return recording

    def form(self, recording: Recording, data: Any = None) -> AskForm:
        """Return the form with the rubrics in use and those who may be asked."""
        return AskForm(
            data,
            rubrics=rubrics.in_use(self.person),
            assessors=queries.possible_assessors(recording),
        )

    def show(
        self, request: HttpRequest, recording: Recording, form: AskForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        context = {
            "recording": recording,
            "form": form,
            "verdict": policies.ask(self.person, recording),
            "has_rubric": rubrics.in_use(self.person).exists(),
        }
        return render(request, "assessments/ask.html", context, status=status)


class ShowReview(PersonView):
    """One review: who is in, and the ratings once all are."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        review = self.find(queries.visible_to(self.person), pk=pk)
        word, tone = words.STATES[review.state]
        content = rubrics.content(review.version)
        context: dict[str, Any] = {
            "review": review,
            "word": word,
            "tone": tone,
            "content": content,
            "parts": queries.parts(review),
            "part": queries.own_part(review, self.person),
            "mine": review.coach_id == self.person.pk,
            "all_in": words.all_in(review),
            "may_rate": policies.rate(self.person, review),
            "may_call_off": policies.call_off(self.person, review),
            "may_write": policies.write_letter(self.person, review),
            "may_read": policies.read_letter(self.person, review),
            "now": self.now,
        }
        if review.coach_id == self.person.pk:
            context |= {
                "missing": queries.missing(review),
                "may_go_on": policies.go_on(self.person, review),
                "successor": queries.successor(review),
            }
        if queries.is_open_to(review, self.person):
            found = queries.pooled_agreement(review)
            rows = rows_of(review, content, queries.evidence(review, self.person))
            context |= {
                "rows": rows,
                "agreement": found,
                "counted": words.counted(found),
                "beyond_chance": words.beyond_chance(found),
                "judged": words.judged(found),
                "to_discuss": [row for row in rows if row.apart],
            }
        return render(request, "assessments/review.html", context)


def rows_of(review: Review, content: Rubric, evidence: list[Evidence]) -> list[Row]:
    """Return every competency with the levels of all assessors side by side."""
    parts = [(part.assessor.name, queries.ratings_of(part)) for part in queries.parts(review)]
    rows = []
    for side in queries.sides(review):
        one = content.competency(side.code)
        assert one is not None
        cells = [
            Cell(name, given.get(side.code), _level(content, given.get(side.code))) for name, given in parts
        ]
        rows.append(
            Row(
                competency=one,
                cells=cells,
                consensus=content.levels[side.consensus - 1].name if side.consensus else "",
                spread=side.spread,
                apart=side.spread >= APART,
                quotes=[
                    (recording_words.clock(pin.start), pin) for pin in evidence if pin.competency == side.code
                ],
            )
        )
    return rows


def _level(content: Rubric, rating: CompetencyRating | None) -> str:
    if rating is None or rating.level is None:
        return ""
    return f"{rating.level} · {content.levels[rating.level - 1].name}"


class CallOffReview(PersonView):
    """Take a request back."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the list."""
        review = self.find(queries.visible_to(self.person), pk=pk)
        actions.call_off(review=review, by=self.person, now=self.now)
        messages.success(request, _("The request is taken back; what was rated so far is deleted."))
        if "ask" in request.POST:
            return redirect("review-ask", review.recording_id)
        return redirect("review-list")


class GoOnWithReview(PersonView):
    """Go on without those who are waited for in vain."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the review."""
        review = self.find(queries.visible_to(self.person), pk=pk)
        actions.go_on(review=review, by=self.person, now=self.now)
        return redirect("review", pk)


class DeclineReview(PersonView):
    """Say that one cannot rate it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the list."""
        review = self.find(queries.visible_to(self.person), pk=pk)
        try:
            actions.decline(review=review, by=self.person, now=self.now)
            messages.success(request, _("The coach is told. Nobody asks why."))
        except NotAllowed as error:
            messages.warning(request, str(error))
            return redirect("review", pk)
        return redirect("review-list")
