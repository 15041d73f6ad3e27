"""A mentor's own mix by month."""

from __future__ import annotations

from datetime import date

from telemachy.core.practice import Written, months_of_writing


def test_months_without_guidance_are_there_and_empty() -> None:
    months = months_of_writing(
        [
            Written(date(2025, 12, 30), "You should call him.", 4),
            Written(date(2026, 2, 1), "What have you tried?", 2),
            Written(date(2026, 2, 9), "I would wait there. What do you think?", None),
        ]
    )
    assert [month.month for month in months] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert [month.n for month in months] == [1, 0, 2]
    assert (months[0].n_telling, months[0].n_to_ask, months[0].n_recommended) == (1, 0, 1)
    assert (months[2].n_asking, months[2].n_to_ask, months[2].n_recommended) == (2, 1, 1)


def test_nothing_written_shows_nothing() -> None:
    assert months_of_writing([]) == ()
    assert months_of_writing([Written(date(2026, 1, 1), " ", 2)]) == ()
