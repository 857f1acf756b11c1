"""Intake: the text of a paste -> Evidence.

``chat`` undoes what chat did to the text. Then each reader takes the pieces that it knows and leaves the rest to the next
one; a reader is imported when its marks are seen. Nothing pasted is executed, expanded or followed.
"""
