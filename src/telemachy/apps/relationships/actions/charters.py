"""Begin, propose and agree to charters."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions.activation import activate_if_ready
from telemachy.apps.relationships.actions.steps import hold, tell_others
from telemachy.apps.relationships.models import Charter, CharterAgreement, Draft
from telemachy.apps.relationships.policies import charters as policies
from telemachy.apps.relationships.queries import charters as queries
from telemachy.apps.relationships.queries import withholding
from telemachy.core.shared.errors import BadInput, WrongState

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship

MAX_HOURS_A_MONTH = 100


class Overtaken(WrongState):
    """Somebody proposed another version while this one was written; `latest` is theirs."""

    def __init__(self, latest: Charter) -> None:
        name = latest.proposed_by.name if latest.proposed_by is not None else _("Somebody")
        super().__init__(_("%(name)s proposed another version in the meantime.") % {"name": name})
        self.latest = latest


@action
def draft(*, relationship: Relationship, by: Person, now: datetime) -> Charter:
    """Begin with the programme's draft as version 1; nobody has agreed to it yet. Raises NotAllowed."""
    relationship = hold(relationship)
    policies.draft(by, relationship).require()
    given = relationship.programme.charter_draft
    charter = Charter.objects.create(
        relationship=relationship,
        version=1,
        proposed_by=by,
        created_at=now,
        **{name: str(given.get(name) or "") for name in queries.SECTIONS if name not in queries.NUMBERS},
    )
    tell_others(relationship, "charter.begun", _path(relationship), by, now)
    events.record("charter.begun", by=by, now=now, on=charter, version=1)
    return charter


@action
def propose(
    *,
    relationship: Relationship,
    by: Person,
    now: datetime,
    based_on: int,
    success: str,
    cadence: str = "",
    hours_a_month: Decimal | None = None,
    feedback_kinds: str = "",
    out_of_scope: str = "",
    confidentiality: str = "",
    escalation: str = "",
    withheld_one_in: int = 0,
    begin_by_lot: bool = False,
) -> Charter:
    """Propose a version and agree to it oneself; what is in force holds until everybody has agreed.

    `based_on` is the version that was edited. Raises NotAllowed, BadInput, and Overtaken when there is a
    later one.
    """
    relationship = hold(relationship)
    policies.propose(by, relationship).require()
    latest = relationship.charters.select_related("proposed_by").first()
    assert latest is not None  # the policy has seen it
    if latest.version != based_on:
        raise Overtaken(latest)
    text: dict[str, queries.Value] = {
        "success": success,
        "cadence": cadence,
        "hours_a_month": hours_a_month,
        "feedback_kinds": feedback_kinds,
        "out_of_scope": out_of_scope,
        "confidentiality": confidentiality,
        "escalation": escalation,
        "withheld_one_in": withheld_one_in,
        "begin_by_lot": begin_by_lot,
    }
    _check(text, latest)
    charter = Charter.objects.create(
        relationship=relationship, version=latest.version + 1, proposed_by=by, created_at=now, **text
    )
    Draft.objects.filter(person=by, key=queries.draft_key(relationship)).delete()
    n_changed = len(queries.changes(queries.text_of(latest), text))
    events.record(
        "charter.proposed", by=by, now=now, on=charter, version=charter.version, n_changed=n_changed
    )
    if not _agreed_by(charter, relationship, by, now):
        tell_others(relationship, "charter.proposed", _path(relationship), by, now)
    return charter


@action
def agree(*, relationship: Relationship, by: Person, now: datetime, version: int) -> bool:
    """Agree to the version that was read; return whether it is in force now. Raises NotAllowed, Overtaken."""
    relationship = hold(relationship)
    policies.agree(by, relationship).require()
    charter = relationship.charters.select_related("proposed_by").first()
    assert charter is not None  # the policy has seen it
    if charter.version != version:
        raise Overtaken(charter)
    return _agreed_by(charter, relationship, by, now)


def _agreed_by(charter: Charter, relationship: Relationship, by: Person, now: datetime) -> bool:
    """Keep one party's agreement; the last one puts the version in force."""
    CharterAgreement.objects.create(
        charter=charter, party=relationship.parties.get(person=by, left_at__isnull=True), agreed_at=now
    )
    events.record("charter.agreed", by=by, now=now, on=charter, version=charter.version)
    if not settle(relationship, by, now):
        return False
    tell_others(relationship, "charter.in_force", _path(relationship), by, now)
    activate_if_ready(relationship=relationship, by=by, now=now)
    return True


def settle(relationship: Relationship, by: Person, now: datetime) -> bool:
    """Put the version that waits in force once nobody's agreement is missing; return whether it was."""
    standing = queries.standing(relationship)
    charter = standing.pending
    if charter is None or standing.missing or not standing.agreed:
        return False
    charter.in_force_at = now
    charter.save(update_fields=["in_force_at"])
    events.record("charter.in_force", by=by, now=now, on=charter, version=charter.version)
    return True


def _check(text: queries.Text, latest: Charter) -> None:
    success, hours = text["success"], text["hours_a_month"]
    if not isinstance(success, str) or not success.strip():
        raise BadInput(
            _("Write what success looks like; the rest of the charter serves it."), field="success"
        )
    if isinstance(hours, Decimal) and not 0 < hours <= MAX_HOURS_A_MONTH:
        raise BadInput(
            _("Give a number of hours between 0.5 and 100, or leave it out."), field="hours_a_month"
        )
    if text["withheld_one_in"] not in withholding.SHARES:
        raise BadInput(_("Choose one of the shares offered."), field="withheld_one_in")
    if not queries.changes(queries.text_of(latest), text):
        raise BadInput(_("Nothing is changed. Agree to the version as it is, or change something."))


def _path(relationship: Relationship) -> str:
    return reverse("charter", args=[relationship.pk])
