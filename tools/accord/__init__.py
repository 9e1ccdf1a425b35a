"""Accord: draft a text in the open and agree on it."""

__version__ = "0.1.0"
