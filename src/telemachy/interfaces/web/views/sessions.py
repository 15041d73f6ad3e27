"""Sessions: the list of them, and one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from telemachy.apps.relationships.queries import agendas, relationships, sessions
from telemachy.core.scheduling import Cadence
from telemachy.interfaces.web.forms import session_words as words
from telemachy.interfaces.web.views import session_page
from telemachy.interfaces.web.views.base import PersonView
from telemachy.interfaces.web.views.relationships import relationship_tabs

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship, Session

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A session in a list, with whom it is."""

    session: Session
    others: list[Person]
    mine: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A relationship under way and its rhythm."""

    relationship: Relationship
    others: list[Person]
    cadence: Cadence
    sentence: Promise

    @property
    def expected_on(self) -> date:
        """The day by which the next session is expected."""
        return self.cadence.expected_on

    @property
    def is_late(self) -> bool:
        """Whether a session is due or the pair drifts."""
        return self.cadence.n_days_late > 0


class ListSessions(PersonView):
    """Everything agreed on and held, of all the person's relationships or of one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page."""
        one = self.chosen(request.GET.get("relationship", ""))
        mine = relationships.of_party(self.person).values("pk") if one is None else [one.pk]
        ahead = sessions.ahead(self.person, mine, self.now)
        past = Paginator(sessions.past(self.person, mine), A_PAGE).get_page(request.GET.get("page"))
        under_way = [pair for pair in sessions.relationships_under_way(self.person) if one in (None, pair)]
        context = {
            "relationship": one,
            "tabs": relationship_tabs(one, "session-list") if one is not None else [],
            "proposed": self.rows(ahead.proposed),
            "unsettled": self.rows(ahead.unsettled),
            "coming": self.rows(ahead.coming),
            "past": past,
            "past_rows": self.rows(past),
            "pairs": self.pairs(under_way),
            "to_do": [] if one is not None else agendas.open_actions_of(self.person)[:A_PAGE],
            "now": self.now,
        }
        return render(request, "sessions/list.html", context)

    def chosen(self, text: str) -> Relationship | None:
        """Return the relationship that the address names; what is not the person's own is 404."""
        if not text:
            return None
        try:
            pk = UUID(text)
        except ValueError:
            pk = UUID(int=0)
        return self.find(relationships.of_party(self.person).select_related("programme"), pk=pk)

    def rows(self, found: Iterable[Session]) -> list[Row]:
        """Return sessions as rows of a list."""
        return [
            Row(
                one,
                self.others(one.relationship),
                one.state == "proposed" and one.proposed_by_id != self.person.pk,
            )
            for one in found
        ]

    def pairs(self, found: list[Relationship]) -> list[Pair]:
        """Return the relationships with their rhythm."""
        rhythms = sessions.rhythms(found, self.now, timezone.get_current_timezone())
        return [
            Pair(pair, self.others(pair), rhythms[pair.pk], words.CADENCE[rhythms[pair.pk].status])
            for pair in found
        ]

    def others(self, relationship: Relationship) -> list[Person]:
        """Return whom the person meets; the parties are prefetched."""
        parties = [party for party in relationship.parties.all() if party.left_at is None]
        return [party.person for party in parties if party.person_id != self.person.pk]


class ShowSession(PersonView):
    """One session: when and where, agenda, guide, notes, actions."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the page."""
        session = self.find(sessions.for_page(self.person), pk=pk)
        return session_page.show(request, session, self.now)
