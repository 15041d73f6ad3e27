"""Stage the rows of a roster for its preview: drafts, of which one event tells at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db.models import Count, Q

from telemachy.apps.audit.actions import action, events
from telemachy.apps.base import insert_many
from telemachy.apps.programmes.models import RosterImport, RosterRow
from telemachy.apps.programmes.queries import rosters as queries
from telemachy.core.shared.errors import WrongState
from telemachy.core.shared.lifecycles import ROSTER_IMPORT

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.audit.actions.events import Actor
    from telemachy.apps.programmes.queries.roster_plan import PlannedRow


class Superseded(WrongState):
    """Another run of the same check has begun; this one stops."""


@action
def begin(*, roster_import: RosterImport, by: Actor | None, now: datetime) -> UUID | None:
    """Start over and return the key of this run; None when there is nothing to check any more."""
    roster_import = queries.locked(roster_import)
    events.unchanged()
    if roster_import.state != "checking":
        return None
    roster_import.rows.all().delete()
    roster_import.attempt = uuid4()
    roster_import.n_done = 0
    roster_import.save(update_fields=["attempt", "n_done"])
    return roster_import.attempt


@action
def stage(
    *,
    roster_import: RosterImport,
    attempt: UUID,
    rows: Sequence[PlannedRow],
    n_done: int,
    n_total: int,
    by: Actor | None,
    now: datetime,
) -> None:
    """Keep one batch of planned rows and note how far the check is. Raises Superseded."""
    _advance(roster_import, attempt, n_done=n_done, n_total=n_total)
    insert_many(RosterRow, map(vars, rows), roster_import_id=roster_import.pk)
    events.unchanged()


@action
def finish(
    *,
    roster_import: RosterImport,
    attempt: UUID,
    missing_managers: Collection[UUID],
    by: Actor | None,
    now: datetime,
) -> None:
    """Count what the rows would do and open the preview. Raises Superseded.

    `missing_managers` are line managers whose own rows were not taken: they are left open, with a warning.
    """
    _advance(roster_import, attempt)
    if missing_managers:
        missing = {str(key) for key in missing_managers}
        _release_rows(roster_import.rows.filter(person__values__line_manager_id__isnull=False), missing)
        _release_rows(roster_import.rows.filter(person__wishes__isnull=False), missing)
    effects = {str(effect): Count("pk", filter=Q(effect=effect)) for effect in RosterRow.Effect.values}
    warned = Count("pk", filter=Q(n_warnings__gt=0))
    counts = roster_import.rows.aggregate(**effects, warnings=warned, rows=Count("pk"))
    n_rows = counts.pop("rows")
    roster_import.counts, roster_import.n_done, roster_import.n_total = counts, n_rows, n_rows
    roster_import.state = ROSTER_IMPORT.target("checking", "preview")
    roster_import.save(update_fields=["counts", "n_done", "n_total", "state"])
    events.record(
        "roster.checked",
        by=by,
        now=now,
        on=roster_import,
        organisation_id=roster_import.programme.organisation_id,
        **counts,
    )


@action
def fail(
    *, roster_import: RosterImport, code: str, params: dict[str, str], by: Actor | None, now: datetime
) -> None:
    """Give up the check or the commit and keep the reason; nothing of the roster was taken in."""
    roster_import = queries.locked(roster_import)
    if not ROSTER_IMPORT.allows(roster_import.state, "fail"):
        events.unchanged()
        return
    roster_import.state = ROSTER_IMPORT.target(roster_import.state, "fail")
    roster_import.problem = {"code": code, "params": params}
    roster_import.save(update_fields=["state", "problem"])
    events.record(
        "roster.failed",
        by=by,
        now=now,
        on=roster_import,
        organisation_id=roster_import.programme.organisation_id,
        reason=code,
    )


def _advance(roster_import: RosterImport, attempt: UUID, **progress: int) -> None:
    mine = RosterImport.objects.filter(pk=roster_import.pk, state="checking", attempt=attempt)
    if not mine.update(attempt=attempt, **progress):
        raise Superseded("Another run of this check has begun.")


def _release_rows(rows: QuerySet[RosterRow], missing: Collection[str]) -> None:
    rows, last = rows.order_by("pk"), 0
    while page := list(rows.filter(pk__gt=last)[:500]):
        last = page[-1].pk
        RosterRow.objects.bulk_create(
            [row for row in page if _release_manager(row, missing) | _release_wishes(row, missing)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["person", "changes", "problems", "n_warnings", "effect"],
        )


def _release_manager(row: RosterRow, missing: Collection[str]) -> bool:
    values = row.person.get("values", {})
    if values.get("line_manager_id") not in missing:
        return False
    del values["line_manager_id"]
    row.changes = [change for change in row.changes if change["field"] != "line_manager_id"]
    _warn(row, "line_manager", "manager_not_taken")
    return True


def _release_wishes(row: RosterRow, missing: Collection[str]) -> bool:
    is_changed = False
    for of, named in row.person.get("wishes", {}).items():
        if kept := missing & named.keys():
            row.person["wishes"][of] = {key: name for key, name in named.items() if key not in kept}
            for change in row.changes:
                if change["field"] == of:
                    change["new"] = ", ".join(row.person["wishes"][of].values())
            _warn(row, of, "wish_not_taken")
            is_changed = True
    return is_changed


def _warn(row: RosterRow, of: str, code: str) -> None:
    row.problems = [
        *row.problems,
        {"column": "", "field": of, "value": "", "code": code, "params": {}},
    ]
    row.n_warnings += 1
    if row.effect == RosterRow.Effect.UPDATE and not row.changes:
        row.effect = RosterRow.Effect.SAME
