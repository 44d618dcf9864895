"""One table of one TOML file into one dataclass, with a sentence for every problem."""

from __future__ import annotations

import difflib
import os
import stat
import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints


def secret(variable: str, problems: list[str]) -> str | None:
    """A secret from the variable, or from the file that `<variable>_FILE` names; None where neither is set."""
    path = os.environ.get(f"{variable}_FILE")
    if not path:
        return os.environ.get(variable) or None
    try:
        if stat.S_IMODE(Path(path).stat().st_mode) & 0o007:
            problems.append(f"{variable}_FILE: everybody may read {path}. Take that right away (chmod o-rwx).")
        return Path(path).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{variable}_FILE: {path} cannot be read ({error}).")
        return None


def unknown_key(place: str, key: str, known: Iterable[str]) -> str:
    """The sentence about a key that nothing reads."""
    options = sorted(known)
    near = difflib.get_close_matches(key, options, 1, 0.6)
    hint = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(options)}." if options else ""
    return f'{place}: unknown key "{key}". {hint}'.rstrip()


class Table:
    """One table of one file, and where its problems go."""

    def __init__(self, file: str, name: str, values: Mapping[str, Any], problems: list[str]) -> None:
        self.place = f"config/{file} [{name}]" if name else f"config/{file}"
        self.file, self.values, self.problems = file, values, problems

    def rest(self, known: Iterable[str]) -> None:
        """Complain about every key that is not known."""
        names = set(known)
        self.problems.extend(unknown_key(self.place, key, names) for key in self.values if key not in names)

    def dataclass(self, name: str, kind: Any) -> Any:
        """A nested table as a dataclass."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            self.problems.append(f'{self.place}: "{name}" has to be a table, not {named(value)}.')
            return kind()
        return Table(self.file, name, value, self.problems).into(kind) or kind()

    def into(self, kind: Any, **more: Any) -> Any:
        """This table as a dataclass; None where a required key is missing."""
        hints = get_type_hints(kind)
        names = {item.name for item in fields(kind)} - set(more)
        self.rest(names)
        values = dict(more)
        for item in fields(kind):
            if item.name in more or item.name not in self.values:
                continue
            ok, value = _convert(self.values[item.name], hints[item.name])
            if ok:
                values[item.name] = value
            else:
                wanted = _described(hints[item.name])
                seen = named(self.values[item.name])
                self.problems.append(f'{self.place}: "{item.name}" has to be {wanted}, not {seen}.')
        try:
            return kind(**values)
        except TypeError:
            given = values.keys() | self.values.keys()
            needed = [n for n in _required(kind) if n not in given]
            self.problems.extend(f'{self.place}: no "{n}". Add {n} = ... to this table.' for n in needed)
            return None


def _required(kind: Any) -> list[str]:
    return [item.name for item in fields(kind) if item.default is MISSING and item.default_factory is MISSING]


def _convert(value: Any, hint: Any) -> tuple[bool, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return next((r for r in (_convert(value, part) for part in get_args(hint)) if r[0]), (False, None))
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool), value
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool), value
    if origin is tuple:
        ok = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return ok, tuple(value) if ok else None
    if origin is not None:
        return isinstance(value, dict), value
    if hint is type(None):
        return value is None, None
    return isinstance(value, hint), value


def _described(hint: Any) -> str:
    words = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join(_described(part) for part in get_args(hint) if part is not type(None))
    return "a list of texts" if get_origin(hint) is tuple else words.get(hint, "a table")


def named(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else type(value).__name__
