"""Take a roster from its files to a decision: upload, map the columns, commit or discard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, queue
from telemachy.apps.programmes import policies
from telemachy.apps.programmes.models import ColumnMapping, Programme, RosterImport
from telemachy.apps.programmes.queries import rosters as queries
from telemachy.core.roster import decode, headers, rows
from telemachy.core.roster.fields import Field
from telemachy.core.shared.errors import BadInput, WrongState
from telemachy.core.shared.lifecycles import ROSTER_IMPORT

if TYPE_CHECKING:
    from telemachy.apps.audit.actions.events import Actor
    from telemachy.apps.people.models import Person

#: Columns that may stand in a file and have no place with a person.
NOT_KEPT = frozenset({Field.GROUP})
_N_SAMPLES, _MAX_SAMPLE = 3, 60


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, and the seat of everybody in it ("" when a column says)."""

    name: str
    content: File[Any]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the columns of one file mean, and the seat of whoever's row names none."""

    columns: Mapping[int, Field]
    role: str = ""


@action
def upload(*, programme: Programme, uploads: Sequence[Upload], by: Person, now: datetime) -> RosterImport:
    """Keep one or two files and guess what their columns mean.

    Raises NotAllowed, RosterFileError (its `field` is the number of the file) when a file is no roster.
    """
    policies.change(by, programme).require()
    roster_import = RosterImport(programme=programme, uploaded_by=by, created_at=now)
    kept: list[str] = []
    try:
        for number, each in enumerate(uploads):
            description = _described(each, number, programme)
            path = default_storage.save(f"rosters/{roster_import.pk}/{number}", each.content)
            kept.append(path)
            roster_import.files.append(description | {"path": path})
        roster_import.save(force_insert=True)
        events.record("roster.uploaded", by=by, now=now, on=roster_import, n_files=len(uploads))
    except BaseException:
        _remove(kept)
        raise
    return roster_import


@action
def map_columns(*, roster_import: RosterImport, mapped: Sequence[Mapped], by: Person, now: datetime) -> None:
    """Confirm what the columns mean, remember it for the next such file, and start the check.

    Raises NotAllowed, WrongState, RosterFileError (its `field` is the number of the file), BadInput.
    """
    roster_import = queries.locked(roster_import)
    policies.change(by, roster_import.programme).require()
    if len(mapped) != len(roster_import.files):
        raise BadInput(_("Say of every file what its columns mean."))
    for number, (file, each) in enumerate(zip(roster_import.files, mapped, strict=True)):
        _check(number, file, each)
        ColumnMapping.objects.update_or_create(
            organisation_id=roster_import.programme.organisation_id,
            signature=file["signature"],
            defaults={"mapping": _as_json(each)["columns"], "confirmed_at": now},
        )
    roster_import.mappings = [_as_json(each) for each in mapped]
    _step(roster_import, "map")
    roster_import.n_done, roster_import.n_total, roster_import.problem = 0, None, {}
    roster_import.save(update_fields=["mappings", "state", "n_done", "n_total", "problem"])
    queue.enqueue("telemachy.apps.programmes.jobs.check_roster", roster_import_id=str(roster_import.pk))
    events.record("roster.mapped", by=by, now=now, on=roster_import)


@action
def commit(*, roster_import: RosterImport, by: Person, now: datetime) -> None:
    """Ask for all valid rows to be taken in, in the background. Raises NotAllowed, WrongState, BadInput."""
    roster_import = queries.locked(roster_import)
    policies.change(by, roster_import.programme).require()
    _step(roster_import, "commit")
    if not roster_import.counts.get("create") and not roster_import.counts.get("update"):
        raise BadInput(_("There is nothing to take in: no row would change anything."))
    roster_import.committed_by = by
    roster_import.save(update_fields=["state", "committed_by"])
    queue.enqueue("telemachy.apps.programmes.jobs.commit_roster", roster_import_id=str(roster_import.pk))
    events.record("roster.confirmed", by=by, now=now, on=roster_import, **roster_import.counts)


@action
def take_back(*, roster_import: RosterImport, by: Person, now: datetime) -> None:
    """Go back to the preview where taking in was broken off for good; nothing of it was taken in then.

    Raises NotAllowed, WrongState.
    """
    policies.change(by, roster_import.programme).require()
    held = queries.at_rest(roster_import)
    if held is None:
        raise WrongState(_("The people are being taken in right now: all of them at once, or none."))
    _step(held, "take_back")
    held.save(update_fields=["state"])
    events.record("roster.taken_back", by=by, now=now, on=held)


@action
def discard(*, roster_import: RosterImport, by: Person, now: datetime) -> None:
    """Forget the files and their rows; that there was an import stays. Raises NotAllowed, WrongState."""
    roster_import = queries.locked(roster_import)
    policies.manage(by, roster_import.programme).require()
    _discard(roster_import)
    events.record("roster.discarded", by=by, now=now, on=roster_import)


@action
def expire(*, roster_import: RosterImport, by: Actor | None, now: datetime) -> None:
    """Forget an import that nobody decided on; leave it if somebody has in the meantime."""
    roster_import = queries.locked(roster_import)
    if not ROSTER_IMPORT.allows(roster_import.state, "discard"):
        events.unchanged()
        return
    _discard(roster_import)
    organisation_id = roster_import.programme.organisation_id
    events.record("roster.expired", by=by, now=now, on=roster_import, organisation_id=organisation_id)


def forget_files(roster_import: RosterImport) -> None:
    """Remove the uploads once the caller's transaction has committed, and what was sampled from them."""
    paths = [file["path"] for file in roster_import.files if file["path"]]
    for file in roster_import.files:
        file |= {"path": "", "columns": []}
    transaction.on_commit(lambda: _remove(paths))


def _step(roster_import: RosterImport, verb: str) -> None:
    if not ROSTER_IMPORT.allows(roster_import.state, verb):
        raise WrongState(_("This import has moved on in the meantime; here is where it stands."))
    roster_import.state = ROSTER_IMPORT.target(roster_import.state, verb)


def _discard(roster_import: RosterImport) -> None:
    _step(roster_import, "discard")
    roster_import.rows.all().delete()
    forget_files(roster_import)
    roster_import.save(update_fields=["state", "files"])


def _remove(paths: Sequence[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def _described(each: Upload, number: int, programme: Programme) -> dict[str, Any]:
    """Return what the import keeps of a file; raise RosterFileError naming the file by its number."""
    try:
        table = decode.open_table(each.content, each.name, queries.limits())
    except BadInput as error:
        error.field = str(number)
        raise
    header = [_storable(name) for name in table.header]
    signature = headers.signature(header)
    remembered = ColumnMapping.objects.filter(
        organisation_id=programme.organisation_id, signature=signature
    ).first()
    return {
        "name": _storable(each.name)[:200],
        "role": each.role,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": _storable(table.sheet),
        "header": header,
        "signature": signature,
        "columns": _guessed(header, table.sample, remembered.mapping if remembered else None),
    }


def _guessed(
    header: Sequence[str], sample: Sequence[Sequence[str]], remembered: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    columns = []
    for guess in headers.guess(header, sample):
        filled = [_storable(cells[guess.index]).strip() for cells in sample]
        values = list(dict.fromkeys(" ".join(text.split())[:_MAX_SAMPLE] for text in filled if text))
        field, reason, params = guess.field.value, guess.reason, dict(guess.params)
        if remembered is not None:
            field, reason, params = remembered.get(str(guess.index), Field.IGNORE.value), "remembered", {}
        if field in NOT_KEPT:
            field, reason, params = Field.IGNORE.value, "not_kept", {}
        columns.append({"samples": values[:_N_SAMPLES], "field": field, "reason": reason, "params": params})
    return columns


def _check(number: int, file: Mapping[str, Any], mapped: Mapped) -> None:
    try:
        rows.check_mapping(tuple(file["header"]), mapped.columns)
        if Field.ROLE not in mapped.columns.values() and not mapped.role:
            raise BadInput(_("Choose the column with the role, or the role of everybody in this file."))
    except BadInput as error:
        error.field = str(number)
        raise


def _as_json(mapped: Mapped) -> dict[str, Any]:
    columns = {str(index): field.value for index, field in mapped.columns.items() if field != Field.IGNORE}
    return {"columns": columns, "role": mapped.role}


def _storable(text: str) -> str:
    """Return the text without the one character that PostgreSQL cannot keep."""
    return text.replace("\0", "")
