"""Found + known + suppressions + coverage → what opened, changed, was resolved, came back. Pure.

A check finds and an output shows; only here is it decided what a run means for what was known before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kbaudit.model.finding import Finding
from kbaudit.model.life import Coverage, Known, State, Suppression, Transition, TransitionKind, ref_key

# Who is written down where no person acted.
KBAUDIT = "kbaudit"
QUOTES_SHOWN = 3
# Rules whose subject is measured over conversations: figures and labels that move with every day's questions.
MEASURED = ("GAP", "RET", "COA")


@dataclass(frozen=True, slots=True)
class Triaged:
    """`found`: fingerprint → (finding, digest, content hashes) as it is to be stored; `moves`: what changed."""

    found: Mapping[str, tuple[Finding, str, Mapping[str, str]]]
    moves: tuple[Transition, ...]

    def count(self, kind: TransitionKind) -> int:
        """How many findings moved this way."""
        return sum(move.kind == kind for move in self.moves)


def digest(finding: Finding) -> str:
    """A digest of what a finding says about articles and products: its subject, its sides and their quotes.

    Conversations and figures are left out: new ones arrive every day, and a gap asked about once more is the same gap.
    """
    documents = sorted([ref.kind, ref.source, ref.id] for ref in finding.documents if ref.kind != "conversation")
    quotes = sorted(
        [e.ref.kind, e.ref.source, e.ref.id, e.field or "", e.side or "", _folded(e.quote)]
        for e in finding.evidence
        if e.ref.kind != "conversation"
    )
    text = json.dumps(
        [finding.rule, _stated(finding.rule, finding.subject), documents, quotes], sort_keys=True, default=_text
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def triage(
    found: Iterable[Finding],
    known: Mapping[str, Known],
    suppressions: Iterable[Suppression],
    coverage: Coverage,
    *,
    now: datetime,
    run: int | None = None,
) -> Triaged:
    """Decide what a run's findings mean.

    Opened: never seen before. Changed: known, and its sides or its subject say something else now. Reopened: was
    resolved and is back, or was suppressed and the suppression ended or one of its sides changed materially. Resolved:
    the check ran to its end, every source of the finding's documents was read whole, and it stayed silent.
    """
    decided = {suppression.fingerprint: suppression for suppression in suppressions}
    standing = {finding.fingerprint: finding for finding in found}
    stored: dict[str, tuple[Finding, str, Mapping[str, str]]] = {}
    moves: list[Transition] = []

    def move(
        fingerprint: str, kind: TransitionKind, before: State | None, after: State, why: str = "", **detail: object
    ) -> None:
        moves.append(
            Transition(
                fingerprint=fingerprint,
                kind=kind,
                from_state=before,
                to_state=after,
                at=now,
                by=KBAUDIT,
                why=why,
                run=run,
                detail=detail,
            )
        )

    for fingerprint, finding in sorted(standing.items()):
        mark = digest(finding)
        stored[fingerprint] = (finding, mark, _hashes(finding, coverage))
        before = known.get(fingerprint)
        if before is None:
            move(fingerprint, "opened", None, "open")
            continue
        said = _difference(before.finding, finding) if before.digest != mark else ""
        if before.state == "resolved":
            move(fingerprint, "reopened", "resolved", "open", said or "it is there again")
        elif before.state == "suppressed":
            why = _ended(decided.get(fingerprint), finding, stored[fingerprint][2], now)
            if why:
                move(fingerprint, "reopened", "suppressed", "open", why)
        elif before.digest != mark:
            move(fingerprint, "changed", before.state, before.state, said)
    for fingerprint, before in sorted(known.items()):
        if fingerprint in standing or before.state == "resolved":
            continue
        why = _resolved(before, coverage)
        if why:
            move(fingerprint, "resolved", before.state, "resolved", why)
    return Triaged(stored, tuple(moves))


def _hashes(finding: Finding, coverage: Coverage) -> dict[str, str]:
    keys = [ref_key(ref.source, ref.id) for ref in finding.documents if ref.kind != "conversation"]
    return {key: coverage.hashes[key] for key in sorted(set(keys)) if key in coverage.hashes}


def _resolved(before: Known, coverage: Coverage) -> str:
    """Why a finding that was not found again is resolved; empty where its absence proves nothing."""
    if before.finding.rule not in coverage.ran:
        return ""
    sides = [ref for ref in before.finding.documents if ref.kind != "conversation"]
    if any(ref.source not in coverage.fresh and ref_key(ref.source, ref.id) not in coverage.gone for ref in sides):
        return ""
    names = {ref_key(ref.source, ref.id): ref.title or ref.id for ref in sides}
    gone = [name for key, name in names.items() if key in coverage.gone]
    if gone:
        return f"removed from its source: {_listed(gone)}"
    edited = [
        name for key, name in names.items() if key in before.hashes and coverage.hashes.get(key) != before.hashes[key]
    ]
    if edited:
        return f"edited: {_listed(edited)}"
    return "the check ran on it and found nothing"


def _ended(suppression: Suppression | None, finding: Finding, hashes: Mapping[str, str], now: datetime) -> str:
    """Why a suppressed finding is shown again; empty while the suppression holds."""
    if suppression is None:
        return "its suppression is gone"
    if suppression.until is not None and suppression.until <= now:
        return f"the suppression ended on {suppression.until.date().isoformat()}"
    # The same texts as when it was made: whatever reads them differently now, no side has changed.
    whole = hashes.keys() >= _quotes(finding).keys()
    if suppression.hashes and whole and dict(suppression.hashes) == dict(hashes):
        return ""
    then, now_is = _stated(finding.rule, suppression.subject), _stated(finding.rule, finding.subject)
    if then != now_is:
        return f"the problem is another one now: {_changed_values(then, now_is)}"
    return _sides_difference(suppression.sides, _quotes(finding), _names(finding))


def _difference(old: Finding, new: Finding) -> str:
    then, now_is = _stated(old.rule, old.subject), _stated(new.rule, new.subject)
    if then != now_is:
        return _changed_values(then, now_is)
    return _sides_difference(_quotes(old), _quotes(new), _names(old) | _names(new)) or "its evidence changed"


def _sides_difference(
    old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> str:
    """What the sides say now that they did not say then. An edit that leaves the quotes alone is not material."""
    parts = []
    for key in sorted(old.keys() | new.keys()):
        name = names.get(key, key.rpartition("\x1f")[2])
        before, after = {_folded(q): q for q in old.get(key, ())}, {_folded(q): q for q in new.get(key, ())}
        gone = [quote for folded, quote in before.items() if folded not in after]
        fresh = [quote for folded, quote in after.items() if folded not in before]
        if not before and after:
            parts.append(f"“{name}” joined it with {_shown(fresh)}")
        elif before and not after:
            parts.append(f"“{name}” has no part in it any more")
        elif gone or fresh:
            now, then = _shown(fresh) or "less", _shown(gone)
            parts.append(f"“{name}” now says {now}" + (f" instead of {then}" if then else ""))
    return "; ".join(parts)


def _changed_values(old: Mapping[str, object], new: Mapping[str, object]) -> str:
    keys = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    return "; ".join(f"{key} was {_value(old.get(key))}, is {_value(new.get(key))}" for key in keys)


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_text)


def _shown(quotes: Iterable[str]) -> str:
    return ", ".join(f"“{' '.join(quote.split())[:200]}”" for quote in sorted(quotes)[:QUOTES_SHOWN])


def _quotes(finding: Finding) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for evidence in finding.evidence:
        if evidence.ref.kind != "conversation":
            found.setdefault(ref_key(evidence.ref.source, evidence.ref.id), set()).add(evidence.quote)
    return {key: tuple(sorted(quotes)) for key, quotes in found.items()}


def _names(finding: Finding) -> dict[str, str]:
    refs = [*finding.documents, *(evidence.ref for evidence in finding.evidence)]
    return {ref_key(ref.source, ref.id): ref.title or ref.id for ref in refs}


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in sorted(names)[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _plain(value: object) -> dict[str, object]:
    """A mapping as JSON gives it back, so that what was stored compares equal to what was just found."""
    plain: dict[str, object] = json.loads(json.dumps(value, default=_text, sort_keys=True))
    return plain


def _stated(rule: str, subject: Mapping[str, object]) -> dict[str, object]:
    """What a subject states, without what it counts or measures."""
    if rule.startswith(MEASURED):
        return {}
    return {key: value for key, value in _plain(subject).items() if not _is_number(value)}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return value.isoformat() if isinstance(value, date) else str(value)
