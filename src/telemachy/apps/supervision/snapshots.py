"""Turns of a recording as core takes them, and measures as a row keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from telemachy.core import conversation
from telemachy.core.conversation.turns import SeatName, leave_out

if TYPE_CHECKING:
    from telemachy.apps.supervision.models import Utterance
    from telemachy.core.conversation import Utterance as Turn


def turns_of(data: bytes, seats: Mapping[str, str]) -> list[Turn]:
    """Return the turns of a transcript in two seats, without the names whose seat is ""."""
    read = leave_out(conversation.read_transcript(data), [name for name, seat in seats.items() if not seat])
    seated = {name: cast(SeatName, seat) for name, seat in seats.items() if seat}
    return conversation.turns(read, seated)


def as_turn(utterance: Utterance) -> dict[str, Any]:
    """Return a row as core takes a turn."""
    return {
        "speaker": utterance.seat,
        "text": utterance.text,
        "start": utterance.start,
        "end": utterance.end,
    }


def measures(utterances: Sequence[Utterance]) -> dict[str, Any]:
    """Measure a coded recording, a person's codes before the engine's."""
    found = conversation.measure(
        [as_turn(one) for one in utterances],
        [cast(conversation.Code, one.holds) for one in utterances],
    )
    return {name: dict(one) for name, one in found.items()}
