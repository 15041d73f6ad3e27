"""My learners: who waits for the mentor, since when, and at which level to answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from telemachy.apps.relationships.queries import guidance, learners
from telemachy.apps.relationships.queries.situations import LATE_AFTER
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.web.forms import situation_words as words
from telemachy.interfaces.web.templatetags.ui import LEVELS
from telemachy.interfaces.web.views.base import PersonView

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Situation


@dataclass(frozen=True, slots=True)
class Row:
    """A situation in one of the lists."""

    situation: Situation
    state: Promise
    recommended: str
    why: str
    late: bool


class ListLearners(PersonView):
    """Show the situations that wait, longest first, then the learners."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        context = {
            "waiting": rows(learners.waiting_for(self.person), self.now),
            "elsewhere": rows(learners.with_learners(self.person), self.now),
            "learners": list(learners.learners_of(self.person, self.now)),
            "now": self.now,
        }
        return render(request, "learners/list.html", context)


def rows(situations: Iterable[Situation], now: datetime) -> list[Row]:
    """Return the situations with the words of their list."""
    return [
        Row(one, words.STATES[one.state], _recommended(one), guidance.why(one), _waits_long(one, now))
        for one in situations
    ]


def _recommended(situation: Situation) -> str:
    if situation.recommended_level is None:
        return ""
    name = LEVELS[GuidanceLevel(situation.recommended_level)][1]
    return _("Recommended: %(level)s") % {"level": name}


def _waits_long(situation: Situation, now: datetime) -> bool:
    since = situation.awaiting_since
    return since is not None and since < now - LATE_AFTER
