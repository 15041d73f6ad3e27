"""Rosters: spreadsheets on their way to places in a programme."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.core.files.base import ContentFile
from ninja import Query, Router, Status
from pydantic import Field

from telemachy.apps.programmes.actions import rosters
from telemachy.apps.programmes.queries import rosters as queries
from telemachy.core.roster.fields import Field as Column
from telemachy.core.roster.files import WORDINGS, RosterFileError
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.programmes import find
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given, Line, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import RosterImport, RosterRow

router = Router(tags=["Matching"])
SEEN, MANAGE = Bearer("read", "manage"), Bearer("manage")


class Roster(Told):
    """A spreadsheet on its way to places."""

    id: UUID
    programme_id: UUID
    state: str
    columns: list[list[str]]
    counts: dict[str, int]
    n_done: int
    n_total: int | None
    created_at: datetime


class RosterLine(Told):
    """A checked row: what it would do, or why it is rejected and how to mend it."""

    line: int
    effect: str
    name: str
    problems: list[str]


class UploadFile(Given):
    """A file as base64; `role` is the seat of everybody in it, or "" where a column says."""

    name: Annotated[Line, Field(min_length=1, examples=["people.csv"])]
    content: Annotated[str, Field(max_length=1_000_000, description="The file, in base64.")]
    role: Literal["", "learner", "mentor"] = ""


class UploadRoster(Given):
    """One file, or one of learners and one of mentors."""

    files: Annotated[list[UploadFile], Field(min_length=1, max_length=2)]


class MapFile(Given):
    """What the columns of one file mean, from the left; ignore for what is read past."""

    columns: Annotated[list[Column], Field(min_length=1, max_length=200)]
    role: Literal["", "learner", "mentor"] = ""


class MapRoster(Given):
    """What the columns of each file mean."""

    files: Annotated[list[MapFile], Field(min_length=1, max_length=2)]


@router.get("/programmes/{uuid:pk}/rosters", response=PageOf[Roster], auth=SEEN, summary="List rosters")
def list_rosters(request: CallRequest, pk: UUID, paging: Query[Paging]) -> Any:
    """List the imports of a programme."""
    return page(queries.of_programme(find(request, pk)), paging, _roster)


@router.post("/programmes/{uuid:pk}/rosters", response={201: Roster}, auth=MANAGE, summary="Upload a roster")
def upload_roster(request: CallRequest, pk: UUID, given: UploadRoster) -> Any:
    """Keep one or two files and guess what their columns mean; nobody is taken in yet."""
    uploads = [
        rosters.Upload(each.name, ContentFile(_decoded(number, each.content), each.name), each.role)
        for number, each in enumerate(given.files)
    ]
    programme = find(request, pk)
    try:
        made = rosters.upload(programme=programme, uploads=uploads, by=request.caller.person, now=request.now)
    except RosterFileError as error:
        raise _named(error) from error
    return Status(201, _roster(made))


@router.get("/rosters/{uuid:pk}", response=Roster, auth=SEEN, summary="Read a roster")
def read_roster(request: CallRequest, pk: UUID) -> Any:
    """Read how far it is, and what its columns are taken for."""
    return _roster(_find_roster(request, pk))


@router.put("/rosters/{uuid:pk}/columns", response=Roster, auth=MANAGE, summary="Say what the columns mean")
def map_roster(request: CallRequest, pk: UUID, given: MapRoster) -> Any:
    """Confirm what the columns mean and start the check, in the background."""
    mapped = [rosters.Mapped(dict(enumerate(each.columns)), each.role) for each in given.files]
    try:
        rosters.map_columns(
            roster_import=_find_roster(request, pk), mapped=mapped, by=request.caller.person, now=request.now
        )
    except RosterFileError as error:
        raise _named(error) from error
    return _roster(_find_roster(request, pk))


@router.get("/rosters/{uuid:pk}/rows", response=list[RosterLine], auth=SEEN, summary="Read checked rows")
def list_rows(
    request: CallRequest, pk: UUID, effect: Literal["create", "update", "same", "rejected"] = "rejected"
) -> Any:
    """Read the first 500 rows with an effect, with their problems in words."""
    return [_line(row) for row in queries.rows_of(_find_roster(request, pk), effect)[:500]]


@router.post("/rosters/{uuid:pk}/commit", response=Roster, auth=MANAGE, summary="Take all valid rows in")
def commit_roster(request: CallRequest, pk: UUID) -> Any:
    """Ask for all valid rows to be taken in, in the background."""
    rosters.commit(roster_import=_find_roster(request, pk), by=request.caller.person, now=request.now)
    return _roster(_find_roster(request, pk))


@router.post(
    "/rosters/{uuid:pk}/take-back", response=Roster, auth=MANAGE, summary="Take back to take a roster in"
)
def take_roster_back(request: CallRequest, pk: UUID) -> Any:
    """Go back to the checked rows where taking in was broken off; nothing was taken in then."""
    rosters.take_back(roster_import=_find_roster(request, pk), by=request.caller.person, now=request.now)
    return _roster(_find_roster(request, pk))


@router.post("/rosters/{uuid:pk}/discard", response=Roster, auth=MANAGE, summary="Put a roster away")
def discard_roster(request: CallRequest, pk: UUID) -> Any:
    """Forget the files and their rows."""
    rosters.discard(roster_import=_find_roster(request, pk), by=request.caller.person, now=request.now)
    return _roster(_find_roster(request, pk))


def _find_roster(request: CallRequest, pk: UUID) -> RosterImport:
    return one(queries.visible_to(request.caller.person).select_related("programme"), pk)


def _roster(row: RosterImport) -> Roster:
    fields = {name: getattr(row, name) for name in Roster.model_fields if name != "columns"}
    columns = [[column.get("field") or "ignore" for column in file["columns"]] for file in row.files]
    return Roster(columns=columns, **fields)


def _line(row: RosterRow) -> RosterLine:
    told = (queries.told(problem) for problem in row.problems)
    problems = [f"{one.column}: {one.message} {one.mend}".strip() for one in told]
    return RosterLine(line=row.line, effect=row.effect, name=row.name, problems=problems)


def _decoded(number: int, content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput("This is not base64.", field=f"files.{number}.content") from error


def _named(error: RosterFileError) -> BadInput:
    """Return the error in the caller's language, at the file it is about."""
    text = " ".join(queries.filled(each, error.params) for each in WORDINGS[error.code])
    return BadInput(text, field=f"files.{error.field}.content")
