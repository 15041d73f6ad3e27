"""Whether a share stands clear of a threshold, or a handful of events could be chance.

The interval is Wilson's score interval, which keeps its coverage for few events and shares near 0 and 1:
Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, Journal of the
American Statistical Association 22, 209-212; compared by Brown, Cai and DasGupta (2001), Interval estimation
for a binomial proportion, Statistical Science 16, 101-133.
"""

from __future__ import annotations

from math import sqrt

from telemachy.core.insights.signals import Confidence

#: The standard normal deviate of a one-sided 90 % bound.
Z_90 = 1.2816


def wilson(n_hits: int, n: int, z: float = Z_90) -> tuple[float, float]:
    """Return the score interval of a share.

    Parameters
    ----------
    n_hits, n : int
        Hits among n events, 0 <= n_hits <= n.
    z : float
        Width in standard deviations.

    Returns
    -------
    tuple of float
        Lower and upper end, in [0, 1]; (0, 1) of no event.
    """
    if n == 0:
        return 0.0, 1.0
    share = n_hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def firm_above(n_hits: int, n: int, threshold: float) -> Confidence:
    """Return FIRM when the lower end of the share still reaches the threshold, else TENTATIVE."""
    return Confidence.FIRM if wilson(n_hits, n)[0] >= threshold else Confidence.TENTATIVE


def firm_below(n_hits: int, n: int, threshold: float) -> Confidence:
    """Return FIRM when the upper end of the share stays below the threshold, else TENTATIVE."""
    return Confidence.FIRM if wilson(n_hits, n)[1] < threshold else Confidence.TENTATIVE
