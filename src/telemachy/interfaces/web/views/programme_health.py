"""Programme health: how the pairs are, who waits, and where a hand is needed. Signals, never content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.actions import health as actions
from telemachy.apps.relationships.actions import nudges as nudge_actions
from telemachy.apps.relationships.policies import nudges as policies
from telemachy.apps.relationships.policies import relationships as pairs
from telemachy.apps.relationships.queries import health as queries
from telemachy.apps.relationships.queries import interventions, nudges
from telemachy.core import insights
from telemachy.core.shared.errors import NotAllowed
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN
from telemachy.core.shared.scales import GuidanceLevel
from telemachy.interfaces.web.charts import MapPair, PairMapReport
from telemachy.interfaces.web.forms.programme_health import PairFilter
from telemachy.interfaces.web.forms.relationship_words import STATES
from telemachy.interfaces.web.views import health_words as words
from telemachy.interfaces.web.views.interventions import form_for
from telemachy.interfaces.web.views.programmes import ProgrammeView, tabs

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme
    from telemachy.apps.relationships.models import Intervention

    Acted = Mapping[interventions.Key, Intervention]

#: Pairs in the queue; pairs on a page of the table.
MAX_QUEUE, A_PAGE = 5, 12
#: Mentors to look after.
MAX_MENTORS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One pair in words."""

    id: str
    title: str
    url: str
    nudge_url: str
    health: queries.PairHealth
    families: list[tuple[str, str]]
    waits: list[words.WaitWords]
    nudged_at: datetime | None
    may_nudge: bool

    @property
    def state(self) -> tuple[Any, str]:
        """The state in a word, with its tone."""
        return STATES[self.health.state]

    @property
    def cadence(self) -> tuple[Any, str] | None:
        """The rhythm in a word, with its tone; None before the pair is at work."""
        return words.CADENCES.get(self.health.cadence)


class ShowHealth(ProgrammeView):
    """A programme's health in one screen."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it; the signals of a large programme are those of the last hour."""
        programme = self.programme(pk)
        found = queries.health_of(programme, self.now)
        context: dict[str, Any] = {
            "programme": programme,
            "tabs": tabs(programme, "programme-health"),
            "health": found,
            "states": states(queries.n_by_state(programme)),
        }
        if found is not None and found.pairs:
            context |= self.pairs(request, programme, found)
        return render(request, "programme_health/show.html", context)

    def pairs(self, request: HttpRequest, programme: Programme, found: queries.Health) -> dict[str, Any]:
        """Return the queue, the waits, the map and a page of the table, with one look at the names."""
        acted = interventions.acted_on(programme)
        today = clocks.local_day(self.person, self.now)
        queue = list(interventions.queue(found, acted, today, MAX_QUEUE))
        waiting = found.waiting[:]
        families = words.families()
        form = PairFilter(request.GET, signals=[(key, name) for key, (name, _codes) in families.items()])
        signal, state = form.chosen("signal"), form.chosen("state")
        codes = families[signal][1] if signal else frozenset()
        listed = found.pairs.chosen(state, codes) if signal or state else found.pairs
        page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
        rows = self.rows(
            programme, {pair.id: pair for pair in (*(pair for pair, _awake in queue), *waiting, *page)}
        )
        return {
            "tally": found.tally,
            "queue": [
                (rows[pair.id], [words.say(one, acted.get((pair.id, one.code))) for one in signals])
                for pair, signals in queue
            ],
            "n_acted": len(acted),
            "waiting": [rows[pair.id] for pair in waiting],
            "page": page,
            "rows": [rows[pair.id] for pair in page],
            "form": form,
            "filtered": bool(signal or state),
            "map": pair_map(programme, found.pairs),
            "map_key": [str(programme.pk), found.computed_at.isoformat(), get_language()],
            "map_seconds": 3600 if found.computed_at != self.now else 0,
            "mentors": self.mentors(found.mentors, acted, today),
            "pulses": [(words.PULSES[pulse.question], pulse) for pulse in found.pulses],
            "pulse_signals": [
                words.say(signal, acted.get(("", signal.code)))
                for pulse in found.pulses
                for signal in pulse.signals
            ],
        }

    def mentors(
        self, found: Sequence[queries.MentorHealth], acted: Acted, today: date
    ) -> list[tuple[str, str, list[words.SignalWords]]]:
        """Return the mentors to look after: key, name, and the signals that nobody has put aside."""
        chosen: dict[str, list[insights.Signal]] = {}
        for mentor in found:
            if len(chosen) == MAX_MENTORS:
                break
            key = mentor.person_id
            awake = [
                one
                for one in mentor.signals
                if not interventions.is_resting(acted.get((key, one.code)), today)
            ]
            if awake:
                chosen[key] = awake
        named = people.of_organisation(self.person).filter(pk__in=chosen)
        names = {str(pk): name for pk, name in named.values_list("pk", "name")}
        return [
            (pk, names[pk], [words.say(one, acted.get((pk, one.code))) for one in signals])
            for pk, signals in chosen.items()
            if pk in names
        ]

    def rows(self, programme: Programme, shown: Mapping[str, queries.PairHealth]) -> dict[str, Row]:
        """Put pairs into words; three queries, however many they are."""
        names = queries.names_of(shown)
        nudged = {str(pk): at for pk, at in nudges.last_nudges([UUID(pk) for pk in shown]).items()}
        return {
            pk: row(programme, pair, names.get(pk), nudged.get(pk), self.now) for pk, pair in shown.items()
        }


class ComputeHealth(ProgrammeView):
    """Work a large programme's signals out now rather than within the hour."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Hand it to the worker."""
        programme = self.programme(pk)
        actions.ask(programme=programme, by=self.person, now=self.now)
        messages.success(request, _("The signals are being worked out. Come back in a minute."))
        return redirect("programme-health", pk)


class PairView(ProgrammeView):
    """A page about one pair of a programme, for those who run it."""

    def find_pair(self, pk: UUID, pair: UUID) -> Any:
        """Return the relationship, or answer 404."""
        return self.find(queries.pairs_of(self.programme(pk)), pk=pair)


class ShowPair(PairView):
    """The signals of one pair: dates, counts, states and levels."""

    def get(self, request: HttpRequest, pk: UUID, pair: UUID) -> HttpResponse:
        """Show them with their evidence."""
        relationship = self.find_pair(pk, pair)
        record = queries.record_of(relationship, self.now)
        found = queries.judge(record)
        names = queries.names_of([str(pair)]).get(str(pair))
        last = nudges.last_nudge_at(relationship)
        acted = interventions.about_pair(relationship)
        shown = row(relationship.programme, found, names, last, self.now)
        context = {
            "programme": relationship.programme,
            "relationship": relationship,
            "row": shown,
            "signals": [
                (words.say(one, acted.get((found.id, one.code))), form_for(one.code, relationship.pk))
                for one in found.signals
            ],
            "facts": record.facts,
            "last_held_on": max((session.held_on for session in record.facts.sessions), default=None),
            "mix": [(level, record.mix[level]) for level in reversed(GuidanceLevel)],
            "independence": None if found.independence is None else round(100 * found.independence),
            "may_part": any(rule(self.person, relationship) for rule in (pairs.transfer, pairs.call_off)),
            "verdict": policies.nudge(self.person, relationship, self.now),
        }
        return render(request, "programme_health/pair.html", context)


class NudgePair(PairView):
    """Remind whoever's turn it is."""

    def post(self, request: HttpRequest, pk: UUID, pair: UUID) -> HttpResponse:
        """Do it, and go back to where the button was."""
        relationship = self.find_pair(pk, pair)
        try:
            nudge_actions.nudge(relationship=relationship, by=self.person, now=self.now)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Reminded. They see it in their news, and nobody else does."))
        if request.POST.get("back") == "pair":
            return redirect("programme-pair", pk, pair)
        return redirect("programme-health", pk)


def row(
    programme: Programme,
    pair: queries.PairHealth,
    names: queries.Names | None,
    nudged_at: datetime | None,
    now: datetime,
) -> Row:
    """Put one pair into words."""
    address = [programme.pk, pair.id]
    rested = nudged_at is None or now - nudged_at >= nudges.REST
    return Row(
        id=pair.id,
        title=words.title(names),
        url=reverse("programme-pair", args=address),
        nudge_url=reverse("programme-nudge", args=address),
        health=pair,
        families=words.families_of(pair.signals),
        waits=[words.say_wait(wait, names, now.date()) for wait in pair.waits] if names else [],
        nudged_at=nudged_at,
        may_nudge=rested and pair.state in RELATIONSHIP_OPEN,
    )


def states(counts: Mapping[str, int]) -> list[tuple[Any, str, int]]:
    """Return the states that occur with their word and tone, in the order of the lifecycle."""
    return [(word, tone, counts[state]) for state, (word, tone) in STATES.items() if counts.get(state)]


def pair_map(programme: Programme, pairs: Sequence[queries.PairHealth]) -> Callable[[], PairMapReport]:
    """Return the map's report, worked out when the template asks: a large one is kept for an hour."""

    @cache
    def report() -> PairMapReport:
        working = [pair for pair in pairs if pair.is_working]
        names = queries.names_of(pair.id for pair in working)
        return PairMapReport(
            tuple(
                MapPair(
                    words.title(names.get(pair.id)),
                    reverse("programme-pair", args=[programme.pk, pair.id]),
                    pair.activity,
                    pair.independence,
                    pair.quadrant,
                )
                for pair in working
            )
        )

    return report
