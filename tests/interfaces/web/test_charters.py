"""The pages of a charter: whose turn it is, what changed, two edits at once, and who never sees it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from telemachy.apps.relationships.actions import charters as actions
from telemachy.apps.relationships.models import Charter, Draft, Relationship
from telemachy.apps.relationships.queries import charters as queries
from telemachy.apps.relationships.queries import withholding
from tests.cast import NOW, Cast

TEXT = {
    "success": "He decides alone.",
    "cadence": "Weekly.",
    "hours_a_month": "4.5",
    "feedback_kinds": "",
    "out_of_scope": "Pay.",
    "confidentiality": "",
    "escalation": "",
}


@pytest.fixture
def pair(cast: Cast) -> Relationship:
    """The pair of the cast, before its charter."""
    cast.programme.charter_draft = {"success": "He decides alone.", "cadence": "Weekly."}
    cast.programme.save()
    Relationship.objects.filter(pk=cast.relationship.pk).update(state="contracting", active_at=None)
    return Relationship.objects.get(pk=cast.relationship.pk)


@pytest.fixture
def learner(cast: Cast, sign_in):
    return sign_in(cast.telemachus)


@pytest.fixture
def mentor(cast: Cast, sign_in):
    return sign_in(cast.athena)


def address(name: str, pair: Relationship, *args: int) -> str:
    return reverse(name, args=[pair.pk, *args])


def page(client, pair: Relationship) -> str:
    answer = client.get(address("charter", pair))
    assert answer.status_code == 200
    return answer.content.decode()


def begun(cast: Cast, pair: Relationship) -> None:
    actions.draft(relationship=pair, by=cast.telemachus, now=NOW)


def test_from_the_programmes_draft_to_a_charter_in_force(pair: Relationship, learner, mentor) -> None:
    assert "Begin with the programme" in page(learner, pair)
    learner.post(address("charter-begin", pair))
    assert "He decides alone." in page(mentor, pair)
    assert "Agree to version 1" in page(mentor, pair)
    answer = learner.post(address("charter-edit", pair), {**TEXT, "based_on": "1"}, follow=True)
    assert "It holds once Athena agreed too." in answer.content.decode()
    assert "awaiting Athena" in page(learner, pair)

    text = page(mentor, pair)
    assert "Telemachus proposed version 2" in text
    assert "<ins>Pay.</ins>" in text
    assert "<ins>4.5 hours</ins>" in text
    answer = mentor.post(address("charter-agree", pair), {"version": "2"}, follow=True)
    assert "Your charter is in force." in answer.content.decode()
    assert "Propose a change" in page(learner, pair)


def test_second_click_on_begin_changes_nothing(cast: Cast, pair: Relationship, mentor) -> None:
    begun(cast, pair)
    assert mentor.post(address("charter-begin", pair)).status_code == 302
    assert Charter.objects.count() == 1


def test_change_shows_what_holds_until_everybody_agreed(
    cast: Cast, pair: Relationship, learner, mentor
) -> None:
    begun(cast, pair)
    for person in (cast.athena, cast.telemachus):
        actions.agree(relationship=pair, by=person, now=NOW, version=1)
    learner.post(address("charter-edit", pair), {**TEXT, "cadence": "Every month.", "based_on": "1"})
    text = page(mentor, pair)
    assert "compared with version 1" in text
    assert "<del>Weekly.</del>" in text
    assert "What holds until then: version 1" in text


def test_two_edits_at_once_are_shown_beside_each_other(
    cast: Cast, pair: Relationship, learner, mentor
) -> None:
    begun(cast, pair)
    mentor.post(
        address("charter-edit", pair),
        {**TEXT, "cadence": "Every month.", "escalation": "Ask Eurycleia.", "based_on": "1"},
    )
    answer = learner.post(
        address("charter-edit", pair), {**TEXT, "cadence": "Every day.", "out_of_scope": "", "based_on": "1"}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Athena proposed version 2 while you were writing" in text
    assert "Every day.</textarea>" in text
    assert "Every month." in text
    assert "Ask Eurycleia.</textarea>" in text
    assert 'name="based_on" value="2"' in text
    assert Charter.objects.count() == 2
    again = {**TEXT, "cadence": "Every week or two.", "based_on": "2"}
    assert learner.post(address("charter-edit", pair), again).status_code == 302
    assert Charter.objects.first().cadence == "Every week or two."


def test_unsent_edit_is_kept_for_oneself_and_meets_a_later_version(
    cast: Cast, pair: Relationship, learner, mentor
) -> None:
    begun(cast, pair)
    draft = {**TEXT, "success": "Half a thou", "based_on": "1"}
    assert "Draft saved" in learner.post(address("charter-draft", pair), draft).content.decode()
    assert "Half a thou" not in page(mentor, pair)
    assert "Half a thou" in learner.get(address("charter-edit", pair)).content.decode()
    mentor.post(address("charter-edit", pair), {**TEXT, "cadence": "Every month.", "based_on": "1"})
    text = learner.get(address("charter-edit", pair)).content.decode()
    assert "while you were writing" in text
    assert "Half a thou" in text
    assert "Every month." in text
    learner.post(address("charter-edit", pair), {**draft, "success": "All of it", "based_on": "2"})
    assert not Draft.objects.exists()


def test_agreeing_to_what_was_overtaken_shows_the_newer_one(
    cast: Cast, pair: Relationship, learner, mentor
) -> None:
    begun(cast, pair)
    mentor.post(address("charter-edit", pair), {**TEXT, "based_on": "1"})
    answer = learner.post(address("charter-agree", pair), {"version": "1"}, follow=True)
    assert "Read it before you agree." in answer.content.decode()
    assert queries.standing(pair).pending is not None


def test_a_lot_for_the_beginning_is_agreed_read_and_ended_like_any_section(
    cast: Cast, pair: Relationship, learner, mentor
) -> None:
    begun(cast, pair)
    form = learner.get(address("charter-edit", pair)).content.decode()
    assert f"the first {withholding.FIRST} situations" in form
    assert '<option value="False" selected>' in form
    by_lot = {**TEXT, "begin_by_lot": "True"}
    learner.post(address("charter-draft", pair), {**by_lot, "based_on": "1"})
    assert '<option value="True" selected>' in learner.get(address("charter-edit", pair)).content.decode()
    learner.post(address("charter-edit", pair), {**by_lot, "based_on": "1"})
    assert "One lot decides" in page(mentor, pair)
    assert not withholding.begins_by_lot(pair)
    mentor.post(address("charter-agree", pair), {"version": "2"})
    assert withholding.begins_by_lot(pair)
    assert '<option value="True" selected>' in mentor.get(address("charter-edit", pair)).content.decode()
    mentor.post(address("charter-edit", pair), {**TEXT, "begin_by_lot": "False", "based_on": "2"})
    assert not withholding.begins_by_lot(pair)
    assert "No lot" in page(learner, pair)


def test_refused_version_keeps_what_was_written(cast: Cast, pair: Relationship, learner) -> None:
    begun(cast, pair)
    bad = {**TEXT, "success": "", "hours_a_month": "NaN", "cadence": "As I wrote it", "based_on": "1"}
    answer = learner.post(address("charter-edit", pair), bad)
    assert answer.status_code == 422
    assert "As I wrote it" in answer.content.decode()
    same = {**TEXT, "hours_a_month": "", "out_of_scope": "", "based_on": "1"}
    assert "Nothing is changed." in learner.post(address("charter-edit", pair), same).content.decode()
    assert Charter.objects.count() == 1


def test_every_version_stays_to_be_read(cast: Cast, pair: Relationship, learner) -> None:
    begun(cast, pair)
    learner.post(address("charter-edit", pair), {**TEXT, "based_on": "1"})
    text = learner.get(address("charter-version", pair, 2)).content.decode()
    assert "<ins>Pay.</ins>" in text
    assert "never; not everybody agreed" in text
    assert learner.get(address("charter-version", pair, 1)).status_code == 200
    for number in (3, 99_999_999_999_999_999_999):
        assert learner.get(address("charter-version", pair, number)).status_code == 404


def test_what_somebody_writes_is_never_markup(cast: Cast, pair: Relationship, learner, mentor) -> None:
    begun(cast, pair)
    learner.post(
        address("charter-edit", pair), {**TEXT, "out_of_scope": "<script>x</script>", "based_on": "1"}
    )
    assert "<script>x" not in page(mentor, pair)
    assert "&lt;script&gt;x" in page(mentor, pair)


def test_ended_pair_reads_and_is_told_why(cast: Cast, pair: Relationship, learner) -> None:
    begun(cast, pair)
    Relationship.objects.filter(pk=pair.pk).update(state="unwound", closed_at=NOW)
    text = page(learner, pair)
    assert "This relationship has ended" in text
    assert "He decides alone." in text
    assert learner.get(address("charter-edit", pair)).status_code == 403
    assert learner.post(address("charter-agree", pair), {"version": "1"}).status_code == 403


def test_nobody_else_sees_a_charter(cast: Cast, pair: Relationship, sign_in) -> None:
    begun(cast, pair)
    for stranger in (cast.eurycleia, cast.nestor, cast.penelope, cast.antinous):
        client = sign_in(stranger)
        for name in ("charter", "charter-edit", "charter-begin", "charter-agree"):
            assert client.get(address(name, pair)).status_code == 404, name
        for name in ("charter-edit", "charter-begin", "charter-agree", "charter-draft"):
            assert client.post(address(name, pair), {"version": "1"}).status_code == 404, name
        assert client.get(address("charter-version", pair, 1)).status_code == 404


def test_versions_do_not_add_queries(cast: Cast, pair: Relationship, learner, count_queries) -> None:
    begun(cast, pair)
    learner.post(address("charter-edit", pair), {**TEXT, "based_on": "1"})

    def more(*numbers: int) -> None:
        for number in numbers:
            text = {**TEXT, "cadence": f"Every {number} weeks.", "based_on": str(number)}
            assert learner.post(address("charter-edit", pair), text).status_code == 302

    more(2)
    few = count_queries(learner, address("charter", pair))
    more(3, 4, 5, 6)
    assert count_queries(learner, address("charter", pair)) == few
