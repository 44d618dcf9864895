"""RET502."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kbaudit.check import Check, Snapshot
from kbaudit.facts.retrieval import REACH, Retrieval
from kbaudit.model.finding import Finding, Ref

# No question comes nearer than this (cosine): clearly below what counts as related.
FAR = 0.3


class UnreachableArticle(Check):
    """No real question retrieves the article.

    ## Why it matters
    Either nobody needs it, or its words are not the customers' words. In both cases it costs upkeep and helps nobody.

    ## Flagged
    An article that stands among the first three results of no question that is related to it, where there are so
    many questions that a useful article would have been found many times over.

    ## Not flagged
    Articles that some question comes near to, if not near enough: that is a matter of its wording. Bases with few
    questions for their size, young articles, articles that an answer cited, articles for an event, and articles in a
    language that hardly anybody asked in.

    ## Fix
    Put the customers' words into title and first sentence, or merge it into the article that they do find. What is kept
    for reference (a legal notice, a newsletter's off switch) is suppressed with that reason.
    """

    code = "RET502"
    name = "unreachable-article"
    severity = "low"
    needs = frozenset({"articles", "conversations"})

    @dataclass(frozen=True, slots=True)
    class Options:
        """Thresholds."""

        # Fewer questions in an article's language prove nothing.
        min_questions: int = 200
        # With three results each, an average article is then found nine times.
        min_questions_per_article: float = 3.0
        # Customers need time to ask.
        min_age_days: int = 60
        # Where more of a base than this is never found, the questions say more about themselves than about articles.
        max_share: float = 0.2

    def run(self, snapshot: Snapshot) -> Iterator[Finding]:
        """One finding an article."""
        retrieval: Retrieval = snapshot.fact("retrieval")
        asked: dict[str, int] = {}
        for question in snapshot.questions:
            language = question.locale.split("-")[0].lower()
            asked[language] = asked.get(language, 0) + 1
        cited = set(retrieval.cited)
        for language, count in sorted(asked.items()):
            articles = [document for document in snapshot.answers if document.language == language]
            if count < max(self.options.min_questions, self.options.min_questions_per_article * len(articles)):
                continue
            lost = [document for document in articles if not retrieval.found.get(document.ref)]
            if len(lost) > self.options.max_share * len(articles):
                continue
            # What a question nearly finds is a matter of its wording, not of the article.
            for document in (item for item in lost if retrieval.nearest.get(item.ref, 0.0) < FAR):
                born = document.created_at or document.edited_at
                if born is not None and snapshot.now - born < timedelta(days=self.options.min_age_days):
                    continue
                if document.id in cited or document.url in cited or snapshot.about("seasons", document).subject:
                    continue
                yield self.finding(
                    subject={"questions": count, "depth": REACH},
                    key=document.ref,
                    message=f'None of {count} questions finds "{document.title}" among the first {REACH} results.',
                    documents=[Ref.to(document)],
                    evidence=[],
                    suggestion=(
                        f'Write title and first sentence of "{document.title}" in the words that customers use, '
                        "or merge it into an article that they find; if it is kept for reference, suppress this."
                    ),
                    score=0.6,
                    cause="hidden article",
                )
