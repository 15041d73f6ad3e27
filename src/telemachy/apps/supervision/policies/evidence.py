"""Who may pin evidence, and take a pin off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.supervision.policies import recordings
from telemachy.core.shared.verdict import Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Evidence, Recording


def pin(actor: Person, recording: Recording) -> Verdict:
    """Pin a moment: whoever may read the recording, while its words are there."""
    return recordings.correct(actor, recording)


def unpin(actor: Person, evidence: Evidence) -> Verdict:
    """Take a pin off: whoever put it."""
    if evidence.author_id != actor.pk:
        return refused(_("Only whoever pinned this can take it off."))
    return recordings.read(actor, evidence.recording)
