"""Take people into a programme, by hand or by link, and out of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import invitations, notifications, persons
from telemachy.apps.people.queries import invitations as invitation_queries
from telemachy.apps.programmes import policies, queries
from telemachy.apps.programmes.models import Enrolment, EnrolmentLink, Programme
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

LINK_LIFETIME = timedelta(days=60)
#: People that somebody may ask for in one programme.
MOST_WISHES = 5
#: People whom somebody may rather not be matched with: who names more wants another programme.
MOST_AVOIDED = 20


@action
def enrol(
    *, programme: Programme, person: Person, role: str, by: Person, now: datetime, capacity: int | None = None
) -> Enrolment:
    """Give a person a place; a withdrawn one is taken up again. Raises NotAllowed, BadInput."""
    policies.change(by, programme).require()
    return _take_in(programme, person, role, "hand", by, now, capacity)


@action
def join(*, link: EnrolmentLink, person: Person, by: Person | None, now: datetime) -> Enrolment:
    """Take the place that a link offers. Raises BadInput when the link has ended."""
    _check_link(link, now)
    EnrolmentLink.objects.filter(pk=link.pk).update(n_used=F("n_used") + 1)
    return _take_in(link.programme, person, link.role, "link", by, now, None)


@action
def join_by_email(*, link: EnrolmentLink, name: str, email: str, by: Person | None, now: datetime) -> None:
    """Keep the place for whoever has the e-mail address, and send an invitation there to prove it.

    Whoever asks may have typed a colleague's address, or a wrong one: until somebody has signed in by the
    invitation, matching passes the place by. Who signs in already gets no place but the news of the link,
    and a place that was given back, or taken away, is taken up again by themselves alone. Whatever is known
    of the address, the answer is the same. Raises BadInput when the link has ended.
    """
    _check_link(link, now)
    organisation_id = link.programme.organisation_id
    try:
        person = people.by_address(organisation_id, email) or persons.add(
            organisation_id=organisation_id, name=name, email=email, by=by, now=now
        )
    except BadInput:  # it is the address of somebody who has left, which is nobody's business either
        events.unchanged()
        return
    if link.programme.enrolments.filter(person=person, role=link.role).exists():
        events.unchanged()
    elif person.user_id is None:
        join(link=link, person=person, by=by, now=now)
    else:
        notifications.tell(
            person=person,
            kind="enrolment.asked",
            path=reverse("join", args=[link.token]),
            now=now,
            key=f"enrolment.asked:{link.pk}:{now.date()}",
            programme=link.programme.name,
        )
        events.record("enrolment_link.asked", by=by, now=now, on=link)
    if person.user_id is None and not invitation_queries.is_just_sent(person, now):
        invitations.invite(person=person, by=by, now=now)


def link_works(link: EnrolmentLink, now: datetime) -> bool:
    """Tell whether the link can still be used."""
    return not (link.revoked_at or link.expires_at <= now or link.programme.state == "archived")


@action
def set_state(*, enrolment: Enrolment, state: str, by: Person, now: datetime) -> None:
    """Pause, resume or withdraw a place; whoever gets a withdrawn one again is told. Raises NotAllowed."""
    policies.change(by, enrolment.programme).require()
    was_withdrawn = enrolment.state == Enrolment.State.WITHDRAWN
    enrolment.state = Enrolment.State(state)
    enrolment.save(update_fields=["state"])
    if was_withdrawn and state == Enrolment.State.ACTIVE:
        _tell(enrolment, now)
    events.record("enrolment.state", by=by, now=now, on=enrolment, state=state)


@action
def give_back(*, enrolment: Enrolment, by: Person, now: datetime) -> None:
    """Give up one's own place; pairs go on, and those who run the programme are told. Raises NotAllowed."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    policies.give_back(by, enrolment).require()
    enrolment.state = Enrolment.State.WITHDRAWN
    enrolment.save(update_fields=["state"])
    for person in queries.told_of(enrolment.programme).exclude(pk=by.pk):
        notifications.tell(
            person=person,
            kind="enrolment.given_back",
            path=reverse("enrolment", args=[enrolment.pk]),
            now=now,
            other=by.name,
            programme=enrolment.programme.name,
        )
    events.record("enrolment.given_back", by=by, now=now, on=enrolment)


@action
def set_capacity(*, enrolment: Enrolment, capacity: int, by: Person, now: datetime) -> None:
    """Set how many learners a mentor takes in this programme (1 to 20). Raises NotAllowed, BadInput."""
    policies.change(by, enrolment.programme).require()
    if not 1 <= capacity <= 20:
        raise BadInput(_("Between 1 and 20 learners."), field="capacity")
    enrolment.capacity = capacity
    enrolment.save(update_fields=["capacity"])
    events.record("enrolment.capacity", by=by, now=now, on=enrolment, capacity=capacity)


@action
def wish(
    *,
    enrolment: Enrolment,
    persons: Sequence[Person],
    by: Person,
    now: datetime,
    avoided: Sequence[Person] | None = None,
) -> None:
    """Say whom one would like to be matched with, and whom rather not; None leaves the latter as it was.

    Matching weighs the first and promises nothing; it never proposes the second. Raises NotAllowed, BadInput.
    """
    policies.wish(by, enrolment).require()
    if avoided is None:
        avoided = list(enrolment.avoided.all())
    _check_named(enrolment, persons, MOST_WISHES, "wishes")
    _check_named(enrolment, avoided, MOST_AVOIDED, "avoided")
    both = [one for one in persons if one in avoided]
    if both:
        raise BadInput(
            _("%(name)s stands in both lists. Keep one.") % {"name": both[0].name}, field="avoided"
        )
    enrolment.preferred.set(persons)
    enrolment.avoided.set(avoided)
    events.record(
        "enrolment.wished", by=by, now=now, on=enrolment, n_wishes=len(persons), n_avoided=len(avoided)
    )


def _check_named(enrolment: Enrolment, named: Sequence[Person], most: int, field: str) -> None:
    if len(named) > most:
        raise BadInput(_("Name %(n)d people at most.") % {"n": most}, field=field)
    organisation_id = enrolment.programme.organisation_id
    if any(one.organisation_id != organisation_id or one.pk == enrolment.person_id for one in named):
        raise BadInput(_("Name other people of your organisation."), field=field)


@action
def offer_link(*, programme: Programme, role: str, by: Person, now: datetime) -> EnrolmentLink:
    """Make a link by which people enrol themselves. Raises NotAllowed."""
    policies.change(by, programme).require()
    link = EnrolmentLink.objects.create(
        programme=programme,
        role=Enrolment.Role(role),
        token=secrets.token_urlsafe(24),
        created_at=now,
        expires_at=now + LINK_LIFETIME,
    )
    events.record("enrolment_link.offered", by=by, now=now, on=link, role=role)
    return link


@action
def revoke_link(*, link: EnrolmentLink, by: Person, now: datetime) -> None:
    """End a link at once. Raises NotAllowed."""
    policies.manage(by, link.programme).require()
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    events.record("enrolment_link.revoked", by=by, now=now, on=link)


def _check_link(link: EnrolmentLink, now: datetime) -> None:
    if not link_works(link, now):
        raise BadInput(_("This link has ended. Ask whoever sent it for a new one."))


def _take_in(
    programme: Programme,
    person: Person,
    role: str,
    source: str,
    by: Person | None,
    now: datetime,
    capacity: int | None,
) -> Enrolment:
    if person.organisation_id != programme.organisation_id:
        raise BadInput(_("Choose a person of your organisation."), field="person")
    if person.is_agent and not programme.agents.filter(pk=person.pk).exists():
        raise BadInput(
            _("%(name)s is an agent that may not take part here. Whoever answers for it can allow it.")
            % {"name": person.name},
            field="person",
        )
    enrolment, added = Enrolment.objects.get_or_create(
        programme=programme,
        person=person,
        role=Enrolment.Role(role),
        defaults={"capacity": capacity or person.capacity, "source": source, "created_at": now},
    )
    # Whoever runs the programme and gives the place by hand vouches for the address.
    is_vouched_for = enrolment.is_unproved and source == "hand"
    if not added and enrolment.state == Enrolment.State.ACTIVE and not is_vouched_for:
        events.unchanged()
        return enrolment
    enrolment.state, enrolment.source = Enrolment.State.ACTIVE, source
    enrolment.capacity = capacity or enrolment.capacity
    enrolment.save(update_fields=["state", "source", "capacity"])
    _tell(enrolment, now)
    events.record(
        "enrolment.added",
        by=by,
        now=now,
        on=enrolment,
        organisation_id=programme.organisation_id,
        role=role,
        source=source,
    )
    return enrolment


def _tell(enrolment: Enrolment, now: datetime) -> None:
    """Tell somebody of their place, at the page where it can be given back."""
    notifications.tell(
        person=enrolment.person,
        kind="enrolment.added",
        path=reverse("wishes"),
        now=now,
        programme=enrolment.programme.name,
    )
