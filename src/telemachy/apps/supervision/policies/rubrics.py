"""Who may write rubrics and what credentials ask for: administrators, and whoever is named to assess."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from telemachy.apps.people import queries as people
from telemachy.apps.supervision.queries import rubrics as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.supervision.models import Rubric


def manage(actor: Person, organisation_id: UUID) -> Verdict:
    """Write and change rubrics and credential rules: administrators, mentor coaches and assessors."""
    if actor.organisation_id != organisation_id or actor.is_gone:
        return refused(_("Rubrics belong to their organisation."))
    if people.is_administrator(actor) or queries.is_assessor(actor):
        return ALLOWED
    return refused(
        _("Rubrics are written by administrators, and by those who were named to hear or rate a recording.")
    )


def revise(actor: Person, rubric: Rubric) -> Verdict:
    """Write a new version: whoever manages them, while it is in use."""
    verdict = manage(actor, rubric.organisation_id)
    if verdict and rubric.archived_at is not None:
        return refused(_("This rubric is archived. Restore it, then change it."))
    return verdict
