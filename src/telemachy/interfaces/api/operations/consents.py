"""Consent to a recording: what it is for, who may hear it and until when; before anything is uploaded."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.actions import consents as actions
from telemachy.apps.supervision.policies import recordings as policies
from telemachy.apps.supervision.queries import consents
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.core.shared.errors import BadInput
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.recordings import RecordingTold, find, told
from telemachy.interfaces.api.operations.rows import person_of
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Day, Given, Told, clean, said
from telemachy.interfaces.common.lookups import NotFound, one

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording, Terms

router = Router(tags=["Recordings"])
EITHER = Bearer("learn", "guide")


class TermsTold(Told):
    """What a recording is for, who may hear and read it, and until when it is kept."""

    id: UUID
    number: int
    purpose: str
    keep_until: date
    for_learning: bool
    listeners: list[Who]
    sentences: Annotated[list[str], Field(description="The words that are agreed to.")]
    agreed: list[Who]
    in_force_at: datetime | None


class ConsentTold(Told):
    """The terms in force, those that wait for somebody's yes, and what a withdrawal would delete."""

    in_force: TermsTold | None
    proposed: TermsTold | None
    n_turns: int
    n_pins: int
    n_corrections: int


class ProposeTerms(Given):
    """Terms to propose; proposing them is one's own yes."""

    purpose: Literal["feedback", "credential", "reflection"]
    keep_until: Day
    listener_ids: Annotated[list[UUID], Field(max_length=20, description="Besides the two who talk.")] = []
    for_learning: Annotated[
        bool, Field(description="Whether corrected sentences may train the organisation's own model.")
    ] = False


class AskConsent(ProposeTerms):
    """A conversation, and the terms on its recording."""

    title: Annotated[
        str,
        Field(min_length=1, max_length=160, examples=["Fourth session"]),
        AfterValidator(clean),
        AfterValidator(said),
    ]
    held_on: Day


class Agree(Given):
    """The terms that were read."""

    terms_id: UUID


@router.post(
    "/relationships/{uuid:pk}/recordings", response={201: RecordingTold}, auth=EITHER, summary="Ask to record"
)
def ask_consent(request: CallRequest, pk: UUID, given: AskConsent) -> Any:
    """Propose to record a conversation; nothing can be uploaded before both agreed."""
    by = request.caller.person
    made = actions.ask(
        relationship=one(relationships.for_page(by), pk),
        title=given.title,
        held_on=given.held_on,
        offer=_offer(given, by),
        by=by,
        now=request.now,
    )
    return Status(201, told(find(request, made.pk)))


@router.get("/recordings/{uuid:pk}/consent", response=ConsentTold, summary="Read the terms")
def read_consent(request: CallRequest, pk: UUID) -> Any:
    """Read the terms in force; the two who talk also read those that are proposed."""
    return _consent(request, pk)


@router.put("/recordings/{uuid:pk}/terms", response=ConsentTold, auth=EITHER, summary="Propose other terms")
def change_terms(request: CallRequest, pk: UUID, given: ProposeTerms) -> Any:
    """Propose other terms; those in force hold until both agreed to these."""
    by = request.caller.person
    actions.change_terms(recording=find(request, pk), offer=_offer(given, by), by=by, now=request.now)
    return _consent(request, pk)


@router.post("/recordings/{uuid:pk}/agreement", response=ConsentTold, auth=EITHER, summary="Agree to terms")
def agree(request: CallRequest, pk: UUID, given: Agree) -> Any:
    """Say yes to the terms one has read."""
    by = request.caller.person
    recording = _own(request, pk)
    policies.agree(by, recording).require()
    terms = queries.proposed(recording)
    if terms is None or terms.pk != given.terms_id:
        raise BadInput(_("The terms have changed meanwhile; read them again."), field="terms_id")
    actions.agree(recording=recording, terms=terms, by=by, now=request.now)
    return _consent(request, pk)


@router.post(
    "/recordings/{uuid:pk}/withdrawal", response={204: None}, auth=EITHER, summary="Withdraw consent"
)
def withdraw(request: CallRequest, pk: UUID) -> Any:
    """Take the consent back, without a reason; the recording and all that was made of it is deleted."""
    actions.withdraw(recording=_own(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


def _own(request: CallRequest, pk: UUID) -> Recording:
    recording = find(request, pk)
    if not queries.is_party(request.caller.person, recording):
        raise NotFound(str(recording._meta.verbose_name))
    return recording


def _offer(given: ProposeTerms, by: Person) -> actions.Offer:
    listeners = [person_of(key, by, "listener_ids") for key in dict.fromkeys(given.listener_ids)]
    return actions.Offer(given.purpose, given.keep_until, listeners, given.for_learning)


def _consent(request: CallRequest, pk: UUID) -> ConsentTold:
    recording = find(request, pk)
    proposed = None
    if queries.is_party(request.caller.person, recording):
        proposed = queries.proposed(recording)
    lost = consents.loss(recording)
    return ConsentTold(
        in_force=_terms(recording, recording.terms),
        proposed=_terms(recording, proposed),
        n_turns=lost.n_turns,
        n_pins=lost.n_pins,
        n_corrections=lost.n_corrections,
    )


def _terms(recording: Recording, terms: Terms | None) -> TermsTold | None:
    if terms is None:
        return None
    terms.recording = recording
    listeners = list(terms.listeners.order_by("name"))
    fields = ("id", "number", "purpose", "keep_until", "for_learning", "in_force_at")
    return TermsTold(
        listeners=[who(person) for person in listeners],
        sentences=consents.wording(terms, listeners),
        agreed=[who(one.person) for one in queries.consents(terms) if one.withdrawn_at is None],
        **{name: getattr(terms, name) for name in fields},
    )
