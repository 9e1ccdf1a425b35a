"""Word documents, written by ourselves: what other writers cannot write is most of what a redline needs."""
