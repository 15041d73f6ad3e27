"""Pack what people take along."""

from __future__ import annotations

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.people.queries import privacy
from telemachy.apps.relationships.actions import own_data


@job()
def pack_own_data(export_id: str) -> None:
    """Pack one export; one that is packed already is left alone."""
    export = privacy.export_to_pack(export_id)
    if export is not None:
        own_data.pack(export=export, by=None, now=timezone.now())
