"""What the branch `record` says about itself to a person who opens it in a browser."""

README_TEXT = """\
# The record

This branch keeps what happened while the text was drafted: what was received and when, who said what about which
clauses, which calls were opened, what the chairs declared. It is kept by Accord, an unofficial working aid. It holds no
drafts; those are on the main branch and under the tags `draft-1`, `draft-2` and so on.

Nothing here is ever changed or removed. A mistake is corrected by adding a correction. `accord verify` proves it: each
commit of this branch may only add lines at the end of files, or add files.

| file | holds |
| --- | --- |
| `head.json` | how many events and contributions there are, for which forum, and whether it is a rehearsal |
| `main/`, `process/` | events about the whole text and the process |
| `contributions/00/00/12/` | events about contribution 12 |
| `documents/NAME/` | events about a document as a whole |
| `facts/` | longer values the events refer to, each under the SHA-256 of its content |

An event is one line of JSON. `seq` counts all of them in the order in which they were learned, `received` is when
it happened, `recorded` when the tool learned it. Events are grouped in files of at most 200 lines.

Do not edit this branch by hand.
"""
