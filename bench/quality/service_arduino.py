"""The service over a real help center at three dates: what is touched, what resolves, what the deletion guard holds.

    python -m bench.quality.service_arduino

Goes through crawl and audit of a data folder whose export is swapped, as an owner's would be. Exit status 1 if a
promise is broken.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from bench.quality.figures import data, missing, verdict
from kbaudit.app import App
from kbaudit.facts.table import DOCUMENT_FACTS
from kbaudit.jobs.applying import Synced, utc_now
from kbaudit.jobs.audit import Audited
from kbaudit.model.life import ref_key
from kbaudit.store import documents, runs
from kbaudit.store.schema import versions

DAY = date(2026, 7, 22)
SOURCES = '[articles]\nconnector = "jsonl"\npath = "../exports/articles.jsonl"\nkind = "articles"\n'
broken: list[str] = []


def promise(kept: bool, said: str) -> None:
    """Print a promise and remember a broken one."""
    print(f"  {'ok ' if kept else 'BROKEN'} {said}")
    if not kept:
        broken.append(said)


def folder(place: Path) -> Path:
    """A data folder with one source."""
    (place / "config").mkdir(parents=True)
    (place / "exports").mkdir()
    (place / "config" / "sources.toml").write_text(SOURCES)
    return place


def swap(place: Path, day: str) -> None:
    """Put the export of a date in place."""
    shutil.copyfile(data() / "arduino" / f"articles-{day}.jsonl", place / "exports" / "articles.jsonl")


def crawl(place: Path) -> Synced:
    """One crawl."""
    app = App.open(place)
    try:
        (done,) = app.sync()
        return done
    finally:
        app.close()


def audit(place: Path) -> Audited:
    """One audit."""
    app = App.open(place)
    try:
        return app.audit(day=DAY)
    finally:
        app.close()


def moved(done: Audited) -> Counter[str]:
    """How many findings moved how."""
    return Counter(move.kind for move in done.triaged.moves)


def month(place: Path) -> None:
    """2026-06-22 to 2026-07-22: eight edited, two added."""
    print("2026-06-22 to 2026-07-22")
    swap(place, "2026-06-22")
    first, start = crawl(place), time.perf_counter()
    opened = audit(place)
    print(f"  first audit {time.perf_counter() - start:.1f} s, {opened.counts}")
    promise(first.counts["added"] == 412, f"the first crawl adds 412 ({first.counts['added']})")
    same = audit(place)
    promise(not same.triaged.moves, f"auditing the same again moves nothing ({dict(moved(same))})")
    promise(same.counts["facts"] == same.counts["vectors"] == 0, "and computes no fact and no vector")
    promise(crawl(place).touched == 0, "crawling the same again touches nothing")
    before = rows_of(place)
    swap(place, "2026-07-22")
    done = crawl(place)
    after = rows_of(place)
    touched = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    promise(
        (done.counts["added"], done.counts["changed"], done.touched, len(touched)) == (2, 8, 10, 10),
        f"of {done.counts['read']} documents ten are touched: {done.counts['added']} added, "
        f"{done.counts['changed']} changed, {len(touched)} rows differ, {versions_of(place)} versions in all",
    )
    start = time.perf_counter()
    second = audit(place)
    took = time.perf_counter() - start
    facts = len(DOCUMENT_FACTS)
    promise(
        second.counts["facts"] <= 10 * facts,
        f"the audit ({took:.1f} s) computes {second.counts['facts']} facts and {second.counts['vectors']} vectors",
    )
    keys = {ref_key(source, id_) for source, id_ in touched}
    strangers = []
    for move in second.triaged.moves:
        finding = next(
            (f for f in (*opened.outcome.findings, *second.outcome.findings) if f.fingerprint == move.fingerprint), None
        )
        print(f"    {move.kind}: {finding.rule if finding else ''} {finding.message if finding else ''} ({move.why})")
        if finding and not keys & {ref_key(ref.source, ref.id) for ref in finding.documents}:
            strangers.append(move)
    promise(not strangers, f"every finding that moved is about a touched document ({dict(moved(second))})")
    promise(not audit(place).triaged.moves, "auditing once more moves nothing: none flaps")
    swap(place, "2026-06-22")
    once = crawl(place)
    promise((once.counts["missing"], once.counts["removed"]) == (2, 0), f"the export put back: {once.counts}")
    back = crawl(place)
    promise((once.counts["changed"], back.counts["removed"]) == (8, 2), f"and read once more: {back.counts}")
    returned = audit(place)
    gone = {f.fingerprint for f in opened.outcome.findings}
    promise(
        {f.fingerprint for f in returned.outcome.findings} == gone,
        f"and the findings are those of the first audit again ({dict(moved(returned))})",
    )


def rows_of(place: Path) -> dict[tuple[str, str], tuple[str, int]]:
    """(source, id) → (record hash, version) of everything served."""
    app = App.open(place)
    try:
        with app.store.read() as db:
            marks = documents.hashes(db, "articles", "article")
            return {("articles", id_): (mark, 0) for id_, mark in marks.items()}
    finally:
        app.close()


def versions_of(place: Path) -> int:
    """How many versions the store has."""
    app = App.open(place)
    try:
        with app.store.read() as db:
            return int(db.execute(select(func.count()).select_from(versions)).scalar_one())
    finally:
        app.close()


def year(place: Path) -> None:
    """2025-07-22 to 2026-06-22: more than a tenth goes."""
    print("2025-07-22 to 2026-06-22")
    swap(place, "2025-07-22")
    crawl(place)
    audit(place)
    before = rows_of(place)
    swap(place, "2026-06-22")
    held = crawl(place)
    promise(held.state == "held", f"the crawl is {held.state}: {held.message}")
    promise(rows_of(place) == before, "nothing of it was applied")
    quiet = audit(place)
    promise(moved(quiet)["resolved"] == 0, f"an audit while it is held resolves nothing ({dict(moved(quiet))})")
    app = App.open(place)
    try:
        with app.store.read() as db:
            (hold,) = runs.held(db)
        named = sum(bool(entry["title"]) for entry in hold.missing)
        promise(named == 45, f"it says what would go: {named} articles by title")
        with app.store.write() as db:
            runs.decide_hold(db, hold.id, "released", reason="the site was tidied", by="bench", now=utc_now())
        done = app.apply_hold(hold.id, by="bench")
        promise(done.counts["removed"] == 45, f"released with a reason, it is applied: {done.counts}")
    finally:
        app.close()
    promise(crawl(place).touched == 0, "and the next crawl touches nothing")
    print(f"  audit after it: {audit(place).counts}")


def main() -> int:
    """Both stories."""
    if missing("arduino"):
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        month(folder(Path(scratch) / "month"))
        year(folder(Path(scratch) / "year"))
    print(f"{len(broken)} promises broken" if broken else "every promise kept")
    return verdict("service_arduino", {"broken_promises": len(broken)})


if __name__ == "__main__":
    sys.exit(main())
