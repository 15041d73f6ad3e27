"""When an item comes back: FSRS, fed with one's own rating, a moment, and nothing else.

Free Spaced Repetition Scheduler, version 6 (Ye, Su and Cao 2022, doi 10.1145/3534678.3539081), by the library
`fsrs` with its default parameters. Those were fitted to facts, not to skills: dates are a rhythm, no claim.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Scheduler

#: Share of items that should still come easily when they are due.
RETENTION = 0.9
#: An item that was hard comes back within the session; nothing stays away longer than a quarter.
SOON = timedelta(minutes=10)
LONGEST_DAYS = 90


class Grade(IntEnum):
    """How it went, by one's own judgement; the numbers are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """Where an item stands with a person; `stability` in days, `difficulty` in [1, 10].

    state : 1 learning, 2 in review, 3 learning again; `step` counts within 1 and 3
    """

    state: int = 1
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    due_at: datetime | None = None
    reviewed_at: datetime | None = None


def review(pace: Pace, grade: Grade, now: datetime) -> Pace:
    """Return where an item stands after a rating at `now` (aware; not before the last one counts as then)."""
    from fsrs import Card, Rating, State

    moment = max(now, pace.reviewed_at or now).astimezone(UTC)
    card = Card(
        card_id=0,
        state=State(pace.state),
        step=pace.step,
        stability=pace.stability,
        difficulty=pace.difficulty,
        due=pace.due_at or moment,
        last_review=pace.reviewed_at.astimezone(UTC) if pace.reviewed_at else None,
    )
    after, _log = _scheduler().review_card(card, Rating(int(grade)), moment)
    return replace(
        pace,
        state=int(after.state),
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due_at=after.due,
        reviewed_at=after.last_review,
    )


@lru_cache(maxsize=1)
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(SOON,),
        relearning_steps=(SOON,),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
