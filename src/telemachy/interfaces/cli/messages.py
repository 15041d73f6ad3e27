"""`telemachy messages`: collects the translatable strings of the source into the catalogues.

It reads templates through Django's own `templatize` and everything by Babel, so no gettext tools are needed.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[2]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_lazy": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if one is missing")


def run(options: argparse.Namespace) -> int:
    """Bring every catalogue up to date, or say what it lacks."""
    template = collect()
    n_missing = 0
    for path in catalogues():
        if not options.check:
            update(path, template)
        lacking = missing(path, template)
        n_missing += len(lacking)
        print(f"{path.parent.parent.name}: {len(template)} messages, {len(lacking)} without a translation")
    return 1 if options.check and n_missing else 0


def catalogues() -> list[Path]:
    """Return the catalogue of each shipped locale but English, which the source is written in."""
    codes = [code for code, _name in settings.LANGUAGES if code != "en"]
    return [Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po" for code in codes]


def collect() -> Catalog:
    """Return every translatable string of the package, in the order of the files."""
    found = Catalog(charset="utf-8")
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        for line, message, comments, context in _messages(path):
            place = [(path.relative_to(PACKAGE).as_posix(), line)]
            found.add(message, locations=place, auto_comments=comments, context=context)
    return found


def _messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves is Python but for the indentation of the markup around it.
        text = "\n".join(line.strip() for line in templatize(text, origin=path.name).splitlines())
    source = io.BytesIO(text.encode())
    yield from extract("python", source, keywords=KEYWORDS, comment_tags=("Translators:",))


def update(path: Path, template: Catalog) -> None:
    """Add new strings at the end of a catalogue; strings that are gone leave it, the others stay in place."""
    catalogue = read(path)
    in_place = Catalog(charset="utf-8")
    for message in sorted(template, key=_order_in(catalogue)):
        in_place[message.id] = message
    catalogue.update(in_place, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = "# Telemachy, by `telemachy messages` and those who translate."
    catalogue.project, catalogue.version = "Telemachy", "1"
    # Fixed dates: a run that changes nothing writes nothing.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalogue, no_location=True, width=110, omit_header=False)


def _order_in(catalogue: Catalog) -> Callable[[Message], int]:
    """Return what tells where a message stands in a catalogue; one that it lacks comes last."""
    places = {(str(message.id), message.context): place for place, message in enumerate(catalogue)}
    return lambda message: places.get((str(message.id), message.context), len(places))


def read(path: Path) -> Catalog:
    """Return a catalogue, an empty one where the file is new."""
    if not path.exists():
        return Catalog(locale=path.parent.parent.name, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parent.parent.name)


def missing(path: Path, template: Catalog) -> list[str]:
    """Return the strings that a catalogue leaves untranslated, in part or marked as doubtful."""
    catalogue = read(path)
    return [
        str(message.id)
        for message in template
        if message.id and not _is_done(catalogue.get(message.id, message.context))
    ]


def _is_done(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(texts)
