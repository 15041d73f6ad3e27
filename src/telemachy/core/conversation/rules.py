"""What rules can tell of a coach's turn: stacked and leading questions, permission, affirmation, GROW phase.

Regular expressions for English, one alternative a line. They read form, not intent, and carry no probability.
"""

from __future__ import annotations

import re
from typing import Literal

Phase = Literal["goal", "reality", "options", "will"]

#: Most characters of a turn that rules look at.
MAX_CHARS = 4_000
#: "How so?", "Right?": an echo or a tag, not a question of its own.
_MIN_QUESTION_WORDS = 3


def _any_of(alternatives: str) -> re.Pattern[str]:
    """Return a pattern for whole words that fits any of the lines."""
    lines = (line.strip() for line in alternatives.strip().splitlines())
    return re.compile(rf"\b(?:{'|'.join(lines)})(?!\w)", re.I)


_QUESTION = re.compile(r"[^.?!]*\?")
#: Questions by the order of their words, for text without marks.
_BARE_QUESTION = _any_of(r"""
    (?:what|how|why|where|when|who|which)(?:'?s| (?:do|does|did|is|are|was|were|have|has))
    (?:what|how|why|where|when|who|which) (?:would|could|will|can|should)
    (?:and|or|so|but) (?:do|did|are|have|would|could|can|will) you
""")
_TAG = re.compile(
    r"[, ] *(?:right|correct|yeah|isn't it|is it not|(?:do|are|would|did|have|ca|wo)n't you(?: think)?|"
    r"(?:does|would)n't it)\s*\?",
    re.I,
)
_NEGATED = re.compile(
    r"(?:^|[.?!,]\s*|\b(?:so|and|but|well|okay) )(?:do|would|should|are|is|could|ca|have)n't "
    r"(?:you|it|that|there|we)\b",
    re.I,
)
_LEADING = _any_of(r"""
    why (?:don't|not|didn't|wouldn't) (?:you|just|try)
    have you (?:tried|considered|thought (?:of|about)) \w+ing
    don?'?t? ?you (?:really|actually|honestly) think
    (?:wouldn't|isn't) it be (?:better|easier|best)
    surely you
""")
_PERMISSION = _any_of(r"""
    (?:would|is|will) (?:it|that) (?:be )?(?:ok|okay|all right|alright|fine)(?: with you)? if (?:i|we)
    (?:would|will) (?:it|that) be (?:useful|helpful) if (?:i|we)
    (?:may|can|could|shall) i (?:share|offer|suggest|tell|give|add|make a suggestion)
    (?:do|would) you mind if i
    would you (?:like|be (?:open|interested|willing))\b[^.?!]{0,40}\b(?:hear|know|ideas?|suggestions?|some)
    if (?:it's|that's) (?:ok|okay|all right|alright) with you
    (?:are|would) you (?:be )?open to
    do you want (?:me to|to hear|to know)
    i(?:'m| am) wondering if i (?:could|can|might)
""")
#: A client who asks for advice has given permission.
_ASKED_FOR = _any_of(r"""
    what (?:should|would|do|can|could) (?:i do|you (?:do|suggest|recommend|advise|think i))
    any (?:advice|suggestions?|ideas|tips)
    how (?:should|do|would|can) i
    tell me what to do
""")
_AFFIRMATION = _any_of(r"""
    (?:good|great|nice|excellent) (?:job|work|for you|on you|going|effort|thinking|idea|start|step)
    well done
    congratulations
    i(?:'m| am) (?:really |so |very )?(?:proud|impressed|pleased|glad you)
    i (?:really )?(?:appreciate|admire)
    that(?:'?s| is| was) (?:a |an |really |very |so )*(?:great|good|wonderful|excellent|awesome|fantastic)
    that(?:'?s| is| was| took) (?:a |an |really |very |so )*(?:impressive|brave|courage|big step|thoughtful)
    you(?:'ve| have) (?:really |already )?(?:worked|shown|managed|overcome|come) (?:so|a lot|very|hard|such)
    you(?:'ve| have) (?:really |already |clearly )?(?:put|made|done) (?:so much|a lot|great|some real|such)
    you(?:'re| are) (?:really |very |so )?(?:committed|strong|resourceful|determined|motivated|brave)
    you(?:'re| are) doing (?:really )?(?:well|great)
    (?:shows|showed|takes|took) (?:a lot of |real |great )?(?:courage|strength|commitment|effort|insight)
""")

#: The later phase wins: "what will you do about your goal" speaks of the will.
_PHASES: tuple[tuple[Phase, re.Pattern[str]], ...] = (
    (
        "will",
        _any_of(r"""
            what will you do
            (?:next|first) steps?
            by when
            when will you
            how (?:committed|likely|confident)
            commit(?:ment|ted)? to
            action (?:plan|items?)
            accountab\w+
            what(?:'s| is) (?:the|your) (?:plan|next)
            before (?:we|i) (?:meet|see you|talk) (?:again|next)
            who (?:can|could|will) (?:support|help) you
            between now and
        """),
    ),
    (
        "options",
        _any_of(r"""
            options?
            alternatives?
            what (?:else )?(?:could|might|can) you (?:do|try)
            what else (?:could|might|can)
            what (?:would|could|might) (?:work|help|happen if)
            what have you thought of
            if (?:you|there) (?:had|were|was|could)
            pros and cons
            which (?:of these|one|would)
            brainstorm
            possibilit\w+
        """),
    ),
    (
        "goal",
        _any_of(r"""
            goals?
            what (?:would|do) you (?:like|want|hope)
            want to (?:achieve|get|work on|talk about|focus|discuss)
            (?:today's|our) (?:session|agenda|focus|topic)
            what brings you
            (?:good |best )?outcome
            success look
            what would (?:be|make) (?:useful|helpful|it)
            ideal(?:ly)?
            where (?:would|do) you want
        """),
    ),
    (
        "reality",
        _any_of(r"""
            what(?:'s| is| has been) (?:happening|going on|stopping|it like|the (?:situation|problem|hardest))
            what (?:happened|have you (?:done|tried)|did you|makes|worries|gets in)
            tell me (?:more|about|a)
            how (?:is|are|has|have|did|long|often|much|many|do you feel)
            right now
            at the moment
            currently
            so far
            when did
        """),
    ),
)


def is_stacked(text: str) -> bool:
    """Tell whether a turn asks two or more questions of their own, so that only one can be answered."""
    text = text[:MAX_CHARS]
    if "?" in text:
        asked = [found.group() for found in _QUESTION.finditer(text)]
        return sum(len(one.split()) >= _MIN_QUESTION_WORDS for one in asked) >= 2
    return len(_BARE_QUESTION.findall(text)) >= 3


def is_leading(text: str) -> bool:
    """Tell whether a question carries its answer: a tag, a negated verb, advice in the form of a question."""
    straight = _straight(text)
    return any(pattern.search(straight) for pattern in (_TAG, _NEGATED, _LEADING))


def asks_permission(text: str, before: str = "") -> bool:
    """Tell whether advice asks to be given, or the client's turn `before` asked for it."""
    return bool(_PERMISSION.search(_straight(text)) or _ASKED_FOR.search(_straight(before)))


def is_affirmation(text: str) -> bool:
    """Tell whether a turn acknowledges effort, strength or success of the client."""
    return bool(_AFFIRMATION.search(_straight(text)))


def grow_phase(text: str) -> Phase | None:
    """Return the phase of GROW (Whitmore, Coaching for Performance, 1992) that a coach's turn speaks of."""
    straight = _straight(text)
    return next((phase for phase, pattern in _PHASES if pattern.search(straight)), None)


def _straight(text: str) -> str:
    return text[:MAX_CHARS].replace("’", "'")
