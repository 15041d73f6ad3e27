"""A matching plan as text for a terminal, as CSV rows, and the pages of one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from telemachy.core import matching
from telemachy.core.matching import Plan, Problem, Proposal, Seat, Unmatched

CSV_HEADER = ("learner", "learner_name", "mentor", "mentor_name", "score", "locked", "reasons")


def names_of(problem: Problem) -> dict[str, str]:
    """Return key -> name of everybody in the pool."""
    return {person.key: person.called for person in (*problem.learners, *problem.mentors)}


def table(plan: Plan, names: Mapping[str, str], width: int, circle_of: Mapping[str, int]) -> str:
    """Return pairs, unmatched learners and the summary, fitted to `width` characters where it can be.

    Peers, whose pair or circle `circle_of` numbers, stand circle by circle.
    """
    lines: list[str] = []
    if plan.proposals:
        best_first = sorted(
            plan.proposals, key=lambda proposal: (circle_of.get(proposal.learner, 0), -proposal.score)
        )
        head = ("Person", "Is helped by") if circle_of else ("Learner", "Mentor")
        cells = [(*head, "Score", "Why")]
        for proposal in best_first:
            why = "; ".join(reason.text(names) for reason in proposal.reasons)
            cells.append((names[proposal.learner], names[proposal.mentor], f"{proposal.score:.3f}", why))
        lines += _columns(cells, width)
    if plan.unmatched:
        lines += (
            ["", f"Unmatched ({len(plan.unmatched)})"] if lines else [f"Unmatched ({len(plan.unmatched)})"]
        )
        lines += [f"  {names[entry.learner]}: {entry.reason.text(names)}" for entry in plan.unmatched]
    return "\n".join([*lines, "", *_summary(plan, len(set(circle_of.values())))]) + "\n"


def _columns(cells: list[tuple[str, str, str, str]], width: int) -> list[str]:
    sizes = [min(max(len(row[at]) for row in cells), 30) for at in range(3)]
    room = max(width - sum(sizes) - 6, 20)
    lines = []
    for row in cells:
        fixed = [_cut(row[at], sizes[at]).ljust(sizes[at]) for at in range(3)]
        lines.append("  ".join([*fixed, _cut(row[3], room)]).rstrip())
    return lines


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else f"{text[: size - 1]}…"


def _summary(plan: Plan, n_circles: int) -> list[str]:
    report = plan.report
    matched = f"matched ({report.matched_share:.0%})"
    lines = [
        f"{report.n_matched} of {report.n_learners} people {matched} in {n_circles} pairs or circles"
        if n_circles
        else f"{report.n_matched} of {report.n_learners} learners {matched} "
        f"with {report.n_mentors} mentors and {report.n_seats} seats"
    ]
    if report.mean_score is not None:
        lines.append(
            f"score: mean {report.mean_score:.3f}, 10th percentile {report.p10_score:.3f}, "
            f"least {report.min_score:.3f}; total {report.total_score:.4f}"
        )
        lines.append(
            f"median rank received: {report.median_rank_learner:g} for learners, "
            f"{report.median_rank_mentor:g} for mentors"
        )
    load = ", ".join(f"{n_mentors} with {n_learners}" for n_learners, n_mentors in report.mentor_load)
    if load and not n_circles:
        lines.append(f"learners per mentor: {load}")
    proof = "proven optimal" if report.is_optimal else f"within {report.gap:.3%} of the best possible"
    return [*lines, f"{proof}; seed {report.seed}"]


def csv_rows(plan: Plan, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield one row per learner; an unmatched learner has no mentor and the binding reason."""
    for proposal in plan.proposals:
        reasons = "; ".join(reason.text(names) for reason in proposal.reasons)
        pair = (proposal.learner, names[proposal.learner], proposal.mentor, names[proposal.mentor])
        yield (*pair, f"{proposal.score:.4f}", "yes" if proposal.locked else "", reasons)
    for entry in plan.unmatched:
        yield (entry.learner, names[entry.learner], "", "", "", "", entry.reason.text(names))


def person_page(plan: Plan, problem: Problem, key: str) -> str:
    """Return everything the plan has to say about one person, in either seat."""
    names = names_of(problem)
    lines: list[str] = []
    entries: list[Proposal | Unmatched] = [*plan.proposals, *plan.unmatched]
    for entry in entries:
        if entry.learner == key:
            lines += _learner_lines(entry, problem, names)
    for seat in plan.seats:
        if seat.mentor == key:
            held = [proposal for proposal in plan.proposals if proposal.mentor == key]
            if seat.price is not None or seat.capacity > 1:
                lines.append(f"{names[key]} as mentor: {seat.n_learners} of {seat.capacity} seats taken")
            lines += [f"  {names[key]} helps {names[one.learner]}: {one.score:.4f}" for one in held]
            if seat.price is not None or seat.extra_matched:
                lines.append(f"  {_one_more(seat)}")
    return "\n".join(lines) + "\n"


def _one_more(seat: Seat) -> str:
    """Say what one more seat would bring, or where seats are not priced one more like this person."""
    if seat.price is None:
        return f"One more like this would match at least {seat.extra_matched} of those left over."
    who = "one learner more" if seat.extra_matched else "nobody more"
    return f"One more seat would match {who} and change the total score by {seat.price:+.4f}."


def _learner_lines(entry: Proposal | Unmatched, problem: Problem, names: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    if isinstance(entry, Proposal):
        locked = ", locked" if entry.locked else ""
        lines.append(f"{names[entry.learner]} with {names[entry.mentor]}: {entry.score:.4f}{locked}")
        lines += [f"  {reason.text(names)}" for reason in entry.reasons]
        lines.append("Parts of the score (weight x value)")
        for part in entry.parts:
            shown = "not known, neutral" if part.missing else ""
            lines.append(f"  {part.name:<12} {part.weight:.3f} x {part.value:.3f}  {shown}".rstrip())
    else:
        lines.append(f"{names[entry.learner]} is unmatched: {entry.reason.text(names)}")
    if entry.alternatives:
        lines.append("Next best mentors, and what the swap would cost the whole pool")
    for other in entry.alternatives:
        cost = "" if other.cost is None else f"  total {0 - other.cost:+.4f}"
        fewer = f", {other.n_fewer} fewer matched" if other.n_fewer else ""
        worst = " at worst" if other.is_bound else ""
        lines.append(f"  {other.score:.4f}  {names[other.mentor]}{cost}{fewer}{worst}")
    excluded = matching.exclusions(problem, entry.learner)
    if excluded:
        lines.append(f"Kept apart by the hard rules ({len(excluded)})")
    for mentor, reasons in excluded.items():
        lines.append(f"  {names[mentor]}: {'; '.join(reason.text(names) for reason in reasons)}")
    return lines
