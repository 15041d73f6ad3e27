"""The shipped locales are whole: every string translated, every placeholder kept."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.utils import dates, translation

from telemachy.interfaces.cli import messages

CATALOGUES = messages.catalogues()
PLACEHOLDER = re.compile(r"%\([a-z_.]+\)[sd]|%%")


@pytest.fixture(scope="module")
def template():
    return messages.collect()


def texts(value) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value]


def test_strings_are_collected_under_every_name_that_modules_give_gettext() -> None:
    imported = re.compile(r"gettext(?:_lazy|_noop)? as (\w+)")
    names = {name for path in messages.PACKAGE.rglob("*.py") for name in imported.findall(path.read_text())}
    assert {"_", "_now"} <= names <= messages.KEYWORDS.keys()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_nothing_is_left_untranslated(path, template) -> None:
    lacking = messages.missing(path, template)
    assert lacking == [], "translate these, after: telemachy messages"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_what_is_collected_leaves_the_rest_of_a_catalogue_where_it_stands(path, template, tmp_path) -> None:
    copy = tmp_path / path.parent.parent.name / "LC_MESSAGES" / path.name
    messages.update(copy, template)
    header, *entries = copy.read_text().strip().split("\n\n")
    known, new = [*entries[9::-1], *entries[20:]], entries[10:20]
    copy.write_text("\n\n".join((header, *known)))
    messages.update(copy, template)
    assert copy.read_text().strip().split("\n\n") == [header, *known, *new]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_placeholder_survives_translation(path) -> None:
    wrong = []
    for message in messages.read(path):
        if not message.id:
            continue
        asked = {name for text in texts(message.id) for name in PLACEHOLDER.findall(text)}
        given = {name for text in texts(message.string) for name in PLACEHOLDER.findall(text)}
        if given - asked or (isinstance(message.id, str) and asked - given):
            wrong.append(f"{message.id!r} -> {message.string!r}")
    assert wrong == []


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_no_word_of_ours_takes_the_place_of_a_month_or_weekday(code: str) -> None:
    """Django asks for their names by English words, and a catalogue of ours is looked into first."""
    frameworks = gettext.translation("django", Path(django.__file__).parent / "conf/locale", [code])
    with translation.override(code):
        for asked in (dates.MONTHS, dates.MONTHS_3, dates.WEEKDAYS, dates.WEEKDAYS_ABBR):
            for name in asked.values():
                with translation.override("en"):
                    english = str(name)
                assert str(name) == frameworks.gettext(english)


@pytest.mark.django_db
def test_a_page_speaks_german_to_who_asks_for_it(client) -> None:
    page = client.get("/account/login/", headers={"accept-language": "de"})
    assert '<html lang="de"' in page.content.decode()
    assert "Anmelden" in page.content.decode()
