"""Hours, what a credential still asks for, progress, and the suggestion of supervision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.supervision.actions import credentials, hours, rubrics
from telemachy.apps.supervision.models import HoursEntry
from telemachy.apps.supervision.queries.rubrics import latest
from telemachy.core.assessment import RuleSet
from telemachy.core.conversation import code_utterances, measure
from telemachy.core.shared.errors import BadInput
from tests.apps.supervision import reviewing
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast) -> reviewing.Room:
    return reviewing.room(cast)


def plateau(cast, here, level: int = 3, days_ago: int = 120) -> None:
    """Review four recordings over three months, everything at one level."""
    for n in range(4):
        recording = reviewing.recording(
            cast, listeners=[here.nestor], held_on=NOW.date() - timedelta(days=days_ago - 30 * n)
        )
        review = reviewing.asked(here, recording=recording)
        reviewing.hand_in(review, here.nestor, level)


def with_three_levels(cast, here) -> None:
    """Revise the rubric so that two of three levels is proficient."""
    old = latest(here.rubric).content
    three = {
        "levels": old["levels"][:3],
        "proficient": 2,
        "competencies": [{**one, "levels": ()} for one in old["competencies"]],
    }
    rubrics.revise(
        rubric=here.rubric, name="Our rubric", about="", content=three, based_on=1, by=cast.penelope, now=NOW
    )


def test_what_is_missing_is_said_in_words(cast, here, sign_in) -> None:
    credentials.add(name="First", about="", rules=RuleSet(10, 7, 3, 0, 1), by=cast.penelope, now=NOW)
    client = sign_in(here.coach)
    logged = {"kind": "group", "held_on": "2026-01-31", "minutes": "540", "with_name": "The circle"}
    assert client.post(reverse("readiness"), logged).status_code == 302
    client.post(
        reverse("readiness"),
        {"kind": "individual", "held_on": "2026-02-10", "minutes": "60", "with_name": here.nestor.email},
    )
    page = client.get(reverse("readiness")).content.decode()
    assert "2 hours more of mentor coaching, the two of you: no more in a group count." in page
    assert "An hour of mentor coaching on or after 30 Apr 2026 completes the months." in page
    assert "1 more recording with every rated competency proficient." in page
    assert "Not counted: 2 hours more in a group." in page
    assert HoursEntry.objects.get(kind="individual").with_person == here.nestor


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (420, "3 hours more of mentor coaching, the two of you: no more in a group count."),
        (300, "5 hours more of mentor coaching, at most 2 hours of it in a group."),
    ],
)
def test_what_a_group_can_still_give_is_told(cast, here, sign_in, minutes, said) -> None:
    """Nobody should sit in a group for hours that will not count."""
    credentials.add(name="First", about="", rules=RuleSet(10, 7, 0), by=cast.penelope, now=NOW)
    hours.log(
        kind="group", held_on=NOW.date(), minutes=minutes, with_name="The circle", by=here.coach, now=NOW
    )
    assert said in sign_in(here.coach).get(reverse("readiness")).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_on": "2099-01-01"}, "still to come"),
        ({"minutes": "3"}, "greater than or equal to 5"),
        ({"kind": "sleep"}, "not one of the available choices"),
        ({"note": "\x00"}, "Null characters"),
    ],
)
def test_an_impossible_entry_is_refused(here, sign_in, changes, said) -> None:
    entry = {"kind": "individual", "held_on": "2026-02-10", "minutes": "60", **changes}
    answer = sign_in(here.coach).post(reverse("readiness"), entry)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not HoursEntry.objects.exists()


def test_whom_an_hour_names_confirms_it_and_readiness_tells_it_apart(cast, here, sign_in) -> None:
    credentials.add(name="First", about="", rules=RuleSet(), by=cast.penelope, now=NOW)
    log = {"kind": "individual", "held_on": NOW.date(), "minutes": 60, "by": here.coach, "now": NOW}
    entry = hours.log(**log, with_person=here.nestor, note="A secret note")
    hours.log(**log, with_name="Somebody outside")
    other = sign_in(here.nestor)
    asked = other.get(reverse("readiness")).content.decode()
    assert f"{here.coach.name} · Mentor coaching" in asked
    assert "secret" not in asked
    address = reverse("hours-confirm", args=[entry.pk])
    assert sign_in(here.coach).post(address).status_code == 404
    assert other.post(address).status_code == 302
    assert other.post(address).status_code == 404
    page = sign_in(here.coach).get(reverse("readiness")).content.decode()
    assert "Confirmed by the other: 1 hour. Not confirmed: 1 hour." in page
    assert "confirmed by Nestor" in page
    assert "nobody here to confirm it" in page


def test_nobody_names_themselves_for_an_hour(here) -> None:
    with pytest.raises(BadInput, match="not yourself"):
        hours.log(
            kind="individual",
            held_on=NOW.date(),
            minutes=60,
            with_person=here.coach,
            by=here.coach,
            now=NOW,
        )


def test_the_writer_of_letters_sees_sums_and_no_entries(here, sign_in) -> None:
    hours.log(
        kind="client",
        held_on=NOW.date(),
        minutes=90,
        with_name="A secret client",
        note="A secret note",
        by=here.coach,
        now=NOW,
    )
    address = reverse("readiness-of", args=[here.coach.pk])
    assert sign_in(here.nestor).get(address).status_code == 404
    reviewing.rated(here)
    page = sign_in(here.nestor).get(address).content.decode()
    assert "1.5 hours" in page
    assert "secret" not in page
    assert sign_in(here.mentes).get(address).status_code == 404


def test_supervision_is_suggested_at_a_plateau_and_can_be_put_aside(cast, here, sign_in) -> None:
    client = sign_in(here.coach)
    assert "No review yet" in client.get(reverse("review-progress")).content.decode()
    plateau(cast, here)
    page = client.get(reverse("review-progress")).content.decode()
    assert "Perhaps it is time for supervision" in page
    assert "no more than a tenth of a level" in page
    client.post(reverse("supervision-aside", args=[here.rubric.pk]))
    assert "Perhaps it is time" not in client.get(reverse("review-progress")).content.decode()
    of_coach = sign_in(here.nestor).get(reverse("readiness-of", args=[here.coach.pk])).content.decode()
    assert "Perhaps it is time" not in of_coach
    recording = reviewing.recording(cast, listeners=[here.nestor], held_on=NOW.date())
    reviewing.hand_in(reviewing.asked(here, recording=recording), here.nestor, 3)
    assert "Perhaps it is time" in client.get(reverse("review-progress")).content.decode()


def test_a_recording_reviewed_again_is_no_further_recording(cast, here, sign_in) -> None:
    for days in (100, 10):
        recording = reviewing.recording(
            cast, listeners=[here.nestor], held_on=NOW.date() - timedelta(days=days)
        )
        for _time in range(2):
            reviewing.hand_in(reviewing.asked(here, recording=recording), here.nestor, 3)
    page = sign_in(here.coach).get(reverse("review-progress")).content.decode()
    assert "2 reviewed recordings." in page
    assert "as at the beginning, over 2 recordings." in page
    assert "Perhaps it is time" not in page


def test_levels_of_another_scale_do_not_count(cast, here, sign_in) -> None:
    """A fourth level of four is not in a rubric that has three by now."""
    reviewing.hand_in(review := reviewing.asked(here), here.nestor, 4)
    reviewing.hand_in(review, here.mentes, 4)
    with_three_levels(cast, here)
    recording = reviewing.recording(cast, listeners=[here.nestor], held_on=NOW.date())
    reviewing.hand_in(reviewing.asked(here, recording=recording), here.nestor, 2)
    page = sign_in(here.coach).get(reverse("review-progress")).content.decode()
    assert "1 reviewed recording." in page
    assert "Emerging on" in page


def test_what_was_put_aside_comes_back_with_the_next_review_on_another_scale_too(cast, here, sign_in) -> None:
    plateau(cast, here, days_ago=120)
    client = sign_in(here.coach)
    client.post(reverse("supervision-aside", args=[here.rubric.pk]))
    with_three_levels(cast, here)
    plateau(cast, here, level=2, days_ago=100)
    assert "Perhaps it is time for supervision" in client.get(reverse("review-progress")).content.decode()


def test_measures_over_recordings_stand_with_their_ranges(cast, here, sign_in) -> None:
    """Two values apart may be one to people: nobody should read a change into them without the ranges."""
    recording = reviewing.recording(cast, listeners=[here.nestor], held_on=NOW.date())
    turns = [{"speaker": seat, "text": text, "start": None} for seat, text in reviewing.TURNS]
    recording.measures = measure(turns, code_utterances(turns))
    recording.save()
    reviewing.hand_in(reviewing.asked(here, recording=recording), here.nestor, 3)
    page = sign_in(here.coach).get(reverse("review-progress")).content.decode()
    low, high = (round(100 * recording.measures["input_share"][end]) for end in ("low", "high"))
    assert f"between {low} per cent and {high} per cent" in page


def test_an_hour_of_today_can_be_logged_where_the_day_began_earlier(cast) -> None:
    cast.athena.time_zone = "Pacific/Auckland"
    morning_there = NOW.replace(hour=20)
    log = {"kind": "client", "minutes": 60, "by": cast.athena, "now": morning_there}
    hours.log(held_on=NOW.date() + timedelta(days=1), **log)
    with pytest.raises(BadInput, match="still to come"):
        hours.log(held_on=NOW.date() + timedelta(days=2), **log)


def test_the_name_of_an_archived_credential_can_be_used_again(cast, sign_in) -> None:
    rules = {"name": "First credential", "about": "", "by": cast.penelope, "now": NOW}
    first = credentials.add(rules=RuleSet(mentor_coaching_hours=10), **rules)
    credentials.archive(row=first, by=cast.penelope, now=NOW)
    assert sign_in(cast.penelope).get(reverse("credential", args=[first.pk])).status_code == 404
    again = credentials.add(rules=RuleSet(mentor_coaching_hours=5), **rules)
    assert (again.archived_at, again.mentor_coaching_hours) == (None, 5)
    with pytest.raises(BadInput, match="already"):
        credentials.add(rules=RuleSet(), **rules)
