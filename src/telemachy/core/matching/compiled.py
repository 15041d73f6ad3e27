"""How the kernels of the engine are compiled: at their first call, never while a module is only imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numpy.typing as npt
from numba import njit

Array = npt.NDArray[Any]
Given = ParamSpec("Given")
Result = TypeVar("Result")


def compiled(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Compile a function of flat arrays and keep the machine code in numba's cache."""
    return cast(Callable[Given, Result], njit(cache=True)(function))
