"""The page docs/reference/api.md, made from the API's own description.

python -m telemachy.interfaces.api.reference > docs/reference/api.md
"""

from __future__ import annotations

import os
from collections import defaultdict
from typing import Any

HEAD = """\
# The API's operations

Made from the description at `/api/v1/openapi.json`, which has every field; a test keeps this page the same.
[The guide](../guides/api.md) says how to call.
"""


def page(schema: dict[str, Any]) -> str:
    """Return the page: a table of operations for each area."""
    areas: dict[str, list[str]] = defaultdict(list)
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            does = " ".join(operation["description"].split())
            areas[operation["tags"][0]].append(f"| `{method.upper()} {path}` | {does} |")
    parts = [HEAD]
    for area, rows in areas.items():
        parts.append("\n".join([f"## {area}\n", "| operation | what it does |", "| --- | --- |", *rows, ""]))
    return "\n".join(parts)


def main() -> None:
    """Print it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "telemachy.project.settings")
    import django

    django.setup()
    from telemachy.interfaces.api.urls import api

    print(page(api.get_openapi_schema()), end="")


if __name__ == "__main__":
    main()
