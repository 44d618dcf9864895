"""The same help center as files, for a web server that is not ours."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path


def lay_out(root: Path, pages: Mapping[str, str], url: str) -> None:
    """Write pages (path to markup) as `.html` files below a folder, with a sitemap and robots.txt that names it."""
    for path, text in pages.items():
        file = root / f"{path.strip('/')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    places = "".join(f"<url><loc>{url}{path}.html</loc></url>" for path in pages)
    (root / "sitemap.xml").write_text(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</urlset>")
    (root / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {url}/sitemap.xml\n")


def server(root: Path, port: int) -> list[str]:
    """The command that serves a folder on loopback: lighttpd, or Python where that is not installed."""
    program = shutil.which("lighttpd") or shutil.which("/usr/sbin/lighttpd")
    if not program:
        return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root)]
    config = root.parent / "lighttpd.conf"
    config.write_text(
        f'server.document-root = "{root}"\nserver.port = {port}\nserver.bind = "127.0.0.1"\n'
        'mimetype.assign = (".html" => "text/html", ".xml" => "application/xml", ".txt" => "text/plain")\n'
    )
    return [program, "-D", "-f", str(config)]
