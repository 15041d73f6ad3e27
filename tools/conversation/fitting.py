"""Logistic regression on sparse rows, its calibration, and choices at the rate of people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

Array = NDArray[np.float64]


def softmax(logits: Array) -> Array:
    """Return the shares of each row."""
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    return share / share.sum(axis=1, keepdims=True)


def fit(
    x: sparse.csr_matrix, y: NDArray[np.int8], n_classes: int, penalty: float, n_steps: int
) -> tuple[Array, Array]:
    """Fit a multinomial logistic regression with a quadratic penalty.

    Parameters
    ----------
    x : (turns, features)
    y : (turns,) class of each turn
    penalty : half of it times the sum of squared weights is added to the loss

    Returns
    -------
    weights, bias
        (features, classes) and (classes,); for two classes the difference, (features, 1) and (1,).
    """
    n_features = x.shape[1]
    wanted = np.eye(n_classes)[y]
    columns = x.T.tocsr()

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[n_classes:].reshape(n_features, n_classes), flat[:n_classes]
        logits = x @ weights + bias
        p = softmax(logits)
        value = -np.log(np.maximum((p * wanted).sum(axis=1), 1e-300)).sum() + penalty / 2 * (weights**2).sum()
        miss = p - wanted
        return value, np.concatenate([miss.sum(axis=0), (columns @ miss + penalty * weights).ravel()])

    start = np.zeros(n_classes * (n_features + 1))
    found = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": n_steps, "maxcor": 7}
    ).x
    weights, bias = found[n_classes:].reshape(n_features, n_classes), found[:n_classes]
    if n_classes == 2:
        return weights[:, 1:] - weights[:, :1], bias[1:] - bias[:1]
    return weights, bias


def calibrate(logits: Array, y: NDArray[np.int8]) -> tuple[float, Array]:
    """Return the factor and the shifts that make logits honest: (n, k) or, for yes or no, (n, 1)."""
    k = logits.shape[1]

    def loss(found: Array) -> float:
        z = logits * found[0] + found[1:]
        z = np.hstack([np.zeros_like(z), z]) if k == 1 else z
        return float(-np.log(softmax(z)[np.arange(len(y)), y] + 1e-12).mean())

    found = optimize.minimize(loss, np.r_[1.0, np.zeros(k)], method="BFGS").x
    shifts = found[1:] - (found[1:].mean() if k > 1 else 0)
    return float(found[0]), shifts


def rate_offsets(logits: Array, y: NDArray[np.int8]) -> Array:
    """Return what to add to calibrated logits so that as many turns are chosen as people coded."""
    if logits.shape[1] == 1:
        return np.array([-np.quantile(logits[:, 0], 1 - y.mean())])
    k = logits.shape[1]
    rate = np.bincount(y, minlength=k) / len(y)
    offsets = np.zeros(k)
    for step in range(300):
        chosen = np.bincount((logits + offsets).argmax(axis=1), minlength=k) / len(y)
        offsets += 0.3 * 0.985**step * (np.log(rate + 1e-9) - np.log(chosen + 1e-3))
    return offsets - offsets.mean()
