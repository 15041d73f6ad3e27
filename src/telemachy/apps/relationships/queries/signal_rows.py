"""Signals as JSON, to be kept and read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telemachy.core import insights


def write(signals: Sequence[insights.Signal]) -> list[list[Any]]:
    """Return the signals as lists that JSON holds and `read` takes."""
    return [
        [signal.code, signal.severity.value, dict(signal.params), signal.confidence.value]
        for signal in signals
    ]


def read(rows: Sequence[Any]) -> tuple[insights.Signal, ...]:
    """Return the signals that `write` wrote."""
    return tuple(
        insights.Signal(code, insights.Severity(severity), params, insights.Confidence(confidence))
        for code, severity, params, confidence in rows
    )
