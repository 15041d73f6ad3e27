"""Pairs and circles of peers in a run: moved by hand, or kept as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Status
from pydantic import Field

from telemachy.apps.programmes.actions import peer_moves, proposals
from telemachy.apps.programmes.queries import match_runs, peer_rings
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment, MatchRun

router = Router(tags=["Matching"])
MANAGE = Bearer("manage")
Circle = Annotated[int, Field(ge=0, le=1_000_000)]


class MovePeer(Given):
    """Another place for one person: beside or instead of somebody, in a circle, or out of the run.

    `despite` says that soft rules are meant to be broken.
    """

    verb: Literal["pair", "exchange", "join", "leave"]
    enrolment_id: UUID
    other_enrolment_id: UUID | None = None
    circle: Circle | None = None
    despite: bool = False


@router.post("/match-runs/{uuid:pk}/peer-moves", response={204: None}, auth=MANAGE, summary="Move a peer")
def move_peer(request: CallRequest, pk: UUID, given: MovePeer) -> Any:
    """Give one person of a run of peers another pair or circle."""
    by = request.caller.person
    run = one(match_runs.visible_to(by), pk)
    person, now = _place(run, given.enrolment_id, "enrolment_id"), request.now
    if given.verb == "leave":
        peer_moves.leave(match_run=run, person=person, by=by, now=now)
    elif given.verb == "join":
        if given.circle is None:
            raise BadInput("Name a circle.", field="circle")
        peer_moves.join(
            match_run=run, person=person, circle=given.circle, despite=given.despite, by=by, now=now
        )
    else:
        verb = {"pair": peer_moves.pair, "exchange": peer_moves.exchange}[given.verb]
        other = _place(run, given.other_enrolment_id, "other_enrolment_id")
        verb(match_run=run, person=person, other=other, despite=given.despite, by=by, now=now)
    return Status(204, None)


@router.post(
    "/match-runs/{uuid:pk}/circles/{int:circle}/lock", response={204: None}, auth=MANAGE, summary="Keep peers"
)
def lock_circle(request: CallRequest, pk: UUID, circle: Path[Circle]) -> Any:
    """Keep a pair or circle of peers together in every later run."""
    by = request.caller.person
    run = one(match_runs.visible_to(by), pk)
    proposals.lock_circle(match_run=run, circle=circle, by=by, now=request.now)
    return Status(204, None)


def _place(run: MatchRun, key: UUID | None, field: str) -> Enrolment:
    found = peer_rings.place_of(run, str(key)) if key else None
    if found is None:
        raise BadInput("Name a place of this run.", field=field)
    return found
