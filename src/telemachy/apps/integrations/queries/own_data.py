"""The keys of programs that act for somebody, for the person to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telemachy.apps.integrations.models import Token

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def own_data(person: Person) -> dict[str, Any]:
    """Return what each key was for and when it was used; never a secret."""
    told = ("kind", "name", "scopes", "created_at", "expires_at", "revoked_at", "last_used_at")
    return {"tokens": list(Token.objects.filter(person=person).order_by("created_at").values(*told))}
