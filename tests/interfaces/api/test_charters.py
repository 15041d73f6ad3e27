"""A charter over the API: proposed, agreed to, and what a lot of it means for the next situation."""

from __future__ import annotations

import pytest

from telemachy.apps.relationships.queries import withholding
from tests.apps.relationships import story
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_pair_agrees_that_a_lot_says_how_the_learner_begins(cast: Cast, call_as, monkeypatch) -> None:
    monkeypatch.setattr(withholding, "falls_on", lambda _pk, _chance: True)
    story.charter(cast)
    athena, telemachus = call_as(cast.athena), call_as(cast.telemachus)
    charter = f"/relationships/{cast.relationship.pk}/charter"
    given = {"based_on": 1, "success": "He decides without her.", "begin_by_lot": True}
    proposed = athena.post(charter, given)
    assert proposed.status_code in {200, 201}, proposed.content
    agreed = telemachus.post(f"{charter}/agreement", {"version": 2}).json()
    assert (agreed["in_force"]["version"], agreed["in_force"]["begin_by_lot"]) == (2, True)

    case = {"relationship_id": str(cast.relationship.pk), "title": "The axes"}
    logged = telemachus.post("/situations/log", case).json()
    assert logged["guided_by_lot"] is False
    telemachus.post(f"/situations/{logged['id']}/question", {"question": "Do I string the bow?"})
    assert telemachus.get(f"/situations/{logged['id']}/help").json()["state"] == "decide_first"
    insisted = telemachus.post(f"/situations/{logged['id']}/insist")
    assert insisted.status_code in {200, 201}, insisted.content
    assert telemachus.get(f"/situations/{logged['id']}/help").json()["state"] == "pending"

    ended = athena.post(charter, {**given, "based_on": 2, "begin_by_lot": False}).json()
    assert ended["in_force"]["begin_by_lot"] is True
    assert telemachus.post("/situations/log", case).json()["guided_by_lot"] is None
