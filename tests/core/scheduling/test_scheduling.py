"""Working hours in two zones, across clock changes; slots; cadence."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachy.core import scheduling
from telemachy.core.scheduling import CadenceStatus, WorkingHours
from telemachy.core.shared.errors import BadInput

OFFICE = tuple(WorkingHours(day, time(9), time(17)) for day in range(5))
MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


class TestWorkingIntervals:
    def test_shifts_with_the_clock_in_spring(self) -> None:
        # Athens goes from UTC+2 to UTC+3 on Sunday 29 March 2026.
        before, after = (
            scheduling.working_intervals(OFFICE, "Europe/Athens", day, 1)[0]
            for day in (date(2026, 3, 27), date(2026, 3, 30))
        )
        assert before.start_at == utc(2026, 3, 27, 7)
        assert after.start_at == utc(2026, 3, 30, 6)

    def test_has_an_hour_more_on_the_night_that_repeats_one_and_one_less_in_spring(self) -> None:
        night = [WorkingHours(5, time(22), time(6))]
        autumn = scheduling.working_intervals(night, "Europe/Berlin", date(2026, 10, 24), 1)
        spring = scheduling.working_intervals(night, "Europe/Berlin", date(2026, 3, 28), 1)
        assert [i.duration for i in (*autumn, *spring)] == [9 * HOUR, 7 * HOUR]

    def test_drops_working_time_inside_the_skipped_hour(self) -> None:
        gap = [WorkingHours(6, time(2), time(3))]
        assert scheduling.working_intervals(gap, "Europe/Berlin", date(2026, 3, 29), 1) == ()

    def test_joins_overlapping_stretches(self) -> None:
        hours = [WorkingHours(0, time(9), time(13)), WorkingHours(0, time(12), time(17))]
        assert len(scheduling.working_intervals(hours, "UTC", MONDAY, 1)) == 1

    def test_names_a_zone_that_does_not_exist(self) -> None:
        with pytest.raises(BadInput, match="Ithaca/Palace"):
            scheduling.working_intervals(OFFICE, "Ithaca/Palace", MONDAY, 1)
        with pytest.raises(BadInput):
            scheduling.working_intervals(OFFICE, "../etc/passwd", MONDAY, 1)


class TestOverlap:
    @pytest.mark.parametrize(
        ("a", "b", "week_of", "hours"),
        [
            ("Europe/Athens", "Europe/Athens", MONDAY, 40),
            ("Europe/Athens", "Europe/London", MONDAY, 30),
            ("Europe/London", "America/New_York", MONDAY, 15),
            # The United States change their clocks two weeks before Europe: four hours apart, not five.
            ("Europe/London", "America/New_York", date(2026, 3, 16), 20),
            ("Europe/Athens", "America/Los_Angeles", MONDAY, 0),
            ("Asia/Kathmandu", "Asia/Kolkata", MONDAY, 38.75),
        ],
    )
    def test_counts_the_hours_of_that_week(self, a: str, b: str, week_of: date, hours: float) -> None:
        assert scheduling.overlap_hours_per_week(OFFICE, a, OFFICE, b, week_of=week_of) == hours

    @given(
        st.sampled_from(["Pacific/Kiritimati", "Europe/Athens", "America/St_Johns", "Pacific/Pago_Pago"]),
        st.sampled_from(["UTC", "Asia/Tokyo", "Australia/Lord_Howe"]),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    )
    @settings(max_examples=30, deadline=None)
    def test_is_symmetric_and_at_most_the_shorter_week(self, a: str, b: str, day: date) -> None:
        found = scheduling.overlap_hours_per_week(OFFICE, a, OFFICE, b, week_of=day)
        assert found == scheduling.overlap_hours_per_week(OFFICE, b, OFFICE, a, week_of=day)
        assert 0 <= found <= 41


class TestProposeSlots:
    def slots(self, **changes: object) -> list[datetime]:
        options: dict[str, object] = {
            "not_before": utc(2026, 11, 23, 6), "duration": HOUR, "days": 14, "limit": 5, **changes
        }  # fmt: skip
        zones = (options.pop("a_zone", "Europe/Athens"), options.pop("b_zone", "Europe/London"))
        found = scheduling.propose_slots(OFFICE, zones[0], OFFICE, zones[1], **options)  # type: ignore[arg-type]
        return [slot.start_at for slot in found]

    def test_leaves_an_hour_to_either_edge_and_spreads_over_days(self) -> None:
        found = self.slots()
        assert len({moment.date() for moment in found}) == len(found) == 5
        # Both work 09:00 to 15:00 UTC.
        assert {moment.time() for moment in found} == {time(10)}

    def test_avoids_what_is_busy(self) -> None:
        busy = [(utc(2026, 11, 23, 9), utc(2026, 11, 23, 14, 15))]
        found = self.slots(days=1, limit=9, busy=busy, duration=timedelta(minutes=30))
        assert found == [utc(2026, 11, 23, 14, 30)]

    def test_starts_on_the_half_hour_of_the_first_clock(self) -> None:
        zone = ZoneInfo("Asia/Kathmandu")
        found = self.slots(a_zone="Asia/Kathmandu", not_before=utc(2026, 11, 23, 4, 7))
        assert found
        assert {moment.astimezone(zone).minute for moment in found} <= {0, 30}

    def test_gives_a_day_a_second_slot_only_when_days_run_out(self) -> None:
        found = self.slots(days=1, limit=3)
        assert len(found) == 3
        assert all(b - a >= HOUR for a, b in pairwise(found))

    def test_finds_none_where_nobody_overlaps(self) -> None:
        assert self.slots(b_zone="America/Los_Angeles") == []

    def test_refuses_a_naive_moment_and_an_empty_meeting(self) -> None:
        with pytest.raises(BadInput, match="time zone"):
            self.slots(not_before=datetime(2026, 11, 23))  # noqa: DTZ001
        with pytest.raises(BadInput, match="longer"):
            self.slots(duration=timedelta())

    @given(
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        st.integers(15, 120),
        st.sampled_from(["America/New_York", "Asia/Kolkata", "Africa/Lagos"]),
    )
    @settings(max_examples=40, deadline=None)
    def test_lies_within_both_working_times_and_after_the_earliest(
        self, not_before: datetime, minutes: int, zone: str
    ) -> None:
        duration = timedelta(minutes=minutes)
        found = scheduling.propose_slots(
            OFFICE, "Europe/London", OFFICE, zone, not_before=not_before, duration=duration
        )
        for slot in found:
            assert slot.start_at >= not_before
            for name in ("Europe/London", zone):
                start, end = (m.astimezone(ZoneInfo(name)) for m in (slot.start_at, slot.end_at))
                assert start.weekday() < 5
                assert time(9) <= start.time() < end.time() <= time(17)


class TestCadence:
    HELD = (date(2026, 10, 1), date(2026, 10, 15))

    @pytest.mark.parametrize(
        ("today", "next_on", "status", "late"),
        [
            (date(2026, 10, 29), None, CadenceStatus.ON_TRACK, 0),
            (date(2026, 11, 5), None, CadenceStatus.DUE, 7),
            (date(2026, 11, 6), None, CadenceStatus.DRIFTING, 8),
            (date(2026, 10, 20), date(2026, 11, 20), CadenceStatus.DRIFTING, 22),
            (date(2026, 11, 3), date(2026, 10, 29), CadenceStatus.DUE, 5),
        ],
    )
    def test_tells_on_track_due_and_drifting(
        self, today: date, next_on: date | None, status: CadenceStatus, late: int
    ) -> None:
        found = scheduling.cadence(self.HELD, 14, started_on=date(2026, 9, 1), today=today, next_on=next_on)
        assert (found.status, found.n_days_late) == (status, late)
        assert found.expected_on == date(2026, 10, 29)

    def test_expects_the_first_session_one_cadence_after_the_start(self) -> None:
        found = scheduling.cadence((), 7, started_on=MONDAY, today=MONDAY)
        assert found.expected_on == date(2026, 11, 30)

    def test_refuses_a_cadence_of_no_days(self) -> None:
        with pytest.raises(BadInput):
            scheduling.cadence((), 0, started_on=MONDAY, today=MONDAY)
