"""My learners: who waits for the mentor, since when, and at which level to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import guidance, learners, offers
from telemachy.apps.relationships.queries.situations import LATE_AFTER
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.web.forms import situation_words as words
from telemachy.interfaces.web.templatetags.ui import LEVELS
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.knowledge.models import Question
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation

#: Rows that come with offers; questions and cases in each. Who has more waiting opens the situation.
MAX_OFFERS, A_ROW = 10, 2


@dataclass(frozen=True, slots=True)
class Row:
    """A situation in one of the lists."""

    situation: Situation
    state: Promise
    recommended: str
    why: str
    late: bool
    #: Questions worth asking and own cases worth telling, as far as the recommended level has use for them.
    questions: list[Question]
    cases: list[offers.OwnCase]


class ListLearners(PersonView):
    """Show the situations that wait, longest first, then the learners."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        waiting = list(learners.waiting_for(self.person))
        context = {
            "waiting": with_offers(waiting, self.person, self.now),
            "elsewhere": [row(one, self.now) for one in learners.with_learners(self.person)],
            "learners": list(learners.learners_of(self.person, self.now)),
            "now": self.now,
        }
        return render(request, "learners/list.html", context)


def with_offers(situations: Sequence[Situation], mentor: Person, now: datetime) -> list[Row]:
    """Return the rows that wait, the first ones with what may help to answer at the recommended level."""
    asked = [one.pk for one in situations if one.state == "consulted"][:MAX_OFFERS]
    if not asked:
        return [row(one, now) for one in situations]
    bank, past = offers.Bank(mentor), offers.OwnPast(mentor)
    shown = []
    for one in situations:
        tells = one.recommended_level is not None and one.recommended_level >= GuidanceLevel.EXAMPLE
        cases = past.like(one)[:A_ROW] if one.pk in asked and tells else []
        questions = bank.fitting(one)[:A_ROW] if one.pk in asked and not cases else []
        shown.append(row(one, now, questions, cases))
    return shown


def row(
    situation: Situation,
    now: datetime,
    questions: Sequence[Question] = (),
    cases: Sequence[offers.OwnCase] = (),
) -> Row:
    """Put a situation into the words of its list."""
    return Row(
        situation,
        words.STATES[situation.state],
        _recommended(situation),
        guidance.why(situation),
        _waits_long(situation, now),
        list(questions),
        list(cases),
    )


def _recommended(situation: Situation) -> str:
    if situation.recommended_level is None:
        return ""
    name = LEVELS[GuidanceLevel(situation.recommended_level)][1]
    return _("Recommended: %(level)s") % {"level": name}


def _waits_long(situation: Situation, now: datetime) -> bool:
    since = situation.awaiting_since
    return since is not None and since < now - LATE_AFTER
