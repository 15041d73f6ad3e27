"""Ways into a programme: invitations to sign in, links to enrol by, and the queue of those who wait."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from telemachy.apps.people import policies as people_policies
from telemachy.apps.people.actions import invitations
from telemachy.apps.programmes import policies, queries
from telemachy.apps.programmes.actions import enrolments
from telemachy.apps.programmes.queries import waiting
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.programmes import Place, Role, find, place
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import EnrolmentLink

router = Router(tags=["Programmes"])
SEEN, MANAGE = Bearer("read", "manage"), Bearer("manage")
#: Learners of a queue told at most.
MOST = 500


class Invited(Told):
    """How many were invited."""

    n_invited: Annotated[int, Field(examples=[12])]


class OfferLink(Given):
    """Which place the link gives."""

    role: Role


class LinkTold(Told):
    """A link by which people of the organisation enrol themselves, without its secret."""

    id: UUID
    role: str
    n_used: int
    created_at: datetime
    expires_at: datetime


class MadeLink(LinkTold):
    """A new link with its address."""

    url: Annotated[str, Field(examples=["https://telemachy.example.org/join/…/"])]


class WaitingTold(Told):
    """A learner who waits, the mentor whom the engine would give today, or why there is none."""

    learner: Place
    since: datetime
    mentor: Place | None
    score: float | None
    reason: dict[str, Any] | None


class QueueTold(Told):
    """Those who wait, the longest first; `ready_run_id` is the run that is to be published before."""

    is_asked_today: bool
    ready_run_id: UUID | None
    rows: list[WaitingTold]


@router.post(
    "/programmes/{uuid:pk}/invitations", response=Invited, auth=MANAGE, summary="Invite who cannot sign in"
)
def invite_participants(request: CallRequest, pk: UUID) -> Any:
    """Invite everybody of the programme who has no sign-in yet and no invitation on its way."""
    by = request.caller.person
    programme = find(request, pk)
    policies.change(by, programme).require()
    persons = queries.to_invite(programme, by, request.now)
    return Invited(n_invited=invitations.invite_many(persons=persons, by=by, now=request.now))


@router.post(
    "/enrolments/{uuid:pk}/invitation", response={204: None}, auth=MANAGE, summary="Invite a participant"
)
def invite_participant(request: CallRequest, pk: UUID) -> Any:
    """Invite somebody with a place to sign in, first or again."""
    by = request.caller.person
    enrolment = one(queries.enrolments_managed_by(by), pk)
    policies.change(by, enrolment.programme).require()
    people_policies.invite(by, enrolment.person).require()
    invitations.invite(person=enrolment.person, by=by, now=request.now)
    return Status(204, None)


@router.get("/programmes/{uuid:pk}/links", response=list[LinkTold], auth=SEEN, summary="List links to enrol")
def list_links(request: CallRequest, pk: UUID) -> Any:
    """List the links that still work; the address of one is told when it is made."""
    rows = queries.open_links(find(request, pk), request.now)[:200]
    return [LinkTold.model_validate(row) for row in rows]


@router.post(
    "/programmes/{uuid:pk}/links", response={201: MadeLink}, auth=MANAGE, summary="Make a link to enrol"
)
def offer_link(request: CallRequest, pk: UUID, given: OfferLink) -> Any:
    """Make a link by which people of the organisation take a place themselves."""
    by = request.caller.person
    made = enrolments.offer_link(programme=find(request, pk), role=given.role, by=by, now=request.now)
    request.holds_secret = True
    return Status(201, _made(request, made))


@router.delete("/enrolment-links/{uuid:pk}", response={204: None}, auth=MANAGE, summary="End a link to enrol")
def revoke_link(request: CallRequest, pk: UUID) -> Any:
    """Let nobody enrol by this link any more."""
    by = request.caller.person
    enrolments.revoke_link(link=one(queries.links_managed_by(by), pk), by=by, now=request.now)
    return Status(204, None)


@router.get("/programmes/{uuid:pk}/waiting", response=QueueTold, auth=SEEN, summary="Read who waits")
def read_queue(request: CallRequest, pk: UUID) -> Any:
    """Read who waits since when and why, with a mentor to accept where there is one; 500 at most."""
    queue = waiting.queue(find(request, pk), request.now.date())
    return QueueTold(
        is_asked_today=queue.is_asked_today,
        ready_run_id=queue.ready.pk if queue.ready else None,
        rows=[_waiting(row) for row in waiting.rows(queue, queue.places[:MOST])],
    )


def _made(request: CallRequest, row: EnrolmentLink) -> MadeLink:
    told = LinkTold.model_validate(row).model_dump()
    return MadeLink(url=request.build_absolute_uri(reverse("join", args=[row.token])), **told)


def _waiting(row: waiting.Waiting) -> WaitingTold:
    return WaitingTold(
        learner=place(row.learner),
        since=row.since,
        mentor=place(row.offer.mentor) if row.offer else None,
        score=row.offer.score if row.offer else None,
        reason=row.reason,
    )
