"""Querysets of what a person may see, and frozen reports for pages; one module for each aggregate."""
