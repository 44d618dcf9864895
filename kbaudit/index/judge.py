"""An entailment model as a second opinion on two passages: any sentence-transformers CrossEncoder, by name or path."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from kbaudit.errors import ModelError

# Files that can run code when a model folder is loaded (CVE-2026-4372, sentence-transformers #3801).
DANGEROUS = frozenset({".py", ".bin", ".pkl", ".pt", ".ckpt"})


class EntailmentJudge:
    """`contradiction(a, b)` in [0, 1] from a three-way entailment CrossEncoder (NLI).

    Nothing is fetched: `model` is a folder, or a name that is already in the local cache. Raises `ModelError` where it
    cannot be loaded or its folder holds files that could run code.
    """

    def __init__(self, model: str) -> None:
        self.name = f"cross-encoder/{model}"
        self._path = model
        self._model: Any = None
        self._column = 0

    def _load(self) -> Any:
        if self._model is not None:
            return self._model
        folder = Path(self._path)
        if folder.is_dir():
            bad = sorted(path.name for path in folder.rglob("*") if path.suffix in DANGEROUS)
            if bad:
                raise ModelError(f"{folder} holds {', '.join(bad)}: only safetensors models without code are loaded.")
        try:
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(self._path, local_files_only=True, trust_remote_code=False, device="cpu")
        except Exception as error:
            raise ModelError(f"The entailment model {self._path} cannot be loaded: {error}") from error
        labels = getattr(self._model.config, "id2label", {}) or {}
        names = {index: str(label).lower() for index, label in labels.items()}
        column = next((int(index) for index, label in names.items() if label.startswith("contradict")), None)
        if column is None:
            raise ModelError(f"{self._path} has no label that says contradiction: {sorted(names.values())}.")
        self._column = column
        return self._model

    def contradiction(self, one: str, two: str) -> float:
        """How likely the two contradict each other, the larger of both directions."""
        import numpy as np

        model = self._load()
        scores = np.asarray(model.predict([(one, two), (two, one)], apply_softmax=True, show_progress_bar=False))
        return float(scores[:, self._column].max())


def pair_key(judge: str, one: str, two: str) -> str:
    """The cache key of a pair, whichever side comes first."""
    return hashlib.sha256("\0".join([judge, *sorted((one, two))]).encode("utf-8", "surrogatepass")).hexdigest()
