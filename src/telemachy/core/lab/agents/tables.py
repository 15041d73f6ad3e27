"""The experiment as Markdown tables: each arm's measures, and the goals with what was found."""

from __future__ import annotations

from collections.abc import Sequence

from telemachy.core.lab.agents.arms import ARMS
from telemachy.core.lab.agents.run import Result
from telemachy.core.lab.agents.statistics import Finding, Interval, by_seed, interval, mean

#: Heading, measure, and whether it is a share.
MEASURES = (
    ("situations to threshold", "to_threshold", False),
    ("regret", "regret", False),
    ("withdrawal", "withdrawal", True),
    ("novel", "novel", True),
    ("after drift", "drifted", True),
    ("repeat failure", "repeat_failure", True),
    ("helped", "help_rate", True),
    ("Ask-F1", "ask_f1", True),
    ("Brier", "brier", True),
    ("withholding effect", "withholding_effect", True),
    ("corrections", "n_corrections", False),
)
WITH_INTERVAL = ("to_threshold", "regret", "novel", "repeat_failure")


def arms(results: Sequence[Result]) -> str:
    """Return one row for each arm, those that goals are about with their 95 % interval."""
    names = [arm.name for arm in ARMS if any(one.agent.arm == arm.name for one in results)]
    lines = [
        _row(["arm", *(heading for heading, _measure, _share in MEASURES)]),
        _row(["---"] * (len(MEASURES) + 1)),
    ]
    for name in names:
        cells = []
        for _heading, measure, is_share in MEASURES:
            found = measured(results, name, measure)
            cells.append(_told(found, is_share, with_interval=measure in WITH_INTERVAL))
        lines.append(_row([name, *cells]))
    return "\n".join(lines)


def goals(findings: Sequence[Finding]) -> str:
    """Return one row for each goal: the target, what was measured, the test, the verdict."""
    lines = [_row(["goal", "measured (95 % interval)", "p after Holm", "verdict"]), _row(["---"] * 4)]
    for one in findings:
        factor, unit = (100, " %") if one.goal.is_relative or not one.goal.other else (100, " points")
        numbers = [
            f"{factor * value:+.1f}" if one.goal.other else f"{factor * value:.1f}"
            for value in _all(one.found)
        ]
        told = f"{numbers[0]}{unit} ({numbers[1]} to {numbers[2]})"
        p = "" if one.p is None else "< .001" if one.p < 0.001 else f"{one.p:.3f}".removeprefix("0")
        lines.append(_row([one.goal.text, told, p, one.verdict.value]))
    return "\n".join(lines)


def measured(results: Sequence[Result], arm: str, measure: str) -> Interval:
    """Return the mean of a measure in an arm with its interval over seeds."""
    return interval([by_seed(results, arm, measure)], mean)


def _told(found: Interval, is_share: bool, *, with_interval: bool) -> str:
    if found.value != found.value:
        return "–"
    numbers = [f"{value:.2f}" if is_share else f"{value:.0f}" for value in _all(found)]
    return f"{numbers[0]} ({numbers[1]} to {numbers[2]})" if with_interval else numbers[0]


def _all(found: Interval) -> tuple[float, float, float]:
    return found.value, found.low, found.high


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
