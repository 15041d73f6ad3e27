"""Agree, lay down a budget, ask. What was sent and what came back is never in a row or in the trail."""
