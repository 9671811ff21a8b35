"""The facts as TOML files, both ways: what a folder says, and how it is written.

Knows neither the database nor the clock: `actions.seeding` loads what is read here, and
`actions.exporting` gathers what is written. What was written is read as the same.
"""
