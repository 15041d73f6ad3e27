"""The demo loaded once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from telemachy.interfaces.demo import loader

TODAY = date(2026, 3, 3)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[loader.Report]:
    """Load the demo and take it back at the end; tests that use it must write nothing that matters."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield loader.load(seed=1, today=TODAY)
        transaction.set_rollback(True)
