"""Likeness of short texts by the words they share, rare words counting more (tf-idf, cosine)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from telemachy.core.shared.likeness import COMMON

if TYPE_CHECKING:
    from telemachy.core.matching.columns import Lists

Floats = npt.NDArray[np.float32]

#: Words of three letters and more; a number alone says little about a goal.
_WORD = re.compile(r"[^\W\d_]{3,}")


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case, without those that tell nothing.

    Rarity alone does not sort these out: in a small pool "that" may be a rare word.
    """
    return [word for word in _WORD.findall(text.casefold()) if word not in COMMON]


class Rarity:
    """How much each word of a pool tells.

    The weight of a word in a text is (1 + log n) log(N / n_texts), n its count there, n_texts the number
    of the N texts with it (Salton & Buckley 1988): a word that every text has counts nothing.
    """

    def __init__(self, code_of: Mapping[str, int], texts: tuple[Lists, ...]) -> None:
        self._code_of = code_of
        n_texts_with = sum(np.bincount(side.code, minlength=len(code_of)) for side in texts)
        n_texts = max(sum(int((side.n_each() > 0).sum()) for side in texts), 1)
        self._rarity = np.log(n_texts / np.maximum(n_texts_with, 1))

    def unit_vectors(self, texts: Lists) -> Floats:
        """Return the weight of every word of every text, each text of length 1, float32 (n_codes,)."""
        weight = (1 + np.log(texts.count)) * self._rarity[texts.code]
        text = np.repeat(np.arange(len(texts.indptr) - 1), texts.n_each())
        length = np.sqrt(np.bincount(text, weights=weight**2, minlength=len(texts.indptr) - 1))
        unit: Floats = (weight / np.where(length > 0, length, 1)[text]).astype(np.float32)
        return unit

    def shared_words(self, one: str, other: str, limit: int = 3) -> list[str]:
        """Return the rarest words that both texts have."""
        rarity = {word: self._rarity[self._code_of[word]] for word in {*tokens(one)} & {*tokens(other)}}
        telling = [word for word in rarity if rarity[word] > 0]
        return sorted(telling, key=lambda word: (-rarity[word], word))[:limit]
