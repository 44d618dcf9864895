"""The report as one self-contained HTML file: no script, no external asset, readable on a phone and on paper."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from kbaudit.export.plain import View, by_rule, reach
from kbaudit.export.words import differing
from kbaudit.model.finding import Evidence, Finding, Ref

STYLE = """
:root{--ink:#1b1f24;--soft:#57606a;--line:#d8dee4;--card:#fff;--page:#f6f8fa;--high:#b42318;--medium:#9a6700;--low:#0b6e8a;
--mark:#ffe8a3;--good:#116329}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--card:#151b23;--page:#0d1117;
--high:#ff9086;--medium:#e3b341;--low:#58b9d6;--mark:#5c4a00;--good:#57ab5a}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;
margin:2.2rem 0 .6rem}h3{font-size:1rem;margin:0 0 .4rem;overflow-wrap:anywhere}p{margin:.3rem 0}
.soft{color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
.card{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--edge);
border-radius:8px;padding:1rem;margin:.7rem 0;break-inside:avoid}
.high{--edge:var(--high)}.medium{--edge:var(--medium)}.low{--edge:var(--low)}.tag{color:var(--edge);font-weight:600}
.sides{display:grid;gap:.6rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
blockquote{margin:.5rem 0;padding:.5rem .8rem;border-left:3px solid var(--line);
overflow-wrap:anywhere;white-space:pre-line}
mark{background:var(--mark);color:inherit;border-radius:3px}
.fix{color:var(--good)}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
nav a{margin-right:.8rem}a{color:inherit}
"""


def render(view: View) -> str:
    """A whole HTML document. Text from outside is escaped; links are shown only if they are http or https."""
    groups = by_rule(view.findings)
    read = view.counts
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8>",
        "<meta name=viewport content='width=device-width,initial-scale=1'>",
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>kbaudit {view.as_of}</title><style>{STYLE}</style></head><body><main>",
        "<h1>Knowledge base audit</h1>",
        f"<p class=soft>As of {view.as_of}. "
        f"Read {read.get('articles', 0)} articles, {read.get('products', 0)} products, "
        f"{read.get('conversations', 0)} conversations; {read.get('skipped', 0)} skipped.</p>",
    ]
    if groups:
        parts.append(
            "<nav aria-label=Rules>"
            + "".join(f"<a href='#{rule}'>{rule} ({len(items)})</a>" for rule, items in groups.items())
            + "</nav>"
        )
    else:
        parts.append("<p><strong>No findings.</strong></p>")
    for rule, items in groups.items():
        parts.append(f"<h2 id={rule}>{rule} {escape(items[0].name)}</h2>")
        parts.extend(_finding(item) for item in items)
    if view.problems:
        parts.append("<h2>Records that could not be used</h2><table><tr><th>Where<th>Reason</tr>")
        parts.extend(
            f"<tr><td>{escape(p.file or p.ref)}{f':{p.line}' if p.line is not None else ''}<td>{escape(p.reason)}</tr>"
            for p in view.problems
        )
        parts.append("</table>")
    if view.not_run or view.broken:
        parts.append("<h2>Rules that did not run</h2><table><tr><th>Rule<th>Reason</tr>")
        parts.extend(f"<tr><td>{rule}<td>{escape(why)}</tr>" for rule, why in (*view.not_run, *view.broken))
        parts.append("</table>")
    parts.append("</main></body></html>\n")
    return "".join(parts)


def _finding(item: Finding) -> str:
    sides = {evidence.side: evidence for evidence in reversed(item.evidence) if evidence.side in ("a", "b")}
    shown = []
    if len(sides) == 2:
        left, right = differing(sides["a"].quote, sides["b"].quote)
        shown = [sides["a"], sides["b"]]
        quotes = f"<div class=sides>{_quote(sides['a'], left)}{_quote(sides['b'], right)}</div>"
    else:
        quotes = ""
    rest = "".join(_quote(evidence, None) for evidence in item.evidence if evidence not in shown)
    impact = f"<p class=soft>{reach(item)}</p>" if item.impact.questions else ""
    return (
        f"<article class='card {item.severity}'><h3>{escape(item.message)}</h3>"
        f"<p class=soft><span class=tag>{item.severity}</span> · {'; '.join(_ref(ref) for ref in item.documents[:8])}"
        f"{f'; and {len(item.documents) - 8} more' if len(item.documents) > 8 else ''}</p>"
        f"{quotes}{rest}<p class=fix>{escape(item.suggestion)}</p>{impact}"
        f"<p class=soft>{item.fingerprint}</p></article>"
    )


def _ref(ref: Ref) -> str:
    name = escape(ref.title or ref.id)
    if ref.url and urlsplit(ref.url).scheme in ("http", "https"):
        return f"<a href='{escape(ref.url)}' rel='noopener noreferrer nofollow'>{name}</a>"
    return name


def _quote(evidence: Evidence, pieces: list[tuple[str, bool]] | None) -> str:
    if pieces is None:
        text = escape(evidence.quote)
    else:
        text = "".join(f"<mark>{escape(part)}</mark>" if marked else escape(part) for part, marked in pieces)
    where = escape(evidence.ref.title or evidence.ref.id)
    note = " · ".join(escape(part) for part in (evidence.field, evidence.note) if part)
    return f"<blockquote>{text}<br><span class=soft>{where}{' · ' + note if note else ''}</span></blockquote>"
