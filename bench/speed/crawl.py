"""Pages a second of a crawl, to stored records without encoding, beside Scrapy with the same parser.

    python -m bench.speed.crawl [--pages 1000] [--rounds 5] [--scrapy PYTHON]

A site of so many pages with a heavy menu on each is served by lighttpd, or by Python where that is not installed.
Each round crawls it with kbaudit into a fresh store, again with nothing changed, and with a Scrapy spider that reads
pages by the same functions and writes them into SQLite; who is first alternates. The second crawl asks for every page
again, on condition (a sitemap's `lastmod` is often wrong, so it is no reason not to ask), and has to stay under a tenth
of the first in time and in CPU, each the median over the rounds. The CPU is that of this process and of the children
that parsed, without the start of Python. Scrapy is installed into a virtual
environment below the temporary folder, once; where it cannot be, its part is skipped with the reason. Status 1 where a
promise is broken.
"""

from __future__ import annotations

import argparse
import json
import resource
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.speed import Promises
from bench.speed.peer import interpreter
from tests.fakes.site import help_center
from tests.fakes.static import lay_out, server

ROOT = Path(__file__).resolve().parents[2]
SCRAPY = "scrapy>=2.13,<3"
MIB = 200
SPIDER = """
import sqlite3, sys
sys.path.insert(0, {root!r})
sys.path.append({packages!r})
import scrapy
from scrapy.crawler import CrawlerProcess
from kbaudit.model.record import ArticleRecord
from kbaudit.parsing import safe_extract, safe_page

db = sqlite3.connect({file!r})
db.execute("create table articles (id text primary key, title text, text text)")

class Spider(scrapy.spiders.SitemapSpider):
    name = "bench"
    sitemap_urls = [{url!r} + "/robots.txt"]
    def parse(self, response):
        page = safe_page(response.body, response.url)
        found = safe_extract(ArticleRecord(id=response.url, title=page.title, body=page.body))
        db.execute("insert into articles values (?, ?, ?)", (response.url, page.title, found.text))

process = CrawlerProcess({{"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0,
                          "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True}})
process.crawl(Spider)
process.start()
db.commit()
print(db.execute("select count(*) from articles").fetchone()[0])
"""


@contextmanager
def served(pages: int) -> Iterator[tuple[str, str]]:
    """The site's address and what serves it, while the block runs."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as found:
        root, port = Path(folder, "site"), int(found.getsockname()[1])
        url = f"http://127.0.0.1:{port}"
        lay_out(root, help_center(pages), url)
        found.close()
        command = server(root, port)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise SystemExit(f"{command[0]} did not start")
            yield url, Path(command[0]).name
        finally:
            process.terminate()
            process.wait()


def used() -> float:
    """Seconds of CPU of this process and of its children that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def crawl(url: str, folder: Path) -> tuple[float, float, int]:
    """One sync of the site into the store of a data folder: seconds, seconds of CPU, and how many records it holds."""
    from kbaudit import parsing
    from kbaudit.app import App
    from kbaudit.store import documents

    config = folder / "config"
    config.mkdir(exist_ok=True)
    (config / "sources.toml").write_text(
        f'[site]\nconnector = "sitemap"\nurl = "{url}/help/"\nrequests_per_second = 0\nallow_private = ["127.0.0.1"]\n'
    )
    app = App.open(folder, create=True)
    start, before = time.perf_counter(), used()
    (done,) = app.sync(["site"])
    seconds = time.perf_counter() - start
    # The children that parse are counted when they end.
    parsing.close()
    cpu = used() - before
    with app.store.read() as db:
        count = sum(1 for _ in documents.load(db))
    app.close()
    if done.state != "done":
        raise SystemExit(f"the crawl ended as {done.state}: {done.message}")
    return seconds, cpu, count


def child(url: str, folder: str) -> None:
    """First and second crawl in a process of their own; prints the figures."""
    first, cpu, count = crawl(url, Path(folder))
    second, cpu_again, _ = crawl(url, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps({"first": first, "second": second, "count": count, "mib": peak, "cpu": cpu, "cpu_again": cpu_again})
    )


def kbaudit(url: str) -> dict[str, float]:
    """The figures of one round of kbaudit."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.speed.crawl", "--child", url, folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def scrapy(python: Path, url: str) -> tuple[float, int]:
    """The spider: seconds, and how many pages it stored. As with kbaudit, starting Python is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "spider.py"
        packages, file = sysconfig.get_path("purelib"), str(Path(folder) / "s.sqlite")
        script.write_text(SPIDER.format(root=str(ROOT), packages=packages, file=file, url=url))
        timed = "import time, runpy, scrapy, scrapy.crawler, scrapy.spiders\ns = time.perf_counter()\n"
        timed += f"runpy.run_path({str(script)!r})\nprint(time.perf_counter() - s)"
        done = subprocess.run([python, "-c", timed], capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise SystemExit(f"Scrapy did not run: {done.stderr[-800:]}")
    count, seconds = done.stdout.split()[-2:]
    return float(seconds), int(count)


def main() -> int:
    """Run the rounds; print every figure beside its promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scrapy", type=Path, help="an interpreter that has Scrapy")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        child(*chosen.child)
        return 0
    missing = ""
    try:
        python = chosen.scrapy or interpreter("scrapy", SCRAPY)
    except (OSError, subprocess.SubprocessError) as problem:
        python, missing = None, str(problem)
    with served(chosen.pages) as (url, program):
        print(f"  {chosen.pages} pages of about 30 KB each, served by {program}", flush=True)
        ours, theirs = rounds(url, chosen.pages, chosen.rounds, python)
    return report(chosen.pages, ours, theirs, missing)


def rounds(url: str, pages: int, count: int, python: Path | None) -> tuple[list[dict[str, float]], list[float]]:
    """The figures of kbaudit and the seconds of Scrapy, round by round."""
    ours: list[dict[str, float]] = []
    theirs: list[float] = []
    for number in range(count):
        if number % 2 == 0:
            ours.append(kbaudit(url))
        if python is not None:
            seconds, stored = scrapy(python, url)
            if stored != pages:
                raise SystemExit(f"Scrapy stored {stored} of {pages} pages")
            theirs.append(seconds)
        if number % 2:
            ours.append(kbaudit(url))
        both = f"{pages / ours[-1]['first']:.0f} pages/s, again {ours[-1]['second']:.2f} s"
        print(
            f"  round {number + 1}: {both}" + (f"; Scrapy {pages / theirs[-1]:.0f}" if theirs else ""),
            flush=True,
        )
    return ours, theirs


def report(pages: int, ours: list[dict[str, float]], theirs: list[float], missing: str) -> int:
    """Print medians; the exit status."""
    promises = Promises()
    middle = {name: statistics.median(item[name] for item in ours) for name in ours[0]}
    rate = pages / middle["first"]
    print(f"  medians of {len(ours)} rounds:")
    promises.check(all(item["count"] == pages for item in ours), f"{middle['count']:.0f} pages stored")
    if theirs:
        their = pages / statistics.median(theirs)
        promises.check(rate >= their, f"{rate:.0f} pages/s, Scrapy with the same parser {their:.0f} (not slower)")
    else:
        print(f"  {rate:.0f} pages/s; Scrapy skipped: it cannot be installed: {missing}")
    share = statistics.median(item["second"] / item["first"] for item in ours)
    promises.check(
        share < 0.1, f"again with nothing changed: {middle['second']:.2f} s, {share:.1%} of the first (10 %)"
    )
    share = statistics.median(item["cpu_again"] / item["cpu"] for item in ours)
    promises.check(share < 0.1, f"CPU: {middle['cpu']:.1f} s, again {middle['cpu_again']:.2f} s, {share:.1%} (10 %)")
    most = max(item["mib"] for item in ours)
    promises.check(most < MIB, f"at most {most:.0f} MiB of memory ({MIB})")
    return promises.status


if __name__ == "__main__":
    raise SystemExit(main())
