"""Pages a second of a crawl, to stored records, beside Scrapy with the same parser.

    .venv/bin/python -m bench.speed.crawl [--pages 1000] [--rounds 5] [--scrapy PYTHON]

A site of so many pages with a heavy menu on each is served by a process of its own. Each round crawls it with kbaudit
into a fresh store (no encoding), again with nothing changed, and, where `--scrapy` names an interpreter that has
Scrapy 2.19, with a spider that reads pages by the same functions and writes them into SQLite. Medians are printed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPIDER = '''
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
'''


def serve_site(pages: int, pipe: multiprocessing.connection.Connection) -> None:
    """The site, in a process of its own, until the parent ends."""
    from kbaudit.testing.server import serve
    from tests.fakes.site import Site, help_center

    site = Site(pages=help_center(pages))
    with serve(site.handle) as server:
        site.host = server.url
        pipe.send(server.url)
        pipe.recv()


def crawl(url: str, folder: Path) -> tuple[float, int]:
    """One sync of the site into the store of a data folder: seconds, and how many records it holds."""
    from kbaudit.app import App
    from kbaudit.store import documents

    config = folder / "config"
    config.mkdir(exist_ok=True)
    (config / "sources.toml").write_text(
        f'[site]\nconnector = "sitemap"\nurl = "{url}/help/"\nrequests_per_second = 0\nallow_private = ["127.0.0.1"]\n'
    )
    app = App.open(folder, create=True)
    start = time.perf_counter()
    (done,) = app.sync(["site"])
    seconds = time.perf_counter() - start
    with app.store.read() as db:
        count = sum(1 for _ in documents.load(db))
    app.close()
    if done.state != "done":
        raise SystemExit(f"the crawl ended as {done.state}: {done.message}")
    return seconds, count


def child(url: str, folder: str) -> None:
    """First and second crawl in a process of their own; prints the figures."""
    first, count = crawl(url, Path(folder))
    second, _ = crawl(url, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"first": first, "second": second, "count": count, "peak_mib": peak}))


def scrapy(python: str, url: str, folder: str) -> tuple[float, int]:
    """The spider, from the start of its process on as for kbaudit minus what importing costs either."""
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


def main() -> None:
    """Run the rounds and print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scrapy", default="", help="an interpreter that has Scrapy")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        child(*chosen.child)
        return
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=serve_site, args=(chosen.pages, there), daemon=True)
    server.start()
    if not here.poll(60):
        raise SystemExit("the site did not start")
    url = here.recv()
    ours: list[dict[str, float]] = []
    theirs: list[float] = []
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "bench.speed.crawl", "--child", url, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
            ours.append(json.loads(done.stdout.splitlines()[-1]))
        if chosen.scrapy:
            with tempfile.TemporaryDirectory() as folder:
                seconds, count = scrapy(chosen.scrapy, url, folder)
                if count != chosen.pages:
                    raise SystemExit(f"Scrapy stored {count} of {chosen.pages} pages")
                theirs.append(seconds)
    here.send("end")
    first = statistics.median(item["first"] for item in ours)
    second = statistics.median(item["second"] for item in ours)
    print(f"{chosen.pages} pages, {chosen.rounds} rounds, medians:")
    print(f"  kbaudit: {chosen.pages / first:.0f} pages/s, {ours[0]['count']:.0f} stored", end="")
    print(f", at most {max(item['peak_mib'] for item in ours):.0f} MiB")
    print(f"  again, nothing changed: {second:.2f} s, {second / first:.1%} of the first")
    if theirs:
        their = statistics.median(theirs)
        print(f"  Scrapy with the same parser: {chosen.pages / their:.0f} pages/s ({first / their:.2f} of its time)")
    else:
        print("  Scrapy: not run (name an interpreter that has it with --scrapy)")


if __name__ == "__main__":
    main()
