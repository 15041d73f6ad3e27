"""The exercises and scenarios that ship with the product, by language.

`content/drills.en.toml` and `content/scenarios.en/<id>.toml` are whole. Files of another language hold the
same ids with the words alone, so that a script is the same conversation everywhere; what is not translated is
there in English, and says so by its `language`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from telemachy.core.practice.drills import Item, Skill
from telemachy.core.practice.scenarios import Ending, Line, Scenario
from telemachy.core.practice.turns import TurnKind

SOURCE = "en"


@lru_cache(maxsize=8)
def items(language: str = SOURCE) -> Mapping[str, Item]:
    """Return every exercise by its id, in the order of the file."""
    own = {one["id"]: one for one in _read(f"drills.{language}.toml").get("item", ())}
    found = {}
    for entry in _read(f"drills.{SOURCE}.toml")["item"]:
        spoken = language if entry["id"] in own else SOURCE
        found[entry["id"]] = _item(entry | own.get(entry["id"], {}), spoken)
    return found


def items_of(skill: Skill, language: str = SOURCE) -> tuple[Item, ...]:
    """Return the exercises of one skill, in the order of the file."""
    return tuple(item for item in items(language).values() if item.skill == skill)


@lru_cache(maxsize=8)
def scenarios(language: str = SOURCE) -> Mapping[str, Scenario]:
    """Return every role-play by its id, in the order of their titles' files."""
    found = {}
    for name in sorted(entry.name for entry in _content().joinpath(f"scenarios.{SOURCE}").iterdir()):
        script = _read(f"scenarios.{SOURCE}/{name}")
        words = _read(f"scenarios.{language}/{name}") if language != SOURCE else {}
        found[script["id"]] = scenario_of(script, words, language if words else SOURCE)
    return found


def scenario_of(script: Mapping[str, Any], words: Mapping[str, Any], language: str) -> Scenario:
    """Return the scenario of a script, with the words of another language laid over it."""
    said, told = words.get("says", {}), words.get("why", {})
    lines = {
        key: Line(
            key=key,
            says=said.get(key, line["says"]),
            trust=line["trust"],
            on={TurnKind(kind): to for kind, to in line.get("on", {}).items()},
            ending=Ending(line["ending"]) if "ending" in line else None,
            why=told.get(key, line.get("why", "")),
        )
        for key, line in script["lines"].items()
    }
    text = {name: words.get(name, script[name]) for name in ("title", "client", "setting", "task", "lesson")}
    return Scenario(
        id=script["id"],
        language=language,
        theme=script["theme"],
        minutes=script["minutes"],
        start=script["start"],
        lines=lines,
        **text,
    )


def _item(entry: Mapping[str, Any], language: str) -> Item:
    return Item(
        id=entry["id"],
        skill=Skill(entry["skill"]),
        situation=entry["situation"],
        said=entry["said"],
        models=tuple(entry["models"]),
        points=tuple(tuple(point) for point in entry.get("points", ())),
        phase=entry.get("phase", ""),
        language=language,
    )


def _read(name: str) -> dict[str, Any]:
    """Return a file of the content, empty where there is none."""
    entry = _content().joinpath(*name.split("/"))
    return tomllib.loads(entry.read_text("utf-8")) if entry.is_file() else {}


def _content() -> Traversable:
    return files("telemachy.core.practice") / "content"
