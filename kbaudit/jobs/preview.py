"""What one change would do before it is published: to the questions behind it, to the others, and to the findings."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kbaudit.checks import catalogue
from kbaudit.jobs.replay import Replay, replay
from kbaudit.jobs.run import run_checks
from kbaudit.model.document import Block, Document, Link, Span
from kbaudit.model.finding import Finding
from kbaudit.model.record import ArticleRecord
from kbaudit.snapshot import BaseSnapshot
from kbaudit.text.document import build

# Rules that read texts alone: a second look at a whole base costs them a second.
TEXT_RULES = ("SEA", "CON", "CAT", "DUP", "FRE701", "FRE703", "FRE704")
# What a change of one article cannot move from one moment to the next.
NEVER = ("ANS", "RET502", "RET504", "RET505", "FRE702")
NEW = "new"


@dataclass(frozen=True, slots=True)
class Preview:
    """`replay`: the questions before and after; `gone`, `stays`, `new`: findings about the changed articles, or the one
    that is previewed, that the rules would no longer report, would still, and would report for the first time."""

    replay: Replay
    gone: tuple[Finding, ...]
    stays: tuple[Finding, ...]
    new: tuple[Finding, ...]


def draft(before: BaseSnapshot, text: str, old: Document | None, *, source: str = "", locale: str = "en") -> Document:
    """The document that a text (title in the first line) makes of `old`, or, read as Markdown, a new article."""
    if old is not None:
        return replace(edited(old, text), updated_at=before.now)
    title, _, body = text.strip().partition("\n")
    record = ArticleRecord(id=NEW, title=title.strip(), body=body.strip(), body_kind="markdown", updated_at=before.now)
    return build(record, source=source, locale=locale, zone=before.zone)


def edited(old: Document, text: str) -> Document:
    """`old` with another plain text. A line that stands in both keeps what it was (heading, cell, link); a new one is a
    paragraph below the headings above it, or a heading if it begins with `#`."""
    lines = [line.strip() for line in text.strip().split("\n")]
    title, rest = lines[0], [line for line in lines[1:] if line]
    known: dict[str, list[Block]] = {}
    for block in old.blocks[1:]:
        known.setdefault(old.text[block.start : block.end].strip(), []).append(block)
    blocks = [Block(kind="title", start=0, end=len(title))]
    links: list[Link] = []
    struck: list[Span] = []
    whole = f"{title}\n"
    path: tuple[str, ...] = ()
    for line in rest:
        start = len(whole) + 1
        same = known.get(line)
        if same:
            block = same.pop(0)
            text_of = old.text[block.start : block.end]
            by = start - block.start - (len(text_of) - len(text_of.lstrip()))
            blocks.append(
                replace(
                    block, start=start, end=start + len(line), cells=tuple(_moved(cell, by) for cell in block.cells)
                )
            )
            inside = [link for link in old.links if block.start <= link.start and link.end <= block.end]
            links += [replace(link, start=link.start + by, end=link.end + by) for link in inside]
            struck += [_moved(span, by) for span in old.struck if block.start <= span[0] and span[1] <= block.end]
            path = (*block.path, line) if block.kind == "heading" else block.path
        else:
            level = len(line) - len(line.lstrip("#"))
            line = line.lstrip("# ") or line
            heading = 0 < level <= 6
            above = path[: max(0, level - 2)] if heading else path
            blocks.append(
                Block(
                    kind="heading" if heading else "paragraph", start=start, end=start + len(line),
                    level=level if heading else 0, path=above,
                )
            )  # fmt: skip
            path = (*above, line) if heading else path
        whole += f"\n{line}"
    if len(blocks) == 1:
        whole = title
    if (whole, tuple(blocks)) == (old.text, old.blocks):
        return old
    mark = hashlib.sha256(f"{old.content_hash}\x1f{whole}".encode("utf-8", "surrogatepass")).hexdigest()
    return replace(
        old, title=title, text=whole, blocks=tuple(blocks), links=tuple(links), struck=tuple(struck), content_hash=mark
    )


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def preview(
    before: BaseSnapshot,
    changed: Sequence[Document] = (),
    removed: Sequence[tuple[str, str]] = (),
    *,
    finding: Finding | None = None,
    everything: bool = False,
) -> Preview:
    """Try a change. `finding` is the one that it is for: its conversations are replayed and its rule runs again;
    `everything` runs the rules about questions as well."""
    talks: Collection[tuple[str, str]] = ()
    families = [*TEXT_RULES]
    if finding is not None:
        talks = {(ref.source, ref.id) for ref in finding.documents if ref.kind == "conversation"}
        families.append(finding.rule[:3])
    if everything and before.conversations:
        families += ["GAP", "RET"]
    answer = changed[0].ref if finding is not None and finding.rule.startswith("GAP") and changed else None
    result = replay(before, changed, removed, conversations=talks, answer=answer)
    checks = catalogue.selected(tuple(families), NEVER)
    then = {item.fingerprint: item for item in run_checks(before, checks).findings}
    now = {item.fingerprint: item for item in run_checks(after(before, changed, removed), checks).findings}
    places = {document.ref for document in changed} | set(removed)

    def about(item: Finding) -> bool:
        own = finding is not None and item.fingerprint == finding.fingerprint
        return own or any((ref.source, ref.id) in places for ref in item.documents if ref.kind == "article")

    return Preview(
        result,
        tuple(item for key, item in sorted(then.items()) if key not in now and about(item)),
        tuple(item for key, item in sorted(now.items()) if key in then and about(item)),
        tuple(item for key, item in sorted(now.items()) if key not in then),
    )


def after(
    before: BaseSnapshot, changed: Sequence[Document] = (), removed: Sequence[tuple[str, str]] = ()
) -> BaseSnapshot:
    """The base as it would be. What customers asked is the same, so its facts are taken over."""
    gone = {document.ref for document in changed} | set(removed)
    made = replace(before, documents=(*(d for d in before.documents if d.ref not in gone), *changed))
    if before.conversations:
        made.take_over(before, ("questions", "clusters"))
    return made
