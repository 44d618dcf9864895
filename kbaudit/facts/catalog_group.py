"""Differences with the catalog gathered to one problem for each article and product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kbaudit.facts.catalog_compare import Difference, Fault
from kbaudit.model.finding import Evidence, Ref
from kbaudit.model.product import Product


@dataclass(frozen=True, slots=True)
class Case:
    """All statements of one article that one product contradicts in the same way, the surest first."""

    differences: tuple[Difference, ...]

    @property
    def first(self) -> Difference:
        """The surest statement; the earliest of equals."""
        return self.differences[0]

    @property
    def product(self) -> Product | None:
        """The product, or the first of the variants meant."""
        return self.first.products[0] if self.first.products else None

    @property
    def label(self) -> str:
        """What to call the product."""
        product = self.product
        if product is None:
            return self.first.name
        return product.title if len(self.first.products) == 1 else self.first.name or product.title

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The article, then the product where the catalog has it."""
        product = self.product
        return (Ref.to(self.first.document), *((Ref.to(product),) if product else ()))

    @property
    def key(self) -> tuple[str, ...]:
        """Article and product: what makes this problem this problem."""
        product = self.product
        what = f"{product.source}/{product.id}" if product else self.first.note
        return (f"{self.first.document.source}/{self.first.document.id}", what)

    def evidence(self, field: str, quote: str, note: str) -> tuple[Evidence, ...]:
        """Each passage once, then the product's field."""
        passages: dict[tuple[int, int], Difference] = {}
        for difference in self.differences:
            passages.setdefault(difference.passage, difference)
        found = [
            Evidence.of(difference.document, *span, side="a", note=f"the article says {difference.stated}")
            for span, difference in list(passages.items())[:8]
        ]
        product = self.product
        if product is not None:
            found.append(Evidence(ref=Ref.to(product), quote=quote, field=field, side="b", note=note))
        return tuple(found)


def cases(differences: Iterable[Difference], fault: Fault) -> list[Case]:
    """One case for each article and product, in order of document and place."""
    found = list(differences)
    gone = {(d.document.ref, p.ref) for d in found if d.fault == "discontinued" for p in d.products}
    grouped: dict[tuple[object, ...], list[Difference]] = {}
    for difference in found:
        if difference.fault != fault:
            continue
        refs = tuple(sorted(p.ref for p in difference.products)) or (difference.note,)
        if fault != "discontinued" and any((difference.document.ref, ref) in gone for ref in refs):
            continue
        grouped.setdefault((difference.document.ref, refs), []).append(difference)
    return [Case(tuple(sorted(group, key=lambda d: (-d.score, d.span)))) for group in grouped.values()]
