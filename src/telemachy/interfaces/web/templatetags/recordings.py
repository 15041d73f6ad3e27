"""The conversation ribbon and the letters of its kinds as tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from telemachy.core.conversation.measure_words import FEW_TURNS
from telemachy.interfaces.web.charts import ribbon as charts
from telemachy.interfaces.web.forms import recording_words as words

register = template.Library()

#: size -> width, margin, and how many lines at most.
SIZES = (("wide", 1000, 10, 4), ("narrow", 340, 6, 9))


@register.inclusion_tag("charts/ribbon.html")
def conversation_ribbon(turns: Sequence[charts.RibbonTurn], *, coach: str, client: str) -> dict[str, Any]:
    """Draw the turns of a recording (or a part of it) over time, the coach's by kind."""
    drawn = [(name, charts.draw_ribbon(turns, *size)) for name, *size in SIZES]
    return {
        "sizes": drawn,
        "turns": turns,
        "kinds": words.kind_list(),
        "letters": {kind.code: kind.letter for kind in words.kind_list()},
        "coach": coach,
        "client": client,
        "timed": drawn[0][1].timed,
        "sentence": _sentence(turns),
        "geometry": {
            "coach_top": charts.COACH_TOP,
            "coach_middle": charts.COACH_TOP + charts.COACH_HEIGHT // 2,
            "tick": charts.TICK_Y,
            "rule": charts.COACH_TOP + charts.COACH_HEIGHT + 1.5,
        },
    }


def _sentence(turns: Sequence[charts.RibbonTurn]) -> str:
    coach = [turn for turn in turns if turn.seat == "coach"]
    counts = [
        _("%(kind)s: %(n)d") % {"kind": kind.name, "n": sum(turn.kind == code for turn in coach)}
        for code, kind in words.KINDS.items()
    ]
    return _("%(n)d turns, %(n_coach)d of them the coach's. %(counts)s.") % {
        "n": len(turns),
        "n_coach": len(coach),
        "counts": ", ".join(counts),
    }


@register.filter
def clock(seconds: float | None) -> str:
    """Write seconds as a moment of a recording."""
    return words.clock(seconds)


@register.filter
def plus(number: int, more: int) -> int:
    """Add two whole numbers of a drawing."""
    return number + more


@register.simple_tag
def kind_chip(kind: words.Kind, *, unsure: bool = False) -> SafeString:
    """Name a kind of turn by colour, letter and word; one that the engine is unsure of says so."""
    doubt = format_html('<span class="kind-doubt">{}</span>', _("unsure")) if unsure else ""
    return format_html(
        '<span class="kind-chip kind-{}{}"><span class="kind-letter" aria-hidden="true">{}</span>{}{}</span>',
        kind.code,
        " kind-unsure" if unsure else "",
        kind.letter,
        kind.name,
        doubt,
    )


#: What is shown beside the conversation; the page of measures has all.
KEY_MEASURES = (
    *("talk_share", "question_share", "open_questions", "reflections_to_questions"),
    *("input_share", "longest_monologue"),
)


@register.filter
def key_measures(measures: Sequence[words.Shown]) -> list[words.Shown]:
    """Return the measures that a conversation is first looked at by."""
    by_name = {one.name: one for one in measures}
    return [by_name[name] for name in KEY_MEASURES if name in by_name]


@register.filter
def few_turns(measures: Sequence[words.Shown]) -> str:
    """Return the caveat of a conversation that is too short for shares, or nothing."""
    caveat = _(FEW_TURNS)
    return caveat if any(caveat in one.caveats for one in measures) else ""
