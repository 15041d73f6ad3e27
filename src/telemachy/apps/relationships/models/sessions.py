"""Sessions: slots, agenda, notes, action items; and the personal calendar feed."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import SESSION


class Session(Record):
    """A meeting of the pair; `uid` and `sequence` keep calendars in step (RFC 5545)."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="sessions"
    )
    state = models.CharField(max_length=10, default=SESSION.initial)
    starts_at = models.DateTimeField(null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(default=60)
    video_url = models.URLField(max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    #: grow, oscar, clear, or "" for none.
    guide = models.CharField(max_length=8, default="grow", blank=True)
    goal = models.ForeignKey(
        "relationships.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    sequence = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    #: When time, place or state last changed, for calendars; null until it is scheduled.
    changed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["relationship", "-starts_at"], name="session_by_relationship"),
            models.Index(fields=["state", "starts_at"], name="session_by_start"),
        )

    def __str__(self) -> str:
        return f"session {self.pk}"


class SessionSlot(Record):
    """A proposed time for a session that is not scheduled yet."""

    session = models.ForeignKey("relationships.Session", on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at",)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class AgendaItem(Record):
    """A point of the agenda, drawn from a situation, a goal, an action item, or written by hand."""

    session = models.ForeignKey("relationships.Session", on_delete=models.CASCADE, related_name="agenda")
    text = models.CharField(max_length=300)
    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    goal = models.ForeignKey(
        "relationships.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action_item = models.ForeignKey(
        "relationships.ActionItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    covered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.text


class SessionNote(Record):
    """A note of one author: private to the author, or shared with the pair. One box of each."""

    session = models.ForeignKey("relationships.Session", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    shared = models.BooleanField()
    text = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "author", "shared"], name="session_note_once"),
        )

    def __str__(self) -> str:
        return f"{'shared' if self.shared else 'private'} note"


class ActionItem(Record):
    """Who does what by when."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="action_items"
    )
    session = models.ForeignKey(
        "relationships.Session", on_delete=models.SET_NULL, null=True, blank=True, related_name="action_items"
    )
    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="action_items")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "created_at")

    def __str__(self) -> str:
        return self.text


class CalendarFeed(Record):
    """A person's secret calendar address; revoking it makes the address useless."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="calendar_feeds")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"feed of {self.person_id}"
