"""Wishes for the matching over the API: whom one would like, and whom rather not."""

from __future__ import annotations

import pytest

from telemachy.apps.programmes.models import Enrolment
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_somebody_says_whom_they_would_like_and_whom_rather_not(cast: Cast, call_as) -> None:
    telemachus = call_as(cast.telemachus)
    place = Enrolment.objects.get(person=cast.telemachus)
    address = f"/me/places/{place.pk}/wishes"
    liked, avoided = str(cast.athena.pk), str(cast.nestor.pk)
    told = telemachus("PUT", address, {"person_ids": [liked], "avoided_ids": [avoided]}).json()
    assert [who["id"] for who in told["wishes"]] == [liked]
    assert [who["id"] for who in told["avoided"]] == [avoided]
    # Without a word about them, those whom one would rather not have stay; an empty list takes them back.
    told = telemachus("PUT", address, {"person_ids": []}).json()
    assert (told["wishes"], [who["id"] for who in told["avoided"]]) == ([], [avoided])
    told = telemachus("PUT", address, {"person_ids": [], "avoided_ids": []}).json()
    assert told["avoided"] == telemachus.get("/me/places").json()[0]["avoided"] == []


def test_wishes_that_cannot_be_kept_change_nothing(cast: Cast, call_as) -> None:
    telemachus = call_as(cast.telemachus)
    place = Enrolment.objects.get(person=cast.telemachus)
    address, athena = f"/me/places/{place.pk}/wishes", str(cast.athena.pk)
    for avoided in ([athena], [str(cast.antinous.pk)], [str(cast.telemachus.pk)], [athena] * 21):
        given = {"person_ids": [athena], "avoided_ids": avoided}
        assert telemachus("PUT", address, given).status_code == 422
    assert not place.preferred.exists()
    assert not place.avoided.exists()


def test_a_place_is_given_back_and_a_pair_goes_on(cast: Cast, call_as) -> None:
    telemachus = call_as(cast.telemachus)
    place = Enrolment.objects.get(person=cast.telemachus)
    assert telemachus("DELETE", f"/me/places/{place.pk}").status_code == 204
    assert telemachus("DELETE", f"/me/places/{place.pk}").status_code == 404
    assert telemachus.get("/me/places").json() == []
    cast.relationship.refresh_from_db()
    assert cast.relationship.state == "active"
