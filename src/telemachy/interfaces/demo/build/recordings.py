"""A recorded talk of the coach with the newcomer, agreed on by both and heard by an experienced colleague."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from telemachy.apps.relationships.queries import relationships
from telemachy.apps.supervision.actions import codes, consents, evidence
from telemachy.apps.supervision.actions import recordings as actions
from telemachy.apps.supervision.queries import recordings as queries
from telemachy.interfaces.demo.plan import people as cast

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import Recording
    from telemachy.interfaces.demo.build.house import House
    from telemachy.interfaces.demo.build.moments import Moments, Script

TALK = Path(__file__).parents[1] / "content" / "talk.txt"
TITLE = "Third talk: the relay settings"
#: Days before today: the question, the yes, the talk with its upload, and when it was read again.
ASKED, AGREED, HELD, READ = 13, 12, 11, 9
KEPT = timedelta(days=60)
WORDS_PER_SECOND, BREATH = 1.9, 1.0
#: What the coach corrected: how a turn begins -> what it is.
CORRECTED = {
    "Say more about that": "open_question",
    "You could go straight to her": "input",
    "I heard somebody who takes": "reflection",
}
#: What the colleague noted: how a turn begins -> the note.
NOTED = {
    "So part of you trusts": "Both sides of the doubt in one sentence, then silence: he goes deeper.",
    "When you spoke about the breaker": "Asks leave, tells what was seen, and hands it back as a question.",
    "You know, when I was on": "A long story and four pieces of advice. What happened in you just before?",
    "I notice that I have just given": "Notices it without help and lets him judge it. That is the repair.",
    "Do you think that the client would": "Three questions at once; he says so himself.",
}


def vtt(talk: Path = TALK) -> bytes:
    """Write a talk as a meeting tool would."""
    names = {"C": "Samuel Barasa", "L": "Aarav Deshpande"}
    lines, at = ["WEBVTT", ""], 4.0
    told = talk.read_text(encoding="utf-8").splitlines()
    for number, turn in enumerate((line for line in told if not line.startswith("#")), start=1):
        seat, _space, words = turn.partition(" ")
        silence, _space, rest = words.partition(" ")
        if silence.lstrip("-").isdecimal():
            at, words = at + int(silence), rest
        end = at + len(words.split()) / WORDS_PER_SECOND
        lines += [str(number), f"{_time(at)} --> {_time(end)}", f"{names[seat]}: {words}", ""]
        at = end + BREATH
    return "\n".join(lines).encode()


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02}:{rest:06.3f}"


def schedule(house: House, moments: Moments, script: Script) -> None:
    """Put the consent, the upload and the second look into the script, if the two are a pair."""
    if pair_of(house) is None:
        return
    steps = ((ASKED, 9, _ask), (AGREED, 8, _agree), (HELD, 15, _hand_in), (READ, 16, _read))
    for days, hour, step in steps:
        now = moments.at(days, hour)
        script.add(now, partial(step, house, now))


def pair_of(house: House) -> Relationship | None:
    """Return the pair of the coach and the newcomer, or None in a plan without them."""
    coach, learner = house.people[cast.COACH], house.people[cast.SECOND_LEARNER]
    return relationships.of_party(coach).filter(parties__person=learner).first()


def _ask(house: House, now: datetime) -> None:
    coach, pair = house.people[cast.COACH], pair_of(house)
    if pair is None:
        return
    consents.ask(
        relationship=pair,
        title=TITLE,
        held_on=now.date() + timedelta(days=ASKED - HELD),
        offer=consents.Offer(
            "feedback", (now + KEPT).date(), [house.people[cast.LEAD_MENTOR], house.people[cast.ALIKE_MENTOR]]
        ),
        by=coach,
        now=now,
    )


def _agree(house: House, now: datetime) -> None:
    recording, learner = _recording(house), house.people[cast.SECOND_LEARNER]
    terms = queries.proposed(recording)
    if terms is not None:
        consents.agree(recording=recording, terms=terms, by=learner, now=now)


def _hand_in(house: House, now: datetime) -> None:
    coach, file = house.people[cast.COACH], ContentFile(vtt(), name="talk.vtt")
    actions.upload(recording=_recording(house), transcript=file, by=coach, now=now)
    recording = _recording(house)
    actions.map_speakers(recording=recording, seats=recording.seats, by=coach, now=now)


def _read(house: House, now: datetime) -> None:
    recording, coach = _recording(house), house.people[cast.COACH]
    for turn in queries.turns_of(recording):
        for beginning, kind in CORRECTED.items():
            if turn.text.startswith(beginning) and turn.seat == "coach":
                codes.correct(recording=recording, number=turn.number, kind=kind, by=coach, now=now)
        for beginning, note in NOTED.items():
            if turn.text.startswith(beginning):
                evidence.pin(
                    recording=recording,
                    number=turn.number,
                    by=house.people[cast.LEAD_MENTOR],
                    now=now,
                    note=note,
                )


def _recording(house: House) -> Recording:
    return queries.named_in(house.people[cast.COACH]).get(title=TITLE)
