"""Trains the conversation model from data that the user provides; not part of the installed package."""
