"""Logistic regression on sparse rows, its calibration, and choices near the rate of people."""

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
    x: sparse.csr_matrix,
    y: NDArray[np.int8],
    n_classes: int,
    penalty: float,
    n_steps: int,
    weight: NDArray[np.float32],
) -> tuple[Array, Array]:
    """Fit a logistic regression with a quadratic penalty.

    Parameters
    ----------
    x : (turns, features)
    y : (turns,) class of each turn
    penalty : half of it times the sum of squared weights is added to the loss
    weight : (turns,) how often each turn counts

    Returns
    -------
    weights, bias
        (features, classes) and (classes,); for two classes one column, the logit of the second.
    """
    n_columns = n_classes if n_classes > 2 else 1
    wanted = np.eye(n_classes, dtype=np.float32)[y]
    x = x.astype(np.float32)
    columns = x.T.tocsr()

    def loss(flat: Array) -> tuple[float, Array]:
        bias, weights = flat[:n_columns], flat[n_columns:].reshape(-1, n_columns).astype(np.float32)
        logits = x @ weights + bias.astype(np.float32)
        p = softmax(np.hstack([np.zeros_like(logits), logits]) if n_columns == 1 else logits)
        of_right = np.maximum((p * wanted).sum(axis=1), 1e-30)
        value = -(weight * np.log(of_right)).sum() + penalty / 2 * float((weights**2).sum())
        miss = ((p - wanted) * weight[:, None])[:, -n_columns:]
        slope = np.concatenate([miss.sum(axis=0), (columns @ miss + penalty * weights).ravel()])
        return float(value), slope.astype(np.float64)

    start = np.zeros(n_columns * (x.shape[1] + 1))
    found = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": n_steps, "maxcor": 7}
    ).x
    return found[n_columns:].reshape(-1, n_columns), found[:n_columns]


def calibrate(
    logits: Array, y: NDArray[np.int8], manners: NDArray[np.floating]
) -> tuple[float, Array, Array]:
    """Return the factor, shifts and leans that make logits (n, k) honest; (n, 1) for yes or no.

    A lean is how much a logit moves with the manner (n,) of its conversation.
    """
    k = logits.shape[1]

    def loss(found: Array) -> float:
        z = logits * found[0] + found[1 : k + 1] + manners[:, None] * found[k + 1 :]
        z = np.hstack([np.zeros_like(z), z]) if k == 1 else z
        return float(-np.log(softmax(z)[np.arange(len(y)), y] + 1e-12).mean())

    found = optimize.minimize(loss, np.r_[1.0, np.zeros(2 * k)], method="BFGS").x
    shifts, leans = found[1 : k + 1], found[k + 1 :]
    return (float(found[0]), shifts, leans) if k == 1 else (float(found[0]), centred(shifts), centred(leans))


def centred(values: Array) -> Array:
    """Return the values less their mean, which says nothing where one of them is chosen."""
    return values - values.mean()


def even_offset(logits: Array, y: NDArray[np.int8], slack: float) -> float:
    """Return what to add to calibrated logits (n,) before a yes: nothing, if the rate of people allows.

    Even odds find most; where they would say yes more or less often than people by more than `slack`, a share
    of all turns, the offset goes towards the rate of people as far as that.
    """
    least, most = (-np.quantile(logits, 1 - y.mean() - more) for more in (-slack, slack))
    return float(np.clip(0.0, least, most))


def rate_offsets(logits: Array, y: NDArray[np.int8]) -> Array:
    """Return what to add to calibrated logits (n, k) so that as many turns of a class are chosen as coded."""
    k = logits.shape[1]
    rate = np.bincount(y, minlength=k) / len(y)
    offsets = np.zeros(k)
    for step in range(300):
        chosen = np.bincount((logits + offsets).argmax(axis=1), minlength=k) / len(y)
        offsets += 0.3 * 0.985**step * (np.log(rate + 1e-9) - np.log(chosen + 1e-3))
    return centred(offsets)
