"""Our assignment beside the solvers people use today, on the same instances, each in a process of its own.

    python benchmarks/matching.py [--sizes 1000x400,10000x4000] [--kinds uniform,scarce] [--solvers ...]

Printed per instance and solver: CPU seconds (median), how many times those of our certified mode, peak memory
of the process (with the instance), learners matched, total score, proven gap. Loading and compiling are left
out of the times and printed apart. A peer that is not installed is named as such; `uv sync --group bench`
installs them. PyPI's `matching` and `mentor-match` import under one name, so not both can be installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

SIZES = ["100x50", "1000x400", "10000x4000", "100000x40000"]
KINDS = ["uniform", "top-k", "segmented", "clustered", "vertical", "balanced", "scarce", "surplus"]
#: Seats for each learner, where an instance is not about that; and the candidates of each learner.
SEATS_PER_LEARNER, N_CANDIDATES = 1.2, 32
STEPS = 10_000
Instance = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def instance(kind: str, n: int, m: int, seed: int = 1) -> Instance:
    """Return the CSR arrays and capacities of a random instance, at most 32 candidates a learner."""
    rng = np.random.default_rng(seed)
    k, groups = min(N_CANDIDATES, m), max(1, m // 400)
    if kind == "segmented":
        mentor = _rows(rng, n, m // groups, k) + (rng.integers(0, groups, n) * (m // groups))[:, None]
    else:
        mentor = _rows(rng, n, m, k)
    score = rng.random(mentor.shape, dtype=np.float32)
    if kind == "top-k":
        # The best of a few hundred others, as a search for candidates leaves them.
        score = 1 - score.cumsum(axis=1) / 400
    elif kind == "clustered":
        learner_at, mentor_at = rng.normal(size=(n, 6)).round(), rng.normal(size=(m, 6))
        away = sum((learner_at[:, [d]] - mentor_at[:, d][mentor]) ** 2 for d in range(6))
        score = np.exp(-away / 12)
    elif kind == "vertical":
        score = 0.3 * rng.random((n, 1)) + 0.6 * rng.random(m)[mentor] + 0.1 * score
    ratio = {"balanced": 1.0, "scarce": 0.5, "surplus": 3.0}.get(kind, SEATS_PER_LEARNER)
    capacity = 1 + np.bincount(rng.integers(0, m, max(0, round(n * ratio) - m)), minlength=m)
    indptr = np.arange(n + 1, dtype=np.int64) * k
    return (
        indptr,
        mentor.ravel().astype(np.int32),
        score.ravel().astype(np.float32),
        capacity.astype(np.int32),
    )


def _rows(rng: np.random.Generator, n: int, m: int, k: int) -> np.ndarray:
    """Return k different mentors of m for each of n learners."""
    if m < 4 * k:
        return np.argsort(rng.random((n, m)), axis=1)[:, :k]
    rows = rng.integers(0, m, (n, k), dtype=np.int32)
    while True:
        twice = np.flatnonzero((np.diff(np.sort(rows, axis=1)) == 0).any(axis=1))
        if not len(twice):
            return rows
        rows[twice] = rng.integers(0, m, (len(twice), k), dtype=np.int32)


def ours(pool: Instance, exact: bool) -> tuple[np.ndarray, float]:
    """`matching.assign`; returns mentors and gap, as every solver here does (no gap: nan)."""
    from telemachy.core import matching

    result = matching.assign(*pool, exact=exact)
    return result.mentor, result.gap


def ortools_flow(pool: Instance) -> tuple[np.ndarray, float]:
    """OR-Tools' min-cost flow (cost scaling); a costly arc past everybody makes it match the most."""
    from ortools.graph.python import min_cost_flow

    indptr, mentor, score, capacity = pool
    n, m = len(indptr) - 1, len(capacity)
    learner, source, sink = np.repeat(np.arange(n), np.diff(indptr)), n + m, n + m + 1
    steps = np.rint(score.astype(np.float64) * STEPS).astype(np.int64)
    tail = np.concatenate([learner, n + np.arange(m), np.full(n, source), [source]]).astype(np.int32)
    head = np.concatenate([n + mentor, np.full(m, sink), np.arange(n), [sink]]).astype(np.int32)
    room = np.concatenate([np.ones(len(mentor), dtype=np.int64), capacity, np.ones(n, dtype=np.int64), [n]])
    cost = np.concatenate([STEPS - steps, np.zeros(m + n, dtype=np.int64), [2 * STEPS * (n + 1)]])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    flow.set_nodes_supplies(np.array([source, sink], dtype=np.int32), np.array([n, -n], dtype=np.int64))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("OR-Tools found no optimum")
    used = flow.flows(arcs[: len(mentor)]) > 0
    chosen = np.full(n, -1)
    chosen[learner[used]] = mentor[used]
    return chosen, 0.0


def _table(pool: Instance) -> tuple[np.ndarray, np.ndarray]:
    """Return the worth of every learner and seat, 0 where they are no candidates, and each seat's mentor."""
    indptr, mentor, score, capacity = pool
    n = len(indptr) - 1
    table = np.zeros((n, len(capacity)))
    table[np.repeat(np.arange(n), np.diff(indptr)), mentor] = np.rint(score * STEPS) + 2 * STEPS * (n + 1)
    seats = np.repeat(np.arange(len(capacity)), capacity)
    return table[:, seats], seats


def _from_table(table: np.ndarray, seats: np.ndarray, row: np.ndarray, seat: np.ndarray) -> np.ndarray:
    chosen = np.full(len(table), -1)
    real = table[row, seat] > 0
    chosen[row[real]] = seats[seat[real]]
    return chosen


def scipy_dense(pool: Instance) -> tuple[np.ndarray, float]:
    """scipy's linear_sum_assignment on a table with a column per seat."""
    from scipy.optimize import linear_sum_assignment

    table, seats = _table(pool)
    return _from_table(table, seats, *linear_sum_assignment(table, maximize=True)), 0.0


def scipy_sparse(pool: Instance) -> tuple[np.ndarray, float]:
    """scipy's min_weight_full_bipartite_matching, with a column per learner that means "unmatched"."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    indptr, mentor, score, capacity = pool
    n, first = len(indptr) - 1, np.concatenate([[0], np.cumsum(capacity)])
    copies = capacity[mentor]
    pair = np.repeat(np.arange(len(mentor)), copies)
    copy = np.arange(len(pair)) - np.repeat(np.cumsum(copies) - copies, copies)
    learner = np.repeat(np.arange(n), np.diff(indptr))
    cost = np.concatenate([1 + STEPS - np.rint(score * STEPS)[pair], np.full(n, 2.0 * STEPS * (n + 1))])
    row = np.concatenate([learner[pair], np.arange(n)])
    column = np.concatenate([first[mentor[pair]] + copy, first[-1] + np.arange(n)])
    row, column = min_weight_full_bipartite_matching(
        csr_array((cost, (row, column)), shape=(n, first[-1] + n))
    )
    chosen = np.full(n, -1)
    real = column < first[-1]
    chosen[row[real]] = np.repeat(np.arange(len(capacity)), capacity)[column[real]]
    return chosen, 0.0


def lapx(pool: Instance) -> tuple[np.ndarray, float]:
    """lapx's Jonker-Volgenant on the table."""
    import lap

    table, seats = _table(pool)
    _, seat_of, _ = lap.lapjv(-table, extend_cost=True)
    row = np.flatnonzero(seat_of >= 0)
    return _from_table(table, seats, row, seat_of[row]), 0.0


def greedy(pool: Instance) -> tuple[np.ndarray, float]:
    """Take the best pair left until nobody is left."""
    indptr, mentor, score, capacity = pool
    learner, left = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr)).tolist(), capacity.tolist()
    chosen, mentors = [-1] * (len(indptr) - 1), mentor.tolist()
    for pair in np.argsort(-score, kind="stable").tolist():
        i, j = learner[pair], mentors[pair]
        if chosen[i] < 0 and left[j]:
            chosen[i], left[j] = j, left[j] - 1
    return np.array(chosen), float("nan")


#: Name, what to run, the module it needs, and the largest number of learners it can be asked for.
SOLVERS: dict[str, tuple[Callable[[Instance], tuple[np.ndarray, float]], str, int]] = {
    "certified": (lambda pool: ours(pool, False), "telemachy", 10**9),
    "exact": (lambda pool: ours(pool, True), "telemachy", 10**9),
    "ortools": (ortools_flow, "ortools", 10**9),
    "scipy-dense": (scipy_dense, "scipy", 10_000),
    "scipy-sparse": (scipy_sparse, "scipy", 100_000),
    "lapx": (lapx, "lap", 10_000),
    "greedy": (greedy, "numpy", 10**9),
}


def child(solver: str, kind: str, n: int, m: int, repeat: int) -> dict[str, float]:
    """Run one solver on one instance and say what it took."""
    solve, taken, pool = SOLVERS[solver][0], [], instance(kind, n, m)
    start = time.process_time()
    for small in (instance("uniform", 60, 30), instance("scarce", 3_000, 1_000)):
        solve(small)
    compiled = time.process_time() - start
    for _ in range(repeat):
        start = time.process_time()
        chosen, gap = solve(pool)
        taken.append(time.process_time() - start)
    _, mentor, score, capacity = pool
    matched = np.flatnonzero(chosen >= 0)
    if (np.bincount(chosen[matched], minlength=m) > capacity).any():
        raise RuntimeError(f"{solver} overfills a mentor")
    rows = mentor.reshape(n, -1) == chosen[:, None]
    return {
        "cpu": statistics.median(taken),
        "compiled": compiled,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "matched": len(matched),
        "total": float((np.rint(score.reshape(n, -1).astype(np.float64) * STEPS) * rows).sum()) / STEPS,
        "gap": gap,
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default=",".join(SIZES), help="1000000x250000 takes minutes and 4 GB")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        solver, kind, n, m = options.child
        print(json.dumps(child(solver, kind, int(n), int(m), options.repeat)))
        return
    print(
        f"{'pool':>18} {'kind':<10} {'solver':<13} {'CPU s':>9} {'certified x':>11} {'peak GB':>8} "
        f"{'matched':>8} {'total':>12} {'gap':>8} {'start s':>9}"
    )
    for size in options.sizes.split(","):
        n, m = map(int, size.split("x"))
        for kind in options.kinds.split(","):
            certified = float("nan")
            for name in options.solvers.split(","):
                line = f"{f'{n:,} x {m:,}':>18} {kind:<10} {name:<13} "
                _, module, most = SOLVERS[name]
                if importlib.util.find_spec(module) is None:
                    print(line + "not installed")
                    continue
                if n > most:
                    print(line + "too large for it")
                    continue
                run = [sys.executable, __file__, "--repeat", str(options.repeat)]
                run += ["--child", name, kind, str(n), str(m)]
                done = subprocess.run(run, capture_output=True, text=True)
                if done.returncode:
                    print(line + "failed: " + (done.stderr.strip().splitlines() or ["killed"])[-1][:80])
                    continue
                found = json.loads(done.stdout.splitlines()[-1])
                certified = found["cpu"] if name == "certified" else certified
                print(
                    f"{line}{found['cpu']:9.4f} {found['cpu'] / certified:11.1f} {found['peak']:8.2f} "
                    f"{found['matched']:8} {found['total']:12.4f} {found['gap']:8.4%} "
                    f"{found['compiled']:8.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
