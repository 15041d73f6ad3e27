"""Found organisations; say who is in them and who administers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import policies, queries
from telemachy.apps.people.actions import invitations, persons
from telemachy.apps.people.models import Organisation, Person
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.audit.actions.events import Actor


@action
def found(
    *, name: str, slug: str, by: Actor | None, now: datetime, language: str = "en", time_zone: str = "UTC"
) -> Organisation:
    """Found an organisation, still without people. Raises BadInput when the short name is taken."""
    if Organisation.objects.filter(slug=slug).exists():
        raise BadInput(_("An organisation with this short name exists already."), field="slug")
    organisation = Organisation.objects.create(
        name=name, slug=slug, language=language, time_zone=time_zone, created_at=now
    )
    events.record("organisation.founded", by=by, now=now, on=organisation, organisation_id=organisation.pk)
    return organisation


@action
def start(
    *,
    name: str,
    slug: str,
    administrator: str,
    email: str,
    language: str,
    time_zone: str,
    by: None,
    now: datetime,
) -> str:
    """Found an organisation with its first administrator, and return the link by which that person comes in.

    The link is mailed, too. Raises BadInput when the short name is taken.
    """
    organisation = found(name=name, slug=slug, language=language, time_zone=time_zone, by=by, now=now)
    person = persons.add(
        organisation_id=organisation.pk,
        name=administrator,
        email=email,
        is_administrator=True,
        by=by,
        now=now,
    )
    return invitations.invite(person=person, by=by, now=now)


@action
def make_administrator(*, person: Person, by: Person, now: datetime) -> None:
    """Let somebody administer the organisation. Raises NotAllowed."""
    policies.make_administrator(by, person).require()
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    events.record("administrator.made", by=by, now=now, on=person)


@action
def end_administrator(*, person: Person, by: Person, now: datetime) -> None:
    """Take the rights of an administrator back. Raises NotAllowed, also for the last one."""
    hold_administrators(person)
    policies.end_administrator(by, person).require()
    person.is_administrator = False
    person.save(update_fields=["is_administrator"])
    events.record("administrator.ended", by=by, now=now, on=person)


@action
def mark_left(*, person: Person, by: Person, now: datetime) -> None:
    """Note that somebody has left: they cannot come in any more, what they wrote stays. Raises NotAllowed."""
    hold_administrators(person)
    policies.mark_left(by, person).require()
    person.left_at = now
    person.is_administrator = False
    person.save(update_fields=["left_at", "is_administrator"])
    person.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    # Apps above this one in which something may have waited for the person name a verb in their AppConfig.
    for config in apps.get_app_configs():
        if verb := getattr(config, "go_on_without", ""):
            import_string(verb)(person=person, by=by, now=now)
    events.record("person.left", by=by, now=now, on=person)


@action
def bring_back(*, person: Person, by: Person, now: datetime) -> None:
    """Note that somebody who left is here again. Raises NotAllowed."""
    policies.bring_back(by, person).require()
    person.left_at = None
    person.save(update_fields=["left_at"])
    events.record("person.returned", by=by, now=now, on=person)


@action
def correct_address(*, person: Person, email: str, by: Person, now: datetime) -> None:
    """Correct an address before it is signed in with; links on their way end. Raises NotAllowed, BadInput."""
    policies.correct_address(by, person).require()
    email = email.strip().lower()
    if email == person.email:
        events.unchanged()
        return
    queries.hold_organisation(person.organisation_id)
    if Person.objects.filter(organisation_id=person.organisation_id, email=email).exists():
        raise BadInput(_("Somebody has this address already."), field="email")
    person.email = email
    person.save(update_fields=["email"])
    person.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    events.record("address.corrected", by=by, now=now, on=person)


@action
def register_agent(*, name: str, purpose: str, owner: Person, by: Person, now: datetime) -> Person:
    """Add an AI agent with the person who answers for it. Raises NotAllowed, BadInput."""
    policies.administer(by, by.organisation_id).require()
    if owner.organisation_id != by.organisation_id or owner.is_gone or owner.is_agent:
        raise BadInput(_("Choose a person of your organisation who answers for the agent."), field="owner")
    agent = Person.objects.create(
        organisation_id=by.organisation_id,
        kind=Person.Kind.AGENT,
        name=name,
        purpose=purpose,
        owner=owner,
        time_zone=owner.time_zone,
        created_at=now,
    )
    events.record("agent.registered", by=by, now=now, on=agent, owner=str(owner.pk))
    return agent


@action
def change_settings(
    *, organisation: Organisation, name: str, language: str, time_zone: str, by: Person, now: datetime
) -> None:
    """Set the name, and the language and zone that new people start with. Raises NotAllowed."""
    policies.administer(by, organisation.pk).require()
    organisation.name, organisation.language, organisation.time_zone = name, language, time_zone
    organisation.save(update_fields=["name", "language", "time_zone"])
    events.record("organisation.changed", by=by, now=now, on=organisation)


def hold_administrators(person: Person) -> None:
    """Hold the organisation's administrators, so that two at once cannot take the last one's rights.

    Whoever also holds a pair holds it after these, or two would wait for each other. The rows stay open to
    news, which name a person: who tells an administrator that a pair has ended holds that pair already.
    """
    list(
        Person.objects.select_for_update(no_key=True)
        .filter(organisation_id=person.organisation_id, is_administrator=True)
        .order_by("pk")
        .values_list("pk")
    )
