"""Pairs and circles of peers as rings, and where somebody of a run could go by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from telemachy.apps.programmes import snapshots
from telemachy.apps.programmes.models import Enrolment, MatchRun, Proposal
from telemachy.apps.programmes.queries import match_runs
from telemachy.apps.programmes.queries.moves import OUT_OF_REACH
from telemachy.core.matching import Choice, Reason, peer_choices
from telemachy.core.matching.circles import LARGEST
from telemachy.core.matching.peer_plans import PAIR

#: Places of a pair or circle, each helped by the next, the last by the first.
Ring = list[Enrolment]


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody with whom a person could be: the mean score both ways, and what speaks against the two."""

    place: Enrolment
    score: float
    against: tuple[Reason, ...]

    @property
    def is_in_reach(self) -> bool:
        """Whether a hand may bring the two together at all."""
        return not any(reason.code in OUT_OF_REACH for reason in self.against)


@dataclass(frozen=True, slots=True)
class Offer:
    """Where a person could go: a pair or circle of a run (`number`), or one who has none yet.

    `score` is the mean with the members; `may_join` says whether there is room without going against what
    no hand may, `replaceable` in whose place a person could come.
    """

    number: int | None
    members: tuple[Companion, ...]
    score: float
    may_join: bool
    replaceable: tuple[Enrolment, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a person of a run is, and could go, the best fit first."""

    own: Ring
    is_locked: bool
    offers: tuple[Offer, ...]


def rings_of(proposals: Iterable[Proposal]) -> dict[int, Ring]:
    """Return number -> the places of a pair or circle, in the order in which one helps the other."""
    helped_by: dict[int, dict[Enrolment, Enrolment]] = {}
    for proposal in proposals:
        if proposal.circle is not None:
            helped_by.setdefault(proposal.circle, {})[proposal.learner] = proposal.mentor
    return {number: _ring(links) for number, links in sorted(helped_by.items())}


def places(match_run: MatchRun, person: Enrolment, today: date) -> Places | None:
    """Return where a person could go; None for whoever is not in the pool any more."""
    pool = snapshots.pool(match_run.programme, match_run.weights, match_run.rules, today)
    if str(person.person_id) not in pool.learners:
        return None
    proposals = list(
        match_run.proposals.select_related("learner__person", "mentor__person").defer(
            "parts", "reasons", "alternatives"
        )
    )
    rings = rings_of(proposals)
    held = {
        place for proposal in proposals if proposal.locked for place in (proposal.learner, proposal.mentor)
    }
    led = {proposal.learner for proposal in proposals if proposal.locked}
    own = next((ring for ring in rings.values() if person in ring), [])
    choices = {choice.mentor: choice for choice in peer_choices(pool.problem, str(person.person_id))}
    offers = [
        _offer(number, ring, choices, held)
        for number, ring in rings.items()
        if ring is not own
        and not led.issuperset(ring)
        and all(str(place.person_id) in choices for place in ring)
    ]
    placed = {str(place.person_id) for ring in rings.values() for place in ring} | {str(person.person_id)}
    free = match_runs.places(str(place.pk) for key, place in pool.learners.items() if key not in placed)
    offers += [_offer(None, [place], choices, held) for place in free.values()]
    return Places(
        own=own,
        is_locked=person in held,
        offers=tuple(sorted(offers, key=lambda one: (not (one.may_join or one.replaceable), -one.score))),
    )


def place_of(match_run: MatchRun, key: str) -> Enrolment | None:
    """Return a place of the run's programme, or None, also where the key is none."""
    places = Enrolment.objects.filter(programme=match_run.programme).select_related("person")
    try:
        return places.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def _offer(number: int | None, ring: Ring, choices: Mapping[str, Choice], held: set[Enrolment]) -> Offer:
    members = tuple(_companion(place, choices[str(place.person_id)]) for place in ring)
    beyond = {member.place for member in members if not member.is_in_reach}
    return Offer(
        number=number,
        members=members,
        score=sum(member.score for member in members) / len(members),
        may_join=not beyond and len(ring) < LARGEST,
        replaceable=tuple(
            place for place in ring if len(ring) >= PAIR and not beyond - {place} and place not in held
        ),
    )


def _companion(place: Enrolment, choice: Choice) -> Companion:
    return Companion(place, choice.score, choice.against)


def _ring(links: dict[Enrolment, Enrolment]) -> Ring:
    at = min(links, key=lambda place: (place.person.name, str(place.pk)))
    ring: Ring = []
    while at not in ring and at in links:
        ring.append(at)
        at = links[at]
    return ring
