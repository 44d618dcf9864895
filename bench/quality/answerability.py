"""Is a question answered by the base, from the texts alone? Half of the Doc2Dial documents are taken away.

    python -m bench.quality.answerability

Each of the 660 opening questions is judged by itself (`facts.coverage`), then the questions about one document
together, as they come in a cluster. The half that is removed is chosen by a stable hash of the document's id.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime

from sklearn.metrics import roc_auc_score

from bench.quality.figures import data, missing, verdict
from kbaudit.facts.coverage import Sentences, assess
from kbaudit.model.question import Question
from kbaudit.testing import snapshot_of


def main() -> int:
    """Print the figures; exit status 1 if the floor is missed."""
    if missing("doc2dial"):
        return 0
    folder = data() / "doc2dial"
    articles = [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    values = []
    for salt in ("", "second", "third"):

        def stays(id_: str, salt: str = salt) -> bool:
            return int(hashlib.sha256((id_ + salt).encode()).hexdigest(), 16) % 2 == 1

        snapshot = snapshot_of(articles=[row for row in articles if stays(row["id"])], as_of="2026-04-10")
        asked = [
            Question(
                id=row["id"], conversation=("q", row["id"]), message=0, text=row["text"],
                asked_at=datetime(2026, 4, 1, tzinfo=UTC), locale="en",
            )
            for row in rows
        ]  # fmt: skip
        known = Sentences(snapshot)
        truth = [any(stays(id_) for id_ in row["expected"]) for row in rows]
        single = [item.logit for item in assess(snapshot, [[question] for question in asked], known)]
        groups: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            groups.setdefault(row["expected"][0], []).append(number)
        together = assess(snapshot, [[asked[n] for n in numbers] for numbers in groups.values()], known)
        values.append(float(roc_auc_score(truth, single)))
        grouped = roc_auc_score([stays(id_) for id_ in groups], [item.logit for item in together])
        name = salt or "hash of the id"
        print(f"half of the documents gone ({name}): AUROC a question {values[-1]:.3f}, a group {grouped:.3f}")
    mean = sum(values) / len(values)
    print(f"mean AUROC a question {mean:.3f} (best similarity alone 0.69)")
    return verdict("answerability", {"auroc": values[0], "mean_auroc": mean})


if __name__ == "__main__":
    sys.exit(main())
