"""The files of situations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.relationships.actions import attachments as actions
from telemachy.apps.relationships.queries import attachments, situations
from telemachy.interfaces.api import files
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Told, clean, said
from telemachy.interfaces.common.lookups import one

router = Router(tags=["Situations"])
EITHER = Bearer("learn", "guide")


class AttachmentTold(Told):
    """A file that belongs to a situation."""

    id: UUID
    situation_id: UUID
    name: str
    content_type: str
    size: int
    uploaded_by_id: UUID | None
    uploaded_at: datetime


FileName = Annotated[
    str,
    Field(min_length=1, max_length=200, description="Its name with its ending.", examples=["chart.pdf"]),
    AfterValidator(clean),
    AfterValidator(said),
]


@router.get("/situations/{uuid:pk}/attachments", response=list[AttachmentTold], summary="List files")
def list_attachments(request: CallRequest, pk: UUID) -> Any:
    """List the files of a situation, the oldest first."""
    found = one(situations.of_party(request.caller.person), pk)
    return [AttachmentTold.model_validate(row) for row in attachments.of_situation(found)]


@router.post(
    "/situations/{uuid:pk}/attachments",
    response={201: AttachmentTold},
    auth=EITHER,
    summary="Add a file",
    openapi_extra=files.TAKES,
)
def attach(request: CallRequest, pk: UUID, name: FileName) -> Any:
    """Add a file of an allowed kind, sent as it is; what is in it must be what its name says."""
    by = request.caller.person
    situation = one(situations.for_page(by), pk)
    made = actions.attach(situation=situation, file=files.taken(request), name=name, by=by, now=request.now)
    return Status(201, AttachmentTold.model_validate(made))


@router.get("/attachments/{uuid:pk}", summary="Fetch a file", openapi_extra=files.GIVES)
def fetch_attachment(request: CallRequest, pk: UUID) -> Any:
    """Fetch a file as a download."""
    found = one(attachments.of_party(request.caller.person), pk)
    return files.download(found.file, found.name, files.MEDIA_TYPE)


@router.delete("/attachments/{uuid:pk}", response={204: None}, auth=EITHER, summary="Remove a file")
def detach(request: CallRequest, pk: UUID) -> Any:
    """Remove a file for good."""
    by = request.caller.person
    found = attachments.of_party(by).select_related("situation__relationship")
    actions.detach(attachment=one(found, pk), by=by, now=request.now)
    return Status(204, None)
