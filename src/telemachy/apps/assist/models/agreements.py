"""What people agreed to before words of theirs left the installation."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Agreement(Record):
    """A person lets their words be sent to one model at one host, as the notice said it to them."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    host = models.CharField(max_length=253)
    model = models.CharField(max_length=200)
    wording = models.TextField()
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "withdrawn_at"], name="agreement_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} to {self.host}"
