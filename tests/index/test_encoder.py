"""The embedding model: the same vectors every time, checked weights, nothing mixed."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from kbaudit.errors import ModelError
from kbaudit.index import encoder
from kbaudit.index.encoder import MAX_TOKENS, OnnxEncoder, make_encoder

TEXTS = [
    "How long can I return a lamp?",
    "Where is my parcel",
    "Do you ship to Norway?",
    "x",
    "",
    "größe und maß " * 200,
]
pytestmark = pytest.mark.model


def test_rows_have_norm_one_and_384_numbers() -> None:
    rows = OnnxEncoder().encode(TEXTS)
    assert rows.shape == (len(TEXTS), 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


def test_a_text_has_the_same_vector_whoever_stands_beside_it() -> None:
    one = OnnxEncoder(threads=1)
    rows = one.encode(TEXTS)
    order = list(range(len(TEXTS)))
    random.Random(4).shuffle(order)
    shuffled = OnnxEncoder(threads=2).encode([TEXTS[number] for number in order])
    assert np.array_equal(shuffled, rows[order])


def test_the_fast_model_agrees_with_the_exact_one() -> None:
    fast, exact = make_encoder(), make_encoder("bundled")
    assert fast.name != exact.name
    cosines = (fast.encode(TEXTS[:3]) * exact.encode(TEXTS[:3])).sum(axis=1)
    assert cosines.min() > 0.98


def test_tokens_are_counted_before_they_are_cut() -> None:
    assert OnnxEncoder().count_tokens([TEXTS[-1]])[0] > MAX_TOKENS


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setattr(encoder, "bundled_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="has the hash"):
        encoder.check_bundled()


def test_an_altered_onnx_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = encoder.prepare()
    for name in (made.name, "manifest.json"):
        (tmp_path / name).write_bytes((made.parent / name).read_bytes())
    (tmp_path / made.name).write_bytes((tmp_path / made.name).read_bytes() + b"x")
    monkeypatch.setenv("KBAUDIT_MODEL", str(tmp_path))
    with pytest.raises(ModelError, match="was altered"):
        OnnxEncoder().encode(["x"])
