"""Patients followed as sets: who gets where, who is stuck, who goes round, and one of them as a journey.

``machine`` is the pathway over boxes of cells, ``entering`` what entering a state does to them; ``reach``
follows them and ``follower`` answers questions; ``choices``, ``liveness`` and ``loops`` say who is stuck;
``journeys`` and ``rounds`` pick one patient and tell their way.
"""
