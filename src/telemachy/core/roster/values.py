"""Read the values of single cells: text, names, addresses, lists, roles, seniority, capacity.

Every parser takes tidied text that is not blank and returns `(value, findings)`. An error among the findings
means that the value is not to be used.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from telemachy.core.roster.problems import Finding
from telemachy.core.shared.scales import Seat

Findings = tuple[Finding, ...]
NONE: Findings = ()

#: What people write into a cell to say that there is nothing to write.
BLANKS = frozenset(
    [
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "/",
        "?",
        "n/a",
        "n.a.",
        "na",
        "#n/a",
        "none",
        "nil",
        "null",
        "nan",
        "keine",
        "keiner",
        "k.a.",
        "entfällt",
        "aucun",
        "aucune",
        "néant",
        "ninguno",
        "ninguna",
        "tbd",
        "tba",
    ]
)
_SPREADSHEET_ERRORS = frozenset(
    {"#ref!", "#name?", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!"}
)

_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z]"
)
_IN_BRACKETS = re.compile(r"<([^<>\s]+@[^<>\s]+)>$")


def quoted(value: str) -> tuple[tuple[str, str], ...]:
    """Return the params that show `value` in a message, cut to 60 characters."""
    return (("value", f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'),)


def tidy(cell: str) -> tuple[str, bool]:
    """Return the cell in Unicode NFC, trimmed, without control characters; and whether any were taken out.

    Line breaks and tabs stay; other control and invisible format characters go, and so does the apostrophe
    that an export put before what looked like a formula.
    """
    if cell[:2] in _NEUTRALISED:
        cell = cell[1:]
    if cell.isprintable():
        return (cell if cell.isascii() else unicodedata.normalize("NFC", cell)).strip(), False
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN or c in _JOINERS)
    # A byte order or zero-width mark at either end comes from copying and is nobody's concern.
    return kept.strip(), kept.strip() != text.strip(_HARMLESS)


_NEUTRALISED = frozenset({"'=", "'+", "'-", "'@"})
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_JOINERS = "\u200c\u200d"  # joiners carry meaning in some scripts
_HARMLESS = " \n\t\ufeff\u200b\u200e\u200f\u2060\xad"


def is_blank(text: str) -> bool:
    """Tell whether tidied text says that there is nothing."""
    return not text or (len(text) <= 8 and text.casefold() in BLANKS)


def is_spreadsheet_error(text: str) -> bool:
    """Tell whether the text is what a broken formula shows."""
    return text.startswith("#") and text.casefold() in _SPREADSHEET_ERRORS


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def parse_email(text: str) -> tuple[str, Findings]:
    """Return the address in lower case; `Name <address>` and `mailto:` are understood."""
    address = text.rstrip(";,. ").lower().removeprefix("mailto:")
    if bracketed := _IN_BRACKETS.search(address):
        address = bracketed[1]
    if address.count("@") > 1:
        return "", (Finding("email_several"),)
    if not address.isascii():
        address = _ascii_domain(address)
    local = address.partition("@")[0]
    if (
        len(address) > 254
        or not _ADDRESS.fullmatch(address)
        or ".." in address
        or local.startswith(".")
        or local.endswith(".")
    ):
        return "", (Finding("email_invalid", quoted(one_line(text))),)
    return address, NONE


def _ascii_domain(address: str) -> str:
    local, at, domain = address.partition("@")
    try:
        return local + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        return address


def parse_name(text: str) -> tuple[str, Findings]:
    """Return the name on one line; it must hold a letter and nothing that makes it an address or markup."""
    name = one_line(text)
    if not any(c.isalpha() for c in name) or any(c in "<>@" for c in name) or "://" in name:
        return "", (Finding("name_invalid", quoted(name)),)
    return name, NONE


@lru_cache(maxsize=20_000)
def split_many(text: str) -> tuple[str, ...]:
    """Return the values of a cell that holds many, in order, each once whatever its case.

    Line breaks, `;` and `|` separate. Only where none of them occurs does a comma, so that
    "R&D, Legal; Finance" is two values and "Python, SQL" is two as well; commas in round brackets never do.
    """
    parts = re.split(r"[;|\n]", text)
    if len(parts) == 1:
        parts = re.split(r"[,،、](?![^()]*\))", text)
    seen: dict[str, str] = {}
    for part in parts:
        value = one_line(part).strip("•*·- ").strip()[:100]
        if not is_blank(value):
            seen.setdefault(value.casefold(), value)
    return tuple(seen.values())


_ROLES: dict[Seat, str] = {
    Seat.MENTOR: "mentor mentorin mentora mentore coach guide tutor tuteur tutrice sponsor trainer "
    "formador advisor adviser "
    "mentors mentorinnen mentoren mentores coaches berater beraterin consejero asesor m",
    Seat.LEARNER: "learner mentee mentees coachee coachees learners menti mentorado mentorada mentoré "
    "mentorée mentorés "
    "lernender lernende lernend lerner apprenant apprenante apprenants aprendiz aprendices alumno alumna "
    "protégé protégée "
    "protege student trainee participant teilnehmer teilnehmerin pupil accompagné accompagnée pupilo "
    "tutorado tutorada l",
}
_SEAT_OF = {word: seat for seat, words in _ROLES.items() for word in words.split()}
_BOTH = frozenset(
    ["both", "beide", "beides", "ambos", "ambas", "both.", "les", "deux", "los", "dos", "mentor/mentee"]
) | {
    "les deux",
    "los dos",
}
_ALL_SEATS = (Seat.MENTOR, Seat.LEARNER)


@lru_cache(maxsize=2_000)
def parse_role(text: str) -> tuple[tuple[Seat, ...], Findings]:
    """Return the seats a role names, mentor first; words in English, German, French and Spanish."""
    said = one_line(text).casefold()
    if said in _BOTH or said.startswith(("both", "beide", "ambos", "les deux", "los dos")):
        return _ALL_SEATS, NONE
    words = re.findall(r"\w+", re.sub(r"[*:_](in|innen)\b", r"\1", said))
    seats = {_SEAT_OF[word] for word in words if word in _SEAT_OF}
    if not seats:
        return (), (Finding("role_unknown", quoted(one_line(text))),)
    return tuple(seat for seat in _ALL_SEATS if seat in seats), NONE


SENIORITY_MIN, SENIORITY_MAX = 1, 7

#: The first line that fits wins: a senior manager is a manager, a junior engineer a junior.
_SENIORITY: tuple[tuple[int, str], ...] = (
    (7, r"vp|svp|evp|vice[- ]president\w*|vice[- ]président\w*|vicepresident\w*|c-?level|c-?suite"
        r"|executive|chief|c[efotmihpr]o|ciso"
        r"|president|partner|board|vorstand\w*|geschäftsführ\w*|geschäftsleit\w*|founder|owner|pdg"
        r"|président\w*|presidente"
        r"|managing director|directeur général|directora? general|executives"),
    (6, r"director|direktor\w*|head|abteilungsleit\w*|bereichsleit\w*|directeur|directrice|directora"
        r"|hauptabteilungsleit\w*"),
    (5, r"lead|leader|principal|manager|managerin|team ?lead|teamleit\w*|gruppenleit\w*|supervisor"
        r"|chef d.équipe|responsable"
        r"|jefe|jefa|gerente|coordinador\w*|projektleit\w*|head of team|manageur|encadrant\w*|cadre"),
    (4, r"senior|sr|sénior|expert\w*|staff|experte|expertin|experienced professional"),
    (1, r"intern(e|s)?|internship|trainee|apprentice|student|praktikant\w*|azubi|auszubildende\w*"
        r"|werkstudent\w*|stagiaire"
        r"|apprenti\w*|alternant\w*|becari[oa]|practicante|entry|graduate|einsteiger\w*"),
    (2, r"junior|jr|associate|assistant|assistent\w*|débutant\w*|beginner|berufseinsteiger\w*"),
    (3, r"mid|middle|intermediate|regular|professional|specialist|analyst|engineer|consultant|developer"
        r"|experienced"
        r"|fachkraft|sachbearbeiter\w*|referent\w*|confirmé\w*|intermedio|semi-?senior"
        r"|individual contributor|ic|mitarbeiter\w*"),
)  # fmt: skip
_SENIORITY_WORDS = tuple((level, re.compile(rf"\b(?:{words})\b")) for level, words in _SENIORITY)
_NOT_EXECUTIVE = re.compile(
    r"\b(?:account|sales|marketing) executive\b|\bassistant (?:to|of)\b.*|\bexecutive assistant\b"
)


@lru_cache(maxsize=5_000)
def parse_seniority(text: str) -> tuple[int | None, Findings]:
    """Return a seniority from 1 to 7.

    1 intern, 2 junior, 3 professional, 4 senior, 5 manager, 6 director, 7 executive.

    A number stands for itself, also in "Level 4" or "L4".
    """
    said = one_line(text).casefold()
    if number := re.fullmatch(
        r"(?:(?:level|stufe|niveau|nivel|grade|l|g|ic|m)[\s.-]*)?(\d{1,2})(?:[.,]0+)?(?:\s*/\s*7)?", said
    ):
        level = int(number[1])
        if SENIORITY_MIN <= level <= SENIORITY_MAX:
            return level, NONE
        return None, (Finding("seniority_unknown", quoted(one_line(text))),)
    said = _NOT_EXECUTIVE.sub("assistant", said) if "executive" in said or "assistant" in said else said
    for level, words in _SENIORITY_WORDS:
        if words.search(said):
            return level, NONE
    return None, (Finding("seniority_unknown", quoted(one_line(text))),)


CAPACITY_MIN, CAPACITY_MAX = 1, 20
_NUMBER_WORDS = {
    word: n
    for n, words in enumerate(
        (
            "one ein eine eins un une uno una",
            "two zwei deux dos",
            "three drei trois tres",
            "four vier quatre cuatro",
            "five fünf cinq cinco",
        ),
        start=1,
    )
    for word in words.split()
}


@lru_cache(maxsize=1_000)
def parse_capacity(text: str) -> tuple[int | None, Findings]:
    """Return how many pairs someone takes at most, 1 to 20; of a range such as "2-3" the larger number."""
    said = one_line(text).casefold()
    match = re.fullmatch(
        r"(?:max\.?|maximum|up to|bis zu|jusqu.à|hasta)?\s*(?:\d{1,2}\s*(?:-|–|to|or|bis|oder|à|ou"
        r"|o)\s*)?(\d{1,4})(?:[.,]0+)?"
        r"(?:\s+(?:persons?|people|mentees?|learners?|coachees?|pairs?|personen|mentorés?|personas|max\.?))?",
        said,
    )
    number = int(match[1]) if match else _NUMBER_WORDS.get(said.split()[0] if said else "", 0)
    if CAPACITY_MIN <= number <= CAPACITY_MAX:
        return number, NONE
    return None, (Finding("capacity_invalid", quoted(one_line(text))),)
