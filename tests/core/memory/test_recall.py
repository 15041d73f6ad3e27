"""A situation calls lessons to mind by its cues; what is shown depends on risk, level and lot."""

from __future__ import annotations

import pytest

from telemachy.core.memory import (
    Attempt,
    Cues,
    Lesson,
    LessonText,
    Memory,
    Mode,
    Tier,
    example_among,
    over_the_limit,
)
from telemachy.core.shared.scales import GuidanceLevel

EXAMPLE, ALONE = GuidanceLevel.EXAMPLE, GuidanceLevel.INDEPENDENT
FAILED = Attempt(False, ALONE, Tier.TRAINER)
DONE = Attempt(True, ALONE, Tier.TRAINER)
HELPED_IN_VAIN = Attempt(False, EXAMPLE, Tier.TRAINER)
WORDS = ("mended", "torn", "patched", "soaked", "furled")


def lesson(key: str, cue: str = "a guest without a receipt", mode: str = "", **fields) -> Lesson:
    return Lesson(key, mode or key, LessonText("mode " + key, cue, "refuse", "policy"), **fields)


def modes(*lessons: Lesson, level: GuidanceLevel = EXAMPLE, attempts=()) -> dict[str, Mode]:
    return {one.mode: Mode(one.mode, level, tuple(attempts)) for one in lessons}


def recall(lessons, known, text="An angry guest comes without any receipt", chance=0.0, **cues):
    return Memory(lessons).recall(Cues("s1", text, **cues), known, p_left_out=chance)


def test_words_of_the_cue_call_a_lesson_to_mind_and_other_words_do_not() -> None:
    near, far = lesson("near"), lesson("far", cue="a broken glass from abroad")
    found = recall([far, near], modes(near, far))
    assert [match.lesson.key for match in found] == ["near"]
    assert found[0].is_shown


def test_tags_say_more_than_words() -> None:
    tagged = lesson("tagged", cue="seen before", tags=frozenset({"refund", "vip"}))
    assert recall([tagged], modes(tagged), tags=frozenset({"refund", "vip", "phone"}))
    assert not recall([tagged], modes(tagged), tags=frozenset({"refund"}))


def test_a_lesson_for_another_goal_stays_silent_and_one_for_every_goal_does_not() -> None:
    mine, other, every = lesson("a", goal="refunds"), lesson("b", goal="claims"), lesson("c")
    found = recall([mine, other, every], modes(mine, other, every), goal="refunds")
    assert {match.lesson.key for match in found} == {"a", "c"}


def test_three_at_most_are_shown_those_most_likely_to_strike_again_first() -> None:
    lessons = [lesson(str(number)) for number in range(5)]
    known = modes(*lessons) | {"4": Mode("4", EXAMPLE, (FAILED,)), "0": Mode("0", EXAMPLE, (DONE, DONE))}
    found = recall(lessons, known)
    assert len(found) == 5
    assert [match.lesson.key for match in found if match.is_shown] == ["4", "1", "2"]
    assert found[0].risk > found[1].risk > found[-1].risk


def test_of_two_lessons_for_one_failure_mode_the_one_that_changed_more_is_shown() -> None:
    weak, strong = lesson("weak", mode="m", effect=-0.1), lesson("strong", mode="m", effect=0.4)
    assert [match.lesson.key for match in recall([strong, weak], modes(weak))] == ["strong"]


def test_what_is_mastered_or_only_looked_back_on_is_not_shown() -> None:
    one = lesson("one")
    for level in (GuidanceLevel.INDEPENDENT, GuidanceLevel.DEBRIEF):
        (match,) = recall([one], modes(one, level=level))
        assert not match.is_shown
        assert match.p_left_out is None
    assert match.audited


def test_about_one_in_ten_of_what_is_mastered_is_looked_at() -> None:
    one = lesson("one")
    memory, known = Memory([one]), modes(one, level=ALONE)
    cues = [Cues(f"s{n}", "guest without receipt") for n in range(600)]
    audited = sum(memory.recall(each, known)[0].audited for each in cues)
    assert 35 < audited < 90


def test_half_is_left_out_by_a_lot_that_falls_the_same_way_again() -> None:
    one = lesson("one")
    memory, known = Memory([one]), modes(one, attempts=[FAILED, DONE])
    cues = [Cues(f"s{n}", "guest without receipt") for n in range(600)]
    once = [memory.recall(each, known)[0] for each in cues]
    assert once == [memory.recall(each, known)[0] for each in cues]
    assert 255 < sum(not match.is_shown for match in once) < 345
    assert {match.p_left_out for match in once} == {1 / 2}


def test_one_lot_falls_for_all_of_a_situation_so_that_alone_means_alone() -> None:
    lessons = [lesson("a"), lesson("b")]
    memory, known = Memory(lessons), modes(*lessons, attempts=[DONE])
    fallen = [memory.recall(Cues(f"s{n}", "guest without receipt"), known) for n in range(50)]
    assert all(len({match.is_shown for match in found}) == 1 for found in fallen)
    assert len({found[0].is_shown for found in fallen}) == 2


@pytest.mark.parametrize("attempts", [[DONE, FAILED], [DONE, HELPED_IN_VAIN], []])
def test_what_has_just_failed_or_is_new_at_its_level_is_shown_without_a_lot(attempts) -> None:
    failed, fine = lesson("failed"), lesson("fine")
    memory = Memory([failed, fine])
    known = modes(failed, attempts=attempts) | modes(fine, attempts=[DONE])
    for n in range(20):
        found = memory.recall(Cues(f"s{n}", "guest without receipt"), known)
        assert [(match.is_shown, match.p_left_out) for match in found] == [(True, None)] * 2


def test_the_lot_falls_again_after_a_success_with_help() -> None:
    one = lesson("one")
    helped = Attempt(True, EXAMPLE, Tier.TRAINER)
    (match,) = Memory([one]).recall(
        Cues("s1", "guest without receipt"), modes(one, attempts=[FAILED, helped])
    )
    assert match.p_left_out == 1 / 2


def test_a_tag_that_many_lessons_have_counts_for_less_than_one_of_its_own() -> None:
    lessons = [
        lesson(str(n), cue=f"{word} sails", tags=frozenset({"opening", word})) for n, word in enumerate(WORDS)
    ]
    known = modes(*lessons)
    assert [match.lesson.key for match in recall(lessons, known, "torn sails", tags={"torn"})] == ["1"]
    assert not recall(lessons, known, "sails", tags={"opening"})


def test_most_of_the_tags_are_not_enough_where_the_words_say_nothing_more() -> None:
    one = lesson("one", cue="seen before", tags={"refund", "vip", "phone"})
    assert not recall([one], modes(one), tags={"refund", "vip"})
    assert recall([one], modes(one), "seen before", tags={"refund", "vip"})


def test_an_example_shows_the_cue_first_and_is_like_the_situation_second() -> None:
    cue, here = frozenset({"receipt", "guest"}), frozenset({"angry", "phone", "coast", "guest"})
    alike, telling, both = (
        frozenset({"angry", "phone", "coast"}),
        frozenset({"receipt", "guest", "calm"}),
        frozenset({"receipt", "guest", "angry", "phone"}),
    )
    assert example_among(cue, here, [alike, telling, both]) == 2
    assert example_among(cue, here, [alike, telling]) == 1
    assert example_among(cue, here, []) is None


def test_the_twenty_first_lesson_retires_what_is_needed_least() -> None:
    lessons = [lesson(str(number)) for number in range(22)]
    known = modes(*lessons) | {
        "7": Mode("7", ALONE, (FAILED, FAILED)),
        "9": Mode("9", EXAMPLE, (DONE, DONE, DONE)),
    }
    assert over_the_limit(lessons, known) == ("7", "9")
    assert over_the_limit(lessons[:20], known) == ()
