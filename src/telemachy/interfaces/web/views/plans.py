"""The development plan: the learner keeps it, the mentor comments, both review it each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from telemachy.apps.relationships.actions import plans as actions
from telemachy.apps.relationships.policies import plans as policies
from telemachy.apps.relationships.policies import relationships as relationship_policies
from telemachy.apps.relationships.queries import goals as goal_queries
from telemachy.apps.relationships.queries import plans as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.web.context import NavItem
from telemachy.interfaces.web.forms.plans import KINDS, ActivityForm, CommentForm, ReviewForm
from telemachy.interfaces.web.views.base import PersonView, add_error
from telemachy.interfaces.web.views.goal_page import relationship_of
from telemachy.interfaces.web.views.relationships import relationship_tabs

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import PlanActivity, Relationship


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as the plan shows it."""

    activity: PlanActivity
    kind: str | Promise
    late: bool


class PlanView(PersonView):
    """What the pages of a plan share."""

    def relationship(self, pk: UUID) -> Relationship:
        """Return the relationship if the person has a seat in it."""
        return relationship_of(self, pk)

    def activity(self, pk: UUID) -> PlanActivity:
        """Return the activity if the person may read it."""
        rows = queries.of_party(self.person).select_related(
            "relationship__programme", "learner", "competency"
        )
        return self.find(rows, pk=pk)

    def activity_form(
        self, relationship: Relationship, data: Any = None, kept: Sequence[Any] = (), **kwargs: Any
    ) -> ActivityForm:
        """Return the form with the competencies to choose from; one that is chosen already can be kept."""
        offered = goal_queries.competencies_for(relationship, self.person)
        more = [one for one in kept if one is not None and one not in offered]
        return ActivityForm(data, competencies=[*offered, *more], **kwargs)

    def show(
        self,
        request: HttpRequest,
        relationship: Relationship,
        *,
        learner: Person | None = None,
        adding: ActivityForm | None = None,
        reviewing: ReviewForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the plan of one learner."""
        learners = goal_queries.learners(relationship, self.person)
        learner = learner or chosen(learners, request.GET.get("learner", ""))
        context: dict[str, Any] = {
            "relationship": relationship,
            "tabs": relationship_tabs(relationship, "plan"),
            "may_write": relationship_policies.write(self.person, relationship),
            "now": self.now,
        }
        if learner is not None:
            context |= self.plan(relationship, learner, adding, reviewing)
            context["learner_tabs"] = tabs_of(relationship, learners, learner)
        return render(request, "plans/plan.html", context, status=status)

    def plan(
        self,
        relationship: Relationship,
        learner: Person,
        adding: ActivityForm | None,
        reviewing: ReviewForm | None,
    ) -> dict[str, Any]:
        """Return what the page says of one learner's plan."""
        today = timezone.localtime(self.now).date()
        strands = [
            (strand, [line_of(activity, today) for activity in strand.activities])
            for strand in queries.strands(relationship, learner)
        ]
        reviews = queries.reviews(relationship, learner)
        due_at = queries.next_review_at(relationship.active_at, [one.reviewed_at for one in reviews])
        own = learner.pk == self.person.pk
        may_add, may_review = (
            policies.add(self.person, relationship),
            policies.review(self.person, relationship, learner),
        )
        return {
            "learner": learner,
            "own": own,
            "strands": strands,
            "n_activities": sum(len(lines) for _strand, lines in strands),
            "n_done": sum(strand.n_done for strand, _lines in strands),
            "reviews": reviews,
            "due_at": due_at,
            "is_due": due_at is not None and due_at <= self.now,
            "may_add": may_add,
            "may_comment": not own and bool(relationship_policies.write(self.person, relationship)),
            "may_review": may_review,
            "adding": adding or (self.activity_form(relationship) if may_add else None),
            "reviewing": reviewing or (ReviewForm() if may_review else None),
            "add_open": adding is not None or not strands,
            "review_open": reviewing is not None or (due_at is not None and due_at <= self.now),
        }


class ShowPlan(PlanView):
    """The plan of a learner."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        return self.show(request, self.relationship(pk))


class AddActivity(PlanView):
    """Add an activity to one's own plan."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the plan: the form is there."""
        return redirect("plan", self.relationship(pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep it."""
        relationship = self.relationship(pk)
        policies.add(self.person, relationship).require()
        form = self.activity_form(relationship, request.POST)
        if form.is_valid():
            try:
                actions.add_activity(
                    relationship=relationship, by=self.person, now=self.now, **form.cleaned_data
                )
                messages.success(request, _("Added to your plan."))
                return redirect("plan", pk)
            except BadInput as error:
                add_error(form, error)
        return self.show(request, relationship, learner=self.person, adding=form, status=422)


class ReviseActivity(PlanView):
    """Change an activity."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with what is planned."""
        activity = self.own(pk)
        planned = {name: getattr(activity, name) for name in ("title", "kind", "due_on")}
        planned["competency"] = str(activity.competency_id or "")
        return self.show_form(request, activity, self.form(activity, initial=planned))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the changes."""
        activity = self.own(pk)
        form = self.form(activity, data=request.POST)
        if form.is_valid():
            try:
                actions.revise_activity(activity=activity, by=self.person, now=self.now, **form.cleaned_data)
                messages.success(request, _("The plan is changed."))
                return redirect(plan_of(activity))
            except BadInput as error:
                add_error(form, error)
        return self.show_form(request, activity, form, status=422)

    def own(self, pk: UUID) -> PlanActivity:
        """Return the activity if the person may change it."""
        activity = self.activity(pk)
        policies.change(self.person, activity).require()
        return activity

    def form(self, activity: PlanActivity, **kwargs: Any) -> ActivityForm:
        """Return the form; the competency that it has already can be kept."""
        return self.activity_form(activity.relationship, kept=[activity.competency], **kwargs)

    def show_form(
        self, request: HttpRequest, activity: PlanActivity, form: ActivityForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        context = {"activity": activity, "form": form, "plan_url": plan_of(activity)}
        return render(request, "plans/revise.html", context, status=status)


class ActivityStep(PlanView):
    """A step of an activity without a page of its own."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the plan."""
        return redirect(plan_of(self.activity(pk)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take the step and return to the plan."""
        activity = self.activity(pk)
        self.take(request, activity)
        return redirect(plan_of(activity))

    def take(self, request: HttpRequest, activity: PlanActivity) -> None:
        """Call the action."""
        raise NotImplementedError


class MarkActivity(ActivityStep):
    """Mark it as done, or as not done after all."""

    def take(self, request: HttpRequest, activity: PlanActivity) -> None:
        """Call the action."""
        done = request.POST.get("done", "yes") == "yes"
        actions.mark_done(activity=activity, by=self.person, now=self.now, done=done)


class RemoveActivity(ActivityStep):
    """Take it out of the plan."""

    def take(self, request: HttpRequest, activity: PlanActivity) -> None:
        """Call the action."""
        actions.remove_activity(activity=activity, by=self.person, now=self.now)
        messages.success(request, _("“%(title)s” is out of the plan.") % {"title": activity.title})


class CommentOnActivity(PlanView):
    """Write the mentor's comment."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form with the comment as it is."""
        activity = self.commented(pk)
        return self.show_form(request, activity, CommentForm(initial={"text": activity.mentor_comment}))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep it."""
        activity = self.commented(pk)
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self.show_form(request, activity, form, status=422)
        actions.comment(activity=activity, by=self.person, now=self.now, **form.cleaned_data)
        return redirect(f"{plan_of(activity)}#activity-{activity.pk}")

    def commented(self, pk: UUID) -> PlanActivity:
        """Return the activity if the person may comment on it."""
        activity = self.activity(pk)
        policies.comment(self.person, activity).require()
        return activity

    def show_form(
        self, request: HttpRequest, activity: PlanActivity, form: CommentForm, status: int = 200
    ) -> HttpResponse:
        """Answer with the page."""
        context = {"activity": activity, "form": form, "plan_url": plan_of(activity)}
        return render(request, "plans/comment.html", context, status=status)


class ReviewPlan(PlanView):
    """Keep what the quarterly review came to."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return to the plan: the form is there."""
        return redirect("plan", self.relationship(pk).pk)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep it."""
        relationship = self.relationship(pk)
        learner = chosen(goal_queries.learners(relationship, self.person), request.POST.get("learner", ""))
        if learner is None:
            return redirect("plan", pk)
        policies.review(self.person, relationship, learner).require()
        form = ReviewForm(request.POST)
        if form.is_valid():
            try:
                actions.review(
                    relationship=relationship,
                    learner=learner,
                    by=self.person,
                    now=self.now,
                    **form.cleaned_data,
                )
                messages.success(request, _("The review is kept."))
                return redirect(address(relationship.pk, learner.pk))
            except BadInput as error:
                add_error(form, error)
        return self.show(request, relationship, learner=learner, reviewing=form, status=422)


def chosen(learners: Sequence[Person], key: str) -> Person | None:
    """Return the learner with the key, or the first."""
    return next((one for one in learners if str(one.pk) == key), next(iter(learners), None))


def tabs_of(relationship: Relationship, learners: Sequence[Person], current: Person) -> list[NavItem]:
    """Return one tab for each learner of a circle, for the mentor; none where there is one plan only."""
    if len(learners) < 2:
        return []
    return [
        NavItem(one.name, address(relationship.pk, one.pk), current=one.pk == current.pk) for one in learners
    ]


def line_of(activity: PlanActivity, today: Any) -> ActivityLine:
    """Return an activity as the plan shows it."""
    late = activity.done_at is None and activity.due_on is not None and activity.due_on < today
    return ActivityLine(activity, KINDS[activity.kind], late)


def plan_of(activity: PlanActivity) -> str:
    """Return the address of the plan that an activity belongs to."""
    return address(activity.relationship_id, activity.learner_id)


def address(relationship_pk: UUID, learner_pk: UUID) -> str:
    """Return the address of a learner's plan."""
    return f"{reverse('plan', args=[relationship_pk])}?learner={learner_pk}"
