"""A program of the installation writes sound down; whatever it does, no half transcript comes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from telemachy.core.conversation.transcript import MAX_BYTES
from telemachy.interfaces.common import transcribers

#: Writes what it was given, as a transcriber would; its argument says how it goes wrong.
PROGRAM = """
import os, sys, time
how, audio = sys.argv[1], sys.argv[2]
if how == "hang":
    time.sleep(60)
if how == "fail":
    sys.exit("no model found")
if how == "flood":
    sys.stdout.write("x" * int(sys.argv[3]))
else:
    n = len(open(audio, "rb").read())
    sys.stdout.buffer.write(f"Coach: {n} bytes of {os.path.basename(audio)}".encode())
"""


@pytest.fixture
def program(tmp_path: Path, settings):
    """Name the program in the settings; return how to run it on a sound file with a blank in its name."""
    script, audio = tmp_path / "write down.py", tmp_path / "my talk; rm -rf.wav"
    script.write_text(PROGRAM)
    audio.write_bytes(b"RIFF....")

    def run(how: str, *more: str) -> bytes:
        settings.TRANSCRIBE_COMMAND = f"{sys.executable} '{script}' {how} {{audio}} {' '.join(more)}"
        return transcribers.command(audio)

    return run


def test_what_the_program_prints_is_the_transcript(program) -> None:
    assert program("write") == b"Coach: 8 bytes of my talk; rm -rf.wav"


def test_a_program_that_fails_gives_no_transcript(program) -> None:
    with pytest.raises(OSError, match="failed"):
        program("fail")


def test_a_program_that_takes_too_long_is_ended(program, monkeypatch) -> None:
    monkeypatch.setattr(transcribers, "TIMEOUT_SECONDS", 0.5)
    with pytest.raises(OSError, match="timed out"):
        program("hang")


def test_more_than_a_transcript_may_have_is_refused(program) -> None:
    with pytest.raises(OSError, match="more than"):
        program("flood", str(MAX_BYTES + 1))


def test_a_program_that_is_not_there_gives_no_transcript(settings, tmp_path) -> None:
    settings.TRANSCRIBE_COMMAND = f"{tmp_path}/nothing {{audio}}"
    with pytest.raises(OSError, match="nothing"):
        transcribers.command(tmp_path / "a.wav")


@pytest.mark.parametrize("command", ["", "whisper", "whisper audio"])
def test_a_command_without_a_place_for_the_sound_is_a_fault_of_the_settings(
    settings, command, tmp_path
) -> None:
    settings.TRANSCRIBE_COMMAND = command
    with pytest.raises(ImproperlyConfigured, match="audio"):
        transcribers.command(tmp_path / "a.wav")
