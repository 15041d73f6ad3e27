"""Supervision cases: writing and sharing them, notes, and what their owners take from them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.supervision.actions import cases as actions
from telemachy.apps.supervision.queries import cases as queries
from telemachy.apps.supervision.queries import rooms
from telemachy.core.shared.errors import BadInput
from telemachy.core.supervision import Lens, Pattern
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Given, Told, clean, said
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import CaseNote, SupervisionCase

router = Router(tags=["Supervision"])
EITHER, GUIDE = Bearer("learn", "guide"), Bearer("guide")


class CaseNoteTold(Told):
    """What somebody of the room said about a case."""

    id: UUID
    author: Who
    lens: str
    text: str
    written_at: datetime


class SupervisionCaseTold(Told):
    """A case; the relationship that it is about is told to its owner alone."""

    id: UUID
    owner: Who
    room_id: UUID | None
    relationship_id: UUID | None
    alias: str
    title: str
    happened: str
    question: str
    lens: str
    patterns: list[str]
    state: str
    takeaway: str
    written_at: datetime
    shared_at: datetime | None
    closed_at: datetime | None
    notes: list[CaseNoteTold]


class WriteCase(Given):
    """A case as its owner writes it; it is checked for names when it is shared."""

    alias: Annotated[
        str,
        Field(min_length=1, max_length=60, examples=["Birch"]),
        AfterValidator(clean),
        AfterValidator(said),
    ]
    title: Annotated[
        str,
        Field(min_length=1, max_length=160, examples=["The silence after the question"]),
        AfterValidator(clean),
        AfterValidator(said),
    ]
    happened: Annotated[str, Field(max_length=8000), AfterValidator(clean)] = ""
    question: Annotated[str, Field(max_length=2000), AfterValidator(clean)] = ""
    lens: Lens = Lens.CLIENT
    patterns: Annotated[list[Pattern], Field(max_length=len(Pattern))] = []
    relationship_id: UUID | None = None


class ShareCase(Given):
    """The room whose people may read it."""

    room_id: UUID


class CloseCase(Given):
    """What its owner takes from it."""

    takeaway: Annotated[
        str,
        Field(min_length=1, max_length=2000, examples=["I count to ten before I speak."]),
        AfterValidator(clean),
        AfterValidator(said),
    ]


class WriteCaseNote(Given):
    """Something to say about a case, perhaps under one lens."""

    text: Annotated[
        str,
        Field(min_length=1, max_length=4000, examples=["What did you hear in the silence?"]),
        AfterValidator(clean),
        AfterValidator(said),
    ]
    lens: Lens | None = None


@router.get("/supervision-cases", response=PageOf[SupervisionCaseTold], summary="List supervision cases")
def list_supervision_cases(request: CallRequest, paging: Query[Paging]) -> Any:
    """List own cases, and those that others shared with the caller, the latest first."""
    by = request.caller.person
    return page(queries.visible_to(by), paging, lambda row: _told(row, by), by="-written_at")


@router.post(
    "/supervision-cases", response={201: SupervisionCaseTold}, auth=GUIDE, summary="Write a supervision case"
)
def write_supervision_case(request: CallRequest, given: WriteCase) -> Any:
    """Begin a case, which nobody else sees."""
    by = request.caller.person
    made = actions.write(words=_words(given), relationship=_linked(given, by), by=by, now=request.now)
    return Status(201, _told(_find(request, made.pk), by))


@router.get("/supervision-cases/{uuid:pk}", response=SupervisionCaseTold, summary="Read a supervision case")
def read_supervision_case(request: CallRequest, pk: UUID) -> Any:
    """Read a case with its notes."""
    return _told(_find(request, pk), request.caller.person)


@router.put("/supervision-cases/{uuid:pk}", response=SupervisionCaseTold, auth=GUIDE, summary="Change a case")
def revise_supervision_case(request: CallRequest, pk: UUID, given: WriteCase) -> Any:
    """Change what a case says; a shared one must stay free of names."""
    by = request.caller.person
    actions.revise(
        case=_find(request, pk), words=_words(given), relationship=_linked(given, by), by=by, now=request.now
    )
    return _told(_find(request, pk), by)


@router.delete("/supervision-cases/{uuid:pk}", response={204: None}, auth=GUIDE, summary="Delete a case")
def remove_supervision_case(request: CallRequest, pk: UUID) -> Any:
    """Delete a case with its notes."""
    actions.remove(case=_find(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.put(
    "/supervision-cases/{uuid:pk}/room", response=SupervisionCaseTold, auth=GUIDE, summary="Share a case"
)
def share_supervision_case(request: CallRequest, pk: UUID, given: ShareCase) -> Any:
    """Let those who are in a room now read it, unless it names somebody."""
    by, case = request.caller.person, _find(request, pk)
    room = rooms.visible_to(by).filter(pk=given.room_id).first()
    if room is None:
        raise BadInput("Name a room that you are in.", field="room_id")
    actions.share(case=case, room=room, by=by, now=request.now)
    return _told(_find(request, pk), by)


@router.delete(
    "/supervision-cases/{uuid:pk}/room", response={204: None}, auth=GUIDE, summary="Take a case back"
)
def take_supervision_case_back(request: CallRequest, pk: UUID) -> Any:
    """Let nobody else read it any more."""
    actions.take_back(case=_find(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.post(
    "/supervision-cases/{uuid:pk}/closing", response=SupervisionCaseTold, auth=GUIDE, summary="Close a case"
)
def close_supervision_case(request: CallRequest, pk: UUID, given: CloseCase) -> Any:
    """Close a case with what its owner takes from it."""
    by = request.caller.person
    actions.close(case=_find(request, pk), takeaway=given.takeaway, by=by, now=request.now)
    return _told(_find(request, pk), by)


@router.post(
    "/supervision-cases/{uuid:pk}/notes",
    response={201: CaseNoteTold},
    auth=EITHER,
    summary="Write a note on a case",
)
def write_case_note(request: CallRequest, pk: UUID, given: WriteCaseNote) -> Any:
    """Say something about a shared case, perhaps under one lens."""
    made = actions.note(
        case=_find(request, pk),
        text=given.text,
        lens=given.lens or "",
        by=request.caller.person,
        now=request.now,
    )
    return Status(201, _note(made))


@router.delete("/supervision-notes/{uuid:pk}", response={204: None}, auth=EITHER, summary="Take a note back")
def remove_case_note(request: CallRequest, pk: UUID) -> Any:
    """Take an own note back."""
    by = request.caller.person
    actions.remove_note(row=one(queries.notes_of(by), pk), by=by, now=request.now)
    return Status(204, None)


def _find(request: CallRequest, pk: UUID) -> SupervisionCase:
    return one(queries.visible_to(request.caller.person), pk)


def _words(given: WriteCase) -> actions.Words:
    patterns = tuple(one.value for one in given.patterns)
    return actions.Words(given.alias, given.title, given.happened, given.question, given.lens.value, patterns)


def _linked(given: WriteCase, by: Person) -> Relationship | None:
    if given.relationship_id is None:
        return None
    found = queries.linkable(by).filter(pk=given.relationship_id).first()
    if found is None:
        raise BadInput("Name one of your own relationships, or none.", field="relationship_id")
    return found


def _told(row: SupervisionCase, reader: Person) -> SupervisionCaseTold:
    own = {"owner", "notes", "relationship_id"}
    fields = {name: getattr(row, name) for name in SupervisionCaseTold.model_fields if name not in own}
    return SupervisionCaseTold(
        owner=who(row.owner),
        relationship_id=row.relationship_id if row.owner_id == reader.pk else None,
        notes=[_note(note) for note in queries.notes_for(row, reader)],
        **fields,
    )


def _note(row: CaseNote) -> CaseNoteTold:
    return CaseNoteTold(
        id=row.pk, author=who(row.author), lens=row.lens, text=row.text, written_at=row.written_at
    )
