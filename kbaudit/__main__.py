"""`python -m kbaudit`."""

from kbaudit.cli.main import main

main()
