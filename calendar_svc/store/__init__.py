"""How we remember: tables, and named queries that return domain values, never rows.

This room knows SQL and the domain; it doesn't know why something is asked, nor HTTP, nor mail.
"""
