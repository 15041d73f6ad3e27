"""The experiment with agents, whole: 100 seeds on two cores; the goal is half an hour.

Measured: 28 minutes of processor time, on cores that did much else (so some 14 minutes on two free ones).

    python benchmarks/lab_agents.py [FOLDER]

writes lab-agents.md and its pictures to FOLDER (here by default) and says how long it took.
"""

from __future__ import annotations

import sys
import time

from telemachy.interfaces.cli import main

FIRST, SEEDS, PROCESSES = 5001, 100, 2


if __name__ == "__main__":
    folder = sys.argv[1] if len(sys.argv) > 1 else "."
    start = time.monotonic()
    seeds = ["--seed", str(FIRST), "--seeds", str(SEEDS)]
    code = main.main(["lab", "agents", *seeds, "--processes", str(PROCESSES), "--out", folder])
    print(f"{SEEDS} seeds in {(time.monotonic() - start) / 60:.0f} minutes")
    sys.exit(code)
