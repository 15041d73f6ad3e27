"""Supervision: who meets, the cases that practitioners bring, and what was said about them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import SUPERVISION_CASE, SUPERVISION_ROOM
from telemachy.core.supervision import Lens


class SupervisionRoom(Record):
    """A supervisor and those who bring cases: one of them, or a group."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="supervision_rooms"
    )
    supervisor = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="supervision_rooms"
    )
    state = models.CharField(max_length=8, default=SUPERVISION_ROOM.initial)
    state_since = models.DateTimeField()
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("asked_at",)
        indexes = (models.Index(fields=["supervisor", "state"], name="room_by_supervisor"),)

    def __str__(self) -> str:
        return f"supervision room {self.pk}"


class RoomMember(Record):
    """A practitioner's place in a room."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        JOINED = "joined", _("In the room")
        LEFT = "left", _("Left")

    room = models.ForeignKey("supervision.SupervisionRoom", on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="room_places")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    #: A case shared before this moment is not for this member.
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at",)
        constraints = (models.UniqueConstraint(fields=["room", "person"], name="room_member_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.room_id}"


class SupervisionCase(Record):
    """Something from the own practice that a practitioner looks at; the owner's alone until it is shared."""

    owner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="supervision_cases")
    room = models.ForeignKey(
        "supervision.SupervisionRoom", on_delete=models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    #: For the owner's eyes alone.
    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: What the client is called here.
    alias = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    happened = models.TextField(blank=True)
    question = models.TextField(blank=True)
    #: A core.supervision.Lens.
    lens = models.CharField(max_length=14, default=Lens.CLIENT.value)
    #: Codes of core.supervision.Pattern.
    patterns = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, default=SUPERVISION_CASE.initial)
    #: What the owner takes from it.
    takeaway = models.TextField(blank=True)
    written_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at",)
        indexes = (
            models.Index(fields=["owner", "state"], name="case_by_owner"),
            models.Index(fields=["room", "state"], name="case_by_room"),
        )

    def __str__(self) -> str:
        return f"supervision case {self.pk}"


class CaseNote(Record):
    """What somebody of the room says about a case, perhaps under one lens."""

    case = models.ForeignKey("supervision.SupervisionCase", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="case_notes")
    #: A core.supervision.Lens, or none.
    lens = models.CharField(max_length=14, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("written_at",)

    def __str__(self) -> str:
        return f"note on {self.case_id}"
