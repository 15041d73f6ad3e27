"""The log of hours is its coach's; an hour is confirmed by whom it names, and by nobody else."""

from __future__ import annotations

import pytest

from telemachy.apps.supervision.actions import credentials, hours, rubrics, rules
from telemachy.apps.supervision.models import HoursEntry, RecordingRules
from telemachy.apps.supervision.queries import hours as queries
from telemachy.core.assessment import EXAMPLES, RuleSet
from telemachy.core.shared.errors import NotAllowed, WrongState
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def logged(cast: Cast) -> HoursEntry:
    """Let Athena log an hour with Nestor."""
    return hours.log(
        kind="individual", held_on=NOW.date(), minutes=60, with_person=cast.nestor, by=cast.athena, now=NOW
    )


@pytest.mark.parametrize("who", ["athena", "eurycleia", "penelope"])
def test_nobody_else_confirms_an_hour(cast: Cast, who: str) -> None:
    entry = logged(cast)
    with pytest.raises(NotAllowed, match="confirmed by whom it was spent with"):
        hours.confirm(entry=entry, by=getattr(cast, who), now=NOW)
    entry.refresh_from_db()
    assert entry.confirmed_at is None


def test_an_hour_is_confirmed_once(cast: Cast) -> None:
    entry = logged(cast)
    hours.confirm(entry=entry, by=cast.nestor, now=NOW)
    with pytest.raises(NotAllowed, match="already"):
        hours.confirm(entry=entry, by=cast.nestor, now=NOW)


def test_only_its_coach_takes_an_entry_out(cast: Cast) -> None:
    entry = logged(cast)
    with pytest.raises(NotAllowed):
        hours.remove(entry=entry, by=cast.nestor, now=NOW)
    hours.remove(entry=entry, by=cast.athena, now=NOW)
    assert not queries.log_of(cast.athena).exists()


def test_who_comes_too_late_to_an_entry_that_was_taken_out_is_told_so(cast: Cast, caplog) -> None:
    entry = logged(cast)
    hours.remove(entry=HoursEntry.objects.get(), by=cast.athena, now=NOW)
    with pytest.raises(WrongState, match="in the meantime"):
        hours.confirm(entry=entry, by=cast.nestor, now=NOW)
    [noted] = caplog.records  # an operator finds where, should it be a slip
    assert (noted.name, noted.getMessage()) == ("telemachy.actions", "confirm reads a row that is gone")
    assert noted.exc_info


def test_nobody_logs_an_hour_who_has_left(cast: Cast) -> None:
    cast.athena.left_at = NOW
    cast.athena.save()
    with pytest.raises(NotAllowed, match="own log"):
        logged(cast)


def test_readiness_leaves_out_what_is_archived(cast: Cast) -> None:
    for name in ("Foundation", "Mastery"):
        credentials.add(name=name, about="", rules=RuleSet(), by=cast.penelope, now=NOW)
    credentials.archive(row=queries.rules_of(cast.penelope).get(name="Mastery"), by=cast.penelope, now=NOW)
    assert [one.rules.name for one in queries.standings(cast.athena, NOW.date())] == ["Foundation"]


def test_changed_rules_hold_at_once_and_whoever_manages_none_changes_none(cast: Cast) -> None:
    row = credentials.add(name="First", about="", rules=RuleSet(), by=cast.penelope, now=NOW)
    asks = RuleSet(mentor_coaching_hours=4)
    with pytest.raises(NotAllowed, match="Rubrics are written by"):
        credentials.revise(row=row, name="First", about="", rules=asks, by=cast.telemachus, now=NOW)
    credentials.revise(row=row, name="First", about="", rules=asks, by=cast.penelope, now=NOW)
    [standing] = queries.standings(cast.athena, NOW.date())
    assert queries.rule_set(standing.rules) == asks
    with pytest.raises(NotAllowed):
        credentials.archive(row=row, by=cast.telemachus, now=NOW)


def test_an_archived_credential_is_not_changed(cast: Cast) -> None:
    given = {"name": "First", "about": "", "by": cast.penelope, "now": NOW}
    row = credentials.add(rules=RuleSet(client_hours=1), **given)
    credentials.archive(row=row, by=cast.penelope, now=NOW)
    with pytest.raises(WrongState):
        credentials.revise(row=row, rules=RuleSet(client_hours=2), **given)


def test_whoever_manages_nothing_lays_nothing_down(cast: Cast) -> None:
    rubric = rubrics.add(
        name="Ours", about="", content=EXAMPLES[0].rubric.as_data(), by=cast.penelope, now=NOW
    )
    with pytest.raises(NotAllowed, match="Rubrics are written by"):
        rubrics.duplicate(rubric=rubric, by=cast.telemachus, now=NOW)
    with pytest.raises(NotAllowed):
        rules.set_rules(organisation=cast.ithaca, keep_days=1, learning=True, by=cast.eurycleia, now=NOW)
    assert not RecordingRules.objects.exists()
