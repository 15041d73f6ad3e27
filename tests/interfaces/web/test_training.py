"""An agent's training: reviews in their order, one after the other, levels, lessons, past traces."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from telemachy.apps.people.models import User
from telemachy.apps.relationships.actions import lessons, memory, outcome_reports, situations, traces
from telemachy.apps.relationships.models import FailureMode, Goal, Lesson, Situation, TraceImport
from telemachy.core.memory import MAX_CHARS, Source
from telemachy.interfaces.common import agent_calls
from tests.cast import NOW, Cast, pair

WORDS = {
    "failure_mode": "Refunds without proof",
    "cue": "regular guest without receipt",
    "action": "Ask for the card it was paid with",
    "because": "The card shows the purchase as well",
}


@pytest.fixture
def seat(cast: Cast):
    """Argus learns from Athena towards a goal."""
    cast.pair = pair(cast.programme, cast.athena, cast.argus)
    cast.goal = Goal.objects.create(
        relationship=cast.pair, learner=cast.argus, statement="Refunds", state="active", created_at=NOW
    )
    return cast.pair.parties.get(person=cast.argus)


def log(cast: Cast, title: str = "A regular guest without receipt") -> Situation:
    return situations.log(relationship=cast.pair, by=cast.argus, now=NOW, title=title, goal=cast.goal)


def asked(cast: Cast, title: str = "A regular guest without receipt") -> Situation:
    one = log(cast, title)
    situations.reason(situation=one, own_view="?", intended_decision="Refuse", by=cast.argus, now=NOW)
    situations.ask(situation=one, question="May I?", by=cast.argus, now=NOW)
    return one


def told(cast: Cast, title: str = "A regular guest without receipt") -> Situation:
    one = log(cast, title)
    situations.decide(situation=one, decision="Refused", by=cast.argus, now=NOW)
    situations.account(situation=one, outcome="She left", by=cast.argus, now=NOW)
    return one


def found_wrong(cast: Cast, title: str) -> Situation:
    one = log(cast, title)
    situations.decide(situation=one, decision="Refused", by=cast.argus, now=NOW)
    outcome_reports.check(
        situation=one, success=False, verifier="ci", verifier_id=uuid.uuid4(), by=cast.nestor, now=NOW
    )
    return one


def teach(cast: Cast, situation: Situation, **changes) -> Lesson:
    given = WORDS | {"source": Source.HUMAN, "by": cast.athena, "now": NOW} | changes
    return lessons.teach(situation=situation, **given)


def page(client, seat) -> str:
    return client.get(reverse("training", args=[seat.pk])).content.decode()


# --- the page --------------------------------------------------------------------------------------


def test_an_empty_page_says_what_will_stand_there(cast: Cast, seat, sign_in) -> None:
    text = page(sign_in(cast.athena), seat)
    assert "Nothing to look at" in text
    assert "None named yet" in text


def test_the_page_has_reviews_modes_asking_lessons_and_own_words(cast: Cast, seat, sign_in) -> None:
    first = teach(cast, told(cast))
    found_wrong(cast, "Silent one")
    lessons.write_own(person=cast.argus, text="Ask for the card.", by=cast.argus, now=NOW)
    text = page(sign_in(cast.athena), seat)
    for shown in ("Silent one", "It went wrong, and nobody had been asked.", first.cue, "Ask for the card."):
        assert shown in text
    skill = sign_in(cast.athena).get(reverse("training-lessons", args=[seat.pk]))
    assert skill.content.startswith(b"---\nname: lessons-of-argus")
    assert "SKILL.md" in skill["Content-Disposition"]


def test_the_page_and_the_api_have_one_order(cast: Cast, seat, sign_in) -> None:
    teach(cast, told(cast, "first"))
    told(cast, "unrated")
    found_wrong(cast, "silent")
    asked(cast, "question")
    by_call = agent_calls.list_reviews(None, by=cast.athena, now=NOW)
    context = sign_in(cast.athena).get(reverse("training", args=[seat.pk])).context
    assert [one.situation.title for one in context["queue"]] == [one.title for one in by_call]
    assert by_call[0].title == "silent"
    assert (by_call[0].wanted, by_call[0].why[0]) == ("lesson", "It went wrong, and nobody had been asked.")


def test_people_have_no_such_page_and_managers_see_signals_alone(cast: Cast, seat, sign_in) -> None:
    teach(cast, told(cast))
    mine = cast.relationship.parties.get(person=cast.telemachus)
    assert sign_in(cast.athena).get(reverse("training", args=[mine.pk])).status_code == 404
    manager = sign_in(cast.eurycleia)
    assert manager.get(reverse("training", args=[seat.pk])).status_code == 404
    signals = manager.get(reverse("relationship", args=[cast.pair.pk])).content.decode()
    assert "Failure modes" in signals
    assert WORDS["failure_mode"] not in signals


def test_the_page_takes_as_many_queries_for_much_as_for_little(cast: Cast, seat, sign_in) -> None:
    client = sign_in(cast.athena)

    def n_queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page(client, seat)
        return len(caught)

    def more(*numbers: int) -> None:
        for number in numbers:
            asked(cast, f"Question {number}")
            teach(cast, told(cast, f"Told {number}"), failure_mode=f"Mode {number}")
            teach(
                cast,
                log(cast, f"Agent {number}"),
                by=cast.athena,
                source=Source.IMPORT,
                failure_mode=f"Q{number}",
            )

    more(1, 2)
    page(client, seat)
    few = n_queries()
    more(3, 4, 5)
    assert n_queries() == few


# --- one review after the other --------------------------------------------------------------------


def send(client, situation, **fields):
    return client.post(reverse("training-case", args=[situation.pk]), fields)


def test_an_answer_with_its_lesson_is_kept_and_the_next_review_opens(cast: Cast, seat, sign_in) -> None:
    first, second = asked(cast, "One"), asked(cast, "Two")
    client = sign_in(cast.athena)
    given = send(client, first, level="2", text="", **WORDS)
    assert given.url == reverse("training-case", args=[second.pk])
    first.refresh_from_db()
    text = first.guidance.get().text
    assert first.state == "guided"
    assert WORDS["cue"] in text
    assert WORDS["action"] not in text  # at a question nobody is told what to do
    lesson = Lesson.objects.get()
    assert (lesson.state, lesson.source, lesson.goal) == ("active", "human", cast.goal)
    assert send(client, second, level="4", text="Refund it.").url == reverse("training", args=[seat.pk])


def test_a_lesson_that_fits_a_case_where_something_else_was_right_is_said_to(
    cast: Cast, seat, sign_in
) -> None:
    earlier = log(cast, "A regular guest without receipt, in the archive")
    situations.decide(situation=earlier, decision="Looked it up", by=cast.argus, now=NOW)
    outcome_reports.check(
        situation=earlier, success=True, verifier="ci", verifier_id=uuid.uuid4(), by=cast.nestor, now=NOW
    )
    one, client = found_wrong(cast, "Silent"), sign_in(cast.athena)
    told = client.post(reverse("training-case", args=[one.pk]), WORDS, follow=True).content.decode()
    assert "also fits “A regular guest without receipt, in the archive”" in told
    two = found_wrong(cast, "Silent again")
    apart = {**WORDS, "cue": "torn coat of a stranger", "contrast": "It is a coat"}
    assert (
        "also fits"
        not in client.post(reverse("training-case", args=[two.pk]), apart, follow=True).content.decode()
    )


def test_a_debrief_with_a_lesson_counts_as_a_failure_of_that_mode(cast: Cast, seat, sign_in) -> None:
    one = told(cast)
    send(sign_in(cast.athena), one, score="1", text="What did you not see?", **WORDS)
    one.refresh_from_db()
    assert (one.state, one.rating) == ("debriefed", 1)
    assert one.attempts.get().success is False


def test_what_a_check_found_wrong_asks_for_a_lesson_alone(cast: Cast, seat, sign_in) -> None:
    one = found_wrong(cast, "Silent")
    client = sign_in(cast.athena)
    assert b'name="score"' not in client.get(reverse("training-case", args=[one.pk])).content
    assert send(client, one).status_code == 422
    assert send(client, one, **WORDS).status_code == 302
    assert client.get(reverse("training-case", args=[one.pk])).url == reverse("situation", args=[one.pk])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"level": "4"}, "Write your answer"),
        ({"text": "Words"}, "This field is required"),
        ({"level": "4", "text": "Words", "cue": "VIP"}, "A lesson needs its failure mode."),
        ({"level": "4", "text": "Words", "failure_mode": "x" * 201}, "at most 200 characters"),
        (
            {"level": "4", "text": "Words", **WORDS, "action": "x" * MAX_CHARS},
            "at most 600 characters in all",
        ),
        ({"level": "4", "text": "Words", **WORDS, "cue": "nul \x00"}, "Null characters are not allowed"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    cast: Cast, seat, sign_in, fields: dict, expected: str
) -> None:
    one = asked(cast)
    answer = send(sign_in(cast.athena), one, **fields)
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    one.refresh_from_db()
    assert (one.state, Lesson.objects.count()) == ("consulted", 0)


def test_what_comes_back_asks_for_the_contrast_at_its_field(cast: Cast, seat, sign_in) -> None:
    teach(cast, told(cast))
    one = asked(cast)
    answer = send(sign_in(cast.athena), one, level="4", text="Again.", **WORDS | {"cue": "VIP"})
    assert "what separates this case" in str(answer.context["form"].errors["contrast"])
    one.refresh_from_db()
    assert one.state == "consulted"
    User.objects.filter(pk=cast.athena.user_id).update(language="de")
    german = send(sign_in(cast.athena), one, level="4", text="Again.", **WORDS | {"cue": "VIP"})
    assert "was diesen Fall von dem unterscheidet" in german.content.decode()


def test_each_field_has_its_digit_and_everything_works_by_tab_alone(cast: Cast, seat, sign_in) -> None:
    one = asked(cast)
    html = sign_in(cast.athena).get(reverse("training-case", args=[one.pk])).content.decode()
    for digit in "1234567":
        assert f'accesskey="{digit}"' in html
    assert "tabindex" not in html.split("<form")[-1]


def test_a_second_click_changes_nothing(cast: Cast, seat, sign_in) -> None:
    one = told(cast)
    client = sign_in(cast.athena)
    for _ in range(2):
        assert send(client, one, score="3", text="Well.").status_code == 302
    one.refresh_from_db()
    assert one.rating == 3


# --- levels, budgets, withdrawals ------------------------------------------------------------------


def test_the_level_is_set_with_a_reason_and_not_without(cast: Cast, seat, sign_in) -> None:
    teach(cast, told(cast))
    mode = FailureMode.objects.get()
    client, url = sign_in(cast.athena), reverse("failure-mode-level", args=[mode.pk])
    client.post(url, {"level": "1", "reason": ""})
    mode.refresh_from_db()
    assert mode.level == 3
    client.post(url, {"level": "1", "reason": "Seen in the lab"})
    mode.refresh_from_db()
    assert (mode.level, mode.level_because) == (1, {"reason": "Seen in the lab"})


def test_a_spent_budget_is_named_to_the_agent_and_more_can_be_allowed(cast: Cast, seat, sign_in) -> None:
    asked(cast, "One")
    client = sign_in(cast.athena)
    client.post(reverse("training-goal", args=[cast.goal.pk]), {"ask_budget": "1", "is_low_risk": "on"})
    cast.goal.refresh_from_db()
    assert (cast.goal.ask_budget, cast.goal.is_low_risk) == (1, True)
    assert "0 left" in page(client, seat)
    client.post(reverse("training-goal", args=[cast.goal.pk]), {"ask_budget": "-1"})
    cast.goal.refresh_from_db()
    assert cast.goal.ask_budget == 1
    client.post(reverse("training-goal", args=[cast.goal.pk]), {"ask_budget": "2"})
    asked(cast, "Two")
    assert Situation.objects.filter(asked_at__isnull=False).count() == 2


def test_a_withdrawal_shows_what_goes_with_it_before_it_happens(cast: Cast, seat, sign_in) -> None:
    parent = teach(cast, told(cast))
    child = teach(
        cast,
        told(cast),
        failure_mode="Other",
        cue="derived cue",
        derived_from=[parent],
        now=NOW + timedelta(days=1),
    )
    client, url = sign_in(cast.athena), reverse("lesson-withdraw", args=[parent.pk])
    html = client.get(url).content.decode()
    assert "derived cue" in html
    assert "Withdraw 2 lessons" in html
    assert client.post(url, {"because": ""}).status_code == 422
    child.refresh_from_db()
    assert child.state == "active"
    assert client.post(url, {"because": "Refuted"}).url == reverse("training", args=[seat.pk])
    child.refresh_from_db()
    assert child.state == "withdrawn"
    assert client.get(url).status_code == 302


def test_the_queue_on_the_page_is_decided_there(cast: Cast, seat, sign_in) -> None:
    lesson = teach(cast, log(cast), source=Source.IMPORT)
    client = sign_in(cast.athena)
    answer = client.post(reverse("held-lesson", args=[lesson.pk]), {"verb": "approve", "seat": str(seat.pk)})
    assert answer.url == reverse("training", args=[seat.pk])
    lesson.refresh_from_db()
    assert lesson.state == "active"


def test_who_answers_the_question_and_who_reads_it_is_said_before_asking(cast: Cast, sign_in) -> None:
    cast.argus.owner = cast.nestor
    cast.argus.save()
    taught = pair(cast.programme, cast.argus, cast.telemachus)
    one = situations.log(relationship=taught, by=cast.telemachus, now=NOW, title="A case")
    html = sign_in(cast.telemachus).get(reverse("situation", args=[one.pk])).content.decode()
    assert "Nestor answers for it" in html
    assert "reads your question as well" in html
    usual = situations.log(relationship=cast.relationship, by=cast.telemachus, now=NOW, title="Else")
    html = sign_in(cast.telemachus).get(reverse("situation", args=[usual.pk])).content.decode()
    assert "reads your question as well" not in html


# --- past traces -----------------------------------------------------------------------------------


def upload(client, seat, *lines: object):
    data = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()
    file = SimpleUploadedFile("runs.jsonl", data)
    return client.post(reverse("trace-upload", args=[seat.pk]), {"file": file, "goal": ""})


LINE = {"external_ref": "run-1", "summary": "VIP wants a refund", "decision": "Refused"}


def test_a_file_is_shown_before_it_is_taken_in_and_then_reviewed(cast: Cast, seat, sign_in) -> None:
    client = sign_in(cast.athena)
    preview = client.get(upload(client, seat, LINE, LINE | {"external_ref": "b", "confidence": 70}).url)
    html = preview.content.decode()
    assert "VIP wants a refund" in html
    assert "“confidence” is no number from 0 to 1." in html
    assert "Write 0.7 for 70 per cent" in html
    assert not Situation.objects.exists()
    held = TraceImport.objects.get()
    assert client.post(reverse("trace-commit", args=[held.pk])).url == reverse("training", args=[seat.pk])
    assert "Past case" in page(client, seat)
    assert "2 cases" not in page(client, seat)


@pytest.mark.parametrize(
    ("content", "expected"),
    [("", "The file is empty."), ('{"resourceSpans": []}', "no run of an agent"), ("[\n]", None)],
)
def test_a_file_that_cannot_be_used_says_why_and_how_to_mend_it(
    cast: Cast, seat, sign_in, content, expected
) -> None:
    client = sign_in(cast.athena)
    answer = upload(client, seat, content)
    if expected is None:
        html = client.get(answer.url).content.decode()
        assert "No line can be taken in." in html
        return
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    assert not TraceImport.objects.exists()


def test_words_of_a_file_are_shown_as_words(cast: Cast, seat, sign_in) -> None:
    client = sign_in(cast.athena)
    html = client.get(
        upload(client, seat, LINE | {"summary": "<script>alert(1)</script>"}).url
    ).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;" in html


def test_a_large_file_goes_on_in_the_background_and_a_file_can_be_put_away(cast: Cast, seat, sign_in) -> None:
    client = sign_in(cast.athena)
    many = [LINE | {"external_ref": f"run-{n}"} for n in range(traces.AT_ONCE + 1)]
    url = upload(client, seat, *many).url
    held = TraceImport.objects.get()
    assert client.post(reverse("trace-commit", args=[held.pk])).url == url
    assert "Taking the cases in" in client.get(url).content.decode()
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 204
    other = upload(client, seat, LINE | {"external_ref": "other"}).url
    away = client.post(f"{other}discard/")
    assert away.url == reverse("trace-upload", args=[seat.pk])
    assert "put away" in client.get(other).content.decode()


def test_a_recalled_reminder_is_shown_beside_its_case(cast: Cast, seat, sign_in) -> None:
    teach(cast, told(cast))
    memory_of = FailureMode.objects.get()
    client = sign_in(cast.athena)
    for number in range(12):
        one = log(cast, f"A regular guest without receipt {number}")
        if memory.recall(situation=one, by=cast.argus, now=NOW):
            situations.ask(situation=one, question="May I?", by=cast.argus, now=NOW)
            html = client.get(reverse("training-case", args=[one.pk])).content.decode()
            assert "Nothing was shown before the decision." not in html
            return
    pytest.fail(f"no reminder of {memory_of} in twelve like cases")
