"""How we say it to calendars: RFC 5545 text, built with `ics` and printed by one writer of ours.

`ics` makes the component tree (`component.py`); `write.py` prints that tree with the quoting,
folding and order that `ics` lacks. This room knows no database and asks no time.
"""
