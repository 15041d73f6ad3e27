"""A spreadsheet on its way to enrolments: uploaded, mapped, checked, previewed, committed."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import ROSTER_IMPORT


class RosterImport(Record):
    """One or two uploaded files and what became of them."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="roster_imports"
    )
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=12, default=ROSTER_IMPORT.initial)
    committed_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    #: Files in the order given: {"name", "path", "role", "encoding", "delimiter", "sheet", "header",
    #: "signature", "columns": [{"samples", "field", "reason", "params"}]}.
    files = models.JSONField(default=list)
    #: For each file {"columns": {column number as text: field name}, "role": seat of all rows or ""}.
    mappings = models.JSONField(default=list, blank=True)
    #: The check under way; a batch of an earlier one is refused.
    attempt = models.UUIDField(null=True, editable=False)
    #: {"create": n, "update": n, "same": n, "rejected": n, "warnings": n}
    counts = models.JSONField(default=dict, blank=True)
    n_done = models.PositiveIntegerField(default=0)
    n_total = models.PositiveIntegerField(null=True, blank=True)
    #: Why it failed: {"code", "params"}; see queries.rosters.
    problem = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["programme", "-created_at"], name="roster_by_programme"),)

    def __str__(self) -> str:
        return f"roster of {self.programme_id}"


class RosterRow(models.Model):
    """One checked row: what it would do, or why it is rejected and how to mend it."""

    class Effect(models.TextChoices):
        CREATE = "create"
        UPDATE = "update"
        SAME = "same"
        REJECTED = "rejected"

    roster_import = models.ForeignKey(
        "programmes.RosterImport", on_delete=models.CASCADE, related_name="rows"
    )
    file = models.PositiveSmallIntegerField(default=0)
    line = models.PositiveIntegerField()
    effect = models.CharField(max_length=8, choices=Effect.choices)
    #: The name as the file has it, tidied; "" where it has none.
    name = models.CharField(max_length=200, blank=True)
    #: Who the row is about: a person that exists, or the key that a new one will get.
    subject_id = models.UUIDField(null=True)
    #: {"values": the person's fields to set, "seats": {seat: capacity or None} to take}, each left out
    #: when empty.
    person = models.JSONField(default=dict)
    #: The cells as they came, for rejected rows only: they go back to whoever has to mend them.
    cells = models.JSONField(default=list)
    #: [{"column", "field", "value", "code", "params"}]; see queries.rosters.Problem.
    problems = models.JSONField(default=list)
    n_warnings = models.PositiveSmallIntegerField(default=0)
    #: [{"field", "old", "new"}], for line managers also their names as {"old_name", "new_name"}.
    changes = models.JSONField(default=list)

    class Meta:
        indexes = (
            models.Index(fields=["roster_import", "effect", "file", "line"], name="roster_row_by_effect"),
        )

    def __str__(self) -> str:
        return f"line {self.line}: {self.effect}"


class ColumnMapping(Record):
    """A confirmed mapping of headers to fields, remembered for the next file with the same headers."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="column_mappings"
    )
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "signature"], name="mapping_once"),)

    def __str__(self) -> str:
        return self.signature
