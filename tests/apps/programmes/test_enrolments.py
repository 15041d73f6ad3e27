"""Who runs a programme and who has a place in it, where things end or begin again."""

from __future__ import annotations

import pytest

from telemachy.apps.programmes.actions import programmes
from telemachy.core.shared.errors import BadInput
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_whoever_has_left_does_not_count_as_somebody_who_runs_it(cast) -> None:
    programmes.add_manager(programme=cast.programme, person=cast.nestor, by=cast.eurycleia, now=NOW)
    cast.nestor.left_at = NOW
    cast.nestor.save()
    with pytest.raises(BadInput, match="somebody who runs it"):
        programmes.remove_manager(programme=cast.programme, person=cast.eurycleia, by=cast.eurycleia, now=NOW)
    programmes.remove_manager(programme=cast.programme, person=cast.nestor, by=cast.eurycleia, now=NOW)
    assert cast.programme.managers.get().person == cast.eurycleia
