"""How the kernels of the engine are compiled: once, kept on disk, never while a module is only imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """Compile a function of flat arrays at its first call and keep the machine code in numba's cache."""
    kernel: Kernel = njit(cache=True)(function)
    return kernel
