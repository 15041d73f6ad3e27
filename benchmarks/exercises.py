"""How many answers to other exercises pass a reflection exercise.

    python benchmarks/exercises.py

Every model answer is given to its own exercise and to every other of the same skill and language. By form
alone: whatever reads as a reflection passes, whatever it is about.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

from telemachy.core.practice import Item, Note, Outcome, Skill, check, items_of

#: Columns of counts and their widths.
COLUMNS = {"answers": 9, "by form": 9, "passed": 8, "no word": 9}


def crossed(items: list[Item]) -> dict[str, Counter[str]]:
    """Return how model answers fare in their own exercise and in the others."""
    found: dict[str, Counter[str]] = {"own": Counter(), "others": Counter()}
    for item, source in product(items, repeat=2):
        for answer in source.models:
            checked = check(item, answer)
            about_else = Note.NONE_OF_THEIRS in {remark.note for remark in checked.remarks}
            counts = found["own" if item is source else "others"]
            counts["answers"] += 1
            counts["passed"] += checked.outcome == Outcome.MET
            counts["by form"] += checked.outcome == Outcome.MET or about_else
            counts["no word"] += about_else
    return found


def main() -> None:
    """Print the table."""
    heads = "".join(f"{key:>{width}}" for key, width in COLUMNS.items())
    print(f"{'skill':10}{'language':10}{'answers to':12}{heads}")
    for skill, language in product((Skill.REFLECT, Skill.DEEPEN), ("en", "de")):
        for which, counts in crossed(list(items_of(skill, language))).items():
            cells = "".join(f"{counts[key]:{width}}" for key, width in COLUMNS.items())
            print(f"{skill:10}{language:10}{which:12}{cells}")


if __name__ == "__main__":
    main()
