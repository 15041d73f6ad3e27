"""The rule about a group of people."""

from __future__ import annotations

from collections.abc import Sequence

from telemachy.core.insights.facts import mean
from telemachy.core.insights.signals import Severity, Signal
from telemachy.core.insights.thresholds import DEFAULT, Thresholds


def low_pulse(pulses: Sequence[float], thresholds: Thresholds = DEFAULT) -> Signal | None:
    """Fire when the mean of the latest pulse (1..5) of each person is low; silent below five people."""
    if len(pulses) < thresholds.pulse_raters or mean(pulses) > thresholds.pulse_low:
        return None
    return Signal("low_pulse", Severity.ACT, {"n": len(pulses), "mean": mean(pulses)})
