"""Matching over the API: as on the pages."""

from __future__ import annotations

from uuid import uuid4

import pytest

from telemachy.apps.programmes.models import MatchRun, Programme, ProgrammeManager
from tests.cast import NOW, Cast, pair

pytestmark = pytest.mark.django_db


def test_programmes_matched_together_are_matched_together_again(cast: Cast, call_as) -> None:
    second = Programme.objects.create(
        organisation=cast.ithaca, name="Second", kind="mentoring", state="open", created_at=NOW
    )
    ProgrammeManager.objects.create(programme=second, person=cast.eurycleia, since=NOW)
    made = {"number": 1, "state": "ready", "together": uuid4(), "created_at": NOW, "finished_at": NOW}
    run, _other = (MatchRun.objects.create(programme=one, **made) for one in (cast.programme, second))
    told = call_as(cast.eurycleia).post(f"/match-runs/{run.pk}/again", {})
    assert told.status_code == 201, told.content
    again = MatchRun.objects.filter(state="queued")
    assert {one.programme for one in again} == {cast.programme, second}
    assert len({one.together for one in again} - {None}) == 1


def test_a_manager_takes_a_proposal_back(cast: Cast, call_as) -> None:
    proposed = pair(cast.programme, cast.nestor, cast.penelope, state="proposed")
    where = f"/relationships/{proposed.pk}/call-off"
    assert call_as(cast.nestor).post(where, {}).status_code in {403, 404}
    told = call_as(cast.eurycleia).post(where, {})
    assert (told.status_code, told.json()["state"]) == (200, "declined")
    assert call_as(cast.eurycleia).post(where, {}).status_code == 409
