"""Goals: the list, writing one with the check beside it, and the steps of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachy.apps.relationships.actions import goals as actions
from telemachy.apps.relationships.policies import goals as policies
from telemachy.apps.relationships.policies import relationships as relationship_policies
from telemachy.apps.relationships.queries import goals as queries
from telemachy.core.shared.errors import BadInput, NotAllowed
from telemachy.core.shared.lifecycles import GOAL
from telemachy.interfaces.web.forms.goals import LEVEL_RANGE, GoalForm, ReadingForm, level_field
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.goal_page import (
    frame,
    hints_for,
    line_of,
    parts_of,
    relationship_of,
    show_goal,
)

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal, Relationship


class ListGoals(PersonView):
    """The goals of a relationship that the person may read."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        relationship = relationship_of(self, pk)
        goals = list(queries.in_relationship(relationship, self.person))
        groups = [
            (gettext_lazy("Worked on now"), [one for one in goals if one.state == "active"]),
            (gettext_lazy("Drafts"), [one for one in goals if one.state == "draft"]),
            (gettext_lazy("Reached"), [one for one in goals if one.state == "reached"]),
            (gettext_lazy("Dropped"), [one for one in goals if one.state == "dropped"]),
        ]
        context = {
            **frame(relationship),
            "groups": [(name, [line_of(goal) for goal in found]) for name, found in groups if found],
            "score": queries.combined_score(goals) if len({goal.learner_id for goal in goals}) == 1 else None,
            "several_learners": len(queries.learners(relationship, self.person)) > 1,
            "may_write": relationship_policies.write(self.person, relationship),
        }
        return render(request, "goals/list.html", context)


class AddGoal(PersonView):
    """Write a goal."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the empty form."""
        relationship = self.relationship(pk)
        return self.show(request, relationship, self.form(relationship))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the goal, or show the check where there is no script."""
        relationship = self.relationship(pk)
        form = self.form(relationship, request.POST)
        if form.is_valid() and "check" not in request.POST:
            try:
                goal = actions.add(
                    relationship=relationship,
                    learner=form.chosen_learner(),
                    by=self.person,
                    now=self.now,
                    as_draft=self.is_draft(form, request),
                    **form.words(),
                )
                return added(request, goal, self.person)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, relationship, form, 200 if form.is_valid() else 422)

    def is_draft(self, form: GoalForm, request: HttpRequest) -> bool:
        """Tell whether it stays a draft: the mentor's words always, the learner's if they want it so."""
        return form.chosen_learner().pk != self.person.pk or "as_draft" in request.POST

    def relationship(self, pk: UUID) -> Relationship:
        """Return the relationship if the person may write in it."""
        relationship = relationship_of(self, pk)
        relationship_policies.write(self.person, relationship).require()
        return relationship

    def form(self, relationship: Relationship, data: Any = None) -> GoalForm:
        """Return the form with whom and what the person can choose from."""
        return GoalForm(
            data,
            learners=queries.learners(relationship, self.person),
            competencies=queries.competencies_for(relationship, self.person),
        )

    def show(
        self, request: HttpRequest, relationship: Relationship, form: GoalForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        learners = queries.learners(relationship, self.person)
        context = {
            "relationship": relationship,
            "form": form,
            "hints": hints_for(form),
            "parts": parts_of(form),
            "own": [one.pk for one in learners] == [self.person.pk],
            "learner_names": ", ".join(one.name for one in learners),
        }
        return render(request, "goals/add.html", context, status=status)


class CheckGoal(PersonView):
    """Look at a goal while it is written; it warns and never holds anything up."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer with what is missing and how to write it."""
        relationship = relationship_of(self, pk)
        form = GoalForm(request.POST)
        context = {
            "relationship": relationship,
            "hints": hints_for(form),
            "parts": parts_of(form),
            "announce": True,
        }
        return render(request, "goals/_check.html", context)


class ReadGoal(PersonView):
    """One goal: where it stands, and what it needs."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        return show_goal(request, self, self.find(queries.for_page(self.person), pk=pk))


class ReviseGoal(PersonView):
    """Change a goal."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with what is written."""
        goal = self.goal(pk)
        return self.show(request, goal, self.form(goal, initial=self.written(goal)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the changes; when somebody else changed it meanwhile, show both."""
        goal = self.goal(pk)
        form = self.form(goal, data=request.POST, initial=self.written(goal))
        if form.is_valid() and "check" not in request.POST:
            try:
                based_on = form.cleaned_data["based_on"]
                actions.revise(goal=goal, by=self.person, now=self.now, based_on=based_on, **form.words())
                messages.success(request, _("The goal is changed."))
                return redirect("goal", pk)
            except actions.RevisedMeanwhile as error:
                return self.show_both(request, error.goal, form)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, goal, form, status=200 if form.is_valid() else 422)

    def goal(self, pk: UUID) -> Goal:
        """Return the goal if the person may change it."""
        goal = self.find(queries.for_page(self.person), pk=pk)
        policies.revise(self.person, goal).require()
        return goal

    def form(self, goal: Goal, data: Any = None, initial: Mapping[str, Any] | None = None) -> GoalForm:
        """Return the form; a competency that the goal has already can be kept."""
        offered = queries.competencies_for(goal.relationship, self.person)
        kept = [one for one in goal.competencies.all() if one not in offered]
        return GoalForm(
            data,
            initial=initial,
            learners=[goal.learner],
            competencies=[*offered, *kept],
            fixed_levels=queries.is_frozen(goal),
        )

    def written(self, goal: Goal) -> dict[str, Any]:
        """Return the goal as the form's initial values."""
        plain = ("statement", "why", "baseline", "baseline_evidence", "due_on")
        levels = dict(zip(LEVEL_RANGE, goal.levels, strict=False))
        return {
            **{name: getattr(goal, name) for name in plain},
            **{level_field(level): levels.get(level, "") for level in LEVEL_RANGE},
            "competencies": [str(one.pk) for one in goal.competencies.all()],
            "based_on": goal.n_revisions,
        }

    def show_both(self, request: HttpRequest, goal: Goal, form: GoalForm) -> HttpResponse:
        """Show the own words in the form and the other's beside it; saving again then replaces theirs."""
        again = self.form(goal, initial={**form.cleaned_data, "based_on": goal.n_revisions})
        theirs = [
            (again[name].label, again.initial.get(name), value)
            for name, value in self.written(goal).items()
            if name not in {"based_on", "competencies"} and value != form.cleaned_data.get(name)
        ]
        return self.show(request, goal, again, theirs=theirs, status=409)

    def show(
        self,
        request: HttpRequest,
        goal: Goal,
        form: GoalForm,
        theirs: Sequence[Any] = (),
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the page."""
        context = {
            "goal": goal,
            "relationship": goal.relationship,
            "form": form,
            "hints": hints_for(form),
            "parts": parts_of(form),
            "theirs": theirs,
            "frozen": queries.is_frozen(goal),
        }
        return render(request, "goals/revise.html", context, status=status)


class GoalStep(PersonView):
    """A step of a goal that needs no words: its name is its verb in the lifecycle."""

    step: ClassVar[str]
    done: ClassVar[str | Promise]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page: a step has none of its own."""
        return redirect("goal", self.find(queries.of_party(self.person), pk=pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step; a second click returns to the page."""
        goal = self.find(queries.for_page(self.person), pk=pk)
        try:
            getattr(actions, self.step)(goal=goal, by=self.person, now=self.now)
            messages.success(request, str(self.done))
        except NotAllowed as error:
            if GOAL.allows(goal.state, self.step):
                raise
            messages.warning(request, str(error))
        return redirect("goal", pk)


class AgreeToGoal(GoalStep):
    """Make it one's own."""

    step = "agree"
    done = gettext_lazy("The goal is yours now. Say from time to time where it stands.")


class ReachGoal(GoalStep):
    """Say that it is reached."""

    step = "reach"
    done = gettext_lazy("Reached. It stays here with how it got there.")


class ReopenGoal(GoalStep):
    """Work on it again."""

    step = "reopen"
    done = gettext_lazy("You are working on this goal again.")


class DropGoal(GoalStep):
    """Let it go."""

    step = "drop"
    done = gettext_lazy("The goal is dropped. It stays here to be read.")


class RecordGoal(PersonView):
    """Say where a goal stands now."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the page."""
        return redirect("goal", self.find(queries.of_party(self.person), pk=pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the reading."""
        goal = self.find(queries.for_page(self.person), pk=pk)
        form = ReadingForm(request.POST, levels=goal.levels)
        policies.record(self.person, goal).require()
        if form.is_valid():
            try:
                actions.record(goal=goal, by=self.person, now=self.now, **form.cleaned_data)
                messages.success(request, _("Noted where the goal stands."))
                return redirect("goal", pk)
            except BadInput as error:
                add_error(form, error)
        return show_goal(request, self, goal, form, status=422)


def added(request: HttpRequest, goal: Goal, by: Person) -> HttpResponse:
    """Say what happens next with a new goal, and go to it."""
    if goal.state == "active":
        messages.success(request, _("The goal is yours. Say from time to time where it stands."))
    elif goal.learner_id == by.pk:
        messages.success(request, _("The goal is kept as a draft."))
    else:
        messages.success(
            request,
            _("Sent to %(name)s, who makes it their own or changes it.") % {"name": goal.learner.name},
        )
    return redirect("goal", goal.pk)
