"""How the coach's three recorded talks were rated, what was heard in them, and the letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ReviewText:
    """One review; days before today. Levels of each assessor in the order of the rubric's competencies."""

    title: str
    held: int
    asked: int
    question: str
    by_writer: str
    by_second: str
    #: When the second assessor, and then the writer, handed in.
    second_in: int
    writer_in: int
    #: A talk that is recorded for the review; None where it is there already.
    talk: Path | None = None
    #: How a turn begins -> competency and what the writer noted.
    heard: dict[str, tuple[str, str]] = field(default_factory=dict)
    sent: int | None = None
    greeting: str = ""
    strengths: str = ""
    development: str = ""
    closing: str = ""
    points: tuple[tuple[str, str], ...] = ()


REVIEWS = (
    ReviewText(
        title="First talk: a mail without an answer",
        held=76,
        asked=74,
        second_in=72,
        writer_in=71,
        talk=_HERE / "talk_first.txt",
        question="I sometimes hear myself solve it. Where does that begin?",
        by_writer="322123",
        by_second="323222",
        heard={
            "Did you send a reminder": ("C", "Closed, and about what he has done: he reports."),
            "You would find yourself": ("B", "Four words, and he hears himself for the first time."),
            "I would simply call": ("E", "Here it begins: his own ways were not asked for yet."),
            "Could you ask him": ("C", "Three in one; he answers the first."),
        },
        sent=70,
        greeting="Dear Samuel,\nthank you for the courage to send the first one as it was.",
        strengths=(
            "You asked what he wants to leave with, and waited until it was more than a subject: an answer, "
            "without being a nuisance. The end belongs to him too: he names the person, the day and who "
            "hears of it.\n\nYour shortest sentence was the strongest. When you gave his own word back, he "
            "said that it sounds strange, and that is where the conversation could have gone."
        ),
        development=(
            "You asked where the solving begins. For me it begins at the moment after the strange sentence. "
            "It was quiet, you could not see yet where it leads, and you called the grid operator for him. "
            "What would have happened if the silence had lasted as long as it wanted?"
        ),
        closing="I look forward to the second one.\nRuth",
        points=(
            ("After a sentence that surprises the other, I count to five before I say anything.", "D"),
            ("I draw out three ways of the other before I name one of mine.", "E"),
        ),
    ),
    ReviewText(
        title="Second talk: six months in the north",
        held=41,
        asked=39,
        second_in=38,
        writer_in=36,
        talk=_HERE / "talk_second.txt",
        question="I tried to wait longer. Did it help him, or only me?",
        by_writer="333223",
        by_second="332233",
        heard={
            "Everybody says so": ("C", "Five words turn the conversation to him."),
            "A part of you says yes": ("B", "Both voices, neither judged."),
            "Some people in your place": ("E", "Two offers where he had just found his own words."),
            "What else have you not": ("D", "Five seconds of silence, and then his best idea."),
        },
        sent=35,
        greeting="Dear Samuel,\nyou asked whether the waiting helped him. Listen to minute three.",
        strengths=(
            "There are three silences in which he finds something that neither of you had: the night voice, "
            "the firm ground, and the question what they need him for. You reflect both sides without "
            "leaning to one."
        ),
        development=(
            "The two offers were good ones, and he took one. He took it as he takes a task. What he found by "
            "himself a minute later he said with another voice. Ask for leave before you offer, or keep it "
            "until he has none left."
        ),
        closing="It helped him.\nRuth",
        points=(("Before I offer something, I ask whether it is wanted.", "E"),),
    ),
    ReviewText(
        title="Third talk: the relay settings",
        held=11,
        asked=8,
        second_in=6,
        writer_in=3,
        question="The story about the turbines: what should I have done with it?",
        by_writer="433323",
        by_second="433423",
    ),
)

#: Days before today, kind, minutes, and with whom: "writer" for the mentor coach.
HOURS = (
    (69, "individual", 60, "writer"),
    (62, "group", 90, "Circle of internal coaches"),
    (48, "group", 90, "Circle of internal coaches"),
    (41, "client", 30, ""),
    (34, "individual", 60, "writer"),
    (27, "group", 90, "Circle of internal coaches"),
    (13, "group", 90, "Circle of internal coaches"),
    (11, "client", 30, ""),
)
CREDENTIAL = "First credential of a coach"
CREDENTIAL_ABOUT = (
    "As Norrvane asks it of its internal coaches before they coach without a second pair of ears."
)
