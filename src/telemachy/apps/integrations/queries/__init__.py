"""Querysets of what a person may see, and frozen answers; one module for each aggregate."""
