"""My development, reflections, pulses and feedback."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.audit.models import Event
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.models import Feedback, Pulse, Reflection
from telemachy.interfaces.common import clock
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def learner(cast: Cast, sign_in):
    return sign_in(cast.telemachus)


def page(client, name: str = "my-development", *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def work(cast: Cast) -> None:
    """Bring the pair to where only situations and sessions are to be thought of."""
    story.charter(cast)
    story.goal(cast)


def test_first_visit_teaches_the_next_step(learner) -> None:
    text = page(learner)
    assert "Say where you start" in text
    assert "No open situation" in text
    assert "Your curve of independence begins" in text


def test_person_without_relationship_is_told_what_comes(cast: Cast, sign_in) -> None:
    text = page(sign_in(cast.nestor))
    assert "No relationship yet" in text
    assert reverse("profile") in text


def test_mentor_is_led_to_the_learners(cast: Cast, sign_in) -> None:
    assert sign_in(cast.athena).get(reverse("my-development")).url == reverse("learner-list")


def test_page_shows_what_is_next_and_how_far(cast: Cast, learner) -> None:
    work(cast)
    story.fading(cast)
    (planned,) = story.sessions(cast.relationship, -2)
    text = page(learner)
    assert "Prepare your session with Athena" in text
    assert reverse("session", args=[planned.pk]) in text
    assert "Independence: Holding a line" in text
    assert "Guidance fades" in text
    assert "What is said stays here." in text
    assert reverse("trajectory", args=[cast.relationship.pk]) in text


def test_further_curves_come_when_they_are_unfolded_or_by_a_link(cast: Cast, learner) -> None:
    work(cast)
    story.fading(cast)
    other = story.competency(cast, "Hosting a feast")
    story.situation(cast.relationship, cast.telemachus, NOW - timedelta(days=40), competency=other)
    url = f"{reverse('my-development')}?curve={other.pk}"

    text = page(learner)
    assert "Independence: Holding a line" in text
    assert "Independence: Hosting a feast" not in text
    assert f'hx-get="?curve={other.pk}"' in text
    fragment = learner.get(url, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<figure")
    assert "Independence: Hosting a feast" in fragment
    without_script = learner.get(url).content.decode()
    assert "Independence: Hosting a feast" in without_script
    assert "My development" in without_script


def test_open_situations_say_whose_turn_it_is(cast: Cast, learner) -> None:
    work(cast)
    story.situation(
        cast.relationship, cast.telemachus, NOW - timedelta(days=6), rating=None, title="The feast"
    )
    mine = story.situation(
        cast.relationship, cast.telemachus, NOW - timedelta(days=3), rating=None, title="The bow"
    )
    mine.state, mine.awaiting = "acted", "learner"
    mine.save()
    text = page(learner)
    assert "awaiting Athena" in text
    assert "How did it turn out? “The bow”" in text
    assert "The feast" in text


def test_two_relationships_are_two_tabs(cast: Cast, learner) -> None:
    other = cast_module.pair(cast.programme, cast.nestor, cast.telemachus)
    work(cast)
    answer = learner.get(reverse("my-development"), {"pair": str(other.pk)})
    text = answer.content.decode()
    assert answer.context["desk"].relationship == other
    assert {tab.label for tab in answer.context["tabs"]} == {"Athena", "Nestor"}
    assert "No goal yet" in text
    assert learner.get(reverse("my-development"), {"pair": "nonsense"}).status_code == 200


def test_queries_do_not_grow_with_the_data(cast: Cast, sign_in, count_queries) -> None:
    work(cast)
    story.fading(cast)
    client = sign_in(cast.telemachus)
    before = count_queries(client, reverse("my-development"))
    for _n in range(3):
        story.goal(cast)
        story.fading(cast)
    assert count_queries(client, reverse("my-development")) == before


def test_ended_relationship_keeps_its_trajectory(cast: Cast, learner) -> None:
    story.fading(cast)
    cast.relationship.state = "graduated"
    cast.relationship.closed_at = NOW
    cast.relationship.save()
    text = page(learner)
    assert "Earlier relationships" in text
    assert "Independence: Holding a line" in text


# --- reflections ----------------------------------------------------------------------------------


def test_reflection_is_private_until_shared(cast: Cast, learner, sign_in) -> None:
    answer = learner.post(reverse("reflection-list"), {"text": "I gave in too early."})
    assert answer.status_code == 302
    reflection = Reflection.objects.get()
    assert (reflection.shared, reflection.relationship, bool(reflection.prompt)) == (
        False,
        cast.relationship,
        True,
    )
    mentor = sign_in(cast.athena)
    assert "I gave in" not in page(mentor, "feedback", cast.relationship.pk)
    learner.post(reverse("reflection", args=[reflection.pk]), {"verb": "share"})
    assert "I gave in" in page(mentor, "feedback", cast.relationship.pk)
    learner.post(reverse("reflection", args=[reflection.pk]), {"verb": "take_back"})
    assert "I gave in" not in page(mentor, "feedback", cast.relationship.pk)
    learner.post(reverse("reflection", args=[reflection.pk]), {"verb": "remove"})
    assert not Reflection.objects.exists()


def test_empty_reflection_says_what_to_do(learner) -> None:
    answer = learner.post(reverse("reflection-list"), {"text": "  "})
    assert answer.status_code == 422
    assert not Reflection.objects.exists()


def test_reflection_of_another_does_not_exist(cast: Cast, learner, sign_in) -> None:
    learner.post(reverse("reflection-list"), {"text": "Mine.", "shared": "on"})
    reflection = Reflection.objects.get()
    assert reflection.shared
    for other in (cast.athena, cast.eurycleia, cast.antinous):
        answer = sign_in(other).post(reverse("reflection", args=[reflection.pk]), {"verb": "remove"})
        assert answer.status_code == 404
    assert Reflection.objects.exists()


# --- pulses ---------------------------------------------------------------------------------------


def older(cast: Cast) -> None:
    cast.relationship.active_at = NOW - timedelta(days=30)
    cast.relationship.save()


def test_pulse_asks_now_and_then(cast: Cast, learner) -> None:
    assert "One question" not in page(learner)
    older(cast)
    text = page(learner)
    assert "Can you say openly" in text
    assert "the mean of five people or more" in text
    learner.post(reverse("pulse", args=[cast.relationship.pk]), {"question": "safety", "answer": "4"})
    pulse = Pulse.objects.get()
    assert (pulse.question, pulse.answer, pulse.person) == ("safety", 4, cast.telemachus)
    assert "One question" not in page(learner)
    learner.post(reverse("pulse", args=[cast.relationship.pk]), {"question": "safety", "answer": "1"})
    assert Pulse.objects.count() == 1


def test_trail_keeps_that_a_pulse_was_answered_not_what(cast: Cast, learner) -> None:
    older(cast)
    learner.post(reverse("pulse", args=[cast.relationship.pk]), {"question": "safety", "answer": "2"})
    assert Event.objects.get(verb="pulse.answered").data == {}


@pytest.mark.parametrize("answer", ["", "0", "6", "x", "4.5"])
def test_pulse_out_of_range_changes_nothing(cast: Cast, learner, answer: str) -> None:
    older(cast)
    given = learner.post(
        reverse("pulse", args=[cast.relationship.pk]), {"question": "safety", "answer": answer}
    )
    assert given.status_code == 302
    assert not Pulse.objects.exists()


def test_pulse_of_another_pair_does_not_exist(cast: Cast, sign_in) -> None:
    older(cast)
    for stranger in (cast.eurycleia, cast.antinous):
        answer = sign_in(stranger).post(reverse("pulse", args=[cast.relationship.pk]), {"answer": "3"})
        assert answer.status_code == 404


# --- feedback -------------------------------------------------------------------------------------


def give(client, cast: Cast, about, **fields):
    data = {"about": str(about.pk), **fields}
    return client.post(reverse("feedback", args=[cast.relationship.pk]), data)


def test_feedback_goes_both_ways_and_to_nobody_else(cast: Cast, learner, sign_in) -> None:
    mentor = sign_in(cast.athena)
    give(learner, cast, cast.athena, helped="You asked before you answered.")
    give(mentor, cast, cast.telemachus, wish="Ask me later.")
    for client in (learner, mentor):
        text = page(client, "feedback", cast.relationship.pk)
        assert "You asked before you answered." in text
        assert "Ask me later." in text
    assert Notification.objects.filter(person=cast.athena, kind="feedback.given").count() == 1
    for stranger in (cast.eurycleia, cast.penelope, cast.nestor, cast.antinous):
        assert sign_in(stranger).get(reverse("feedback", args=[cast.relationship.pk])).status_code == 404


def test_feedback_in_a_circle_is_between_two(cast: Cast, learner, sign_in) -> None:
    second = cast_module.person(cast.ithaca, "Peisistratus")
    cast.relationship.parties.create(person=second, seat="learner", accepted_at=NOW)
    give(learner, cast, cast.athena, helped="You asked first.")
    assert "You asked first." not in page(sign_in(second), "feedback", cast.relationship.pk)
    assert give(learner, cast, second, helped="Thanks.").status_code == 422
    assert Feedback.objects.count() == 1


def test_empty_feedback_says_what_is_needed(cast: Cast, learner) -> None:
    answer = give(learner, cast, cast.athena)
    assert answer.status_code == 422
    assert "Write what helped, or what you wish for" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_missing_feedback_is_hinted_at(cast: Cast, learner) -> None:
    story.sessions(cast.relationship, 40, 26)
    assert "Tell what helped" not in page(learner)
    story.sessions(cast.relationship, 12)
    assert "Tell what helped" in page(learner)
    give(learner, cast, cast.athena, helped="You asked first.")
    assert "Tell what helped" not in page(learner)


@pytest.mark.parametrize("text", ["bad \x00 byte", "x" * 10_001])
def test_bad_text_is_refused_by_the_form(cast: Cast, learner, text: str) -> None:
    assert learner.post(reverse("reflection-list"), {"text": text}).status_code == 422
    assert give(learner, cast, cast.athena, helped=text).status_code == 422
    assert not Reflection.objects.exists()
    assert not Feedback.objects.exists()
