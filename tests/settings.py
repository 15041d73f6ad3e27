"""The settings of the tests: those of the product, in an installation that leaves nothing behind.

The database is a SQLite file (in memory, the threads of a live server would share one connection)
unless TELEMACHY_DATABASE_URL names another; dev.py runs the suite on both.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_data = tempfile.TemporaryDirectory(prefix="telemachy-tests-")
os.environ.setdefault("TELEMACHY_SECRET_KEY", "for the tests only, long enough to be accepted as a key")
os.environ.setdefault("TELEMACHY_DATABASE_URL", f"sqlite:///{_data.name}/telemachy.sqlite3")
os.environ["TELEMACHY_DATA_DIR"] = _data.name
# Compiling the matching engine takes half a minute: every run of the tests after the first finds it done.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[1] / ".pytest_cache" / "compiled"))

from telemachy.project.settings import *  # noqa: E402, F403 - after the environment is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()  # noqa: F405 - WhiteNoise warns of a missing folder
LOGGING["root"]["handlers"] = []  # noqa: F405 - pytest keeps the lines
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{_data.name}/test.sqlite3"}  # noqa: F405
