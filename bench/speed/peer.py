"""Programs of others that a bench stands beside, each in a virtual environment below the temporary folder."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import tempfile
import venv
from pathlib import Path


def interpreter(name: str, requirement: str, *, shared: bool = False) -> Path:
    """A Python that can import `name`, installed on the first call. With `shared` it also sees the packages of this
    environment, so that a large one that both need is there once. Raises `OSError` with the reason where there is
    none."""
    folder = Path(tempfile.gettempdir()) / f"kbaudit-bench-{name}-{os.getuid()}"
    python = folder / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", f"import {name}"], capture_output=True).returncode == 0:
        return python
    venv.create(folder, clear=True, with_pip=True)
    if shared:
        own = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)}))
        (own / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"pip: status {done.returncode}")
    return python
