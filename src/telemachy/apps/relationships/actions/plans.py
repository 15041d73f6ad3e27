"""Keep the development plan, comment on it, and review it each quarter."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Required, TypedDict, Unpack

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import PlanActivity, PlanReview
from telemachy.apps.relationships.policies import plans as policies
from telemachy.apps.relationships.queries.situations import mentors_of
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

#: More activities than anybody works on with one mentor.
MAX_ACTIVITIES = 200


class Activity(TypedDict, total=False):
    """What a learner means to do."""

    kind: Required[str]
    title: Required[str]
    competency: Competency | None
    due_on: date | None


@action
def add_activity(
    *, relationship: Relationship, by: Person, now: datetime, **given: Unpack[Activity]
) -> PlanActivity:
    """Add an activity or a milestone to the learner's own plan. Raises NotAllowed, BadInput."""
    relationship = hold(relationship)
    policies.add(by, relationship).require()
    if relationship.activities.filter(learner=by).count() >= MAX_ACTIVITIES:
        raise BadInput(_("The plan is full. Remove what you will not do."))
    activity = PlanActivity(relationship=relationship, learner=by, created_at=now)
    _write(activity, by, **given)
    activity.save(force_insert=True)
    events.record("plan.activity_added", by=by, now=now, on=activity, kind=activity.kind)
    return activity


@action
def revise_activity(*, activity: PlanActivity, by: Person, now: datetime, **given: Unpack[Activity]) -> None:
    """Change an activity. Raises NotAllowed, BadInput."""
    activity = _locked(activity)
    policies.change(by, activity).require()
    _write(activity, by, **given)
    activity.save()
    events.record("plan.activity_revised", by=by, now=now, on=activity, kind=activity.kind)


@action
def mark_done(*, activity: PlanActivity, by: Person, now: datetime, done: bool = True) -> None:
    """Mark an activity as done, or as not done after all. Raises NotAllowed."""
    activity = _locked(activity)
    policies.change(by, activity).require()
    if (activity.done_at is not None) == done:
        events.unchanged()
        return
    activity.done_at = now if done else None
    activity.save(update_fields=["done_at"])
    events.record("plan.activity_done" if done else "plan.activity_reopened", by=by, now=now, on=activity)


@action
def remove_activity(*, activity: PlanActivity, by: Person, now: datetime) -> None:
    """Take an activity out of the plan. Raises NotAllowed."""
    activity = _locked(activity)
    policies.change(by, activity).require()
    events.record("plan.activity_removed", by=by, now=now, on=activity)
    activity.delete()


@action
def comment(*, activity: PlanActivity, by: Person, now: datetime, text: str) -> None:
    """Write the mentor's comment on an activity; an empty one takes it away. Raises NotAllowed."""
    activity = _locked(activity)
    policies.comment(by, activity).require()
    if activity.mentor_comment == text.strip():
        events.unchanged()
        return
    activity.mentor_comment = text.strip()
    activity.save(update_fields=["mentor_comment"])
    if activity.mentor_comment:
        _tell(activity.relationship, activity.learner, activity.learner, "plan.commented", by, now)
    events.record("plan.commented", by=by, now=now, on=activity)


@action
def review(
    *, relationship: Relationship, learner: Person, by: Person, now: datetime, note: str
) -> PlanReview:
    """Keep what the quarterly look at the plan came to. Raises NotAllowed, BadInput."""
    relationship = hold(relationship)
    policies.review(by, relationship, learner).require()
    if not note.strip():
        raise BadInput(_("Write what you saw: what moved, what did not, and what changes."), field="note")
    held = PlanReview.objects.create(
        relationship=relationship, learner=learner, note=note, by=by, reviewed_at=now
    )
    events.record("plan.reviewed", by=by, now=now, on=held)
    for person in (learner, *mentors_of(relationship)):
        if person.pk != by.pk:
            _tell(relationship, learner, person, "plan.reviewed", by, now)
    return held


@action
def remind_of_review(
    *, relationship: Relationship, learner: Person, due_at: datetime, by: Person | None, now: datetime
) -> None:
    """Tell the learner and the mentor that the quarterly review is due; once for each due date."""
    key = f"plan.review_due:{relationship.pk}:{learner.pk}:{due_at:%Y-%m-%d}"
    mentors = mentors_of(relationship)
    for person in (learner, *mentors):
        other = ", ".join(one.name for one in mentors) if person.pk == learner.pk else learner.name
        notifications.tell(
            person=person,
            kind="plan.review_due",
            path=_path(relationship, learner),
            now=now,
            key=key,
            other=other,
        )
    events.unchanged()


def _write(
    activity: PlanActivity,
    by: Person,
    *,
    kind: str,
    title: str,
    competency: Competency | None = None,
    due_on: date | None = None,
) -> None:
    if kind not in PlanActivity.Kind.values:
        raise BadInput(_("Choose what kind of activity it is."), field="kind")
    if not title.strip():
        raise BadInput(_("Write what you will do."), field="title")
    if competency is not None and competency.organisation_id != by.organisation_id:
        raise BadInput(_("Choose a competency of your organisation."), field="competency")
    if due_on is not None and due_on < clocks.local_day(activity.learner, activity.created_at):
        raise BadInput(
            _("The date lies before the activity was planned. Choose a later one."), field="due_on"
        )
    activity.kind, activity.title = kind, title.strip()
    activity.competency, activity.due_on = competency, due_on


def _locked(activity: PlanActivity) -> PlanActivity:
    """Return the row as it is now, its pair held until the transaction ends."""
    hold(activity.relationship)
    return PlanActivity.objects.select_related("relationship__programme", "learner").get(pk=activity.pk)


def _tell(
    relationship: Relationship, learner: Person, person: Person, kind: str, by: Person, now: datetime
) -> None:
    path = _path(relationship, learner)
    notifications.tell(person=person, kind=kind, path=path, now=now, other=by.name)


def _path(relationship: Relationship, learner: Person) -> str:
    return f"{reverse('plan', args=[relationship.pk])}?learner={learner.pk}"
