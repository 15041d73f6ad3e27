"""The trajectory as the data of a PDF: words in the reader's language, charts as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import Truncator, slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.common.pdf import compile_pdf
from telemachy.interfaces.web import charts
from telemachy.interfaces.web.charts.geometry import Frame, mark
from telemachy.interfaces.web.charts.independence import independence_sentence
from telemachy.interfaces.web.forms import situation_words
from telemachy.interfaces.web.forms.goals import LEVELS as ATTAINMENT
from telemachy.interfaces.web.templatetags.ui import LEVELS
from telemachy.interfaces.web.views import question_words
from telemachy.interfaces.web.views import trajectory_words as words

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Goal, Situation
    from telemachy.apps.relationships.queries.trajectories import Trajectory, Turn

FRAME = Frame(720, 250, 48, 14, 16, 30)
#: Height kept for the legend below.
LEGEND = 28
#: Characters told of a piece of guidance.
MAX_GUIDANCE = 400
#: Characters told of a question.
MAX_QUESTION = 200
#: The colours of the light theme on paper, independent first.
LEVEL_COLOURS = ("#1c5a84", "#17695f", "#556820", "#85590a", "#a8471f")


def draw(
    found: Trajectory, curves: Sequence[charts.IndependenceReport], missing: list[str], now: datetime
) -> bytes:
    """Return the PDF of a trajectory."""
    return compile_pdf("trajectory", data_of(found, curves, missing, now), now=now)


def file_name(name: str, now: datetime) -> str:
    """Return a name of letters, digits and hyphens that any file system takes."""
    return f"trajectory-{slugify(name)[:60] or 'learner'}-{now:%Y-%m-%d}.pdf"


def data_of(
    found: Trajectory, curves: Sequence[charts.IndependenceReport], missing: list[str], now: datetime
) -> dict[str, Any]:
    """Return everything the template shows, as strings."""
    mentors = ", ".join(mentor.name for mentor in found.mentors)
    programme = found.relationship.programme.name
    return {
        "lang": (get_language() or "en")[:2],
        "title": _("The trajectory of %(name)s") % {"name": found.learner.name},
        "author": found.learner.name,
        "eyebrow": programme,
        "lead": _("With %(mentors)s, from %(start)s to %(today)s.")
        % {"mentors": mentors, "start": _day(found.relationship.created_at), "today": _day(now)},
        "footer": _("%(programme)s · as of %(today)s · belongs to the pair")
        % {"programme": programme, "today": _day(now)},
        "words": {key: str(word) for key, word in words.PDF.items()},
        "goals": [_goal(goal) for goal in found.goals],
        "curves": [
            {"name": curve.competency, "svg": svg(curve), "sentence": independence_sentence(curve)}
            for curve in curves
        ],
        "mix_head": [_("Month"), *(str(LEVELS[level][1]) for level in reversed(GuidanceLevel))],
        "mix": [
            [
                date_format(month.month, "F Y"),
                *(str(month.counts[level]) for level in reversed(GuidanceLevel)),
            ]
            for month in found.mix
            if month.n
        ],
        "changes": [
            {"competency": change.competency.name, "sides": [_side(change.first), _side(change.last)]}
            for change in found.changes
        ],
        "turns": [_turn(one) for one in found.turns],
        "questions": _questions(found),
        "obstacles": [
            {"title": one.situation.title, "when": _day(one.situation.logged_at), "text": words.obstacle(one)}
            for one in found.obstacles
        ],
        "situations_head": [_("When"), _("Situation"), _("Guidance"), _("Rating")],
        "situations": list(_rows(found.situations)),
        "threshold": words.threshold(found.proof),
        "missing": missing,
        "claims": [
            {
                "competency": claim.competency.name,
                "state": str(situation_words.THRESHOLDS[claim.state][0]),
                "title": claim.situation.title,
                "text": words.claim(claim),
            }
            for claim in found.claims
        ],
        "caution": str(words.ATTRIBUTION),
        "verdict": str(words.VERDICTS[found.attribution.verdict]),
        "attribution": words.attribution(found.attribution),
    }


def svg(report: charts.IndependenceReport) -> str:
    """Draw a curve for paper; the only words in it are numbers, months and levels."""
    chart = charts.draw_independence(report, FRAME)
    frame = chart.frame
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height + LEGEND}" '
        'font-family="Libertinus Serif" font-size="13" fill="#5e584c">'
    ]
    for line in chart.grid:
        parts.append(f'<path d="M{frame.x0} {line.at} H{frame.x1}" stroke="#e2dbcb"/>')
        parts.append(f'<text x="{frame.x0 - 8}" y="{line.at}" dy="4" text-anchor="end">{line.label}</text>')
    for tick in chart.months:
        label = escape(date_format(tick.month, "M Y" if tick.new_year else "M"))
        parts.append(f'<text x="{tick.at}" y="{frame.y0 + 20}" text-anchor="middle">{label}</text>')
    parts.append(f'<path d="{chart.band}" fill="#1c5a84" fill-opacity="0.14"/>')
    parts.append(
        f'<path d="M{frame.x0} {chart.mark_y} H{frame.x1}" stroke="#17695f" stroke-dasharray="6 4"/>'
    )
    parts.append(f'<path d="{chart.line}" fill="none" stroke="#1c5a84" stroke-width="2"/>')
    for dot in chart.dots:
        colour = LEVEL_COLOURS[dot.point.level]
        fill = colour if dot.point.handled else "#ffffff"
        parts.append(f'<path d="{dot.d}" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>')
    return "".join([*parts, *_legend(frame), "</svg>"])


def _legend(frame: Frame) -> Iterable[str]:
    """Yield each level's mark with its word, below the drawing."""
    y = frame.height + LEGEND / 2
    step = (frame.x1 - frame.x0) / len(LEVELS)
    for level in GuidanceLevel:
        x = frame.x0 + 8 + level * step
        yield f'<path d="{mark(level, x, y)}" fill="{LEVEL_COLOURS[level]}"/>'
        yield f'<text x="{x + 12}" y="{y}" dy="4">{escape(LEVELS[level][1])}</text>'


def _goal(goal: Goal) -> dict[str, str]:
    readings = list(goal.readings.all())
    now = ""
    if readings:
        level = readings[-1].attainment
        texts = dict(zip(range(-2, 3), goal.levels, strict=False))
        now = f"{ATTAINMENT[level][0]} · {texts.get(level, '')} · {_day(readings[-1].read_at)}"
    return {
        "statement": goal.statement,
        "baseline": goal.baseline,
        "evidence": goal.baseline_evidence,
        "now": now,
    }


def _turn(found: Turn) -> dict[str, str]:
    given = found.guidance
    return {
        "level": str(LEVELS[GuidanceLevel(given.level)][1]),
        "by": f"{given.author.name}, {_day(given.given_at)} · {found.before.title}",
        "text": Truncator(given.text).chars(MAX_GUIDANCE),
        "after": words.turn(found),
    }


def _questions(found: Trajectory) -> dict[str, Any] | None:
    """Return what is told of the learner's own questions; None where nothing can be."""
    told = question_words.told(found.own_questions)
    if told is None:
        return None
    taken_up = [look for look, is_taken_up in told.looks if is_taken_up]
    return {
        "sentence": told.sentence,
        "looks": ", ".join(look for look, _is_taken_up in told.looks),
        "taken_up": ", ".join(taken_up),
        "echoes": [
            {"trainer": _shortened(echo.trainer), "own": _shortened(echo.own)} for echo in told.echoes
        ],
        "rule": str(question_words.RULE),
    }


def _shortened(question: str) -> str:
    return Truncator(question).chars(MAX_QUESTION)


def _side(situation: Situation) -> dict[str, str]:
    return {
        "when": _day(situation.logged_at),
        "title": situation.title,
        "reasoning": situation.own_view,
        "decision": situation.decision,
        "level": words.guided(situation),
    }


def _rows(situations: Iterable[Situation]) -> Iterable[list[str]]:
    for one in situations:
        rating = "–" if one.rating is None else str(situation_words.RATINGS[one.rating][0])
        yield [_day(one.logged_at), one.title, words.level_word(one), rating]


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at).date())
