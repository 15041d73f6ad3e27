"""What connects the organisation with programs: tokens, webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from telemachy.apps.integrations.actions import tokens, webhooks
from telemachy.apps.integrations.queries import tokens as token_queries
from telemachy.apps.integrations.queries import webhooks as webhook_queries
from telemachy.interfaces.api.door import CallRequest
from telemachy.interfaces.api.paging import PageOf, Paging, page
from telemachy.interfaces.api.service import Bearer
from telemachy.interfaces.common.agent_rows import who
from telemachy.interfaces.common.agent_shapes import Who
from telemachy.interfaces.common.fields import Address, Given, Line, Told
from telemachy.interfaces.common.lookups import one

if TYPE_CHECKING:
    from telemachy.apps.integrations.models import Token, Webhook

router = Router(tags=["Organisation"])
SEEN, ORGANISE = Bearer("read", "organise"), Bearer("organise")

Named = Annotated[Line, Field(min_length=1, examples=["Mentes"])]


class TokenTold(Told):
    """A token, without its secret."""

    id: UUID
    kind: str
    name: str
    prefix: str
    scopes: list[str]
    person: Who
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class WebhookTold(Told):
    """An address that is told of events."""

    id: UUID
    url: str
    topics: list[str]
    created_at: datetime


class MadeWebhook(WebhookTold):
    """A new webhook with the key that signs what it is sent."""

    signing_key: str


class SigningKey(Told):
    """The key that signs what a webhook is sent."""

    signing_key: str


class MakeWebhook(Given):
    """An address and what it is told of."""

    url: Annotated[Address, Field(min_length=1, examples=["https://hooks.example.org/telemachy"])]
    topics: Annotated[list[Literal[webhook_queries.TOPICS]], Field(min_length=1, max_length=30)]  # type: ignore[valid-type]  # made of the app's own list


class DeliveryTold(Told):
    """One event on its way to a webhook."""

    id: UUID
    webhook_id: UUID
    verb: str
    state: str
    n_attempts: int
    next_attempt_at: datetime
    created_at: datetime
    sent_at: datetime | None
    last_status: int | None
    last_error: str


@router.get("/tokens", response=PageOf[TokenTold], auth=SEEN, summary="List tokens")
def list_tokens(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the tokens that the caller may end. They are made on the pages: a token makes no token."""
    return page(token_queries.visible_to(request.caller.person), paging, _token)


@router.delete("/tokens/{uuid:pk}", response={204: None}, auth=SEEN, summary="End a token")
def revoke_token(request: CallRequest, pk: UUID) -> Any:
    """End a token at once: any may end itself, one that organises also the others that the caller may end."""
    by = request.caller.person
    token = one(token_queries.visible_to(by), pk)
    if token != request.caller.token:
        ORGANISE(request)
    tokens.revoke(token=token, by=by, now=request.now)
    return Status(204, None)


@router.get("/webhooks", response=PageOf[WebhookTold], auth=ORGANISE, summary="List webhooks")
def list_webhooks(request: CallRequest, paging: Query[Paging]) -> Any:
    """List the addresses that are told of events."""
    return page(webhook_queries.of_organisation(request.caller.person), paging, WebhookTold.model_validate)


@router.post("/webhooks", response={201: MadeWebhook}, auth=ORGANISE, summary="Make a webhook")
def make_webhook(request: CallRequest, given: MakeWebhook) -> Any:
    """Have an address of an allowed host told of events, signed with a key that is told here."""
    made = webhooks.make(url=given.url, topics=given.topics, by=request.caller.person, now=request.now)
    request.holds_secret = True
    told = WebhookTold.model_validate(made).model_dump()
    return Status(201, MadeWebhook(signing_key=webhook_queries.signing_key(made), **told))


@router.delete("/webhooks/{uuid:pk}", response={204: None}, auth=ORGANISE, summary="End a webhook")
def end_webhook(request: CallRequest, pk: UUID) -> Any:
    """Tell the address nothing any more."""
    webhooks.end(webhook=_webhook(request, pk), by=request.caller.person, now=request.now)
    return Status(204, None)


@router.post(
    "/webhooks/{uuid:pk}/trials", response={201: DeliveryTold}, auth=ORGANISE, summary="Send a trial"
)
def try_webhook(request: CallRequest, pk: UUID) -> Any:
    """Send a trial, which the log of deliveries shows."""
    made = webhooks.try_out(webhook=_webhook(request, pk), by=request.caller.person, now=request.now)
    return Status(201, DeliveryTold.model_validate(made))


@router.post(
    "/webhooks/{uuid:pk}/keys", response={201: SigningKey}, auth=ORGANISE, summary="Take a new signing key"
)
def rotate_key(request: CallRequest, pk: UUID) -> Any:
    """Sign with a new key from now on, which is told here."""
    key = webhooks.rotate(webhook=_webhook(request, pk), by=request.caller.person, now=request.now)
    request.holds_secret = True
    return Status(201, SigningKey(signing_key=key))


@router.post(
    "/deliveries/{uuid:pk}/attempts", response=DeliveryTold, auth=ORGANISE, summary="Try a delivery again"
)
def send_again(request: CallRequest, pk: UUID) -> Any:
    """Put a delivery that was given up on its way again."""
    by = request.caller.person
    webhooks.send_again(delivery=one(webhook_queries.deliveries_of(by), pk), by=by, now=request.now)
    return DeliveryTold.model_validate(one(webhook_queries.deliveries_of(by), pk))


@router.get("/deliveries", response=PageOf[DeliveryTold], auth=ORGANISE, summary="List deliveries")
def list_deliveries(request: CallRequest, paging: Query[Paging], webhook_id: UUID | None = None) -> Any:
    """List what was sent to the organisation's webhooks, and what became of it."""
    found = webhook_queries.deliveries_of(request.caller.person)
    found = found.filter(webhook_id=webhook_id) if webhook_id else found
    return page(found, paging, DeliveryTold.model_validate)


def _token(row: Token) -> TokenTold:
    fields = {name: getattr(row, name) for name in TokenTold.model_fields if name != "person"}
    return TokenTold(person=who(row.person), **fields)


def _webhook(request: CallRequest, pk: UUID) -> Webhook:
    return one(webhook_queries.of_organisation(request.caller.person), pk)
