"""`telemachy conversation analyse` prints codes and measures of a transcript, or a line that says why not."""

from __future__ import annotations

import json

import pytest

from telemachy.interfaces.cli import main
from tests.core.conversation import samples


@pytest.fixture
def zoom(tmp_path):
    path = tmp_path / "zoom.vtt"
    path.write_bytes(samples.ZOOM)
    return path


def analyse(capsys, *words):
    code = main.main(["conversation", "analyse", *map(str, words)])
    return code, capsys.readouterr()


def test_prints_every_turn_and_every_measure_with_its_limit(zoom, capsys):
    code, printed = analyse(capsys, zoom)
    assert code == 0
    assert "webvtt, 3 turns, 1 of them the coach's (Athena Pallas)" in printed.out
    assert "0:00:01  question open" in printed.out
    assert "Open questions among questions: 100%" in printed.out
    assert "MITI 3.1.1" in printed.out


def test_the_json_holds_codes_measures_and_seats(zoom, capsys):
    code, printed = analyse(capsys, zoom, "--json", "--coach", "telemachus")
    found = json.loads(printed.out)
    assert code == 0
    assert found["seats"] == {"Athena Pallas": "client", "Telemachus": "coach"}
    assert [bool(one["code"]) for one in found["utterances"]] == [False, True, True]
    assert found["measures"]["talk_share"]["evidence"] == [1, 2]


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (samples.ZOOM, ("--coach", "Zeus"), "Nobody in the file is called Zeus"),
        (b"\x00\x01", (), "Line 1: this is no text file"),
        (b"so\nwhy\n", (), "nobody is named"),
        (None, (), "cannot be read"),
    ],
)
def test_what_cannot_be_worked_with_is_told_in_one_line(tmp_path, capsys, content, words, told):
    path = tmp_path / "talk.txt"
    if content is not None:
        path.write_bytes(content)
    code, printed = analyse(capsys, path, *words)
    assert code == 2
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
