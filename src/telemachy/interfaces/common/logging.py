"""Log lines as facts: JSON in production, readable lines in the demo; each with its request's id."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest

#: Secrets that are part of an address: invitation and calendar links. Identifiers (UUIDs) stay readable.
_SECRET_PART = re.compile(r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w-]{24,}(?:\.[\w-]+)?")


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut query strings (searches name people) and secret path parts out of the line and its request."""
    request = event.get("request")
    if isinstance(request, HttpRequest):  # what Django itself says of a request that failed
        request = f"{request.method} {request.path}"
    if isinstance(request, str):
        event["request"] = _SECRET_PART.sub("…", request.partition("?")[0])
    if isinstance(event.get("event"), str):
        event["event"] = _SECRET_PART.sub("…", event["event"])
    return event


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING, so that both kinds of logger end in the same lines."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            hide_secrets,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = structlog.dev.ConsoleRenderer(colors=False)
    if as_json:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder(), hide_secrets],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # The request middleware logs every request already, with its id.
            "django.server": {"handlers": [], "propagate": False},
            "django": {"level": "WARNING"},
        },
    }
