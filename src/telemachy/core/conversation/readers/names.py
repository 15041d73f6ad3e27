"""Tells `Name: what was said` from a colon inside speech."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

MAX_NAME = 80
_MAX_WORDS = 7
#: A line that lists those present is at most this long.
_LIST_CHARS = 400

#: "Athena: ", in bold "**Athena:** ", and with the wide colon of Chinese and Japanese, which needs no space.
_PREFIX = re.compile(r"\s*([^:：\n]{1,80}?)\s*(?::(?!//)(?:[*_]{1,3})?(?:\s+|$)|：\s*)")
_TAG = re.compile(r"<[^<>]{0,200}>|[<>]")
#: "(she/her)", "(External)", "[guest]" behind a name.
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,40}[)\]]")
_SENTENCE_MARK = re.compile(r"[.!?;…](\s|$)|[\"“”]")
#: "Dr. Vega", "St. Clair", "J. Doe": a point that ends no sentence.
_TITLE_POINT = re.compile(r"\b(dr|mr|mrs|ms|prof|st|jr|sr|[a-z])\.", re.I)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Lines that look like a name and are none.
_NO_NAMES = _words("""
    note notes time date topic agenda action actions summary attendees participants present location
    duration subject title recording transcript meeting invited start end to from re http https ps pause
    warning todo
""")
_PARTICLES = _words("de da di del der den van von bin ibn al el la le y dos du te the of and")
#: Words by which people call a seat; they are names even in small letters.
SEAT_WORDS = {
    "coach": _words(
        "coach mentor therapist counsellor counselor interviewer facilitator t supervisor berater"
    ),
    "client": _words("client coachee mentee learner patient interviewee c p klient"),
}
_ROLES = SEAT_WORDS["coach"] | SEAT_WORDS["client"] | {"speaker", "unknown", "participant", "q", "a"}


@lru_cache(maxsize=1_000)
def clean_name(raw: str) -> str:
    """Return a name without tags, entities, pronouns and remarks, at most 80 characters."""
    name = _TAG.sub(" ", html.unescape(raw[:400]))
    return " ".join(_ASIDE.sub(" ", name).split()).strip(" :-–—>*#_")[:MAX_NAME].strip()


def key_of(name: str) -> str:
    """Return what all spellings of a name share: case, points and order ("Doe, Jane") do not matter."""
    last, comma, first = name.partition(",")
    whole = f"{first} {last}" if comma else name
    return " ".join(re.findall(r"\w+", whole.casefold()))


def candidate(line: str) -> tuple[str, str] | None:
    """Split `Name: text`; None if what stands before the colon cannot be a name."""
    found = _PREFIX.match(line)
    if not found:
        return None
    name = clean_name(found.group(1))
    return (name, line[found.end() :]) if _could_be_name(name) else None


@lru_cache(maxsize=1_000)
def _could_be_name(name: str) -> bool:
    words = name.replace(",", " ").split()
    if not words or len(words) > _MAX_WORDS or not any(character.isalpha() for character in name):
        return False
    first = words[0].casefold()
    if first in _NO_NAMES or _SENTENCE_MARK.search(_TITLE_POINT.sub(r"\1", name)):
        return False
    if first in _ROLES and len(words) <= 2:
        return True
    return all(not word[0].islower() or word.casefold() in _PARTICLES for word in words)


def names_in(lines: Iterable[str]) -> frozenset[str]:
    """Return the names that open lines: those that come twice, all if most lines open with one.

    A colon after capital letters that comes once ("Monday: we met") is speech, unless most lines open with
    a name, or a list of those present has it.
    """
    counts: Counter[str] = Counter()
    listed: set[str] = set()
    n_lines = 0
    for line in lines:
        n_lines += 1
        found = candidate(line)
        if found:
            counts[found[0]] += 1
        elif len(line) <= _LIST_CHARS:
            listed.update(map(clean_name, line.split(",")))
    once_will_do = 2 * sum(counts.values()) > n_lines
    return frozenset(
        name
        for name, count in counts.items()
        if count >= 2 or once_will_do or name in listed or name.split()[0].casefold() in _ROLES
    )


def split_name(line: str, names: frozenset[str]) -> tuple[str, str]:
    """Return (name, text) of a line; the name is "" if it opens with none of `names`."""
    found = candidate(line)
    return found if found and found[0] in names else ("", line)
