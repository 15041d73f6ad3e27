"""An organisation's own settings, addresses that were wrong, and mail that did not arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Query, Router, Status
from pydantic import AfterValidator, Field

from telemachy.apps.audit import queries as audit
from telemachy.apps.audit.actions import outbox
from telemachy.apps.people import policies
from telemachy.apps.people import queries as people
from telemachy.apps.people.actions import invitations, organisations
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.operations.invitations import Invited
from telemachy.interfaces.api.operations.me import Zone
from telemachy.interfaces.api.operations.organisation import Email, PersonTold, person_told
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.fields import Given, Line, Told, said
from telemachy.interfaces.common.lookups import one

router = Router(tags=["Organisation"])
SEEN, ORGANISE = Bearer("read", "organise"), Bearer("organise")


def _language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise ValueError("must be one of " + ", ".join(dict(settings.LANGUAGES)))
    return code


class OrganisationTold(Told):
    """The organisation, and what new people start with."""

    id: UUID
    name: str
    slug: str
    language: str
    time_zone: str


class ChangeOrganisation(Given):
    """Its name, and the language and zone that new people start with."""

    name: Annotated[Line, Field(min_length=1, examples=["Ithaca"]), AfterValidator(said)]
    language: Annotated[str, Field(max_length=10, examples=["en"]), AfterValidator(_language)]
    time_zone: Zone


class CorrectAddress(Given):
    """The right address."""

    email: Email


class MailTold(Told):
    """A mail that did not arrive, and why; without its text."""

    id: UUID
    to: str
    subject: str
    state: str
    n_attempts: int
    last_error: str
    created_at: datetime


@router.get("/organisation", response=OrganisationTold, auth=SEEN, summary="Read the organisation")
def read_organisation(request: CallRequest) -> Any:
    """Read the name of one's organisation, and what new people start with."""
    return OrganisationTold.model_validate(request.caller.person.organisation)


@router.put("/organisation", response=OrganisationTold, auth=ORGANISE, summary="Change the organisation")
def change_organisation(request: CallRequest, given: ChangeOrganisation) -> Any:
    """Set the name, and the language and zone that new people start with."""
    by = request.caller.person
    organisations.change_settings(organisation=by.organisation, by=by, now=request.now, **given.model_dump())
    return OrganisationTold.model_validate(by.organisation)


@router.post("/people/invitations", response=Invited, auth=ORGANISE, summary="Invite who cannot sign in")
def invite_many(request: CallRequest) -> Any:
    """Invite everybody of the organisation who has no sign-in yet and no invitation on its way."""
    by = request.caller.person
    policies.administer(by, by.organisation_id).require()
    persons = people.to_invite(by, request.now)
    return Invited(n_invited=invitations.invite_many(persons=persons, by=by, now=request.now))


@router.put("/people/{uuid:pk}/address", response=PersonTold, auth=ORGANISE, summary="Correct an address")
def correct_address(request: CallRequest, pk: UUID, given: CorrectAddress) -> Any:
    """Correct an address before it is signed in with; links on their way end."""
    by = request.caller.person
    person = one(people.administered_by(by), pk)
    organisations.correct_address(person=person, email=given.email, by=by, now=request.now)
    return person_told(one(people.administered_by(by), pk))


@router.get("/undelivered-mail", response=PageOf[MailTold], auth=ORGANISE, summary="List undelivered mail")
def list_undelivered(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the mail that did not arrive, for administrators; nothing for others."""
    return page(audit.undelivered_mail(request.caller.person), paging, MailTold.model_validate)


@router.post(
    "/undelivered-mail/{uuid:pk}/attempts", response={204: None}, auth=ORGANISE, summary="Send a mail again"
)
def resend_mail(request: CallRequest, pk: UUID) -> Any:
    """Put a mail that did not arrive on its way again."""
    by = request.caller.person
    outbox.resend(message=one(audit.undelivered_mail(by), pk), by=by, now=request.now)
    return Status(204, None)
