"""A person's own data: packed to take along, and erased. Other apps' parts are orchestrated above."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events, outbox
from telemachy.apps.people import policies
from telemachy.apps.people.actions import notifications, organisations
from telemachy.apps.people.models import DataExport, Notification, Person
from telemachy.core.shared.redaction import redact, spellings_in_json

#: How long a packed copy can be fetched.
KEEP_EXPORT = timedelta(days=7)

#: What a person's row keeps after erasure is its key alone; these go back to nothing.
_BLANK: dict[str, Any] = {
    "email": "",
    "external_id": "",
    "job_title": "",
    "function": "",
    "seniority": None,
    "line_manager": None,
    "location": "",
    "time_zone": "UTC",
    "languages": [],
    "skills_offered": [],
    "skills_sought": [],
    "goals_text": "",
    "style": "",
    "about": "",
    "working_hours": {},
    "capacity": 1,
    "paused_until": None,
    "mail": "off",
    "digest_on": None,
    "is_administrator": False,
    "owner": None,
    "purpose": "",
    "user": None,
}


@action
def open_export(*, person: Person, by: Person, now: datetime) -> DataExport:
    """Note that a person wants a copy of their data. Raises NotAllowed while one is being packed."""
    policies.request_export(by, person, now).require()
    export = DataExport.objects.create(person=person, requested_at=now)
    events.record("data_export.requested", by=by, now=now, on=export)
    return export


@action
def close_export(*, export: DataExport, packed: File[bytes], by: None, now: datetime) -> None:
    """Keep the packed copy for its time, and tell the person; not of somebody erased meanwhile, nor twice."""
    waiting = DataExport.objects.select_for_update(of=("self",)).filter(state=DataExport.State.PACKING)
    held = waiting.select_related("person").filter(pk=export.pk).first()
    if held is None:
        events.unchanged()
        return
    export = held
    storage, place = export.file.storage, _place_of(export)
    storage.delete(place)  # what a worker left that was lost before it could note that it had packed
    export.file.name = storage.save(place, packed)
    export.size = export.file.size
    export.state = DataExport.State.READY
    export.ready_at = now
    export.expires_at = now + KEEP_EXPORT
    export.save()
    notifications.tell(
        person=export.person,
        kind="data_export.ready",
        path=reverse("privacy"),
        now=now,
    )
    events.record(
        "data_export.ready",
        by=by,
        now=now,
        on=export,
        organisation_id=export.person.organisation_id,
        size=export.size,
    )


@action
def note_download(*, export: DataExport, by: Person, now: datetime) -> None:
    """Keep that the copy was fetched. Raises NotAllowed."""
    policies.download(by, export).require()
    events.record("data_export.fetched", by=by, now=now, on=export)


@action
def expire_export(*, export: DataExport, by: None, now: datetime) -> None:
    """Let a copy go whose time is over."""
    _delete_file(export)
    export.file = ""
    export.state = DataExport.State.EXPIRED
    export.save(update_fields=["file", "state"])
    events.record(
        "data_export.expired", by=by, now=now, on=export, organisation_id=export.person.organisation_id
    )


@action
def erase_person(*, person: Person, by: Person, now: datetime) -> None:
    """Turn a person into "Someone": no field, sign-in, news or export of theirs stays. Raises NotAllowed."""
    organisations.hold_administrators(person)
    policies.erase(by, person).require()
    name, address, user = person.name, person.email, person.user
    for export in person.data_exports.select_for_update():  # one that is just being kept is waited for
        _delete_file(export)
    list(person.notifications.select_for_update().order_by("pk").values_list("pk"))  # see mark_all_read
    for rows in (person.data_exports, person.notifications, person.invitations, person.consents):
        rows.all().delete()
    person.agents.update(owner=None)
    person.reports.update(line_manager=None)
    person.name = called_after(person)
    for field, value in _BLANK.items():
        setattr(person, field, value)
    person.left_at = person.left_at or now
    person.erased_at = now
    person.save()
    others = Notification.objects.filter(person__organisation_id=person.organisation_id)
    mentions = Q()
    for word in filter(None, (name, address)):
        for spelled in spellings_in_json(word):
            mentions |= Q(params__icontains=spelled)
    for news in others.filter(mentions).order_by("pk").iterator():
        news.params = redact(news.params, (name, address), person.name)
        news.save(update_fields=["params"])
    outbox.forget(
        address=address,
        name=name,
        called=person.name,
        organisation_id=person.organisation_id,
        by=None,
        now=now,
    )
    if user is not None and not user.persons.exists():
        user.delete()
    events.record("person.erased", by=None, now=now, on=person, organisation_id=person.organisation_id)


def called_after(person: Person) -> str:
    """Return what an erased person is called, in the language of the organisation."""
    with translation.override(person.organisation.language):
        return _("Someone")


def _place_of(export: DataExport) -> str:
    return f"exports/{export.requested_at:%Y/%m}/{export.pk.hex}.zip"


def _delete_file(export: DataExport) -> None:
    # A worker that was lost while packing may have left a file of which the row does not know.
    for place in {export.file.name or "", _place_of(export)} - {""}:
        transaction.on_commit(partial(export.file.storage.delete, place))
