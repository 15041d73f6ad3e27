"""`telemachy match`: pairs from spreadsheets, without a database."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from telemachy.core.matching import Plan, Problem, Solution

ALL_MATCHED, SOME_UNMATCHED, NOT_PROVEN = 0, 1, 3

_EPILOG = """\
Exit codes: 0 every learner is matched; 1 some are not (the result is printed all the same);
2 the input cannot be worked with (nothing is printed or written); 3 with --exact, the result is printed but
not proven to be the best; 130 interrupted. Progress goes to stderr where that is a terminal.

A policy is a TOML file:
  seed = 7
  [weights]                        # skills seniority function hours languages goals style preferences
  skills = 1.0
  [rules]
  outside_reporting_line = true
  shared_language = true
  min_overlap_hours = 2
  seniority = "any"                # or mentor_above, mentor_below (reverse mentoring)
  [wishes]
  fairness_loss = 0.02             # share of the total that may be given up for the weakest pairs
  spread = 0.05                    # score that a mentor's second learner must bring beyond a first one
  [groups]                         # instead of pairs: a mentor's group starts with enough learners, or not
  least = 3
  most = 6
  [peers]                          # instead of pairs: everybody with everybody, whatever the role
  circle = 2                       # 2 for pairs, 3 to 8 for circles in which each is helped by the next
  [[locked]]                       # and [[forbidden]]
  learner = "telemachus@ithaca.example"
  mentor = "athena@olympus.example"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "people",
        type=Path,
        metavar="PEOPLE",
        help="CSV or XLSX with a role column; learners only with --mentors",
    )
    parser.add_argument("--mentors", type=Path, metavar="FILE", help="CSV or XLSX of the mentors")
    parser.add_argument(
        "--policy",
        type=Path,
        metavar="FILE",
        help="TOML with weights, rules, wishes, locked and forbidden",
    )
    parser.add_argument("--seed", type=int, help="decides among equally good matchings (the policy's, or 0)")
    parser.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the week in which working hours of different time zones are compared (this week)",
    )
    parser.add_argument(
        "--exact",
        action="store_true",
        help="end with code 3 unless the result is proven to be the best of all; pools of up to 4 million "
        "learners x mentors always are, larger ones come within a gap that is printed",
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print everything as JSON")
    shape.add_argument("--csv", action="store_true", help="print one row per learner as CSV")
    shape.add_argument(
        "--explain", metavar="PERSON", help="print all about one person (e-mail, number or name)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write there instead of to the terminal")


def run(options: argparse.Namespace) -> int:
    """Match, write the result, and return 0 if every learner is matched, else 1; raise BadInput."""
    # The engine is loaded here so that `--help` answers at once.
    from telemachy.core import matching
    from telemachy.core.shared.scales import Seat
    from telemachy.interfaces.cli import people_files

    policy = people_files.read_policy(options.policy)
    if options.seed is not None:
        policy["seed"] = options.seed
    people = people_files.read_people(options.people, Seat.LEARNER if options.mentors else None)
    if options.mentors:
        people += people_files.read_people(options.mentors, Seat.MENTOR)
    problem = people_files.problem(people, policy, options.date or _today())
    person = people_files.AddressBook(people).find(options.explain) if options.explain else ""
    shape, sizes = people_files.shape(policy)
    circle_of: dict[str, int] = {}
    if shape == "peers":
        found, circle_of = matching.plan_peers(problem, **sizes)
    elif shape == "groups":
        found = matching.plan_groups(problem, **sizes)
    else:
        wishes, tell = people_files.wishes(policy), _progress("Matching")
        found = _explained(matching.solve(problem, wishes=wishes, progress=tell), person)
    _write(_rendered(options, problem, found, person, circle_of), options.out)
    if options.exact and not found.report.is_optimal:
        return NOT_PROVEN
    return ALL_MATCHED if found.report.n_matched == found.report.n_learners else SOME_UNMATCHED


def _explained(solution: Solution, person: str) -> Plan:
    """Explain everybody, or of a large pool only whom the question is about."""
    from telemachy.core import matching

    learners = None
    if person:
        keys = [mentor.key for mentor in solution.problem.mentors]
        pairs = zip(solution.problem.learners, solution.assignment.mentor.tolist(), strict=True)
        learners = [one.key for one, at in pairs if person == one.key or (at >= 0 and keys[at] == person)]
    n_learners = max(len(solution.problem.learners if learners is None else learners), 1)
    tell = _progress("Explaining")
    proposals, unmatched = [], []
    for n_done, told in enumerate(solution.explained(learners), 1):
        tell(n_done / n_learners)
        if isinstance(told, matching.Proposal):
            proposals.append(told)
        else:
            unmatched.append(told)
    return matching.Plan(tuple(proposals), tuple(unmatched), solution.seats(), solution.report)


def _progress(stage: str) -> Callable[[float], None]:
    """Return what shows a share of the work on the terminal, each whole per cent once."""
    if not sys.stderr.isatty():
        return lambda share: None
    shown = -1

    def tell(share: float) -> None:
        nonlocal shown
        if (percent := int(100 * share)) != shown:
            shown = percent
            end = "\n" if percent >= 100 else ""
            print(f"\r{stage} {percent:3d} %", end=end, file=sys.stderr, flush=True)

    return tell


def _today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251 - an interface reads the clock


def _rendered(
    options: argparse.Namespace, problem: Problem, found: Plan, person: str, circle_of: dict[str, int]
) -> bytes:
    from telemachy.core.roster import export
    from telemachy.interfaces.cli import match_text

    names = match_text.names_of(problem)
    if options.json:
        told = {**found.as_dict(), "names": names} | ({"circles": circle_of} if circle_of else {})
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    if options.csv:
        stream = io.BytesIO()
        export.write_csv(stream, match_text.CSV_HEADER, match_text.csv_rows(found, names))
        return stream.getvalue()
    if person:
        return match_text.person_page(found, problem, person).encode()
    width = shutil.get_terminal_size((110, 24)).columns
    return match_text.table(found, names, width, circle_of).encode()


def _write(content: bytes, path: Path | None) -> None:
    from telemachy.core.shared.errors import BadInput

    try:
        if path is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            path.write_bytes(content)
    except OSError as error:
        where = path or "The result"
        raise BadInput(f"{where} cannot be written: {error.strerror or error}.") from None
