"""Draw the lifecycles: `python -m telemachy.core.shared.diagrams > docs/reference/states.md`."""

from __future__ import annotations

from telemachy.core.shared.lifecycles import ALL, Lifecycle

_HEAD = """# Lifecycles

Made from `src/telemachy/core/shared/lifecycles.py`, which the code asks too; a test keeps this page the same.
"""


def mermaid(lifecycle: Lifecycle) -> str:
    """Return the lifecycle as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {lifecycle.initial}"]
    lines += [f"    {step.source} --> {step.target}: {step.verb}" for step in lifecycle.steps]
    lines += [f"    {state} --> [*]" for state in lifecycle.states if state in lifecycle.final()]
    return "\n".join(lines)


def page() -> str:
    """Return the reference page of every lifecycle, as Markdown."""
    parts = [_HEAD]
    for lifecycle in ALL:
        parts.append(f"## {lifecycle.name.capitalize()}\n\n```mermaid\n{mermaid(lifecycle)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
