"""`kbaudit rules`: list the rules, or explain one."""

from __future__ import annotations

import json
from dataclasses import fields
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
        check = checks[0]
        typer.echo(f"{check.code} {check.name} ({check.severity})\n\n{check.explanation()}")
        options = [f"{item.name} = {item.default!r}" for item in fields(check.Options)]
        if options:
            typer.echo(f"\n## Options\n\nIn config/rules.toml under [{check.code}], with their defaults:\n")
            typer.echo("\n".join(options))
    else:
        for check in checks:
            typer.echo(f"{check.code}  {check.name:<32} {check.severity:<7} {check.explanation().splitlines()[0]}")
