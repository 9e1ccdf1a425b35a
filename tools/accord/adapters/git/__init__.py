"""The `git` command as plain values. Only this package runs programs."""

from accord.adapters.git.repository import Git

__all__ = ["Git"]
