"""The questions a learner asks beside those the mentor asked, for the parties of the pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.relationships.models import Message
from telemachy.core import growth

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Guidance, Situation


def of_situations(situations: Sequence[Situation], given: Iterable[Guidance]) -> growth.OwnQuestions | None:
    """Return how the learner's own questions moved; situations and guidance come oldest first.

    Own are those written before any help: in the own view, among the options,
    as open questions, and what was asked.
    """
    heard: dict[UUID, list[str]] = defaultdict(list)
    guided = ((one.situation_id, one.text) for one in given)
    for situation_id, text in chain(guided, _messages(situations)):
        heard[situation_id] += growth.questions_in(text)
    return growth.own_questions(
        [
            growth.Asked(
                growth.questions_in("\n".join((one.own_view, one.options, one.own_questions, one.asked))),
                tuple(heard[one.pk]),
            )
            for one in situations
        ]
    )


def _messages(situations: Sequence[Situation]) -> Iterator[tuple[UUID, str]]:
    learners = {one.learner_id for one in situations}
    rows = Message.objects.filter(situation__in=[one.pk for one in situations]).exclude(author__in=learners)
    yield from rows.order_by("sent_at").values_list("situation_id", "text")
