"""What is true: frozen dataclasses and pure functions, standard library only.

This room knows no database, no HTTP, no iCalendar and no clock; time is an argument.
"""
