"""Background work of relationships; the worker imports this package and finds every job."""

from telemachy.apps.relationships.jobs import (
    health,
    interventions,
    own_data,
    publishing,
    reviews,
    sessions,
    studies,
    traces,
    waiting,
)

__all__ = [
    "health",
    "interventions",
    "own_data",
    "publishing",
    "reviews",
    "sessions",
    "studies",
    "traces",
    "waiting",
]
