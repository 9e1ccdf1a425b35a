"""The lint of draft Opinions: what reads otherwise than the forum drafts, clause by clause. It stops nothing.

`opinion` reads a text, each rule has a module of its own that yields `flaw.Flaw`, `check` runs them all, `verbs` looks
at a redline, `aside` sets findings aside, `catalogue` says what each rule is about.
"""
