"""The records of a pathway and its catalogue: what a file may say, as frozen values.

``words`` < ``evidence`` < ``findings`` < ``treatments`` < ``states``, ``rules`` < ``document``: the
file as written. ``pathway`` puts included pathways, catalogue and conditions together.
"""
