"""Measurements beside others, in one run: ``make bench``. All stays on this machine, bounded in count and time."""
