"""What each measure is called, where it comes from, and what it cannot say."""

from __future__ import annotations

from typing import NamedTuple

from telemachy.core.shared.wording import gettext_noop as _


class Wording(NamedTuple):
    """The words of a measure; `fair` and `good` are thresholds of its source, None where nobody set one."""

    label: str
    unit: str
    source: str
    caveat: str
    fair: float | None = None
    good: float | None = None


_MITI_4 = "MITI 4.2.1 (Moyers, Manuel and Ernst 2014)"
_MITI_3 = "MITI 3.1.1 (Moyers et al. 2010)"
_OWN = _("A count made for this product; no published threshold.")
_MODEL = _(
    "Coded by a model trained on counselling in English; in other conversations reflections and input are "
    "missed more often. Correct the codes before you rely on it."
)
_RULES = _("Found by rules on the wording; other ways to say it are missed.")
_TIMES = _(
    "Needs the beginning and the end of every passage; speech-to-text often gets both wrong by a second."
)

WORDINGS: dict[str, Wording] = {
    "talk_share": Wording(
        _("Coach's share of the words"),
        "share",
        _OWN,
        _(
            "Shown, never graded: good counsellors of the public AnnoMI recordings speak 54 per cent of the "
            "words."
        ),
    ),
    "question_share": Wording(_("Turns with a question"), "share", _OWN, _MODEL),
    "reflection_share": Wording(_("Turns with a reflection"), "share", _OWN, _MODEL),
    "input_share": Wording(_("Turns with information or advice"), "share", _OWN, _MODEL),
    "reflections_to_questions": Wording(
        _("Reflections to one question"),
        "ratio",
        _MITI_4,
        _(
            "The threshold was set by experts for motivational interviewing. In AnnoMI 45 per cent of "
            "the good conversations stay below 1, so a low value alone says little."
        ),
        fair=1.0,
        good=2.0,
    ),
    "open_questions": Wording(
        _("Open questions among questions"), "share", _MITI_3, _MODEL, fair=0.5, good=0.7
    ),
    "complex_reflections": Wording(
        _("Complex reflections among reflections"),
        "share",
        _MITI_4,
        _("A hint only: even trained people hardly agree on simple or complex. Let a person set it."),
        fair=0.4,
        good=0.5,
    ),
    "stacked_questions": Wording(_("Turns that ask several questions at once"), "count", _OWN, _RULES),
    "leading_questions": Wording(_("Questions that carry their answer"), "count", _OWN, _RULES),
    "affirmations": Wording(_("Turns that affirm effort or strength"), "count", _OWN, _RULES),
    "advice": Wording(
        _("Turns with advice"),
        "count",
        _OWN,
        _(
            "A hint only: in counselling it finds one of five turns with advice, and four of five that it "
            "finds are none."
        ),
    ),
    "advice_without_permission": Wording(
        _("Advice that was neither asked for nor announced"),
        "count",
        _MITI_4,
        _("Rests on the hint of advice; permission is found by rules on the wording, other ways are missed."),
    ),
    "advice_before_exploring": Wording(
        _("Input or advice before three questions or reflections"), "count", _OWN, _MODEL
    ),
    "interruptions": Wording(_("Coach begins before the client ends"), "count", _OWN, _TIMES),
    "pauses": Wording(_("Silences of three seconds or more"), "count", _OWN, _TIMES),
    "longest_monologue": Wording(
        _("Longest the coach spoke without the client"),
        "words",
        _OWN,
        _("Words, not time. Short listening sounds of the client do not end it."),
    ),
    "grow_phases": Wording(
        _("Phases of GROW by time"),
        "shares",
        "GROW (Whitmore, Coaching for Performance, 1992)",
        _("Found by catchwords of the coach; a phase lasts until another one's catchword. A sketch only."),
    ),
}

#: Below this many coach turns of more than two words, no share or ratio is worth following over time.
MIN_TURNS = 10
FEW_TURNS = _("Fewer than ten turns of the coach: too few for a share.")
NO_TIMES = _("The file gives no end times.")
