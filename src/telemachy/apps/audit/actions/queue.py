"""Queue background work from an action.

Jobs call actions, so an action cannot import the job that follows it; it names it by its path. The
queue is a table of the same database: the job exists exactly when the surrounding transaction commits.
"""

from __future__ import annotations

from django.utils.module_loading import import_string


def enqueue(path: str, /, **arguments: object) -> None:
    """Queue the job at `path`, such as "telemachy.apps.audit.jobs.tidy_up"; raise ImportError if none."""
    import_string(path).enqueue(**arguments)
