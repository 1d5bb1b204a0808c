"""Checking a pathway: gaps, overlaps, traps and broken rules, each with a patient who can be replayed.

``check`` makes all checks of ``catalogue``: ``static`` those that follow nobody, ``routes`` and ``rules``
those that follow patients as ``sets``, ``examples`` those that somebody wrote down. ``replay`` is the
second reader who looks at every patient before anybody is shown them. ``results`` is what comes out.
"""
