"""What a pair still needs before the work begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Relationship


def missing_to_begin(relationship: Relationship) -> tuple[str, ...]:
    """Return what is missing: "charter", and "goal" or else "baseline"; nothing once the pair can begin."""
    missing = []
    if not relationship.charters.filter(in_force_at__isnull=False).exists():
        missing.append("charter")
    agreed = list(relationship.goals.filter(state="active").values_list("baseline", flat=True))
    if not agreed:
        missing.append("goal")
    elif not any(baseline.strip() for baseline in agreed):
        missing.append("baseline")
    return tuple(missing)
