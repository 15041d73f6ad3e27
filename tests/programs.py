"""What only programs have, of each kind one row: for tests that walk every address."""

from __future__ import annotations

from django.db import models

from telemachy.apps.integrations.models import Delivery, Token, Webhook
from telemachy.apps.relationships.models import FailureMode, HeldGuidance, Lesson, Situation
from tests.cast import NOW, Cast


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
    }
