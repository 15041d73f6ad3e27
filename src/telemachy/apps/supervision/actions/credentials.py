"""Write down what a credential asks for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries as people
from telemachy.apps.supervision.models import CredentialRules
from telemachy.apps.supervision.policies import rubrics as policies
from telemachy.apps.supervision.queries import hours as queries
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.core.assessment import RuleSet


@action
def add(*, name: str, about: str, rules: RuleSet, by: Person, now: datetime) -> CredentialRules:
    """Write a rule set of the own organisation, in place of an archived one of this name.

    Raises NotAllowed, BadInput.
    """
    policies.manage(by, by.organisation_id).require()
    people.hold_organisation(by.organisation_id)
    archived = queries.rules_of(by).filter(name=name.strip(), archived_at__isnull=False).first()
    _check(by, name, rules, archived)
    row = archived or CredentialRules(organisation_id=by.organisation_id, created_at=now)
    row.archived_at = None
    _put(row, name, about, rules)
    events.record("credential_rules.added", by=by, now=now, on=row)
    return row


@action
def revise(*, row: CredentialRules, name: str, about: str, rules: RuleSet, by: Person, now: datetime) -> None:
    """Change a rule set that is in use; everybody's readiness follows at once.

    Raises NotAllowed, BadInput, and WrongState when it was archived.
    """
    policies.manage(by, row.organisation_id).require()
    people.hold_organisation(by.organisation_id)
    row = queries.in_use(by).get(pk=row.pk)
    _check(by, name, rules, row)
    _put(row, name, about, rules)
    events.record("credential_rules.revised", by=by, now=now, on=row)


@action
def archive(*, row: CredentialRules, by: Person, now: datetime) -> None:
    """Take a rule set out of use. Raises NotAllowed."""
    policies.manage(by, row.organisation_id).require()
    people.hold_organisation(by.organisation_id)
    row.archived_at = now
    row.save(update_fields=["archived_at"])
    events.record("credential_rules.archived", by=by, now=now, on=row)


def _put(row: CredentialRules, name: str, about: str, rules: RuleSet) -> None:
    row.name, row.about = name.strip(), about.strip()
    for field, value in asdict(rules).items():
        setattr(row, field, value)
    row.save()


def _check(by: Person, name: str, rules: RuleSet, row: CredentialRules | None = None) -> None:
    if not name.strip():
        raise BadInput(_("Give the credential a name."), field="name")
    others = queries.rules_of(by).filter(name=name.strip())
    if row is not None:
        others = others.exclude(pk=row.pk)
    if others.exists():
        raise BadInput(_("There are rules of this name already."), field="name")
    if not (rules.mentor_coaching_hours or rules.client_hours or rules.passed_recordings):
        raise BadInput(_("Ask for hours or for passed recordings."), field="mentor_coaching_hours")
