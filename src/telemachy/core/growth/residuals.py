"""The model of success without any guidance in it, whose residuals the attribution tests look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints

#: Standard deviation of a learner's level in a competency, and of every other effect, in logits.
CELL_SD, EFFECT_SD = 0.9, 3.0
MAX_STEPS, TOLERANCE = 30, 1e-6


@dataclass(frozen=True, slots=True)
class NullModel:
    """Logistic regression on `features` (n, f) with a normal intercept for each cell; `cell` (n,) from 0."""

    features: Floats
    cell: Ints
    success: Floats

    def residuals(self, offset: Floats) -> tuple[Floats, Floats]:
        """Return residuals y - p (n,) and weights p (1 - p) (n,) of the fit with this offset (n,)."""
        n_cells = int(self.cell.max()) + 1
        beta, alpha = np.zeros(self.features.shape[1]), np.zeros(n_cells)
        p = np.full(len(self.success), 0.5)
        for _ in range(MAX_STEPS):
            p = 1 / (1 + np.exp(-(offset + self.features @ beta + alpha[self.cell])))
            gradient = self.features.T @ (self.success - p) - beta / EFFECT_SD**2
            pull = self._by_cell(self.success - p) - alpha / CELL_SD**2
            step, own = self._solve(p * (1 - p), gradient, pull)
            beta, alpha = beta + np.clip(step, -2, 2), alpha + np.clip(own, -2, 2)
            if max(abs(step).max(), abs(own).max()) < TOLERANCE:
                break
        return self.success - p, p * (1 - p)

    def without(self, column: Floats, weight: Floats) -> Floats:
        """Return what of a column (n,) the model cannot express, by weighted regression on it."""
        step, own = self._solve(weight, self.features.T @ (weight * column), self._by_cell(weight * column))
        left: Floats = column - self.features @ step - own[self.cell]
        return left

    def _by_cell(self, values: Floats) -> Floats:
        sums: Floats = np.bincount(self.cell, values, minlength=int(self.cell.max()) + 1).astype(np.float64)
        return sums

    def _solve(self, weight: Floats, gradient: Floats, pull: Floats) -> tuple[Floats, Floats]:
        """Solve the penalised normal equations for the effects and the intercepts of the cells."""
        own = self._by_cell(weight) + CELL_SD**-2
        cross = np.stack([self._by_cell(weight * column) for column in self.features.T], axis=1)
        whole = self.features.T @ (weight[:, None] * self.features) + np.eye(len(gradient)) / EFFECT_SD**2
        step = np.linalg.solve(whole - cross.T @ (cross / own[:, None]), gradient - cross.T @ (pull / own))
        return step, (pull - cross @ step) / own
