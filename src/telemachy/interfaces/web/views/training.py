"""An agent's training, for the human who mentors it: what to look at first, and one look after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.relationships.actions import guidance, lessons
from telemachy.apps.relationships.queries import (
    breadth,
    budgets,
    failure_modes,
    held_guidance,
    learners,
    memory,
    own_lessons,
    reviews,
    situations,
    traces,
)
from telemachy.apps.relationships.queries import guidance as guidance_queries
from telemachy.core.memory import Source
from telemachy.core.shared.errors import NotAllowed, TelemachyError, WrongState
from telemachy.interfaces.common import agent_rows
from telemachy.interfaces.web.charts.sparkline import Sparkline, draw_sparkline
from telemachy.interfaces.web.forms import situation_words as words
from telemachy.interfaces.web.forms.training import (
    MODES_LIST,
    AnswerForm,
    GoalForm,
    LessonForm,
    LevelForm,
    LookBackForm,
)
from telemachy.interfaces.web.views.base import PersonView, add_error

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Lesson, Party, Situation

#: Reviews, lessons and files in the page's lists; past attempts in a small picture.
MAX_LISTED, MAX_FILES, WINDOW = 12, 5, 5


@dataclass(frozen=True, slots=True)
class ModeRow:
    """A failure mode in the table: its report, how often it struck lately, and the form for its level."""

    report: failure_modes.ModeReport
    line: Sparkline | None
    told: str
    form: LevelForm


class TrainingView(PersonView):
    """A page of an agent's training, for the human who mentors it."""

    def seat(self, pk: UUID) -> Party:
        """Return the agent's seat, else answer 404."""
        return self.find(learners.agents_of(self.person), pk=pk)

    def seat_of(self, situation: Situation) -> Party:
        """Return the seat of the agent whose case it is, else answer 404."""
        return self.find(
            learners.agents_of(self.person),
            person_id=situation.learner_id,
            relationship_id=situation.relationship_id,
        )

    def queue(self, seat: Party) -> list[reviews.Review]:
        """Return the agent's cases in the order in which a look brings most."""
        found = reviews.to_review(self.person)
        own = found.filter(learner=seat.person, relationship=seat.relationship)
        return reviews.by_worth(own, self.now)


class ShowTraining(TrainingView):
    """Everything about one agent that its mentor decides by."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it."""
        seat = self.seat(pk)
        relationship, agent = seat.relationship, seat.person
        queue = self.queue(seat)
        given = memory.lessons_of_mentor(self.person).filter(
            failure_mode__relationship=relationship, failure_mode__learner=agent
        )
        mine = {"situation__relationship": relationship, "situation__learner": agent}
        context = {
            "seat": seat,
            "relationship": relationship,
            "agent": agent,
            "queue": queue[:MAX_LISTED],
            "n_queue": len(queue),
            "modes": [
                _mode_row(report, relationship.kind) for report in failure_modes.report(relationship, agent)
            ],
            "asking": _asking(relationship, agent),
            "held": held_guidance.to_decide(self.person).filter(**mine)[:MAX_LISTED],
            "lessons": given.filter(state="quarantined").order_by("given_at")[:MAX_LISTED],
            "active": given.filter(state="active").order_by("failure_mode__name", "given_at"),
            "own": own_lessons.text_of(agent),
            "goals": _goals(seat),
            "files": traces.latest_of(relationship, self.person).filter(learner=agent)[:MAX_FILES],
            "now": self.now,
        }
        return render(request, "training/show.html", context)


class ReviewCase(TrainingView):
    """One look: the case, the answer or debrief, and the lesson in it; then the next one opens."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the case with its form, or the case itself where nothing is wanted any more."""
        situation, seat, queue = self._found(pk)
        at = _position(queue, situation)
        if at is None:
            return redirect("situation", situation.pk)
        return self._page(request, seat, queue, at, self._form(queue[at]))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep what was written and open the next review."""
        situation, seat, queue = self._found(pk)
        at = _position(queue, situation)
        if at is None:
            messages.warning(request, _("This case has moved on; nothing more was kept of it."))
            return redirect("training", seat.pk)
        form = self._form(queue[at], request.POST)
        if form.is_valid():
            try:
                with transaction.atomic():
                    lesson = self._keep(situation, form)
            except (NotAllowed, WrongState) as error:
                messages.error(request, str(error))
            except TelemachyError as error:
                add_error(form, error)
            else:
                if lesson is not None:
                    _say_what_else_fits(request, lesson)
                return self._go_on(request, seat)
        return self._page(request, seat, queue, at, form, status=422)

    def _found(self, pk: UUID) -> tuple[Situation, Party, list[reviews.Review]]:
        situation = self.find(situations.for_page(self.person), pk=pk)
        seat = self.seat_of(situation)
        return situation, seat, self.queue(seat)

    def _form(self, review: reviews.Review, data: Any = None) -> LessonForm:
        if review.wanted == "guidance":
            return AnswerForm(data, situation=review.situation)
        return LookBackForm(data) if review.wanted == "debrief" else LessonForm(data)

    def _keep(self, situation: Situation, form: LessonForm) -> Lesson | None:
        """Teach first, so that a debrief finds the failure mode settled; before the decision, answer."""
        text, cleaned, lesson = form.lesson(), form.cleaned_data, None
        if form.is_lesson:
            lesson = lessons.teach(
                situation=situation,
                source=Source.HUMAN,
                failure_mode=text.failure_mode,
                cue=text.cue,
                action=text.action,
                because=text.because,
                contrast=text.contrast,
                tags=situation.tags,
                by=self.person,
                now=self.now,
            )
        if isinstance(form, AnswerForm):
            guidance.guide(
                situation=situation,
                level=cleaned["level"],
                text=agent_rows.text(cleaned["text"], text, cleaned["level"]),
                mode_shift_reason=cleaned.get("mode_shift_reason", ""),
                by=self.person,
                now=self.now,
            )
        elif isinstance(form, LookBackForm):
            guidance.debrief(
                situation=situation,
                text=cleaned["text"],
                score=cleaned["score"],
                by=self.person,
                now=self.now,
            )
        return lesson

    def _go_on(self, request: HttpRequest, seat: Party) -> HttpResponse:
        left = self.queue(seat)
        if not left:
            messages.success(request, _("Kept. Nothing is left to look at."))
            return redirect("training", seat.pk)
        kept = ngettext("Kept. One is left.", "Kept. %(n)d are left.", len(left))
        messages.success(request, kept % {"n": len(left)})
        return redirect("training-case", left[0].situation.pk)

    def _page(
        self,
        request: HttpRequest,
        seat: Party,
        queue: list[reviews.Review],
        at: int,
        form: LessonForm,
        status: int = 200,
    ) -> HttpResponse:
        situation = self.find(situations.for_page(self.person), pk=queue[at].situation.pk)
        modes = list(memory.modes_of(seat.relationship, seat.person))
        context = {
            "seat": seat,
            "agent": seat.person,
            "review": queue[at],
            "situation": situation,
            "form": form,
            "modes": modes,
            "modes_list": MODES_LIST,
            "recurring": [
                row.mode for row in failure_modes.report(seat.relationship, seat.person) if row.n_active
            ],
            "position": at + 1,
            "n_queue": len(queue),
            "later": queue[at + 1].situation if at + 1 < len(queue) else None,
            "why_level": guidance_queries.why(situation),
            "reminded": memory.reminders(situation),
            "reports": situation.reports.order_by("-tier", "-reported_at"),
            "difficulty": words.DIFFICULTY[situation.difficulty],
            "novelty": words.NOVELTY[situation.novelty],
        }
        return render(request, "training/case.html", context, status=status)


def _say_what_else_fits(request: HttpRequest, lesson: Lesson) -> None:
    """Tell of earlier cases where something else was right: the lesson may say too little."""
    titles = [_("“%(title)s”") % {"title": one.title} for one in breadth.also_fits(lesson)]
    if not titles:
        return
    told = _(
        "The lesson from “%(title)s” also fits %(cases)s, where something else was right. If it does not "
        "hold there, write it again with what sets that case apart as its contrast."
    )
    messages.warning(request, told % {"title": lesson.situation.title, "cases": ", ".join(titles)})


def _position(queue: list[reviews.Review], situation: Situation) -> int | None:
    return next((n for n, one in enumerate(queue) if one.situation.pk == situation.pk), None)


def _mode_row(report: failure_modes.ModeReport, kind: str) -> ModeRow:
    """Draw the share that failed among five attempts in a row, from the first to the last."""
    failed = report.failed
    shares = [sum(failed[max(n - WINDOW, 0) : n]) / min(n, WINDOW) for n in range(1, len(failed) + 1)]
    told = _("%(failed)d of %(n)d failed; of the latest %(m)d: %(lately)d") % {
        "failed": report.n_failed,
        "n": report.n,
        "m": min(report.n, WINDOW),
        "lately": sum(failed[-WINDOW:]),
    }
    line = draw_sparkline(shares, low=0.0, high=1.0) if len(shares) > 1 else None
    form = LevelForm(kind=kind, initial={"level": report.level}, auto_id=f"level-{report.mode.pk}-%s")
    return ModeRow(report, line, told if report.n else _("No attempt rated yet"), form)


def _asking(relationship: Any, agent: Person) -> dict[str, Any]:
    quality = failure_modes.ask_quality(relationship, agent)
    return {
        "quality": quality,
        "f1": None if quality.f1 is None else number_format(quality.f1, 2),
        "brier": None if quality.brier is None else number_format(quality.brier, 2),
    }


def _goals(seat: Party) -> list[tuple[budgets.Budget, GoalForm]]:
    found = []
    for goal in situations.goals_for(seat.relationship, seat.person):
        budget = budgets.budget_of(goal, seat.person)
        if budget is not None:
            initial = {"ask_budget": goal.ask_budget, "is_low_risk": goal.is_low_risk}
            found.append((budget, GoalForm(initial=initial, auto_id=f"goal-{goal.pk}-%s")))
    return found
