"""Puts `telemachy/client` into what is built: from the server's tree, or from a source distribution."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "telemachy/client"


class Package(BuildHookInterface):
    """Names the one folder that is shipped."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        """Add it to the files of the wheel or of the source distribution."""
        root = Path(self.root)
        places = [root / PACKAGE, root.parents[1] / "src" / PACKAGE]
        source = next(place for place in places if place.is_dir())
        for path in source.rglob("*"):
            if path.suffix in {".py", ".typed"}:
                build_data["force_include"][str(path)] = f"{PACKAGE}/{path.relative_to(source)}"
