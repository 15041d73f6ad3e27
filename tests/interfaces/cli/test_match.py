"""`telemachy match`: what a person at a terminal and a script get, without a database."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from telemachy.interfaces.cli.main import main

HEADER = (
    "Name,E-mail,Role,Department,Seniority,Line manager,Time zone,Languages,"
    "Skills offered,Skills sought,Capacity\n"
)
TELEMACHUS = (
    "Telemachus,telemachus@ithaca.example,mentee,Estate,2,,Europe/Athens,Greek,,Negotiation;Leading,\n"
)
PEISISTRATUS = (
    "Peisistratus,peis@pylos.example,mentee,Estate,2,nestor@pylos.example,Europe/Athens,Greek,,Leading,\n"
)
ATHENA = "Athena,athena@olympus.example,mentor,Strategy,6,,Europe/Athens,Greek,Negotiation,,1\n"
NESTOR = "Nestor,nestor@pylos.example,mentor,Estate,7,,Europe/Athens,Greek,Leading,,1\n"


LOCKED = "[[locked]]\nlearner = '{}'\nmentor = '{}'\n"


@pytest.fixture
def write(tmp_path: Path):
    """Return a function that writes a file of the test and gives its path as text."""

    def write_file(name: str, *lines: str) -> str:
        path = tmp_path / name
        path.write_text("".join(lines), encoding="utf-8")
        return str(path)

    return write_file


@pytest.fixture
def people(write) -> str:
    return write("people.csv", HEADER, TELEMACHUS, PEISISTRATUS, ATHENA, NESTOR)


def match(*arguments: str) -> int:
    return main(["match", "--date", "2026-03-04", *arguments])


def test_everybody_matched_prints_a_table_and_ends_with_0(people, capsys):
    assert match(people) == 0
    out = capsys.readouterr().out
    assert "Telemachus" in out
    assert "2 of 2 learners matched (100%) with 2 mentors and 2 seats" in out
    assert "proven optimal; seed 0" in out


def test_the_own_line_manager_given_by_e_mail_is_not_proposed(people, capsys):
    match(people, "--json")
    proposals = json.loads(capsys.readouterr().out)["proposals"]
    assert {p["learner"]: p["mentor"] for p in proposals} == {
        "telemachus@ithaca.example": "nestor@pylos.example",
        "peis@pylos.example": "athena@olympus.example",
    }


@pytest.mark.parametrize("manager", ["Nestor", "NESTOR@pylos.example"])
def test_the_line_manager_may_be_given_by_name(manager, write, capsys):
    row = PEISISTRATUS.replace("nestor@pylos.example", manager)
    assert match(write("people.csv", HEADER, row, NESTOR)) == 1
    assert "reporting line 1" in capsys.readouterr().out


def test_somebody_unmatched_ends_with_1_and_says_why(write, capsys):
    assert match(write("people.csv", HEADER, TELEMACHUS, PEISISTRATUS, ATHENA)) == 1
    out = capsys.readouterr().out
    assert "Unmatched (1)" in out
    assert "2 learners compete for the same seats (1), 1 too many" in out


def test_two_files_need_no_role_column(write, capsys):
    learners = write("learners.csv", "Name,E-mail,Skills sought\nTelemachus,t@ithaca.example,Leading\n")
    mentors = write("mentors.csv", "Name,E-mail,Skills offered,Capacity\nNestor,n@pylos.example,Leading,2\n")
    assert match(learners, "--mentors", mentors) == 0
    assert "1 of 1 learners matched (100%) with 1 mentors and 2 seats" in capsys.readouterr().out


def test_csv_has_a_row_for_each_learner_and_no_formulas(write, capsysbinary):
    sly = TELEMACHUS.replace("Telemachus,", "=HYPERLINK(0),", 1)
    assert match(write("people.csv", HEADER, sly, PEISISTRATUS, NESTOR), "--csv") == 1
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8-sig"))))
    assert [row["learner"] for row in rows] == ["telemachus@ithaca.example", "peis@pylos.example"]
    assert rows[0]["mentor_name"] == "Nestor"
    assert rows[0]["learner_name"] == "'=HYPERLINK(0)"
    assert rows[1]["mentor"] == ""
    assert "hard rules exclude" in rows[1]["reasons"]


def test_out_writes_the_file_and_nothing_to_the_terminal(people, tmp_path, capsys):
    out = tmp_path / "pairs.json"
    assert match(people, "--json", "--out", str(out)) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text())["names"]["athena@olympus.example"] == "Athena"


def test_explain_shows_parts_alternatives_and_who_is_kept_apart(people, capsys):
    assert match(people, "--explain", "peisistratus") == 0
    out = capsys.readouterr().out
    assert "Peisistratus with Athena" in out
    assert "skills       0.300 x 0.000" in out
    assert "style        0.050 x 0.500  not known, neutral" in out
    assert "Nestor: Nestor is above the other in the reporting line" in out


def test_explain_tells_a_mentor_what_one_more_seat_would_add(write, capsys):
    pool = write("people.csv", HEADER, TELEMACHUS, PEISISTRATUS, ATHENA)
    match(pool, "--explain", "athena@olympus.example")
    out = capsys.readouterr().out
    assert "Athena as mentor: 1 of 1 seats taken" in out
    assert "One more seat would match one learner more" in out


def test_a_policy_sets_weights_rules_and_pairs(people, write, capsys):
    policy = write(
        "policy.toml",
        "seed = 3\n[weights]\nskills = 1\n[rules]\noutside_reporting_line = false\n",
        '[[locked]]\nlearner = "Peisistratus"\nmentor = "Nestor"\n',
    )
    assert match(people, "--policy", policy, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["report"]["seed"] == 3
    assert told["report"]["weights"]["skills"] == 1
    locked = [p for p in told["proposals"] if p["locked"]]
    assert [(p["learner"], p["mentor"]) for p in locked] == [("peis@pylos.example", "nestor@pylos.example")]


def test_wishes_of_the_policy_are_granted(write, capsys):
    learners = TELEMACHUS + PEISISTRATUS.replace("nestor@pylos.example", "")
    mentors = ATHENA.replace(",,1", ",,2").replace("Negotiation", "Negotiation;Leading") + NESTOR
    pool = write("people.csv", HEADER, learners, mentors.replace("Leading,,1", ",,1"))
    match(pool, "--json")
    alone = json.loads(capsys.readouterr().out)["report"]["mentor_load"]
    policy = write("policy.toml", "[wishes]\nspread = 1.0\n")
    match(pool, "--policy", policy, "--json")
    spread = json.loads(capsys.readouterr().out)["report"]["mentor_load"]
    assert (alone, spread) == ([[0, 1], [2, 1]], [[1, 2]])


def test_progress_goes_to_a_terminal_alone(people, capsys, monkeypatch):
    match(people)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    match(people, "--exact")
    told = capsys.readouterr()
    assert "Matching 100 %" in told.err
    assert "Explaining 100 %" in told.err
    assert "%" not in told.out.split("\n")[0]


def test_the_same_input_gives_the_same_bytes(people, capsysbinary):
    match(people, "--json", "--exact")
    first = capsysbinary.readouterr().out
    match(people, "--json", "--exact")
    assert capsysbinary.readouterr().out == first


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("[weights]\nskil = 1\n", "no weight called 'skil'"),
        ("[weights]\nskills = 2\n", "weight of skills is 2"),
        ("weights = 3\n", "must be a table"),
        ("[rules]\nseniority = 'up'\n", "mentor_above"),
        ("seed = -1\n", "The seed is -1"),
        ("reference_date = 'today'\n", "write a date"),
        ("reference_date = 2026-03-04T10:00:00\n", "write a date"),
        ("[wishes]\nluck = 1\n", "no wish called 'luck'"),
        ("[wishes]\nspread = 2\n", "spread is 2"),
        ("colour = 1\n", "'colour', which means nothing here"),
        ("weights = \n", "no TOML"),
        ("[[locked]]\nlearner = 'Telemachus'\n", "needs learner"),
        ("locked = 'Telemachus'\n", "needs learner"),
        ("[[locked]]\nlearner = 'Circe'\nmentor = 'Athena'\n", "called Circe"),
        ("[[forbidden]]\nlearner = 'Athena'\nmentor = 'Nestor'\n", "no learner of the pool"),
        (
            f"{LOCKED.format('Telemachus', 'Athena')}{LOCKED.format('Peisistratus', 'Athena')}",
            "capacity of 1",
        ),
        (
            f"{LOCKED.format('Telemachus', 'Athena')}{LOCKED.format('Telemachus', 'Nestor')}",
            "keep one of them",
        ),
        (
            LOCKED.format("Telemachus", "Athena")
            + LOCKED.format("Telemachus", "Athena").replace("locked", "forbidden"),
            "is locked and forbidden",
        ),
        ("[groups]\nleast = 3\nmost = 2\n", "Groups of 3 to 2"),
        ("[groups]\nleast = 0\n", "the smallest must be at least 1"),
        ("[groups]\nsize = 2\n", "no size called 'size'"),
        ("[peers]\ncircle = 9\n", "A circle of 9 people"),
        ("[peers]\ncircle = 2.5\n", "write a whole number"),
        ("[peers]\n[groups]\n", "keep one of them"),
        ("[peers]\n[wishes]\nspread = 1\n", "not for peers"),
    ],
)
def test_a_policy_that_cannot_be_followed_ends_with_2(policy, words, people, write, capsys):
    assert match(people, "--policy", write("policy.toml", policy)) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_a_wrong_row_is_named_with_row_and_column_and_nothing_is_written(write, tmp_path, capsys):
    wrong = ATHENA.replace(",6,", ",ninety,")
    out = tmp_path / "pairs.csv"
    assert match(write("people.csv", HEADER, TELEMACHUS, wrong), "--csv", "--out", str(out)) == 2
    assert 'Row 3, column "Seniority"' in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.csv"], "cannot be read"),
        (["{people}", "--mentors", "missing.csv"], "cannot be read"),
        (["{people}", "--policy", "missing.toml"], "cannot be read"),
        (["{people}", "--out", "missing/out.json"], "cannot be written"),
        (["{people}", "--explain", "Circe"], "called Circe"),
        (["{people}", "--mentors", "{people}"], "listed twice"),
        (["{people}", "--seed", "-1"], "The seed is -1"),
    ],
)
def test_files_and_people_that_are_not_there_end_with_2(
    arguments, words, people, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert match(*(argument.format(people=people) for argument in arguments)) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        (TELEMACHUS + PEISISTRATUS, 1, "The pool has no mentors"),
        (ATHENA + NESTOR, 0, "0 of 0 learners matched"),
        (TELEMACHUS + ATHENA.replace(",1\n", ",0\n"), 2, "0"),
        (TELEMACHUS + ATHENA.replace(",1\n", ",-2\n"), 2, "-2"),
        (TELEMACHUS + TELEMACHUS + ATHENA, 0, "1 of 1 learners matched"),
        (TELEMACHUS + TELEMACHUS.replace("Leading", "Trade") + ATHENA, 2, "Row 3"),
        (TELEMACHUS.replace("Greek", "German") + ATHENA, 1, "no shared language 1"),
    ],
)
def test_one_sided_doubled_and_impossible_pools_are_named(rows, code, words, write, capsys):
    assert match(write("people.csv", HEADER, rows)) == code
    told = capsys.readouterr()
    assert words in told.out + told.err


def test_groups_start_with_enough_learners_or_not_at_all(write, capsys):
    mentors = ATHENA.replace(",1\n", ",3\n") + NESTOR.replace(",1\n", ",3\n")
    pool = write("people.csv", HEADER, TELEMACHUS, PEISISTRATUS.replace("nestor@pylos.example", ""), mentors)
    assert match(pool, "--policy", write("two.toml", "[groups]\nleast = 2\nmost = 3\n"), "--json") == 0
    proposals = json.loads(capsys.readouterr().out)["proposals"]
    assert len({pair["mentor"] for pair in proposals}) == 1
    assert match(pool, "--policy", write("three.toml", "[groups]\nleast = 3\nmost = 3\n")) == 1
    assert (
        "No circle in reach can start: the nearest lacks 1 of the 3 learners it needs"
        in capsys.readouterr().out
    )
    locked = f"[groups]\nleast = 3\n{LOCKED.format('Telemachus', 'Athena')}"
    assert match(pool, "--policy", write("locked.toml", locked)) == 2
    assert "Learners are locked to Athena, but" in capsys.readouterr().err


def test_peers_are_matched_whatever_their_role(people, write, capsys):
    policy = write("peers.toml", f"[peers]\ncircle = 2\n{LOCKED.format('Athena', 'Telemachus')}")
    assert match(people, "--policy", policy, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert {pair["learner"]: pair["mentor"] for pair in told["proposals"] if pair["locked"]} == {
        "athena@olympus.example": "telemachus@ithaca.example",
        "telemachus@ithaca.example": "athena@olympus.example",
    }
    assert match(people, "--policy", policy) == 1
    out = capsys.readouterr().out
    assert "Is helped by" in out
    assert match(people, "--policy", policy, "--explain", "Athena") == 1
    assert "Athena helps Telemachus" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "\n\n", HEADER, "just words\n", "\x00\x01\x02PK\n"])
def test_a_file_that_is_no_roster_ends_with_2(content, write, capsys):
    assert match(write("people.csv", content)) == 2
    assert "people.csv: " in capsys.readouterr().err


def test_wrong_options_end_with_2(people):
    with pytest.raises(SystemExit) as ended:
        match(people, "--json", "--csv")
    assert ended.value.code == 2
