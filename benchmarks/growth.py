"""The growth engine beside its peers, its intervals, its claims and its fading, in one run.

    python benchmarks/growth.py [all TABLE.csv | predict TABLE.csv | coverage | attribution | fading
                                 | slopes | scale] [RUNS]

TABLE.csv has the columns learner, kc, item, t, y, lvl and part (train or dev): attempts of learners at tasks,
`lvl` the help that followed a failed attempt. Peers learn on the same training learners and predict the same
others. PFA and Elo are written out below. pyBKT 1.4 needs an environment of its own, since it works with
numpy below 2.3 and scikit-learn below 1.6 only: pip install pyBKT 'numpy<2.3' 'scikit-learn<1.6' numba.
CPU seconds.
"""

from __future__ import annotations

import csv
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from telemachy.core import growth
from telemachy.core.growth import filtering, simulate, worlds
from telemachy.core.growth.model import learned
from telemachy.core.growth.priors import GROWTH
from telemachy.core.lab.growth import programmes

Floats = np.ndarray
#: Of the programmes that try the intervals; others served in every choice.
SEED = 80_000


def main(arguments: list[str]) -> None:
    """Print the tables asked for."""
    what = arguments[0] if arguments else "all"
    runs = int(arguments[-1]) if arguments and arguments[-1].isdigit() else 20
    tables = [path for path in arguments[1:] if path.endswith(".csv")]
    if what in ("predict", "all") and tables:
        predict(tables[0])
    if what in ("coverage", "all"):
        coverage(runs)
    if what in ("attribution", "all"):
        attribution(runs)
    if what in ("fading", "all"):
        fading(runs)
    if what in ("slopes", "all"):
        slopes(runs)
    if what in ("scale", "all"):
        scale()


# --- prediction ---------------------------------------------------------------------------------


def predict(path: str) -> None:
    """Print AUC, log loss, calibration error and CPU seconds on learners never seen."""
    table = _columns(path)
    train, dev = (_part(table, name) for name in ("train", "dev"))
    y = dev["y"]
    print(
        f"{len(np.unique(train['learner']))} learners to learn from, {len(np.unique(dev['learner']))} others"
    )
    print(f"{'':<38}{'AUC':>7}{'log loss':>10}{'ECE':>7}{'fit s':>8}{'predict s':>11}")
    for name, run in {
        "pyBKT standard": lambda: _pybkt(train, dev),
        "Elo (competency)": lambda: _elo(train, dev, item=False),
        "Elo (item)": lambda: _elo(train, dev, item=True),
        "PFA log": lambda: _pfa(train, dev, item=False, guided=False),
        "PFA log + guided slope": lambda: _pfa(train, dev, item=False, guided=True),
        "ours, told of no order": lambda: _ours(train, dev, item=False, fit=learned),
        "PFA log + item": lambda: _pfa(train, dev, item=True, guided=False),
        "PFA log + item + guided slope": lambda: _pfa(train, dev, item=True, guided=True),
        "ours with item": lambda: _ours(train, dev, item=True),
        "Elo (place in the course)": lambda: _elo(*_in_order(train, dev), item=True),
        "PFA log + place + guided slope": lambda: _pfa(*_in_order(train, dev), item=True, guided=True),
        "ours, which finds the order": lambda: _ours(train, dev, item=False),
    }.items():
        try:
            p, fit_seconds, seconds = run()
        except ImportError:
            print(f"{name:<38} not installed")
            continue
        measures = f"{_auc(y, p):>7.4f}{_log_loss(y, p):>10.4f}{_ece(y, p):>7.3f}"
        print(f"{name:<38}{measures}{fit_seconds:>8.1f}{seconds:>11.1f}", flush=True)


def _columns(path: str) -> dict[str, np.ndarray]:
    with open(path, newline="") as stream:
        rows = list(csv.DictReader(stream))
    numbers = {name: np.array([float(row[name]) for row in rows]) for name in rows[0] if name != "part"}
    return {**numbers, "part": np.array([row["part"] for row in rows])}


def _part(table: dict[str, np.ndarray], name: str) -> dict[str, np.ndarray]:
    return {column: values[table["part"] == name] for column, values in table.items()}


def _ours(train: dict, dev: dict, item: bool, fit: Callable = growth.fit) -> tuple[Floats, float, float]:
    start = time.process_time()
    model = fit(_evidence(train, item))
    fitted = time.process_time()
    p = model.predict(_evidence(dev, item))
    return p, fitted - start, time.process_time() - fitted


def _evidence(table: dict, item: bool) -> growth.Evidence:
    n = len(table["y"])
    return growth.Evidence(
        learner=table["learner"], competency=table["kc"], time=table["t"], difficulty=np.full(n, 3),
        novelty=np.full(n, 3), level=table["lvl"], success=table["y"], item=table["item"] if item else None,
    )  # fmt: skip


def _in_order(*tables: dict) -> list[dict]:
    """Return the tables with the place in the course for an item: nobody needs to name the tasks."""
    return [{**table, "item": _evidence(table, False).in_order().item} for table in tables]


def _pfa(train: dict, dev: dict, item: bool, guided: bool) -> tuple[Floats, float, float]:
    """Performance factors (Pavlik, Cen & Koedinger 2009) on log counts, ridge-penalised."""
    start = time.process_time()
    kcs, items = np.unique(train["kc"]), np.unique(train["item"])
    x = _pfa_features(train, kcs, items, item, guided)
    beta, penalty = np.zeros(x.shape[1]), np.full(x.shape[1], 0.1)
    if item:
        penalty[-len(items) :] = 1.5
    for _ in range(12):
        p = _logistic(x @ beta)
        curvature = x.T @ (x * (p * (1 - p))[:, None]) + np.diag(penalty)
        beta += np.linalg.solve(curvature, x.T @ (train["y"] - p) - penalty * beta)
    fitted = time.process_time()
    p = _logistic(_pfa_features(dev, kcs, items, item, guided) @ beta)
    return p, fitted - start, time.process_time() - fitted


def _pfa_features(table: dict, kcs: Floats, items: Floats, item: bool, guided: bool) -> Floats:
    n, k = len(table["y"]), len(kcs)
    x = np.zeros((n, k * (4 if guided else 3)))
    counts: dict[tuple[float, float], list[int]] = {}
    for r in range(n):
        done = counts.setdefault((table["learner"][r], table["kc"][r]), [0, 0, 0])
        place = np.searchsorted(kcs, table["kc"][r])
        if place < k and kcs[place] == table["kc"][r]:
            x[r, place] = 1
            for which in range(3 if guided else 2):
                x[r, (which + 1) * k + place] = np.log1p(done[which])
        done[0 if table["y"][r] else 1] += 1
        done[2] += table["lvl"][r] > 0
    if not item:
        return x
    return np.hstack([x, (table["item"][:, None] == items[None, :]).astype(float)])


def _elo(train: dict, dev: dict, item: bool) -> tuple[Floats, float, float]:
    """Elo (Pelanek 2016): ability for each learner and competency, difficulty of each item or competency."""
    start = time.process_time()
    hard: dict[float, float] = {}
    n_seen: dict[float, int] = {}
    _elo_pass(train, item, hard, n_seen, learn=True)
    fitted = time.process_time()
    p = _elo_pass(dev, item, hard, n_seen, learn=False)
    return p, fitted - start, time.process_time() - fitted


def _elo_pass(table: dict, item: bool, hard: dict, n_seen: dict, learn: bool) -> Floats:
    able: dict[float, float] = {}
    local: dict[tuple[float, float], float] = {}
    n_able: dict[float, int] = {}
    chances = np.zeros(len(table["y"]))
    for r, (learner, kc, y) in enumerate(zip(table["learner"], table["kc"], table["y"], strict=True)):
        task = table["item"][r] if item else kc
        p = _logistic(able.get(learner, 0.0) + local.get((learner, kc), 0.0) - hard.get(task, 0.0))
        chances[r] = p
        step = 1.0 / (1 + 0.1 * n_able.get(learner, 0))
        able[learner] = able.get(learner, 0.0) + step * (y - p)
        local[learner, kc] = local.get((learner, kc), 0.0) + 0.4 * (y - p)
        n_able[learner] = n_able.get(learner, 0) + 1
        if learn:
            hard[task] = hard.get(task, 0.0) - (y - p) / (1 + 0.05 * n_seen.get(task, 0))
            n_seen[task] = n_seen.get(task, 0) + 1
    return chances


def _pybkt(train: dict, dev: dict) -> tuple[Floats, float, float]:
    import pandas
    from pyBKT.models import Model

    def frame(table: dict) -> pandas.DataFrame:
        return pandas.DataFrame(
            {"user_id": table["learner"].astype(int), "skill_name": table["kc"].astype(int).astype(str),
             "correct": table["y"].astype(int), "order_id": np.arange(len(table["y"]))}
        )  # fmt: skip

    start = time.process_time()
    model = Model(seed=1, num_fits=5, parallel=False)
    model.fit(data=frame(train))
    fitted = time.process_time()
    found = model.predict(data=frame(dev)).sort_values("order_id")
    return found["correct_predictions"].to_numpy(), fitted - start, time.process_time() - fitted


def _logistic(x: Floats | float) -> Floats | float:
    return 1 / (1 + np.exp(-x))


def _auc(y: Floats, p: Floats) -> float:
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n = y.sum()
    return float((rank[y == 1].sum() - n * (n + 1) / 2) / (n * (len(y) - n)))


def _log_loss(y: Floats, p: Floats) -> float:
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def _ece(y: Floats, p: Floats) -> float:
    band = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs((y - p)[band == b].sum()) for b in range(10)) / len(y))


# --- intervals ----------------------------------------------------------------------------------


SIZES = ((5, 10), (12, 20), (30, 30), (30, 5))
#: Nothing happens to a learner but growth.
STILL = {"drift": 0.0, "jump": 0.0, "struck_apart": 0.0, "shock": 0.0}
HELPING: tuple[simulate.Helping, ...] = ("fading", "lot", "need")
CHANGES: dict[str, dict[str, float]] = {
    "setback -1.5 after 70 %": {"shock": -1.5},
    "jump +1.5 after 70 %": {"shock": 1.5},
    "setback -2 after 80 %": {"shock": -2, "shock_at": 0.8},
    "jump +2 after 80 %": {"shock": 2, "shock_at": 0.8},
    "setback -2, everybody's own time": {"shock": -2, "shock_at": 0.65, "shock_apart": 0.25},
    "jump +2, everybody's own time": {"shock": 2, "shock_at": 0.65, "shock_apart": 0.25},
}


def coverage(runs: int) -> None:
    """Print the share of true chances alone inside the 90 % interval, over drawn programmes.

    Well-specified are programmes drawn from the priors whole. Then the same in which nothing moves, or one
    thing did. With 200 programmes a cell the standard error is about .01.
    """
    # The compiled filter, which a test holds equal to the other, from the first row on.
    filtering.COMPILE_FROM = 1
    print(f"\n{'coverage of the 90 % interval':<52}" + "".join(f"{f'{n} x {t}':>15}" for n, t in SIZES))
    for helping in HELPING:
        _covered(f"drawn from the priors, help: {helping}", {"helping": helping}, runs)
    for helping in HELPING:
        _covered(f"the same, nothing moves, help: {helping}", {**STILL, "helping": helping}, runs)
    for name, change in CHANGES.items():
        _covered(f"the same, {name}", {**STILL, **change}, runs)


def _covered(name: str, given: dict, runs: int) -> None:
    """Print the share covered, with its standard error over programmes, for each size."""
    cells = ""
    for n_learners, n_situations in SIZES:
        shares = []
        for run in range(runs):
            truth = replace(simulate.drawn(np.random.default_rng([SEED, run])), **given)
            made = simulate.course(SEED + run, n_learners, n_situations, 1, truth)
            model = growth.fit(made.evidence)
            told = [model.independence(learner, 0) for learner in range(min(n_learners, 10))]
            inside = [one.low <= p <= one.high for one, p in zip(told, made.p_alone[:, 0], strict=False)]
            shares.append(np.mean(inside))
        error = np.std(shares) / np.sqrt(runs)
        cells += f"{f'{np.mean(shares):.3f} +-{error:.3f}':>15}"
    print(f"{name:<52}{cells}", flush=True)


# --- attribution --------------------------------------------------------------------------------


def attribution(runs: int) -> None:
    """Print how often each design claims an effect, in worlds with and without one."""
    print(f"\n{'attribution':<42}{'claims':>8}{'unclear':>9}{'refused':>9}")
    nulls = {
        "no effect": {}, "accelerating growth": {"accelerating": 2.0}, "drift": {"drift": 0.15},
        "harder over time": {"harder": 2.0}, "raters more lenient": {"lenient": 1.5}, "jumps": {"jump": 2.0},
    }  # fmt: skip
    # By lot even 4,000 situations show only effects near the largest possible: here the test itself is tried.
    for design, n_learners, n_situations, n_competencies, effect, smallest in (
        ("staggered", 20, 60, 4, 2.5, 0.2),
        ("randomised", 100, 40, 1, 1.5, 0.45),
    ):
        for name, world in {**nulls, f"effect {effect} on practice": {"effect": effect}}.items():
            verdicts = [
                growth.attribute(
                    simulate.programme_of(design, seed, n_learners, n_situations, n_competencies, **world),
                    design,
                    smallest_effect=smallest,
                ).verdict
                for seed in range(runs)
            ]
            _claims(f"{design}, {name}", verdicts)
    for design in ("randomised", "observational"):
        made = [simulate.programme_of("need", seed, 20, 40, 1, effect=0.0) for seed in range(runs)]
        _claims(f"{design}, but help by need", [growth.attribute(one, design).verdict for one in made])


def _claims(name: str, verdicts: list[growth.Verdict]) -> None:
    share = {verdict: verdicts.count(verdict) / len(verdicts) for verdict in growth.Verdict}
    unclear = share[growth.Verdict.UNCLEAR] + share[growth.Verdict.ASSOCIATION]
    print(
        f"{name:<42}{share[growth.Verdict.CLAIM]:>8.2f}{unclear:>9.2f}{share[growth.Verdict.REFUSAL]:>9.2f}"
    )


# --- fading -------------------------------------------------------------------------------------


def fading(runs: int) -> None:
    """Print situations to independence and over-help of our policy beside fixed ones, in six worlds."""
    print("\nsituations to independence / over-help; false declarations of independence")
    policies: dict[str, worlds.Policy] = {f"level {level}": worlds.fixed(level) for level in range(5)}
    policies |= {"steps of 5": worlds.schedule(5), "ours": worlds.ours}
    print(f"{'':<12}" + "".join(f"{name:>13}" for name in policies) + f"{'ours false':>12}")
    for world in [*worlds.WORLDS, *worlds.HELD_OUT]:
        found = {name: worlds.run(world, policy, n_learners=2 * runs) for name, policy in policies.items()}
        cells = "".join(f"{o.situations:>7.1f} /{100 * o.over_help:>3.0f} %" for o in found.values())
        print(f"{world:<12}{cells}{100 * found['ours'].false_independence:>10.0f} %")


def slopes(runs: int) -> None:
    """Print what a programme that fades by our policy seems to show about questions and practice alone."""
    print("\nslope of guided by questions less that of practice with a debrief, and its standard deviation")
    for world in worlds.WORLDS:
        lives = programmes.live(programmes.Programme(world=world), 5 * runs, 40, 1)
        population = growth.fit(programmes.evidence_of(lives)).population
        contrast = np.zeros(len(population.mean))
        contrast[[GROWTH + 2, GROWTH + 1]] = 1.0, -1.0
        sd = np.sqrt(contrast @ np.linalg.inv(population.precision) @ contrast)
        print(f"{world:<12}{contrast @ population.mean:>7.2f}{sd:>7.2f}", flush=True)


# --- scale --------------------------------------------------------------------------------------


def scale(n_learners: int = 200_000, n_situations: int = 50) -> None:
    """Fit ten million situations; update one learner."""
    evidence = simulate.course(0, n_learners, n_situations, 8, simulate.Truth(helping="lot")).evidence
    seconds, model = _timed(lambda: growth.fit(evidence))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\n{len(evidence):,} situations fitted in {seconds:.0f} CPU s, peak {peak:.1f} GB")
    competency = int(evidence.competency[0])
    model.independence(0, competency)
    updates = 200

    def update() -> None:
        for step in range(updates):
            model.update(0, competency, n_situations + step, 3, 3, 0, 1)

    print(f"one update: {1000 * _timed(update)[0] / updates:.2f} ms")


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


if __name__ == "__main__":
    main(sys.argv[1:])
