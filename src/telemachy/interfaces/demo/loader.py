"""Load the demo organisation through the product's own actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from telemachy.apps.people.queries import organisations
from telemachy.interfaces.demo.build import (
    agents,
    house,
    interventions,
    matching,
    news,
    pairs,
    practice,
    recordings,
    reviews,
    supervision,
)
from telemachy.interfaces.demo.build.moments import Moments, Script
from telemachy.interfaces.demo.content import organisation as norrvane
from telemachy.interfaces.demo.plan.plan import Plan, draw


@dataclass(frozen=True, slots=True)
class Report:
    """What the loading did."""

    loaded: bool
    n_people: int = 0
    n_pairs: int = 0
    n_situations: int = 0
    n_sessions: int = 0

    def text(self) -> str:
        """Say it in a line."""
        if not self.loaded:
            return f"{norrvane.NAME} is here already; nothing was changed."
        return (
            f"Loaded {norrvane.NAME}: {self.n_people} people, {self.n_pairs} pairs, "
            f"{self.n_situations} situations, {self.n_sessions} sessions."
        )


def load(*, seed: int, today: date, say: Callable[[str], None] = lambda _text: None) -> Report:
    """Build the organisation with nine months of history that end on the day before `today`.

    All or nothing; does nothing when the organisation is there already. `say` hears of the progress.
    """
    if organisations.by_slug(norrvane.SLUG) is not None:
        return Report(loaded=False)
    plan = draw(seed)
    carry_out(plan, today, say)
    return Report(
        loaded=True,
        n_people=len(plan.people),
        n_pairs=len(plan.pairs),
        n_situations=sum(len(pair.situations) for pair in plan.pairs),
        n_sessions=sum(len(pair.course.sessions) for pair in plan.pairs),
    )


def carry_out(plan: Plan, today: date, say: Callable[[str], None] = lambda _text: None) -> None:
    """Do everything that the plan says, in one transaction."""
    moments, script = Moments(today), Script()
    with transaction.atomic():
        built = house.build(plan, moments)
        for pair in plan.pairs:
            pairs.schedule(pair, built, moments, script)
        agents.schedule(built, moments, script)
        interventions.schedule(built, moments, script)
        recordings.schedule(built, moments, script)
        reviews.schedule(built, moments, script)
        supervision.schedule(built, moments, script)
        practice.schedule(built, moments, script)
        news.schedule(built, moments, script)
        script.run(say)
        matching.prepare(built, moments)
