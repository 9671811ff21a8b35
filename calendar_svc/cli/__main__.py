"""`python -m calendar_svc.cli` is the command, too."""

from calendar_svc.cli import main

main()
