"""Lots that fall the same way every time, and that nobody knows before: drawn from what is drawn for."""

from __future__ import annotations

from hashlib import sha256

#: In one situation in so many nothing is recalled, to see success without; one in so many is looked at
#: although its failure mode is mastered.
LEFT_OUT_ONE_IN, AUDITED_ONE_IN = 2, 10


def falls_on(chance: float, *drawn_for: str) -> bool:
    """Tell whether the lot falls on this one.

    Parameters
    ----------
    chance : float
        In [0, 1].
    *drawn_for : str
        What it is drawn for: purpose, situation, failure mode.
    """
    digest = sha256("\x1f".join(drawn_for).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64 < chance
