"""Telemachy: mentoring and coaching programmes that end in independence."""

__version__ = "0.1.0"
