"""Situations without pages: the steps, whose turn it is, the evidence and the recommendation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.audit.models import Event
from telemachy.apps.knowledge.models import Competency, Question
from telemachy.apps.people.models import Notification
from telemachy.apps.relationships import snapshots
from telemachy.apps.relationships.actions import drafts, guidance, situations
from telemachy.apps.relationships.models import Draft, Goal, Message, Party, Rating, Situation
from telemachy.apps.relationships.policies.drafts import MAX_DRAFTS
from telemachy.apps.relationships.queries import guidance as guidance_queries
from telemachy.apps.relationships.queries import offers
from telemachy.apps.relationships.queries import situations as queries
from telemachy.core.shared.errors import BadInput, NotAllowed, WrongState
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.core.shared.scales import GuidanceLevel
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast


@pytest.fixture
def competency(cast: Cast) -> Competency:
    return Competency.objects.create(organisation=cast.ithaca, name="Holding a line", created_at=NOW)


def log(cast: Cast, **fields) -> Situation:
    defaults = {"relationship": cast.relationship, "by": cast.telemachus, "now": NOW, "title": "The suitors"}
    return situations.log(**{**defaults, **fields})


def fresh(situation: Situation) -> Situation:
    return Situation.objects.get(pk=situation.pk)


def finish(cast: Cast, situation: Situation, *, score: int, level: int | None, day: int) -> None:
    """Take a logged situation to its rating."""
    at = NOW + timedelta(days=day)
    step = {"situation": situation, "now": at}
    if level is not None:
        situations.ask(**step, by=cast.telemachus, question="What now?")
        guidance.guide(**step, by=cast.athena, level=level, text="Think of the stores.")
    situations.decide(**step, by=cast.telemachus, decision="Refuse.")
    situations.account(**step, by=cast.telemachus, outcome="They left.")
    guidance.debrief(**step, by=cast.athena, text="Well seen.", score=score)


def test_every_state_knows_whose_turn_it_is() -> None:
    assert queries.TURNS.keys() == set(SITUATION.states)
    assert {state for state, turn in queries.TURNS.items() if not turn} == SITUATION.final()


def test_turn_and_waiting_go_from_hand_to_hand(cast: Cast) -> None:
    situation = log(cast)
    later = NOW + timedelta(hours=3)
    situations.ask(situation=situation, by=cast.telemachus, now=later, question="What now?")
    assert (fresh(situation).awaiting, fresh(situation).awaiting_since) == ("mentor", later)
    evening = later + timedelta(hours=6)
    guidance.guide(situation=situation, by=cast.athena, now=evening, level=2, text="Who gains?")
    assert (fresh(situation).awaiting, fresh(situation).awaiting_since) == ("learner", evening)


def test_news_never_tells_what_it_is_about(cast: Cast) -> None:
    situation = log(cast, title="Secret plan", story="Burn the ships")
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="Shall I burn the ships?")
    news = Notification.objects.get(person=cast.athena)
    assert news.params == {"other": "Telemachus"}
    assert "ships" not in str(list(Event.objects.values_list("data", flat=True)))


def test_asking_recommends_a_level_and_keeps_why(cast: Cast, competency: Competency) -> None:
    situation = log(cast, competency=competency)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="What now?")
    asked = fresh(situation)
    assert asked.recommended_level == GuidanceLevel.EXAMPLE
    assert asked.recommendation["code"] == "start"
    assert asked.recommendation["model"]
    assert "ladder starts here" in guidance_queries.why(asked)


def test_coach_is_recommended_no_more_than_a_question(cast: Cast) -> None:
    cast.relationship.kind = "coaching"
    cast.relationship.save()
    situation = log(cast)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="What now?")
    assert fresh(situation).recommended_level == GuidanceLevel.QUESTION


def test_recommendation_fades_as_situations_are_handled(cast: Cast, competency: Competency) -> None:
    for day in range(12):
        finish(cast, log(cast, competency=competency), score=4, level=2, day=day)
    situation = log(cast, competency=competency)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="What now?")
    asked = fresh(situation)
    assert asked.recommended_level is not None
    assert asked.recommended_level < GuidanceLevel.EXAMPLE
    assert guidance_queries.why(asked)


def test_evidence_holds_trainer_ratings_oldest_first(cast: Cast, competency: Competency) -> None:
    finish(cast, log(cast, competency=competency, difficulty=5), score=1, level=3, day=2)
    finish(cast, log(cast, competency=competency, difficulty=2), score=4, level=None, day=1)
    unrated = log(cast, competency=competency)
    situations.decide(situation=unrated, by=cast.telemachus, now=NOW, decision="Go.")
    situations.account(situation=unrated, by=cast.telemachus, now=NOW, outcome="Gone.")
    guidance.rate_self(situation=unrated, by=cast.telemachus, now=NOW, score=4)
    finish(cast, log(cast), score=4, level=None, day=3)

    known = snapshots.evidence_of(cast.telemachus)
    assert known.evidence.difficulty.tolist() == [2, 5]
    assert known.evidence.success.tolist() == [1.0, 0.25]
    assert known.evidence.level.tolist() == [0, 3]
    assert known.evidence.consulted.tolist() == [False, True]
    assert known.number_of(competency.pk) == 0
    assert known.number_of(None) == -1


def test_evidence_of_a_newcomer_is_empty(cast: Cast) -> None:
    assert len(snapshots.evidence_of(cast.nestor).evidence) == 0


def test_own_rating_is_self_report_and_no_evidence(cast: Cast) -> None:
    situation = log(cast)
    situations.decide(situation=situation, by=cast.telemachus, now=NOW, decision="Go.")
    with pytest.raises(NotAllowed):
        guidance.rate_self(situation=situation, by=cast.telemachus, now=NOW, score=4)
    situations.account(situation=situation, by=cast.telemachus, now=NOW, outcome="Gone.")
    guidance.rate_self(situation=fresh(situation), by=cast.telemachus, now=NOW, score=4)
    assert Rating.objects.get().tier == Rating.Tier.SELF
    assert fresh(situation).rating is None


def test_second_question_joins_the_conversation(cast: Cast) -> None:
    situation = log(cast)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="First?")
    guidance.guide(situation=situation, by=cast.athena, now=NOW, level=2, text="Why?")
    later = NOW + timedelta(days=1)
    situations.ask(situation=situation, by=cast.telemachus, now=later, question="Second?")
    asked = fresh(situation)
    assert (asked.asked, asked.asked_at, asked.awaiting) == ("First?", NOW, "mentor")
    assert [entry.text for entry in guidance_queries.thread(asked)][-1] == "Second?"
    assert Message.objects.get().author == cast.telemachus


def test_most_direct_level_before_the_decision_counts(cast: Cast) -> None:
    situation = log(cast)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="What now?")
    for level in (4, 2):
        guidance.guide(situation=situation, by=cast.athena, now=NOW, level=level, text="Refuse.")
    situations.decide(situation=situation, by=cast.telemachus, now=NOW, decision="Refuse.")
    assert fresh(situation).guided_level == 4
    with pytest.raises(WrongState):
        guidance.guide(situation=situation, by=cast.athena, now=NOW, level=4, text="Too late.")


@pytest.mark.parametrize("level", [2, 3, 4])
def test_guidance_needs_words_where_something_is_said(cast: Cast, level: int) -> None:
    situation = log(cast)
    situations.ask(situation=situation, by=cast.telemachus, now=NOW, question="What now?")
    with pytest.raises(BadInput) as refusal:
        guidance.guide(situation=situation, by=cast.athena, now=NOW, level=level, text="  ")
    assert refusal.value.field == "text"
    assert fresh(situation).state == "consulted"


@pytest.mark.parametrize(
    ("field", "value"),
    [("difficulty", 6), ("novelty", 0), ("title", " "), ("goal", "stranger"), ("competency", "x")],
)
def test_case_is_checked_without_a_form(cast: Cast, field: str, value: object) -> None:
    if field == "goal":
        other = cast_module.pair(cast.programme, cast.athena, cast.nestor)
        value = Goal.objects.create(relationship=other, learner=cast.nestor, statement="Row", created_at=NOW)
    if field == "competency":
        value = Competency.objects.create(organisation=cast.antinous.organisation, name="Eat", created_at=NOW)
    with pytest.raises(BadInput) as refusal:
        log(cast, **{field: value})
    assert refusal.value.field == field
    assert not Situation.objects.exists()


def test_agent_takes_the_same_steps(cast: Cast) -> None:
    pair = cast_module.pair(cast.programme, cast.athena, cast.argus)
    situation = log(cast, relationship=pair, by=cast.argus)
    step = {"situation": situation, "by": cast.argus, "now": NOW}
    situations.reason(**step, own_view="A refund is due.", intended_decision="Refund.", confidence=80)
    situations.ask(**step, question="Without a receipt?")
    guidance.guide(situation=situation, by=cast.athena, now=NOW, level=1)
    situations.decide(**step, decision="Refund.")
    assert fresh(situation).state == "decided"
    assert not Notification.objects.filter(person=cast.argus).exists()


def test_pair_that_has_ended_keeps_what_it_wrote_and_writes_no_more(cast: Cast) -> None:
    situation = log(cast)
    cast.relationship.state = "unwound"
    cast.relationship.save()
    with pytest.raises(NotAllowed):
        situations.decide(situation=fresh(situation), by=cast.telemachus, now=NOW, decision="Go.")
    assert situation in queries.of_party(cast.telemachus)


def test_learner_who_left_the_circle_still_reads_the_own_case(cast: Cast) -> None:
    situation = log(cast)
    Party.objects.filter(person=cast.telemachus).update(left_at=NOW)
    assert situation in queries.of_party(cast.telemachus)
    Party.objects.filter(person=cast.athena).update(left_at=NOW)
    assert situation not in queries.of_party(cast.athena)


def test_own_examples_are_offered_to_the_one_who_gave_them(cast: Cast, competency: Competency) -> None:
    finish(cast, log(cast, competency=competency), score=3, level=3, day=1)
    situation = log(cast, competency=competency)
    assert [case.text for case in offers.OwnPast(cast.athena).like(situation)] == ["Think of the stores."]
    assert offers.OwnPast(cast.nestor).like(situation) == []
    assert offers.OwnPast(cast.telemachus).like(situation)[0].title, "his own past, not hers"


def test_questions_fit_the_phase_the_competency_and_the_words(cast: Cast, competency: Competency) -> None:
    other = Competency.objects.create(organisation=cast.ithaca, name="Rowing", created_at=NOW)
    for text, phase, of in (
        ("What have you seen?", "reality", None),
        ("What have the suitors taken from the stores?", "reality", competency),
        ("Who else saw it?", "reality", None),
        ("What else could you do?", "options", None),
        ("How do you row?", "reality", other),
    ):
        Question.objects.create(
            organisation=cast.ithaca, competency=of, phase=phase, text=text, created_at=NOW
        )
    Question.objects.create(organisation=cast.antinous.organisation, text="Meat or wine?", created_at=NOW)
    situation = log(cast, competency=competency)
    found = [question.text for question in offers.Bank(cast.athena).fitting(situation)]
    assert found[0] == "What have the suitors taken from the stores?"
    assert "What else could you do?" in found, "no more than two of one phase"
    assert len(found) == 3
    situations.reason(situation=situation, by=cast.telemachus, now=NOW, own_view="They stall.")
    assert "What else could you do?" in [
        question.text for question in offers.Bank(cast.athena).fitting(fresh(situation))
    ]


def test_draft_is_told_to_the_trail_once(cast: Cast) -> None:
    for text in ("A", "A b", "A b c"):
        drafts.keep(key="situation:1:ask", fields={"question": text}, by=cast.telemachus, now=NOW)
    assert Event.objects.filter(verb="draft.begun").count() == 1
    assert Draft.objects.get().fields == {"question": "A b c"}


@pytest.mark.parametrize("text", ["a\x00b", "x" * 100_001])
def test_draft_that_cannot_be_kept_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(BadInput):
        drafts.keep(key="k", fields={"question": text}, by=cast.telemachus, now=NOW)
    assert not Draft.objects.exists()


def test_drafts_are_bounded_in_number(cast: Cast) -> None:
    Draft.objects.bulk_create(
        Draft(person=cast.telemachus, key=f"k{number}", saved_at=NOW) for number in range(MAX_DRAFTS)
    )
    with pytest.raises(NotAllowed):
        drafts.keep(key="one more", fields={"question": "?"}, by=cast.telemachus, now=NOW)
    drafts.keep(key="k1", fields={"question": "?"}, by=cast.telemachus, now=NOW)


def test_what_was_sent_meanwhile_is_no_draft_any_more(cast: Cast) -> None:
    case = story.situation(cast.relationship, cast.telemachus, NOW, rating=None)
    guidance.converse(situation=case, by=cast.athena, now=NOW, text="Take your time.")
    with pytest.raises(NotAllowed, match="sent already"):
        drafts.keep_step(
            situation=case, step="message", fields={"text": "Take your time. "}, by=cast.athena, now=NOW
        )
    drafts.keep_step(situation=case, step="message", fields={"text": "And more"}, by=cast.athena, now=NOW)
    assert Draft.objects.get().fields == {"text": "And more"}
