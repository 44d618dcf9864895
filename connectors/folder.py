"""A folder of `.md`, `.html` and `.txt` files as articles; also a git checkout of one.

Settings: `path`. Front matter (YAML between `---`, TOML between `+++`) gives any field of the file formats.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from kbaudit import files
from kbaudit.connector import CLIENT_KEYS, Probe, Source, path_of
from kbaudit.errors import Unreadable, UsageError
from kbaudit.model.record import ArticleRecord, Checkpoint, Item, Skipped
from kbaudit.text import fields, headings, rows
from kbaudit.text.languages import is_locale

if TYPE_CHECKING:
    from kbaudit.http import Client

# Above this share of bytes that are no text, a file is something else with a text's ending.
BINARY = 0.2
SUFFIXES = {
    ".md": "body_markdown",
    ".markdown": "body_markdown",
    ".html": "body_html",
    ".htm": "body_html",
    ".txt": "body_text",
}
FRONT_LIMIT = 64 * 1024
FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)(?:^|\n)\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
# What static site generators call the fields of the file formats.
ALIASES = {
    "tags": "labels",
    "date": "created_at",
    "lastmod": "updated_at",
    "last_modified_at": "updated_at",
    "last_updated": "updated_at",
    "lang": "locale",
    "author": "owner",
    "permalink": "url",
    "expiryDate": "valid_until",
    "publishDate": "valid_from",
}


class Connector:
    """Reads a folder."""

    KEYS: ClassVar[dict[str, str]] = {
        "path": "the folder, relative to this one",
        "kind": "articles",
        **CLIENT_KEYS,
    }
    REQUIRED: ClassVar[tuple[str, ...]] = ("path",)
    SECRETS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, source: Source, client: Client | None = None) -> None:
        self.source = source
        self.root = path_of(source)
        self.zone = fields.zone_of(source.zone)

    def probe(self) -> Probe:
        """Count the files that would be read."""
        count = len(self._files([]))
        git = "in a git checkout" if self._commits() else "not in a git checkout: times come from front matter only"
        return Probe(count > 0, f"{self.root}: {count} articles, {git}", {"articles": count})

    def read(self, since: str | None = None) -> Iterator[Item]:
        """Every article of the folder."""
        problems: list[Skipped] = []
        found = self._files(problems)
        commits = self._commits() if found else {}
        stems: dict[PurePosixPath, int] = {}
        for path in found:
            stems[path.with_suffix("")] = stems.get(path.with_suffix(""), 0) + 1
        complete = not problems
        records: dict[str, ArticleRecord] = {}
        for path in found:
            identity = _shown(path if stems[path.with_suffix("")] > 1 else path.with_suffix(""))
            file = _shown(path)
            try:
                record, notes = self._article(path, identity, commits.get(file))
            except Unreadable as problem:
                problems.append(Skipped(identity, str(problem), file, known=True))
                continue
            if record.id in records:
                reason = f'id "{record.id}" stands in another file too: that one is used'
                problems.append(Skipped(record.id, reason, file, known=True))
                continue
            records[record.id] = record
            problems.extend(Skipped(record.id, note, file, used=True, known=True) for note in notes)
        for record in records.values():
            yield _linked(record, records, self.source.locale)
        yield from problems
        yield Checkpoint(str(len(records)), complete=complete)

    def _files(self, problems: list[Skipped]) -> list[PurePosixPath]:
        if not self.root.is_dir():
            raise UsageError(f"{self.root}: no such folder")
        found: list[PurePosixPath] = []

        def broken(problem: OSError) -> None:
            problems.append(Skipped(_shown(Path(problem.filename)), f"cannot be listed: {problem.strerror}"))

        for folder, names, members in os.walk(self.root, onerror=broken):
            names[:] = sorted(name for name in names if not name.startswith("."))
            for name in members:
                if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                    found.append(PurePosixPath(Path(folder, name).relative_to(self.root).as_posix()))
        return sorted(found)

    def _commits(self) -> dict[str, str]:
        """Path below the folder to the time of its last commit: one call of git for all."""
        import subprocess

        command = ["git", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-C", str(self.root), "log"]
        command += ["--format=%x01%cI", "--name-only", "--relative", "--no-renames", "--no-ext-diff", "-z", "--", "."]
        try:
            done = subprocess.run(command, capture_output=True, timeout=120, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return {}
        if done.returncode:
            return {}
        times: dict[str, str] = {}
        time = ""
        for part in re.split("[\0\n]", done.stdout.decode("utf-8", "replace")):
            if part.startswith("\x01"):
                time = part[1:]
            elif part:
                times.setdefault(part, time)
        return times

    def _article(self, path: PurePosixPath, identity: str, commit: str | None) -> tuple[ArticleRecord, list[str]]:
        data, cut = files.read_inside(self.root, self.root / path)
        body_name = SUFFIXES[path.suffix.lower()]
        text, damaged = _decode(data, body_name)
        if text.count("\ufffd") + text.count("\0") > BINARY * max(len(text), 1):
            raise Unreadable("this is no text: most of its bytes are not UTF-8")
        front, body = _front_matter(text)
        if not body.strip() and not front:
            raise Unreadable("the file is empty")
        values: dict[str, Any] = {"id": identity, **front}
        folders = list(PurePosixPath(_shown(path)).parent.parts)
        if folders and is_locale(folders[0]):
            values.setdefault("locale", folders.pop(0))
        if folders:
            values.setdefault("section", " > ".join(folders))
        if commit:
            values.setdefault("updated_at", commit)
        if not str(values.get("title") or "").strip():
            values["title"] = headings.first(body, body_name) or _spoken(_shown(PurePosixPath(path.stem)))
        values[body_name] = body
        row = rows.Row(values, self.zone, self.source.currency)
        record = rows.article(row)
        if damaged:
            row.notes.append("not valid UTF-8: the bad bytes are shown as U+FFFD")
        if cut:
            row.notes.append(f"longer than {files.FILE_LIMIT // 1024 // 1024} MiB: read in part")
            record = replace(record, extra={**record.extra, "flags": ["truncated"]})
        return record, row.notes


def _decode(data: bytes, body_name: str) -> tuple[str, bool]:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace"), False
    text, damaged = files.decode(data)
    if damaged and body_name == "body_html":
        from bs4.dammit import EncodingDetector

        declared = EncodingDetector.find_declared_encoding(data[:4096], is_html=True)
        try:
            return data.decode(declared or "utf-8"), False
        except (LookupError, UnicodeDecodeError):
            return text, True
    return text, damaged


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Front matter and the body behind it. Raises `Unreadable` where there is one that cannot be read."""
    head = text[: FRONT_LIMIT + 8]
    match = FRONT.match(head)
    if match is None:
        if head.startswith("+++") or re.match(r"---[ \t]*\r?\n[A-Za-z_]+:", head):
            raise Unreadable("the front matter has no end, or is longer than 64 KiB")
        return {}, text
    try:
        values = tomllib.loads(match[2]) if match[1] == "+++" else _yaml(match[2])
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as problem:
        raise Unreadable(f"front matter: {' '.join(str(problem).split())}") from None
    if values is None:
        values = {}
    if not isinstance(values, dict):
        if match[1] == "---":
            return {}, text
        raise Unreadable("front matter is not a table of fields")
    front = {str(name): value for name, value in values.items()}
    for alias, name in ALIASES.items():
        if alias in front and name not in front:
            front[name] = front.pop(alias)
    if "published" not in front and isinstance(draft := front.get("draft"), bool):
        front["published"] = not draft
    for name in ("body_html", "body_markdown", "body_text"):
        front.pop(name, None)
    return front, text[match.end() :]


def _yaml(text: str) -> Any:
    import yaml

    if re.search(r"(?<!\S)\*\w", text):
        # An alias may stand for an alias for an alias: a few lines that mean gigabytes.
        raise ValueError("aliases (*name) are not read")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, loader)  # noqa: S506
    except yaml.YAMLError as problem:
        raise ValueError(str(problem)) from None


def _shown(path: PurePath) -> str:
    """A path as text. Names are bytes on disk; those that are not UTF-8 are shown as U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _spoken(stem: str) -> str:
    words = re.sub(r"[-_]+", " ", stem).strip() or stem
    return words[:1].upper() + words[1:]


def _linked(record: ArticleRecord, records: dict[str, ArticleRecord], home: str) -> ArticleRecord:
    """The same path below another locale's folder is the same article, translated from the shop's locale."""
    first, _, rest = record.id.partition("/")
    if record.translation_of or not rest or not is_locale(first):
        return record
    for origin in (home, home.split("-")[0]):
        for name in (origin, origin.lower()):
            other = records.get(f"{name}/{rest}")
            if other is not None and other is not record:
                return replace(record, translation_of=other.id)
    return record
