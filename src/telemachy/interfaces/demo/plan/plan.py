"""The whole demo as one value: the same seed gives the same organisation."""

from __future__ import annotations

import random
from dataclasses import dataclass

from telemachy.interfaces.demo.plan.casting import Pool, matches, pools
from telemachy.interfaces.demo.plan.pairs import PairPlan, plan_pairs
from telemachy.interfaces.demo.plan.people import PersonPlan, everybody


@dataclass(frozen=True, slots=True)
class Plan:
    """Everybody, who is enrolled where, and every pair."""

    people: dict[str, PersonPlan]
    pools: dict[str, Pool]
    pairs: tuple[PairPlan, ...]


def draw(seed: int) -> Plan:
    """Draw the organisation from a seed."""
    rng = random.Random(seed)  # noqa: S311 - a demo, not a secret
    people = everybody(rng)
    places = pools(people, rng)
    return Plan(people, places, tuple(plan_pairs(people, matches(people, places, rng), rng)))
