"""RET505."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbaudit.check import Check, Snapshot
from kbaudit.facts import retrieval_evidence as shown
from kbaudit.facts.retrieval_ghosts import Ghost, ghosts
from kbaudit.model.finding import Evidence, Finding, Ref


class GhostDocument(Check):
    """The index answers from a document that its source has removed or changed.

    ## Why it matters
    Whoever unpublishes an article believes that it is gone. The assistant's index still holds it, so customers go on
    hearing what the shop has withdrawn, and nobody can find out where it comes from.

    ## Flagged
    An article among the sources of recent AI answers that is unpublished, outside its publishing window at the time of
    the answer, or not among the articles any more while nearly everything else that answers cite is.

    ## Not flagged
    Citations from the time when the article was live, and sources of conversations that name things which were never
    given to kbaudit.

    ## Fix
    Rebuild the assistant's index from the source, or delete the document from it, and find out why the deletion did
    not arrive.
    """

    code = "RET505"
    name = "ghost-document"
    severity = "high"
    needs = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # One citation may be a slip of the export where nothing dates the removal.
        min_citations_undated: int = 2

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article."""
        for ghost in ghosts(snapshot):
            if ghost.certain or len(ghost.citations) >= self.options.min_citations_undated:
                yield self._finding(snapshot, ghost)

    def _finding(self, snapshot: Snapshot, ghost: Ghost) -> Finding:
        document = ghost.document
        sources = sorted({item.source for item in snapshot.documents})
        ref = Ref.to(document) if document else Ref(sources[0] if len(sources) == 1 else "", ghost.name, ghost.name)
        title = ref.title or ghost.name
        last = ghost.citations[0]
        day = last.at.astimezone(snapshot.zone).date().isoformat()
        count = len(ghost.citations)
        return self.finding(
            subject={"state": ghost.state, "citations": count, "last_cited": day},
            key=(ref.source, ref.id),
            message=f'{count} AI answers, the last on {day}, came from "{title}", which is {ghost.state}.',
            documents=[ref],
            evidence=[
                Evidence(
                    ref=Ref(*item.conversation.ref, kind="conversation"),
                    quote=item.conversation.messages[item.message].text,
                    message=item.message,
                    note=f'answered from "{ghost.name}"',
                )
                for item in ghost.citations[:3]
            ],
            suggestion=f'Delete "{title}" from the assistant\'s index, or rebuild it; then ask the question again.',
            score=0.9 if ghost.certain else 0.7,
            impact=shown.impact(snapshot, count),
            cause="bot",
            extra={"drift": "retrieval polluted"},
        )
