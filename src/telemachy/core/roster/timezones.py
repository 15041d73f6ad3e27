"""Time zones from what people write: IANA names, UTC offsets, cities, abbreviations, names Windows uses.

Every answer is a name that `zoneinfo.ZoneInfo` loads. An offset of whole hours becomes `Etc/GMT-2` (the sign
of these names is turned round: that is UTC+2). Offsets with half or quarter hours become the zone of a place
that keeps that offset, since no fixed zone exists for them.
"""

from __future__ import annotations

import re
import zoneinfo
from functools import lru_cache

from babel.core import get_global

from telemachy.core.roster.cities import PLACES
from telemachy.core.roster.problems import Finding
from telemachy.core.roster.values import NONE, Findings, one_line, quoted

#: Old names that are still written, with today's.
_RENAMED = {
    "Asia/Calcutta": "Asia/Kolkata", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon", "Asia/Dacca": "Asia/Dhaka", "Asia/Macao": "Asia/Macau",
    "Asia/Tel_Aviv": "Asia/Jerusalem",
    "Asia/Istanbul": "Europe/Istanbul", "Asia/Chongqing": "Asia/Shanghai", "Asia/Harbin": "Asia/Shanghai",
    "Europe/Kiev": "Europe/Kyiv", "Europe/Belfast": "Europe/London", "Atlantic/Faeroe": "Atlantic/Faroe",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Louisville": "America/Kentucky/Louisville", "America/Montreal": "America/Toronto",
    "America/Godthab": "America/Nuuk", "US/Eastern": "America/New_York", "US/Central": "America/Chicago",
    "US/Mountain": "America/Denver", "US/Pacific": "America/Los_Angeles", "US/Arizona": "America/Phoenix",
    "US/Alaska": "America/Anchorage", "US/Hawaii": "Pacific/Honolulu", "Canada/Eastern": "America/Toronto",
    "Canada/Central": "America/Winnipeg", "Canada/Mountain": "America/Edmonton",
    "Canada/Pacific": "America/Vancouver",
    "Canada/Atlantic": "America/Halifax", "Australia/ACT": "Australia/Sydney",
    "Australia/NSW": "Australia/Sydney",
    "Australia/Victoria": "Australia/Melbourne", "Australia/Queensland": "Australia/Brisbane",
    "Australia/West": "Australia/Perth", "Australia/South": "Australia/Adelaide",
    "Brazil/East": "America/Sao_Paulo",
    "Mexico/General": "America/Mexico_City", "GB": "Europe/London", "GB-Eire": "Europe/London",
    "Eire": "Europe/Dublin",
    "NZ": "Pacific/Auckland", "PRC": "Asia/Shanghai", "ROC": "Asia/Taipei", "ROK": "Asia/Seoul",
    "Japan": "Asia/Tokyo",
    "Singapore": "Asia/Singapore", "Hongkong": "Asia/Hong_Kong", "Israel": "Asia/Jerusalem",
    "Iran": "Asia/Tehran",
    "Turkey": "Europe/Istanbul", "Poland": "Europe/Warsaw", "Portugal": "Europe/Lisbon",
    "Egypt": "Africa/Cairo",
    "UTC": "UTC", "Etc/UTC": "UTC", "Etc/GMT": "UTC", "GMT": "UTC", "Zulu": "UTC", "Etc/Zulu": "UTC",
    "UCT": "UTC",
    "Universal": "UTC", "Greenwich": "UTC", "Etc/UCT": "UTC", "Etc/Universal": "UTC", "Etc/Greenwich": "UTC",
}  # fmt: skip
#: Abbreviations that mean one zone to nearly everybody; taken with a warning.
_ABBREVIATIONS = {
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "met": "Europe/Berlin",
    "eet": "Europe/Athens", "eest": "Europe/Athens", "wet": "Europe/Lisbon", "west": "Europe/Lisbon",
    "msk": "Europe/Moscow",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "eastern": "America/New_York",
    "cdt": "America/Chicago", "ct": "America/Chicago", "central": "America/Chicago", "mdt": "America/Denver",
    "mt": "America/Denver", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "mountain": "America/Denver", "akst": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore",
    "pkt": "Asia/Karachi",
    "aest": "Australia/Brisbane", "aedt": "Australia/Sydney", "acst": "Australia/Darwin",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland", "brt": "America/Sao_Paulo",
    "sast": "Africa/Johannesburg",
    "eastern time": "America/New_York", "central time": "America/Chicago", "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles", "central european time": "Europe/Berlin",
    "eastern european time": "Europe/Athens",
}  # fmt: skip
_AMBIGUOUS = frozenset({"ist", "bst", "cst", "mst", "ast", "gst", "sst", "wst", "wast", "pht", "amt", "ect"})

#: Offset in minutes -> a place that keeps it; for the three marked so, only half of the year.
_PART_HOURS = {
    210: "Asia/Tehran", 270: "Asia/Kabul", 330: "Asia/Kolkata", 345: "Asia/Kathmandu", 390: "Asia/Yangon",
    525: "Australia/Eucla", 570: "Australia/Darwin", 630: "Australia/Lord_Howe",  # half of the year
    765: "Pacific/Chatham",  # half of the year
    -210: "America/St_Johns",  # half of the year
    -570: "Pacific/Marquesas",
}  # fmt: skip
_OFFSET = re.compile(
    r"(?:(?:utc|gmt|z)\s*)?([+\-−–±])?\s*(\d{1,2})(?::?([0-5]\d))?(?:\s*(?:h|hours|std|stunden))?"
)
_OFFSET_MIN, _OFFSET_MAX = -12 * 60, 14 * 60


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Zones by lower-case name, and by the last part of it when that is a city."""
    zones = {z for z in zoneinfo.available_timezones() if not z.startswith(("posix/", "right/", "SystemV/"))}
    names: dict[str, str] = {}
    for zone in sorted(zones):
        today = _RENAMED.get(zone, zone)
        names[zone.casefold()] = today
        area, _, city = zone.rpartition("/")
        if area and not area.startswith(("Etc", "US", "Canada", "Mexico", "Brazil", "Chile")):
            names.setdefault(city.replace("_", " ").casefold(), today)
    # Bare abbreviations are names of zones too; they are answered with a warning instead.
    for abbreviation in (*_ABBREVIATIONS, *_AMBIGUOUS, "factory", "localtime", "posixrules"):
        names.pop(abbreviation, None)
    return names | PLACES


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    return {name.casefold(): zone for name, zone in get_global("windows_zone_mapping").items()}


@lru_cache(maxsize=20_000)
def parse_time_zone(text: str) -> tuple[str, Findings]:
    """Return the IANA name of the zone that `text` means, or "" with the finding why not."""
    said = one_line(text).casefold()
    # "(UTC+01:00) Amsterdam, Berlin" as Outlook and Google write it: the places say more than the offset.
    if listed := re.fullmatch(r"\((?:utc|gmt)\s*([^)]*)\)\s*(.*)", said):
        for part in re.split(r"\s*[,–;-]\s+|\s*,\s*", listed[2]):
            if zone := place_zone(part):
                return zone, NONE
        said = "utc" + listed[1].strip()
    shown = quoted(one_line(text))
    bare = re.sub(r"\s*\(.*\)$| time zone$|[. ]+$", "", said)
    if zone := place_zone(bare):
        return zone, NONE
    if zone := _ABBREVIATIONS.get(bare.replace(" standard", "").replace(" daylight", ""), ""):
        return zone, (Finding("time_zone_abbreviation", (*shown, ("zone", zone))),)
    if bare in _AMBIGUOUS:
        return "", (Finding("time_zone_ambiguous", shown),)
    if match := _OFFSET.fullmatch(bare):
        return _from_offset(match, shown)
    return "", (Finding("time_zone_unknown", shown),)


def place_zone(text: str) -> str:
    """Return the zone of a city, a country with one zone, or a zone's name; "" if unknown.

    "Berlin, Germany" and "Lyon (remote)" are read part by part.
    """
    said = one_line(text).casefold()
    names = _by_name()
    if zone := names.get(said) or names.get(said.replace(" ", "_")) or _windows().get(said):
        return zone
    for part in re.split(r"\s*[,(/|]\s*|\s+-\s+", said.rstrip(")")):
        if zone := names.get(part.strip()):
            return zone
    return ""


def _from_offset(match: re.Match[str], shown: tuple[tuple[str, str], ...]) -> tuple[str, Findings]:
    sign, hours, quarter = match.groups()
    minutes = int(hours) * 60 + int(quarter or 0)
    minutes = -minutes if sign in ("-", "−", "–") else minutes
    if minutes == 0:
        return "UTC", NONE
    if not _OFFSET_MIN <= minutes <= _OFFSET_MAX:
        return "", (Finding("time_zone_offset_impossible", shown),)
    if minutes % 60:
        zone = _PART_HOURS.get(minutes, "")
        code = "time_zone_offset_city" if zone else "time_zone_offset_impossible"
        return zone, (Finding(code, (*shown, ("zone", zone))),)
    zone = f"Etc/GMT{-(minutes // 60):+d}"
    return zone, (Finding("time_zone_offset", (*shown, ("zone", zone))),)
