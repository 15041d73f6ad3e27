"""Give persons a way to sign in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries
from telemachy.apps.people.models import User
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.audit.actions.events import Actor
    from telemachy.apps.people.models import Person


@action
def open_without_password(*, person: Person, by: Actor | None, now: datetime) -> User:
    """Give a person a sign-in that no password opens: for those who come in another way.

    Raises BadInput for an agent, and without an e-mail address.
    """
    if person.is_agent or not person.email:
        raise BadInput(_("A sign-in needs a person with an e-mail address."), field="email")
    user = User.objects.filter(email=person.email).first() or User.objects.create_user(person.email)
    person.user = user
    person.save(update_fields=["user"])
    events.record("sign_in.opened", by=by, now=now, on=person, organisation_id=person.organisation_id)
    return user


@action
def remove_second_factors(*, user: User, by: None, now: datetime) -> None:
    """Let somebody who lost device and recovery codes sign in by the password alone. Raises BadInput."""
    n_removed, _rows = user.authenticator_set.all().delete()  # type: ignore[attr-defined]  # of allauth
    if not n_removed:
        raise BadInput(f"{user.email} signs in by the password alone already.")
    note(user=user, verb="second_factor.removed", by=by, now=now)


@action
def note(*, user: User, verb: str, by: User | None, now: datetime) -> None:
    """Keep what happened to a sign-in, in the trail of each organisation it belongs to.

    `by` is None when nobody has proved to be who they say, as in a failed attempt. Nothing that was typed
    is kept.
    """
    events.unchanged()  # a sign-in that is nobody's has no organisation whose trail could tell it
    for person in queries.persons_of(user):
        actor = person if by == user else None
        events.record(verb, by=actor, now=now, on=person, organisation_id=person.organisation_id)
