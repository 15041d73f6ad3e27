"""The pages of situations: who sees which form when, and what each step does."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from telemachy.apps.knowledge.models import Competency, Question
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships.actions import situations as actions
from telemachy.apps.relationships.models import Draft, Guidance, Message, Situation
from telemachy.apps.relationships.queries import withholding
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

CASE = {
    "title": "The suitors ask for more time",
    "story": "They want another month.\nThe household cannot carry it.",
    "stakes": "The stores",
    "difficulty": "4",
    "novelty": "5",
    "competency": "",
    "goal": "",
}
REASONING = {"own_view": "They stall.", "intended_decision": "Refuse.", "confidence": "60"}


@pytest.fixture
def learner(cast: Cast, sign_in):
    return sign_in(cast.telemachus)


@pytest.fixture
def mentor(cast: Cast, sign_in):
    return sign_in(cast.athena)


def post(client, situation, step: str, **data):
    return client.post(reverse(f"situation-{step}", args=[situation.pk]), data)


def logged(cast: Cast, learner) -> Situation:
    answer = learner.post(reverse("situation-add", args=[cast.relationship.pk]), CASE)
    assert answer.status_code == 302, answer.context["form"].errors
    return Situation.objects.get()


def asked(cast: Cast, learner) -> Situation:
    situation = logged(cast, learner)
    post(learner, situation, "reason", **REASONING)
    post(learner, situation, "ask", question="How would you tell them?")
    situation.refresh_from_db()
    return situation


def page(client, situation) -> str:
    answer = client.get(reverse("situation", args=[situation.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_situation_from_log_to_rating(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    assert (situation.state, situation.awaiting) == ("consulted", "mentor")
    assert "How would you tell them?" in page(mentor, situation)
    inbox = mentor.get(reverse("learner-list")).content.decode()
    assert "Recommended: Example" in inbox
    assert "so the ladder starts here" in inbox

    post(mentor, situation, "guide", level="2", text="What would they lose if you refused?")
    post(learner, situation, "decide", decision="I refuse.")
    post(learner, situation, "act")
    post(learner, situation, "account", outcome="They left.", criteria="The stores", risks="A fight")
    post(mentor, situation, "debrief", text="You saw what counted.", score="3")

    situation.refresh_from_db()
    assert (situation.state, situation.awaiting, situation.rating) == ("debriefed", "", 3)
    assert situation.guided_level == 2
    for reader in (learner, mentor):
        text = page(reader, situation)
        assert "You saw what counted." in text
        assert "Proficient" in text
        assert 'name="save_draft"' not in text.split('id="since"')[0]
    told = list(Notification.objects.order_by("created_at").values_list("person__name", "kind"))
    assert ("Athena", "situation.asked") in told
    assert ("Telemachus", "situation.debriefed") in told


def test_only_the_step_whose_turn_it_is_shows_its_form(cast: Cast, learner, mentor) -> None:
    situation = logged(cast, learner)
    assert 'name="own_view"' in page(learner, situation)
    assert "<textarea" not in page(mentor, situation)
    assert "Telemachus is thinking it through first." in page(mentor, situation)
    post(learner, situation, "reason", **REASONING)
    text = page(learner, situation)
    assert 'name="own_view"' not in text
    assert 'name="question"' in text
    assert "They stall." in text


def test_decision_starts_from_what_was_intended(cast: Cast, learner) -> None:
    situation = logged(cast, learner)
    post(learner, situation, "reason", **REASONING)
    assert ">\nRefuse.</textarea>" in page(learner, situation)


def test_skipped_reasoning_is_shown_not_forbidden(cast: Cast, learner, mentor) -> None:
    situation = logged(cast, learner)
    assert post(learner, situation, "ask", question="What now?").status_code == 302
    assert "Left out: nothing was written down" in page(mentor, situation)


def test_refused_form_keeps_what_was_written(cast: Cast, learner) -> None:
    situation = logged(cast, learner)
    answer = post(
        learner, situation, "reason", own_view="Half a thought", intended_decision="", confidence="101"
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Half a thought" in text
    assert 'href="#reason_confidence"' in text
    situation.refresh_from_db()
    assert situation.state == "logged"


def test_second_click_returns_to_the_page(cast: Cast, learner) -> None:
    situation = logged(cast, learner)
    post(learner, situation, "decide", decision="Go.")
    answer = post(learner, situation, "decide", decision="Stay.")
    assert urlsplit(answer.url).path == reverse("situation", args=[situation.pk])
    situation.refresh_from_db()
    assert situation.decision == "Go."


def test_step_of_the_other_party_is_refused_with_its_reason(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    answer = post(mentor, situation, "decide", decision="I decide for you.")
    assert answer.status_code == 403
    assert "belongs to the learner" in answer.content.decode()
    assert post(learner, situation, "guide", level="4", text="Myself").status_code == 403
    assert not Guidance.objects.exists()


def test_coach_above_question_must_say_why(cast: Cast, learner, mentor) -> None:
    cast.relationship.kind = "coaching"
    cast.relationship.save()
    situation = asked(cast, learner)
    answer = post(mentor, situation, "guide", level="4", text="Refuse them.", mode_shift_reason="")
    assert answer.status_code == 422
    assert 'href="#guide_mode_shift_reason"' in answer.content.decode()
    assert post(mentor, situation, "guide", level="2", text="Why?", mode_shift_reason="").status_code == 302
    post(mentor, situation, "guide", level="4", text="Refuse them.", mode_shift_reason="It burns.")
    assert "It burns." in page(learner, situation)


def test_level_above_the_recommended_is_shown_as_such(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    post(mentor, situation, "guide", level="4", text="Refuse them.")
    assert "More direct than was recommended" in page(learner, situation)


def test_debrief_only_needs_no_words(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    assert post(mentor, situation, "guide", level="1", text="").status_code == 302
    assert "you look back on it together afterwards" in page(learner, situation)


def test_questions_that_fit_are_offered_to_the_mentor_alone(cast: Cast, learner, mentor) -> None:
    listening = Competency.objects.create(organisation=cast.ithaca, name="Listening", created_at=NOW)
    for text, competency in (("Who would miss you?", None), ("What did they not say?", listening)):
        Question.objects.create(organisation=cast.ithaca, text=text, competency=competency, created_at=NOW)
    situation = asked(cast, learner)
    Situation.objects.update(competency=listening)
    text = page(mentor, situation)
    assert text.index("What did they not say?") < text.index("Who would miss you?")
    assert "What did they not say?" not in page(learner, situation)


def test_draft_is_kept_while_typing_and_cleared_when_sent(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    keep = reverse("situation-draft", args=[situation.pk, "guide"])
    answer = mentor.post(keep, {"text": "Begin with", "level": "3", "foreign": "x"})
    assert "Draft saved" in answer.content.decode()
    assert Draft.objects.get().fields == {"text": "Begin with", "level": "3"}
    assert "Begin with" in page(mentor, situation)
    assert "This is an answer" in page(mentor, situation)
    assert "Begin with" not in page(learner, situation)
    post(mentor, situation, "guide", level="3", text="Begin with the eldest.")
    assert not Draft.objects.exists()


def test_guidance_that_the_decision_has_overtaken_is_not_lost(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    keep = reverse("situation-draft", args=[situation.pk, "guide"])
    mentor.post(keep, {"level": "2", "text": "What did your"})
    post(learner, situation, "decide", decision="Refuse.")
    assert "What did your" in page(mentor, situation)
    answer = post(mentor, situation, "guide", level="2", text="What did your father do?")
    assert answer.status_code == 302
    shown = page(mentor, situation)
    assert "What did your father do?" in shown
    assert "is not sent" in shown
    assert not Guidance.objects.exists()
    assert "What did your father do?" not in page(learner, situation)
    post(mentor, situation, "message", text="What did your father do?")
    assert "What did your father do?" in page(learner, situation)
    assert not Draft.objects.exists()


def test_draft_by_its_button_needs_no_complete_form(cast: Cast, learner) -> None:
    add = reverse("situation-add", args=[cast.relationship.pk])
    assert learner.post(add, {"title": "Half", "save_draft": "1"}).status_code == 302
    assert 'value="Half"' in learner.get(add).content.decode()
    learner.post(add, {"save_draft": "1"})
    assert not Draft.objects.exists()
    assert not Situation.objects.exists()


def test_draft_of_an_unknown_step_is_not_found(cast: Cast, learner) -> None:
    situation = logged(cast, learner)
    assert learner.post(reverse("situation-draft", args=[situation.pk, "nonsense"])).status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [("What do you see?", "This is a question"), ("You should refuse them.", "This is an answer"), ("", "")],
)
def test_draft_is_told_what_it_is(cast: Cast, learner, mentor, text: str, said: str) -> None:
    situation = asked(cast, learner)
    answer = mentor.post(reverse("situation-mark", args=[situation.pk]), {"text": text, "level": "2"})
    shown = answer.content.decode()
    assert said in shown
    assert ("You chose the question level" in shown) == (said == "This is an answer")


def test_level_above_the_recommended_is_told_while_writing(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    url = reverse("situation-mark", args=[situation.pk])
    assert "more direct than recommended" in mentor.post(url, {"text": "", "level": "4"}).content.decode()
    assert "more direct" not in mentor.post(url, {"text": "", "level": "3"}).content.decode()
    assert mentor.post(url, {"text": "", "level": "x"}).status_code == 200


def test_pair_that_has_ended_shows_the_page_without_forms(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    cast.relationship.state, cast.relationship.closed_at = "unwound", NOW
    cast.relationship.save()
    for reader in (learner, mentor):
        text = page(reader, situation)
        assert "Left open when the relationship ended" in text
        assert "<textarea" not in text
    assert "The suitors ask for more time" in learner.get(reverse("situation-list")).content.decode()


def test_message_by_htmx_draws_the_conversation_alone(cast: Cast, learner, mentor) -> None:
    situation = asked(cast, learner)
    url = reverse("situation-message", args=[situation.pk])
    answer = mentor.post(url, {"text": "Which of them?"}, headers={"HX-Request": "true"})
    assert "Which of them?" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    refused = mentor.post(url, {"text": " "}, headers={"HX-Request": "true"})
    assert "form-errors" in refused.content.decode()
    assert learner.post(url, {"text": "All of them."}).status_code == 302
    assert set(Message.objects.values_list("text", flat=True)) == {"All of them.", "Which of them?"}
    situation.refresh_from_db()
    assert situation.awaiting == "mentor"


def test_story_is_shown_as_text(cast: Cast, learner, mentor) -> None:
    situation = logged(cast, learner)
    Situation.objects.update(story="<script>alert(1)</script>", title="<b>bold</b>")
    text = page(mentor, situation)
    assert "<script>alert(1)" not in text
    assert "<b>bold" not in text


def test_file_comes_back_as_a_download(cast: Cast, learner, mentor) -> None:
    situation = logged(cast, learner)
    upload = SimpleUploadedFile("stores \u00fc.txt", b"12 jars of oil", content_type="text/html")
    learner.post(reverse("situation-attach", args=[situation.pk]), {"file": upload})
    attachment = situation.attachments.get()
    assert "stores \u00fc.txt" in page(mentor, situation)
    answer = mentor.get(reverse("attachment", args=[attachment.pk]))
    assert b"".join(answer.streaming_content) == b"12 jars of oil"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"
    assert mentor.post(reverse("attachment-remove", args=[attachment.pk])).status_code == 403
    learner.post(reverse("attachment-remove", args=[attachment.pk]))
    assert not situation.attachments.exists()


def test_page_in_disguise_is_not_taken(cast: Cast, learner) -> None:
    situation = logged(cast, learner)
    url = reverse("situation-attach", args=[situation.pk])
    for name, content in (
        ("x.svg", b"<svg/>"),
        ("x.png", b"<html>"),
        ("x.pdf", b"MZ\x00\x01"),
        ("x.txt", b""),
    ):
        answer = learner.post(url, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422, name
    assert not situation.attachments.exists()


def test_nobody_else_finds_a_situation(cast: Cast, learner, sign_in) -> None:
    situation = asked(cast, learner)
    for stranger in (cast.eurycleia, cast.penelope, cast.nestor, cast.antinous):
        client = sign_in(stranger)
        for name in ("situation", "situation-revise", "situation-reason", "situation-guide", "situation-act"):
            assert client.get(reverse(name, args=[situation.pk])).status_code == 404
        for step in ("ask", "decide", "guide", "message", "mark", "debrief"):
            assert post(client, situation, step).status_code == 404
        assert client.get(reverse("situation-add", args=[cast.relationship.pk])).status_code == 404


def test_other_learners_of_a_circle_do_not_see_it(cast: Cast, learner, sign_in) -> None:
    cast.relationship.parties.create(person=cast.nestor, seat="learner", accepted_at=NOW)
    situation = asked(cast, learner)
    assert sign_in(cast.nestor).get(reverse("situation", args=[situation.pk])).status_code == 404


def test_mentor_cannot_log_for_the_learner(cast: Cast, mentor) -> None:
    assert mentor.get(reverse("situation-add", args=[cast.relationship.pk])).status_code == 403


def test_similar_situations_and_past_questions_are_beside_it(cast: Cast, learner) -> None:
    first = asked(cast, learner)
    learner.post(reverse("situation-add", args=[cast.relationship.pk]), {**CASE, "title": "Suitors, again"})
    second = Situation.objects.exclude(pk=first.pk).get()
    post(learner, first, "decide", decision="I refuse.")
    Situation.objects.filter(pk=first.pk).update(logged_at=NOW)
    text = page(learner, second)
    assert "Like earlier ones of yours" in text
    assert "How would you tell them?" in text


def test_lists_ask_the_database_no_more_for_more_rows(
    cast: Cast, learner, mentor, django_assert_max_num_queries
) -> None:
    def many(n: int) -> None:
        for number in range(n):
            one = cast_module.person(cast.ithaca, f"Rower {number} of {n}")
            pair = cast_module.pair(cast.programme, cast.athena, one)
            for who, where in ((one, pair), (cast.telemachus, cast.relationship)):
                for state, awaiting in (("consulted", "mentor"), ("logged", "learner"), ("debriefed", "")):
                    Situation.objects.create(
                        relationship=where,
                        learner=who,
                        title=f"Case {number}",
                        state=state,
                        awaiting=awaiting,
                        awaiting_since=NOW if awaiting else None,
                        debriefed_at=None if awaiting else NOW,
                        recommended_level=2,
                        logged_at=NOW,
                    )

    def n_queries(client, name: str) -> int:
        with django_assert_max_num_queries(40) as captured:
            assert client.get(reverse(name)).status_code == 200
        return len(captured)

    many(2)
    n_queries(mentor, "learner-list"), n_queries(learner, "situation-list")
    few = n_queries(mentor, "learner-list"), n_queries(learner, "situation-list")
    many(7)
    assert (n_queries(mentor, "learner-list"), n_queries(learner, "situation-list")) == few


def test_a_question_left_by_lot_offers_the_decision_and_a_way_out(cast, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(withholding, "falls_on", lambda _pk, _chance: True)
    story.charter(cast, withheld_one_in=4)
    client = sign_in(cast.telemachus)
    situation = actions.log(relationship=cast.relationship, by=cast.telemachus, now=NOW, title="The axes")
    page = client.post(
        reverse("situation-ask", args=[situation.pk]), {"question": "Do I string the bow?"}, follow=True
    ).content.decode()
    assert "This one is yours first" in page
    assert "This cannot wait" in page
    assert 'id="decide_decision"' in page
    assert "Your question is sent" not in page
    seen = sign_in(cast.athena).get(reverse("situation", args=[situation.pk])).content.decode()
    assert "decides this one first" in seen
    assert "will ask you or decide" not in seen
    assert "This cannot wait" not in seen
    client.post(reverse("situation-insist", args=[situation.pk]))
    situation.refresh_from_db()
    assert situation.state == "consulted"


def test_the_pages_say_what_the_lot_says_of_how_the_learner_begins(cast, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(withholding, "falls_on", lambda _pk, _chance: False)
    story.charter(cast, begin_by_lot=True)
    client = sign_in(cast.telemachus)
    situation = actions.log(relationship=cast.relationship, by=cast.telemachus, now=NOW, title="The axes")
    address = reverse("situation", args=[situation.pk])
    assert "By lot you begin with guidance" in client.get(address).content.decode()
    client.post(reverse("situation-ask", args=[situation.pk]), {"question": "Do I string the bow?"})
    mentor = sign_in(cast.athena)
    assert "By the lot in your charter" in mentor.get(address).content.decode()
    answer = {"level": "2", "text": "What would he do?"}
    marked = mentor.post(reverse("situation-mark", args=[situation.pk]), answer).content.decode()
    assert "more direct than recommended" not in marked

    Situation.objects.update(guided_by_lot=False, state="logged", asked_at=None)
    assert "By lot you begin alone" in client.get(address).content.decode()
