"""From passages under names to turns in two seats: one person under several spellings, coach and client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NotRequired, TypedDict

from telemachy.core.conversation.readers.names import SEAT_WORDS, clean_name, key_of
from telemachy.core.conversation.transcript import Passage, Transcript, TranscriptError

SeatName = Literal["coach", "client"]

#: A silence at least so long, in seconds, parts two turns of the same person, so that it stays visible.
PAUSE_SECONDS = 3.0
#: Most words that passages of one person are joined to; a longer talk stays in several turns.
MAX_TURN_WORDS = 400
_SHOWN_NAMES = 8


class Utterance(TypedDict):
    """A turn: who holds the floor, what is said, and when, in seconds from the beginning, if known."""

    speaker: SeatName
    text: str
    start: float | None
    end: NotRequired[float | None]
    name: NotRequired[str]
    line: NotRequired[int]


def seats(transcript: Transcript, coach: str = "") -> dict[str, SeatName]:
    """Tell which name sits in which seat.

    Parameters
    ----------
    transcript : Transcript
    coach : str
        The coach's name as the file has it, or a part of it that only one name has; case does not matter.
        Without one: the name that says it ("Coach", "Mentor", ...), the other of "Client", "Mentee", ...,
        else the one who asks the greater share of questions, the first to speak if nobody asks more.

    Returns
    -------
    dict
        Every name of the file; one person's spellings share a seat, and all but the coach are clients.

    Raises
    ------
    TranscriptError
        If nobody is named, or nobody or more than one is called `coach`.
    """
    names = transcript.speakers
    if not names:
        raise TranscriptError("no_speakers", line=transcript.passages[0].line)
    people = _people(names)
    chosen = (
        _called(people, coach) if coach.strip() else _by_word(people) or _by_questions(transcript, people)
    )
    return {name: "coach" if people[name] == chosen else "client" for name in names}


def turns(transcript: Transcript, seat_of: Mapping[str, SeatName]) -> list[Utterance]:
    """Join passages that one seat speaks in a row into turns.

    A silence of `PAUSE_SECONDS`, another person in the same seat and `MAX_TURN_WORDS` part turns. A passage
    without a name goes to the one who spoke before; before the first name, to the other seat than that one's.
    """
    found: list[Utterance] = []
    n_words = 0
    people = _people(transcript.speakers)
    first: SeatName = next((seat_of[p.speaker] for p in transcript.passages if p.speaker), "client")
    speaker, seat = "", other(first)
    for passage in transcript.passages:
        if passage.speaker:
            speaker, seat = passage.speaker, seat_of[passage.speaker]
        more = len(passage.text.split())
        last = found[-1] if found else None
        same = last is not None and people.get(last.get("name", ""), "") == people.get(speaker, "")
        if (
            last
            and same
            and last["speaker"] == seat
            and _goes_on(last, passage)
            and n_words + more <= MAX_TURN_WORDS
        ):
            last["text"] = f"{last['text']} {passage.text}"
            last["end"] = passage.end if passage.end is not None else last.get("end")
            n_words += more
            continue
        found.append(
            Utterance(
                speaker=seat,
                text=passage.text,
                start=passage.start,
                end=passage.end,
                name=speaker,
                line=passage.line,
            )
        )
        n_words = more
    return found


def leave_out(transcript: Transcript, names: Collection[str]) -> Transcript:
    """Return the transcript without what these speakers say; passages without a name go with the one before.

    Raises
    ------
    TranscriptError
        If nothing is left.
    """
    kept: list[Passage] = []
    leaving = False
    for passage in transcript.passages:
        if passage.speaker:
            leaving = passage.speaker in names
        if not leaving:
            kept.append(passage)
    if not kept:
        raise TranscriptError("no_speech", line=transcript.passages[0].line)
    return replace(transcript, passages=tuple(kept))


def other(seat: SeatName) -> SeatName:
    """Return the seat opposite."""
    return "client" if seat == "coach" else "coach"


def _goes_on(turn: Utterance, passage: Passage) -> bool:
    end = turn.get("end")
    return end is None or passage.start is None or passage.start - end < PAUSE_SECONDS


def _people(names: Sequence[str]) -> dict[str, str]:
    return {name: key_of(name) for name in names}


def _called(people: Mapping[str, str], coach: str) -> str:
    wanted = key_of(clean_name(coach))
    exact = {key for key in people.values() if key == wanted}
    part = {key for key in people.values() if wanted and set(wanted.split()) <= set(key.split())}
    found = exact or part
    if len(found) != 1:
        known = list(people)[:_SHOWN_NAMES]
        raise TranscriptError("unknown_coach", name=coach.strip()[:80], known=", ".join(known))
    return found.pop()


def _by_word(people: Mapping[str, str]) -> str:
    keys = list(dict.fromkeys(people.values()))
    coaches = [key for key in keys if SEAT_WORDS["coach"] & set(key.split())]
    if len(coaches) == 1:
        return coaches[0]
    left = [key for key in keys if not SEAT_WORDS["client"] & set(key.split())]
    return left[0] if len(left) == 1 and len(keys) > 1 else ""


def _by_questions(transcript: Transcript, people: Mapping[str, str]) -> str:
    asked: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for passage in transcript.passages:
        if passage.speaker:
            key = people[passage.speaker]
            asked[key] += sum(map(passage.text.count, "?？؟"))
            said[key] += len(passage.text.split())
    return max(_in_order(people.values()), key=lambda key: asked[key] / (said[key] + 20))


def _in_order(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
