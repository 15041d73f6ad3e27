"""What may be known of organisations."""

from __future__ import annotations

from telemachy.apps.people.models import Organisation


def by_slug(slug: str) -> Organisation | None:
    """Return the organisation with the short name."""
    return Organisation.objects.filter(slug=slug).first()
