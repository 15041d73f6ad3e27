"""Interventions: taken up, put aside, done; opened, woken, returned and closed by what the rules see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.people.actions import organisations
from telemachy.apps.people.models import Notification
from telemachy.apps.programmes.models import ProgrammeManager
from telemachy.apps.relationships.actions import erasure, relationships
from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.jobs import interventions as jobs
from telemachy.apps.relationships.models import Intervention, Party
from telemachy.apps.relationships.queries import health, own_data
from telemachy.apps.relationships.queries import interventions as queries
from telemachy.core import insights
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.apps.relationships import story
from tests.cast import NOW, Cast, person

DAY = timedelta(days=1)


@pytest.fixture
def waiting(cast: Cast):
    """A case that has waited ten days for Athena."""
    return story.situation(cast.relationship, cast.telemachus, NOW - 12 * DAY, rating=None)


def answer(situation) -> None:
    situation.awaiting, situation.awaiting_since = "", None
    situation.save()


def look(cast: Cast, now=NOW) -> None:
    """Do what the job does each day."""
    actions.note(programme=cast.programme, health=health.compute(cast.programme, now), by=None, now=now)


def unanswered(cast: Cast) -> Intervention:
    return Intervention.objects.get(relationship=cast.relationship, code="unanswered")


def about(cast: Cast) -> queries.About:
    return queries.About(programme=cast.programme, relationship=cast.relationship)


def signal(cast: Cast, code: str = "unanswered") -> insights.Signal:
    (pair,) = health.compute(cast.programme, NOW).pairs
    return next(one for one in pair.signals if one.code == code)


def in_queue(cast: Cast, now=NOW) -> list[str]:
    found = health.compute(cast.programme, now)
    shown = queries.queue(found, queries.acted_on(cast.programme), now.date(), 5)
    return [one.code for _pair, signals in shown for one in signals]


def test_a_signal_is_noted_once_and_closed_when_it_is_gone(cast: Cast, waiting) -> None:
    look(cast)
    look(cast, NOW + DAY)
    noted = unanswered(cast)
    assert (noted.state, noted.opened_at, noted.evidence["days"]) == ("open", NOW, 10)
    assert list(queries.about_pair(cast.relationship).values()) == [noted]
    answer(waiting)
    look(cast, NOW + 2 * DAY)
    noted.refresh_from_db()
    assert (noted.state, noted.outcome, noted.closed_at) == ("over", "gone", NOW + 2 * DAY)
    assert queries.about_pair(cast.relationship) == {}


def test_the_week_of_a_programme_whose_manager_left_is_told_to_the_administrators(
    cast: Cast, waiting
) -> None:
    look(cast)
    actions.tell_week(programme=cast.programme, by=None, now=NOW)
    organisations.mark_left(person=cast.eurycleia, by=cast.penelope, now=NOW)
    actions.tell_week(programme=cast.programme, by=None, now=NOW + 7 * DAY)
    told = Notification.objects.filter(kind="programme.week").order_by("created_at")
    assert [one.person for one in told] == [cast.eurycleia, cast.penelope]


def test_that_one_side_has_left_comes_once_and_in_place_of_all_else(cast: Cast, waiting) -> None:
    look(cast)
    noted = unanswered(cast)
    organisations.mark_left(person=cast.telemachus, by=cast.penelope, now=NOW + DAY)
    assert in_queue(cast, NOW + 3 * DAY) == ["one_side_left"]
    assert health.compute(cast.programme, NOW + 3 * DAY).tally.n_waiting == 0
    for day in (3, 4):
        look(cast, NOW + day * DAY)
    noted.refresh_from_db()
    assert (noted.state, noted.outcome) == ("over", "ended"), "leaving is no success"
    left = Intervention.objects.get(code="one_side_left")
    assert (left.state, left.evidence) == ("open", {"days": 2})
    relationships.call_off(relationship=cast.relationship, by=cast.eurycleia, now=NOW + 5 * DAY)
    look(cast, NOW + 5 * DAY)
    left.refresh_from_db()
    assert (left.state, left.outcome) == ("over", "ended")


def test_a_circle_of_which_a_learner_is_left_has_both_sides(cast: Cast) -> None:
    mentes = person(cast.ithaca, "Mentes")
    Party.objects.create(relationship=cast.relationship, person=mentes, seat="learner", accepted_at=NOW)
    organisations.mark_left(person=cast.telemachus, by=cast.penelope, now=NOW)
    assert in_queue(cast) == []
    organisations.mark_left(person=cast.athena, by=cast.penelope, now=NOW)
    assert in_queue(cast) == ["one_side_left"]


def test_what_is_done_leaves_the_queue_and_comes_back_if_it_did_not_help(cast: Cast, waiting) -> None:
    look(cast)
    actions.accept(about=about(cast), signal=signal(cast), by=cast.eurycleia, now=NOW, note=" Call Athena. ")
    assert unanswered(cast).note == "Call Athena."
    assert in_queue(cast) == ["unanswered"], "in hand is still to be seen"
    actions.finish(about=about(cast), signal=signal(cast), by=cast.eurycleia, now=NOW + DAY)
    assert in_queue(cast) == []
    look(cast, NOW + 14 * DAY)
    assert unanswered(cast).state == "done"
    look(cast, NOW + 15 * DAY)
    assert unanswered(cast).state == "open"
    assert unanswered(cast).note == "Call Athena."


def test_a_signal_put_aside_wakes_on_its_day(cast: Cast, waiting) -> None:
    until = (NOW + 5 * DAY).date()
    actions.snooze(about=about(cast), signal=signal(cast), by=cast.eurycleia, now=NOW, until=until)
    assert in_queue(cast) == []
    assert in_queue(cast, NOW + 5 * DAY) == ["unanswered"], "on the day itself, before the job has run"
    look(cast, NOW + 4 * DAY)
    assert unanswered(cast).state == "snoozed"
    look(cast, NOW + 5 * DAY)
    assert unanswered(cast).state == "open"


def test_a_signal_put_aside_wakes_where_it_is_that_day_for_whoever_put_it_aside(cast: Cast, waiting) -> None:
    cast.eurycleia.time_zone = "America/New_York"
    cast.eurycleia.save()
    evening_there = (NOW + DAY).replace(hour=2)
    tomorrow_there = evening_there.date()
    given = {"about": about(cast), "signal": signal(cast), "by": cast.eurycleia}
    actions.snooze(now=evening_there, until=tomorrow_there, **given)
    look(cast, evening_there)
    assert unanswered(cast).state == "snoozed"
    look(cast, NOW + DAY)
    assert unanswered(cast).state == "open"


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_day_that_makes_no_sense_is_refused(cast: Cast, waiting, days: int) -> None:
    with pytest.raises(BadInput, match="within the next 90 days"):
        actions.snooze(
            about=about(cast),
            signal=signal(cast),
            by=cast.eurycleia,
            now=NOW,
            until=(NOW + days * DAY).date(),
        )
    assert not Intervention.objects.exists()


def test_only_those_who_run_the_programme_and_only_the_first_of_two(cast: Cast, waiting) -> None:
    for stranger in (cast.athena, cast.telemachus, cast.nestor, cast.antinous):
        with pytest.raises(NotAllowed):
            actions.accept(about=about(cast), signal=signal(cast), by=stranger, now=NOW)
    actions.accept(about=about(cast), signal=signal(cast), by=cast.eurycleia, now=NOW)
    with pytest.raises(NotAllowed, match="quicker"):
        actions.accept(about=about(cast), signal=signal(cast), by=cast.penelope, now=NOW)
    assert unanswered(cast).by == cast.eurycleia


def test_a_pair_that_ended_is_no_success_of_an_intervention(cast: Cast, waiting) -> None:
    actions.accept(about=about(cast), signal=signal(cast), by=cast.eurycleia, now=NOW)
    cast.relationship.state = "unwound"
    cast.relationship.save()
    look(cast, NOW + DAY)
    assert unanswered(cast).outcome == "ended"
    assert queries.results(cast.programme, NOW + 20 * DAY) == queries.Results(0, 0, 0, 0)


def test_results_put_what_was_taken_up_beside_what_was_left_alone(cast: Cast) -> None:
    def past(taken: int | None, closed: int | None) -> None:
        Intervention.objects.create(
            programme=cast.programme,
            relationship=cast.relationship,
            code="stalled",
            state="over",
            outcome="gone",
            opened_at=NOW,
            taken_at=None if taken is None else NOW + taken * DAY,
            closed_at=None if closed is None else NOW + closed * DAY,
        )

    past(2, 10)  # gone within fourteen days of being taken up
    past(2, 17)  # too late to count
    past(None, 14)
    past(None, 15)
    assert queries.results(cast.programme, NOW + 30 * DAY) == queries.Results(2, 1, 2, 1)
    assert queries.results(cast.programme, NOW + 15 * DAY) == queries.Results(0, 0, 2, 1), "too early to say"


def test_mentors_have_interventions_of_their_own(cast: Cast) -> None:
    found = queries.About(programme=cast.programme, person=cast.athena)
    overload = insights.Signal(
        "overload", insights.Severity.ACT, {"n_learners": 3, "capacity": 2, "n_waiting": 0}
    )
    actions.accept(about=found, signal=overload, by=cast.eurycleia, now=NOW, note="Hold new matches.")
    look(cast, NOW + DAY)
    kept = Intervention.objects.get(person=cast.athena)
    assert (kept.state, kept.outcome) == ("over", "gone"), "Athena has room"


def test_the_job_runs_over_every_programme_with_pairs(cast: Cast, waiting, monkeypatch) -> None:
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW)
    assert queries.programmes_to_watch() == [cast.programme.pk]
    jobs.note_signals_of.func(programme_id=str(cast.programme.pk))
    assert unanswered(cast).state == "open"


def test_the_week_is_told_once_in_numbers_to_those_who_run_it(cast: Cast, waiting, monkeypatch) -> None:
    ProgrammeManager.objects.create(programme=cast.programme, person=cast.penelope, since=NOW)
    look(cast)
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW + DAY)
    jobs.tell_the_week.func()
    jobs.tell_the_week.func()
    told = Notification.objects.filter(kind="programme.week")
    assert {news.person for news in told} == {cast.eurycleia, cast.penelope}
    assert told.count() == 2
    assert told[0].params == {"programme": "Voyage", "n_open": 1, "n_new": 1, "n_gone": 0, "n_in_hand": 0}


def test_a_quiet_week_is_not_told(cast: Cast) -> None:
    actions.tell_week(programme=cast.programme, by=None, now=NOW)
    assert not Notification.objects.exists()


def test_people_take_along_what_was_noted_about_them_and_are_forgotten(cast: Cast, waiting) -> None:
    actions.accept(
        about=about(cast), signal=signal(cast), by=cast.eurycleia, now=NOW, note="Call Athena, then wait."
    )
    mine = own_data.everything(cast.athena)
    assert [row["code"] for row in mine["signals"]] == ["unanswered"]
    assert "Call" not in str(mine["signals"])
    assert own_data.everything(cast.eurycleia)["interventions"][0]["note"] == "Call Athena, then wait."
    assert own_data.everything(cast.nestor)["signals"] == []
    erasure.erase(person=cast.athena, by=cast.athena, now=NOW)
    assert "Athena" not in unanswered(cast).note
