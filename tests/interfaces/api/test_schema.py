"""What the description promises is what happens, whatever is sent: schemathesis calls every operation.

The calls go through the whole stack with keys of rows that exist, as their mentor, learner and
administrator, so that this also holds on the database that refuses what the other one takes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from tests.interfaces.api import addresses
from tests.world import build

load_all_checks()
#: What the description allows may still be refused by the state of things; and what schemathesis takes for a
#: wrong value may be a right one after all.
LEFT_OUT = {"positive_data_acceptance", "negative_data_rejection", "ignored_auth"}
CHECKED = CHECKS.get_by_names([name for name in CHECKS.get_all_names() if name not in LEFT_OUT])
#: Calls of each operation: the simplest there is, and any other. More were made while it was written.
N_CALLS = 2


@pytest.fixture
def _connection_kept() -> Iterator[None]:
    """Keep the test's connection open between calls, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("_connection_kept", "quiet")
def test_every_operation_answers_as_it_is_described(cast, call_as) -> None:
    world = build(cast)
    callers = [call_as(who) for who in (cast.penelope, cast.athena, cast.telemachus)]
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    wrong = []
    for found in described.get_all_operations():
        operation = found.ok()
        try:
            _call(operation, callers, addresses.parameters(operation.path, world))
        except Exception as failure:  # collected: one run tells of every operation that fails
            wrong.append(f"{operation.label}: {failure}")
    assert not wrong, "\n\n".join(wrong)


def _call(operation, callers, keys) -> None:
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @seed(7)
    @settings(
        max_examples=N_CALLS,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, caller=st.sampled_from(callers), known=st.integers(0, 3))
    def run(case, caller, known) -> None:
        if known and keys:
            case.path_parameters = {**case.path_parameters, **keys}
        with transaction.atomic():
            headers = {"Authorization": f"Bearer {caller.secret}"}
            case.validate_response(case.call(headers=headers), checks=CHECKED)
            transaction.set_rollback(True)

    run()
