"""A draft marks itself as a question or an answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core.conversation import DraftKind, mark_draft


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", DraftKind.EMPTY),
        (" \n … ", DraftKind.EMPTY),
        ("What have you weighed so far?", DraftKind.QUESTION),
        ("What would happen if you said no", DraftKind.QUESTION),
        ("Hi Telemachus,\nwhat worries you most about the call?\nBest, Athena", DraftKind.QUESTION),
        ("Woran würdest du merken, dass es gelungen ist?", DraftKind.QUESTION),
        ("Was ist dir dabei wichtig", DraftKind.QUESTION),
        ("¿Qué has intentado?", DraftKind.QUESTION),
        ("Call the client today and offer two dates.", DraftKind.ANSWER),
        ("I would call the client first.", DraftKind.ANSWER),
        ("When you get there, ask for the numbers.", DraftKind.ANSWER),
        ("Du solltest zuerst anrufen.", DraftKind.ANSWER),
        ("> What did you decide?\nTuesday works best.", DraftKind.ANSWER),
        ("Why don't you call them?", DraftKind.MIXED),
        ("Have you tried asking for an extension?", DraftKind.MIXED),
        ("You should call. What would stop you?", DraftKind.MIXED),
        ("It was like this. They came late. We waited. Then it broke. Does that help?", DraftKind.MIXED),
    ],
)
def test_marks_by_what_the_sentences_do(text: str, kind: DraftKind) -> None:
    assert mark_draft(text).kind == kind


def test_counts_advice_dressed_as_a_question_as_both() -> None:
    marks = mark_draft("Why don't you call them? What else could work?")
    assert (marks.n_sentences, marks.n_questions, marks.n_advice) == (2, 2, 1)


@given(st.text(max_size=400))
@settings(deadline=None)
def test_answers_any_text_with_counts_that_agree(text: str) -> None:
    marks = mark_draft(text)
    assert max(marks.n_questions, marks.n_advice) <= marks.n_sentences
    assert (marks.kind == DraftKind.EMPTY) == (marks.n_sentences == 0)
