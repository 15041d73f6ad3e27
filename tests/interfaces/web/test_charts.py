"""Charts: geometry inside its frame, words that are true, markup that a policy and a reader accept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import growth
from telemachy.core.insights import Quadrant
from telemachy.core.practice import MonthOfWriting
from telemachy.interfaces.web import charts
from telemachy.interfaces.web.charts.geometry import Frame, TimeScale, mark
from telemachy.interfaces.web.charts.independence import independence_sentence
from telemachy.interfaces.web.charts.mix import mix_sentence
from telemachy.interfaces.web.charts.writing import writing_sentence
from telemachy.interfaces.web.templatetags.charts import MAP_FRAMES

DAY = date(2026, 3, 1)
FRAME = Frame(720, 300, 48, 16, 16, 34)
NUMBER = re.compile(r"-?\d+\.\d")

chance = st.floats(0, 1)


def point(
    day: int, p: float, low: float = 0.1, high: float = 0.9, level: int = 0
) -> charts.IndependencePoint:
    return charts.IndependencePoint(DAY + timedelta(days=day), p, low, high, level, True)


def pair(name: str, activity: float, independence: float | None, quadrant: str) -> charts.MapPair:
    return charts.MapPair(name, f"/relationships/{name}/", activity, independence, quadrant)


def render(tag: str, **context: object) -> str:
    return engines["django"].from_string(f"{{% load charts %}}{{% {tag} %}}").render(context)


CURVE = charts.IndependenceReport(
    "Client <escalations>",
    (point(0, 0.5, 0.05, 0.95, 4), point(30, 0.6, 0.3, 0.9), point(60, 0.8, 0.65, 0.95)),
    mark=0.6,
    goals=(charts.GoalMark(DAY + timedelta(days=90), "Decide alone"),),
)
MIX = charts.MixReport(growth.guidance_mix([4, 2, 0], [DAY, DAY, DAY + timedelta(days=70)]))
WRITING = charts.WritingReport(
    (
        MonthOfWriting(DAY, 1, 0, 3, 2, 4),
        MonthOfWriting(date(2026, 4, 1)),
        MonthOfWriting(date(2026, 5, 1), 4),
    )
)
MAP = charts.PairMapReport(
    (
        pair("quiet-alone", 0.1, 0.9, Quadrant.GRADUATING),
        pair("quiet-stuck", 0.1, 0.2, Quadrant.STALLED),
        pair("new", 0.4, None, Quadrant.UNKNOWN),
    )
)
SCORE = charts.ScoreReport(
    0.8, (charts.ScorePart("Skills", 1.0, 3), charts.ScorePart("Hours", 0.2, 1)), ("Both.",)
)
ATTAINMENT = charts.AttainmentReport("Decide", ((DAY, -2), (DAY, 1)), {-2: "none", 1: "three of four"})
EVERY = [
    ("independence_curve report", CURVE),
    ("independence_curve report", charts.IndependenceReport("Nothing yet", ())),
    ("guidance_mix report", MIX),
    ("guidance_mix report", charts.MixReport(())),
    ("writing_mix report", WRITING),
    ("writing_mix report", charts.WritingReport(())),
    ("pair_map report", MAP),
    ("pair_map report", charts.PairMapReport(())),
    ("score_parts report", SCORE),
    ("score_parts report", charts.ScoreReport(0, ())),
    ("attainment report", ATTAINMENT),
    ("attainment report", charts.AttainmentReport("New", (), {})),
    ('sparkline report label="Rising"', [1.0, 2.0, 4.0]),
    ('sparkline report label="Nothing yet"', []),
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("tag", "report"), EVERY)
def test_every_chart_is_well_formed_without_inline_style_or_local_commas(
    tag: str, report: object, language: str
) -> None:
    with translation.override(language):
        html = render(tag, report=report)
    root = ElementTree.fromstring(
        f"<div>{re.sub(r'<br>', '<br/>', html)}</div>".replace(" open>", ' open="">')
    )
    assert "style" not in {name for element in root.iter() for name in element.attrib}
    for element in root.iter():
        for name in ("d", "x", "y", "cx", "cy", "x1", "x2", "y1", "y2", "r", "width", "height", "viewBox"):
            assert "," not in element.attrib.get(name, "")
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name in ("aria-labelledby", "aria-describedby"):
            assert element.attrib.get(name, ids[0] if ids else "") in [*ids, ""]


@pytest.mark.parametrize(("tag", "report"), EVERY[::2][:6])
def test_every_drawing_says_what_it_shows_and_gives_its_data(tag: str, report: object) -> None:
    html = render(tag, report=report)
    assert "<title" in html
    assert "<desc" in html
    assert ("<details" in html) or ("<table" in html)


def test_text_from_people_is_escaped() -> None:
    assert "Client &lt;escalations&gt;" in render("independence_curve report", report=CURVE)


class TestIndependence:
    @given(
        st.lists(st.tuples(st.integers(0, 900), chance, chance, chance, st.integers(0, 4)), max_size=30),
        chance,
        st.lists(st.integers(0, 900), max_size=3),
    )
    @settings(max_examples=50, deadline=None)
    def test_stays_inside_its_frame(
        self, rows: list[tuple[int, float, float, float, int]], at: float, due: list[int]
    ) -> None:
        points = []
        for day, *chances, level in sorted(rows):
            low, p, high = sorted(chances)
            points.append(point(day, p, low, high, level))
        goals = tuple(charts.GoalMark(DAY + timedelta(days=day), "goal") for day in due)
        chart = charts.draw_independence(charts.IndependenceReport("x", tuple(points), at, goals), FRAME)
        drawn = NUMBER.findall(chart.line + chart.band)
        assert all(
            -1 <= float(x) <= 721 and 15 <= float(y) <= 267
            for x, y in zip(drawn[::2], drawn[1::2], strict=True)
        )
        assert len(chart.dots) == len(points)
        assert independence_sentence(charts.IndependenceReport("x", tuple(points), at, goals))

    def test_says_when_even_the_cautious_estimate_clears_the_mark(self) -> None:
        assert independence_sentence(CURVE) == (
            "About 80 in 100 new, hard situations would be handled alone by now, up from 60. "
            "Even the cautious estimate, 65, is above the programme's mark of 60."
        )

    def test_says_nothing_about_deciding_alone_before_it_was_seen(self) -> None:
        guided = charts.IndependenceReport("x", (point(0, 0.5, 0.05, 0.95, 4),))
        assert independence_sentence(guided).startswith("No situation decided alone")

    def test_takes_the_growth_engine_s_curve(self) -> None:
        evidence = growth.Evidence(
            learner=[1, 1], competency=[1, 1], time=[0, 31], difficulty=[4, 4], novelty=[5, 5], level=[4, 0],
            success=[1, 0.5],
        )  # fmt: skip
        report = charts.independence_report("x", growth.curve(evidence, 1, 1), day_zero=DAY)
        assert [(p.on, p.level, p.handled) for p in report.points] == [
            (DAY, 4, True),
            (date(2026, 4, 1), 0, False),
        ]

    def test_keeps_the_mark_s_words_away_from_the_dots(self) -> None:
        crowded = (*(point(day, 0.62, 0.5, 0.8) for day in range(5)), point(200, 0.2, 0.1, 0.3))
        label = charts.draw_independence(charts.IndependenceReport("x", crowded, 0.6), FRAME).mark_label
        assert (label.anchor, float(label.y) > FRAME.y(0.6)) != ("start", False)

    def test_gives_each_level_its_own_shape(self) -> None:
        assert len({mark(level, 0, 0) for level in range(5)}) == 5


class TestTimeScale:
    def test_labels_months_with_room_and_years_once(self) -> None:
        ticks = TimeScale(FRAME, date(2025, 11, 20), date(2027, 2, 3)).ticks()
        assert [tick.month for tick in ticks if tick.new_year] == [date(2026, 1, 1), date(2027, 1, 1)]
        places = [float(tick.at) for tick in ticks]
        assert min(b - a for a, b in pairwise(places)) > 60

    def test_survives_one_day_and_a_century(self) -> None:
        assert TimeScale(FRAME, DAY, DAY).x(DAY) == (FRAME.x0 + FRAME.x1) / 2
        assert len(TimeScale(FRAME, date(1950, 1, 1), date(2050, 1, 1)).ticks()) <= 12


class TestMix:
    def test_stacks_each_month_to_the_full_height(self) -> None:
        chart = charts.draw_mix(MIX, FRAME)
        for column in chart.columns:
            height = sum(float(segment.height) for segment in column.segments)
            assert height == pytest.approx(FRAME.y0 - FRAME.y1 if column.n else 0, abs=0.2)

    def test_shows_the_latest_months_when_there_are_many(self) -> None:
        long = charts.MixReport(growth.guidance_mix([0, 0], [date(2020, 1, 1), DAY]))
        chart = charts.draw_mix(long, FRAME, max_months=12)
        assert len(chart.columns) == 12
        assert chart.columns[-1].month == DAY

    @pytest.mark.parametrize(
        ("levels", "start"),
        [
            ([4, 3, 4, 0, 1, 0], "Guidance fades"),
            ([0, 1, 0, 4, 3, 4], "Guidance grows more direct"),
            ([2, 4, 2, 2, 4, 2], "Guidance is as direct"),
            ([2, 1, 2, 0, 2, 1], "No answers and no examples"),
            ([4, 0], "Too few months"),
            ([], "No situation"),
        ],
    )
    def test_says_whether_guidance_fades(self, levels: list[int], start: str) -> None:
        days = [date(2026, month + 1, 5) for month in range(len(levels))]
        assert mix_sentence(charts.MixReport(growth.guidance_mix(levels, days))).startswith(start)


class TestPairMap:
    def test_names_of_upper_corners_stand_on_two_lines_where_a_phone_has_no_room(self) -> None:
        for _size, frame in MAP_FRAMES:
            corners = {one.quadrant: one for one in charts.draw_pair_map(MAP, frame).corners}
            apart = corners["growing"].label_y != corners["graduating"].label_y
            assert apart == (frame.width < 420)

    def test_graduating_and_stalled_stand_in_different_corners(self) -> None:
        chart = charts.draw_pair_map(MAP, FRAME)
        alone, stuck = sorted(chart.dots, key=lambda dot: float(dot.y))
        assert float(alone.y) < float(chart.mid_y) < float(stuck.y)
        assert chart.n_unknown == 1
        assert {corner.quadrant: corner.n for corner in chart.corners} == {
            "graduating": 1, "growing": 0, "stalled": 1, "building": 0
        }  # fmt: skip

    def test_dots_at_one_place_do_not_hide_each_other(self) -> None:
        same = tuple(pair(f"p{i}", 0.0, 1.0, Quadrant.GRADUATING) for i in range(60))
        dots = charts.draw_pair_map(charts.PairMapReport(same), FRAME).dots
        spots = [(float(dot.x), float(dot.y)) for dot in dots]
        nearest = min(
            ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5
            for i, (ax, ay) in enumerate(spots)
            for bx, by in spots[:i]
        )
        assert nearest >= 12

    @given(st.lists(st.tuples(chance, chance), max_size=60))
    @settings(max_examples=25, deadline=None)
    def test_a_dot_moved_aside_never_changes_its_corner(self, spots: list[tuple[float, float]]) -> None:
        names = {
            (True, True): Quadrant.GROWING, (False, True): Quadrant.GRADUATING,
            (True, False): Quadrant.BUILDING, (False, False): Quadrant.STALLED,
        }  # fmt: skip
        pairs = tuple(pair(f"p{i}", x, y, names[x >= 0.5, y >= 0.6]) for i, (x, y) in enumerate(spots))
        chart = charts.draw_pair_map(charts.PairMapReport(pairs), FRAME)
        for dot in chart.dots:
            active, alone = float(dot.x) > float(chart.mid_x), float(dot.y) < float(chart.mid_y)
            assert names[active, alone] == dot.pair.quadrant
        assert len(chart.dots) + sum(bubble.n for bubble in chart.bubbles) == len(pairs)

    def test_many_pairs_become_bubbles_that_count_them_all(self) -> None:
        many = tuple(pair(f"p{i}", (i % 97) / 97, (i % 89) / 89, Quadrant.BUILDING) for i in range(2000))
        chart = charts.draw_pair_map(charts.PairMapReport(many), FRAME)
        assert chart.dots == ()
        assert sum(bubble.n for bubble in chart.bubbles) == 2000
        assert len(chart.bubbles) < 250

    def test_lists_every_pair_with_its_link(self) -> None:
        html = render("pair_map report", report=MAP)
        assert html.count('href="/relationships/new/"') == 1
        assert "1 pair is not on the map" in html


def test_what_was_written_fills_each_month_with_a_line_where_asking_was_recommended() -> None:
    first, empty, last = charts.draw_writing(WRITING, FRAME).columns
    assert sum(float(part.height) for part in first.segments) == pytest.approx(FRAME.y0 - FRAME.y1, abs=0.2)
    assert float(first.recommended) == pytest.approx((FRAME.y0 + FRAME.y1) / 2, abs=0.1)
    assert (empty.segments, empty.recommended, empty.n) == ((), "", 0)
    assert [part.count for part in last.segments] == [4]
    assert last.recommended == ""


def test_the_sentence_on_what_was_written_waits_for_enough_of_it() -> None:
    assert writing_sentence(charts.WritingReport(WRITING.months[:1])).startswith("So far there are 4")
    assert writing_sentence(WRITING) == (
        "Of your last 8 answers 5 asked and advised nothing. A question or less was recommended for 2 of 4."
    )


def test_score_parts_are_as_wide_as_their_weight_and_as_full_as_their_score() -> None:
    skills, hours = charts.draw_score(SCORE).bars
    assert float(skills.width) == pytest.approx(3 * float(hours.width), abs=0.5)
    assert float(hours.filled) == pytest.approx(0.2 * float(hours.width), abs=0.1)
    assert (skills.weight_percent, hours.percent) == (75, 20)


def test_attainment_marks_start_and_now() -> None:
    rungs = charts.draw_attainment(ATTAINMENT).rungs
    assert [rung.sign for rung in rungs] == ["−2", "−1", "0", "+1", "+2"]
    assert [rung.level for rung in rungs if rung.reached] == [-2, -1, 0, 1]
    assert [(rung.level) for rung in rungs if rung.is_baseline or rung.is_now] == [-2, 1]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_sparkline_stays_in_its_box(values: list[float]) -> None:
    line = charts.draw_sparkline(values)
    assert line is not None
    assert all(0 <= float(number) <= 96 for number in NUMBER.findall(line.line))
