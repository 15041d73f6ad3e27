"""`telemachy growth`: independence, guidance, attribution from a table of situations; no database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from telemachy.core.growth import Attribution, Evidence, Model
    from telemachy.interfaces.cli.situation_files import Situations

DONE, REFUSED = 0, 1
_TEACHES = {
    "alone": "practice alone taught more than practice with help",
    "guided": "practice with help taught more than practice alone",
}

_EPILOG = """\
FILE is a CSV with a header and one row for each rated situation, oldest first within a learner:
  learner, competency   any name
  time                  days, or a date (YYYY-MM-DD)
  difficulty, novelty   1..5
  level                 help received: 0 independent, 1 debrief only, 2 question, 3 example, 4 answer
  success               0 or 1, or a rating of 0..4 divided by 4
  item, consulted, confidence, tier   optional
  draw, fell            optional: which lot decided whether there is help, any name, and how it fell (guided
                        or alone); rows share a name where one lot stood for several; empty without a lot

Exit codes: 0 done; 1 attribution was refused (the answer says what is missing);
2 the input cannot be worked with.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "step", choices=("fit", "recommend", "attribute"), help="what to find out from the table"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV of situations")
    parser.add_argument("--difficulty", type=float, default=4, help="of the situation asked about (4)")
    parser.add_argument("--novelty", type=float, default=5, help="of the situation asked about (5)")
    parser.add_argument("--learner", metavar="NAME", help="recommend for this learner only")
    parser.add_argument("--competency", metavar="NAME", help="recommend in this competency only")
    parser.add_argument(
        "--kind", choices=("mentoring", "coaching"), default="mentoring", help="whose ladder (mentoring)"
    )
    parser.add_argument(
        "--design",
        choices=("observational", "randomised", "staggered"),
        default="observational",
        help="how it came about who was guided when (observational)",
    )
    parser.add_argument(
        "--p-withheld", type=float, metavar="P", help="randomised: the agreed chance to be left unguided"
    )
    parser.add_argument(
        "--in-order",
        action="store_true",
        help="all learners take the same tasks in the same order (found without it where 20 or more show it)",
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(options: argparse.Namespace) -> int:
    """Answer from the file and return 0, or 1 if attribution was refused; raise BadInput."""
    # The engine is loaded here so that `--help` answers at once.
    from telemachy.core import growth
    from telemachy.interfaces.cli import situation_files

    situations = situation_files.read(options.file)
    if options.step == "attribute":
        found = growth.attribute(situations.evidence, options.design, p_withheld=options.p_withheld)
        print(_json(_attribution(found)) if options.json else found.text())
        return REFUSED if found.verdict == growth.Verdict.REFUSAL else DONE
    evidence = _in_order(situations.evidence) if options.in_order else situations.evidence
    model = growth.fit(evidence, lots=situations.lots)
    if options.step == "recommend":
        rows = list(_recommendations(model, situations, options))
        print(_json(rows) if options.json else "\n".join(_recommendation_line(row) for row in rows))
    else:
        fitted = _fitted(model, situations, options)
        print(_json(fitted) if options.json else "\n".join(_fit_lines(fitted)))
    return DONE


def _in_order(evidence: Evidence) -> Evidence:
    if evidence.item is not None:
        raise BadInput("The table names items already; leave out --in-order, or the column item.")
    return evidence.in_order()


def _fitted(model: Model, situations: Situations, options: argparse.Namespace) -> dict[str, Any]:
    import numpy as np

    from telemachy.core.growth.model import MODEL_VERSION
    from telemachy.core.growth.priors import EFFECTS

    population = model.population
    sds = np.sqrt(np.diag(np.linalg.inv(population.precision)))
    spread = population.spread
    rows = []
    for learner, competency in situations.pairs():
        p, low, high = model.independence(learner, competency, options.difficulty, options.novelty)
        names = {"learner": situations.learners[learner], "competency": situations.competencies[competency]}
        rows.append({**names, "p": p, "low": low, "high": high})
    return {
        "model": MODEL_VERSION,
        "n_situations": len(situations.evidence),
        "in_order": options.in_order or population.is_course,
        "teaches": population.teaches,
        "difficulty": options.difficulty,
        "novelty": options.novelty,
        "effects": {
            name: {"mean": float(mean), "sd": float(sd)}
            for name, mean, sd in zip(EFFECTS, population.mean, sds, strict=False)
        },
        "spread": {
            name: getattr(spread, name) for name in ("learner", "cell", "competency", "slope", "item")
        },
        "independence": rows,
    }


def _fit_lines(fitted: dict[str, Any]) -> Iterator[str]:
    if fitted["in_order"]:
        yield "Learners take the same tasks in the same order: each place in it counts as a task of its own."
    if fitted["teaches"]:
        yield f"By lot, {_TEACHES[fitted['teaches']]}: recommendations heed it."
    yield f"{fitted['n_situations']} situations; effects in logits, mean and standard deviation:"
    for name, effect in fitted["effects"].items():
        yield f"  {name:<12}{effect['mean']:>7.2f}{effect['sd']:>7.2f}"
    yield (
        f"Chance of handling a situation of difficulty {fitted['difficulty']:g} and novelty "
        f"{fitted['novelty']:g} alone, with its 90 % interval:"
    )
    for row in fitted["independence"]:
        interval = f"({row['low']:.2f} to {row['high']:.2f})"
        yield f"  {row['learner']}, {row['competency']}: {row['p']:.2f} {interval}"


def _recommendations(
    model: Model, situations: Situations, options: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    from telemachy.core import growth

    for learner, competency in situations.chosen(options.learner, options.competency):
        found = growth.recommend(
            model, learner, competency, options.difficulty, options.novelty, options.kind
        )
        yield {
            "learner": situations.learners[learner],
            "competency": situations.competencies[competency],
            "level": int(found.level),
            "name": found.level.name.lower(),
            "code": found.code,
            "reason": found.text(),
            "p_alone": found.params["p_alone"],
            "low": found.params["low"],
            "high": found.params["high"],
        }


def _recommendation_line(row: dict[str, Any]) -> str:
    return f"{row['learner']}, {row['competency']}: {row['level']} {row['name']}. {row['reason']}"


def _attribution(found: Attribution) -> dict[str, Any]:
    return {
        "design": found.design,
        "verdict": found.verdict.value,
        "code": found.code,
        "text": found.text(),
        "effect": found.effect,
        "low": found.low,
        "high": found.high,
        "p_value": found.p_value,
        "power": found.power,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
