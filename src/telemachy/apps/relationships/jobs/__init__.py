"""Background work of relationships; the worker imports this package and finds every job."""

from telemachy.apps.relationships.jobs import health, own_data, publishing, reviews, sessions, waiting

__all__ = ["health", "own_data", "publishing", "reviews", "sessions", "waiting"]
