"""Recorded conversations: what was agreed on them, who said what, and what it was coded as."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import RECORDING


class Recording(Record):
    """One conversation of a coach with a client; its content is for those whom the terms in force name."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="recordings"
    )
    coach = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="recordings_as_coach")
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="recordings_as_client")
    title = models.CharField(max_length=160)
    #: The day of the conversation.
    held_on = models.DateField()
    state = models.CharField(max_length=12, default=RECORDING.initial)
    state_since = models.DateTimeField()
    created_at = models.DateTimeField()
    #: The terms that everybody agreed to; null until then.
    terms = models.ForeignKey(
        "supervision.Terms", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    audio = models.FileField(upload_to="recordings/%Y/%m/", max_length=300, blank=True)
    audio_type = models.CharField(max_length=40, blank=True)
    audio_size = models.PositiveBigIntegerField(default=0)
    #: The transcript as it was uploaded, so that the speakers can be told apart anew.
    transcript = models.FileField(upload_to="recordings/%Y/%m/", max_length=300, blank=True)
    #: What a reader left out or assumed: [code, line, params], at most a few hundred, and how many in all.
    notes = models.JSONField(default=list, blank=True)
    n_notes = models.PositiveIntegerField(default=0)
    #: Name in the transcript -> "coach" or "client", as the coach confirmed.
    seats = models.JSONField(default=dict, blank=True)
    n_turns = models.PositiveIntegerField(default=0)
    #: core.conversation's measures by name, kept up with corrections; numbers only.
    measures = models.JSONField(default=dict, blank=True)
    #: Why the last transcription came to nothing, in a code that a page has words for.
    problem = models.CharField(max_length=40, blank=True)
    uploaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["coach", "-held_on"], name="recording_by_coach"),
            models.Index(fields=["client", "-held_on"], name="recording_by_client"),
        )

    def __str__(self) -> str:
        return f"recording {self.pk}"


class Terms(Record):
    """A version of what a recording is for, who may hear and read it, and how long it is kept."""

    class Purpose(models.TextChoices):
        FEEDBACK = "feedback", _("feedback from a mentor coach on how the coach works")
        CREDENTIAL = "credential", _("an assessment towards a credential of the coach")
        REFLECTION = "reflection", _("the coach's own reflection")

    recording = models.ForeignKey("supervision.Recording", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    #: The last day on which the sound and the words are kept.
    keep_until = models.DateField()
    #: Besides coach and client.
    listeners = models.ManyToManyField("people.Person", related_name="+", blank=True)
    #: Whether corrected sentences may be taken to train the organisation's own model.
    for_learning = models.BooleanField(default=False)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["recording", "number"], name="terms_number_once"),)

    def __str__(self) -> str:
        return f"terms {self.number} of {self.recording_id}"


class Consent(Record):
    """One party's yes to a version of the terms, given in the party's own name, in these words."""

    terms = models.ForeignKey("supervision.Terms", on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="recording_consents")
    wording = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["terms", "person"], name="recording_consent_once"),)

    def __str__(self) -> str:
        return f"consent of {self.person_id}"


class Utterance(Record):
    """A turn of a recording, with the engine's code and, where somebody corrected it, theirs."""

    class Seat(models.TextChoices):
        COACH = "coach", _("Coach")
        CLIENT = "client", _("Client")

    recording = models.ForeignKey(
        "supervision.Recording", on_delete=models.CASCADE, related_name="utterances"
    )
    #: From 0, in the order of the conversation.
    number = models.PositiveIntegerField()
    seat = models.CharField(max_length=6, choices=Seat.choices)
    #: Seconds from the beginning, where the transcript gives them.
    start = models.FloatField(null=True, blank=True)
    end = models.FloatField(null=True, blank=True)
    #: "" once the recording has expired.
    text = models.TextField(blank=True)
    #: A core.conversation.Code; {} for the client's turns.
    code = models.JSONField(default=dict, blank=True)
    corrected = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["recording", "number"], name="utterance_once"),)

    def __str__(self) -> str:
        return f"turn {self.number} of {self.recording_id}"

    @property
    def holds(self) -> dict[str, Any]:
        """The code that counts: a person's before the engine's."""
        code: dict[str, Any] = self.code if self.corrected is None else self.corrected
        return code


class Correction(Record):
    """Who said that a turn is something else than it was coded as; kept, so that it can be learnt from."""

    utterance = models.ForeignKey(
        "supervision.Utterance", on_delete=models.CASCADE, related_name="corrections"
    )
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    #: Kinds as in core.conversation.kinds; `kind` is "" where the engine's code was brought back.
    was = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return f"{self.was} to {self.kind}"


class RecordingRules(Record):
    """What an organisation lays down for its recordings."""

    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.CASCADE, related_name="recording_rules"
    )
    #: The most days that the sound and the words of a recording are kept.
    keep_days = models.PositiveSmallIntegerField()
    #: Whether pairs may be asked to let corrected sentences train the organisation's own model.
    learning = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"rules of {self.organisation_id}"
