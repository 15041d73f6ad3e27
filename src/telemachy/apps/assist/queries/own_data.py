"""What is kept of a person's use of a language model, for the person to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telemachy.apps.assist.models import Agreement, Use

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def own_data(person: Person) -> dict[str, Any]:
    """Return what was agreed to, and each use without its text, which is kept nowhere."""
    agreed = ("host", "model", "wording", "agreed_at", "withdrawn_at")
    used = ("kind", "state", "n_input_tokens", "n_output_tokens", "asked_at")
    return {
        "language_model": {
            "agreements": list(Agreement.objects.filter(person=person).order_by("agreed_at").values(*agreed)),
            "uses": list(Use.objects.filter(person=person).order_by("asked_at").values(*used)),
        }
    }
