"""A program goes through a situation with a real token, against a real server."""

from __future__ import annotations

import pytest

from telemachy.apps.relationships.actions import guidance
from telemachy.apps.relationships.models import OwnLessons, Situation
from telemachy.client import AsyncTelemachy, Locked, Refused, Telemachy, UnknownGoal
from telemachy.interfaces.common import clock
from tests import loops

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNT = {"criteria": "Loyalty", "risks": "Abuse", "alternatives": "Voucher"}


def test_a_program_asks_decides_and_gives_account(cast, goal, call_as, live_server) -> None:
    with Telemachy(live_server.url, call_as(cast.argus).secret, goal="refunds") as tm:
        with tm.situation("Angry VIP, no receipt", tags=["Refund"], external_ref="ticket-7") as s:
            assert s.may_ask
            assert s.reminders == ()
            assert s.ask("Which clause?", intended="Refuse", confidence=0.4).state == "pending"
            situation = Situation.objects.get(pk=s.id)
            guidance.guide(
                situation=situation, level=2, text="What does clause 4 say?", by=cast.athena, now=clock.now()
            )
            answer = s.help()
            assert (answer.state, answer.text) == ("given", "What does clause 4 say?")
            assert answer.guidance[0].provenance.name == "Athena"
            locked = s.decide("Refund half", why="Clause 4", confidence=0.8)
            assert isinstance(locked, Locked)
            assert locked.locked_at.tzinfo is not None
            assert len(s.outcome(True, evidence_uri="https://ci.example/run/17").questions) >= 4
            assert s.account("Stayed", lesson="Read clause 4 first", **ACCOUNT).awaiting == "mentor"

        with tm.situation("Again", external_ref="ticket-7") as s, pytest.raises(Refused) as refused:
            s.decide("Refund it all", confidence=0.9)
        assert s.id == str(situation.pk)
        assert (refused.value.status, refused.value.code) == (409, "wrong-state")
        with tm.situation("Another") as s, pytest.raises(Refused, match=r"body\.confidence"):
            s.decide("Refund", confidence=7)
        with pytest.raises(UnknownGoal, match="Decide refunds alone"), tm.situation("A", goal="deliveries"):
            pass

    situation.refresh_from_db()
    assert (situation.decision, situation.decision_confidence, situation.tags) == (
        "Refund half",
        80,
        ["refund"],
    )
    assert OwnLessons.objects.get(person=cast.argus).text == "Read clause 4 first"


def test_the_same_with_an_event_loop(cast, goal, call_as, live_server) -> None:
    secret = call_as(cast.argus).secret

    async def walk() -> str:
        async with AsyncTelemachy(live_server.url, secret, goal=str(goal.pk)) as tm:
            async with tm.situation("Angry VIP, no receipt") as s:
                await s.ask("Which clause?", intended="Refuse", confidence=0.4)
                await s.decide("Refund half", confidence=0.8)
                await s.outcome(False)
                told = await s.account("Left", **ACCOUNT)
            assert told.awaiting == "mentor"
            with pytest.raises(Refused) as refused:
                async with AsyncTelemachy(live_server.url, "unknown", goal=str(goal.pk)) as other:
                    await other.goals()
            assert refused.value.status == 401
            return s.id

    assert Situation.objects.get(pk=loops.run(walk())).decision == "Refund half"
