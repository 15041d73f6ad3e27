"""Hands among peers: whoever moves opens two pairs or circles, and both are closed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from telemachy.apps.programmes import jobs
from telemachy.apps.programmes.actions import match_runs, pair_rules, peer_moves, proposals
from telemachy.apps.programmes.models import Enrolment, MatchRun, PairRule
from telemachy.apps.programmes.queries import peer_rings
from telemachy.apps.relationships.models import Relationship
from telemachy.core.shared.errors import BadInput, NotAllowed
from tests.cast import NOW, Cast, person

LATER = NOW + timedelta(minutes=1)
NAMES = "ABCDEFGH"


@pytest.fixture
def crew(cast: Cast) -> dict[str, Enrolment]:
    """Eight peers called A to H who suit in a row, A with B, C with D; nobody has a pair."""
    Relationship.objects.all().delete()
    Enrolment.objects.all().delete()
    cast.programme.shape = "peer"
    cast.programme.save()
    places = {}
    for at, name in enumerate(NAMES):
        skills = [f"skill {at // 2}"]
        who = person(
            cast.ithaca, name, sign_in=False, languages=["el"], skills_offered=skills, skills_sought=skills
        )
        places[name] = Enrolment.objects.create(
            programme=cast.programme, person=who, role="learner", created_at=NOW
        )
    return places


def run_of(cast: Cast, circle: int = 2) -> MatchRun:
    """Run the matching to its end."""
    run = match_runs.run(
        programme=cast.programme, weights={}, rules={}, options={"circle": circle}, by=cast.eurycleia, now=NOW
    )
    jobs.run_matching.call(match_run_id=str(run.pk))
    run.refresh_from_db()
    assert run.state == "ready", run.problem
    return run


def rings(run: MatchRun) -> set[str]:
    """Return the pairs and circles as words of the members in the order of the alphabet."""
    found = peer_rings.rings_of(run.proposals.select_related("learner__person", "mentor__person"))
    left = run.unmatched.values_list("learner__person__name", flat=True)
    members = sorted([*left, *(place.person.name for ring in found.values() for place in ring)])
    assert members == sorted(NAMES)
    return {"".join(sorted(place.person.name for place in ring)) for ring in found.values()}


def left(run: MatchRun) -> set[str]:
    return set(run.unmatched.values_list("learner__person__name", flat=True))


def hand(cast: Cast, run: MatchRun, step, person: Enrolment, **more) -> None:
    step(match_run=run, person=person, by=cast.eurycleia, now=LATER, **more)


def test_of_two_pairs_the_others_become_a_pair(cast: Cast, crew) -> None:
    run = run_of(cast)
    assert rings(run) == {"AB", "CD", "EF", "GH"}
    hand(cast, run, peer_moves.pair, crew["A"], other=crew["C"])
    assert rings(run) == {"AC", "BD", "EF", "GH"}
    made = run.proposals.get(learner=crew["B"])
    assert (made.by_hand, made.reasons[0]["code"], made.mentor) == (True, "by_hand", crew["D"])
    run.refresh_from_db()
    assert run.report["changed_by_hand"]
    with pytest.raises(BadInput, match="already proposed"):
        hand(cast, run, peer_moves.pair, crew["A"], other=crew["C"])


def test_whoever_is_left_over_is_paired_and_somebody_else_is_left(cast: Cast, crew) -> None:
    run = run_of(cast)
    proposals.take_out(proposal=run.proposals.get(learner=crew["A"]), by=cast.eurycleia, now=LATER)
    hand(cast, run, peer_moves.pair, crew["A"], other=crew["C"])
    assert rings(run) == {"AC", "EF", "GH"}
    assert left(run) == {"B", "D"}
    hand(cast, run, peer_moves.pair, crew["B"], other=crew["D"])
    assert rings(run) == {"AC", "BD", "EF", "GH"}
    assert left(run) == set()


def test_in_circles_two_change_places_one_joins_and_one_leaves(cast: Cast, crew) -> None:
    run = run_of(cast, circle=4)
    first, second = peer_rings.rings_of(
        run.proposals.select_related("learner__person", "mentor__person")
    ).values()
    one, other = first[1], second[1]
    hand(cast, run, peer_moves.exchange, one, other=other)
    names = [place.person.name for place in (*first, *second)]
    swapped = {one.person.name: other.person.name, other.person.name: one.person.name}
    expected = ["".join(sorted(swapped.get(name, name) for name in names[at : at + 4])) for at in (0, 4)]
    assert rings(run) == set(expected)
    number = run.proposals.get(learner=other).circle
    hand(cast, run, peer_moves.join, one, circle=number)
    assert sorted(map(len, rings(run))) == [3, 5]
    hand(cast, run, peer_moves.leave, one)
    assert (sorted(map(len, rings(run))), left(run)) == ([3, 4], {one.person.name})
    with pytest.raises(BadInput, match="another circle"):
        hand(cast, run, peer_moves.join, other, circle=number)
    with pytest.raises(BadInput, match="another pair or circle"):
        hand(cast, run, peer_moves.exchange, other, other=one)


def test_a_circle_holds_eight_at_most(cast: Cast, crew) -> None:
    run = run_of(cast, circle=8)
    ninth = person(cast.ithaca, "I", sign_in=False, languages=["el"])
    place = Enrolment.objects.create(programme=cast.programme, person=ninth, role="learner", created_at=NOW)
    with pytest.raises(BadInput, match="eight people"):
        hand(cast, run, peer_moves.join, place, circle=1)


def test_a_locked_circle_is_not_opened_and_holds_in_every_later_run(cast: Cast, crew) -> None:
    run = run_of(cast, circle=4)
    before = rings(run)
    proposals.lock_circle(match_run=run, circle=1, by=cast.eurycleia, now=LATER)
    members = list(run.proposals.filter(circle=1).values_list("learner", flat=True))
    assert PairRule.objects.filter(kind="lock").count() == len(members) == 4
    inside, outside = crew["A"], crew["A"]
    for place in crew.values():
        inside, outside = (place, outside) if place.pk in members else (inside, place)
    for step, more in ((peer_moves.exchange, {"other": inside}), (peer_moves.join, {"circle": 1})):
        with pytest.raises(BadInput, match="locked"):
            hand(cast, run, step, outside, **more)
    assert rings(run) == before
    ring = dict(run.proposals.filter(circle=1).values_list("learner", "mentor"))
    for size in (2, 3, 4):
        later = run_of(cast, circle=size)
        assert dict(later.proposals.filter(locked=True).values_list("learner", "mentor")) == ring


def test_a_pair_is_locked_and_unlocked_from_either_side(cast: Cast, crew) -> None:
    run = run_of(cast)
    there, back = run.proposals.get(learner=crew["A"]), run.proposals.get(learner=crew["B"])
    proposals.lock(proposal=there, by=cast.eurycleia, now=LATER)
    proposals.lock(proposal=back, by=cast.eurycleia, now=LATER)
    assert PairRule.objects.count() == 1
    with pytest.raises(BadInput, match="locked"):
        hand(cast, run, peer_moves.pair, crew["C"], other=crew["B"])
    again = run_of(cast)
    assert again.proposals.filter(locked=True).count() == 2
    proposals.unlock(proposal=back, by=cast.eurycleia, now=LATER)
    assert not PairRule.objects.exists()
    assert not run.proposals.filter(locked=True).exists()


def test_the_opposite_decision_about_two_peers_takes_the_place_of_the_first(cast: Cast, crew) -> None:
    ask = {"programme": cast.programme, "by": cast.eurycleia, "now": NOW}
    pair_rules.decide(learner=crew["A"], mentor=crew["C"], kind="lock", **ask)
    pair_rules.decide(learner=crew["C"], mentor=crew["A"], kind="forbid", **ask)
    assert PairRule.objects.get().kind == "forbid"
    assert "AC" not in rings(run_of(cast))


def test_hands_among_peers_keep_to_what_no_hand_overrides(cast: Cast, crew) -> None:
    run = run_of(cast)
    crew["C"].person.line_manager = crew["A"].person
    crew["C"].person.save()
    with pytest.raises(BadInput, match="reporting line"):
        hand(cast, run, peer_moves.pair, crew["A"], other=crew["C"], despite=True)
    crew["F"].person.languages = ["la"]
    crew["F"].person.save()
    with pytest.raises(proposals.NeedsConfirmation) as refusal:
        hand(cast, run, peer_moves.pair, crew["A"], other=crew["F"])
    assert refusal.value.rules == ["language"]
    hand(cast, run, peer_moves.pair, crew["A"], other=crew["F"], despite=True)
    assert rings(run) == {"AF", "BE", "CD", "GH"}
    assert run.proposals.get(learner=crew["A"]).reasons[0]["code"] == "by_hand_despite"
    Enrolment.objects.filter(pk=crew["G"].pk).update(state="withdrawn")
    with pytest.raises(BadInput, match="G is not in the pool any more"):
        hand(cast, run, peer_moves.pair, crew["B"], other=crew["H"])
    with pytest.raises(NotAllowed):
        peer_moves.pair(match_run=run, person=crew["B"], other=crew["D"], by=cast.athena, now=LATER)


@pytest.mark.parametrize("circle", [2, 4])
def test_matching_peers_again_keeps_who_is_together(cast: Cast, crew, circle: int) -> None:
    run = run_of(cast, circle)
    for name, other in (("A", "C"), ("B", "D"), ("E", "G")):
        for place in (crew[name], crew[other]):
            place.person.skills_offered = place.person.skills_sought = [f"new {name}"]
            place.person.save()
    again = match_runs.run(
        programme=cast.programme,
        weights=run.weights,
        rules=run.rules,
        options=run.options | {"gain": 1.0},
        keeping=run,
        by=cast.eurycleia,
        now=LATER,
    )
    jobs.run_matching.call(match_run_id=str(again.pk))
    again.refresh_from_db()
    assert rings(again) == rings(run)
    assert again.report["gap"] >= 0
    fresh = run_of(cast, circle)
    assert fresh.report["total_score"] >= again.report["total_score"]
