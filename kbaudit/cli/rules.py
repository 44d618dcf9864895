"""`kbaudit rules`: list the rules, or explain one."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kbaudit.cli.folder import Format
from kbaudit.errors import UsageError


def command(
    code: Annotated[str | None, typer.Argument(help="A rule's code, such as SEA101.")] = None,
    output_format: Annotated[Format, typer.Option("--output-format", help="text or json.")] = Format.text,
) -> None:
    """List the rules, or explain one."""
    from kbaudit.checks.catalogue import all_checks

    checks = all_checks()
    if code is not None:
        checks = tuple(check for check in checks if check.code == code.upper())
        if not checks:
            raise UsageError(f'There is no rule "{code}". `kbaudit rules` lists them.')
    if output_format is Format.json:
        rows = [
            {
                "code": check.code,
                "name": check.name,
                "severity": check.severity,
                "needs": sorted(check.needs),
                "explanation": check.explanation(),
            }
            for check in checks
        ]
        typer.echo(json.dumps(rows if code is None else rows[0], indent=2, ensure_ascii=False))
    elif code is not None:
        typer.echo(f"{checks[0].code} {checks[0].name} ({checks[0].severity})\n\n{checks[0].explanation()}")
    else:
        for check in checks:
            typer.echo(f"{check.code}  {check.name:<32} {check.severity:<7} {check.explanation().splitlines()[0]}")
