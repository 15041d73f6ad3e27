"""Feedback from one party to another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Feedback
from telemachy.apps.relationships.policies import feedback as policies
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


@action
def give(
    *, relationship: Relationship, about: Person, by: Person, now: datetime, helped: str = "", wish: str = ""
) -> Feedback:
    """Tell the other what helped and what to wish for. Raises NotAllowed, BadInput."""
    relationship = hold(relationship)
    policies.give(by, relationship, about).require()
    helped, wish = helped.strip(), wish.strip()
    if not helped and not wish:
        raise BadInput(_("Write what helped, or what you wish for, or both."), field="helped")
    given = Feedback.objects.create(
        relationship=relationship, author=by, about=about, helped=helped, wish=wish, given_at=now
    )
    notifications.tell(
        person=about,
        kind="feedback.given",
        path=reverse("feedback", args=[relationship.pk]),
        now=now,
        other=by.name,
    )
    events.record("feedback.given", by=by, now=now, on=relationship)
    return given
