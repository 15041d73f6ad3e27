"""What only programs have, of each kind one row: for tests that walk every address."""

from __future__ import annotations

from django.db import models

from telemachy.apps.integrations.models import Delivery, Token, Webhook
from telemachy.apps.relationships.models import (
    FailureMode,
    Goal,
    HeldGuidance,
    Lesson,
    Situation,
    TraceImport,
)
from tests.cast import NOW, Cast, pair


def rows(cast: Cast, situation: Situation) -> dict[str, models.Model]:
    """Create an agent's owner's token, a webhook with a delivery, lessons, and something held."""
    mode = FailureMode.objects.create(
        relationship=cast.relationship,
        learner=cast.telemachus,
        name="Waits",
        key="waits",
        level=2,
        level_since=NOW,
        evidence_from=NOW,
        opened_at=NOW,
    )
    words = {"cue": "Nobody decides", "action": "Call the assembly", "because": "It is time"}
    lesson = {"failure_mode": mode, "author": cast.athena, "given_at": NOW, **words}
    webhook = Webhook.objects.create(
        organisation=cast.ithaca,
        url="https://hooks.example/x",
        topics=["goal"],
        created_at=NOW,
        told_until=NOW,
    )
    return {
        "agent": cast.argus,
        "token": Token.objects.create(
            kind="personal",
            person=cast.athena,
            name="Her laptop",
            prefix="tmk_aaaaaa",
            digest="0" * 64,
            scopes=["read"],
            made_by=cast.athena,
            created_at=NOW,
            expires_at=NOW,
        ),
        "webhook": webhook,
        "delivery": Delivery.objects.create(
            webhook=webhook, verb="goal.added", state="dead", next_attempt_at=NOW, created_at=NOW
        ),
        "failure_mode": mode,
        "lesson": Lesson.objects.create(source="human", state="active", **lesson),
        "held_lesson": Lesson.objects.create(source="program", state="quarantined", **lesson),
        "held": HeldGuidance.objects.create(
            situation=situation, author=cast.argus, kind="guidance", level=2, text="Wait.", held_at=NOW
        ),
        **_training(cast),
    }


def _training(cast: Cast) -> dict[str, models.Model]:
    """Have Athena mentor the agent: a case that waits, a goal, a lesson, a file with past cases."""
    taught = pair(cast.programme, cast.athena, cast.argus)
    goal = Goal.objects.create(
        relationship=taught, learner=cast.argus, statement="Refunds", state="active", created_at=NOW
    )
    mode = FailureMode.objects.create(
        relationship=taught,
        learner=cast.argus,
        name="Barks",
        key="barks",
        level=2,
        level_since=NOW,
        evidence_from=NOW,
        opened_at=NOW,
    )
    words = {"cue": "A stranger", "action": "Smell first", "because": "He may be home"}
    return {
        "agent_seat": taught.parties.get(person=cast.argus),
        "agent_goal": goal,
        "agent_mode": mode,
        "agent_lesson": Lesson.objects.create(
            failure_mode=mode, author=cast.athena, given_at=NOW, source="human", state="active", **words
        ),
        "agent_case": Situation.objects.create(
            relationship=taught,
            learner=cast.argus,
            goal=goal,
            title="A beggar at the gate",
            state="consulted",
            awaiting="mentor",
            awaiting_since=NOW,
            asked="Is it him?",
            asked_at=NOW,
            logged_at=NOW,
        ),
        "trace_import": TraceImport.objects.create(
            relationship=taught,
            learner=cast.argus,
            kind="jsonl",
            file_name="runs.jsonl",
            uploaded_by=cast.athena,
            uploaded_at=NOW,
        ),
    }
