"""Who may add and remove the files of a situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachy.apps.relationships.policies import guidance
from telemachy.apps.relationships.queries.attachments import MAX_ATTACHMENTS
from telemachy.core.shared.verdict import Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Attachment, Situation


def attach(actor: Person, situation: Situation) -> Verdict:
    """Add a file: whoever may write about the situation, up to a bound."""
    verdict = guidance.converse(actor, situation)
    if verdict and situation.attachments.count() >= MAX_ATTACHMENTS:
        return refused(
            ngettext(
                "A situation holds %(n)d file; remove it first.",
                "A situation holds at most %(n)d files; remove one first.",
                MAX_ATTACHMENTS,
            )
            % {"n": MAX_ATTACHMENTS}
        )
    return verdict


def detach(actor: Person, attachment: Attachment) -> Verdict:
    """Remove a file: whoever added it."""
    if attachment.uploaded_by_id != actor.pk:
        return refused(_("Only whoever added a file can remove it."))
    return guidance.converse(actor, attachment.situation)
