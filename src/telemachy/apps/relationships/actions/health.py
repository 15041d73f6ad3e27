"""Keep the health of a large programme, worked out beforehand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.programmes import policies
from telemachy.apps.relationships.models import HealthSnapshot
from telemachy.apps.relationships.queries import health as queries

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme


@action
def refresh(*, programme: Programme, by: Person | None, now: datetime) -> HealthSnapshot:
    """Work out the signals of every open pair and keep them; a second run replaces the first."""
    found = queries.compute(programme, now)
    kept, _created = HealthSnapshot.objects.update_or_create(
        programme=programme, defaults={"report": queries.write(found), "computed_at": now}
    )
    events.record(
        "programme.health_computed",
        by=by,
        now=now,
        on=programme,
        organisation_id=programme.organisation_id,
        n_pairs=len(found.pairs),
    )
    return kept


@action
def ask(*, programme: Programme, by: Person, now: datetime) -> None:
    """Have the worker compute it now rather than within the hour. Raises NotAllowed."""
    policies.manage(by, programme).require()
    queue.enqueue(
        "telemachy.apps.relationships.jobs.health.refresh_programme", programme_id=str(programme.pk)
    )
    events.record("programme.health_asked", by=by, now=now, on=programme)
