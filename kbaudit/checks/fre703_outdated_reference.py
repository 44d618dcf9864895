"""FRE703: an article names what is no longer current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.references import Reference, References
from kbaudit.facts.seasons_judge import Verdict
from kbaudit.facts.seasons_words import day
from kbaudit.model.document import Document
from kbaudit.model.finding import Evidence, Finding, Ref

WORDS = {
    "carrier": "the carrier or service",
    "payment": "the payment brand",
    "platform": "the platform",
    "legal": "the legal reference",
    "brand": "the brand",
    "year": "the year",
    "emergency": "the notice about a",
}


class OutdatedReference(Check):
    """An article names a year, version, brand, carrier or emergency that is no longer current.

    ## Why it matters
    A notice that the pandemic delays parcels, a carrier that was renamed years ago or "our 2023 price list" tells
    customers that nobody looks after the page, and a bot repeats it as news.

    ## Flagged
    Carriers, payment brands, platforms and legal instruments that were closed or renamed (with the day); a year given
    as the current one for prices, rates, catalogs or schedules; emergencies (pandemic, strike, storm, move, high
    volumes) told in the present tense, by their end or by the age of the last edit.

    ## Not flagged
    "Formerly …", "no longer accepted", "Windows 7 or later", names beside their successors, general clauses ("delays
    caused by severe weather"), history, laws and their years, product names with a year, press and release pages.

    ## Fix
    Put in the current name or year, or take the notice out.
    """

    code = "FRE703"
    name = "outdated-reference"
    severity = "medium"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`emergency_days`: age of the last edit after which a notice counts as over, 0: by kind (60 to 180 days)."""

        emergency_days: int = 0

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article, with all its outdated references."""
        verdicts: Mapping[tuple[str, str], Verdict] = snapshot.fact("season_verdicts")
        for document in snapshot.live:
            verdict = verdicts.get(document.ref)
            if verdict is not None and verdict.rule in ("SEA101", "SEA104"):
                continue
            passages = [passage.sentence for passage in verdict.passages] if verdict is not None else []
            references: References = snapshot.about("references", document)
            old = [
                item
                for item in references.items
                if self._outdated(snapshot, document, item) and not any(a <= item.span[0] < b for a, b in passages)
            ]
            if old:
                yield self._finding(snapshot, document, old)

    def _outdated(self, snapshot: Snapshot, document: Document, item: Reference) -> bool:
        if item.since is not None and snapshot.today > item.since:
            return True
        if item.age_days is None or document.edited_at is None:
            return False
        edited = document.edited_at.astimezone(snapshot.zone).date()
        return (snapshot.today - edited).days > (self.options.emergency_days or item.age_days)

    def _finding(self, snapshot: Snapshot, document: Document, old: list[Reference]) -> Finding:
        names = list(dict.fromkeys(item.name for item in old))
        first = old[0]
        return self.finding(
            subject={"reference": names[0], "kind": first.kind, "references": names},
            key=(*document.ref,),
            message=(
                f"“{document.title}” names {_listed(old)}, "
                f"which {'is' if len(names) == 1 else 'are'} no longer current."
            ),
            documents=[Ref.to(document)],
            evidence=[
                Evidence.of(document, *(item.sentence if item.kind == "emergency" else item.span), note=_note(item))
                for item in old
            ],
            suggestion=" ".join(dict.fromkeys(_suggest(document, item) for item in old[:4])),
            score=0.9 if any(item.kind not in ("emergency", "year") for item in old) else 0.8,
            impact=snapshot.touching([document]),
        )


def _listed(old: list[Reference]) -> str:
    """The names with what they are, each once; beyond three, how many more."""
    named = list({item.name: f"{WORDS[item.kind]} {item.name}" for item in old}.values())
    if len(named) > 3:
        return f"{', '.join(named[:3])} and {len(named) - 3} others"
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _cut(text: str, most: int = 110) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _note(item: Reference) -> str:
    if item.kind == "year":
        return f"{item.name} is over"
    if item.since is not None:
        return f"{item.name}: not current since {day(item.since)}"
    return f"{item.name}: the notice is older than {item.age_days} days"


def _suggest(document: Document, item: Reference) -> str:
    if item.kind == "emergency":
        return f"Take out “{_cut(document.quote(*item.sentence))}”, or say with a date what still holds."
    if item.instead.startswith("nothing"):
        return f"Take out “{document.quote(*item.span)}” ({item.instead.partition(': ')[2]})."
    return f"Replace “{document.quote(*item.span)}” by {item.instead}."
