"""The record: append-only events on a branch of their own."""

from accord.adapters.record.store import GitRecordStore

__all__ = ["GitRecordStore"]
