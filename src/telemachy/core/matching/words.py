"""Likeness of short texts by the words they share, rare words counting more (tf-idf, cosine)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

#: Words of three letters and more; a number alone says little about a goal.
_WORD = re.compile(r"[^\W\d_]{3,}")


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.casefold())


class Vectors:
    """Texts of both sides as unit vectors over one vocabulary.

    The weight of a word in a text is (1 + log n) log(N / n_texts), n its count there, n_texts the number
    of the N texts with it (Salton & Buckley 1988): a word that every text has counts nothing, so no
    list of stop words is needed.
    """

    def __init__(self, learner_texts: Sequence[str], mentor_texts: Sequence[str]) -> None:
        counts = [Counter(tokens(text)) for text in (*learner_texts, *mentor_texts)]
        n_texts_with = Counter(word for count in counts for word in count)
        self.vocabulary = {word: at for at, word in enumerate(n_texts_with)}
        n_texts = max(sum(bool(count) for count in counts), 1)
        self.rarity = np.log(n_texts / np.array([*n_texts_with.values(), 1]))
        vectors = self._unit(counts)
        self.learners = vectors[: len(learner_texts)]
        self.mentors = vectors[len(learner_texts) :]

    def _unit(self, counts: list[Counter[str]]) -> csr_array[np.float32, tuple[int, int]]:
        indptr = np.cumsum([0, *(len(count) for count in counts)])
        column = np.array([self.vocabulary[word] for count in counts for word in count], dtype=np.int64)
        n = np.array([n for count in counts for n in count.values()], dtype=np.float64)
        weight = (1 + np.log(n)) * self.rarity[column]
        row = np.repeat(np.arange(len(counts)), np.diff(indptr))
        length = np.sqrt(np.bincount(row, weights=weight**2, minlength=len(counts)))
        unit = (weight / np.where(length > 0, length, 1)[row]).astype(np.float32)
        return csr_array((unit, column, indptr), shape=(len(counts), max(len(self.vocabulary), 1)))

    def shared_words(self, one: str, other: str, limit: int = 3) -> list[str]:
        """Return the rarest words that both texts have."""
        both = set(tokens(one)) & set(tokens(other))
        telling = [word for word in both if self.rarity[self.vocabulary[word]] > 0]
        return sorted(telling, key=lambda word: (-self.rarity[self.vocabulary[word]], word))[:limit]
