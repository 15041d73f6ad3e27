"""Rubrics to begin with: one of our own, and two shaped like published competency models.

The two shaped ones hold the published numbers and names of the competencies alone, which are facts; what
the bodies that publish them say about each is theirs and stays with them. Levels are our own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.core.assessment.rubrics import Competency, Level, Marker, Rubric
from telemachy.core.shared.wording import gettext_noop as _

LEVELS = (
    Level(_("Not yet"), _("The recording holds occasions for it that pass unused.")),
    Level(_("Emerging"), _("It is there in places, and lost again when the conversation gets harder.")),
    Level(_("Proficient"), _("It carries the conversation nearly throughout, and the client uses it.")),
    Level(_("Own voice"), _("It is there without effort, in a way that is this coach's own.")),
)
PROFICIENT = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A rubric that an organisation can take over and change."""

    key: str
    name: str
    about: str
    rubric: Rubric


def _competency(
    code: str, name: str, text: str, markers: tuple[str, ...], levels: tuple[str, ...]
) -> Competency:
    numbered = tuple(Marker(f"{code}.{place}", words) for place, words in enumerate(markers, start=1))
    return Competency(code, name, text, numbered, levels)


def _named(names: tuple[str, ...]) -> Rubric:
    found = tuple(Competency(str(place), name) for place, name in enumerate(names, start=1))
    return Rubric(LEVELS, PROFICIENT, found)


OWN = Rubric(
    LEVELS,
    PROFICIENT,
    (
        _competency(
            "A",
            _("Agreeing on the conversation"),
            _("What this conversation is for, in the client's words, and how both will know it helped."),
            (
                _("Asks what the client wants to take away, and waits for an answer that is specific."),
                _("Checks part-way whether the conversation is still about that."),
                _("Names a change of subject and lets the client choose."),
            ),
            (
                _("Begins to work on a subject that nobody has agreed on."),
                _("Asks for a subject, and takes the first answer for the aim."),
                _("Aim and sign of success are the client's, and are come back to."),
                _("Aim, meaning and limits are agreed in a few sentences that feel like conversation."),
            ),
        ),
        _competency(
            "B",
            _("Listening"),
            _("Giving back what was said and what was meant, so that the client hears it too."),
            (
                _("Gives back the meaning in fewer words than the client used."),
                _("Takes up words and pictures of the client instead of replacing them."),
                _("Notices what changes in voice, pace or words, and offers it as an observation."),
            ),
            (
                _("Answers before the client has finished, or goes on with the own next question."),
                _("Repeats words; what was meant is seldom tested."),
                _("Reflections carry meaning, and the client goes on from them."),
                _("What was between the lines is offered lightly, and often opens the matter."),
            ),
        ),
        _competency(
            "C",
            _("Asking"),
            _("Questions that let the client think, one at a time."),
            (
                _("Asks open questions that hold no answer."),
                _("Asks one question and leaves it alone."),
                _("Asks about what the client has not looked at: assumptions, others' views, wishes."),
            ),
            (
                _("Mostly closed, stacked or leading questions."),
                _("Open questions, which the next sentence often explains away."),
                _("One open question at a time, built on what was just said."),
                _("Few questions, plainly put, after which the client thinks aloud for minutes."),
            ),
        ),
        _competency(
            "D",
            _("Silence and presence"),
            _("Room to think, also when it is uncomfortable."),
            (
                _("Lets pauses stand."),
                _("Stays with a strong feeling without soothing it away."),
                _("Says openly when something is not known or not understood."),
            ),
            (
                _("Fills pauses within a second or two."),
                _("Pauses where it is easy, talks where it is not."),
                _("Pauses are the client's, and strong moments are given time."),
                _("Calm and curious throughout, and at ease with not leading."),
            ),
        ),
        _competency(
            "E",
            _("Leaving the thinking with the client"),
            _("Own ideas are rare, offered with permission, and let go."),
            (
                _("Draws out the client's own options before offering any."),
                _("Asks before giving advice or information."),
                _("Gives what is offered back to the client to judge."),
            ),
            (
                _("Solves the matter for the client."),
                _("Asks, then answers with the own experience."),
                _("Ideas of the coach come seldom and with permission, and the client decides."),
                _("The client leaves with own thoughts only, and knows it."),
            ),
        ),
        _competency(
            "F",
            _("From insight to action"),
            _("What the client will do, by when, and what was learnt about oneself."),
            (
                _("Asks what the client sees differently now."),
                _("Lets the client set the step, the date and who hears of it."),
                _("Asks what could get in the way."),
            ),
            (
                _("The conversation ends without a next step."),
                _("There is a step, proposed by the coach or without a date."),
                _("Step, date and obstacle are the client's, and follow from what was learnt."),
                _("The client sets the step unasked, and sees what it means beyond the case."),
            ),
        ),
    ),
)

EXAMPLES = (
    Example(
        "own",
        _("A conversation that leaves the thinking with the client"),
        _("Six competencies with markers and levels, written for this product. Change what you like."),
        OWN,
    ),
    Example(
        "icf",
        _("Eight competencies, numbered as the ICF does"),
        _(
            "Numbers and names of the ICF core competencies of 2019. The descriptions belong to the ICF: "
            "read them there, and write your own markers here."
        ),
        _named(
            (
                "Demonstrates Ethical Practice",
                "Embodies a Coaching Mindset",
                "Establishes and Maintains Agreements",
                "Cultivates Trust and Safety",
                "Maintains Presence",
                "Listens Actively",
                "Evokes Awareness",
                "Facilitates Client Growth",
            )
        ),
    ),
    Example(
        "emcc",
        _("Eight competences, numbered as the EMCC does"),
        _(
            "Numbers and names of the EMCC Global competence framework, version 2. The descriptions and "
            "indicators belong to the EMCC: read them there, and write your own markers here."
        ),
        _named(
            (
                "Understanding Self",
                "Commitment to Self-Development",
                "Managing the Contract",
                "Building the Relationship",
                "Enabling Insight and Learning",
                "Outcome and Action Orientation",
                "Use of Models and Techniques",
                "Evaluation",
            )
        ),
    ),
)
