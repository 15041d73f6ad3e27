"""What a conversation looks like in counts, each with the turns behind it, its source and its limits.

Counts with ranges and quotes: no overall score, no ranking, no guess at anybody's emotion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, sqrt
from typing import Any, TypedDict

from telemachy.core.conversation import rules
from telemachy.core.conversation.coding import Code
from telemachy.core.conversation.measure_words import FEW_TURNS, MIN_TURNS, NO_TIMES, WORDINGS
from telemachy.core.conversation.turns import PAUSE_SECONDS

Turns = Sequence[Mapping[str, Any]]

#: Turns of at most so many words ("Mm-hmm", "Okay, right") are listening, not a move: no share counts them.
LISTENING_WORDS = 2
#: Questions or reflections that make up some exploring.
EXPLORED = 3
#: An overlap below this, in seconds, is a matter of the clock.
OVERLAP_SECONDS = 0.5
#: Half-width of the ranges in standard deviations: nine of ten.
_Z = 1.645
#: How alike the model errs in two turns of one conversation (intra-class correlation): whether a statement
#: said as a question is a reflection, people decide from first to last. So a range does not shrink with the
#: length of a conversation as if every turn erred by itself (design effect: Kish, Survey Sampling, 1965).
#: From the errors of cross-validation; `benchmarks.conversation` prints how often the ranges hold.
ALIKE = {"has_question": 0.06, "has_reflection": 0.13, "has_input": 0.2, "closed": 0.34, "complex": 0.58}
PHASES = ("goal", "reality", "options", "will")


class Measure(TypedDict):
    """A measure with all that is needed to judge it.

    value : a number, a mapping for phases, or None if it cannot be known
    low, high : nine times of ten what people would count lies between, in conversations like those that the
        model learnt from; None if counted
    unit : "share", "ratio", "count", "words" or "shares"
    n : what the value was counted over
    evidence : indexes of the utterances behind the value
    threshold : {"fair": ..., "good": ...} of the source, or None
    label, source, caveats : English sentences that a page can translate
    caveat : all of `caveats` in one
    """

    label: str
    value: float | dict[str, float] | None
    low: float | None
    high: float | None
    unit: str
    n: int
    evidence: list[int]
    threshold: dict[str, float] | None
    source: str
    caveat: str
    caveats: list[str]


def measure(utterances: Turns, codes: Sequence[Code]) -> dict[str, Measure]:
    """Measure a coded conversation.

    Parameters
    ----------
    utterances : sequence of mappings
        As in `code_utterances`; `end` in seconds is used where it is there.
    codes : sequence of Code
        One for each utterance, {} for the client's; people may have corrected them.

    Returns
    -------
    dict
        name -> Measure, for every name in `measure_words.WORDINGS`. Shares and ratios leave out turns of at
        most two words.

    Raises
    ------
    ValueError
        If the two differ in length.
    """
    if len(utterances) != len(codes):
        raise ValueError(f"{len(utterances)} utterances but {len(codes)} codes")
    at = [i for i, code in enumerate(codes) if code and _n_words(utterances[i]) > LISTENING_WORDS]
    found = _spoken(utterances, codes) | _shares(codes, at) | _counts(codes, at) | _timed(utterances)
    found["grow_phases"] = _grow(utterances, at)
    if len(at) < MIN_TURNS:
        for one in found.values():
            if one["unit"] in ("share", "ratio"):
                one["caveats"].insert(0, FEW_TURNS)
    for one in found.values():
        one["caveat"] = " ".join(one["caveats"])
    return {name: found[name] for name in WORDINGS}


def _measure(
    name: str,
    value: float | dict[str, float] | None,
    evidence: list[int],
    n: int,
    bounds: tuple[float, float] | None = None,
) -> Measure:
    words = WORDINGS[name]
    threshold = None
    if words.fair is not None and words.good is not None:
        threshold = {"fair": words.fair, "good": words.good}
    low, high = bounds or (None, None)
    return {
        "label": words.label,
        "value": value,
        "low": low,
        "high": high,
        "unit": words.unit,
        "n": n,
        "evidence": evidence,
        "threshold": threshold,
        "source": words.source,
        "caveat": words.caveat,
        "caveats": [words.caveat],
    }


def _spoken(utterances: Turns, codes: Sequence[Code]) -> dict[str, Measure]:
    coach = [i for i, code in enumerate(codes) if code]
    n_coach = sum(_n_words(utterances[i]) for i in coach)
    n_all = sum(map(_n_words, utterances))
    longest, run = _longest_run(utterances)
    return {
        "talk_share": _measure("talk_share", n_coach / n_all if n_all else None, coach, n_all),
        "longest_monologue": _measure("longest_monologue", longest, run, len(run)),
    }


def _longest_run(utterances: Turns) -> tuple[int, list[int]]:
    """Return words and indexes of the coach's longest talk; the client's listening sounds do not end it."""
    longest = n = first = best_first = best_last = 0
    for i, utterance in enumerate(utterances):
        if utterance["speaker"] == "coach":
            first = i if n == 0 else first
            n += _n_words(utterance)
            if n > longest:
                longest, best_first, best_last = n, first, i
        elif _n_words(utterance) > LISTENING_WORDS:
            n = 0
    run = range(best_first, best_last + 1) if longest else ()
    return longest, [i for i in run if utterances[i]["speaker"] == "coach"]


def _shares(codes: Sequence[Code], at: list[int]) -> dict[str, Measure]:
    asked = [i for i in at if codes[i]["has_question"]]
    reflected = [i for i in at if codes[i]["has_reflection"]]
    informed = [i for i in at if codes[i]["has_input"]]
    is_open = [i for i in asked if codes[i]["question_type"] == "open"]
    deep = [i for i in reflected if codes[i]["reflection_type"] == "complex"]
    ratio = len(reflected) / len(asked) if asked else None
    return {
        "question_share": _share("question_share", codes, asked, at, "has_question"),
        "reflection_share": _share("reflection_share", codes, reflected, at, "has_reflection"),
        "input_share": _share("input_share", codes, informed, at, "has_input"),
        "open_questions": _share("open_questions", codes, is_open, asked, "closed"),
        "complex_reflections": _share("complex_reflections", codes, deep, reflected, "complex"),
        "reflections_to_questions": _measure(
            "reflections_to_questions",
            ratio,
            sorted({*asked, *reflected}),
            len(asked),
            _ratio_bounds(codes, at, len(reflected), len(asked)),
        ),
    }


def _share(name: str, codes: Sequence[Code], yes: list[int], among: list[int], column: str) -> Measure:
    if not among:
        return _measure(name, None, [], 0)
    value, n = len(yes) / len(among), len(among)
    spread = _Z * _deviation(codes, among, column) / n
    return _measure(name, value, yes, n, (max(0.0, value - spread), min(1.0, value + spread)))


def _deviation(codes: Sequence[Code], among: list[int], column: str) -> float:
    """Return the standard deviation of a count of turns that err alike; a person's code has no doubt."""
    doubts = [codes[i]["p"][column] for i in among if codes[i].get("p")]
    variances = [p * (1 - p) for p in doubts]
    alike = ALIKE[column]
    return sqrt((1 - alike) * sum(variances) + alike * sum(map(sqrt, variances)) ** 2)


def _ratio_bounds(
    codes: Sequence[Code], at: list[int], n_reflected: int, n_asked: int
) -> tuple[float, float] | None:
    """Return a range by the delta method on the logarithm."""
    if not n_reflected or not n_asked:
        return None
    doubt_asked = _deviation(codes, at, "has_question") / n_asked
    doubt_reflected = _deviation(codes, at, "has_reflection") / n_reflected
    # What one takes for a question the other takes for a reflection: such doubts add up.
    spread = min(_Z * (doubt_asked + doubt_reflected), 5.0)
    ratio = n_reflected / n_asked
    return ratio * exp(-spread), ratio * exp(spread)


def _counts(codes: Sequence[Code], at: list[int]) -> dict[str, Measure]:
    advised = [i for i in at if codes[i]["advice"]]
    unasked = [i for i in advised if not codes[i].get("permission", False)]
    found = {
        "advice": advised,
        "advice_without_permission": unasked,
        "advice_before_exploring": _early(codes, at),
        "stacked_questions": [i for i in at if codes[i].get("stacked", False)],
        "leading_questions": [i for i in at if codes[i].get("leading", False)],
        "affirmations": [i for i in at if codes[i].get("affirmation", False)],
    }
    return {name: _measure(name, len(evidence), evidence, len(at)) for name, evidence in found.items()}


def _early(codes: Sequence[Code], at: list[int]) -> list[int]:
    """Return turns with input or advice before the coach has asked or reflected `EXPLORED` times."""
    early: list[int] = []
    n_explored = 0
    for i in at:
        if n_explored >= EXPLORED:
            break
        if codes[i]["has_input"] or codes[i]["advice"]:
            early.append(i)
        n_explored += codes[i]["has_question"] or codes[i]["has_reflection"]
    return early


def _timed(utterances: Turns) -> dict[str, Measure]:
    """Compare every turn's start with the end of the one before, where both are known."""
    pairs = [
        (i, float(utterances[i]["start"]) - float(utterances[i - 1]["end"]))
        for i in range(1, len(utterances))
        if utterances[i].get("start") is not None and utterances[i - 1].get("end") is not None
    ]
    cut_in = [i for i, gap in pairs if gap <= -OVERLAP_SECONDS and _takes_over(utterances, i)]
    silent = [i for i, gap in pairs if gap >= PAUSE_SECONDS]
    found = {}
    for name, evidence in (("interruptions", cut_in), ("pauses", silent)):
        found[name] = _measure(name, len(evidence) if pairs else None, evidence, len(pairs))
        if not pairs:
            found[name]["caveats"].insert(0, NO_TIMES)
    return found


def _takes_over(utterances: Turns, i: int) -> bool:
    """Tell whether the coach speaks into the client's turn, and says more than a listening sound."""
    is_coach = utterances[i]["speaker"] == "coach" and utterances[i - 1]["speaker"] != "coach"
    return is_coach and _n_words(utterances[i]) > LISTENING_WORDS


def _grow(utterances: Turns, at: list[int]) -> Measure:
    """Give every moment to the phase that the coach spoke of last; words stand in where times lack."""
    weight = dict.fromkeys(PHASES, 0.0)
    evidence: list[int] = []
    speaking = set(at)
    phase: str | None = None
    for i, utterance in enumerate(utterances):
        named = rules.grow_phase(utterance["text"]) if i in speaking else None
        if named:
            phase = named
            evidence.append(i)
        if phase:
            weight[phase] += _length(utterances, i)
    total = sum(weight.values())
    value = {name: part / total for name, part in weight.items()} if total else None
    return _measure("grow_phases", value, evidence, len(at))


def _length(utterances: Turns, i: int) -> float:
    start, end = utterances[i].get("start"), utterances[i].get("end")
    if end is None and i + 1 < len(utterances):
        end = utterances[i + 1].get("start")
    if start is None or end is None or end <= start:
        return _n_words(utterances[i]) / 2.5  # about 150 words a minute
    return float(end - start)


def _n_words(utterance: Mapping[str, Any]) -> int:
    return len(utterance["text"].split())
