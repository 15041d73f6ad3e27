"""Every ink that the tokens declare for a surface is readable on it, by day and by night (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[3] / "src/telemachy/interfaces/web/static/css"
TOKENS = (CSS / "tokens.css").read_text()

VALUES = dict(re.findall(r"^  --([\w-]+): ([^;]+);", TOKENS, re.MULTILINE))
DECLARED = re.findall(r"@contrast ([\w-]+) +on ([\w -]+?) +([\d.]+)$", TOKENS, re.MULTILINE)
PAIRS = [
    (ink, surface, float(least), theme)
    for ink, surfaces, least in DECLARED
    for surface in surfaces.split()
    for theme in ("light", "dark")
]


def colour(name: str, theme: str) -> str:
    value = VALUES[name]
    if both := re.fullmatch(r"light-dark\((.+), (.+)\)", value):
        value = both[1] if theme == "light" else both[2]
    if other := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(other[1], theme)
    return value


def luminance(hexadecimal: str) -> float:
    channels = [int(hexadecimal[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "surface", "least", "theme"), PAIRS)
def test_ink_is_readable_on_its_surface(ink: str, surface: str, least: float, theme: str) -> None:
    assert contrast(colour(ink, theme), colour(surface, theme)) >= least


def test_every_semantic_ink_and_level_is_declared() -> None:
    semantic = {name for name, value in VALUES.items() if value.startswith("light-dark(var")}
    declared = {ink for ink, *_ in DECLARED} | {
        surface for _, surfaces, _ in DECLARED for surface in surfaces.split()
    }
    assert semantic - declared == {"line"}, "hairlines alone need no contrast: they only decorate"


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_stylesheets_use_only_tokens_that_exist(sheet: Path) -> None:
    text = sheet.read_text()
    local = set(re.findall(r"--([\w-]+):", text))
    used = set(re.findall(r"var\(--([\w-]+)\)", text))  # one with a fallback may be unset
    set_by_classes = {"tone", "tone-soft", "part"}
    assert used - local - VALUES.keys() - set_by_classes == set()


@pytest.mark.parametrize(
    "sheet", sorted(set(CSS.glob("*.css")) - {CSS / "tokens.css"}), ids=lambda path: path.name
)
def test_components_name_no_colour_of_their_own(sheet: Path) -> None:
    colours = re.findall(
        r"#[0-9a-fA-F]{3,8}\b(?=[;\s),])",
        re.sub(r"@media print \{.*", "", sheet.read_text(), flags=re.DOTALL),
    )
    assert set(colours) <= {"#fff"}, "only the QR code has a colour that must not follow the theme"
