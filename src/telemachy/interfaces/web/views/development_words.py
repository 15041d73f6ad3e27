"""What the pages of a learner's development say: the next step, the prompts, the pulse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from telemachy.apps.relationships.queries.development import NextStep, Step


@dataclass(frozen=True, slots=True)
class Focus:
    """The next step in words, and where its button leads."""

    title: str
    text: str
    button: str
    url: str
    icon: str


#: Title, why it is worth doing now, button, icon. `%(who)s` is the mentor, `%(what)s` the situation.
FOCUS: Mapping[Step, tuple[Promise, Promise, Promise, str]] = {
    Step.ACCEPT: (
        _("You are invited to a pair with %(who)s"),
        _("See what you would do together, then say whether you accept. You can decline without a reason."),
        _("Look at the invitation"),
        "pair",
    ),
    Step.CHARTER: (
        _("Agree on your charter with %(who)s"),
        _("Half an hour now: how often you meet, what stays between you, how you will know that it helped."),
        _("Read the charter"),
        "charter",
    ),
    Step.GOAL: (
        _("Say where you start"),
        _("A goal needs a baseline: what you do today, and where one saw it. It shows how far you came."),
        _("Write the goal"),
        "goal",
    ),
    Step.DECIDE: (
        _("%(who)s has answered: “%(what)s”"),
        _("Weigh it against your own reasoning. The decision is yours."),
        _("Decide"),
        "situation",
    ),
    Step.REASON: (
        _("Think it through first: “%(what)s”"),
        _("Write what you make of it and what you would do, before you ask. That is where growth shows."),
        _("Write your reasoning"),
        "pencil",
    ),
    Step.ACT: (
        _("You decided: “%(what)s”"),
        _("When you have acted, tell how it went: what decided it, what you risked, what else was possible."),
        _("Go on"),
        "check",
    ),
    Step.ACCOUNT: (
        _("How did it turn out? “%(what)s”"),
        _("An account while it is fresh is worth more than a long one later."),
        _("Write the account"),
        "note",
    ),
    Step.CHOOSE: (
        _("Ask or decide: “%(what)s”"),
        _("You know what you would do. If you are sure, decide; if something is missing, ask %(who)s."),
        _("Ask or decide"),
        "question",
    ),
    Step.PREPARE: (
        _("Prepare your session with %(who)s"),
        _("Choose what it is about: one situation, one goal, one thing you promised last time."),
        _("Prepare the session"),
        "calendar",
    ),
    Step.LOG: (
        _("Which case do you face this week?"),
        _("Take one that is yours to decide, and not easy. Write down what you make of it before you ask."),
        _("Log a situation"),
        "plus",
    ),
    Step.REFLECT: (
        _("Nothing waits for you"),
        _("A good moment to look back: one question, a few lines, for yourself alone."),
        _("Reflect"),
        "moon",
    ),
}

#: One question for each week; they come round in this order.
PROMPTS: tuple[Promise, ...] = (
    _("Which decision of this week would you make again, and which not?"),
    _("Where did you ask although you knew the answer?"),
    _("What did you notice this week that you would have overlooked half a year ago?"),
    _("Which assumption of yours turned out to be wrong?"),
    _("Whose view was missing when you decided?"),
    _("What did you leave undecided, and what does waiting cost?"),
    _("When were you sure and right? When were you sure and wrong?"),
    _("What would you tell somebody who faces next week what you faced this week?"),
    _("Which conversation did you put off?"),
    _("What did you do because it is always done that way?"),
    _("Which of your strengths got in your way?"),
    _("What went well, and how much of it was your doing?"),
)

PULSES: Mapping[str, tuple[Promise, Promise, Promise]] = {
    "safety": (
        _("Can you say openly to each other what is difficult?"),
        _("hardly"),
        _("always"),
    ),
    "clarity": (
        _("Is it clear to you what the two of you are working towards?"),
        _("not at all"),
        _("entirely"),
    ),
    "value": (
        _("Is it worth the time you put in?"),
        _("not at all"),
        _("entirely"),
    ),
    "reliance": (
        _("How often do you settle a hard situation at work without asking first?"),
        _("hardly ever"),
        _("nearly always"),
    ),
}


def focus(found: NextStep) -> Focus:
    """Put the next step into words in the reader's language."""
    title, text, button, icon = FOCUS[found.step]
    who = ", ".join(mentor.name for mentor in found.desk.mentors) or _now("your mentor")
    what = Truncator(found.situation.title).chars(90) if found.situation else ""
    names = {"who": who, "what": what}
    return Focus(str(title) % names, str(text) % names, str(button), _url(found), icon)


def prompt_of(day: date) -> str:
    """Return the reflection prompt of the week, in the reader's language."""
    return str(PROMPTS[day.isocalendar().week % len(PROMPTS)])


def _url(found: NextStep) -> str:
    pair = found.desk.relationship.pk
    if found.situation is not None:
        return reverse("situation", args=[found.situation.pk])
    if found.session is not None:
        return reverse("session", args=[found.session.pk])
    if found.step == Step.GOAL:
        return reverse("goal", args=[found.goal.pk]) if found.goal else reverse("goal-add", args=[pair])
    names = {Step.ACCEPT: "relationship", Step.CHARTER: "charter", Step.LOG: "situation-add"}
    return reverse(names[found.step], args=[pair]) if found.step in names else "#reflection"
