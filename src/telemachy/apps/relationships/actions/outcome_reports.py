"""Say whether a decided case turned out well: its learner, or an automatic check."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import memory
from telemachy.apps.relationships.actions.situations import locked
from telemachy.apps.relationships.models import OutcomeReport, Rating, Situation
from telemachy.apps.relationships.policies import outcome_reports as policies
from telemachy.core.memory import Tier

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def report(
    *, situation: Situation, success: bool, by: Person, now: datetime, note: str = "", evidence_uri: str = ""
) -> OutcomeReport:
    """Keep what the learner says of the outcome: a self-report, which moves no level. Raises NotAllowed."""
    situation = locked(situation)
    policies.report(by, situation).require()
    made = OutcomeReport.objects.create(
        situation=situation,
        by=by,
        tier=Rating.Tier.SELF,
        success=success,
        note=note,
        evidence_uri=evidence_uri,
        reported_at=now,
    )
    events.record("outcome.reported", by=by, now=now, on=made, situation=str(situation.pk), success=success)
    return made


@action
def check(
    *,
    situation: Situation,
    success: bool,
    verifier: str,
    verifier_id: UUID,
    by: Person,
    now: datetime,
    note: str = "",
    evidence_uri: str = "",
    external_ref: str = "",
) -> OutcomeReport:
    """Keep the result of an automatic check, the strongest evidence; the same reference counts once.

    Raises NotAllowed before the decision, and to the learner whose case it is.
    """
    situation = locked(situation)
    policies.check(by, situation).require()
    if external_ref:
        known = situation.reports.filter(verifier_id=verifier_id, external_ref=external_ref).first()
        if known is not None:
            events.unchanged()
            return known
    made = OutcomeReport.objects.create(
        situation=situation,
        by=by,
        tier=Rating.Tier.VERIFIER,
        verifier=verifier,
        verifier_id=verifier_id,
        success=success,
        note=note,
        evidence_uri=evidence_uri,
        external_ref=external_ref,
        reported_at=now,
    )
    memory.settle(situation, success, Tier.VERIFIER, by, now)
    events.record("outcome.checked", by=by, now=now, on=made, situation=str(situation.pk), success=success)
    return made
