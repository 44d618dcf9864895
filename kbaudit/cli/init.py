"""`kbaudit init DIR`: a data folder with a configuration whose comments teach."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from kbaudit.cli.folder import Format, Output, show
from kbaudit.errors import UsageError


def write(folder: Path) -> list[Path]:
    """Copy the default configuration into `folder/config`, leaving what is there; gives the files that are new."""
    from kbaudit import config

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder.")
    target = folder / "config"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(config.defaults_folder().glob("*.toml")):
        if not (target / path.name).exists():
            shutil.copyfile(path, target / path.name)
            written.append(target / path.name)
    return written


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make, or to complete.")],
    output: Output = Format.text,
) -> None:
    """Write DIR/config with commented files and make the store. What is there is left as it is."""
    from kbaudit.app import App

    written = write(folder)
    App.open(folder, create=True).close()
    lines = [f"{folder} is ready.", *(f"  wrote {path}" for path in written)]
    lines += [
        "",
        f"1. Describe your sources in {folder / 'config' / 'sources.toml'} and your shop in kbaudit.toml beside it.",
        f"2. kbaudit doctor --data {folder}     looks at everything and says what is wrong",
        f"3. kbaudit serve --data {folder}      reads, audits on schedule, and serves the pages",
    ]
    show({"data": str(folder.resolve()), "written": [str(path) for path in written]}, output, "\n".join(lines))
