"""How often each rule of core/insights is right, and how often it cries wolf, on simulated pairs.

Run it with `python benchmarks/insights.py`, or `--pairs 2000` for tighter figures. Each simulated pair is
looked at every week of its nine months, as the product does. A false alarm is a signal about a pair that
is well. "Weeks" is the share of looks at healthy pairs on which a rule speaks, "ever" the share of healthy
pairs about which it speaks at least once in nine months, "found" the share of pairs with the trouble of
the rule about which it speaks at least once, and "after" the median day of the first time.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

import numpy as np

from telemachy.core import insights
from telemachy.core.insights import simulation

#: Which habits each rule is made to find.
TROUBLE = {
    "dependency_consulting": "dependent",
    "dependency_asking_first": "asking_first",
    "dependency_guided_only": "guided_only",
    "undirected_goals": "undirected",
    "undirected_drift": "undirected",
    "drifting_cadence": "stalled",
    "stalled": "stalled",
    "graduating": "graduating",
    "over_helping": "over_helped",
    "unanswered": "left_waiting",
    "no_first_meeting": "unmet",
    "missing_feedback": "silent",
    "one_side_left": "left",
}


def weeks_with(kind: str, n_pairs: int, seed: int) -> dict[str, list[list[int]]]:
    """Return for each code and pair the days on which the rule spoke."""
    found: dict[str, list[list[int]]] = defaultdict(lambda: [[] for _ in range(n_pairs)])
    for number in range(n_pairs):
        on = simulation.pair(simulation.HABITS[kind], np.random.default_rng([seed, number]))
        for day in range(7, 7 * simulation.N_WEEKS, 7):
            for signal in insights.pair_signals(on(day)):
                found[signal.code][number].append(day)
    return found


def shares(days: list[list[int]]) -> tuple[float, float, float]:
    """Return the share of weeks, the share of pairs, and the median first day."""
    n_weeks = simulation.N_WEEKS - 1
    first = [one[0] for one in days if one]
    ever = len(first) / len(days)
    return sum(map(len, days)) / (len(days) * n_weeks), ever, float(np.median(first)) if first else np.nan


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    none: list[list[int]] = [[] for _ in range(options.pairs)]
    healthy = weeks_with("healthy", options.pairs, options.seed)
    troubled = {
        kind: weeks_with(kind, options.pairs, options.seed + 1) for kind in sorted(set(TROUBLE.values()))
    }
    print(f"{options.pairs} pairs of each kind, looked at each week for nine months")
    print(f"{'rule':26}{'healthy: weeks':>15}{'ever':>8}   {'trouble':14}{'found':>8}{'after':>7}")
    for code, kind in TROUBLE.items():
        weeks, ever, _day = shares(healthy.get(code, none))
        _weeks, found, day = shares(troubled[kind].get(code, none))
        print(f"{code:26}{weeks:15.1%}{ever:8.1%}   {kind:14}{found:8.1%}{day:7.0f}")
    both = troubled["graduating"].get("stalled", none), troubled["stalled"].get("graduating", none)
    print(f"graduating pairs called stalled: {shares(both[0])[1]:.1%}", end="; ")
    print(f"stalled pairs called graduating: {shares(both[1])[1]:.1%}")
    for one_size in (False, True):
        rng = np.random.default_rng(options.seed + 2)
        mentors = [simulation.mentor(rng, one_size=one_size) for _ in range(options.pairs)]
        named = sum(
            any(signal.code == "one_size" for signal in insights.mentor_signals(facts)) for facts in mentors
        )
        print(
            f"{'one-size' if one_size else 'fitting':9} mentors called one-size: {named / len(mentors):.1%}"
        )


if __name__ == "__main__":
    main()
