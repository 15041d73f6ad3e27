"""Experiments: what the engines of the product do where the truth is known."""
