"""Candidates of large pools are the best pairs that all pairs would give, found block by block."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import Profile, Rules, SeniorityRule, errors, tables
from telemachy.core.matching.features import Features
from tests.core.matching.people import MARCH

SKILLS = [f"skill {number}" for number in range(30)]
WORDS = ["speak", "lead", "crew", "assembly", "sail", "trade", "build", "plan", "write", "listen", "travel"]
ZONES = ["", "Europe/Athens", "Europe/London", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"]


def person(side: str, at: int, draw: random.Random) -> Profile:
    """Return somebody of whom any part may be missing."""
    skills = tuple(draw.sample(SKILLS, draw.randint(0, 5)))
    own_hours = ((0, 540, 720), (2, 600, 1080))
    return Profile(
        key=f"{side}{at}",
        function=draw.choice(["", "Estate", "Fleet", "Strategy"]),
        seniority=draw.choice([None, *range(1, 8)]),
        skills_sought=skills,
        skills_offered=skills,
        languages=tuple(draw.sample(["el", "en", "la", "de"], draw.randint(0, 2))),
        time_zone=draw.choice(ZONES),
        working_hours=draw.choice([(), own_hours]),
        goals_text=" ".join(draw.choices(WORDS, k=draw.choice([0, 4, 8]))),
        style=draw.choice(["", "direct", "reflective"]),
        manager_key=draw.choice(["", f"learner{draw.randint(0, 9)}", f"mentor{draw.randint(0, 9)}"]),
        capacity=draw.choice([0, 1, 1, 2]) if side == "mentor" else 1,
        preferred=draw.choice([(), (), (f"learner{draw.randint(0, 40)}", f"mentor{draw.randint(0, 40)}")]),
    )


def pool(n_learners: int, n_mentors: int, seed: int = 1, **options) -> matching.Problem:
    draw = random.Random(seed)
    learners = tuple(person("learner", at, draw) for at in range(n_learners))
    mentors = tuple(person("mentor", at, draw) for at in range(n_mentors - 1))
    both = replace(learners[0], capacity=2)  # one person stands on both sides
    return matching.Problem(learners, (*mentors, both), MARCH, **options)


def everybody(problem: matching.Problem) -> np.ndarray:
    """Return the score of every eligible pair by the plain way, -inf for others."""
    return tables.Pool(Features(problem)).scores(np.arange(len(problem.learners)))


def as_matrix(found: matching.Candidates, n_mentors: int) -> np.ndarray:
    score = np.full((len(found.indptr) - 1, n_mentors), -np.inf)
    score[np.repeat(np.arange(len(score)), np.diff(found.indptr)), found.mentor] = found.score
    return score


@pytest.mark.parametrize("seniority", list(SeniorityRule))
@pytest.mark.parametrize("seed", range(4))
def test_the_compiled_score_is_the_plain_score_for_every_pair(seed, seniority):
    rules = Rules(seniority=seniority, min_overlap_hours=2 * seed, shared_language=seed % 2 == 0)
    problem = pool(80, 60, seed, rules=rules, forbidden=(("learner1", "mentor2"),))
    plain = everybody(problem)
    found = matching.candidates(problem, k=60)
    np.testing.assert_array_equal(np.isfinite(as_matrix(found, 60)), np.isfinite(plain))
    np.testing.assert_allclose(as_matrix(found, 60), plain, atol=1e-6)
    np.testing.assert_array_equal(found.n_eligible, np.isfinite(plain).sum(axis=1))


@pytest.mark.parametrize("seed", range(3))
def test_mentors_find_the_same_scores_as_learners(seed):
    problem = pool(60, 80, seed)
    ready = tables.Pool(Features(problem))
    learner, score, n_possible = tables.Direction(ready, from_mentors=True).best(np.arange(80), 60)
    open_ = np.flatnonzero(~ready.screen.no_seats)
    plain = everybody(problem)
    for mentor in open_.tolist():
        own = learner[mentor] >= 0
        assert n_possible[mentor] == own.sum() == np.isfinite(plain[:, mentor]).sum()
        np.testing.assert_allclose(plain[learner[mentor][own], mentor], score[mentor][own], atol=1e-6)


def test_the_best_are_found_in_a_pool_of_many():
    problem = pool(600, 250)
    found = matching.candidates(problem, k=10)
    plain = everybody(problem)
    worst = np.sort(plain, axis=1)[:, -10]
    listed = as_matrix(found, 250)
    n_good = (listed >= worst[:, None] - 1e-6).sum(axis=1)
    assert (n_good >= np.minimum(found.n_eligible, 10)).all()
    assert found.recall == 1.0


def test_a_mentor_whom_nobody_lists_is_still_the_candidate_of_their_best_learners():
    popular = [Profile(key=f"p{at}", skills_offered=("speech",)) for at in range(40)]
    rare = Profile(key="rare", skills_offered=("weaving",))
    learners = [Profile(key=f"l{at}", skills_sought=("speech",)) for at in range(50)]
    problem = matching.Problem(learners, [*popular, rare], MARCH)
    found = matching.candidates(problem, k=5, least=3)
    n_lists = np.bincount(found.mentor, minlength=41)
    assert n_lists[40] == 3
    assert n_lists.min() >= 3


def test_mentors_who_score_the_same_share_the_learners():
    blank = [Profile(key=f"m{at}") for at in range(1000)]
    found = matching.candidates(matching.Problem([Profile(key=f"l{at}") for at in range(500)], blank, MARCH))
    assert len(np.unique(found.mentor)) == 1000
    assert (np.diff(found.indptr) >= 32).all()


def test_a_locked_pair_is_a_candidate_even_against_a_rule():
    problem = pool(30, 20, locked=(("learner0", "learner0"),))
    found = matching.candidates(problem, k=2)
    assert 19 in found.mentor[slice(*found.indptr[:2])]


def test_an_empty_side_has_no_candidates():
    for learners, mentors in (((), (Profile(key="m"),)), ((Profile(key="l"),), ())):
        found = matching.candidates(matching.Problem(learners, mentors, MARCH))
        assert (found.indptr.tolist(), found.mentor.tolist()) == ([0] * (len(learners) + 1), [])
        assert found.recall is None


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(tables, "TABLE_CELLS", 1)


def same(one: matching.Candidates, other: matching.Candidates) -> bool:
    names = ("indptr", "mentor", "score", "capacity", "n_eligible")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def test_blocks_give_what_one_piece_gives(monkeypatch):
    problem = pool(100, 40)
    whole = matching.candidates(problem, k=6)
    monkeypatch.setattr(tables, "TABLE_CELLS", 1)
    assert same(matching.candidates(problem, k=6), whole)


@pytest.mark.usefixtures("small_blocks")
def test_a_stopped_search_goes_on_from_the_blocks_that_were_kept():
    problem = pool(100, 40)
    whole = matching.candidates(problem, k=6)
    kept: dict[str, bytes] = {}
    with pytest.raises(errors.Stopped):
        matching.candidates(problem, k=6, save=kept.__setitem__, stop=lambda: len(kept) == 3)
    assert len(kept) == 3
    again: dict[str, bytes] = {}
    resumed = matching.candidates(problem, k=6, finished=kept, save=again.__setitem__)
    assert same(resumed, whole)
    assert again
    assert not set(kept) & set(again)


@pytest.mark.usefixtures("small_blocks")
def test_blocks_of_another_pool_and_damaged_ones_are_worked_out_anew():
    kept: dict[str, bytes] = {}
    matching.candidates(pool(60, 30, seed=7), k=6, save=kept.__setitem__)
    broken = {name: content[:-40] for name, content in kept.items()}
    problem = pool(60, 30, seed=8)
    whole = matching.candidates(problem, k=6)
    for finished in (kept, broken, dict.fromkeys(kept, b"")):
        assert same(matching.candidates(problem, k=6, finished=finished), whole)


@pytest.mark.usefixtures("small_blocks")
def test_progress_rises_to_the_end():
    told: list[float] = []
    matching.candidates(pool(60, 40), k=3, progress=told.append)
    assert len(told) > 4
    assert told == sorted(told)
    assert (told.count(1), told[-1]) == (1, 1)


def test_people_may_be_made_when_asked_for():
    class Stream:
        def __len__(self):
            return 40

        def __iter__(self):
            return (person("learner", at, random.Random(at)) for at in range(40))

        def __getitem__(self, at):
            return person("learner", at, random.Random(at))

    mentors = pool(2, 20).mentors
    streamed = matching.Problem(Stream(), mentors, MARCH)
    held = matching.Problem(tuple(Stream()), mentors, MARCH)
    assert same(matching.candidates(streamed), matching.candidates(held))
