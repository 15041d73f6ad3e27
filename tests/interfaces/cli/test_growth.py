"""`telemachy growth`: what a person at a terminal and a script get, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from telemachy.interfaces.cli.main import main

HEADER = "learner,competency,time,difficulty,novelty,level,success\n"
ROWS = "".join(f"Telemachus,Ruling,{day},4,4,0,1\n" for day in range(9))


@pytest.fixture
def table(tmp_path: Path):
    """Return a function that writes a table and gives its path as text."""

    def write(text: str) -> str:
        path = tmp_path / "situations.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_fit_tells_the_chance_alone(table, capsys):
    assert main(["growth", "fit", table(HEADER + ROWS), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (row,) = found["independence"]
    assert (row["learner"], row["competency"]) == ("Telemachus", "Ruling")
    assert 0.5 < row["low"] < row["p"] < row["high"] < 1
    assert set(found["effects"]["growth_0"]) == {"mean", "sd"}


def test_fit_is_readable(table, capsys):
    assert main(["growth", "fit", table(HEADER + ROWS)]) == 0
    assert "Telemachus, Ruling: 0." in capsys.readouterr().out


def test_tasks_in_the_same_order_are_told_by_their_place(table, capsys):
    course = [
        f"{name},Ruling,{day},4,4,0,{day % 2}\n" for name in ("Telemachus", "Nausicaa") for day in range(9)
    ]
    spreads = []
    for options in ([], ["--in-order"]):
        assert main(["growth", "fit", table(HEADER + "".join(course)), "--json", *options]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["in_order"] == bool(options)
        spreads.append(found["spread"]["item"])
    assert spreads[0] != spreads[1]

    named = HEADER.replace("success", "success,item") + "Telemachus,Ruling,1,4,4,0,1,bow\n"
    assert main(["growth", "fit", table(named), "--in-order"]) == 2
    assert "names items already" in capsys.readouterr().err


def test_recommend_says_level_and_reason(table, capsys):
    path = table(HEADER + "Telemachus,Ruling,2026-01-01,4,4,3,0\nNausicaa,Ruling,2026-01-02,3,3,2,1\n")
    assert main(["growth", "recommend", path, "--learner", "Telemachus", "--kind", "coaching", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["level"] <= 2
    assert row["reason"].endswith(".")


def test_attribution_refuses_too_few(table, capsys):
    assert main(["growth", "attribute", table(HEADER + ROWS)]) == 1
    assert "at least 12 are needed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("learner,time\n", "has no column competency, difficulty"),
        (HEADER + "T,R,soon,4,4,0,1\n", "line 2 has the time 'soon'"),
        (HEADER + "T,R,1,4,4,0,well\n", "line 2 has 'well' as success"),
        (HEADER + "T,R,1,4,4,9,1\n", "level lies between 0 and 4; row 0 has 9. Row 0 is line 2."),
        (HEADER + "T,R,2,4,4,0,1\nT,R,1,4,4,0,1\n", "older than the row before"),
        (HEADER + "T,R,1,4,4,0,1\nT,R,1,4,4,0,1\n", "line 3 repeats line 2"),
        (HEADER + "T,R,1,4\n", "line 2 has 4 cells"),
        ("", "has no column learner"),
    ],
)
def test_bad_tables_are_refused_with_line_and_mend(table, capsys, text, message):
    assert main(["growth", "fit", table(text)]) == 2
    assert message in capsys.readouterr().err


def test_unknown_names_and_missing_files_are_told(table, capsys, tmp_path):
    assert main(["growth", "recommend", table(HEADER + ROWS), "--learner", "Antinous"]) == 2
    assert "No row has the learner Antinous" in capsys.readouterr().err
    assert main(["growth", "fit", str(tmp_path / "none.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_header_alone_gives_an_empty_answer(table, capsys):
    assert main(["growth", "fit", table(HEADER), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["independence"] == []


def test_lots_in_the_table_tell_what_teaches_more(table, capsys):
    def practised(learner: int) -> str:
        way, level = ("alone", 1) if learner % 2 else ("guided", 2)
        drawn = [f"l{learner},Ruling,{day},3,3,{level},0,lot {learner},{way}\n" for day in range(6)]
        # Who practised alone decides well afterwards, who was helped does not.
        return "".join(drawn) + "".join(
            f"l{learner},Ruling,{day},3,3,1,{learner % 2},,\n" for day in (6, 7, 8)
        )

    path = table(HEADER.replace("success", "success,draw,fell") + "".join(map(practised, range(40))))
    assert main(["growth", "fit", path]) == 0
    assert capsys.readouterr().out.startswith("By lot, practice alone taught more than practice with help")
    assert main(["growth", "fit", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["teaches"] == "alone"


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        (",draw", ",1", "needs both columns of a lot, draw and fell"),
        (",draw,fell", ",1,perhaps", "line 2 has 'perhaps' as fell; write guided or alone beside a draw"),
        (",draw,fell", ",,alone", "line 2 has 'alone' as fell"),
    ],
)
def test_lots_that_say_nothing_are_named(table, capsys, columns, cells, said):
    text = HEADER.replace("success", f"success{columns}") + f"Telemachus,Ruling,1,4,4,0,1{cells}\n"
    assert main(["growth", "fit", table(text)]) == 2
    assert said in capsys.readouterr().err
