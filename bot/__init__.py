"""Rhythm Auth: tells integrators why the Rhythm API answers them with 401.

The flow, in one direction::

    pasted text -- intake --> Evidence --> Case --------+
                                            |           +-- checks --> findings -- precedence --> Report --> render
                 live (only if asked and allowed) --> Observations

``diagnose.read`` turns a paste into a ``Case``; ``diagnose.judge`` turns the case, and what live probes observed, into
a ``Report``. Both are pure; what is named in the -ing form does the same in stages. ``render`` shows the one report as
Block Kit, as terminal text or as JSON. ``slack``, ``server`` and ``local`` are the ways in and out; ``composition``
puts the rooms together.
"""
