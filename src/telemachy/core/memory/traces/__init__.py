"""An agent's past runs, as files have them -> cases for a trainer to look at.

Two kinds of file are read: lines of JSON in this product's own shape (`lines`), and spans of OpenTelemetry's
conventions for generative AI (`otlp`). Whatever a file says is data: it names no person, sets no level and
vouches for nothing; how a case went by its own word is a self-report.
"""

from telemachy.core.memory.traces.reading import read
from telemachy.core.memory.traces.shape import (
    MAX_BYTES,
    MAX_PROBLEMS,
    MAX_TRACES,
    Kind,
    Problem,
    Reading,
    Trace,
    TraceFileError,
)

__all__ = [
    "MAX_BYTES",
    "MAX_PROBLEMS",
    "MAX_TRACES",
    "Kind",
    "Problem",
    "Reading",
    "Trace",
    "TraceFileError",
    "read",
]
