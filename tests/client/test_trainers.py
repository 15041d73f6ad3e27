"""A trainer's program, and that of whoever answers for agents, with real tokens against a real server."""

from __future__ import annotations

import inspect
import json

import pytest

from telemachy.apps.relationships.models import Goal, OwnLessons, Situation
from telemachy.client import AsyncTrainer, Refused, Telemachy, Trainer
from tests import loops

pytestmark = pytest.mark.django_db(transaction=True)

MODE = {
    "failure_mode": "Refuses without asking",
    "cue": "A VIP",
    "action": "Ask for the card",
    "because": "It shows the purchase",
}
RUNS = [{"external_ref": f"run-{n}", "summary": f"Case {n}", "decision": "Refused"} for n in (1, 2)]


def test_a_trainer_guides_rates_and_looks_after_an_agent(cast, goal, call_as, live_server) -> None:
    pair = str(goal.relationship_id)
    agent = Telemachy(live_server.url, call_as(cast.argus).secret, goal="refunds")
    with agent, Trainer(live_server.url, call_as(cast.athena).secret) as trainer:
        assert (trainer.me().name, agent.me().kind) == ("Athena", "agent")
        trainer.bound_asking(str(goal.pk), 3, is_low_risk=False)
        with agent.situation("Angry VIP, no receipt") as s:
            assert s.started.asks_left == 3
            s.ask("Which clause?", intended="Refuse", confidence=0.4)
            [review] = trainer.reviews(goal_id=str(goal.pk))
            assert (review.situation_id, review.wanted, review.asked) == (s.id, "guidance", "Which clause?")
            assert trainer.case(s.id).own_view == "Refuse"
            sent = trainer.guide(s.id, "What does clause 4 say?", level=2, **MODE)
            assert sent.state == "given"
            assert s.help().text.startswith("What does clause 4 say?")
            s.decide("Refund half", confidence=0.8)
            s.outcome(True)
            s.account("Stayed", criteria="Loyalty", risks="Abuse", alternatives="Voucher", lesson="Clause 4")
            assert trainer.rate(s.id, 3, "You weighed the clause").state == "given"
        [lesson] = trainer.lessons()
        assert (lesson.lesson_id, lesson.failure_mode) == (sent.lesson_id, MODE["failure_mode"])
        [mode] = trainer.learner(pair).failure_modes
        told = trainer.set_level(pair, mode.failure_mode_id, 1, "Decided the last ones alone")
        assert told.failure_modes[0].level == 1
        trainer.withdraw_lesson(lesson.lesson_id, "It holds for VIPs only")
        [withdrawn] = trainer.lessons()
        assert (withdrawn.state, withdrawn.decided_because) == ("withdrawn", "It holds for VIPs only")
        assert trainer.held() == ()
        with pytest.raises(Refused) as refused:
            trainer.refuse_lesson(lesson.lesson_id, "Again")
        assert refused.value.status in {403, 409}

        agent.keep_lessons("Read clause 4 first")
        assert (agent.lessons(), OwnLessons.objects.get().text) == ("Read clause 4 first",) * 2
        assert "Read clause 4 first" in agent.skill()
        assert agent.skill().startswith("---")
    goal.refresh_from_db()
    assert (goal.ask_budget, Goal.objects.count()) == (3, 1)


def test_past_cases_are_brought_and_agents_looked_after_with_an_event_loop(
    cast, goal, call_as, live_server
) -> None:
    mentor, owner = call_as(cast.athena).secret, call_as(cast.argus.owner).secret
    runs = "\n".join(map(json.dumps, RUNS)).encode()

    async def walk() -> None:
        async with AsyncTrainer(live_server.url, mentor) as trainer:
            read = await trainer.bring_cases(str(goal.relationship_id), "runs.jsonl", runs + b"\n{oops")
            assert (read.n_new, read.state) == (2, "previewed")
            assert read.problems[0].startswith("3: ")
            assert (await trainer.cases(read.id)) == read
            assert (await trainer.take_in(read.id)).n_taken == 2
            again = await trainer.bring_cases(str(goal.relationship_id), "runs.jsonl", runs)
            assert (again.n_new, again.n_known) == (0, 2)
            assert (await trainer.put_away(again.id)).state == "discarded"
            assert {review.title for review in await trainer.reviews()} == {"Case 1", "Case 2"}
        async with AsyncTrainer(live_server.url, owner) as trainer:
            [agent] = [one for one in await trainer.agents() if one.id == str(cast.argus.pk)]
            assert agent.owner is not None
            described = await trainer.describe(agent.id, "Answers refunds", limits="Long threads")
            assert (described.purpose, described.limits) == ("Answers refunds", "Long threads")
            assert (await trainer.suspend(agent.id, "Too many refunds")).suspended_at is not None
            assert (await trainer.resume(agent.id)).suspended_at is None

    loops.run(walk())
    assert Situation.objects.filter(learner=cast.argus).count() == 2


@pytest.mark.django_db(transaction=False)
def test_both_clients_of_a_trainer_have_the_same_calls() -> None:
    def calls(client: type) -> dict[str, inspect.Signature]:
        named = inspect.getmembers(client, inspect.isfunction)
        return {name: inspect.signature(one) for name, one in named if not name.startswith("_")}

    assert calls(Trainer) == calls(AsyncTrainer)
    assert calls(Trainer)
