"""The outcomes of a programme: what is told, what is hidden, and the two files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from telemachy.apps.audit.models import Event
from telemachy.apps.relationships.models import GrowthStudy, Pulse, Relationship
from telemachy.apps.relationships.queries import outcomes as queries
from telemachy.interfaces.common import clock
from telemachy.interfaces.web.views import outcomes as views
from tests import cast as cast_module
from tests.apps.relationships import story
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def pairs(cast: Cast, n: int, *, days: int = 200, answer: int = 4) -> list[Relationship]:
    """Add pairs that began so many days ago, met once, and answered one question each."""
    made = []
    for number in range(n):
        learner = cast_module.person(cast.ithaca, f"Sailor {days} {number}", sign_in=False)
        pair = cast_module.pair(cast.programme, cast.athena, learner)
        pair.active_at = NOW - timedelta(days=days)
        pair.save()
        story.sessions(pair, days - 5)
        story.situation(pair, learner, NOW - timedelta(days=days - 9), level=0 if number % 2 else 2)
        Pulse.objects.create(
            relationship=pair, person=learner, question="reliance", answer=answer, answered_at=NOW
        )
        made.append(pair)
    return made


def line(cast: Cast, code: str) -> queries.Line:
    found = queries.of_programme(cast.programme, NOW)
    return next(one for one in found.lines if one.measure.code == code)


def test_all_pairs_stand_beside_those_of_each_quarter(cast: Cast) -> None:
    pairs(cast, 6, days=200, answer=3)
    pairs(cast, 6, days=100, answer=5)
    found = line(cast, "reliance")
    assert found.whole.value == 4.0
    assert [one.value for one in found.cohorts[:2]] == [3.0, 5.0]
    alone = line(cast, "alone").whole
    assert (alone.n, alone.value) == (12, 0.5)
    met = line(cast, "met").whole
    assert (met.n, round(met.value or 0, 3)) == (13, round(12 / 13, 3))


def test_a_small_group_is_hidden_and_so_is_the_one_that_would_give_it_away(cast: Cast) -> None:
    pairs(cast, 3, days=200)
    pairs(cast, 6, days=100)
    found = line(cast, "reliance")
    assert found.whole.value == 4.0
    assert [one.value for one in found.cohorts] == [None, None, None]


def test_the_page_shows_numbers_and_no_word_of_the_pairs(cast: Cast, sign_in) -> None:
    pairs(cast, 6)
    page = sign_in(cast.eurycleia).get(reverse("programme-outcomes", args=[cast.programme.pk]))
    text = page.content.decode()
    assert "Settle hard situations without asking" in text
    assert "of 6" in text
    for secret in ("The case of", "They stall", "Sailor"):
        assert secret not in text


def test_before_anything_began_the_page_says_so(cast: Cast, sign_in) -> None:
    cast.relationship.delete()
    page = sign_in(cast.eurycleia).get(reverse("programme-outcomes", args=[cast.programme.pk]))
    assert "Nothing has come of it yet" in page.content.decode()


def test_queries_do_not_grow_with_the_pairs(cast: Cast) -> None:
    counts = []
    for n in (2, 8):
        pairs(cast, n, days=50 * n)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.of_programme(cast.programme, NOW)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 7


def test_the_spreadsheet_leaves_hidden_groups_empty_and_is_noted(cast: Cast, sign_in) -> None:
    pairs(cast, 6)
    answer = sign_in(cast.eurycleia).get(reverse("programme-outcomes-csv", args=[cast.programme.pk]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = {(one["measure"], one["begun"]): one for one in rows}
    assert told["reliance", "all"]["value"] == "4.000"
    assert told["graduated", "all"]["value"] == ""
    assert Event.objects.filter(verb="list.exported").exists()
    assert told["guidance_effect", "all"]["value"] == ""
    assert "by lot" in told["guidance_effect", "all"]["said"]


def test_the_spreadsheet_says_what_the_lots_of_all_pairs_tell(cast: Cast) -> None:
    study = GrowthStudy(
        programme=cast.programme, n_pairs=8, n_situations=900, verdict="claim", code="claim",
        params={"effect": 12.0, "low": 3.5, "high": 20.0}, computed_at=NOW,
    )  # fmt: skip
    line = dict(zip(views.COLUMNS, views.weighed(study), strict=True))
    assert (line["n"], line["value"], line["low"], line["high"]) == ("900", "0.120", "0.035", "0.200")
    assert "+12 points" in line["said"]
    assert "of 8 pairs" in line["said"]


def test_the_report_is_a_tagged_pdf_with_pictures_told_in_words(cast: Cast, sign_in) -> None:
    pairs(cast, 6)
    answer = sign_in(cast.eurycleia).get(reverse("programme-outcomes-pdf", args=[cast.programme.pk]))
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    parts = ("Outcomes of Voyage", "The intervals", "Decided alone", "How to read it", "No claim is made")
    for part in parts:
        assert part in text, part
