"""What may be known of people."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from telemachy.apps.people.models import Invitation, Organisation, Person, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def person_of(user: User | AnonymousUser, preferred: str | UUID | None = None) -> Person | None:
    """Return who the signed-in user is: the chosen person if several, else the first who has not left."""
    if user.pk is None:
        return None
    persons = list(
        Person.objects.filter(user_id=user.pk, left_at__isnull=True, erased_at__isnull=True)
        .select_related("organisation")
        .order_by("created_at")
    )
    for person in persons:
        if str(person.pk) == str(preferred):
            return person
    return persons[0] if persons else None


def sign_in_of(email: str) -> User | None:
    """Return the sign-in with an e-mail address, or None."""
    return User.objects.filter(email=email.strip().lower()).first()


def among(keys: QuerySet[Any]) -> QuerySet[Person]:
    """Return the people whose keys a query of another app yields."""
    return Person.objects.filter(pk__in=keys)


def hold(person: Person) -> None:
    """Hold the person's row for the action that asked, so that two of a kind come one after the other."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def hold_organisation(organisation_id: UUID) -> None:
    """Hold the organisation's row for the action that asked, so that a name it finds free is free."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def away(organisation_id: UUID, today: date) -> QuerySet[Person]:
    """Return who of an organisation has left, was erased, or pauses today."""
    # The first filter is the one of the index `person_away`, so that only those few rows are read.
    ever = Q(left_at__isnull=False) | Q(erased_at__isnull=False) | Q(paused_until__isnull=False)
    found = Person.objects.filter(ever, organisation_id=organisation_id)
    return found.filter(Q(left_at__isnull=False) | Q(erased_at__isnull=False) | Q(paused_until__gt=today))


def is_administrator(person: Person) -> bool:
    """Tell whether the person administers the organisation."""
    return person.is_administrator


def persons_of(user: User) -> QuerySet[Person]:
    """Return everybody the user is, one person in each organisation."""
    found = Person.objects.filter(user_id=user.pk, left_at__isnull=True, erased_at__isnull=True)
    return found.select_related("organisation").order_by("created_at")


def other_administrators(person: Person) -> QuerySet[Person]:
    """Return who else administers the person's organisation and can sign in."""
    return of_organisation(person).filter(is_administrator=True, user__isnull=False).exclude(pk=person.pk)


def administered_by(person: Person) -> QuerySet[Person]:
    """Return everybody an administrator looks after, also who has left; nobody for anyone else."""
    if not person.is_administrator:
        return Person.objects.none()
    return Person.objects.filter(organisation_id=person.organisation_id, erased_at__isnull=True)


def humans_administered_by(person: Person, *, search: str = "", state: str = "") -> QuerySet[Person]:
    """Return the people of the organisation by name, for its administrator.

    `state` is "" (present), "no_sign_in", "administrator" or "left". Each row carries `invited_at`, the
    moment of the invitation that still waits.
    """
    waiting = Invitation.objects.filter(
        person=OuterRef("pk"), accepted_at__isnull=True, revoked_at__isnull=True
    ).order_by("-created_at")
    found = administered_by(person).filter(kind=Person.Kind.HUMAN)
    found = found.filter(left_at__isnull=state != "left")
    if state == "no_sign_in":
        found = found.filter(user__isnull=True)
    elif state == "administrator":
        found = found.filter(is_administrator=True)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    return found.annotate(invited_at=Subquery(waiting.values("created_at")[:1])).order_by("name", "pk")


def to_invite(person: Person, now: datetime) -> QuerySet[Person]:
    """Return, for an administrator, who cannot sign in and has no invitation under way."""
    return without_sign_in(administered_by(person), now)


def without_sign_in(persons: QuerySet[Person], now: datetime) -> QuerySet[Person]:
    """Return those of `persons` who are present, have an address, and neither sign-in nor invitation."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)
    found = persons.filter(kind=Person.Kind.HUMAN, user__isnull=True, left_at__isnull=True)
    return found.filter(erased_at__isnull=True).exclude(email="").exclude(pk__in=waiting.values("person_id"))


def agents_administered_by(person: Person) -> QuerySet[Person]:
    """Return the organisation's agents with who answers for each, for its administrator."""
    found = administered_by(person).filter(kind=Person.Kind.AGENT, left_at__isnull=True)
    return found.select_related("owner").order_by("name", "pk")


def of_organisation(person: Person) -> QuerySet[Person]:
    """Return everybody of the person's own organisation who is still there."""
    return present(person.organisation_id)


def present(organisation_id: UUID) -> QuerySet[Person]:
    """Return everybody of an organisation who is still there."""
    return Person.objects.filter(
        organisation_id=organisation_id, left_at__isnull=True, erased_at__isnull=True
    )


def by_address(organisation_id: UUID, email: str) -> Person | None:
    """Return who in an organisation has an e-mail address and has not left, or None."""
    if not email.strip():
        return None
    return present(organisation_id).filter(email=email.strip().lower()).first()


def by_email(asker: Person, email: str) -> Person | None:
    """Return who in the asker's organisation has an e-mail address, or None."""
    return by_address(asker.organisation_id, email)


def reporting_lines(organisation_id: UUID) -> dict[str, str]:
    """Return person key -> key of the line manager for everybody of an organisation who has one."""
    rows = Person.objects.filter(organisation_id=organisation_id, line_manager__isnull=False)
    return {str(person): str(manager) for person, manager in rows.values_list("pk", "line_manager_id")}
