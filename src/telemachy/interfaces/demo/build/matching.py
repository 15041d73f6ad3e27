"""A match run for each programme's waiting learners, which the manager can look at and publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import match_runs

if TYPE_CHECKING:
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments


def prepare(house: House, moments: Moments) -> None:
    """Run the matching on everybody who has no pair yet."""
    for programme in house.programmes.values():
        match_run = match_runs.run(
            programme=programme,
            weights=programme.weights,
            rules=programme.rules,
            by=house.manager,
            now=moments.at(1, 16),
        )
        jobs.run_matching.call(match_run_id=str(match_run.pk))
