"""What a person has asked of their own data, and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachy.apps.people.models import Consent, DataExport

if TYPE_CHECKING:
    from uuid import UUID

    from telemachy.apps.people.models import Person

#: purpose -> the words that a person agrees to; a change of the words needs a new purpose.
PURPOSES: dict[str, str | Promise] = {
    "matching": _(
        "My profile (skills, goals, languages, working hours, style) may be used to propose pairs, and those "
        "who run my programmes see it."
    ),
}


#: A copy that takes longer was given up by its job.
PACKED_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ConsentReport:
    """One purpose with where the person stands; `given_at` is None when it was never given."""

    purpose: str
    wording: str | Promise
    given_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether the consent is given and not withdrawn."""
        return self.given_at is not None and self.withdrawn_at is None


def exports_of(person: Person) -> QuerySet[DataExport]:
    """Return the person's own exports, latest first."""
    return DataExport.objects.filter(person=person)


def is_packing(person: Person, now: datetime) -> bool:
    """Tell whether a copy is on its way; one that has not come within a day comes no more."""
    asked = exports_of(person).filter(state=DataExport.State.PACKING, requested_at__gt=now - PACKED_WITHIN)
    return asked.exists()


def export_to_pack(export_id: UUID | str) -> DataExport | None:
    """Return an export that is still to be packed, for the job."""
    return DataExport.objects.select_related("person").filter(pk=export_id, state="packing").first()


def exports_past(now: datetime) -> QuerySet[DataExport]:
    """Return the exports whose time is over but whose file is still there."""
    return DataExport.objects.filter(state="ready", expires_at__lte=now)


def consents_of(person: Person) -> list[ConsentReport]:
    """Return where the person stands on each purpose."""
    latest = {consent.purpose: consent for consent in person.consents.order_by("given_at")}
    return [
        ConsentReport(
            purpose,
            latest[purpose].wording if purpose in latest else wording,
            latest[purpose].given_at if purpose in latest else None,
            latest[purpose].withdrawn_at if purpose in latest else None,
        )
        for purpose, wording in PURPOSES.items()
    ]


def withdrew(purpose: str) -> QuerySet[Consent, Any]:
    """Return the persons' keys that gave a consent and have withdrawn it since, for `exclude(pk__in=...)`."""
    holds = Consent.objects.filter(person=OuterRef("person"), purpose=purpose, withdrawn_at__isnull=True)
    taken_back = Consent.objects.filter(purpose=purpose, withdrawn_at__isnull=False)
    return taken_back.filter(~Exists(holds)).values("person_id")


def own_data(person: Person) -> dict[str, Any]:
    """Return what this app knows of the person, ready for JSON."""
    fields = [
        *("name", "email", "external_id", "job_title", "function", "seniority", "location", "time_zone"),
        *("languages", "skills_offered", "skills_sought", "goals_text", "style", "about", "working_hours"),
        *("capacity", "paused_until", "mail", "is_administrator", "created_at", "left_at"),
    ]
    return {
        "profile": {name: getattr(person, name) for name in fields},
        "organisation": person.organisation.name,
        "line_manager": person.line_manager.name if person.line_manager else "",
        "sign_in": {
            "email": person.user.email,
            "language": person.user.language,
            "since": person.user.date_joined,
        }
        if person.user
        else None,
        "agents": list(person.agents.values("name", "purpose")),
        "consents": list(
            person.consents.order_by("given_at").values("purpose", "wording", "given_at", "withdrawn_at")
        ),
        "invitations": list(
            person.invitations.values("created_at", "expires_at", "accepted_at", "revoked_at")
        ),
        "notifications": list(
            person.notifications.order_by("created_at").values(
                "kind", "params", "created_at", "read_at", "mailed_at"
            )
        ),
    }
