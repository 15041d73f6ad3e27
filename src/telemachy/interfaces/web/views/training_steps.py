"""What the human who mentors an agent decides beside the reviews: levels, budgets, withdrawals."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.relationships.actions import lessons
from telemachy.apps.relationships.actions import memory as actions
from telemachy.apps.relationships.policies import memory as policies
from telemachy.apps.relationships.queries import goals, learners, memory, own_lessons
from telemachy.core.shared.errors import TelemachyError
from telemachy.core.shared.lifecycles import LESSON
from telemachy.interfaces.web.forms.integrations import BecauseForm
from telemachy.interfaces.web.forms.training import GoalForm, LevelForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.training import TrainingView

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Lesson, Party


class SetLevel(TrainingView):
    """Set how much help there is with a failure mode."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Set it and go back to the page."""
        mode = self.find(memory.failure_modes_of_mentor(self.person), pk=pk)
        seat = self.find(
            learners.agents_of(self.person),
            person_id=mode.learner_id,
            relationship_id=mode.relationship_id,
        )
        form = LevelForm(request.POST, kind=mode.relationship.kind)
        if not form.is_valid():
            messages.error(request, _("Choose a level and say why: the reason is kept beside it."))
            return redirect("training", seat.pk)
        try:
            actions.set_level(failure_mode=mode, by=self.person, now=self.now, **form.cleaned_data)
        except TelemachyError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("The level is set. Evidence on “%(mode)s” begins anew.") % {"mode": mode}
            )
        return redirect("training", seat.pk)


class SetGoal(TrainingView):
    """Say how much may be asked towards a goal, and whether little is at risk in it."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep both and go back to the page."""
        goal = self.find(goals.of_party(self.person), pk=pk)
        seat = self.find(
            learners.agents_of(self.person),
            person_id=goal.learner_id,
            relationship_id=goal.relationship_id,
        )
        form = GoalForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Write the number of questions, from 0 to 10,000."))
            return redirect("training", seat.pk)
        n, low = form.cleaned_data["ask_budget"], form.cleaned_data["is_low_risk"]
        try:
            if n is not None:
                actions.allow_asking(goal=goal, n=n, by=self.person, now=self.now)
            if low != goal.is_low_risk:
                actions.rate_risk(goal=goal, is_low_risk=low, by=self.person, now=self.now)
            messages.success(request, _("Saved."))
        except TelemachyError as error:
            messages.error(request, str(error))
        return redirect("training", seat.pk)


class WithdrawLesson(PersonView):
    """Take a lesson back with all that came from it, after showing what that is."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what would go."""
        return self._page(request, pk, BecauseForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it back."""
        lesson = self.find(memory.lessons_of_mentor(self.person), pk=pk)
        form = BecauseForm(request.POST)
        if not form.is_valid():
            return self._page(request, pk, form, status=422)
        try:
            because = form.cleaned_data["because"]
            gone = lessons.withdraw(lesson=lesson, because=because, by=self.person, now=self.now)
        except TelemachyError as error:
            add_error(form, error)
            return self._page(request, pk, form, status=422)
        said = ngettext("One lesson is withdrawn.", "%(n)d lessons are withdrawn.", len(gone))
        messages.success(request, said % {"n": len(gone)})
        return self._back(lesson)

    def _page(self, request: HttpRequest, pk: UUID, form: BecauseForm, status: int = 200) -> HttpResponse:
        lesson = self.find(memory.lessons_of_mentor(self.person), pk=pk)
        if not LESSON.allows(lesson.state, "withdraw"):
            messages.warning(request, _("This is decided on already."))
            return self._back(lesson)
        taken, *descendants = memory.goes_with(lesson)
        context = {
            "lesson": taken,
            "descendants": descendants,
            "n_reminded": memory.n_reminded([taken, *descendants]),
            "form": form,
            "seat": self._seat(lesson),
        }
        return render(request, "training/withdraw.html", context, status=status)

    def _seat(self, lesson: Lesson) -> Party | None:
        """Return the agent's seat; who only answers for the lesson's author has no page of it."""
        mode = lesson.failure_mode
        seats = learners.agents_of(self.person)
        return seats.filter(person=mode.learner_id, relationship=mode.relationship_id).first()

    def _back(self, lesson: Lesson) -> HttpResponse:
        seat = self._seat(lesson)
        return redirect("training", seat.pk) if seat else redirect("held-guidance-list")


class ExportLessons(TrainingView):
    """The agent's own lessons as a file that its harness loads."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send SKILL.md."""
        seat = self.seat(pk)
        policies.read_own(self.person, seat.person, seat.relationship).require()
        return HttpResponse(
            own_lessons.skill_of(seat.person),
            content_type="text/markdown; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="SKILL.md"'},
        )
