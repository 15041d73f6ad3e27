"""What helps to answer a situation, and what was said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from telemachy.apps.relationships.models import Guidance, Situation
from telemachy.apps.relationships.queries import situations
from telemachy.core.growth.recommendation import TEXTS
from telemachy.core.shared.likeness import likeness, telling_words

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: How many earlier rows are compared, by how much of their story, and how many are shown.
MAX_COMPARED, MAX_STORY, MAX_SHOWN = 100, 600, 3
#: What the comparison and its lists need of a situation.
COMPARED = ("title", "story", "stakes", "decision", "decided_at", "logged_at", "competency")
#: A shared competency alone makes a case similar enough to be shown; words alone need this much in common.
SAME_COMPETENCY, ENOUGH = 0.25, 0.2


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said about a situation before it was decided, or in the conversation."""

    kind: Literal["question", "guidance", "message"]
    author: Person
    text: str
    at: datetime
    guidance: Guidance | None = None

    @property
    def above_recommended(self) -> bool:
        """Whether this guidance was more direct than what was recommended."""
        given = self.guidance
        return (
            given is not None
            and given.recommended_level is not None
            and given.level > given.recommended_level
        )


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier situation that is like this one."""

    situation: Situation
    score: float


def thread(situation: Situation) -> list[Entry]:
    """Return question, guidance and messages in order of time."""
    entries = [
        Entry("message", message.author, message.text, message.sent_at)
        for message in situation.messages.select_related("author")
    ]
    entries += [
        Entry("guidance", given.author, given.text, given.given_at, given)
        for given in situation.guidance.select_related("author")
    ]
    if situation.asked_at is not None:
        entries.append(Entry("question", situation.learner, situation.asked, situation.asked_at))
    return sorted(entries, key=lambda entry: entry.at)


def why(situation: Situation) -> str:
    """Return in the reader's language why the recommended level is recommended, or ""."""
    template = TEXTS.get(situation.recommendation.get("code", ""))
    return _(template) % situation.recommendation.get("params", {}) if template else ""


def similar(situation: Situation, reader: Person) -> list[Similar]:
    """Return the learner's earlier decided situations most like this one, if the reader may read them."""
    earlier = (
        situations.of_party(reader)
        .filter(learner_id=situation.learner_id, logged_at__lt=situation.logged_at, decided_at__isnull=False)
        .exclude(pk=situation.pk)
        .only(*COMPARED)
        .order_by("-logged_at")[:MAX_COMPARED]
    )
    words = words_of(situation)
    ranked = [Similar(other, closeness(situation, words, other)) for other in earlier]
    close = [one for one in ranked if one.score >= ENOUGH]
    return sorted(close, key=lambda one: one.score, reverse=True)[:MAX_SHOWN]


def past_questions(situation: Situation) -> list[Situation]:
    """Return the learner's latest earlier situations in which something was asked."""
    earlier = Situation.objects.filter(
        learner_id=situation.learner_id, asked_at__isnull=False, logged_at__lt=situation.logged_at
    )
    return list(earlier.exclude(pk=situation.pk).order_by("-asked_at")[:MAX_SHOWN])


def words_of(situation: Situation) -> frozenset[str]:
    """Return the telling words of the case as it was logged."""
    return telling_words(f"{situation.title}\n{situation.story[:MAX_STORY]}\n{situation.stakes}")


def closeness(situation: Situation, words: frozenset[str], other: Situation) -> float:
    """Return how alike two situations are: the words they share, and a bonus for the same competency."""
    shared = situation.competency_id is not None and situation.competency_id == other.competency_id
    return likeness(words, words_of(other)) + SAME_COMPETENCY * shared
