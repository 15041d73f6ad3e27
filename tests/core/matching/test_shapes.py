"""Groups and peers from profiles: who sits with whom, locks, what is kept, and what cannot be."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from telemachy.core.matching import (
    Profile,
    Rules,
    errors,
    one_more,
    pair_choices,
    peer_choices,
    plan,
    plan_groups,
    plan_peers,
    planning,
    shapes,
)
from tests.core.matching.people import ATHENA, NESTOR, TELEMACHUS, learners, problem

NO_RULES = Rules(shared_language=False, min_overlap_hours=0)


def equals(n: int, **options):
    """Return a pool of n peers whose skills suit in a row: 0 with 1, 2 with 3, and so on."""
    people = tuple(
        replace(TELEMACHUS, key=f"p{at}", name=f"Peer {at}", capacity=1, skills_offered=(f"skill {at // 2}",))
        for at in range(n)
    )
    people = tuple(replace(one, skills_sought=one.skills_offered) for one in people)
    return problem(learners=people, mentors=people, rules=NO_RULES, **options)


def helped(plan) -> dict[str, str]:
    return {pair.learner: pair.mentor for pair in plan.proposals}


def together(circle_of) -> set[frozenset[str]]:
    return {frozenset(key for key, at in circle_of.items() if at == number) for number in circle_of.values()}


def test_peers_are_paired_by_the_best_score_and_each_helps_the_other():
    plan, circle_of = plan_peers(equals(4))
    assert helped(plan) == {"p0": "p1", "p1": "p0", "p2": "p3", "p3": "p2"}
    assert together(circle_of) == {frozenset({"p0", "p1"}), frozenset({"p2", "p3"})}
    assert plan.report.is_optimal
    assert plan.report.total_score == pytest.approx(sum(pair.score for pair in plan.proposals), abs=1e-3)


def test_a_lock_among_peers_holds_both_ways_even_against_a_rule():
    pool = equals(4, locked=(("p0", "p2"),))
    people = (replace(pool.learners[0], languages=("la",)), *pool.learners[1:])
    plan, circle_of = plan_peers(replace(pool, learners=people, mentors=people, rules=Rules()))
    assert frozenset({"p0", "p2"}) in together(circle_of)
    locked = {pair.learner: pair.reasons[0].code for pair in plan.proposals if pair.locked}
    assert locked == {"p0": "locked_despite", "p2": "locked_despite"}


def test_a_lock_among_peers_holds_although_the_other_would_rather_not():
    _plan, circle_of = plan_peers(equals(4, locked=(("p0", "p2"),), forbidden=(("p2", "p0"),)))
    assert frozenset({"p0", "p2"}) in together(circle_of)


def test_peers_for_one_are_looked_at_in_both_directions():
    pool = equals(4, forbidden=(("p3", "p0"),))
    found = peer_choices(pool, "p0")
    assert [choice.mentor for choice in found] == ["p1", "p2", "p3"]
    assert [reason.code for reason in found[2].against] == ["excluded_forbidden"]
    there, back = ("p0", "p2"), ("p2", "p0")
    single = pair_choices(pool, [there, back])
    assert found[1].score == pytest.approx((single[there].score + single[back].score) / 2)
    assert single[there].parts == found[1].parts


def test_of_two_locks_that_a_pair_cannot_hold_the_first_is_kept():
    _plan, circle_of = plan_peers(equals(4, locked=(("p0", "p2"), ("p2", "p3"))))
    assert together(circle_of) == {frozenset({"p0", "p2"}), frozenset({"p1", "p3"})}


def test_a_lock_in_circles_says_who_is_helped_by_whom():
    pool = equals(8, locked=(("p0", "p5"), ("p5", "p6"), ("p1", "p4")))
    plan, circle_of = plan_peers(pool, circle=4)
    assert sorted(map(len, together(circle_of))) == [4, 4]
    assert circle_of["p0"] == circle_of["p5"] == circle_of["p6"]
    assert {pair.learner: pair.mentor for pair in plan.proposals if pair.locked} == dict(pool.locked)
    assert set(helped(plan)) == set(helped(plan).values())


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_locked_circle_stays_as_it_is_whatever_is_asked_for(size):
    ring = (("p0", "p3"), ("p3", "p5"), ("p5", "p0"))
    plan, circle_of = plan_peers(equals(9, locked=ring), circle=size)
    assert frozenset({"p0", "p3", "p5"}) in together(circle_of)
    assert {pair.learner: pair.mentor for pair in plan.proposals if pair.locked} == dict(ring)
    assert plan.report.upper_bound >= plan.report.total_score


def test_neighbours_whom_only_locks_brought_together_are_explained():
    pool = equals(3, locked=(("p0", "p1"), ("p1", "p2")))
    people = tuple(replace(one, languages=(one.key,)) for one in pool.learners)
    plan, circle_of = plan_peers(replace(pool, learners=people, mentors=people, rules=Rules()), circle=3)
    assert together(circle_of) == {frozenset({"p0", "p1", "p2"})}
    assert helped(plan) == {"p0": "p1", "p1": "p2", "p2": "p0"}


def test_more_locked_together_than_a_circle_holds_are_named():
    chain = tuple((f"p{at}", f"p{at + 1}") for at in range(4))
    with pytest.raises(errors.LockNotPossible, match="Peer 0, Peer 1, Peer 2, Peer 3, Peer 4"):
        plan_peers(equals(9, locked=chain), circle=3)


@pytest.mark.parametrize("circle", [2, 4])
def test_peers_are_kept_together_unless_a_change_earns_enough(circle):
    before, _ = plan_peers(equals(8), circle=circle)
    moved = equals(8)
    # Everybody's skills shift by two: others suit better now, by the weight of skills.
    people = tuple(
        replace(one, skills_sought=moved.learners[(at + 1) % 8].skills_offered)
        for at, one in enumerate(moved.learners)
    )
    pool = replace(moved, learners=people, mentors=people)
    ask = {"circle": circle, "previous": helped(before)}
    kept, _ = plan_peers(pool, **ask, gain=1.0)
    assert helped(kept) == helped(before)
    free, _ = plan_peers(pool, **ask, gain=0.0)
    assert free.report.total_score >= kept.report.total_score
    assert kept.report.upper_bound == free.report.upper_bound


@pytest.mark.parametrize("circle", [2, 3])
def test_peers_without_anybody_in_reach_hear_which_rule_it_is(circle):
    people = tuple(replace(one, languages=(one.key,)) for one in equals(4).learners)
    plan, circle_of = plan_peers(problem(learners=people, mentors=people), circle=circle)
    assert circle_of == {}
    assert {left.reason.code for left in plan.unmatched} == {"unmatched_not_eligible"}


@pytest.mark.parametrize(("n", "circle"), [(0, 2), (0, 5), (1, 2), (2, 3)])
def test_too_few_peers_are_left_over_with_a_reason(n, circle):
    plan, circle_of = plan_peers(equals(n), circle=circle)
    assert (circle_of, plan.proposals, len(plan.unmatched)) == ({}, (), n)


@pytest.mark.parametrize("circle", [0, 1, 9])
def test_a_circle_of_no_size_there_is_is_refused(circle):
    with pytest.raises(errors.GroupSizesInconsistent, match=f"circle of {circle}"):
        plan_peers(equals(4), circle=circle)


def mentors(*capacities: int) -> tuple[Profile, ...]:
    return tuple(
        replace(mentor, capacity=seats) for mentor, seats in zip((ATHENA, NESTOR), capacities, strict=True)
    )


def test_a_group_starts_with_enough_learners_or_not_at_all():
    pool = problem(learners=learners(3), mentors=mentors(3, 3))
    assert set(helped(plan_groups(pool, least=3)).values()) in ({"athena"}, {"nestor"})
    left = plan_groups(pool, least=4, most=5).unmatched
    assert [one.reason.code for one in left] == ["unmatched_not_eligible"] * 3
    assert left[0].reason.params["excluded"] == {"too_few_seats": 2}
    none = plan_groups(replace(pool, mentors=mentors(3, 0)), least=4, most=5).unmatched
    assert none[0].reason.text().endswith("no open seats 1, too few seats for a circle 1")
    one_too_few = plan_groups(replace(pool, mentors=mentors(4, 4)), least=4)
    assert [one.reason.code for one in one_too_few.unmatched] == ["circles_short"] * 3
    assert one_too_few.unmatched[0].reason.text() == (
        "No circle in reach can start: the nearest lacks 1 of the 4 learners it needs"
    )


def test_who_finds_groups_full_hears_by_how_many_seats_and_what_another_group_would_bring():
    pool = problem(learners=learners(9), mentors=mentors(4, 3))
    plan = plan_groups(pool, least=2, most=4)
    assert len(plan.unmatched) == 2
    assert {left.reason.text() for left in plan.unmatched} == {
        "The circles in reach are full: 9 learners compete for the same seats (7), 2 too many"
    }
    # Another mentor like either takes both, although only two are left: enough to start a group.
    assert [(one.like, one.extra_matched, one.price) for one in one_more(plan.seats)] == [
        ("athena", 2, None),
        ("nestor", 2, None),
    ]
    # With one left over a group of two starts with somebody from a group that can spare one.
    eight = plan_groups(replace(pool, learners=pool.learners[:8]), least=2, most=4)
    assert [one.extra_matched for one in one_more(eight.seats)] == [1, 1]
    # Groups of at least three cannot spare anybody for one more: none of them has more than four.
    tight = plan_groups(replace(pool, learners=pool.learners[:7], mentors=mentors(3, 3)), least=3, most=4)
    assert (len(tight.unmatched), one_more(tight.seats)) == (1, ())


def test_a_full_group_and_one_that_cannot_start_are_told_apart():
    nestor = replace(NESTOR, capacity=3, languages=("la",))
    both = replace(
        learners(1)[0], key="both", languages=("el", "la"), skills_sought=("Pottery",), goals_text=""
    )
    pool = problem(learners=(*learners(3), both), mentors=(replace(ATHENA, capacity=3), nestor))
    (left,) = plan_groups(pool, least=3, most=3).unmatched
    assert (left.learner, left.reason.code) == ("both", "circles_full_or_short")
    assert left.reason.text() == (
        "The circles in reach are full (seats: 3, learners who compete for them: 4) or cannot start: the "
        "nearest lacks 2 of the 3 learners it needs"
    )
    assert [(other.mentor, other.n_fewer) for other in left.alternatives] == [("athena", 0), ("nestor", None)]


def score_of(problem):
    """Return the steps of every pair that both people's rules allow, keyed by the two people."""
    people = [one.key for one in problem.learners]
    there = pair_choices(problem, [(one, other) for one in people for other in people if one != other])
    return {
        frozenset(pair): round((choice.score + there[pair[::-1]].score) * 5_000)
        for pair, choice in there.items()
        if not choice.against and not there[pair[::-1]].against
    }


def odd_people(n, seed):
    """Return peers of whom some speak one language and some another, so that not all suit."""
    rng = np.random.default_rng(seed)
    words = ("skill 0", "skill 1", "skill 2", "skill 3", "skill 4")
    people = tuple(
        replace(
            TELEMACHUS,
            key=f"p{at}",
            languages=tuple(rng.choice(["el", "la", "tr"], size=1 + int(rng.random() < 0.3), replace=False)),
            skills_offered=tuple(rng.choice(words, 2)),
            skills_sought=tuple(rng.choice(words, 2)),
            seniority=int(rng.integers(1, 7)),
        )
        for at in range(n)
    )
    return problem(learners=people, mentors=people, rules=Rules(min_overlap_hours=0))


@pytest.mark.parametrize("seed", range(6))
def test_a_swap_of_peers_costs_at_most_the_best_exchange_and_no_less_than_a_new_run(seed):
    pool = odd_people(15, seed)
    score, (plan, _) = score_of(pool), plan_peers(pool)
    has = helped(plan)
    now = sum(score[frozenset(pair)] for pair in {frozenset(pair) for pair in has.items()})
    n_told = 0
    for told in (*plan.proposals, *plan.unmatched):
        for other in told.alternatives:
            one, two = told.learner, other.mentor
            ways = []
            behind = [has[key] for key in (one, two) if key in has]
            kept = {frozenset(pair) for pair in has.items()} - {
                frozenset((key, has[key])) for key in (one, two) if key in has
            }
            base = kept | {frozenset((one, two))}
            n_left = 15 - 2 * len(base)
            ways.append((n_left, -sum(score[pair] for pair in base)))
            free = [key.key for key in pool.learners if all(key.key not in pair for pair in base)]
            for a, b in itertools.combinations(free, 2):
                if frozenset((a, b)) in score:
                    ways.append((n_left - 2, -sum(score[pair] for pair in base | {frozenset((a, b))})))
            if len(behind) == 2:
                for pair in kept:
                    for a, b in itertools.permutations(pair):
                        new = {frozenset((behind[0], a)), frozenset((behind[1], b))}
                        if new <= score.keys():
                            then = base - {pair} | new
                            ways.append((n_left - 2, -sum(score[each] for each in then)))
            n_left_best, total = min(ways)
            assert other.n_fewer == n_left_best - len(plan.unmatched)
            assert other.cost == pytest.approx(2 * (now + total) / 10_000, abs=1e-9)
            assert other.is_bound
            again, _ = plan_peers(replace(pool, locked=((one, two),)))
            truly = again.report.n_matched - plan.report.n_matched
            assert (-truly, round(plan.report.total_score - again.report.total_score, 4)) <= (
                other.n_fewer,
                round(other.cost, 4),
            )
            n_told += 1
    assert n_told > 20


@pytest.mark.parametrize("seed", range(4))
def test_a_swap_between_circles_costs_the_best_exchange_of_two_people(seed):
    pool = odd_people(14, seed)
    pool = replace(pool, rules=NO_RULES)
    score, (plan, circle_of) = score_of(pool), plan_peers(pool, circle=4)

    def total(circle_of):
        return sum(steps for pair, steps in score.items() if len({circle_of[one] for one in pair}) == 1)

    between = []
    for told in plan.proposals:
        for other in told.alternatives:
            if circle_of[told.learner] == circle_of[other.mentor]:
                assert (other.cost, other.n_fewer, other.is_bound) == (0, 0, False)
                continue
            there = [key for key, at in circle_of.items() if at == circle_of[other.mentor]]
            changed = [
                circle_of | {told.learner: circle_of[key], key: circle_of[told.learner]}
                for key in there
                if key != other.mentor
            ]
            least = min(total(circle_of) - total(each) for each in changed)
            assert (other.n_fewer, other.is_bound) == (0, True)
            assert other.cost == pytest.approx(least / 10_000, abs=1e-9)
            between.append(other.cost)
    assert len(between) > 10


def test_peers_left_over_hear_among_how_many_and_who_else_would_help():
    plan, _ = plan_peers(equals(5))
    assert [left.reason.text() for left in plan.unmatched] == [
        "5 people can only be paired with each other: 1 of them must be left over"
    ]
    assert {one.extra_matched for one in plan.seats} == {1}
    # Two speak both languages; the five others speak one each, and can only be paired with those two.
    pool = equals(7)
    people = tuple(
        replace(one, languages=(one.key, "el", "la") if at < 2 else (one.key, f"x{at}"))
        for at, one in enumerate(pool.learners)
    )
    hubs = tuple(f"x{at}" for at in range(2, 7))
    people = tuple(replace(one, languages=hubs) if at < 2 else one for at, one in enumerate(people))
    plan, _ = plan_peers(problem(learners=people, mentors=people, rules=Rules(min_overlap_hours=0)))
    assert {left.reason.text() for left in plan.unmatched} == {
        "5 people can only be paired with each other or with the same others (2): 3 of them must be left over"
    }
    assert {one.like for one in one_more(plan.seats)} == {"p0", "p1"}


def test_who_is_kept_apart_by_the_others_or_finds_no_circle_hears_so():
    avoided = tuple((f"p{at}", "p0") for at in range(1, 5))
    plan, _ = plan_peers(equals(5, forbidden=avoided))
    assert [(left.learner, left.reason.code) for left in plan.unmatched] == [("p0", "peers_one_way")]
    avoided = tuple((f"p{at}", "p0") for at in range(1, 8))
    apart, _ = plan_peers(equals(8, forbidden=avoided), circle=4)
    (left,) = apart.unmatched
    assert left.learner == "p0"
    assert left.reason.text() == (
        "Circles with somebody whom the hard rules keep apart from this person: 2 of 2; circles without a "
        "place: 0"
    )
    two, _ = plan_peers(equals(2), circle=3)
    assert two.unmatched[0].reason.text() == "A circle needs 3 people, and there are 2: 1 too few"


def test_who_finds_only_locked_seats_or_people_or_no_circle_at_all_hears_so():
    pool = problem(learners=learners(3), mentors=mentors(1, 0), locked=(("learner-0", "athena"),))
    by_pairs, by_groups = plan(pool), plan_groups(pool, least=1, most=1)
    assert [left.reason.text() for left in by_pairs.unmatched] == [
        "Locked pairs hold every seat in reach"
    ] * 2
    assert by_groups.unmatched == by_pairs.unmatched
    kept, _ = plan_peers(equals(3, locked=(("p0", "p1"),)))
    assert [left.reason.text() for left in kept.unmatched] == [
        "Everybody whom the rules allow is in a locked pair or circle"
    ]
    apart, _ = plan_peers(equals(3, forbidden=(("p0", "p2"),)), circle=3)
    assert {left.reason.text() for left in apart.unmatched} == {
        "The hard rules keep too many people apart: no circle was found"
    }


def test_a_small_group_that_a_lock_alone_starts_is_not_wanted_again():
    pool = problem(learners=learners(4), mentors=mentors(2, 0), locked=(("learner-0", "athena"),))
    plan = plan_groups(pool, least=3, most=4)
    assert (len(plan.unmatched), one_more(plan.seats)) == (2, ())


def ranked(n: int):
    """Return peers of whom all seek the same skills, and each offers one more of them than the one before."""
    skills = tuple(f"skill {at}" for at in range(n))
    people = tuple(
        Profile(f"p{at}", skills_sought=skills, skills_offered=skills[: at + 1]) for at in range(n)
    )
    return problem(learners=people, mentors=people, rules=NO_RULES)


def test_nobody_is_left_over_because_all_would_like_the_same_people():
    assert plan_peers(ranked(210))[0].report.n_matched == 210
    assert plan_groups(ranked(210), least=1, most=1).report.n_matched == 210


def test_nothing_is_called_proven_of_pairs_that_were_not_all_held(monkeypatch):
    pool = ranked(24)
    of_all = {plan_groups: plan_groups(pool, least=1).report, plan_peers: plan_peers(pool)[0].report}
    assert all(report.is_optimal for report in of_all.values())
    monkeypatch.setattr(planning, "ALL_PAIRS", 0)
    monkeypatch.setattr(shapes, "K", 4)
    listed = {plan_groups: plan_groups(pool, least=1).report, plan_peers: plan_peers(pool)[0].report}
    for shape, report in listed.items():
        assert report.n_matched < of_all[shape].n_matched
        assert not report.is_optimal
        assert report.upper_bound > report.total_score


def test_a_group_that_a_lock_opens_must_be_filled():
    pool = problem(learners=learners(2), mentors=mentors(4, 4), locked=(("learner-0", "nestor"),))
    with pytest.raises(errors.GroupNotFillable, match="Learners are locked to Nestor, but"):
        plan_groups(pool, least=3)
    full = problem(
        learners=learners(3), mentors=mentors(4, 4), locked=[(f"learner-{n}", "nestor") for n in range(3)]
    )
    with pytest.raises(errors.LockOverCapacity, match="locked to Nestor than the capacity of 2"):
        plan_groups(full, least=2, most=2)


def test_groups_are_kept_unless_a_move_earns_enough():
    pool = problem(learners=learners(6), mentors=mentors(4, 4))
    plain = helped(plan_groups(pool, least=2, most=4))
    before = {key: "nestor" if mentor == "athena" else "athena" for key, mentor in plain.items()}
    before = {f"learner-{n}": "athena" if n < 2 else "nestor" for n in range(6)}
    kept = plan_groups(pool, least=2, most=4, previous=before, gain=1.0)
    assert helped(kept) == before
    assert not kept.report.is_optimal
    assert kept.report.upper_bound > kept.report.total_score
    assert plan_groups(pool, least=2, most=4, previous=before, gain=0.0).report.is_optimal


@pytest.mark.parametrize(("least", "most"), [(0, 3), (4, 3)])
def test_groups_of_no_size_there_is_are_refused(least, most):
    with pytest.raises(errors.GroupSizesInconsistent):
        plan_groups(problem(), least=least, most=most)


def test_groups_without_mentors_or_learners_are_an_outcome():
    assert [one.reason.code for one in plan_groups(problem(mentors=())).unmatched] == ["unmatched_no_mentors"]
    assert plan_groups(problem(learners=())).proposals == ()
