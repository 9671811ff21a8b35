"""`make bench`: measures what the README tells in figures, and keeps it beside this file.

A time is told as a ratio to a peer's in the same run, since machines differ.
"""

import json
from pathlib import Path

import click

from tests.bench import reading

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Run every benchmark, print what it found, and store it."""
    found = {"reading": reading.measure()}
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    click.echo(reading.table(found["reading"]))
    click.echo(f"kept in {RESULTS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
