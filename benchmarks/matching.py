"""Our assignment beside the solvers people use today, on the same instances, each in a process of its own.

    python benchmarks/matching.py [--sizes 1000x400,10000x4000] [--kinds uniform,scarce] [--solvers ...]

Printed per instance and solver: CPU seconds (median of `--repeat` runs, fewer of what takes long), how many
times those of our certified and of our exact answer that is, peak memory of the process (with the instance),
learners matched, total score, proven gap. Loading and compiling are left out of the times and printed apart.

A peer that is not installed is named as such. `uv sync --group bench` installs OR-Tools and lapx. PyPI's
`mentor-match` and `matching` import under one name, so each needs an environment of its own:

    uv venv PLACE && uv pip install --python PLACE numpy mentor-match
    python benchmarks/matching.py --peer mentor-match=PLACE/bin/python ...
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from matching_peers import SOLVERS, STEPS, Instance

SIZES = ["100x50", "1000x400", "10000x4000", "100000x40000"]
KINDS = ["uniform", "top-k", "segmented", "clustered", "vertical", "balanced", "scarce", "surplus", "giant"]
#: Seats for each learner, where an instance is not about that; and the candidates of each learner.
SEATS_PER_LEARNER, N_CANDIDATES = 1.2, 32
#: A solver is not run again once it has taken so many CPU seconds.
LONG = 5.0
#: What a solver is run on before the clock, so that everything is loaded and compiled.
WARM_UP = [("uniform", 60, 30), ("scarce", 3_000, 1_000), ("balanced", 3_000, 1_000)]


def instance(kind: str, n: int, m: int, seed: int = 1) -> Instance:
    """Return a random instance, at most 32 candidates a learner, but for the kinds "dense" and "profiles"."""
    rng = np.random.default_rng(seed)
    if kind == "profiles":
        return from_profiles(n, m)
    k, groups = m if kind == "dense" else min(N_CANDIDATES, m), max(1, m // 400)
    if kind == "segmented":
        mentor = _rows(rng, n, m // groups, k) + (rng.integers(0, groups, n) * (m // groups))[:, None]
    elif kind == "giant":
        # The first mentor is on every list and has more than half of the seats, which are just enough.
        mentor = np.column_stack([np.zeros(n, dtype=np.int32), 1 + _rows(rng, n, m - 1, k - 1)])
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
    if kind == "giant":
        capacity = np.ones(m, dtype=np.int32)
        capacity[0] = n - m + 1
    indptr = np.arange(n + 1, dtype=np.int64) * k
    return Instance(
        indptr,
        mentor.ravel().astype(np.int32),
        score.ravel().astype(np.float32),
        capacity.astype(np.int32),
    )


def from_profiles(n: int, m: int) -> Instance:
    """Return the candidates that `matching.candidates` finds for the made-up people of `candidates.py`."""
    from candidates import MARCH, People

    from telemachy.core import matching

    problem = matching.Problem(tuple(People("learner", n)), tuple(People("mentor", m)), MARCH)
    found = matching.candidates(problem)
    return Instance(found.indptr, found.mentor, found.score, found.capacity)


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


def child(solver: str, place: Path, repeat: int) -> dict[str, float]:
    """Run one solver on the instance stored at `place` and say what it took."""
    solve, taken = SOLVERS[solver].solve, []
    start = time.process_time()
    for small in WARM_UP[: 3 if SOLVERS[solver].module in ("telemachy", "ortools", "scipy") else 1]:
        solve(instance(*small))
    started = time.process_time() - start
    with np.load(place) as stored:
        pool = Instance(**stored)
    while len(taken) < repeat and sum(taken) < LONG:
        start = time.process_time()
        chosen, gap = solve(pool)
        taken.append(time.process_time() - start)
    peak = peak_memory()
    matched = chosen >= 0
    if (np.bincount(chosen[matched], minlength=len(pool.capacity)) > pool.capacity).any():
        raise RuntimeError(f"{solver} overfills a mentor")
    at = pool.mentor == chosen[pool.learner()]
    if at.sum() != matched.sum():
        raise RuntimeError(f"{solver} pairs people who are no candidates")
    return {
        "cpu": statistics.median(taken),
        "started": started,
        "peak": peak,
        "matched": int(matched.sum()),
        "total": int(pool.steps()[at].sum()) / STEPS,
        "gap": gap,
    }


def peak_memory() -> float:
    """Return the most memory this process held, in GB; where Linux tells, without what its parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def measured(solver: str, python: str, place: Path, repeat: int) -> dict[str, float] | str:
    """Return what a solver took in a process of its own, or why there is nothing to tell."""
    if python == sys.executable and importlib.util.find_spec(SOLVERS[solver].module.split(".")[0]) is None:
        return "not installed"
    run = [python, __file__, "--repeat", str(repeat), "--child", solver, str(place)]
    done = subprocess.run(run, capture_output=True, text=True)
    if done.returncode:
        return "failed: " + (done.stderr.strip().splitlines() or ["killed"])[-1][:70]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default=",".join(SIZES), help="1000000x250000 takes minutes and 4 GB")
    parser.add_argument("--kinds", default=",".join(KINDS), help="also: dense, profiles (slow to make)")
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer", action="append", default=[], help="SOLVER=PYTHON: run it with that Python")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.child[0], Path(options.child[1]), options.repeat)))
        return
    pythons = dict(peer.split("=", 1) for peer in options.peer)
    print(
        f"{'pool':>19} {'kind':<10} {'solver':<12} {'CPU s':>9} {'certified x':>11} {'exact x':>8} "
        f"{'peak GB':>8} {'matched':>8} {'total':>12} {'gap':>8} {'start s':>8}"
    )
    for size in options.sizes.split(","):
        n, m = map(int, size.split("x"))
        for kind in options.kinds.split(","):
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder) / "instance.npz"
                np.savez(place, **instance(kind, n, m)._asdict())
                show(options, pythons, kind, (n, m), place)


def show(
    options: argparse.Namespace, pythons: dict[str, str], kind: str, size: tuple[int, int], place: Path
) -> None:
    """Print what every solver takes on one instance, ours first."""
    ours: dict[str, float] = {}
    asked = options.solvers.split(",")
    for name in sorted(asked, key=lambda name: name not in ("certified", "exact")):
        line = f"{f'{size[0]:,} x {size[1]:,}':>19} {kind:<10} {name:<12} "
        found: dict[str, float] | str = "too large for it"
        if size[0] <= SOLVERS[name].most:
            found = measured(name, pythons.get(name, sys.executable), place, options.repeat)
        if isinstance(found, str):
            print(line + found, flush=True)
            continue
        ours[name] = found["cpu"]
        times = [found["cpu"] / ours.get(mode, float("nan")) for mode in ("certified", "exact")]
        print(
            f"{line}{found['cpu']:9.4f} {times[0]:11.1f} {times[1]:8.1f} {found['peak']:8.2f} "
            f"{found['matched']:8} {found['total']:12.4f} {found['gap']:8.4%} {found['started']:8.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
