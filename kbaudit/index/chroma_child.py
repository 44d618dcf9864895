"""What opens a Chroma directory for building or probing, in a process of its own: a damaged one may crash its opener.

`python -m kbaudit.index.chroma_child build|probe FOLDER JOB` where JOB is a `.npz` of the rows and of a JSON text that
says what they are. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLLECTION = "passages"
# Chroma's own limits are 5,461 and more; SQLite's number of variables is what smaller batches stay clear of.
BATCH = 500
CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}}
PROBES = 200
TOP = 5


def collection(folder: Path, *, make: bool = False) -> Any:
    """The one collection of a Chroma directory, without an embedding function: vectors come from the store."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False, allow_reset=False, is_persistent=True)
    )
    if make:
        return client.get_or_create_collection(COLLECTION, configuration=CONFIGURATION, embedding_function=None)
    return client.get_collection(COLLECTION, embedding_function=None)


def build(folder: Path, ids: list[str], rows: NDArray[np.float32], metadata: list[dict[str, Any]]) -> int:
    """Fill a directory. Reports progress on standard error, one count a line."""
    target = collection(folder, make=True)
    for at in range(0, len(ids), BATCH):
        part = slice(at, at + BATCH)
        target.upsert(ids=ids[part], embeddings=rows[part], metadatas=metadata[part])
        sys.stderr.write(f"{min(at + BATCH, len(ids))}\n")
        sys.stderr.flush()
    return int(target.count())


def probe(folder: Path, ids: list[str], rows: NDArray[np.float32]) -> tuple[int, int]:
    """(vectors asked for, vectors that found themselves): the only test of health that `count()` cannot fool."""
    target = collection(folder)
    step = max(1, len(ids) // PROBES)
    chosen = list(range(0, len(ids), step))[:PROBES]
    hits = 0
    for at in range(0, len(chosen), 50):
        part = chosen[at : at + 50]
        found = target.query(query_embeddings=rows[part], n_results=min(TOP, len(ids)), include=["distances"])
        for number, names, distances in zip(part, found["ids"], found["distances"], strict=True):
            # Equal passages have equal vectors: another one at distance nought is as good as the passage itself.
            hits += ids[number] in names or (bool(distances) and abs(distances[0]) < 1e-5)
    return len(chosen), hits


def main(arguments: list[str]) -> int:
    """The child's entry point."""
    import numpy as np

    do, folder, job = arguments
    with np.load(job, allow_pickle=False) as data:
        rows = data["rows"]
        told = json.loads(bytes(data["told"]).decode())
    if do == "build":
        result: dict[str, Any] = {"count": build(Path(folder), told["ids"], rows, told["metadata"])}
    else:
        asked, hits = probe(Path(folder), told["ids"], rows)
        result = {"asked": asked, "hits": hits}
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
