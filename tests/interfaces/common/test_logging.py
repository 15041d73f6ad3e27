from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
import structlog

from telemachy.interfaces.common import logging as log_lines


@pytest.fixture
def json_lines():
    """Log JSON as in production; give a function that reads the lines back."""
    before = structlog.get_config()
    configuration = log_lines.configuration(as_json=True, level="INFO")
    structlog.configure(cache_logger_on_first_use=False)
    handler = logging.StreamHandler(io.StringIO())
    layout = logging.config.DictConfigurator(configuration)
    handler.setFormatter(layout.configure_formatter(configuration["formatters"]["lines"]))
    logger = logging.getLogger("telemachy")
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    structlog.configure(**before)


def test_a_line_is_json_with_time_level_logger_and_the_request_id(json_lines):
    with structlog.contextvars.bound_contextvars(request_id="abc-123"):
        logging.getLogger("telemachy.jobs").error("job died", extra={"job": "x", "attempts": 3})
    (line,) = json_lines()
    assert line["timestamp"].endswith("Z")
    del line["timestamp"]
    assert line == {
        "event": "job died",
        "level": "error",
        "logger": "telemachy.jobs",
        "request_id": "abc-123",
        "job": "x",
        "attempts": 3,
    }


def test_an_exception_stays_on_its_one_line(json_lines):
    try:
        raise ValueError("the ship is gone")
    except ValueError:
        structlog.stdlib.get_logger("telemachy").exception("failed")
    (line,) = json_lines()
    assert "ValueError: the ship is gone" in line["exception"]


@pytest.mark.parametrize(
    ("request_line", "logged"),
    [
        ("GET /people/?q=Telemachus", "GET /people/"),
        ("GET /invitation/Zk3v9hT2yQpW8sLdR4nXbM6c/", "GET /invitation/…/"),
        ("GET /calendar/Zk3v9hT2yQpW8sLdR4nXbM6c.ics", "GET /calendar/…"),
        (
            "GET /situations/0b6f0c1e-58f1-4f6e-9a57-1a2b3c4d5e6f/",
            "GET /situations/0b6f0c1e-58f1-4f6e-9a57-1a2b3c4d5e6f/",
        ),
    ],
)
def test_secrets_in_addresses_are_not_logged(request_line, logged):
    assert log_lines.hide_secrets(None, "info", {"request": request_line})["request"] == logged


def test_nor_are_they_in_what_django_says_of_a_failed_request(json_lines, rf):
    failed = rf.get("/invitation/Zk3v9hT2yQpW8sLdR4nXbM6c/?q=Telemachus")
    extra = {"status_code": 500, "request": failed}
    logging.getLogger("telemachy.django").error("Internal Server Error: %s", failed.path, extra=extra)
    (line,) = json_lines()
    assert line["event"] == "Internal Server Error: /invitation/…/"
    assert line["request"] == "GET /invitation/…/"
