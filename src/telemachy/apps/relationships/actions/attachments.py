"""Add and remove the files of a situation."""

from __future__ import annotations

import functools
import uuid
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions.situations import locked
from telemachy.apps.relationships.models import Attachment, Situation
from telemachy.apps.relationships.policies import attachments as policies
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.filekinds import ENDINGS, kind_of

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_NAME_CHARS = 120


@action
def attach(*, situation: Situation, file: File[bytes], name: str, by: Person, now: datetime) -> Attachment:
    """Add a file of an allowed kind and size; its stored name tells nothing. Raises NotAllowed, BadInput."""
    situation = locked(situation)
    policies.attach(by, situation).require()
    if not file.size:
        raise BadInput(_("The file is empty."), field="file")
    if file.size > settings.MAX_ATTACHMENT_BYTES:
        megabytes = settings.MAX_ATTACHMENT_BYTES // (1024 * 1024)
        raise BadInput(_("The file is larger than %(n)d MB.") % {"n": megabytes}, field="file")
    kind = kind_of(name, file)
    if kind is None:
        endings = ", ".join(ENDINGS)
        raise BadInput(
            _("Such a file cannot be attached, or it is not what its name says. Possible: %(endings)s.")
            % {"endings": endings},
            field="file",
        )
    attachment = Attachment(
        situation=situation,
        name=_plain_name(name),
        content_type=kind.media_type,
        size=file.size,
        uploaded_by=by,
        uploaded_at=now,
    )
    attachment.file.save(f"{uuid.uuid4().hex}{kind.endings[0]}", file, save=False)
    attachment.save(force_insert=True)
    events.record("situation.file_added", by=by, now=now, on=situation, size=file.size, kind=kind.media_type)
    return attachment


@action
def detach(*, attachment: Attachment, by: Person, now: datetime) -> None:
    """Remove a file for good. Raises NotAllowed."""
    situation, stored = locked(attachment.situation), attachment.file
    attachment.situation = situation
    policies.detach(by, attachment).require()
    name = str(stored.name)
    attachment.delete()
    transaction.on_commit(functools.partial(stored.storage.delete, name))
    events.record("situation.file_removed", by=by, now=now, on=situation)


def _plain_name(name: str) -> str:
    """Return the last part of the name, printable and short, its ending kept."""
    path = PurePath("".join(letter for letter in name.replace("\\", "/") if letter.isprintable()))
    return f"{path.stem[:MAX_NAME_CHARS]}{path.suffix}"
