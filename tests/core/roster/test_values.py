from __future__ import annotations

import zoneinfo

import pytest

from telemachy.core.roster import hours, languages, timezones, values
from telemachy.core.shared.scales import Seat


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ann.Lee@Example.ORG", "ann.lee@example.org"),
        ("mailto:ann@example.org", "ann@example.org"),
        ("Ann Lee <ann@example.org>", "ann@example.org"),
        ("ann@example.org;", "ann@example.org"),
        ("o'neil+x@sub.example.co.uk", "o'neil+x@sub.example.co.uk"),
        ("ann@müller.de", "ann@xn--mller-kva.de"),
    ],
)
def test_addresses_are_normalised(text, address):
    assert values.parse_email(text) == (address, ())


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "a b@example.org",
        "a..b@example.org",
        "a@example.org\nBcc: x@y.de",
        "ann@-example.org",
        "ann@" + "x" * 250 + ".org",
        "a@b.de, c@d.de",
        "<script>@example.org",
        "ann@exa_mple.org",
    ],
)
def test_what_is_no_address_is_an_error(text):
    address, [finding] = values.parse_email(text)
    assert address == ""
    assert finding.code in {"email_invalid", "email_several"}


def test_hidden_characters_are_taken_out_and_said():
    assert values.tidy(" A\u0308nn\xa0Lee\u200b ") == ("Änn Lee", False)
    assert values.tidy("An\x00n\u202e") == ("Ann", True)
    assert values.tidy("one\r\ntwo") == ("one\ntwo", False)
    assert values.tidy("'=SUM(A1)") == ("=SUM(A1)", False)
    assert values.tidy("'t Hooft") == ("'t Hooft", False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Python, SQL", ("Python", "SQL")),
        ("R&D, Legal; Finance", ("R&D, Legal", "Finance")),
        ("Law|Sales", ("Law", "Sales")),
        ("- Law\n- Sales", ("Law", "Sales")),
        ("law;Law; LAW", ("law",)),
        ("Data (SQL, R), Sales", ("Data (SQL, R)", "Sales")),
        (" ; ;", ()),
    ],
)
def test_cells_with_many_values_are_split(text, parts):
    assert values.split_many(text) == parts


@pytest.mark.parametrize(
    ("text", "seats"),
    [
        ("Mentor", (Seat.MENTOR,)),
        ("Mentorin", (Seat.MENTOR,)),
        ("Mentor:in", (Seat.MENTOR,)),
        ("coach", (Seat.MENTOR,)),
        ("MENTEE", (Seat.LEARNER,)),
        ("Lernende", (Seat.LEARNER,)),
        ("mentoré", (Seat.LEARNER,)),
        ("aprendiz", (Seat.LEARNER,)),
        ("I want to be a mentee", (Seat.LEARNER,)),
        ("As a mentor", (Seat.MENTOR,)),
        ("both", (Seat.MENTOR, Seat.LEARNER)),
        ("Beides", (Seat.MENTOR, Seat.LEARNER)),
        ("les deux", (Seat.MENTOR, Seat.LEARNER)),
        ("Mentee & Mentor", (Seat.MENTOR, Seat.LEARNER)),
        ("mentor/mentee", (Seat.MENTOR, Seat.LEARNER)),
        ("pirate", ()),
    ],
)
def test_roles_in_four_languages(text, seats):
    assert values.parse_role(text)[0] == seats
    assert bool(values.parse_role(text)[1]) == (not seats)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("1", 1),
        ("7.0", 7),
        ("Level 4", 4),
        ("L5", 5),
        ("8", None),
        ("0", None),
        ("-1", None),
        ("Praktikantin", 1),
        ("Junior Developer", 2),
        ("Software Engineer", 3),
        ("Senior Engineer", 4),
        ("Senior Manager", 5),
        ("Team Lead", 5),
        ("Director", 6),
        ("Bereichsleiterin", 6),
        ("Managing Director", 7),
        ("VP", 7),
        ("C-level", 7),
        ("CTO", 7),
        ("Geschäftsführer", 7),
        ("Directrice", 6),
        ("Jefe de equipo", 5),
        ("Executive Assistant", 2),
        ("Account Executive", 2),
        ("wizard", None),
    ],
)
def test_seniority_from_numbers_and_words(text, level):
    assert values.parse_seniority(text)[0] == level


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("3", 3),
        ("2.0", 2),
        ("2-3", 3),
        ("max 2", 2),
        ("2 mentees", 2),
        ("two", 2),
        ("zwei", 2),
        ("0", None),
        ("21", None),
        ("-2", None),
        ("2.5", None),
        ("many", None),
        ("1e9", None),
        ("99999999999999999999", None),
    ],
)
def test_capacity_is_a_whole_number_from_1_to_20(text, n):
    assert values.parse_capacity(text)[0] == n


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("English, German", ("en", "de")),
        ("Deutsch; Englisch", ("de", "en")),
        ("français / español", ("fr", "es")),
        ("en-GB", ("en",)),
        ("EN, de_CH", ("en", "de")),
        ("German (C1), English (native)", ("de", "en")),
        ("Mandarin", ("zh",)),
        ("日本語", ("ja",)),
        ("Português", ("pt",)),
        ("English and French", ("en", "fr")),
        ("english; English", ("en",)),
        ("Allemand courant", ("de",)),
        ("inglés", ("en",)),
        ("Norwegian", ("no",)),
        ("norsk bokmål", ("no",)),
    ],
)
def test_languages_by_code_and_name(text, codes):
    assert languages.parse_languages(text) == (codes, ())


def test_an_unknown_language_is_left_out_with_a_warning():
    codes, [finding] = languages.parse_languages("English, Klingon")
    assert codes == ("en",)
    assert finding.code == "language_unknown"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Pacific", "America/Los_Angeles"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
        ("GMT", "UTC"),
        ("Berlin", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("Munich, Germany", "Europe/Berlin"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Bengaluru", "Asia/Kolkata"),
        ("New York", "America/New_York"),
        ("Lyon (remote)", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern", "Europe/Amsterdam"),
        ("(GMT-05:00) Eastern Time", "Etc/GMT+5"),
        ("UTC+2", "Etc/GMT-2"),
        ("utc + 2", "Etc/GMT-2"),
        ("GMT-5", "Etc/GMT+5"),
        ("+0530", "Asia/Kolkata"),
        ("GMT-05:30", ""),
        ("UTC+5:45", "Asia/Kathmandu"),
        ("UTC−03:30", "America/St_Johns"),
        ("UTC+14", "Etc/GMT-14"),
        ("UTC-12", "Etc/GMT+12"),
        ("UTC+0", "UTC"),
        ("UTC+15", ""),
        ("UTC-13", ""),
        ("+99:99", ""),
        ("CET", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("Pacific Time", "America/Los_Angeles"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("IST", ""),
        ("CST", ""),
        ("Atlantis", ""),
    ],
)
def test_time_zones_from_names_offsets_cities_and_abbreviations(text, zone):
    found, findings = timezones.parse_time_zone(text)
    assert found == zone
    if zone:
        zoneinfo.ZoneInfo(zone)
    else:
        assert findings


def test_every_city_and_every_zone_name_loads():
    zones = {timezones.place_zone(name) for name in [*timezones.PLACES, *zoneinfo.available_timezones()]} - {
        ""
    }
    assert len(zones) > 300
    assert all(zoneinfo.ZoneInfo(zone) for zone in zones)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CET", "time_zone_abbreviation"),
        ("EST", "time_zone_abbreviation"),
        ("UTC+2", "time_zone_offset"),
        ("IST", "time_zone_ambiguous"),
        ("UTC+25", "time_zone_offset_impossible"),
    ],
)
def test_what_was_assumed_of_a_time_zone_is_said(text, code):
    assert [finding.code for finding in timezones.parse_time_zone(text)[1]] == [code]


def week(*spans: tuple[range | tuple[int, ...], int, int]) -> tuple[hours.Interval, ...]:
    return tuple(
        sorted(hours.Interval(day, a * 60 // 100, b * 60 // 100) for days, a, b in spans for day in days)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9-17", week((range(5), 900, 1700))),
        ("09:00–17:00", week((range(5), 900, 1700))),
        ("9am-5pm", week((range(5), 900, 1700))),
        ("9 a.m. to 5 p.m.", week((range(5), 900, 1700))),
        ("9-5", week((range(5), 900, 1700))),
        ("0900-1730", week((range(5), 900, 1750))),
        ("Mon-Fri 9:00-17:30", week((range(5), 900, 1750))),
        ("Mo-Do 8-16, Fr 8-14", week((range(4), 800, 1600), ((4,), 800, 1400))),
        ("Mon, Wed, Fri 9-12", week(((0, 2, 4), 900, 1200))),
        ("Mon-Fri 9-12, 13-17", week((range(5), 900, 1200), (range(5), 1300, 1700))),
        ("9h30-17h30", week((range(5), 950, 1750))),
        ("von 9 Uhr bis 17 Uhr", week((range(5), 900, 1700))),
        ("lundi à vendredi de 9h à 17h", week((range(5), 900, 1700))),
        ("Mon, Tue", week(((0, 1), 900, 1700))),
        ("Fri 22-6", week(((4,), 2200, 2400), ((5,), 0, 600))),
        ("Sun 22:00-02:00", week(((6,), 2200, 2400), ((0,), 0, 200))),
        ("0-24", week((range(5), 0, 2400))),
        ("1-5pm", week((range(5), 1300, 1700))),
        ("Mon 9-12; Mon 11-15", week(((0,), 900, 1500))),
    ],
)
def test_working_hours_as_people_write_them(text, expected):
    assert hours.parse_working_hours(text) == (expected, ())


@pytest.mark.parametrize(
    "text", ["flexible", "9", "25-26", "9-9", "-", "13pm-15pm", "9:75-10", "whenever 9-17", "9-17-20"]
)
def test_hours_that_cannot_be_read_are_assumed_with_a_warning(text):
    intervals, [finding] = hours.parse_working_hours(text)
    assert intervals == hours.USUAL_HOURS
    assert finding.code == "working_hours_unknown"
