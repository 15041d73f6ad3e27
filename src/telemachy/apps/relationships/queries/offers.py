"""What a mentor is offered beside a situation: questions worth asking, and cases of the mentor's own.

Everything offered is the organisation's question bank or the mentor's own words. Nothing of another
learner is shown, and nothing is sent: the mentor copies what fits, and can change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.relationships.models import Guidance, Situation
from telemachy.apps.relationships.queries import guidance
from telemachy.core.shared.likeness import likeness, telling_words
from telemachy.core.shared.phases import phases_due
from telemachy.core.shared.retrieval import Collection
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Question
    from telemachy.apps.people.models import Person

#: How many questions and cases are offered, and how many of each are looked at.
N_QUESTIONS, N_CASES = 3, 3
MAX_BANK, MAX_PAST = 300, 100
#: No more than so many questions of one phase, so that a choice is a choice.
OF_ONE_PHASE = 2
#: What the parts of a question's fit weigh: its phase by its place in the order due, its competency, words.
PHASES, COMPETENCY, WORDS = (1.0, 0.6, 0.3, 0.1), 0.8, 0.4


@dataclass(frozen=True, slots=True)
class OwnCase:
    """Something of the mentor's own past that may serve as an example."""

    title: str
    text: str
    at: datetime
    situation_id: UUID | None


class Bank:
    """The questions of an organisation, read once, asked for any number of situations."""

    def __init__(self, reader: Person, moment: str = "question") -> None:
        self._moment = moment
        self._questions: list[Question] = list(knowledge.questions_of(reader, moment)[:MAX_BANK])
        self._texts = Collection([question.text for question in self._questions])

    def fitting(self, situation: Situation) -> list[Question]:
        """Return the questions that fit best by the phase that is due, the competency and the words."""
        due = phases_due(
            has_view=bool(situation.own_view),
            has_options=bool(situation.options),
            has_decision=bool(situation.intended_decision),
            confidence=situation.confidence,
        )
        worth = {phase.value: weight for phase, weight in zip(due, PHASES, strict=True)}
        words = self._texts.scores(_text_of(situation))
        ranked = [
            (
                worth.get(question.phase, 0.0)
                + COMPETENCY * (question.competency_id is not None)
                + WORDS * fit,
                question,
            )
            for question, fit in zip(self._questions, words, strict=True)
            if question.competency_id in (None, situation.competency_id)
        ]
        ranked.sort(key=lambda one: -one[0])
        return _mixed(question for _fit, question in ranked)


class OwnPast:
    """A mentor's own cases and earlier examples, read once, asked for any number of situations.

    Both are the mentor's own words: cases lived through as a learner, and examples once given to somebody.
    """

    def __init__(self, mentor: Person) -> None:
        lived = Situation.objects.filter(learner=mentor, debriefed_at__isnull=False)
        given = Guidance.objects.filter(author=mentor, level=GuidanceLevel.EXAMPLE).exclude(text="")
        self._lived = list(lived.order_by("-debriefed_at")[:MAX_PAST])
        self._given = list(given.select_related("situation").order_by("-given_at")[:MAX_PAST])
        self._texts = Collection(
            [*(_text_of(case) for case in self._lived), *(example.text for example in self._given)]
        )

    def like(self, situation: Situation) -> list[OwnCase]:
        """Return what is like the situation, the best fit first."""
        if not (self._lived or self._given):
            return []
        words = guidance.words_of(situation)
        fits = self._texts.scores(_text_of(situation))
        found: list[tuple[float, OwnCase]] = []
        for case, fit in zip(self._lived, fits, strict=False):
            if guidance.closeness(situation, words, case) >= guidance.ENOUGH:
                at = case.debriefed_at or case.logged_at
                found.append((fit, OwnCase(case.title, case.outcome, at, case.pk)))
        for example, fit in zip(self._given, fits[len(self._lived) :], strict=True):
            alike = likeness(words, telling_words(example.text)) >= guidance.ENOUGH
            same = situation.competency_id and situation.competency_id == example.situation.competency_id
            if (alike or same) and example.situation_id != situation.pk:
                found.append((fit, OwnCase(_("An example you gave"), example.text, example.given_at, None)))
        found.sort(key=lambda one: -one[0])
        told: dict[str, OwnCase] = {}
        for _fit, offer in found:  # what was told twice in the same words is offered once
            told.setdefault(offer.text or offer.title, offer)
        return list(told.values())[:N_CASES]


def _text_of(situation: Situation) -> str:
    story = situation.story[: guidance.MAX_STORY]
    return f"{situation.title}\n{story}\n{situation.stakes}\n{situation.own_view}\n{situation.asked}"


def _mixed(ranked: Iterable[Question]) -> list[Question]:
    """Return the first questions, no more than `OF_ONE_PHASE` of one phase where others are there."""
    chosen: list[Question] = []
    spare: list[Question] = []
    for question in ranked:
        n_same = sum(one.phase == question.phase for one in chosen)
        (spare if question.phase and n_same >= OF_ONE_PHASE else chosen).append(question)
    return (chosen + spare)[:N_QUESTIONS]
