"""FRE704: an article shows a placeholder, a template error or a theme's demo text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts.placeholders import Placeholder
from kbaudit.model.finding import Evidence, Finding, Ref


class UnfilledTemplate(Check):
    """
    ## Why it matters
    "We answer within [X business days]" tells the customer that nobody read the page. The bot quotes it as it stands.

    ## Flagged
    Brackets and braces with words that the shop should have replaced (its name, a number of days, an address, a
    date), runs of X in a figure, TODO and TBD, errors that a template engine left, filler text, the demo text of
    shop themes, sample e-mail addresses and telephone numbers given as the shop's contact.

    ## Not flagged
    Macros and guidance, where placeholders are meant; code; articles about templates, variables or programming; keys,
    buttons and menu entries in brackets; citations, notes and editorial brackets; what the customer is to fill in
    ("with the subject “Return [order number]”"); formats of order numbers; addresses given as examples.

    ## Fix
    Fill in the value, or delete the sentence. If the whole article is a template, unpublish it.
    """

    code = "FRE704"
    name = "unfilled-template"
    severity = "medium"

    @dataclass(frozen=True, slots=True)
    class Options:
        """`quotes`: at most so many passages are shown as evidence."""

        quotes: int = 8

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding for each article."""
        for document in snapshot.answers:
            found: tuple[Placeholder, ...] = snapshot.about("placeholders", document)
            if not found:
                continue
            first = found[0]
            said = document.text[first.start : first.end].strip()
            others = f" and {len(found) - 1} more" if len(found) > 1 else ""
            yield self.finding(
                subject={"text": said, "kind": first.kind},
                key=(f"{document.source}/{document.id}",),
                message=(
                    f"“{document.title}” shows customers {_a(first.kind)} that was never filled in or removed: "
                    f"“{said}”{others}."
                ),
                documents=[Ref.to(document)],
                evidence=[
                    Evidence.of(
                        document, *item.sentence, note=f"{item.kind}: {document.text[item.start : item.end].strip()}"
                    )
                    for item in _one_a_sentence(found)[: self.options.quotes]
                ],
                suggestion=f"Replace “{said}” in the passage quoted by what your shop says there, or delete the passage"
                + (f"; do the same with the other {len(found) - 1}." if len(found) > 1 else "."),
                score=0.9 if first.kind != "note to the author" else 0.8,
                impact=snapshot.touching([document]),
            )


def _a(kind: str) -> str:
    return {"note to the author": "a note to the author", "demo text": "demo text"}.get(kind, f"a {kind}")


def _one_a_sentence(found: tuple[Placeholder, ...]) -> list[Placeholder]:
    seen: dict[tuple[int, int], Placeholder] = {}
    for item in found:
        seen.setdefault(item.sentence, item)
    return list(seen.values())
