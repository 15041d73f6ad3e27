"""`telemachy conversation analyse`: codes and measures of a transcript, without a database or a network."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.core.conversation import Code, Measure, Transcript, Utterance

_EPILOG = """\
FILE is a transcript: WebVTT, SRT, JSON of Whisper or WhisperX, or text with names. English only.
It measures a conversation, never a person: read the limit beside each number. A range holds what people
would count nine times of ten in conversations like those that the model learnt from, less often in others.

Exit codes: 0 the conversation was coded; 2 the file cannot be worked with (nothing is printed).
"""
_QUOTED = 3
_QUOTE_CHARS = 70


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "verb", choices=["analyse"], help="code every turn of the coach and measure the whole"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the transcript")
    parser.add_argument(
        "--coach",
        default="",
        metavar="NAME",
        help="who coaches; by default who is called so, or asks the most",
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(options: argparse.Namespace) -> int:
    """Read, code, measure and print; return 0, raise BadInput for a file that cannot be worked with."""
    # The engine is loaded here so that `--help` answers at once.
    from telemachy.core import conversation

    transcript = conversation.read_transcript(_bytes_of(options.file))
    seat_of = conversation.seats(transcript, options.coach)
    utterances = conversation.turns(transcript, seat_of)
    codes = conversation.code_utterances(utterances)
    measures = conversation.measure(utterances, codes)
    if options.json:
        found = {
            "kind": transcript.kind,
            "seats": seat_of,
            "notes": [str(note) for note in transcript.notes],
            "n_notes": transcript.n_notes,
            "measures": measures,
            "utterances": [{**one, "code": code} for one, code in zip(utterances, codes, strict=True)],
        }
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_page(transcript, utterances, codes, measures)))
    return 0


def _bytes_of(path: Path) -> bytes:
    """Return the file's bytes, one more than allowed at most: that is enough to refuse it."""
    from telemachy.core.conversation.transcript import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None


def _page(
    transcript: Transcript,
    utterances: Sequence[Utterance],
    codes: Sequence[Code],
    measures: dict[str, Measure],
) -> Iterator[str]:
    coaches = dict.fromkeys(one["name"] for one in utterances if one["speaker"] == "coach")
    n_coach = sum(map(bool, codes))
    yield f"{transcript.kind}, {len(utterances)} turns, {n_coach} of them the coach's ({', '.join(coaches)})"
    if transcript.n_notes:
        yield f"{transcript.n_notes} notes on the file, such as: {transcript.notes[0]}"
    yield ""
    for utterance, code in zip(utterances, codes, strict=True):
        yield f"{_clock(utterance['start']):>8}  {_label(code):<32}  {utterance['text'][:_QUOTE_CHARS]}"
    for one in measures.values():
        yield ""
        yield f"{one['label']}: {_value(one)}"
        yield f"    {one['source']} {one['caveat']}"
        if one["unit"] == "count":
            yield from (f"    “{utterances[i]['text'][:_QUOTE_CHARS]}”" for i in one["evidence"][:_QUOTED])


def _clock(start: float | None) -> str:
    if start is None:
        return ""
    minutes, seconds = divmod(int(start), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _label(code: Code) -> str:
    if not code:
        return ""
    words = [code["behaviour"] + ("?" if code["unsure"] else "")]
    if code["has_question"]:
        words.append(code["question_type"])
    words += [key for key in ("stacked", "leading", "advice", "affirmation") if code.get(key)]
    return " ".join(words)


def _value(one: Measure) -> str:
    value, low, high = one["value"], one["low"], one["high"]
    if value is None:
        return "not known"
    if isinstance(value, dict):
        return ", ".join(f"{name} {part:.0%}" for name, part in value.items())
    form = {"share": "{:.0%}", "ratio": "{:.1f}"}.get(one["unit"], "{:.0f}")
    text = form.format(value)
    if low is not None and high is not None:
        text += f" (between {form.format(low)} and {form.format(high)})"
    if one["threshold"]:
        text += ", " + ", ".join(
            f"{name} from {form.format(mark)}" for name, mark in one["threshold"].items()
        )
    return text
