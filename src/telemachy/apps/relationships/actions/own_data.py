"""Pack everything a person may see about themselves."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, queue
from telemachy.apps.people.actions import privacy
from telemachy.apps.relationships.queries import own_data

if TYPE_CHECKING:
    from telemachy.apps.people.models import DataExport, Person

#: Larger packages are written to a file on the way.
IN_MEMORY = 5 * 1024 * 1024


@action
def request_export(*, person: Person, by: Person, now: datetime) -> DataExport:
    """Have a person's data packed in the background. Raises NotAllowed while a copy is being packed."""
    export = privacy.open_export(person=person, by=by, now=now)
    queue.enqueue("telemachy.apps.relationships.jobs.own_data.pack_own_data", export_id=str(export.pk))
    return export


@action
def pack(*, export: DataExport, by: None, now: datetime) -> None:
    """Write the ZIP: data.json with everything, and the files beside it."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as stream:
        _write(stream, export.person)
        stream.seek(0)
        privacy.close_export(export=export, packed=File(stream), by=None, now=now)


def _write(stream: IO[bytes], person: Person) -> None:
    data: dict[str, Any] = own_data.everything(person)
    missing = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in own_data.files(person):
            if not file.storage.exists(str(file.name)):
                missing.append(name)
                continue
            with file.open("rb") as source, archive.open(name, "w") as target:
                shutil.copyfileobj(source, target)
        data["missing_files"] = missing
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
        archive.writestr(
            "README.txt", _("data.json holds everything Telemachy knows about you; files/ what you uploaded.")
        )
