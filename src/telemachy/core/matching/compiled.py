"""How the kernels of the engine are compiled: at their first call, never while a module is only imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numpy.typing as npt
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

Array = npt.NDArray[Any]
Given = ParamSpec("Given")
Result = TypeVar("Result")


def compiled(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Compile a function of flat arrays and keep the machine code in numba's cache."""
    return cast(Callable[Given, Result], njit(cache=True)(function))


def _prefetch(_typing: Any, array: Any, at: Any) -> Any:
    """Tell numba how `prefetch` is typed, and how it is lowered to the instruction of LLVM."""

    def lowered(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        kind = signature.args[0]
        view = context.make_array(kind)(context, builder, given[0])
        place = cgutils.get_item_pointer(context, builder, kind, view, [given[1]], wraparound=False)  # type: ignore[no-untyped-call]
        word, address = ir.IntType(32), ir.IntType(8).as_pointer()
        takes = ir.FunctionType(ir.VoidType(), [address, word, word, word])
        ask = cgutils.get_or_insert_function(builder.module, takes, "llvm.prefetch.p0")  # type: ignore[no-untyped-call]
        for_reading, keep_long, data = word(0), word(3), word(1)
        builder.call(ask, [builder.bitcast(place, address), for_reading, keep_long, data])
        return context.get_dummy_value()

    return types.void(array, at), lowered


#: Asks the processor for the memory of `array[at]`, which is needed soon. It changes nothing but the speed:
#: pools of hundreds of thousands do not fit into the near caches.
prefetch = cast(Callable[[Array, int], None], intrinsic(_prefetch))
