"""The learner's own page of confidence beside outcome."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from telemachy.apps.relationships.queries import calibration as queries
from telemachy.core.growth import Calibration
from telemachy.interfaces.web.views.calibration import sentence
from tests.apps.relationships import story
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def told(cast: Cast, *confidences: int, rating: int = 3, **fields) -> None:
    for days, confidence in enumerate(confidences, start=5):
        story.situation(
            cast.relationship,
            cast.telemachus,
            NOW - timedelta(days=days),
            rating=rating,
            confidence=confidence,
            **fields,
        )


def text(cast: Cast, sign_in) -> str:
    return sign_in(cast.telemachus).get(reverse("my-calibration")).content.decode()


def test_who_doubts_and_does_well_reads_so(cast: Cast, sign_in) -> None:
    told(cast, 40, 45, 50, 55, 60, 50)
    assert "You can do more than you think" in text(cast, sign_in)


def test_who_is_sure_and_errs_reads_so(cast: Cast, sign_in) -> None:
    told(cast, 90, 95, 85, 90, 100, rating=1)
    assert "You were surer than it turned out: by 92 points" in text(cast, sign_in)


def test_few_that_differ_widely_tell_nothing_yet(cast: Cast, sign_in) -> None:
    told(cast, 60, 65, 75, 70, 70)
    page = text(cast, sign_in)
    assert "do not tell yet" in page
    assert re.search(r"between \d+ points not sure enough and \d+ points? too sure", page)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(-0.02, 0.36, "do not tell yet"), (-0.15, 0.12, "go together")]
)
def test_an_interval_that_reaches_far_off_tells_of_no_agreement(low, high, said) -> None:
    assert said in sentence(Calibration(20, (low + high) / 2, low, high, 0.2, ()))


def test_guided_decisions_say_nothing_of_own_confidence(cast: Cast, sign_in) -> None:
    told(cast, 90, 95, 85, 90, 100, rating=1, level=3)
    told(cast, 60, 70)
    page = text(cast, sign_in)
    assert "3 more situations" in page
    assert "with guidance" in page


def test_own_ratings_are_counted_beside_the_mentors(cast: Cast) -> None:
    told(cast, 60, 60, 60)
    for number, one in enumerate(cast.telemachus.situations.order_by("logged_at")):
        one.ratings.create(rater=cast.telemachus, score=2 + number, tier="E0", rated_at=NOW)
        one.ratings.create(rater=cast.athena, score=3, tier="E2", rated_at=NOW)
    found = queries.of_learner(cast.telemachus)
    assert (found.above, found.same, found.below) == (1, 1, 1)


def test_it_is_everybodys_own_page(cast: Cast, sign_in) -> None:
    told(cast, 60, 60, 60, 60, 60)
    page = sign_in(cast.athena).get(reverse("my-calibration")).content.decode()
    assert "The case of" not in page
