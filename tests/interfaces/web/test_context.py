"""The frame of every page: who sees which way in, and what it costs."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from telemachy.apps.practice.actions import commitments
from telemachy.apps.programmes.models import Enrolment
from telemachy.interfaces.web.context import shell
from tests.apps.supervision import reviewing, supervising
from tests.cast import NOW, pair, person


def frame(person, path: str = "/") -> dict:
    request = RequestFactory().get(path)
    request.person = person
    return shell(request)


def ways(person) -> list[str]:
    return [item.label for item in frame(person)["nav"]()]


@pytest.mark.django_db
def test_each_seat_finds_its_own_first_screen(cast) -> None:
    assert ways(cast.athena) == ["My learners", "Sessions", "Practice", "Recordings"]
    assert ways(cast.telemachus) == ["My development", "Sessions"]
    assert "Programmes" in ways(cast.eurycleia)
    assert "Programmes" not in ways(cast.athena)


@pytest.mark.django_db
def test_the_page_in_view_is_marked(cast) -> None:
    request_path = next(item.url for item in frame(cast.athena)["nav"]() if item.label == "My learners")
    assert [item.label for item in frame(cast.athena, request_path)["nav"]() if item.current] == [
        "My learners"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "path", "marked"),
    [
        ("athena", "/training/1/", ["My learners"]),
        ("telemachus", "/situations/1/", ["My development"]),
        ("eurycleia", "/match-runs/1/learners/2/", ["Programmes"]),
        ("eurycleia", "/relationships/1/", ["Programmes"]),
        ("athena", "/match-runs/1/", []),
        ("penelope", "/relationships/1/", ["Programmes"]),
    ],
)
def test_a_page_that_lies_elsewhere_marks_the_screen_it_belongs_to(cast, who, path, marked) -> None:
    nav = frame(getattr(cast, who), path)["nav"]()
    assert [item.label for item in nav if item.current] == marked


@pytest.mark.django_db
def test_whoever_holds_several_seats_sees_marked_what_a_pair_is_to_them(cast, sign_in) -> None:
    guided = pair(cast.programme, cast.nestor, cast.athena)
    foreign = pair(cast.programme, cast.nestor, person(cast.ithaca, "Mentes"))
    cast.programme.managers.create(person=cast.athena, since=NOW)
    client = sign_in(cast.athena)
    for relationship, label in (
        (cast.relationship, "My learners"),
        (guided, "My development"),
        (foreign, "Programmes"),
    ):
        page = client.get(reverse("relationship", args=[relationship.pk]))
        assert [item.label for item in page.context["nav"]() if item.current] == [label]
    goals = client.get(reverse("goal-list", args=[guided.pk]))
    assert [item.label for item in goals.context["nav"]() if item.current] == ["My development"]


@pytest.mark.django_db
def test_a_phone_shows_five_ways_in_at_most_and_what_waits_behind_the_last(cast, sign_in) -> None:
    assert "nav-more" not in sign_in(cast.athena).get(reverse("learner-list")).content.decode()
    here = reviewing.room(cast)
    reviewing.asked(here)
    Enrolment.objects.create(programme=cast.programme, person=here.nestor, role="mentor", created_at=NOW)
    pair(cast.programme, here.nestor, person(cast.ithaca, "Mentes the Younger"))
    supervising.asked(cast)
    context = sign_in(here.nestor).get(reverse("review-list")).context
    labels = [item.label for item in context["nav"]()]
    assert labels[4:] == ["Reviews", "Supervision"]
    assert (context["n_further"](), context["further_badge"]()) == (2, 2)


@pytest.mark.django_db
def test_a_leader_who_plans_a_coaching_conversation_has_practice_among_the_ways_in(cast) -> None:
    assert "Practice" not in ways(cast.eurycleia)
    assert "Practice" in [item.label for item in frame(cast.eurycleia)["account_menu"]()]
    today = NOW.date()
    commitments.commit(partner="Iris", topic="", due_on=today, by=cast.eurycleia, now=NOW)
    assert "Practice" in ways(cast.eurycleia)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["readiness", "review-progress", "rubric-list"])
def test_the_pages_beside_the_reviews_mark_them(cast, name: str) -> None:
    here = reviewing.room(cast)
    reviewing.asked(here, recording=reviewing.recording(cast, listeners=[here.nestor]))
    nav = frame(here.coach, reverse(name))["nav"]()
    assert [item.label for item in nav if item.current] == ["Reviews"]


@pytest.mark.django_db
def test_a_fragment_that_draws_no_frame_asks_the_database_nothing(cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        frame(cast.athena)


@pytest.mark.django_db
def test_unread_news_is_counted_once_a_page(cast, django_assert_num_queries) -> None:
    context = frame(cast.athena)
    with django_assert_num_queries(1):
        assert [context["n_unread"](), context["n_unread"]()] == [0, 0]


def test_strangers_see_no_ways_in() -> None:
    assert "nav" not in frame(None)


def test_the_sign_in_page_does_not_offer_to_sign_in() -> None:
    assert not frame(None)["at_sign_in"]
    assert frame(None, reverse("account_login"))["at_sign_in"]
