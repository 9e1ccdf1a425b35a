"""`rehearse`: the whole process played on a scratch copy with invented entities.

`cast` holds the invented list of nominated experts, `acts` the vocabulary of a script, `round_1` ... the scripts and
`texts_*` their wording as data; `stage` carries an act out by the same use cases as the command line, `sentences`
says in plain words what is done, and `play` runs the scripts.
"""
