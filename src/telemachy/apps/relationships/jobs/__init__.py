"""Background work of relationships; the worker imports this package and finds every job."""

from telemachy.apps.relationships.jobs import own_data, reviews, sessions, waiting

__all__ = ["own_data", "reviews", "sessions", "waiting"]
