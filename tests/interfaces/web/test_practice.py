"""Practice in the browser: exercises, role-plays, conversations, the path."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.people.models import Person
from telemachy.apps.practice.actions import drills, role_plays
from telemachy.apps.practice.models import Commitment, DrillCard, DrillReview, RolePlay, RolePlayTurn
from telemachy.core.practice import Skill, items, items_of
from telemachy.interfaces.common import clock
from tests.cast import NOW, Cast

DRILL = ["ask"]


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def athena(cast: Cast, sign_in):
    """Athena's browser."""
    return sign_in(cast.athena)


def answer(client, text: str, item: str = "ask-01", skill: str = "ask"):
    return client.post(reverse("practice-drill", args=[skill]), {"item": item, "answer": text})


def rate(client, grade: object = 3, item: str = "ask-01", text: str = "What now?"):
    address = reverse("practice-rate", args=DRILL)
    return client.post(address, {"item": item, "answer": text, "grade": grade})


def test_a_first_visit_leads_onto_the_path(athena) -> None:
    page = athena.get(reverse("practice")).content.decode()
    assert "Begin with the path" in page
    assert "0 of 11 steps done, about 120 minutes left" in page
    assert "Nothing to show yet" in athena.get(reverse("practice-progress")).content.decode()


def test_a_closed_question_is_told_apart_with_the_words_that_show_it(athena) -> None:
    page = answer(athena, "Have you talked to them?").content.decode()
    assert "Closed question" in page
    assert "It begins with “Have you”, so it can be answered yes or no." in page
    assert items()["ask-01"].models[0] in page
    assert not DrillCard.objects.exists()


def test_what_cannot_be_told_is_said_so(athena) -> None:
    page = answer(athena, "Stay calm and let him talk first.").content.decode()
    assert "I cannot tell what this is." in page


def test_a_summary_that_does_it_is_not_said_to_be_unreadable_as_well(athena) -> None:
    item = items_of(Skill.SUMMARISE)[0]
    points = ", ".join(point[0] for point in item.points)
    page = answer(athena, f"Mirabile dictu: {points}.", item.id, "summarise").content.decode()
    assert "That does it" in page
    assert "I cannot tell what this is." not in page


def test_markup_in_an_answer_stays_text(athena) -> None:
    page = answer(athena, "<b>What</b> <script>x</script>?").content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_rating_leads_on_and_can_be_taken_back(athena) -> None:
    response = rate(athena)
    assert response.url == f"{reverse('practice-drill', args=DRILL)}?done=1"
    page = athena.get(response.url).content.decode()
    assert "2 of 8" in page
    assert "Take it back" in page
    assert items()["ask-02"].said in page
    response = athena.post(f"{reverse('practice-undo', args=DRILL)}?done=1")
    assert response.url.endswith("?done=0")
    assert not DrillCard.objects.exists()


@pytest.mark.parametrize("sent", [{"grade": "9"}, {"grade": ""}, {"item": "gone"}, {"text": "\x00"}])
def test_a_broken_rating_keeps_nothing_and_says_so(athena, sent: dict) -> None:
    response = rate(athena, **sent)
    assert response.status_code == 302
    assert not DrillCard.objects.exists()


@pytest.mark.parametrize("text", ["", "x\x00y", "x" * 2_001])
def test_an_answer_that_cannot_be_kept_is_refused_with_the_exercise(athena, text: str) -> None:
    response = answer(athena, text)
    assert response.status_code == 422
    assert items()["ask-01"].said in response.content.decode()


def test_an_exercise_that_is_gone_gives_way_to_the_next(athena) -> None:
    assert answer(athena, "What?", item="gone").status_code == 302
    assert athena.get(reverse("practice-drill", args=["juggling"])).status_code == 404


def test_after_eight_it_is_enough(athena) -> None:
    rate(athena)
    page = athena.get(f"{reverse('practice-drill', args=DRILL)}?done=8").content.decode()
    assert "Enough for now" in page
    assert "Another eight" in page
    assert athena.get(f"{reverse('practice-drill', args=DRILL)}?done=nonsense").status_code == 200


def test_a_phase_is_chosen_and_not_typed(athena) -> None:
    page = answer(athena, "will", item="phase-01", skill="phase").content.decode()
    assert "I would say: Goal." in page
    assert answer(athena, "nonsense", item="phase-01", skill="phase").status_code == 422


def test_a_role_play_goes_from_the_briefing_to_the_debrief(athena) -> None:
    page = athena.get(reverse("role-play-begin", args=["resistance"])).content.decode()
    assert "Your task" in page
    address = athena.post(reverse("role-play-begin", args=["resistance"])).url
    for text in ("You did not choose this.", "You should talk to your boss.", *["What else?"] * 4):
        if RolePlay.objects.get().ended_at is None:
            assert athena.post(address, {"text": text}).status_code == 302
    page = athena.get(address).content.decode()
    assert "What opened Piet" in page
    assert "“You should” tells the other what to do." in page
    assert "Worth keeping" in page


def test_a_turn_taken_back_is_in_the_box_again(athena) -> None:
    address = athena.post(reverse("role-play-begin", args=["silence"])).url
    athena.post(address, {"text": "Are you all right?"})
    athena.post(f"{address}back/")
    assert "Are you all right?</textarea>" in athena.get(address).content.decode()
    assert "Are you all right?</textarea>" not in athena.get(address).content.decode()


def test_what_answers_a_line_that_is_no_longer_the_last_is_not_said(athena) -> None:
    address = athena.post(reverse("role-play-begin", args=["silence"])).url
    athena.post(address, {"text": "Are you all right?", "after": 0})
    refused = athena.post(address, {"text": "What else?", "after": 0})
    page = refused.content.decode()
    assert (refused.status_code, RolePlayTurn.objects.count()) == (422, 1)
    assert "The conversation has gone on elsewhere." in page
    assert "What else?</textarea>" in page
    assert 'name="after" value="1"' in page
    athena.post(address, {"text": "What else?", "after": 1})
    for _click in range(2):
        athena.post(f"{address}back/", {"after": 2})
    assert RolePlayTurn.objects.get().text == "Are you all right?"


def test_what_comes_after_the_end_in_another_tab_is_shown_and_not_lost(athena) -> None:
    address = athena.post(reverse("role-play-begin", args=["resistance"])).url
    while (played := RolePlay.objects.get()).ended_at is None:
        athena.post(address, {"text": "You should talk to your boss."})
    refused = athena.post(address, {"text": "You did not choose this.", "after": 1})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert not played.turns.filter(text="You did not choose this.").exists()
    assert "What you wrote was not said" in page
    assert "This role-play has ended. Take your last turn back, or play it again." in page
    assert "You did not choose this.</p>" in page
    assert "What you wrote was not said" not in athena.get(address).content.decode()


def test_an_answer_is_rated_and_taken_back_once_each(athena) -> None:
    rate(athena, item="ask-02")
    checked = answer(athena, "What now?").context["checked_at"]
    sent = {"item": "ask-01", "answer": "What now?", "grade": 3, "checked_at": checked}
    for _click in range(2):
        athena.post(reverse("practice-rate", args=DRILL), sent)
    assert DrillReview.objects.filter(card__item="ask-01").count() == 1
    page = athena.get(reverse("practice-drill", args=DRILL))
    assert "You have rated this answer already." in page.content.decode()
    for _click in range(2):
        athena.post(reverse("practice-undo", args=DRILL), {"review": page.context["last"].pk})
    assert DrillReview.objects.count() == 1


def test_a_planned_day_is_written_as_the_language_writes_it(cast: Cast, athena) -> None:
    athena.post(reverse("commitment-list"), {"partner": "Medon", "due_on": NOW.date()})
    athena.post(reverse("set_language"), {"language": "de"})
    pages = [
        reverse("practice"),
        reverse("commitment-list"),
        reverse("commitment", args=[Commitment.objects.get().pk]),
    ]
    for page in pages:
        assert f"{NOW.day}. " in athena.get(page).content.decode()


def test_an_empty_turn_is_refused(athena) -> None:
    address = athena.post(reverse("role-play-begin", args=["silence"])).url
    assert athena.post(address, {"text": "  "}).status_code == 422
    assert athena.get(reverse("role-play-begin", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("changed", [{"scenario": "gone"}, {"line": "gone"}])
def test_a_role_play_whose_script_has_changed_still_shows_what_was_said(athena, changed: dict) -> None:
    address = athena.post(reverse("role-play-begin", args=["silence"])).url
    athena.post(address, {"text": "Take your time."})
    RolePlay.objects.update(**changed)
    response = athena.get(address)
    assert response.status_code == 200
    assert "The script of this role-play has changed" in response.content.decode()
    assert "Take your time." in response.content.decode()
    refused = athena.post(address, {"text": "What now?"})
    assert refused.status_code == 422
    assert "What now?" in refused.content.decode()
    assert athena.get(reverse("role-play-list")).status_code == 200


def test_a_role_play_can_be_deleted(athena) -> None:
    address = athena.post(reverse("role-play-begin", args=["silence"])).url
    athena.post(f"{address}remove/")
    assert athena.get(address).status_code == 404


def test_no_reminder_in_the_morning_is_promised_for_today(athena) -> None:
    for days, says in ((0, "Tomorrow morning you are asked"), (1, "You are reminded on the morning")):
        planned = {"partner": "Medon", "due_on": (NOW + timedelta(days=days)).date()}
        assert says in athena.post(reverse("commitment-list"), planned, follow=True).content.decode()


def test_a_conversation_is_planned_looked_back_at_and_kept(athena) -> None:
    planned = {"partner": "Medon", "topic": "The rota", "due_on": "2026-03-05"}
    assert athena.post(reverse("commitment-list"), planned).status_code == 302
    plan = Commitment.objects.get()
    assert "Medon" in athena.get(reverse("practice")).content.decode()
    address = reverse("commitment", args=[plan.pk])
    assert athena.post(address, {}).status_code == 422
    athena.post(address, {"asked": "What would make it yours?"})
    assert "What would make it yours?" in athena.get(reverse("commitment-list")).content.decode()


@pytest.mark.parametrize("due_on", ["", "2026-03-01", "2027-01-01", "soon"])
def test_a_day_that_is_none_or_too_far_is_refused_at_its_field(athena, due_on: str) -> None:
    sent = {"partner": "Medon", "due_on": due_on}
    response = athena.post(reverse("commitment-list"), sent)
    assert response.status_code == 422
    assert "plan_due_on_error" in response.content.decode()


def test_exercises_are_in_the_readers_language_where_they_are_translated(cast: Cast, athena) -> None:
    cast.athena.user.language = "de"
    cast.athena.user.save()
    athena.post(reverse("set_language"), {"language": "de"})
    page = athena.get(reverse("practice-drill", args=DRILL)).content.decode()
    assert items("de")["ask-01"].said in page


def test_a_page_asks_no_more_when_more_was_practised(cast: Cast, athena, count_queries) -> None:
    pages = [reverse(name) for name in ("practice", "practice-progress", "role-play-list")]
    few = [count_queries(athena, page) for page in pages]
    _practise(cast.athena)
    assert [count_queries(athena, page) for page in pages] == few


def _practise(person: Person) -> None:
    for n, item in enumerate(list(items())[:12]):
        drills.rate(item=item, answer="What?", grade=3, language="en", by=person, now=NOW - timedelta(days=n))
    for _n in range(3):
        play = role_plays.begin(scenario="silence", language="en", by=person, now=NOW)
        role_plays.speak(role_play=play, text="Take your time.", by=person, now=NOW)
