"""What the question bank offers."""

from __future__ import annotations

from telemachy.apps.knowledge.models import Competency, Question
from telemachy.apps.knowledge.queries import questions_for
from tests.cast import NOW, Cast


def test_questions_of_the_competency_come_before_those_of_any(cast: Cast) -> None:
    bank = {"organisation": cast.ithaca, "created_at": NOW}
    judging = Competency.objects.create(name="Judging", **bank)
    Question.objects.create(text="A question for everybody?", **bank)
    Question.objects.create(text="What tells a guest from a suitor?", competency=judging, **bank)
    asked = [one.text for one in questions_for(cast.athena, judging)]
    assert asked == ["What tells a guest from a suitor?", "A question for everybody?"]
