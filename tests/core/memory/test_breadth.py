"""A lesson that fits cases where something else was right says too little."""

from __future__ import annotations

from telemachy.core.memory import Judged, Lesson, LessonText, also_fits


def lesson(*tags: str, cue: str = "guest without receipt") -> Lesson:
    return Lesson("new", "mode", LessonText("mode", cue, "Refuse politely", "policy"), frozenset(tags))


def judged(right: str, *tags: str, text: str = "Somebody came") -> Judged:
    return Judged("case", text, frozenset(tags), right)


def test_a_case_with_all_the_tags_where_something_else_was_right_is_found() -> None:
    other = judged("Replace the vase", "refund", "guest", "letter")
    assert also_fits(lesson("refund", "guest"), [other]) == (other,)


def test_a_case_without_one_of_the_tags_or_where_the_same_was_right_is_not() -> None:
    elsewhere = judged("Replace the vase", "refund", "letter")
    same = judged("I shall politely refuse, and offer a repair", "refund", "guest")
    assert also_fits(lesson("refund", "guest"), [elsewhere, same]) == ()


def test_without_tags_most_of_the_words_of_the_cue_decide() -> None:
    near = judged("Replace it", text="A guest came without any receipt")
    far = judged("Replace it", text="A guest came with a broken glass")
    assert also_fits(lesson(), [far, near]) == (near,)


def test_an_action_of_little_words_alone_is_taken_for_another_one() -> None:
    one = Lesson("new", "mode", LessonText("mode", "guest without receipt", "No", "policy"))
    case = judged("No", text="A guest came without receipt")
    assert also_fits(one, [case]) == (case,)


def test_a_condition_more_leaves_the_other_cases_alone() -> None:
    earlier = [judged("Replace it", "refund", "guest"), judged("Repair it", "refund", "patron")]
    assert len(also_fits(lesson("refund"), earlier)) == 2
    assert also_fits(lesson("refund", "stranger"), earlier) == ()
