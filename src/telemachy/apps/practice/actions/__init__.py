"""Atomic verbs of practice.

None of them writes to the trail that administrators read: how often somebody practises, and how it goes, is
nobody else's business (docs/guides/practice.md).
"""
