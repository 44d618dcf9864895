"""`kbaudit crawl`: read the sources into the store."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kbaudit.cli.folder import Data, Format, Output, opened, show

WORDS = ("added", "changed", "touched", "returned", "removed", "missing", "skipped")
LABELS = {"missing": "missing (kept until the next whole reading misses them too)"}


def describe(item: Any) -> str:
    """One line about a sync."""
    counts = [f"{item.counts[word]} {LABELS.get(word, word)}" for word in WORDS if item.counts.get(word)]
    line = f"{item.source}: {item.state}, {item.counts.get('read', 0)} read"
    line += f", {', '.join(counts)}" if counts else ", nothing new" if item.state == "done" else ""
    return f"{line}. {item.message}" if item.message else line


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE...", help="Default: every source.")] = None,
    release: Annotated[int | None, typer.Option("--release", metavar="HOLD", help="Apply a held sync.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is right: required with --release.")] = "",
    data: Data = None,
    output: Output = Format.text,
) -> None:
    """Read sources into the store, incrementally. A sync that would delete too much is held for you to look at."""
    from kbaudit.jobs.applying import Synced, utc_now
    from kbaudit.store import runs

    done: list[Synced]
    with opened(data) as app:
        if release is not None:
            with app.store.write() as db:
                runs.decide_hold(db, release, "released", reason=reason, by="command line", now=utc_now())
            done = [app.apply_hold(release, by="command line")]
        else:
            done = app.sync(names or (), by="command line")
        with app.store.read() as db:
            held = {item.id: item for item in runs.held(db)}
    lines = [describe(item) for item in done]
    for item in done:
        if item.hold is not None and item.hold in held:
            lines.extend(_held(held[item.hold]))
    value = [
        {
            "source": item.source,
            "state": item.state,
            "message": item.message,
            "counts": item.counts,
            "run": item.run,
            "hold": item.hold,
            "missing": list(held[item.hold].missing) if item.hold in held else [],
        }
        for item in done
    ]
    show(value, output, "\n".join(lines))
    if any(item.state in ("failed", "refused") for item in done):
        raise typer.Exit(3)
    if any(item.state == "held" for item in done):
        raise typer.Exit(1)


def _held(hold: Any) -> list[str]:
    shown = [f"    {entry['title']}" + (f"  {entry['url']}" if entry["url"] else "") for entry in hold.missing[:10]]
    if len(hold.missing) > 10:
        shown.append(f"    and {len(hold.missing) - 10} more (--output-format json lists them)")
    return [
        f"  Nothing of it was applied. What would go ({len(hold.missing)} of {hold.present}):",
        *shown,
        f'  If that is right: kbaudit crawl --release {hold.id} --reason "why"',
    ]
