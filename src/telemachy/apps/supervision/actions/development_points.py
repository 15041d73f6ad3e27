"""Work on what a letter recommends: make a goal of it, or note that it is done or let go."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import goals, steps
from telemachy.apps.supervision.models import DevelopmentPoint
from telemachy.apps.supervision.policies import assessments as policies
from telemachy.apps.supervision.queries import letters as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Goal


@action
def make_goal(*, point: DevelopmentPoint, by: Person, now: datetime) -> Goal:
    """Make a goal of it in the relationship with whoever wrote the letter; a second time returns the same.

    Raises NotAllowed, and BadInput where the two have no relationship under way.
    """
    relationship = queries.home_of_goals(by, point.review.writer)
    if relationship is not None:
        steps.hold(relationship)  # before the point, as by whoever is erased
    point = _locked(point)
    policies.work_on(by, point).require()
    if point.goal is not None:
        events.unchanged()
        return point.goal
    if relationship is None:
        raise BadInput(
            _("You and %(name)s have no relationship under way. The point stays here as your own.")
            % {"name": point.review.writer.name}
        )
    point.goal = goals.add(
        relationship=relationship,
        learner=by,
        statement=point.text,
        why=_("From the feedback letter of %(day)s.") % {"day": date_format(point.state_since)},
        by=by,
        now=now,
    )
    point.save(update_fields=["goal"])
    events.record("development_point.goal", by=by, now=now, on=point)
    return point.goal


@action
def mark(*, point: DevelopmentPoint, state: str, by: Person, now: datetime) -> None:
    """Note that it is done, let go, or worked on again. Raises NotAllowed, BadInput."""
    point = _locked(point)
    policies.work_on(by, point).require()
    if state not in DevelopmentPoint.State.values:
        raise BadInput(_("There is no such step."))
    point.state, point.state_since = state, now
    point.save(update_fields=["state", "state_since"])
    events.record("development_point.marked", by=by, now=now, on=point, state=state)


def _locked(point: DevelopmentPoint) -> DevelopmentPoint:
    rows = DevelopmentPoint.objects.select_for_update(of=("self",))
    return rows.select_related("review__writer", "coach").get(pk=point.pk)
