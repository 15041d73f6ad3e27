"""The links in mail: to a page, and to the choice how often mail comes, which needs no signing in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from telemachy.apps.people import queries
from telemachy.apps.people.models import Person

_SALT = "telemachy.mail-choice"
#: Names, behind an address in a mail, whom of several organisations the mail was for.
FOR = "for"


def choice_of(person: Person) -> str:
    """Return what a link in mail says behind its address: who is meant, where one sign-in is several."""
    if person.user is None or queries.persons_of(person.user).count() < 2:
        return ""
    return f"{FOR}={person.pk}"


def page_url(path: str, choice: str) -> str:
    """Return the whole address of a page, with the choice of `choice_of`."""
    parts = urlsplit(path)
    query = "&".join(filter(None, (parts.query, choice)))
    return settings.BASE_URL + parts._replace(query=query).geturl()


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
