"""The experiments: is the truth seen, does fading pay, are claims right, are pairs named rightly?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from telemachy.core import growth
from telemachy.core.growth import simulate, worlds
from telemachy.core.lab.growth import bound
from telemachy.core.lab.growth.findings import Dots, Finding, Line, Lines, Mark, percent
from telemachy.core.lab.growth.naming import named
from telemachy.core.lab.growth.programmes import Life, Programme, evidence_of, live


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made up: learners and situations of a programme, programmes of a kind, and so on."""

    n_learners: int = 24
    n_situations: int = 40
    n_programmes: int = 3
    n_in_world: int = 60
    n_claims: int = 20
    n_in_claim: int = 20


SMALL = Size(n_learners=4, n_situations=12, n_programmes=1, n_in_world=1, n_claims=1, n_in_claim=5)

PROGRAMMES: Mapping[str, Programme] = {
    "help near the edge of ability teaches": Programme(),
    "only help teaches, at first": Programme(world="critical"),
    "direct help breeds dependency": Programme(world="dependency"),
    "time alone teaches": Programme(world="nothing"),
    "situations get harder": Programme(harder=1.5),
    "learners leave after failures": Programme(p_leaves=0.15),
    "trainers answer everything": Programme(trainer="answering"),
    "trainers treat all alike": Programme(trainer="one size"),
}
WORLD_NAMES = {
    "edge": "help near the edge of ability",
    "critical": "only help, at first",
    "dependency": "direct help breeds dependency",
    "experience": "own practice, twice as much",
    "nothing": "time alone",
}
#: Slopes of guided practice over that of practice alone, in logits for each unit of log practice.
EFFECTS = (0.0, 1.0, 2.0, 3.0, 4.0)
#: Reasons for which success may change without any effect of guidance.
NULLS = {
    "harder over time": {"harder": 2.0},
    "learners drift": {"drift": 0.15},
    "milder raters": {"lenient": 1.5},
}


def seen(size: Size, seed: int) -> Finding:
    """Is the truth inside the interval at the end of the programme?"""
    rows, marks = [], []
    for name, programme in PROGRAMMES.items():
        truth, found, n = [], [], []
        for lives in _programmes(programme, size, seed):
            model = growth.fit(evidence_of(lives))
            truth += [float(life.alone[-1]) for life in lives]
            found += [model.independence(life.learner, 0) for life in lives]
            n += [len(life.day) for life in lives]
        p, low, high = (np.array(column) for column in zip(*found, strict=True))
        inside = np.mean((low <= truth) & (truth <= high))
        rows.append(
            (
                name, f"{np.mean(n):.0f}", percent(float(np.mean(truth))), percent(float(np.mean(p))),
                percent(float(inside)), f"{100 * np.mean(high - low):.0f} points",
            )
        )  # fmt: skip
        estimate = Mark(float(np.mean(p)), float(np.mean(low)), float(np.mean(high)))
        marks.append((name, (estimate, Mark(float(np.mean(truth)), kind=1))))
    return Finding(
        "Is the truth seen?",
        f"{size.n_programmes} programmes of each kind with {size.n_learners} learners and up to "
        f"{size.n_situations} situations each. At the end the engine says for each learner how likely a new "
        "and hard situation is handled alone; the truth is known.",
        ("programme", "situations", "truth", "estimate", "truth inside 90 % interval", "its width"),
        tuple(rows),
        "The share inside is that of learners of few programmes and moves by some points with the seed. The "
        "made-up learners grow evenly, the engine expects growth to slow down. Raters are never wrong here.",
        Dots(
            "chance alone", 0, 1, ("estimate with its interval, mean over learners", "truth"), tuple(marks)
        ),
    )  # fmt: skip


def followed(size: Size, seed: int) -> Finding:
    """How do estimate and interval follow one learner?"""
    lives = _programmes(PROGRAMMES["help near the edge of ability teaches"], size, seed)[0]
    life = sorted(lives, key=lambda one: one.alone[-1])[len(lives) // 2]
    points = growth.curve(evidence_of(lives), life.learner, 0)
    n = tuple(float(t + 1) for t in range(len(points)))
    shown = sorted({0, *range(4, len(points), 5), len(points) - 1})
    return Finding(
        "How is one learner followed?",
        "The learner in the middle of a programme in which help near the edge of ability teaches, with a "
        "trainer who follows the recommendation. The truth is what nobody in a real programme can see.",
        ("after situation", "help given", "handled", "truth", "estimate", "90 % interval"),
        tuple(
            (
                str(t + 1), points[t].level.name.lower(), "yes" if points[t].success else "no",
                percent(float(life.alone[t])), percent(points[t].p),
                f"{100 * points[t].low:.0f} to {percent(points[t].high)}",
            )
            for t in shown
        ),
        "One learner of one seed, chosen by rank and not by how well it looks. The population is that of the "
        "whole programme, which an early reader would not have had yet.",
        Lines(
            "situations", "chance alone",
            (
                Line(
                    "estimate with its 90 % interval", n, tuple(point.p for point in points),
                    tuple(point.low for point in points), tuple(point.high for point in points),
                ),
                Line("truth", n, tuple(life.alone.tolist())),
            ),
        ),
    )  # fmt: skip


def faded(size: Size, seed: int) -> Finding:
    """How soon does a learner get independent, by policy and world?"""
    fixed = {
        "always alone": worlds.fixed(1), "always questions": worlds.fixed(2),
        "always examples": worlds.fixed(3), "always answers": worlds.fixed(4),
        "steps of five": worlds.schedule(5),
    }  # fmt: skip
    rows, marks = [], []
    for world, name in WORLD_NAMES.items():
        n = size.n_in_world
        by = {label: worlds.run(world, way, n_learners=n, seed=seed) for label, way in fixed.items()}
        best = min(by, key=lambda label: by[label].situations)
        ours = worlds.run(world, worlds.ours, n_learners=n, seed=seed)
        heart = bound.situations_to_independence(world, n_learners=4 * n, seed=seed)
        least = by[best].situations
        rows.append(
            (
                name, f"{best}: {least:.1f}", f"{by['always answers'].situations:.1f}", f"{heart:.1f}",
                f"{ours.situations:.1f} ({100 * (ours.situations / least - 1):+.0f} %)",
                percent(ours.over_help), percent(ours.false_independence),
            )
        )  # fmt: skip
        told = (least, by["always answers"].situations, heart, ours.situations)
        marks.append((name, tuple(Mark(value, kind=kind) for kind, value in enumerate(told))))
    return Finding(
        "Does fading pay?",
        f"{size.n_in_world} learners nobody knows anything of, 60 situations, five worlds that differ in "
        "what teaches; mean situations until the chance alone is truly 0.7. Over-help is the share of "
        "situations with help although the chance alone was 0.7; too early, the learners ever left to "
        "decide with a chance below a half. The last but one policy knows the five worlds by heart, with "
        "their numbers, but not in which of them it is, and takes what it expects the most from at once. "
        "What planning ahead could gain is told in growth.md.",
        (
            "what teaches", "best fixed way", "always answers", "knows the worlds by heart", "ours",
            "over-help", "left too early",
        ),
        tuple(rows),
        "The best fixed way is known only afterwards: opposite ones are best in different worlds. The worlds "
        "are ours and simple; that people learn as in one of them is not known. Means of so few learners "
        "move by about one situation with the seed.",
        Dots(
            "situations until independent", 0, 60,
            ("best fixed way, known afterwards", "always answers", "knows the worlds by heart", "ours"),
            tuple(marks),
        ),
    )  # fmt: skip


def claimed(size: Size, seed: int) -> Finding:
    """How often is an effect of the guidance claimed, where there is one and where there is none?"""
    rows, shares = [], []

    def row(name: str, **world: float) -> float:
        found = [
            growth.attribute(
                simulate.programme_of("staggered", seed + run, size.n_in_claim, 60, 4, **world),
                "staggered",
                seed=seed,
            ).verdict
            for run in range(size.n_claims)
        ]
        share = {verdict: found.count(verdict) / len(found) for verdict in growth.Verdict}
        told = (growth.Verdict.CLAIM, growth.Verdict.UNCLEAR, growth.Verdict.REFUSAL)
        rows.append((name, *(percent(share[verdict]) for verdict in told)))
        return share[growth.Verdict.CLAIM]

    for effect in EFFECTS:
        shares.append(row(f"true effect {effect:g}", effect=effect))
    for name, world in NULLS.items():
        row(f"no effect, {name}", **world)
    return Finding(
        "Are claims about guidance right?",
        f"{size.n_claims} programmes a row, {size.n_in_claim} learners, 60 situations, 4 competencies in "
        "which guidance starts at different times. The effect is the slope of guided practice over that of "
        "practice alone, in logits for each unit of log practice.",
        ("programme", "claimed", "no clear effect", "refused"),
        tuple(rows),
        "So few programmes tell 0 from 15 per cent and no more. Starts are drawn by lot here; where they "
        "follow need, the claim is only as good as the order of starts.",
        Lines("true effect", "share claimed", (Line("staggered starts", EFFECTS, tuple(shares)),)),
    )


def called(size: Size, seed: int) -> Finding:
    """Are dependent, over-helped, stalled and graduating pairs, and one-size trainers, called so?"""
    kinds = ("help near the edge of ability teaches", *list(PROGRAMMES)[-3:])
    codes = ("dependency", "over_helping", "graduating", "stalled")
    rows, marks = [], []
    for name in kinds:
        programmes = _programmes(PROGRAMMES[name], size, seed)
        found = [named(lives, seed) for lives in programmes]
        n = sum(len(one.pairs) for one in found)
        share = {
            code: sum(any(said.startswith(code) for said in pair) for one in found for pair in one.pairs) / n
            for code in codes
        }
        one_size = sum(sum(one.one_size) for one in found) / sum(len(one.one_size) for one in found)
        left = sum(life.left for lives in programmes for life in lives) / n
        rows.append((name, percent(left), *(percent(share[code]) for code in codes), percent(one_size)))
        told = (share["dependency"], share["over_helping"], one_size)
        marks.append((name, tuple(Mark(value, kind=kind) for kind, value in enumerate(told))))
    return Finding(
        "Are pairs and trainers called what they are?",
        "The same lives as dates, counts and levels, looked at every 30 days by the rules of core/insights, "
        "with the chance alone as the growth engine estimates it on that day from that learner's situations. "
        "Share of learners who left, of pairs about which a signal ever speaks, and of mentors called "
        "one-size at the end.",
        ("programme", "left", "dependency", "over-helping", "graduating", "stalled", "mentors: one-size"),
        tuple(rows),
        "Sessions, goals and feedback are regular here, so only these signals are tried. How often learners "
        "ask before thinking (15 per cent, with trainers who answer 70) is a choice of ours. A pair that "
        "fits is looked at seven times: how long a signal stays says more than that it came. Most mentors "
        "who follow the recommendation have too few learners who still need help to be judged at all.",
        Dots("share", 0, 1, ("pairs: dependency", "pairs: over-helping", "mentors: one-size"), tuple(marks)),
    )


def _programmes(programme: Programme, size: Size, seed: int) -> list[Sequence[Life]]:
    return [
        live(programme, size.n_learners, size.n_situations, 100 * seed + run)
        for run in range(size.n_programmes)
    ]


EXPERIMENTS: Mapping[str, Callable[[Size, int], Finding]] = {
    "seen": seen, "followed": followed, "faded": faded, "claimed": claimed, "called": called,
}  # fmt: skip
