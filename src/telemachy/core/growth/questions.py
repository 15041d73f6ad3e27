"""Do learners come to ask themselves what their trainer used to ask? Told from what questions look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from telemachy.core.shared.retrieval import Collection

#: Below these nothing is said.
MIN_SITUATIONS, MIN_TRAINERS = 6, 3
#: Growth is said where chance alone would bring as much in at most this share of cases.
ALPHA = 0.05
N_DRAWS = 999
#: Pairs of a trainer's question and a learner's own one that are shown.
MAX_ECHOES = 3
#: Of a text, so many characters are read.
MAX_CHARS = 20_000

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]")
_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


class Look(StrEnum):
    """What a question turns the eye to."""

    OTHERS = "others"
    PURPOSE = "purpose"
    OPTIONS = "options"
    RISKS = "risks"
    FACTS = "facts"
    OWN_PART = "own_part"
    AFTERWARDS = "afterwards"


#: Words that tell what a question looks at, English and German.
WORDS: Mapping[Look, frozenset[str]] = {
    Look.OTHERS: _words(
        "who whom whose he him his she her they them their others somebody someone anybody person "
        "people wer wem wen wessen ihm ihn ihnen ihrer andere anderen anderer jemand leute"
    ),
    Look.PURPOSE: _words(
        "why want wants purpose aim goal matters matter important worth warum wozu wofür willst ziel "
        "zweck wichtig lohnt"
    ),
    Look.OPTIONS: _words(
        "else instead otherwise option options alternative alternatives another third differently or sonst "
        "stattdessen möglichkeit möglichkeiten alternative alternativen anders oder"
    ),
    Look.RISKS: _words(
        "risk risks worst wrong lose loses fail fails cost costs afraid danger risiko risiken schlimmsten "
        "schief verlieren verlierst kostet kosten angst gefahr"
    ),
    Look.FACTS: _words(
        "know knows known sure certain fact facts evidence true heard said happened seen assume weißt "
        "wissen sicher tatsache tatsachen beleg wahr gehört gesagt geschehen gesehen annimmst"
    ),
    Look.OWN_PART: _words("myself yourself own part selbst eigene eigener eigenen anteil"),
    Look.AFTERWARDS: _words(
        "then after afterwards later tomorrow next week month year before first danach nachher später "
        "morgen nächste nächsten woche monat jahr vorher zuerst"
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one situation: the learner's own before any help, and the trainer's."""

    own: tuple[str, ...]
    trainer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Echo:
    """A learner's own question, and the earlier one of the trainer that comes nearest to it."""

    trainer: str
    own: str


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """How much of what the trainer looks at the learner's own questions look at, too.

    `early` and `late` are means over the first and the second half of the situations, each in [0, 1];
    `p_value` is that of a permutation test of their order, one-sided. `looks` are those of the trainer, the
    most frequent first, `taken_up` those that the learner's own questions of the second half share.
    """

    n_situations: int
    n_trainers: int
    early: float
    late: float
    p_value: float
    looks: tuple[Look, ...]
    taken_up: frozenset[Look]
    echoes: tuple[Echo, ...]

    @property
    def has_grown(self) -> bool:
        """Whether chance alone hardly explains the rise."""
        return self.late > self.early and self.p_value <= ALPHA


def questions_in(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that end with a question mark; of its first 20,000 characters."""
    text = text[:MAX_CHARS]
    # Up to the last mark, so that each run of letters ends in what the search looks for: it is tried once,
    # not anew from each letter of a long line.
    found = _SENTENCE.findall(text[: text.rfind("?") + 1])
    return tuple(one.strip() for one in found if one.endswith("?") and one[:-1].strip())


def looks_of(question: str) -> frozenset[Look]:
    """Return what a question turns the eye to, as far as its words tell."""
    words = _words(question)
    return frozenset(look for look, telling in WORDS.items() if words & telling)


def own_questions(situations: Sequence[Asked], *, seed: int = 0) -> OwnQuestions | None:
    """Compare a learner's own questions with those of the trainer, from the first situation to the last.

    Parameters
    ----------
    situations : sequence of Asked
        Oldest first.
    seed : int
        Of the permutations.

    Returns
    -------
    OwnQuestions or None
        None below six situations or three questions of the trainer, and where no word tells what the
        trainer's questions look at.

    Notes
    -----
    Each situation scores the share of the trainer's looks, weighted by how often the trainer took them over
    the whole course, that the learner's own questions take. The order of the situations is then permuted:
    under "no change" every order is as likely (Good 2005, Permutation Tests, ch. 3).
    The words are a coarse reading: they tell where a question looks, not how good it is.
    """
    trainers = [looks_of(question) for one in situations for question in one.trainer]
    weight = Counter(look for looks in trainers for look in looks)
    if len(situations) < MIN_SITUATIONS or len(trainers) < MIN_TRAINERS or not weight:
        return None
    own = [frozenset[Look]().union(*map(looks_of, one.own)) for one in situations]
    score = np.array([sum(weight[look] for look in looks) for looks in own]) / weight.total()
    half = len(situations) // 2
    late_looks = frozenset[Look]().union(*own[half:])
    return OwnQuestions(
        n_situations=len(situations),
        n_trainers=len(trainers),
        early=float(score[:half].mean()),
        late=float(score[half:].mean()),
        p_value=_p_of_order(score, np.random.default_rng(seed)),
        looks=tuple(look for look, _n in weight.most_common()),
        taken_up=late_looks & weight.keys(),
        echoes=_echoes(situations),
    )


def _p_of_order(score: npt.NDArray[np.float64], rng: np.random.Generator) -> float:
    """Return how often a random order rises as much as the real one, the real one counted in."""
    time = np.arange(len(score)) - (len(score) - 1) / 2
    drawn = rng.permuted(np.tile(score, (N_DRAWS, 1)), axis=1) @ time
    return float((1 + (drawn >= score @ time - 1e-12).sum()) / (1 + N_DRAWS))


def _echoes(situations: Sequence[Asked]) -> tuple[Echo, ...]:
    """Return the learner's latest own questions that share words and a look with an earlier one heard."""
    heard: list[str] = []
    found: list[Echo] = []
    for one in situations:
        earlier = Collection(heard)
        for question in one.own:
            scores = earlier.scores(question)
            nearest = max(range(len(heard)), key=scores.__getitem__, default=0)
            if heard and scores[nearest] > 0 and looks_of(heard[nearest]) & looks_of(question):
                found.append(Echo(heard[nearest], question))
        heard += one.trainer
    return tuple(reversed(found[-MAX_ECHOES:]))
