"""The path, the mirror, and what a person takes along or leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telemachy.apps.practice.actions import commitments, drills, mirror, role_plays
from telemachy.apps.practice.models import Commitment, DrillCard, DrillReview, MirrorChoice, RolePlay
from telemachy.apps.practice.queries import mirror as mirror_queries
from telemachy.apps.practice.queries import path
from telemachy.apps.relationships.actions import erasure
from telemachy.apps.relationships.models import Guidance, Situation
from telemachy.apps.relationships.queries import own_data
from telemachy.core.practice import FOUNDATIONS
from tests.cast import NOW, Cast


def practise(cast: Cast) -> None:
    """Do one of everything as Athena."""
    drills.rate(item="phase-01", answer="goal", grade=3, language="en", by=cast.athena, now=NOW)
    role_play = role_plays.begin(scenario="vague-goal", language="en", by=cast.athena, now=NOW)
    while role_play.ended_at is None:
        role_plays.speak(role_play=role_play, text="What would it look like?", by=cast.athena, now=NOW)
        role_play.refresh_from_db()
    plan = commitments.commit(partner="Medon", topic="", due_on=NOW.date(), by=cast.athena, now=NOW)
    commitments.reflect(
        commitment=plan, asked="What now?", noticed="", differently="", by=cast.athena, now=NOW
    )
    mirror.choose(on=True, by=cast.athena, now=NOW)


def guide(cast: Cast, text: str, recommended: int | None, *, days_ago: int) -> None:
    """Give a piece of guidance as Athena."""
    situation = Situation.objects.create(
        relationship=cast.relationship, learner=cast.telemachus, title="The raft", logged_at=NOW
    )
    Guidance.objects.create(
        situation=situation,
        author=cast.athena,
        level=2,
        recommended_level=recommended,
        text=text,
        given_at=NOW - timedelta(days=days_ago),
    )


def test_the_path_takes_two_hours_and_moves_by_doing(cast: Cast) -> None:
    assert 105 <= sum(step.minutes for step in FOUNDATIONS) <= 135
    assert all(one.n_done == 0 for one in path.progress(cast.athena))
    practise(cast)
    done = {one.step.subject: (one.n_done, one.is_done) for one in path.progress(cast.athena)}
    assert done["phase"] == (1, False)
    assert done["vague-goal"] == (1, True)
    assert done["conversation"] == (1, True)
    assert done["silence"] == (0, False)


def test_the_mirror_shows_ones_own_year_and_can_be_switched_off(cast: Cast) -> None:
    guide(cast, "What have you tried?", 2, days_ago=1)
    guide(cast, "You should wait.", 2, days_ago=2)
    guide(cast, "You should have waited.", 2, days_ago=500)
    (month,) = mirror_queries.months(cast.athena, NOW + timedelta(days=1))[-1:]
    assert (month.n_asking, month.n_telling, month.n_to_ask) == (1, 1, 2)
    assert mirror_queries.months(cast.telemachus, NOW) == ()
    mirror.choose(on=False, by=cast.athena, now=NOW)
    assert not mirror_queries.is_on(cast.athena)
    assert mirror_queries.months(cast.athena, NOW) == ()


def test_the_months_of_the_mirror_turn_where_the_mentor_is(cast: Cast) -> None:
    guide(cast, "What have you tried?", 2, days_ago=0)
    Guidance.objects.update(given_at=datetime(2026, 1, 31, 22, tzinfo=UTC))
    cast.athena.time_zone = "Pacific/Auckland"
    assert [one.month.month for one in mirror_queries.months(cast.athena, NOW)] == [2]


def test_a_person_takes_their_practice_along(cast: Cast) -> None:
    practise(cast)
    kept = own_data.everything(cast.athena)["practice"]
    assert [one["card__item"] for one in kept["answers"]] == ["phase-01"]
    assert kept["role_plays"][0]["turns"][0]["text"] == "What would it look like?"
    assert kept["conversations"][0]["partner"] == "Medon"
    assert own_data.everything(cast.telemachus)["practice"]["answers"] == []


def test_erasing_a_person_erases_their_practice(cast: Cast) -> None:
    practise(cast)
    erasure.erase(person=cast.athena, by=cast.athena, now=NOW)
    for model in (DrillCard, DrillReview, RolePlay, Commitment, MirrorChoice):
        assert not model.objects.exists()
