"""Tokens: who acts with one, whether it still works, and the lists of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from telemachy.apps.base import Known
from telemachy.apps.integrations.models import Token

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Every secret begins with this, so that a scanner of repositories knows one when it sees one.
MARK = "tmk_"
#: Use is noted no more often than this: a busy agent writes no row for each call.
NOTED_EVERY = timedelta(minutes=1)
#: So much of a secret is kept in the clear and shown.
PREFIX = len(MARK) + 6


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever calls: the person, and the token they call with."""

    person: Person
    token: Token

    def may(self, *scopes: str) -> bool:
        """Tell whether the token holds one of the scopes."""
        return bool(set(scopes) & set(self.token.scopes))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a token does not open the door: a code for programs, a sentence for people."""

    code: str
    detail: str
    is_about_person: bool = False


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def by_secret(secret: str) -> Token | None:
    """Return the token with this secret, whatever its state, or None."""
    if not secret.startswith(MARK):
        return None
    return _BY_DIGEST.row(digest(secret))


_BY_DIGEST = Known[Token](lambda digest: Token.objects.filter(digest=digest).select_related("person"))


def fault_of(token: Token, now: datetime) -> Fault | None:
    """Return why the token does not work at this moment, or None when it does."""
    person = token.person
    if token.revoked_at is not None:
        return Fault("revoked-token", _("This token was revoked. Ask for a new one."))
    if min(token.expires_at, token.secret_ends_at or token.expires_at) <= now:
        return Fault("expired-token", _("This token has expired. Make a new one."))
    if person.is_gone:
        return Fault("person-gone", _("Whoever this token stands for has left the organisation."))
    if token.kind == Token.Kind.ORGANISATION and not person.is_administrator:
        return Fault("not-administrator", _("Whoever made this token is not an administrator any more."))
    if person.suspended_at is not None:
        text = _("This agent is suspended: %(reason)s") % {"reason": person.suspended_because}
        return Fault("suspended-agent", text, is_about_person=True)
    return None


def is_use_due(token: Token, now: datetime) -> bool:
    """Tell whether the last use that is noted lies so far back that this one is worth a write."""
    return token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY


def of_person(person: Person) -> QuerySet[Token]:
    """Return the person's own tokens that were not revoked, the newest first."""
    own = Token.objects.filter(person=person, revoked_at__isnull=True).exclude(kind=Token.Kind.ORGANISATION)
    return own.select_related("programme").order_by("-created_at", "pk")


def of_organisation(person: Person) -> QuerySet[Token]:
    """Return every token of an administrator's organisation that was not revoked; none for anyone else."""
    if not person.is_administrator:
        return Token.objects.none()
    found = Token.objects.filter(person__organisation_id=person.organisation_id, revoked_at__isnull=True)
    return found.select_related("person", "made_by", "programme").order_by("-created_at", "pk")


def visible_to(person: Person) -> QuerySet[Token]:
    """Return the tokens that the person may end: own ones, those of own agents, all for administrators."""
    found = Token.objects.filter(person__organisation_id=person.organisation_id, revoked_at__isnull=True)
    if not person.is_administrator:
        found = found.filter(Q(person=person) | Q(person__owner=person) | Q(made_by=person))
    return found.select_related("person", "made_by", "programme").order_by("-created_at", "pk")
