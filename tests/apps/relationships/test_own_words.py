"""A pulse and a reflection are somebody's own: nobody says them in another's name or beside a pair."""

from __future__ import annotations

import pytest

from telemachy.apps.relationships.actions import pulses, reflections
from telemachy.apps.relationships.models import Pulse, Reflection
from telemachy.core.shared.errors import NotAllowed
from tests.cast import NOW, Cast, pair

pytestmark = pytest.mark.django_db


def test_a_pulse_is_that_of_a_pair_at_work(cast: Cast) -> None:
    asked = {"question": "safety", "answer": 4, "now": NOW}
    with pytest.raises(NotAllowed, match="the two of you"):
        pulses.answer(relationship=cast.relationship, by=cast.eurycleia, **asked)
    over = pair(cast.programme, cast.nestor, cast.penelope, state="completed")
    with pytest.raises(NotAllowed, match="not under way"):
        pulses.answer(relationship=over, by=cast.penelope, **asked)
    assert not Pulse.objects.exists()


def test_a_reflection_is_its_writers_alone(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="of your own"):
        reflections.write(relationship=cast.relationship, prompt="", text="Hm.", by=cast.nestor, now=NOW)
    own = reflections.write(
        relationship=cast.relationship, prompt="", text="I gave in.", by=cast.telemachus, now=NOW
    )
    with pytest.raises(NotAllowed, match="whoever wrote it"):
        reflections.share(reflection=own, shared=True, by=cast.athena, now=NOW)
    with pytest.raises(NotAllowed, match="whoever wrote it"):
        reflections.remove(reflection=own, by=cast.athena, now=NOW)
    assert not Reflection.objects.get().shared
