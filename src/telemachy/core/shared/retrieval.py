"""Find the texts of a small collection that fit another text, offline: BM25 over the telling words.

Robertson, S. and Zaragoza, H. (2009), The probabilistic relevance framework: BM25 and beyond, Foundations
and Trends in Information Retrieval 3, 333-389. A word that few texts of the collection have counts for
more, a word said twice for little more than once, and a long text gains nothing by its length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from telemachy.core.shared.likeness import telling_stems

#: How soon repetition of a word stops to count, and how much the length of a text is allowed for.
SATURATION, LENGTH = 1.2, 0.75


def rarity(n_texts: int, n_with: int) -> float:
    """Return how much a word tells that so many of the texts have: above 0, the more the fewer."""
    return log(1 + (n_texts - n_with + 0.5) / (n_with + 0.5))


class Collection:
    """Texts by their telling words, ready to be asked which of them fit.

    Parameters
    ----------
    texts : sequence of str
        Any number; made for hundreds, not for millions. Of each the first 10,000 characters count.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(telling_stems(text)) for text in texts]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(len(texts), 1) or 1.0
        self._n_with = Counter(stem for counts in self._counts for stem in counts)
        self._weights = [self._weigh(number) for number in range(len(texts))]
        self._whole = [sum(weights.values()) for weights in self._weights]

    def scores(self, query: str) -> list[float]:
        """Return how well each text fits the query.

        Parameters
        ----------
        query : str
            Each of its telling words counts once.

        Returns
        -------
        list of float
            In the order of the texts, 0 without a word in common, 1 for the best fit of this query.
        """
        wanted = sorted(set(telling_stems(query)) & self._n_with.keys())
        raw = [sum(weights[stem] for stem in wanted if stem in weights) for weights in self._weights]
        best = max(raw, default=0.0)
        return [score / best if best else 0.0 for score in raw]

    def coverage(self, query: str) -> list[float]:
        """Return how much of each text the query says.

        Parameters
        ----------
        query : str
            As in `scores`.

        Returns
        -------
        list of float
            In the order of the texts: the score of the query by that of the text's own words, in [0, 1]; 0
            for a text without telling words. Unlike `scores` it does not depend on what fits best.
        """
        said = set(telling_stems(query))
        return [
            sum(weight for stem, weight in weights.items() if stem in said) / whole if whole else 0.0
            for weights, whole in zip(self._weights, self._whole, strict=True)
        ]

    def _weigh(self, number: int) -> dict[str, float]:
        """Return what each telling word of a text counts for."""
        counts = self._counts[number]
        room = SATURATION * (1 - LENGTH + LENGTH * self._lengths[number] / self._mean)
        return {
            stem: rarity(len(self._counts), self._n_with[stem]) * n * (SATURATION + 1) / (n + room)
            for stem, n in counts.items()
        }
