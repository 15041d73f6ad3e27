"""Charts: pure functions from a report to SVG geometry; templates/charts/ draws it, colours come from CSS."""

from telemachy.interfaces.web.charts.attainment import AttainmentReport, draw_attainment
from telemachy.interfaces.web.charts.course import CoursePoint, CourseReport, draw_course
from telemachy.interfaces.web.charts.independence import (
    GoalMark,
    IndependencePoint,
    IndependenceReport,
    draw_independence,
    independence_report,
)
from telemachy.interfaces.web.charts.mix import MixReport, draw_mix
from telemachy.interfaces.web.charts.pair_map import MapPair, PairMapReport, draw_pair_map
from telemachy.interfaces.web.charts.score_parts import ScorePart, ScoreReport, draw_score
from telemachy.interfaces.web.charts.sparkline import draw_sparkline
from telemachy.interfaces.web.charts.writing import WritingReport, draw_writing

__all__ = [
    "AttainmentReport",
    "CoursePoint",
    "CourseReport",
    "GoalMark",
    "IndependencePoint",
    "IndependenceReport",
    "MapPair",
    "MixReport",
    "PairMapReport",
    "ScorePart",
    "ScoreReport",
    "WritingReport",
    "draw_attainment",
    "draw_course",
    "draw_independence",
    "draw_mix",
    "draw_pair_map",
    "draw_score",
    "draw_sparkline",
    "draw_writing",
    "independence_report",
]
