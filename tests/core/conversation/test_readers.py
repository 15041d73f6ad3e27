"""Transcripts are read as the tools write them; what cannot be read is named with its line."""

from __future__ import annotations

import io
import json

import pytest
import webvtt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from telemachy.core.conversation import Transcript, TranscriptError, read_transcript, seats, turns
from telemachy.core.conversation.transcript import ERRORS, MAX_BYTES, MAX_PASSAGE_CHARS, NOTES
from tests.core.conversation import samples


def spoken(data: bytes) -> list[tuple[str, str]]:
    """Return seat and text of every turn, with seats found without help."""
    transcript = read_transcript(data)
    return [(one["speaker"], one["text"]) for one in turns(transcript, seats(transcript))]


def codes(data: bytes) -> list[str]:
    return [note.code for note in read_transcript(data).notes]


def refused(data: bytes) -> TranscriptError:
    with pytest.raises(TranscriptError) as caught:
        read_transcript(data)
    return caught.value


def test_zoom_goes_on_with_the_speaker_and_keeps_colons_of_speech():
    assert spoken(samples.ZOOM) == [
        ("coach", "What would you like to talk about today? Take your time: we have an hour."),
        ("client", "My house is full of guests."),
        ("client", "And nobody pays."),
    ]
    assert read_transcript(samples.ZOOM).speakers == ("Athena Pallas", "Telemachus")


def test_teams_voices_span_lines_and_lose_entities_and_remarks():
    transcript = read_transcript(samples.TEAMS)
    assert [(p.speaker, p.text, p.start, p.end) for p in transcript.passages] == [
        ("Pallas, Athena", "Tell me more & more.", 3.12, 5.0),
        ("Telemachus", "Well.", 6.12, 7.5),
    ]


def test_meet_gives_a_time_every_five_minutes_and_a_head_and_a_closing_line():
    transcript = read_transcript(samples.MEET)
    assert [(p.speaker, p.text, p.start) for p in transcript.passages] == [
        ("Athena", "How are you?", 0.0),
        ("Telemachus", "Fine.", None),
        ("Athena", "What else?", 300.0),
    ]


def test_otter_and_pasted_teams_name_the_speaker_above_the_words():
    assert [(p.speaker, p.text, p.start) for p in read_transcript(samples.OTTER).passages] == [
        ("Athena", "How was the council?", 3.0),
        ("Telemachus", "Loud. Very loud.", 3727.0),
    ]
    assert [p.speaker for p in read_transcript(samples.TEAMS_PASTED).passages] == [
        "Pallas, Athena",
        "Telemachus",
    ]


def test_notes_keep_remarks_and_notes_out_of_speech():
    assert spoken(samples.NOTES) == [
        ("coach", "What now? Think aloud."),
        ("client", "I see two ways: wait or sail."),
        ("coach", "Which one is yours?"),
    ]
    assert codes(samples.NOTES) == ["not_speech"]


@pytest.mark.parametrize(
    "text",
    [
        "**Coach:** What now?\n\n**Client:** I wait.\n",
        "Coach：What now?\nClient：I wait.\n",
        "[…] Coach: What now?\nClient: I wait.\n",
        "[ 0:01 ] Coach: What now?\n[ 0:05 ] Client: I wait.\n",
    ],
    ids=["bold names", "wide colons", "an omission first", "spaced times"],
)
def test_notes_as_people_write_them_are_read(text: str):
    assert spoken(text.encode()) == [("coach", "What now?"), ("client", "I wait.")]


def test_rich_text_is_told_apart_from_text():
    assert refused(rb"{\rtf1 Coach: What now?\par Client: I wait.}").code == "archive"


def test_srt_with_an_end_before_its_start_keeps_the_words():
    transcript = read_transcript(samples.SRT)
    assert [(p.text, p.start, p.end) for p in transcript.passages] == [
        ("How are you?", 5.0, None),
        ("Fine.", 5.0, None),
        ("Good to hear.", 7.0, 9.0),
    ]
    assert [note.line for note in transcript.notes] == [2, 2]


def test_whisper_leaves_out_what_nobody_said():
    transcript = read_transcript(samples.WHISPER)
    assert [p.text for p in transcript.passages] == ["What happened?", "They ate everything."]
    assert codes(samples.WHISPER) == ["end_before_start", "invented", "broken_segment"]


def test_whisper_cpp_counts_milliseconds():
    data = json.dumps({"transcription": [{"offsets": {"from": 1500, "to": 2500}, "text": " So."}]}).encode()
    assert [(p.start, p.end) for p in read_transcript(data).passages] == [(1.5, 2.5)]


def test_captions_that_roll_are_said_once():
    assert [p.text for p in read_transcript(samples.ROLLING).passages] == [
        "we should have sailed",
        "in the spring",
    ]


def test_names_may_be_in_any_writing():
    assert read_transcript(samples.HEBREW).speakers == ("אתנה", "טלמכוס")


def test_marks_of_direction_and_tags_do_not_split_a_person():
    data = "\u202bAthena\u202c: Why?\nTelemachus: So.\n<b>Athena</b>: How?\n".encode()
    assert read_transcript(data).speakers == ("Athena", "Telemachus")


def test_json_and_entities_smuggle_nothing_in():
    data = b'{"segments": [{"text": "why\\u0000 \\ud800now", "speaker": "A\\u202e\\u0000b"}]}'
    passage = read_transcript(data).passages[0]
    assert (passage.speaker, passage.text) == ("A b", "why now")
    assert read_transcript(b"WEBVTT\n\n00:01.0 --> 00:02.0\n<v A&#8238;>So&#7;.\n").passages[0].speaker == "A"


def test_two_encodings_in_one_file_are_read_and_said():
    data = "Athena: Fünf?\n".encode() + "Telemachus: Fünf.\n".encode("cp1252")
    assert [p.text for p in read_transcript(data).passages] == ["Fünf?", "Fünf."]
    assert [(note.code, note.line) for note in read_transcript(data).notes] == [("not_utf8", 2)]


def test_utf_16_with_a_mark_is_read():
    assert read_transcript("Athena: Why?\nTelemachus: So.\n".encode("utf-16")).speakers == (
        "Athena",
        "Telemachus",
    )


def test_a_broken_time_costs_the_time_and_not_the_words():
    data = samples.ZOOM.replace(b"00:00:05.800 --> 00:00:09.000", b"00:xx --> 9")
    passage = next(p for p in read_transcript(data).passages if "guests" in p.text)
    assert (passage.speaker, passage.start) == ("Telemachus", None)
    assert "bad_time" in codes(data)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "empty", 1),
        (b" \n\t\n", "empty", 1),
        (b"\x00\x01\x02", "binary", 1),
        (b"Athena: hello\nTele\x00machus", "binary", 2),
        (b"PK\x03\x04 a docx", "archive", 1),
        (b"RIFF....WAVE", "binary", 1),
        (b'{"segments": [\n{"text": "a",}]}', "json", 2),
        (b"[" * 100_000, "json", 1),
        (b'{"n": ' + b"9" * 10_000 + b"}", "json", 1),
        (b'{"segments": 5}', "no_segments", 1),
        (b"WEBVTT\n\n", "no_speech", 3),
        (b"...\n", "no_speech", 2),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(data, code, line):
    error = refused(data)
    assert (error.code, error.line) == (code, line)


def test_a_file_beyond_the_bounds_is_refused():
    assert refused(b"a" * (MAX_BYTES + 1)).code == "too_large"


def test_a_file_with_too_many_passages_is_refused(monkeypatch):
    monkeypatch.setattr("telemachy.core.conversation.transcript.MAX_PASSAGES", 10)
    error = refused(b"Athena: Why?\nTelemachus: So.\n" * 6)
    assert (error.code, error.line) == ("too_many", 11)


def test_a_passage_without_end_is_cut_and_said():
    data = b"Athena: " + b"why " * MAX_PASSAGE_CHARS + b"\nTelemachus: So.\n"
    assert len(read_transcript(data).passages[0].text) == MAX_PASSAGE_CHARS
    assert codes(data) == ["cut"]


def test_lines_made_to_hurt_patterns_are_read_in_time():
    for line in (
        "<v " * 20_000,
        "Name " * 20_000 + ":",
        "[" * 60_000,
        "-->" * 20_000,
        "a" * 200_000 + ":",
        "0:" * 50_000,
    ):
        read_transcript(f"WEBVTT\n\n00:01.000 --> 00:02.000\nAthena: why\n{line} x\n".encode())
        read_transcript(f"Athena: why?\n{line}\nTelemachus: so\n".encode())


sentences = st.lists(
    st.text(alphabet="abcdefghij ?.!'", min_size=1, max_size=30).filter(
        lambda t: any(c.isalnum() for c in t)
    ),
    min_size=1,
    max_size=6,
)


@given(sentences)
@settings(max_examples=20, deadline=None)
def test_what_is_written_as_vtt_and_srt_comes_back_as_a_library_reads_it(texts):
    def stamp(second: int, comma: str) -> str:
        return f"00:00:{second:02}{comma}000"

    vtt, subtitles = "WEBVTT\n\n", ""
    for n, text in enumerate(texts):
        vtt += f"{stamp(n, '.')} --> {stamp(n + 1, '.')}\n- {n} {text.strip()}\n\n"
        subtitles += f"{n + 1}\n{stamp(n, ',')} --> {stamp(n + 1, ',')}\n- {n} {text.strip()}\n\n"
    theirs = [" ".join(c.text.split()) for c in webvtt.from_buffer(io.StringIO(vtt))]
    assert [p.text for p in read_transcript(vtt.encode()).passages] == theirs
    cues = webvtt.from_buffer(io.StringIO(subtitles), format="srt")
    theirs = [(" ".join(c.text.split()), c.start_in_seconds) for c in cues]
    assert [(p.text, p.start) for p in read_transcript(subtitles.encode()).passages] == theirs


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Draw a real format with some bytes cut, doubled, replaced or moved."""
    data = bytearray(draw(st.sampled_from(list(samples.ALL.values()))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(len(data), at + 40)))
        piece = bytes(data[at:until])
        data[at:until] = draw(
            st.sampled_from(
                [b"", piece * 2, b"\xff", b"\n\n", b"-->", b"-00:00:01.000 --> ", b"<v ", b"</v>", b":", b"{"]
            )
            | st.binary(max_size=6)
        )
    return bytes(data)


@given(mutated())
@example(b"WEBVTT\n\n99999:99:99.999 --> 00:00:00.000\n:\n")
@settings(max_examples=100, deadline=None)
def test_no_file_breaks_the_readers_or_loses_its_bounds(data):
    refusal = None
    try:
        transcript = read_transcript(data)
        seat_of = seats(transcript)
    except TranscriptError as error:
        refusal = error
    if refusal:
        assert refusal.code in ERRORS
        assert 1 <= refusal.line <= data.count(b"\n") + data.count(b"\r") + 2
        return
    check(transcript)
    found = turns(transcript, seat_of)
    assert sum(len(one["text"].split()) for one in found) == sum(
        len(p.text.split()) for p in transcript.passages
    )
    assert {one["speaker"] for one in found} <= {"coach", "client"}


def check(transcript: Transcript) -> None:
    assert transcript.passages
    for passage in transcript.passages:
        assert any(c.isalnum() for c in passage.text)
        assert "\n" not in passage.text + passage.speaker
        assert len(passage.speaker) <= 80
        assert passage.start is None or passage.start >= 0
        assert passage.end is None or passage.start is None or passage.end >= passage.start
    assert all(note.code in NOTES and str(note) for note in transcript.notes)
    assert len(transcript.notes) <= transcript.n_notes
