"""Shows a report: as Slack blocks, as text for a terminal, as JSON. Pure functions over plain values.

``content`` decides what an answer says; ``blocks`` and ``terminal`` draw it, ``document`` writes the JSON, ``views``
and ``pages`` hold Slack's modals, the Home tab and all other messages. Words stand in ``texts`` and in the table of
causes.

In the texts of a report backticks mark code, and the lines of a fix are its steps; a line that is nothing but code is a
command to copy. Everything else is plain text: no markup in it is ever obeyed.
"""
