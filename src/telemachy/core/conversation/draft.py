"""Marks a draft of guidance as an answer or a question, by rules, while it is being typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

#: Longest text looked at, in characters; guidance is shorter and typing must stay smooth.
MAX_CHARS = 20_000

#: With more than this many plain sentences to a question, a draft tells rather than asks.
MOSTLY_PLAIN = 3

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*|[.!?…]+")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.M)
_LINK = re.compile(r"https?://\S+")

#: A sentence that opens like this is a question even without its mark. English, then German.
_QUESTION_START = re.compile(
    r"^\W*(and |but |so |then |und |aber |also )?("
    r"(what|which|who|whom|whose|when|where|why|how)('s|’s)?\b(?! a\b| an\b)|"
    r"(do|does|did|have|has|had|are|is|were|was|can|could|would|will|should) (you|we|they|it|that|there)\b|"
    r"(wie|wer|wen|wem|wessen|wann|wo|warum|weshalb|wieso|woran|wozu|womit|wovon|worauf|welche[rsmn]?)\b|"
    r"(was|hast|kannst|könntest|würdest|willst|siehst|denkst|glaubst|weißt|bist) (du|wäre|ist|hat|hast|würde|"
    r"könnte|bedeutet|passiert|brauchst|willst|siehst|hindert)\b)",
    re.I,
)
#: "What I would do …" and "When you get there …" open like questions but are none.
_NO_QUESTION = re.compile(
    r"^\W*(what (i|we|matters|you (should|need|have))\b|how (i|we)\b|why (i|we)\b|"
    r"(when|where|who)(ever)? (you|i|we|it|they|she|he|the|this|that)\b|which (is|means|was)\b|"
    r"was (ich|wir)\b|wie (ich|wir|gesagt)\b|wo (ich|wir)\b)",
    re.I,
)
#: Advice, also when dressed as a question ("Why don't you …?", "Have you tried …?").
_ADVICE = re.compile(
    r"\b(you (should|need to|must|have to|ought to|could|can|may want|might want)|you('d|’d| had) better|"
    r"i('d|’d| would)( \w+)? (suggest|recommend|advise|do|go|start|say|tell|ask|call|write|take|use|avoid|"
    r"be|not)|"
    r"i (suggest|recommend|advise)|my (advice|suggestion|recommendation)|if i were you|"
    r"why (don['’]t|not) you|why not|(?<!what )have you (tried|considered|thought (of|about))|how about|"
    r"what about \w+ing|"
    r"the (best|right|first|safest) (thing|way|step|move)|make sure|be sure to|"
    r"du (solltest|musst|kannst|könntest)|(sie|ihr) (sollten|solltet|müssen|müsst)|"
    r"ich (würde|empfehle|rate|schlage)|an deiner stelle|mein (rat|vorschlag)|am besten|warum .{1,20} nicht|"
    r"hast du (schon|mal))\b",
    re.I,
)
_IMPERATIVE = re.compile(
    r"^\W*(first,? |then,? |next,? |also,? |please |just |so,? |and |but |instead,? )*"
    r"(don['’]t|do not|never|always|try|start|stop|go|ask|tell|call|write|send|take|use|make|set|put|keep|"
    r"give|get|"
    r"talk|speak|say|explain|show|agree|check|look|read|list|plan|prepare|decide|focus|avoid|remember|"
    r"consider|let|"
    r"wait|meet|book|share|split|move|escalate|document|"
    r"frag|sag|sprich|schreib|ruf|nimm|mach|versuch|fang|geh|gib|setz|plane|kläre|vermeide)\b"
    r"(?! (you|we|i|it|is|are|was|that) )",
    re.I,
)
_SALUTATION = re.compile(
    r"^\W*(hi|hello|dear|hey|hallo|liebe[r]?|thanks|thank you|danke|good (morning|afternoon|question)|"
    r"best|regards|cheers|viele grüße|gruß)\b.{0,40}$",
    re.I,
)


class DraftKind(StrEnum):
    """What a draft mostly is."""

    EMPTY = "empty"
    QUESTION = "question"
    ANSWER = "answer"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class DraftMarks:
    """Counts of sentences; an advice dressed as a question counts as both.

    A draft is a question when it asks and advises nothing, an answer when it asks nothing, mixed when
    it does both or tells four times as much as it asks, and empty when there are no words.
    """

    kind: DraftKind
    n_sentences: int
    n_questions: int
    n_advice: int


@dataclass(frozen=True, slots=True)
class SentenceMark:
    """What one sentence of a draft does; `cue` holds the words that make it advice, or ""."""

    text: str
    asks: bool
    cue: str


def mark_sentences(text: str) -> tuple[SentenceMark, ...]:
    """Tell of each sentence of a draft whether it asks and whether it advises; see `mark_draft`."""
    return tuple(SentenceMark(s, _asks(s), _cue(s)) for s in _sentences(text[:MAX_CHARS]))


def mark_draft(text: str) -> DraftMarks:
    """Tell whether a draft asks or answers.

    Parameters
    ----------
    text : str
        The draft; quoted lines (`> …`), links and salutations are left out.

    Notes
    -----
    Regular expressions for English, and for German as far as question marks, question words and common
    advice go; other languages are judged by their question marks alone. It reads form, not intent: a
    rhetorical question counts as a question, advice without a cue ("Tuesday works best") as a plain answer,
    and irony is lost on it. It is a mirror for the one who types, never a measure of anyone.
    """
    marks = mark_sentences(text)
    n_sentences, n_questions = len(marks), sum(mark.asks for mark in marks)
    n_advice = sum(bool(mark.cue) for mark in marks)
    return DraftMarks(_kind(n_sentences, n_questions, n_advice), n_sentences, n_questions, n_advice)


def _sentences(text: str) -> list[str]:
    plain = _LINK.sub(" ", _QUOTED_LINE.sub("", text))
    found = (match.group().strip() for match in _SENTENCE.finditer(plain))
    return [s for s in found if ("?" in s or any(c.isalnum() for c in s)) and not _SALUTATION.match(s)]


def _asks(sentence: str) -> bool:
    if sentence.rstrip("!.… ").endswith(("?", "？", ";?")):
        return True
    return bool(_QUESTION_START.match(sentence)) and not _NO_QUESTION.match(sentence)


def _cue(sentence: str) -> str:
    found = _ADVICE.search(sentence)
    if found is None and not sentence.endswith("?"):
        found = _IMPERATIVE.match(sentence)
    return found.group().strip() if found else ""


def _kind(n_sentences: int, n_questions: int, n_advice: int) -> DraftKind:
    if n_sentences == 0:
        return DraftKind.EMPTY
    if n_questions == 0:
        return DraftKind.ANSWER
    n_plain = n_sentences - n_questions
    return DraftKind.MIXED if n_advice or n_plain > MOSTLY_PLAIN * n_questions else DraftKind.QUESTION
