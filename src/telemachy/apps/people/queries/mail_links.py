"""The link in every mail by which a person changes how often mail comes, without signing in."""

from __future__ import annotations

from django.core import signing

from telemachy.apps.people.models import Person

_SALT = "telemachy.mail-choice"


def token_for(person: Person) -> str:
    """Return the secret part of the person's link; it opens nothing else."""
    return signing.dumps(str(person.pk), salt=_SALT)


def person_of(token: str) -> Person | None:
    """Return whose link it is, or None when nobody's or the person is gone."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    found = Person.objects.filter(pk=pk, left_at__isnull=True, erased_at__isnull=True)
    return found.select_related("organisation", "user").first()
