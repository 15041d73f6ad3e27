"""Times of a transcript in seconds."""

from __future__ import annotations

import re

#: A time as captions write it, tolerant: hours may lack, digits may lack, comma or point.
TIME = r"-?(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?"
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")
#: A recording is at most this long; a later time is no time of it.
MAX_SECONDS = 48 * 3600.0


def seconds(text: str) -> float | None:
    """Return the seconds of `1:02:03.5`, `62:03,5` or `0:3`; None if it is negative or no time."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, whole, part = found.groups()
    value = int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + (float(f"0.{part}") if part else 0.0)
    return value if value <= MAX_SECONDS else None
