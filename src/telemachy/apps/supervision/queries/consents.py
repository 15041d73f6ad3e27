"""The words that people agree to, and what a withdrawal takes away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachy.apps.supervision.models import Correction

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Recording, Terms


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes when consent is withdrawn."""

    has_audio: bool
    n_turns: int
    n_pins: int
    n_corrections: int


def wording(terms: Terms, listeners: list[Person]) -> list[str]:
    """Return the terms as sentences in the active language; joined, they are what a consent keeps."""
    recording = terms.recording
    names = ", ".join(person.name for person in listeners)
    told = [
        _(
            "“%(title)s”, the conversation of %(coach)s (coach) and %(client)s (client) on %(day)s, is "
            "uploaded."
        )
        % {
            "title": recording.title,
            "coach": recording.coach.name,
            "client": recording.client.name,
            "day": date_format(recording.held_on),
        },
        _("It is for: %(purpose)s.") % {"purpose": terms.get_purpose_display()},
        _("Besides the two of us it is heard and read by %(names)s, and by nobody else.") % {"names": names}
        if names
        else _("Nobody hears or reads it but the two of us."),
        _("Sound and words are deleted after %(day)s. Counts, and quotes that were pinned as evidence, stay.")
        % {"day": date_format(terms.keep_until)},
    ]
    if terms.for_learning:
        told.append(
            _(
                "Sentences whose code a person corrected may be taken, without our two names, to train our "
                "organisation's own model."
            )
        )
    told.append(_("Each of us can withdraw at any time, without a reason; then it is deleted at once."))
    return told


def loss(recording: Recording) -> Loss:
    """Return what a withdrawal would delete."""
    return Loss(
        has_audio=bool(recording.audio),
        n_turns=recording.n_turns,
        n_pins=recording.evidence.count(),
        n_corrections=Correction.objects.filter(utterance__recording=recording).count(),
    )
