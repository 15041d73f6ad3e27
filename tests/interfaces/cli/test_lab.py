"""`telemachy lab growth`: one command writes tables and pictures, the same each time."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from telemachy.core.lab.growth import Dots, Lines
from telemachy.core.lab.growth.findings import Line, Mark
from telemachy.interfaces.cli.lab_pictures import draw
from telemachy.interfaces.cli.main import main


def test_growth_writes_tables_with_their_limits_and_pictures(tmp_path):
    assert main(["lab", "growth", "--small", "--out", str(tmp_path)]) == 0
    report = (tmp_path / "lab-growth.md").read_text()
    assert "`telemachy lab growth --out docs --small`" in report
    assert report.count("\n## ") == report.count("**Limits.**") == 5
    pictures = sorted(tmp_path.glob("*.svg"))
    assert len(pictures) == 5
    for picture in pictures:
        assert f"({picture.name})" in report
        root = ElementTree.fromstring(picture.read_text())
        assert root.find("{http://www.w3.org/2000/svg}title").text
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--out", "nowhere-at-all"], "is no folder; make it first"), (["--seed", "-1"], "from 0 on")],
)
def test_growth_says_what_it_cannot_work_with(options, message, capsys):
    assert main(["lab", "growth", "--small", *options]) == 2
    assert message in capsys.readouterr().err


def test_pictures_escape_names_and_keep_marks_inside():
    dots = draw(Dots("share", 0, 1, ("a & b",), (("<x>", (Mark(2.0, 0.0, 3.0),)),)), "t < u")
    lines = draw(Lines("n", "p", (Line("x", (0.0, 1.0), (0.0, 1.0), (0.0, 0.5), (0.5, 1.0)),)), "t")
    assert "a &amp; b" in dots
    assert "&lt;x&gt;" in dots
    for picture in (dots, lines):
        assert ElementTree.fromstring(picture).tag.endswith("svg")
    centre = ElementTree.fromstring(dots).find("{http://www.w3.org/2000/svg}circle")
    assert float(centre.get("cx")) <= 760
