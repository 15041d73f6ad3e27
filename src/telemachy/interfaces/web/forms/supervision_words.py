"""The words of supervision: the seven lenses, the patterns, and open questions that fit a lens.

The lenses are the seven eyes of Hawkins and Shohet (Supervision in the Helping Professions, 1989) in plain
words; patterns and questions are this project's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemachy.core.supervision import Lens, Pattern

#: pattern -> its name, and how one notices it
PATTERNS: Mapping[str, tuple[Promise, Promise]] = {
    Pattern.ADVISING: (_("Advising before exploring"), _("I had an answer before I knew the question.")),
    Pattern.RESCUING: (_("Rescuing"), _("I took something off them that they could have carried.")),
    Pattern.AVOIDING_CHALLENGE: (_("Avoiding challenge"), _("I saw it and did not say it.")),
    Pattern.WORKING_HARDER: (
        _("Working harder than the client"),
        _("I prepared, chased and worried; they did not."),
    ),
    Pattern.HURRYING: (_("Hurrying"), _("I went on before they had arrived.")),
    Pattern.OVER_IDENTIFYING: (_("Seeing myself in the client"), _("It was my story that I was answering.")),
    Pattern.LOSING_CONTRACT: (
        _("Losing the contract"),
        _("We talked well, about something we had not agreed on."),
    ),
    Pattern.COLLUDING: (_("Taking their side"), _("We agreed about people who were not in the room.")),
    Pattern.BLURRED_BOUNDARY: (_("A blurred boundary"), _("I was friend, boss or expert as well.")),
    Pattern.DOUBTING_SELF: (_("Doubting myself"), _("I thought more about how I was doing than about them.")),
}


@dataclass(frozen=True, slots=True)
class LensWords:
    """What a lens is called, what it looks at, and questions that open it."""

    name: Promise
    about: Promise
    questions: tuple[Promise, ...]


LENSES: Mapping[str, LensWords] = {
    Lens.CLIENT: LensWords(
        _("The client"),
        _("How they come in, speak and choose; what they bring, before anybody explains it."),
        (
            _("What would I have seen if I had sat in the corner of the room?"),
            _("Which of their words do you still hear?"),
            _("What do they want, in their own words?"),
            _("What do you know about them, and what do you assume?"),
            _("Who are they when it goes well?"),
        ),
    ),
    Lens.INTERVENTIONS: LensWords(
        _("What I did"),
        _("What you said and did, when, and what else there was to do."),
        (
            _("What did you say just before it turned?"),
            _("What did you want to reach with that question?"),
            _("Which three other things could you have done?"),
            _("What did you leave out, and what kept you from it?"),
            _("What would you like to try the next time?"),
        ),
    ),
    Lens.RELATIONSHIP: LensWords(
        _("The two of us"),
        _("What is between the two of you, as a third thing that both of you make."),
        (
            _("If the two of you were a pair of animals, a boat, a piece of music: which?"),
            _("How did it begin, and what of that is still there?"),
            _("Who leads, and who agreed to that?"),
            _("What can the two of you not talk about?"),
            _("What would they say about being with you?"),
        ),
    ),
    Lens.PRACTITIONER: LensWords(
        _("What it does to me"),
        _("What it stirs in you, and what of that was there before you met this client."),
        (
            _("Where in your body do you notice it as you tell me?"),
            _("Whom does this client remind you of?"),
            _("What must not happen to you with this client?"),
            _("What do you need from them?"),
            _("When have you felt like this with somebody else you guide?"),
        ),
    ),
    Lens.PARALLEL: LensWords(
        _("What happens here as we talk about it"),
        _("What happens between us now that may be an echo of what happens between the two of you."),
        (
            _("What are we doing with each other at this moment?"),
            _("You tell it fast and I try to keep up: is it like that with them?"),
            _("What do you want me to do for you that they want of you?"),
            _("If this talk were one of yours with the client, who would I be?"),
        ),
    ),
    Lens.SUPERVISOR: LensWords(
        _("What it does to the supervisor"),
        _("What it stirs in whoever listens: an image, a mood, a wish to interrupt."),
        (
            _("As I listen I get impatient, sad, sleepy: what does it tell you?"),
            _("An image comes to me while you speak. May I tell it?"),
            _("I notice that I want to protect one of you. Which one would you guess?"),
            _("What do I hear too little of?"),
        ),
    ),
    Lens.CONTEXT: LensWords(
        _("What surrounds it"),
        _("Who else is there though not in the room: the organisation, the sponsor, the family, the times."),
        (
            _("Who gains if nothing changes?"),
            _("What does the organisation hope for, and does the client know it?"),
            _("Whom else does your work with them serve?"),
            _("Which differences between you are not spoken of?"),
            _("What of this would every newcomer there go through?"),
        ),
    ),
}

STATES: Mapping[str, tuple[Promise, str]] = {
    "draft": (_("Draft, only for you"), "neutral"),
    "shared": (_("Shared"), "accent"),
    "closed": (_("Closed"), "positive"),
}
