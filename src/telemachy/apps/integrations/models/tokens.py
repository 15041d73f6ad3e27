"""Keys by which programs act for a person, an agent or an organisation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record


class Token(Record):
    """A bearer key: shown once, kept as a digest, bounded in scope and time.

    `person` is whoever acts with it, and thereby the tenant: the policies see nobody else.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("Personal")
        AGENT = "agent", _("Agent")
        ORGANISATION = "organisation", _("Organisation")
        VERIFIER = "verifier", _("Verifier")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    #: The beginning of the secret, by which a person tells two tokens apart.
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    #: Verifier keys: the one programme whose situations it checks.
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    #: The application that asked for it over OAuth, which renews its secret; none when a person made it.
    application = models.ForeignKey(
        "integrations.Application", on_delete=models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    #: Where alone it opens anything, such as https://host/mcp; empty: the API, and whatever calls it.
    audience = models.CharField(max_length=300, blank=True)
    #: When the present secret of an application ends; the token itself lives until `expires_at`.
    secret_ends_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-created_at"], name="token_by_person"),)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
