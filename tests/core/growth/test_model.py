"""The fitted model: against brute force, online against batch, intervals that cover, input that is odd."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from telemachy.core import growth
from telemachy.core.growth import beliefs, compiled, filtering, population, simulate
from telemachy.core.growth.history import advance, history_of
from telemachy.core.growth.priors import (
    ASSIST,
    N_EFFECTS,
    PRIOR_SPREAD,
    UPHEAVAL,
    Upheaval,
    Volatility,
    prior_of,
)
from telemachy.core.shared.errors import BadInput

LOT = simulate.Truth(helping="lot")


def some(evidence: growth.Evidence, keep: np.ndarray) -> growth.Evidence:
    """Return the chosen rows."""
    names = ("learner", "competency", "time", "difficulty", "novelty", "level", "success")
    return growth.Evidence(**{name: getattr(evidence, name)[keep] for name in names})


@pytest.fixture(scope="module")
def made() -> simulate.Course:
    return simulate.course(1, 12, 15, 2, LOT)


@pytest.fixture(scope="module")
def model(made) -> growth.Model:
    return growth.fit(made.evidence)


def test_a_quantile_of_many_pasts_has_its_share_below_it() -> None:
    chance = np.random.default_rng(3)
    for alpha in (0.05, 1.0):
        for spread in (0.1, 1.0, 3.0):  # at the end, needles beside plains, over which Newton's steps jump
            weight = chance.dirichlet(np.full(6, alpha))
            mean, sd = chance.normal(0, 2, 6), np.exp(chance.normal(0, spread, 6))
            for z, share in ((-filtering.Z_90, 0.05), (filtering.Z_90, 0.95)):
                found = filtering._quantile(weight, mean, sd, z)
                below, above = (
                    sum(w * NormalDist(m, s).cdf(x) for w, m, s in zip(weight, mean, sd, strict=True))
                    for x in (found - 2e-4, found + 2e-4)
                )
                assert below <= share <= above


def test_no_past_of_a_learner_is_forgotten() -> None:
    chance = np.random.default_rng(4)
    weight, mean = chance.dirichlet(np.ones(6)), chance.normal(0, 1, (6, 14))
    roots = chance.normal(0, 1, (6, 14, 14))
    covariance = roots @ roots.transpose(0, 2, 1)
    before = filtering.collapsed(weight, mean, covariance)
    twin = weight.copy(), mean.copy(), covariance.copy()

    filtering._branch(weight, mean, covariance, 0.25, 2.0)
    after = filtering.collapsed(weight, mean, covariance)
    jumped = np.zeros((14, 14))
    jumped[filtering.THETA, filtering.THETA] = 0.25 * 2.0
    assert weight.sum() == pytest.approx(1)
    assert after[0] == pytest.approx(before[0])
    assert after[1] == pytest.approx(before[1] + jumped)

    compiled._branch(*twin, 0.25, 2.0)
    for found, expected in zip(twin, (weight, mean, covariance), strict=True):
        assert found == pytest.approx(expected)


UPHEAVED = Upheaval("time", 7.0)


def design_of(rows: population.Rows, n_competencies: int) -> tuple[np.ndarray, np.ndarray]:
    """Write out the design of the population and of the learners' own effects, row by row."""
    p = N_EFFECTS + 2 * n_competencies
    n_learners = len(rows.learners)
    x = np.zeros((len(rows.competency), p))
    own = np.zeros((len(rows.competency), n_learners * (1 + n_competencies)))
    for i in range(n_learners):
        practice, n_before = np.zeros((n_competencies, 5)), np.zeros(n_competencies)
        for r in range(rows.starts[i], rows.starts[i + 1]):
            k, g = rows.competency[r], rows.level[r]
            x[r, :3] = 1, rows.difficulty[r] - 3, rows.novelty[r] - 3
            if g:
                x[r, ASSIST + g] = 1
            x[r, 7:12] = practice[k]
            x[r, UPHEAVAL] = rows.time[r] >= UPHEAVED.at
            x[r, N_EFFECTS + k], x[r, N_EFFECTS + n_competencies + k] = 1, practice[k].sum()
            own[r, i], own[r, n_learners + i * n_competencies + k] = 1, 1
            practice[k, g] += np.log((n_before[k] + 2) / (n_before[k] + 1))
            n_before[k] += 1
    return x, own


def test_one_pass_equals_brute_force(made) -> None:
    competencies, items = population.names_of(made.evidence)
    rows = population.rows_of(made.evidence, competencies, items)
    beta, _ = prior_of(2, 0, PRIOR_SPREAD)
    gradient, curvature, _ = compiled.eliminate(
        rows.starts, rows.competency, rows.difficulty, rows.novelty, rows.level, rows.success, rows.item,
        rows.time, 7.0, 2, 0, beta, 0.8**-2, 0.4**-2,
    )  # fmt: skip

    x, own = design_of(rows, 2)
    precision = np.array([0.8**-2] * 12 + [0.4**-2] * 24)
    u = np.zeros(own.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ beta + own @ u)))
        inner = own.T @ (own * (p * (1 - p))[:, None]) + np.diag(precision)
        u += np.linalg.solve(inner, own.T @ (rows.success - p) - precision * u)
    weighted = x * (p * (1 - p))[:, None]
    cross = own.T @ weighted
    assert gradient == pytest.approx(x.T @ (rows.success - p), abs=1e-5)
    assert curvature == pytest.approx(x.T @ weighted - cross.T @ np.linalg.solve(inner, cross), abs=1e-5)


def test_what_a_learner_taught_is_taken_out_as_if_the_learner_had_not_been_there(made) -> None:
    competencies, items = population.names_of(made.evidence)
    rows = population.rows_of(made.evidence, competencies, items)
    fitted = population.struck_by(rows, population.fit_population(rows, competencies, items), UPHEAVED)
    own = history_of(rows.some(4, 5), competencies, fitted)
    mean, covariance = beliefs._beliefs(fitted, [0, 1], own)

    gradient, curvature = population.contribution(rows.some(4, 5), fitted)
    without = np.linalg.inv(fitted.precision - curvature)
    shared = np.delete(np.arange(len(mean)), filtering.THETA)
    order = [*range(N_EFFECTS), *range(N_EFFECTS, N_EFFECTS + 4)]
    cell = np.diag([0.0] * N_EFFECTS + [fitted.spread.cell**2] * 2 + [0.0] * 2)
    assert mean[shared] == pytest.approx((fitted.mean - without @ gradient)[order], abs=1e-4)
    assert covariance[np.ix_(shared, shared)] == pytest.approx(without[np.ix_(order, order)] + cell, abs=1e-4)


def test_a_stored_population_gives_what_the_fit_of_all_gave(made, model) -> None:
    mine = some(made.evidence, made.evidence.learner == 3)
    assert growth.fit(mine, model.population).independence(3, 0) == pytest.approx(model.independence(3, 0))
    assert growth.fit(mine).independence(3, 0) != pytest.approx(model.independence(3, 0), abs=0.02)


def test_fit_finds_the_effects_of_a_large_programme() -> None:
    made = simulate.course(3, 1500, 20, 3, LOT)
    found = growth.fit(made.evidence).population
    sds = np.sqrt(np.diag(np.linalg.inv(found.precision)))[:N_EFFECTS]
    assert (abs(found.mean[1:N_EFFECTS] - simulate.Truth().effects[1:]) < 3.5 * sds[1:]).all()
    assert found.spread.learner == pytest.approx(0.8, abs=0.1)
    assert found.held == ()


def test_state_is_the_laplace_posterior_when_nothing_moves(made, model) -> None:
    # Without drift and jumps, filtering once through the rows approximates the same posterior as Newton's
    # method on all rows at once. They differ because one matches moments and the other sits at the mode.
    still = replace(model.population, volatility=Volatility(0.0, 1e-12, 0.0), struck=None)
    rows = population.rows_of(made.evidence, still.competencies, still.items)
    calm = growth.Model(rows, still)
    state = calm.state(0)
    start = calm.start_of(0, calm.history(0))
    mean, covariance = start.mean[0], start.covariance[0]
    history = calm.history(0)
    x = np.zeros((15, len(mean)))
    for r in range(15):
        now = calm.start_of(0, history)
        advance(now, history.part(0, r))
        x[r] = now.direction(
            history.competency[r], history.difficulty[r], history.novelty[r], history.level[r]
        )
    z = mean.copy()
    precision = np.linalg.pinv(covariance)  # nothing is known of an upheaval, and none was
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ z)))
        curvature = x.T @ (x * (p * (1 - p))[:, None]) + precision
        z += np.linalg.pinv(curvature) @ (x.T @ (history.success - p) - precision @ (z - mean))
    at = state.direction(0, 4, 5)
    eta, sd = at @ z, np.sqrt(at @ np.linalg.pinv(curvature) @ at)
    assert state.mean[0] @ at == pytest.approx(eta, abs=0.1)
    assert np.sqrt(at @ state.covariance[0] @ at) == pytest.approx(sd, abs=0.05)


def test_online_and_batch_give_the_same_answer(made, model) -> None:
    # With the population given, adding rows one by one is the same computation as starting with them.
    evidence = made.evidence
    first = (evidence.time < 9) | (evidence.learner > 0)
    rows = population.rows_of(some(evidence, first), model.population.competencies, model.population.items)
    online = growth.Model(rows, model.population)
    online._taught_by = model._taught_by  # type: ignore[method-assign]
    online.independence(0, 0)
    for r in np.flatnonzero(~first):
        online.update(
            0, int(evidence.competency[r]), float(evidence.time[r]), float(evidence.difficulty[r]),
            float(evidence.novelty[r]), int(evidence.level[r]), float(evidence.success[r]),
        )  # fmt: skip
    for k in (0, 1):
        assert online.independence(0, k) == pytest.approx(model.independence(0, k), abs=1e-9)


def test_one_learner_alone_needs_no_refit() -> None:
    evidence = simulate.course(5, 1, 12, 1, LOT).evidence
    online = growth.fit(some(evidence, evidence.time < 4))
    for r in range(4, 12):
        row = {name: getattr(evidence, name)[r] for name in ("difficulty", "novelty", "level", "success")}
        online.update(0, 0, float(r), **row)
    assert online.independence(0, 0) == pytest.approx(growth.fit(evidence).independence(0, 0), abs=1e-9)


def test_prediction_uses_earlier_rows_only(made, model) -> None:
    whole = model.predict(made.evidence)
    half = model.predict(some(made.evidence, made.evidence.time < 8))
    assert half == pytest.approx(whole[made.evidence.time < 8], abs=1e-12)
    assert ((whole > 0) & (whole < 1)).all()


def test_prediction_keeps_the_order_of_interleaved_learners(made, model) -> None:
    order = np.argsort(made.evidence.time, kind="stable")
    assert model.predict(some(made.evidence, order)) == pytest.approx(model.predict(made.evidence)[order])


def test_compiled_filter_equals_the_written_one() -> None:
    rng = np.random.default_rng(0)
    rows = (
        np.arange(60.0),
        rng.integers(0, 3, 60), rng.uniform(1, 5, 60), rng.uniform(1, 5, 60), rng.integers(0, 5, 60),
        rng.integers(0, 2, 60).astype(float), rng.normal(0, 1, 60),
    )  # fmt: skip
    moves, upheaval = Volatility(0.01, 0.05, 4.0), Upheaval("place", 20, 0.5)
    states = [filtering.State([0, 1, 2], np.zeros(20), np.eye(20), moves, upheaval) for _ in range(2)]
    chances = [
        state.advance(*rows, compiled=compiled) for state, compiled in zip(states, (False, True), strict=True)
    ]
    assert chances[0] == pytest.approx(chances[1], abs=1e-12)
    assert states[0].covariance == pytest.approx(states[1].covariance, abs=1e-12)


@pytest.mark.parametrize(
    ("shock", "shock_at", "least"), [(0.0, 0.7, 0.86), (1.5, 0.7, 0.8), (-2.0, 0.8, 0.8), (2.0, 0.8, 0.8)]
)
def test_intervals_cover(shock: float, shock_at: float, least: float) -> None:
    hits = []
    for seed in range(6):
        made = simulate.course(seed, 12, 20, 1, simulate.Truth(shock=shock, shock_at=shock_at))
        model = growth.fit(made.evidence)
        for learner in range(12):
            _, low, high = model.independence(learner, 0)
            hits.append(low <= made.p_alone[learner, 0] <= high)
    assert np.mean(hits) >= least


def test_a_jump_widens_the_interval() -> None:
    def width(outcomes: list[int]) -> float:
        n = len(outcomes)
        rows = growth.Evidence(
            learner=[1] * n, competency=[1] * n, time=range(n), difficulty=[3] * n, novelty=[3] * n,
            level=[0] * n, success=outcomes,
        )  # fmt: skip
        _, low, high = growth.fit(rows).independence(1, 1)
        return high - low

    assert width([1] * 14 + [0, 0, 0]) > 1.5 * width([1] * 17)


def struck(shock: float, clock: str) -> Upheaval:
    """Return the likeliest upheaval of a programme of 30 that had one after 16 of 20 situations, or none.

    Who begins at different times tells the calendar from the place in the course.
    """
    made = simulate.course(2, 30, 20, 1, simulate.Truth(shock=shock, shock_at=0.8)).evidence
    if clock == "time":
        made = made.picked(made.time >= made.learner % 6)
    apart = made.learner * 100 if clock == "place" else 0
    names = ("learner", "competency", "difficulty", "novelty", "level", "success")
    columns = {name: getattr(made, name) for name in names}
    found = growth.fit(growth.Evidence(time=made.time + apart, **columns)).population.struck
    assert found is not None
    assert found.upheaval is not None
    assert found.mean[UPHEAVAL] * shock >= 0
    return found.upheaval


@pytest.mark.parametrize("clock", ["time", "place"])
def test_an_upheaval_is_told_from_its_learners_together_and_not_where_nothing_happened(clock: str) -> None:
    found = struck(-2.5, clock)
    assert found.chance > 0.9
    assert found.clock == clock
    assert found.at == pytest.approx(16, abs=1)
    assert struck(0.0, clock).chance < 0.5


def test_who_comes_after_a_cohort_is_not_taken_for_as_far_as_its_last_days() -> None:
    made = simulate.course(5, 30, 30, 1, simulate.Truth(shock=2.5, shock_at=0.5)).evidence
    later = growth.fit(made)
    early = growth.fit(made.picked(made.time < 15))
    assert later.independence(999, 0).p == pytest.approx(early.independence(999, 0).p, abs=0.12)


def test_an_upheaval_parts_the_situations_before_it_from_those_after() -> None:
    state = filtering.State([0], np.zeros(16), np.eye(16), Volatility(0.01, 0.1, 5.0), Upheaval("time", 3.0))
    for time, since in ((1.0, 0), (2.9, 0), (3.0, 1), (4.0, 1)):
        one, zero = np.ones(1), np.zeros(1, dtype=np.int64)
        state.advance(np.array([time]), zero, 3 * one, 3 * one, zero, one, 0 * one)
        assert state.direction(0, 3, 3)[UPHEAVAL] == since


def test_learners_who_jump_are_told_from_learners_who_do_not() -> None:
    still, lively = (
        growth.fit(simulate.course(2, 40, 20, 1, truth).evidence).population.volatility
        for truth in (LOT, replace(LOT, drift=0.14, jump=2.2, jump_chance=0.12))
    )
    assert still.jump_chance < 0.03 < 0.06 < lively.jump_chance


def test_help_that_only_follows_failure_is_no_help_in_the_moment() -> None:
    rng = np.random.default_rng(0)
    n = 600
    success = rng.integers(0, 2, n)
    rows = growth.Evidence(
        learner=np.repeat(np.arange(30), 20), competency=[0] * n, time=np.tile(np.arange(20), 30),
        difficulty=[3] * n, novelty=[3] * n, level=np.where(success, 0, 3), success=success,
    )  # fmt: skip
    model = growth.fit(rows)
    assert model.population.held == (3,)
    p = model.predict(rows)
    assert p[success == 1].mean() - p[success == 0].mean() < 0.1


class TestOddInput:
    @pytest.mark.parametrize("y", [0, 1])
    def test_only_one_outcome(self, y: int) -> None:
        made = simulate.course(0, 6, 10, 1, LOT).evidence
        rows = growth.Evidence(
            learner=made.learner, competency=made.competency, time=made.time, difficulty=made.difficulty,
            novelty=made.novelty, level=made.level, success=np.full(60, y),
        )  # fmt: skip
        p, low, high = growth.fit(rows).independence(0, 0)
        assert 0 < low <= p <= high < 1
        assert (p > 0.5) == bool(y)

    def test_no_unguided_situation_leaves_the_interval_wide(self) -> None:
        made = simulate.course(0, 6, 10, 1, LOT).evidence
        rows = growth.Evidence(
            learner=made.learner, competency=made.competency, time=made.time, difficulty=made.difficulty,
            novelty=made.novelty, level=np.full(60, 4), success=np.ones(60),
        )  # fmt: skip
        _, low, high = growth.fit(rows).independence(0, 0)
        assert high - low > 0.5

    @pytest.mark.parametrize("n_others", [0, 1])
    def test_very_many_situations_of_one_learner(self, n_others: int) -> None:
        n = 60_000
        rng = np.random.default_rng(0)
        rows = growth.Evidence(
            learner=np.repeat([0, 1], [n, 5 * n_others]), competency=[0] * (n + 5 * n_others),
            time=np.concatenate([np.arange(n), np.arange(5 * n_others)]), difficulty=[4] * (n + 5 * n_others),
            novelty=[5] * (n + 5 * n_others), level=[0] * (n + 5 * n_others),
            success=rng.integers(0, 2, n + 5 * n_others),
        )  # fmt: skip
        p, low, high = growth.fit(rows).independence(0, 0)
        assert 0 < low <= p <= high < 1
        assert low < 0.5 < high

    def test_one_competency_of_one_learner_in_one_situation(self) -> None:
        rows = growth.Evidence(
            learner=[3], competency=[7], time=[0.0], difficulty=[4], novelty=[5], level=[0], success=[1]
        )
        _, low, high = growth.fit(rows).independence(3, 7)
        assert high - low > 0.5

    def test_strangers_get_what_the_population_gets(self, model) -> None:
        assert model.independence(999, 0).p == pytest.approx(model.independence(998, 0).p)
        assert model.independence(0, 999).high - model.independence(0, 999).low > 0.3

    def test_pasted_copies_are_refused(self) -> None:
        made = simulate.course(0, 3, 10, 1, LOT).evidence
        with pytest.raises(BadInput, match="Row 1 repeats row 0 exactly, as do 29 others"):
            growth.fit(some(made, np.repeat(np.arange(30), 2)))

    def test_time_running_backwards_is_refused_online_too(self) -> None:
        model = growth.fit(simulate.course(0, 1, 5, 1, LOT).evidence)
        with pytest.raises(BadInput, match="older than the row before"):
            model.update(0, 0, 1.0, 3, 3, 0, 1)

    def test_more_competencies_than_fit_are_refused(self) -> None:
        n = 1001
        rows = growth.Evidence(
            learner=[1] * n, competency=range(n), time=range(n), difficulty=[3] * n, novelty=[3] * n,
            level=[0] * n, success=[1] * n,
        )  # fmt: skip
        with pytest.raises(BadInput, match="at most 1000 can be told apart"):
            growth.fit(rows)
