"""One problem, one finding: which finding stands where two rules see the same thing.

The order is the contract's: SEA101 or SEA104 silences SEA103 in the same article; CON203 and CON204 stand instead of
CON201, and CON202 where both sides are one article; CAT302 instead of CAT303; DUP601 instead of DUP602.
"""

from __future__ import annotations

from collections.abc import Iterable

from kbaudit.model.finding import Finding, Ref

Place = tuple[str, str]


def _articles(finding: Finding) -> frozenset[Place]:
    return frozenset((ref.source, ref.id) for ref in finding.documents if ref.kind == "article")


def _all(finding: Finding) -> frozenset[tuple[str, str, str]]:
    return frozenset((ref.kind, ref.source, ref.id) for ref in finding.documents)


def _first(finding: Finding) -> Ref | None:
    return finding.documents[0] if finding.documents else None


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stand, worst first: severity, then impact, then score, then fingerprint."""
    found = {finding.fingerprint: finding for finding in findings}
    by_rule: dict[str, list[Finding]] = {}
    for finding in found.values():
        by_rule.setdefault(finding.rule, []).append(finding)

    def rule(code: str) -> list[Finding]:
        return by_rule.get(code, [])

    silenced: set[str] = set()
    dated = {_first(finding) for code in ("SEA101", "SEA104") for finding in rule(code)}
    silenced |= {f.fingerprint for f in rule("SEA103") if _first(f) in dated}
    gone = {_all(finding) for finding in rule("CAT302")}
    silenced |= {f.fingerprint for f in rule("CAT303") if _all(f) in gone}
    stronger = [(f.subject.get("policy"), _articles(f)) for code in ("CON203", "CON204") for f in rule(code)]
    for finding in rule("CON201"):
        policy, articles = finding.subject.get("policy"), _articles(finding)
        if any(policy == other and articles <= refs for other, refs in stronger):
            silenced.add(finding.fingerprint)
    whole = [_articles(finding) for finding in rule("DUP601")]
    for finding in rule("DUP602"):
        if any(_articles(finding) <= group for group in whole):
            silenced.add(finding.fingerprint)
    standing = [finding for key, finding in found.items() if key not in silenced]
    return sorted(standing, key=worst_first)


def worst_first(finding: Finding) -> tuple[object, ...]:
    """The order of the queue."""
    rank = {"high": 0, "medium": 1, "low": 2}[finding.severity]
    return (rank, -finding.impact.questions, -finding.score, finding.rule, finding.fingerprint)
