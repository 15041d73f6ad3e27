"""Reports for the gallery: each chart full, and at its beginning. Fixed, so that pictures can be compared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from telemachy.core import growth
from telemachy.core.insights import DEFAULT, Quadrant
from telemachy.core.insights.places import HALF_AGREED
from telemachy.core.practice import MonthOfWriting
from telemachy.interfaces.web.charts.attainment import AttainmentReport
from telemachy.interfaces.web.charts.independence import GoalMark, IndependenceReport, independence_report
from telemachy.interfaces.web.charts.mix import MixReport
from telemachy.interfaces.web.charts.pair_map import MapPair, PairMapReport
from telemachy.interfaces.web.charts.score_parts import ScorePart, ScoreReport
from telemachy.interfaces.web.charts.writing import WritingReport

DAY_ZERO = date(2026, 2, 24)
#: Day, guidance level and rating of each situation of one learner.
SITUATIONS = (
    (4, 4, 3), (11, 4, 2), (25, 4, 3), (33, 3, 3), (47, 3, 2), (58, 3, 3), (66, 2, 3), (80, 2, 2), (94, 0, 1),
    (101, 2, 3), (118, 1, 3), (131, 2, 4), (140, 1, 3), (152, 0, 3), (170, 1, 4), (183, 0, 3), (199, 2, 3),
    (206, 0, 3), (214, 0, 4), (228, 0, 2), (236, 0, 3), (247, 1, 4), (258, 0, 4), (264, 0, 3),
)  # fmt: skip
#: What a mentor wrote each month: asks, asks and answers, answers; asking recommended, of how many.
WRITING = (
    (1, 1, 5, 1, 7),
    (2, 1, 4, 3, 7),
    (2, 2, 3, 4, 7),
    (0, 0, 0, 0, 0),
    (4, 1, 2, 5, 6),
    (5, 1, 1, 6, 7),
)
N_PAIRS, N_MANY = 58, 600


def samples() -> dict[str, Any]:
    """Return a report of each chart by name."""
    return {
        "independence": _independence(),
        "independence_empty": IndependenceReport("Negotiation", ()),
        "mix": MixReport(
            growth.guidance_mix(
                [level for _, level, _ in SITUATIONS],
                [DAY_ZERO + timedelta(days=d) for d, _, _ in SITUATIONS],
            )
        ),
        "writing": WritingReport(
            tuple(
                MonthOfWriting(date(2026, month, 1), n_asking, n_mixed, n_telling, n_to_ask, n)
                for month, (n_asking, n_mixed, n_telling, n_to_ask, n) in enumerate(WRITING, start=1)
            )
        ),
        "map": PairMapReport(tuple(_pair(n) for n in range(N_PAIRS))),
        "map_many": PairMapReport(tuple(_pair(n) for n in range(N_MANY))),
        "score": ScoreReport(
            0.81,
            (
                ScorePart("Skills offered and sought", 0.92, 0.40),
                ScorePart("Shared working hours", 0.70, 0.25),
                ScorePart("Languages", 1.00, 0.15),
                ScorePart("Working style", 0.45, 0.12),
                ScorePart("Seniority", 0.80, 0.08),
            ),
            ("Athena offers negotiation and delegation, both sought.", "They share 14 working hours a week."),
        ),
        "attainment": AttainmentReport(
            "Decide escalations alone",
            ((date(2026, 3, 1), -2), (date(2026, 6, 1), -1), (date(2026, 10, 1), 1)),
            {
                -2: "All forwarded",
                -1: "One of four decided alone",
                0: "Two of four decided alone",
                1: "Three of four decided alone",
                2: "All four, and colleagues ask for advice",
            },
        ),
        "sparkline": (2.0, 2.0, 3.0, 2.0, 4.0, 4.0, 5.0),
    }


def _independence() -> IndependenceReport:
    n = len(SITUATIONS)
    evidence = growth.Evidence(
        learner=[0] * n,
        competency=[0] * n,
        time=[day for day, _, _ in SITUATIONS],
        difficulty=[4] * n,
        novelty=[4] * n,
        level=[level for _, level, _ in SITUATIONS],
        success=[growth.success_of_rating(rating) for _, _, rating in SITUATIONS],
    )
    goals = (
        GoalMark(date(2026, 6, 30), "Lead the quarterly review"),
        GoalMark(date(2026, 12, 15), "Decide three escalations alone"),
    )
    return independence_report(
        "Client escalations", growth.curve(evidence, 0, 0), day_zero=DAY_ZERO, goals=goals
    )


def _pair(n: int) -> MapPair:
    # Two irrational steps fill the square evenly without any randomness.
    activity, p_alone = (n * 0.7549) % 0.95, (n * 0.5698) % 1
    if n % 9 == 8:
        return MapPair(f"Pair {n + 1}", "#charts", activity, None, Quadrant.UNKNOWN)
    upper, active = p_alone >= DEFAULT.independent_from, activity >= HALF_AGREED
    corners = {
        (True, True): Quadrant.GROWING,
        (True, False): Quadrant.GRADUATING,
        (False, True): Quadrant.BUILDING,
        (False, False): Quadrant.STALLED,
    }
    return MapPair(f"Pair {n + 1}", "#charts", activity, p_alone, corners[upper, active])
