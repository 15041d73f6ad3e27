"""The coding of conversations beside people, published models and simple rules.

    PYTHONPATH=src python -m benchmarks.conversation DATA.csv [--cross-validate]

DATA has the columns of AnnoMI, which is not part of this repository. By default the packaged model codes it
as a user would have it coded, through `code_utterances`: give it conversations that it was not trained on.
With `--cross-validate` the model is trained anew five times, each time without the recordings that judge it.
Other `--seed`s part the recordings otherwise: the correlations of shares then move by some hundredths.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tools.conversation import annomi, train
from tools.conversation.annomi import Session
from tools.conversation.figures import MIN_TURNS, Codes, figures, macro_f1, table, within_parts

from telemachy.core.conversation import (
    Code,
    Measure,
    Utterance,
    code_utterances,
    mark_draft,
    measure,
    model,
)
from telemachy.core.conversation.coding import SURE, plain_code
from telemachy.core.conversation.measure_words import WORDINGS
from telemachy.core.conversation.measures import ALIKE, LISTENING_WORDS

#: Macro-F1 on AnnoMI as published or as measured on the same 99 conversations with the same grouping.
OTHERS = """
                                                  behaviour  question  reflection  input  open/closed
people: one annotator against nine others              .854      .958        .883   .875         .811
text and audio in context (M3TCM), own split           .83
RoBERTa-base in context, same grouping                 .798
RoBERTa-base, same grouping                            .791
Wu et al. 2023 as quoted, own split                    .72
MiniLM fine-tuned, same grouping                  .75 - .77       .91         .80    .74          .73
linear with character n-grams, same grouping           .748      .918        .778   .744         .754
light linear reference, same grouping                  .744      .920        .781   .745         .785
the same without punctuation                      .61 - .71       .82         .77    .74    .73 - .76
"""

#: The views of cross-validation under the names they have here.
VIEWS = {
    "punctuated clean": "ours",
    "punctuated misheard": "ours, 15 % words misheard",
    "stripped clean": "ours, no punctuation",
    "stripped misheard": "ours, neither",
}

#: Parts of cross-validation.
N_PARTS = 5

#: What is to be reached on conversations never seen: view, figure, must, aim. Bias and ece are to be small.
MARKS = (
    ("ours", "behaviour", 0.74, 0.76),
    ("ours, no punctuation", "behaviour", 0.70, 0.72),
    ("ours, 15 % words misheard", "behaviour", 0.71, 0.73),
    ("ours", "closed", 0.75, 0.78),
    ("ours", "has_question", 0.92, 0.93),
    ("ours", "has_reflection", 0.78, 0.80),
    ("ours", "has_input", 0.71, 0.74),
    ("ours", "bias", 0.04, 0.02),
    ("ours", "ece", 0.03, 0.03),
    ("ours", "r10_has_question", 0.95, 0.95),
    ("ours", "r10_reflection", 0.85, 0.85),
)

#: Shares with a range: the probability behind each, and the kind of turn among which it counts.
SHARES: dict[str, tuple[str, Literal["has_question", "has_reflection"] | None]] = {
    "question_share": ("has_question", None),
    "reflection_share": ("has_reflection", None),
    "input_share": ("has_input", None),
    "open_questions": ("closed", "has_question"),
    "complex_reflections": ("complex", "has_reflection"),
}
#: Ranges are sums of floats.
ROUNDING = 1e-9

#: Macro-F1 of one annotator against nine others.
PEOPLE = {"has_question": 0.958, "has_reflection": 0.883}


def marks(found: dict[str, dict[str, float]]) -> str:
    """Return one line per mark: what is to be reached, what was, and whether it is enough."""
    lines = [f"{'':46}{'must':>7}{'aim':>7}{'found':>8}"]
    for view, name, must, aim in MARKS:
        row = found[view]
        value = max(abs(row[k]) for k in row if k.startswith("bias")) if name == "bias" else row[name]
        small = name in ("bias", "ece")
        word = next((w for w, mark in (("aim", aim), ("must", must)) if (value <= mark) == small), "missed")
        lines.append(f"{view + ': ' + name:46}{must:7.2f}{aim:7.2f}{value:8.3f}  {word}")
    return "\n".join(lines)


def coded(sessions: list[Session]) -> tuple[model.Answer, float]:
    """Return what `code_utterances` says of all coach turns, and how many utterances it took a CPU second."""
    code_utterances([{"speaker": "coach", "text": "Loads the model?"}])
    start = time.process_time()
    codes = [code for one in sessions for code in code_utterances(one.utterances) if code]
    seconds = time.process_time() - start
    p = np.array([[code["p"][name] for name in model.COLUMNS] for code in codes], dtype=np.float32)
    chosen = np.array([model.BEHAVIOURS.index(code["behaviour"]) for code in codes])
    yes = [
        (
            code["has_question"],
            code["has_reflection"],
            code["has_input"],
            code["advice"],
            code["question_type"] == "closed",
            code["reflection_type"] == "complex",
        )
        for code in codes
    ]
    return model.Answer(p, chosen, np.array(yes)), sum(len(one.utterances) for one in sessions) / seconds


def by_rule(sessions: list[Session], rule: Callable[[Utterance], str]) -> model.Answer:
    """Return what a rule for the behaviour says, with full confidence."""
    chosen = np.array(
        [
            model.BEHAVIOURS.index(rule(turn))
            for one in sessions
            for turn in one.utterances
            if turn["speaker"] == "coach"
        ]
    )
    yes = np.zeros((len(chosen), len(model.YES_NO)), dtype=bool)
    yes[:, :3] = chosen[:, None] == np.arange(3)
    return model.Answer(np.eye(len(model.COLUMNS), dtype=np.float32)[chosen], chosen, yes)


def question_mark(turn: Utterance) -> str:
    """Call a turn with a question mark a question, a short one other, the rest reflection."""
    if "?" in turn["text"]:
        return "question"
    return "reflection" if len(turn["text"].split()) > 4 else "other"


def draft_rules(turn: Utterance) -> str:
    """Use the rules that mark a draft while it is typed."""
    marks = mark_draft(turn["text"])
    if marks.n_questions:
        return "question"
    if marks.n_advice:
        return "input"
    return "reflection" if len(turn["text"].split()) > 4 else "other"


def erring_evenly(
    has: NDArray[np.bool_], session_of: NDArray[np.integer], f1: float, n_times: int = 2000
) -> NDArray[np.float64]:
    """Return how well the shares of a coder correlate with the true ones who errs everywhere alike.

    Parameters
    ----------
    has : (turns,) what is true
    session_of : (turns,) index of the conversation
    f1 : macro-F1 of the coder, who adds as often as misses and has no habits that go with a conversation

    Returns
    -------
    (3,)
        5 %, 50 % and 95 % of the correlation over conversations of `MIN_TURNS` turns and more.
    """
    rng = np.random.default_rng(1)
    n_yes, n_no = has.sum(), (~has).sum()
    n_missed = 2 * (1 - f1) / (1 / n_yes + 1 / n_no)
    chance = np.where(has, n_missed / n_yes, n_missed / n_no)
    sizes = np.bincount(session_of)
    long = sizes >= MIN_TURNS
    truth = (np.bincount(session_of, weights=has) / sizes)[long]
    found = []
    for _time in range(n_times):
        coded = has ^ (rng.random(len(has)) < chance)
        found.append(np.corrcoef((np.bincount(session_of, weights=coded) / sizes)[long], truth)[0, 1])
    return np.quantile(found, (0.05, 0.5, 0.95))


def ceilings(codes: Codes, session_of: NDArray[np.integer], answer: model.Answer) -> str:
    """Return what correlation of shares is to be had at the accuracy of people and at ours."""
    ours = figures(answer, codes, session_of)
    mainly = codes[:, 0] == model.BEHAVIOURS.index("reflection")
    f1 = macro_f1(mainly.astype(int), (answer.chosen == model.BEHAVIOURS.index("reflection")).astype(int))
    lines = []
    for name, people in PEOPLE.items():
        has = codes[:, annomi.TASKS.index(name)] == 1
        lines += [_ceiling(f"{name}, people", has, session_of, people)]
        lines += [_ceiling(f"{name}, ours", has, session_of, ours[name])]
        lines += [f"{name + ', as found':50}{ours[f'r10_{name}']:.3f}"]
    lines += [_ceiling("mainly reflects, ours", mainly, session_of, f1)]
    lines += [f"{'mainly reflects, as found':50}{ours['r10_reflection']:.3f}"]
    return "\n".join(lines)


def _ceiling(label: str, has: NDArray[np.bool_], session_of: NDArray[np.integer], f1: float) -> str:
    low, middle, high = erring_evenly(has, session_of, f1)
    return f"{f'{label}, at a macro-F1 of {f1:.3f}':50}{middle:.3f} ({low:.3f} to {high:.3f})"


def as_shown(
    answer: model.Answer, codes: Codes, session_of: NDArray[np.integer], sessions: list[Session]
) -> str:
    """Return how the shares of a page, which leaves out listening sounds, correlate with those of people."""
    texts = [turn["text"] for one in sessions for turn in one.utterances if turn["speaker"] == "coach"]
    at = np.flatnonzero([len(text.split()) > LISTENING_WORDS for text in texts])
    counted = model.Answer(answer.p[at], answer.chosen[at], answer.yes[at])
    return _shares_in_a_line(figures(counted, codes[at], session_of[at]))


def _shares_in_a_line(found: dict[str, float]) -> str:
    names = ("has_question", "question", "has_reflection", "reflection")
    return ", ".join(f"{name} {found[f'r10_{name}']:.3f}" for name in names)


def doubts(answer: model.Answer, codes: Codes) -> dict[str, float]:
    """Return how many turns are unsure, how many of both kinds are right, and how much advice is found."""
    unsure = answer.p[np.arange(len(codes)), answer.chosen] < SURE
    right = answer.chosen == codes[:, 0]
    found, true = (of[:, at] == 1 for of, at in ((answer.yes, 3), (codes, annomi.TASKS.index("advice"))))
    return {
        "unsure": float(unsure.mean()),
        "unsure_right": float(right[unsure].mean()),
        "sure_wrong": float(1 - right[~unsure].mean()),
        "advice_told": float(found[true].mean()),
        "advice_true": float(true[found].mean()),
    }


def codes_of(answer: model.Answer) -> list[Code]:
    """Return the codes of coach turns as `measure` takes them."""
    return [
        plain_code(model.BEHAVIOURS[chosen], yes) | {"p": dict(zip(model.COLUMNS, p, strict=True))}
        for p, chosen, yes in zip(answer.p.tolist(), answer.chosen, answer.yes.tolist(), strict=True)
    ]


def codes_of_people(codes: Codes) -> list[Code]:
    """Return people's codes (turns, 7) as `measure` takes them: without doubt."""
    return [plain_code(model.BEHAVIOURS[row[0]], [one == 1 for one in row[1:]]) for row in codes.tolist()]


def long_ones(
    sessions: list[Session], ours: list[Code], people: list[Code]
) -> Iterator[tuple[list[Code], dict[str, Measure], dict[str, Measure]]]:
    """Yield our codes of the turns that a page counts, and the measures by ours and by people's codes."""
    first = 0
    for one in sessions:
        end = first + len(one.codes)
        codes, true = (_among(one, found[first:end]) for found in (ours, people))
        first = end
        counted = [
            code
            for code, turn in zip(codes, one.utterances, strict=True)
            if code and len(turn["text"].split()) > LISTENING_WORDS
        ]
        if len(counted) >= MIN_TURNS:
            yield counted, measure(one.utterances, codes), measure(one.utterances, true)


def ranges(sessions: list[Session], ours: list[Code], people: list[Code]) -> dict[str, float]:
    """Return how often the range of each measure holds what people count, over long conversations."""
    held: dict[str, list[bool]] = {name: [] for name in WORDINGS}
    for _counted, found, told in long_ones(sessions, ours, people):
        for name, said in found.items():
            low, high, value = said["low"], said["high"], told[name]["value"]
            if low is not None and high is not None and isinstance(value, float):
                held[name].append(low - ROUNDING <= value <= high + ROUNDING)
    return {name: float(np.mean(of)) for name, of in held.items() if of}


def alike(sessions: list[Session], ours: list[Code], people: list[Code]) -> dict[str, float]:
    """Return how alike the turns of a conversation err, by squared errors of shares; it sets `ALIKE`."""
    errors, alone, together = (dict.fromkeys(ALIKE, 0.0) for _sum in range(3))
    for counted, found, told in long_ones(sessions, ours, people):
        for name, (column, kind) in SHARES.items():
            among = [code for code in counted if kind is None or code[kind]]
            ours_is, theirs_is = found[name]["value"], told[name]["value"]
            if isinstance(ours_is, float) and isinstance(theirs_is, float):
                doubts = np.array([code["p"][column] * (1 - code["p"][column]) for code in among])
                errors[column] += (ours_is - theirs_is) ** 2
                alone[column] += doubts.sum() / len(among) ** 2
                together[column] += (np.sqrt(doubts).sum() / len(among)) ** 2
    return {name: (errors[name] - alone[name]) / (together[name] - alone[name]) for name in ALIKE}


def _among(session: Session, coach: list[Code]) -> list[Code]:
    codes = iter(coach)
    return [next(codes) if turn["speaker"] == "coach" else Code() for turn in session.utterances]


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="CSV in the columns of AnnoMI")
    parser.add_argument("--cross-validate", action="store_true", help="train without what is judged; minutes")
    parser.add_argument("--seed", type=int, default=5, help="of the parts of cross-validation")
    options = parser.parse_args()
    sessions = annomi.read(options.data)
    codes = np.concatenate([session.codes for session in sessions])
    session_of = np.concatenate([np.full(len(s.codes), i) for i, s in enumerate(sessions)])
    rows = [
        ("question mark", by_rule(sessions, question_mark)),
        ("draft rules", by_rule(sessions, draft_rules)),
    ]
    if options.cross_validate:
        rows += cross_validated(sessions, options.seed)
    else:
        views = {
            "ours": sessions,
            "ours, 15 % words misheard": annomi.misheard(sessions, 7),
            "ours, no punctuation": annomi.stripped(sessions, 7),
            "ours, neither": annomi.stripped(annomi.misheard(sessions, 7), 7),
        }
        answers = {label: coded(view) for label, view in views.items()}
        rows += [(label, answer) for label, (answer, _speed) in answers.items()]
        size = len(resources.files("telemachy.core.conversation").joinpath(model.ARTEFACT).read_bytes())
        print(f"{answers['ours'][1]:,.0f} utterances a CPU second; artefact {size / 1000:.0f} kB; numpy only")
        print(
            "the artefact was trained on",
            model.card()["n_sessions"],
            "conversations of",
            model.card()["data"],
        )
    print(f"\n{len(sessions)} conversations, {len(codes)} coach turns. Macro-F1 of seven codes; ece;")
    print(
        "bias: mean error of a behaviour's share of a conversation; r: its correlation with people's share;"
    )
    print("r10: the same over conversations of at least ten turns of the coach; has: of turns that have one")
    found = {label: figures(answer, codes, session_of) for label, answer in rows}
    print(table(list(found.items())))
    print(f"\nMarks:\n{marks(found)}")
    if options.cross_validate:
        part_of = train.folds_of(train.Labels.of(sessions).source.tolist(), N_PARTS, options.seed)
        print("\nr10 within the parts, each of which has a model of its own:")
        print(_shares_in_a_line(within_parts(dict(rows)["ours"], codes, session_of, part_of)))
    print("\nr10 as a page counts, without turns of one or two words, as listening is no move:")
    print(as_shown(dict(rows)["ours"], codes, session_of, sessions))
    print(
        "\nUnsure turns, how many of them are right and of the others wrong; advice told, and truly advice:"
    )
    print(table([(label, doubts(dict(rows)[label], codes)) for label in VIEWS.values()]))
    print("\nHow often a range, meant for nine of ten, holds what people count, ten such turns and more:")
    people = codes_of_people(codes)
    print(table([(label, ranges(sessions, codes_of(dict(rows)[label]), people)) for label in VIEWS.values()]))
    print("\nHow alike the turns of a conversation err, and what the ranges assume:")
    print(table([("found", alike(sessions, codes_of(dict(rows)["ours"]), people)), ("assumed", ALIKE)]))
    print("\nCorrelation of shares, ten turns and more, of a coder who errs everywhere alike:")
    print(ceilings(codes, session_of, dict(rows)["ours"]))
    print(f"\nOthers, macro-F1 on AnnoMI:{OTHERS}")


def cross_validated(sessions: list[Session], seed: int) -> list[tuple[str, model.Answer]]:
    """Return answers of models that saw nothing of the recording they judge."""
    heads = train.judged_heads(sessions, n_folds=N_PARTS, seed=seed)
    return [(VIEWS[label], answer) for head in heads for label, answer in head.answers.items()]


if __name__ == "__main__":
    main()
