"""Reminders of situations that wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from telemachy.apps.relationships.actions import situations_waiting
from telemachy.apps.relationships.models import Situation
from telemachy.apps.relationships.queries import waiting
from tests.cast import NOW

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def asked(cast, since: datetime, awaiting: str = "mentor") -> Situation:
    return Situation.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        title="A storm",
        logged_at=since,
        awaiting=awaiting,
        awaiting_since=since,
    )


@pytest.mark.parametrize(
    ("until", "expected"),
    [(date(2026, 3, 6), 0), (date(2026, 3, 8), 0), (date(2026, 3, 9), 1), (date(2026, 3, 12), 4)],
)
def test_only_monday_to_friday_count(until, expected) -> None:
    assert waiting.n_working_days(date(2026, 3, 6), until) == expected


def test_a_weekend_is_not_held_against_anybody(cast) -> None:
    situation = asked(cast, FRIDAY)
    wednesday, thursday = FRIDAY + timedelta(days=5), FRIDAY + timedelta(days=6)
    assert list(waiting.overdue(wednesday)) == []
    assert list(waiting.overdue(thursday)) == [(situation, cast.athena)]


def test_whose_turn_it_is_gets_the_reminder(cast) -> None:
    situation = asked(cast, NOW, awaiting="learner")
    asked(cast, NOW, awaiting="")
    assert list(waiting.overdue(NOW + timedelta(days=10))) == [(situation, cast.telemachus)]


def test_who_is_paused_is_left_in_peace_and_so_is_a_closed_pair(cast) -> None:
    asked(cast, NOW)
    back = NOW + timedelta(days=10)
    cast.athena.paused_until = back.date()
    cast.athena.save()
    assert list(waiting.overdue(back - timedelta(days=1))) == []
    assert len(list(waiting.overdue(back))) == 1, "from the day on which matching takes her in again"
    cast.relationship.state = "completed"
    cast.relationship.save()
    assert list(waiting.overdue(back)) == []


def test_one_reminder_for_each_situation_and_week(cast) -> None:
    situation = asked(cast, NOW)
    for days in (7, 8, 9, 14):
        situations_waiting.remind(
            situation=situation, person=cast.athena, by=None, now=NOW + timedelta(days=days)
        )
    assert cast.athena.notifications.filter(kind="situation.waiting").count() == 2
