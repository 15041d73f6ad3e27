"""What may be known of match runs: the proposals of one, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from telemachy.apps.programmes import queries as programmes
from telemachy.apps.programmes.models import Enrolment, MatchRun, PairRule, Programme, Proposal, Unmatched

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Sort orders of the proposals, by the name in the address.
ORDERS = {
    "weakest": ("score", "learner__person__name"),
    "strongest": ("-score", "learner__person__name"),
    "learner": ("learner__person__name", "pk"),
    "mentor": ("mentor__person__name", "learner__person__name"),
}
SHOWN = ("locked", "by_hand")
#: What a list of proposals needs: of two whole profiles each, most would be read for nothing.
_SHOWN_OF_A_PAIR = (
    *("run_id", "score", "parts", "reasons", "alternatives", "locked", "by_hand", "circle"),
    *(f"{side}__person__{name}" for side in ("learner", "mentor") for name in ("name", "job_title", "kind")),
)

#: Learner's place -> the proposal as columns.
Pairs = dict[Any, dict[str, Any]]


def visible_to(person: Person) -> QuerySet[MatchRun]:
    """Return the runs of programmes the person may run."""
    runs = MatchRun.objects.filter(programme__in=programmes.visible_to(person))
    runs = runs.select_related("programme", "created_by", "based_on")
    return runs.prefetch_related("programme__managers").defer("based_on__report")


def proposals_visible_to(person: Person) -> QuerySet[Proposal]:
    """Return the proposals of those runs."""
    found = Proposal.objects.filter(run__programme__in=programmes.visible_to(person))
    return found.select_related("run__programme", "learner__person", "mentor__person")


def rules_visible_to(person: Person) -> QuerySet[PairRule]:
    """Return the locked and forbidden pairs of programmes the person may run."""
    return PairRule.objects.filter(programme__in=programmes.visible_to(person)).select_related("programme")


def of_programme(programme: Programme) -> QuerySet[MatchRun]:
    """Return the runs of a programme, the latest first; trials only once they are kept."""
    return MatchRun.objects.filter(programme=programme, is_trial=False).select_related("created_by")


def last_options(programme: Programme) -> dict[str, Any]:
    """Return what the programme's last run was asked for: the next one is likely to be asked the same."""
    last = of_programme(programme).order_by("-number").values_list("options", flat=True).first()
    return last or {}


def comparable(match_run: MatchRun) -> QuerySet[MatchRun]:
    """Return the other runs of the programme that have proposals, and the one this is a trial of."""
    runs = MatchRun.objects.filter(programme=match_run.programme, finished_at__isnull=False)
    runs = runs.filter(Q(is_trial=False) | Q(pk=match_run.based_on_id))
    return runs.exclude(state__in=["queued", "running", "failed"]).exclude(pk=match_run.pk)


def by_key(key: str) -> MatchRun:
    """Return a run for the job that works on it."""
    return MatchRun.objects.select_related("programme").get(pk=key)


def n_opened(match_run: MatchRun) -> int:
    """Return how many of the run's relationships are open by now."""
    return match_run.proposals.filter(relationships__isnull=False).count()


def path(match_run: MatchRun) -> str:
    """Return the address of the run's page."""
    return reverse("match-run", args=[match_run.pk])


def rules_of(programme: Programme) -> QuerySet[PairRule]:
    """Return the locked and forbidden pairs of a programme, with names."""
    rules = PairRule.objects.filter(programme=programme)
    return rules.select_related("learner__person", "mentor__person").order_by(
        "-kind", "learner__person__name"
    )


def proposals(match_run: MatchRun, *, search: str, show: str, order: str) -> QuerySet[Proposal]:
    """Return the proposals of a run, filtered and sorted, with everybody's name."""
    found = Proposal.objects.filter(run=match_run).select_related("learner__person", "mentor__person")
    if search:
        found = found.filter(
            Q(learner__person__name__icontains=search) | Q(mentor__person__name__icontains=search)
        )
    if show in SHOWN:
        found = found.filter(**{show: True})
    return found.only(*_SHOWN_OF_A_PAIR).order_by(*ORDERS.get(order, ORDERS["weakest"]))


@dataclass(frozen=True, slots=True)
class Circle:
    """A pair or circle of peers: its members, each helped by the next, the mean score, if all is locked."""

    number: int
    members: tuple[str, ...]
    score: float
    is_locked: bool


def circles(match_run: MatchRun) -> list[Circle]:
    """Return the pairs and circles of peers of a run, by number."""
    rows = match_run.proposals.filter(circle__isnull=False).order_by("circle", "learner__person__name")
    columns = rows.values_list(
        "circle", "learner", "mentor", "learner__person__name", "score", "locked", named=True
    )
    found = []
    for number, group in groupby(columns, key=lambda row: row.circle):
        by_learner = {row.learner: row for row in group}
        rows_here = list(by_learner.values())
        at, members = rows_here[0], []
        while at.learner in by_learner:
            members.append(at.learner__person__name)
            passed = by_learner.pop(at.learner)
            at = by_learner.get(passed.mentor, passed)
        mean = sum(row.score for row in rows_here) / len(rows_here)
        found.append(Circle(number, tuple(members), mean, all(row.locked for row in rows_here)))
    return found


def unmatched(match_run: MatchRun) -> QuerySet[Unmatched]:
    """Return who is left without a mentor, by name."""
    found = Unmatched.objects.filter(run=match_run).select_related("learner__person")
    return found.order_by("learner__person__name", "pk")


def n_by_state(match_run: MatchRun) -> dict[str, int]:
    """Return how many proposals are locked, and how many were made by hand."""
    touched = match_run.proposals.filter(Q(locked=True) | Q(by_hand=True))  # few, and in an index
    counts: dict[str, int] = touched.aggregate(
        locked=Count("pk", filter=Q(locked=True)), by_hand=Count("pk", filter=Q(by_hand=True))
    )
    return counts


def places(enrolment_keys: Iterable[str]) -> dict[str, Enrolment]:
    """Return enrolment key -> place with its person."""
    found = Enrolment.objects.filter(pk__in=set(enrolment_keys)).select_related("person")
    return {str(place.pk): place for place in found}


def names(enrolment_keys: Iterable[str]) -> dict[str, str]:
    """Return enrolment key -> name of the person."""
    rows = Enrolment.objects.filter(pk__in=set(enrolment_keys)).values_list("pk", "person__name")
    return {str(pk): name for pk, name in rows}


def find_place(programme: Programme, role: str, text: str) -> list[Enrolment]:
    """Return whom a name or e-mail address may mean: those it names exactly, else those whose name has it."""
    places = Enrolment.objects.filter(programme=programme, state=Enrolment.State.ACTIVE).select_related(
        "person"
    )
    if programme.shape != "peer":  # peers may have a place in either role
        places = places.filter(role=role)
    exact = list(places.filter(Q(person__email__iexact=text) | Q(person__name__iexact=text))[:3])
    return exact or list(places.filter(person__name__icontains=text).order_by("person__name")[:3])


@dataclass(frozen=True, slots=True)
class Move:
    """One learner in two runs; None stands for nobody."""

    learner: str
    before: str | None
    after: str | None
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from one run to another."""

    moved: tuple[Move, ...]
    gained: tuple[Move, ...]
    lost: tuple[Move, ...]
    n_same: int


def compare(before: MatchRun, after: MatchRun) -> Comparison:
    """Return who has another mentor, who has one now, who has none any more, and how many stayed."""
    return differences(pairs_of(before), pairs_of(after))


def differences(one: Pairs, other: Pairs) -> Comparison:
    """Return what `compare` does, for pairs by learner's place."""
    moves = [
        Move(
            learner=(other.get(key) or one[key])["learner__person__name"],
            before=one[key]["mentor__person__name"] if key in one else None,
            after=other[key]["mentor__person__name"] if key in other else None,
            score_before=one[key]["score"] if key in one else None,
            score_after=other[key]["score"] if key in other else None,
        )
        for key in one.keys() | other.keys()
        if key not in one or key not in other or one[key]["mentor"] != other[key]["mentor"]
    ]
    moves.sort(key=lambda move: (move.learner.casefold(), move.before or "", move.after or ""))
    return Comparison(
        moved=tuple(move for move in moves if move.before is not None and move.after is not None),
        gained=tuple(move for move in moves if move.before is None),
        lost=tuple(move for move in moves if move.after is None),
        n_same=len(one.keys() | other.keys()) - len(moves),
    )


def kept_by(match_run: MatchRun) -> dict[str, str]:
    """Return the pairs that a run is to keep: learner's person key -> mentor's."""
    if match_run.based_on_id is None or not match_run.options.get("keep"):
        return {}
    rows = Proposal.objects.filter(run=match_run.based_on_id)
    return {str(one): str(other) for one, other in rows.values_list("learner__person", "mentor__person")}


def pairs_of(match_run: MatchRun) -> Pairs:
    """Return the proposals of a run by learner's place."""
    rows = match_run.proposals.values(
        "learner", "mentor", "score", "learner__person__name", "mentor__person__name"
    )
    return {row["learner"]: dict(row) for row in rows}
