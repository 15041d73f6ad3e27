"""Applications that ask people for a token (OAuth), and what lies between asking and having one."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Application(Record):
    """A program that registered itself. Everything in it is its own claim; nobody has checked it.

    Its `id` is the client's id of the protocol. It belongs to no organisation, and holds no secret: what
    proves a request is its code challenge.
    """

    name = models.CharField(max_length=100)
    #: Where answers may be sent; nothing else is ever followed.
    redirect_uris = models.JSONField(default=list)
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class AuthorisationCode(Record):
    """What a person allowed an application, for the minute until the application fetches its token."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    granted_by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    scopes = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField()
    #: SHA-256 of what the application has to show when it comes for the token.
    challenge = models.CharField(max_length=128)
    redirect_uri = models.CharField(max_length=500)
    #: Whether the application named the address itself; then it has to name it again.
    names_uri = models.BooleanField()
    audience = models.CharField(max_length=300)
    created_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    #: What came of it; a code that is shown again ends it.
    token = models.ForeignKey("integrations.Token", on_delete=models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.application}: {', '.join(self.scopes)}"


class Renewal(Record):
    """A refresh token: gives the token a new secret, once. Shown again, it ends the token."""

    token = models.ForeignKey("integrations.Token", on_delete=models.CASCADE, related_name="renewals")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.token} {self.created_at}"
