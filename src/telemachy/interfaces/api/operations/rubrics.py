"""Rubrics: what assessors rate against, in versions that never change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.supervision.actions import rubrics as actions
from telemachy.apps.supervision.queries import rubrics as queries
from telemachy.core.assessment import EXAMPLES
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given, Line, Text, Told, clean, said
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Rubric, RubricVersion

router = Router(tags=["Reviews of recordings"])
SEEN, WRITE = Bearer("read", "organise"), Bearer("guide", "organise")

Code = Annotated[Line, Field(min_length=1, examples=["A"])]
Name = Annotated[Line, Field(min_length=1)]


class RubricLevel(Given):
    """A level, named and described."""

    name: Annotated[Name, Field(examples=["Emerging"])]
    text: Text = ""


class RubricMarker(Given):
    """What shows a competency."""

    code: Annotated[Code, Field(examples=["A.1"])]
    text: Annotated[Text, Field(min_length=1)]


class RubricCompetency(Given):
    """What is rated, with what shows it and what each level of it looks like."""

    code: Code
    name: Annotated[Name, Field(examples=["Listening"])]
    text: Text = ""
    markers: Annotated[list[RubricMarker], Field(max_length=20)] = []
    levels: Annotated[list[Text], Field(max_length=7, description="One for each level, or none.")] = []


class RubricContent(Given):
    """Levels from the lowest, the number of the one that counts as proficient, and the competencies."""

    levels: Annotated[list[RubricLevel], Field(min_length=2, max_length=7)]
    proficient: Annotated[int, Field(ge=2, le=7)]
    competencies: Annotated[list[RubricCompetency], Field(min_length=1, max_length=30)]


class AddRubric(Given):
    """A rubric of the organisation."""

    name: Annotated[
        str,
        Field(min_length=1, max_length=120, examples=["Listening well"]),
        AfterValidator(clean),
        AfterValidator(said),
    ]
    about: Text = ""
    content: RubricContent


class ReviseRubric(AddRubric):
    """What it says from now on, and the number of the version that was read."""

    based_on: Annotated[int, Field(ge=1, le=30_000)]


class RubricStep(Given):
    """Out of use, or into it again."""

    verb: Literal["archive", "restore"]


class RubricRow(Told):
    """A rubric in a list."""

    id: UUID
    name: str
    about: str
    version: int
    archived_at: datetime | None


class RubricTold(RubricRow):
    """A rubric with what one of its versions says."""

    content: RubricContent


class RubricExample(Told):
    """A rubric to begin with, which an organisation takes over and changes."""

    key: str
    name: str
    about: str
    content: RubricContent


@router.get("/rubrics", response=PageOf[RubricRow], auth=SEEN, summary="List rubrics")
def list_rubrics(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the rubrics of the organisation, archived ones too."""
    return page(queries.visible_to(request.caller.person), paging, _row, by="name")


@router.post("/rubrics", response={201: RubricTold}, auth=WRITE, summary="Write a rubric")
def add_rubric(request: CallRequest, given: AddRubric) -> Any:
    """Write a rubric: administrators, and those who were named to hear or rate a recording."""
    made = actions.add(by=request.caller.person, now=request.now, **given.model_dump())
    return Status(201, _told(_find(request, made.pk)))


@router.get("/rubric-examples", response=list[RubricExample], auth=SEEN, summary="Read rubrics to begin with")
def list_examples(request: CallRequest) -> Any:
    """Read the rubrics that the product brings along, to be sent as one's own."""
    return [
        RubricExample(key=one_.key, name=one_.name, about=one_.about, content=_content(one_.rubric.as_data()))
        for one_ in EXAMPLES
    ]


@router.get("/rubrics/{uuid:pk}", response=RubricTold, auth=SEEN, summary="Read a rubric")
def read_rubric(
    request: CallRequest, pk: UUID, version: Annotated[int, Field(ge=1, le=30_000)] | None = None
) -> Any:
    """Read what a version says, the latest one unless it is named."""
    found = _find(request, pk)
    chosen = queries.version(found, version)
    if chosen is None:
        raise NotFound("version")
    return _told(found, chosen)


@router.put("/rubrics/{uuid:pk}", response=RubricTold, auth=WRITE, summary="Change a rubric")
def revise_rubric(request: CallRequest, pk: UUID, given: ReviseRubric) -> Any:
    """Change it; other words make a new version, and reviews stay on theirs."""
    actions.revise(rubric=_find(request, pk), by=request.caller.person, now=request.now, **given.model_dump())
    return _told(_find(request, pk))


@router.post("/rubrics/{uuid:pk}/copies", response={201: RubricTold}, auth=WRITE, summary="Copy a rubric")
def duplicate_rubric(request: CallRequest, pk: UUID) -> Any:
    """Copy the latest version into a rubric of its own."""
    made = actions.duplicate(rubric=_find(request, pk), by=request.caller.person, now=request.now)
    return Status(201, _told(_find(request, made.pk)))


@router.post("/rubrics/{uuid:pk}/steps", response=RubricTold, auth=WRITE, summary="Archive or restore")
def step_rubric(request: CallRequest, pk: UUID, given: RubricStep) -> Any:
    """Take it out of use, or bring it back; reviews that are on it go on."""
    getattr(actions, given.verb)(rubric=_find(request, pk), by=request.caller.person, now=request.now)
    return _told(_find(request, pk))


def _find(request: CallRequest, pk: UUID) -> Rubric:
    return one(queries.visible_to(request.caller.person), pk)


def _row(row: Rubric) -> RubricRow:
    return RubricRow(**_fields(row, queries.latest(row)))


def _told(row: Rubric, version: RubricVersion | None = None) -> RubricTold:
    version = version or queries.latest(row)
    return RubricTold(content=_content(version.content), **_fields(row, version))


def _fields(row: Rubric, version: RubricVersion) -> dict[str, Any]:
    names = ("id", "name", "about", "archived_at")
    return {name: getattr(row, name) for name in names} | {"version": version.number}


def _content(data: Any) -> RubricContent:
    return RubricContent.model_validate(data)
