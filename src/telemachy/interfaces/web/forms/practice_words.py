"""The words of practice: skills, kinds of turn, why a turn is read as it is, steps of the path."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.core.practice import (
    Check,
    Ending,
    Grade,
    Note,
    Outcome,
    Reason,
    Remark,
    Skill,
    TurnKind,
    TurnReading,
)


@dataclass(frozen=True, slots=True)
class SkillWords:
    """How an exercise is called, what it asks for, and what it is good for."""

    name: Promise
    task: Promise
    label: Promise
    said: Promise
    purpose: Promise


SKILLS: dict[Skill, SkillWords] = {
    Skill.ASK: SkillWords(
        _("Advice into a question"),
        _("This advice is on your tongue. Ask one open question instead."),
        _("Your question"),
        _("What you were about to say"),
        _("An open question leaves the thinking with whoever has to act."),
    ),
    Skill.UNSTACK: SkillWords(
        _("One question at a time"),
        _("These are several questions at once. Ask the one that matters, openly."),
        _("Your one question"),
        _("What was asked"),
        _("Of several questions only one gets an answer, mostly the easiest."),
    ),
    Skill.REFLECT: SkillWords(
        _("Give back what was said"),
        _("Give back the heart of it in a sentence, without asking anything."),
        _("Your reflection"),
        _("What you hear"),
        _("Whoever hears that they were understood goes on by themselves."),
    ),
    Skill.DEEPEN: SkillWords(
        _("Give back what was meant"),
        _("Give back what may lie under it: what it is like, or what matters. Use your own words."),
        _("Your reflection"),
        _("What you hear"),
        _("A guess at the meaning, put as a statement, takes the conversation a step deeper."),
    ),
    Skill.SUMMARISE: SkillWords(
        _("Sum up"),
        _("Sum it up in two or three sentences, so that the other says: yes, exactly."),
        _("Your summary"),
        _("What you hear"),
        _("A summary shows what was heard, puts it in order, and invites a correction."),
    ),
    Skill.PHASE: SkillWords(
        _("Name the phase"),
        _("Which phase of GROW does this question belong to?"),
        _("The phase"),
        _("The question"),
        _("Whoever knows where the conversation is knows what may come next."),
    ),
}

PHASES = {
    "goal": (_("Goal"), _("what is wanted")),
    "reality": (_("Reality"), _("how things stand")),
    "options": (_("Options"), _("what could be done")),
    "will": (_("Will"), _("what will be done")),
}

OUTCOMES = {
    Outcome.MET: (_("That does it"), "positive", "check"),
    Outcome.NOT_MET: (_("Not yet"), "caution", "pencil"),
    Outcome.UNSURE: (_("I cannot tell"), "neutral", "question"),
}

GRADES = {
    Grade.AGAIN: _("Not yet"),
    Grade.HARD: _("With effort"),
    Grade.GOOD: _("Well"),
    Grade.EASY: _("Easily"),
}

#: What a turn is called, and the class of its mark.
KINDS: dict[TurnKind, tuple[Promise, str]] = {
    TurnKind.OPEN: (_("Open question"), "open"),
    TurnKind.CLOSED: (_("Closed question"), "closed"),
    TurnKind.REFLECTION: (_("Reflection"), "reflection"),
    TurnKind.ADVICE: (_("Advice"), "advice"),
    TurnKind.ROOM: (_("Gives room"), "room"),
    TurnKind.OTHER: (_("Something else"), "other"),
    TurnKind.UNSURE: (_("Not sure"), "unsure"),
}

_REASONS: dict[Reason, Promise] = {
    Reason.OPENS_WIDE: _("It begins with “%(quote)s”, so there is more than one answer to it."),
    Reason.ASKS_WHY: _("It begins with “%(quote)s”, which is open."),
    Reason.INVITES: _("“%(quote)s” invites the other to tell more."),
    Reason.YES_OR_NO: _("It begins with “%(quote)s”, so it can be answered yes or no."),
    Reason.ONE_FACT: _("It begins with “%(quote)s”, so one name, place or number answers it."),
    Reason.ASKED_WITHOUT_FORM: _("It asks, but not in a form that I know."),
    Reason.ADVISES: _("“%(quote)s” tells the other what to do."),
    Reason.ADVICE_AS_QUESTION: _("“%(quote)s” is advice with a question mark."),
    Reason.LEADS: _("“%(quote)s” carries its answer with it."),
    Reason.GIVES_BACK: _("“%(quote)s” gives something back without asking."),
    Reason.MODEL_GIVES_BACK: _("By its words it gives something back; no single word shows it."),
    Reason.GIVES_ROOM: _("“%(quote)s” gives room and asks nothing."),
    Reason.ABOUT_ONESELF: _("It begins with “%(quote)s”: it speaks of you, thanks or praises."),
    Reason.MODEL_OTHER: _("It neither asks nor gives back nor advises, as far as words show."),
    Reason.NO_WORDS: _("There are no words in it."),
    Reason.UNCLEAR: _("I cannot tell from its words what it does. You can."),
    Reason.OTHER_LANGUAGE: _(
        "It does not read as the language of the exercise, which is all that I can judge. You can."
    ),
    Reason.SAID_BEFORE: _("You said nearly the same before, so nothing new was heard."),
    Reason.FITS_ANYBODY: _("It gives back in a phrase that fits anybody, without a word of what was said."),
}

_NOTES: dict[Note, Promise] = {
    Note.STACKED: _("There are %(n)d questions in it. Which one do you want answered?"),
    Note.WHY: _("“Why” can sound like a call to account. “What makes …” asks the same more softly."),
    Note.OWN_WORDS: _("You use your own words."),
    Note.NONE_OF_THEIRS: _(
        "I find no word in it of what was said or of the situation. Whether it gives back what was said, you "
        "can tell better than I."
    ),
    Note.REPEATS: _("Most of its words were the other's: %(quote)s."),
    Note.NAMES_FEELING: _("“%(quote)s” names what it is like, or what matters."),
    Note.ADDS_NOTHING_SEEN: _(
        "I see no word for what it is like or what matters. That does not mean there is none."
    ),
    Note.ASKS_TOO: _(
        "It asks as well. Try it once without a question: a statement that may be wrong is enough."
    ),
    Note.POINTS: _("I find %(n)d of %(of)d points, by their words alone."),
    Note.TOO_LONG: _("It has %(n)d words for %(of)d that were said. Half is plenty."),
    Note.RIGHT_PHASE: _("Yes: %(quote)s."),
    Note.OTHER_PHASE: _("I would say: %(quote)s."),
}

THEMES = {
    "vague_goal": _("Vague goal"),
    "advice_seeking": _("Asks for advice"),
    "resistance": _("Resistance"),
    "silence": _("Silence"),
    "emotional_load": _("Emotional load"),
    "culture": _("Cultural difference"),
    "conflict": _("Conflict"),
    "politics": _("Stakeholders"),
    "dependence": _("Over-dependence"),
    "impostor": _("Impostor feelings"),
    "no_commitment": _("Agrees, does not commit"),
    "remote_time": _("Remote, short of time"),
    "reverse": _("Reverse mentoring"),
}

ENDINGS = {
    Ending.MOVED: (_("Something moved"), "positive"),
    Ending.HALFWAY: (_("Halfway"), "caution"),
    Ending.CLOSED: (_("It stayed shut"), "neutral"),
}


def reason(reading: TurnReading) -> str:
    """Say why a turn is read as it is."""
    return str(_REASONS[reading.reason]) % {"quote": reading.quote}


def remark(one: Remark) -> str:
    """Say a remark; a phase is named by its word."""
    quote = str(PHASES[one.quote][0]) if one.quote in PHASES else one.quote
    return str(_NOTES[one.note]) % {"quote": quote, "n": one.n, "of": one.of}


def points_decided(check: Check) -> bool:
    """Tell whether a summary was judged by what it holds, while its form said nothing."""
    is_unsure = check.reading is not None and check.reading.kind == TurnKind.UNSURE
    return is_unsure and check.outcome != Outcome.UNSURE


def found(check: Check) -> str:
    """Say in a line what the answer is; nothing where its form decided nothing."""
    if check.reading is None or points_decided(check):
        return ""
    if check.reading.stacked:
        return _now("I read it as several questions.")
    if check.reading.kind == TurnKind.UNSURE:
        return _now("I cannot tell what this is.")
    return _now("I read it as: %(kind)s.") % {"kind": KINDS[check.reading.kind][0]}
