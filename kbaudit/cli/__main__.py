"""`python -m kbaudit.cli`."""

from kbaudit.cli.main import main

main()
