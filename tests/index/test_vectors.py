"""The vector index with the real Chroma: owned, probed, rebuilt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kbaudit.errors import IndexBroken, IndexLocked
from kbaudit.index import folder as folders
from kbaudit.index import vectors
from kbaudit.model.document import Block, Chunk, Document


def document(number: int, words: str = "text") -> Document:
    text = f"Title {number}\n\n{words}"
    return Document(
        id=f"a{number}",
        source="kb",
        kind="article",
        title=f"Title {number}",
        text=text,
        blocks=(Block(kind="title", start=0, end=7),),
        content_hash=f"{number}-{words}",
    )


def base(count: int, words: str = "text") -> tuple[list[tuple[Document, Chunk]], np.ndarray]:
    rows = np.random.default_rng(7).normal(size=(count, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    items = [(document(n, words), Chunk(("kb", f"a{n}"), 0, 0, 12)) for n in range(count)]
    return items, rows


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    told: list[int] = []
    items, rows = base(700)
    vectors.rebuild(folder, items, rows, told.append)
    assert told == [500, 700]
    return folder


def test_it_finds_what_was_put_in_and_scores_are_similarities(built: Path) -> None:
    items, rows = base(700)
    index = vectors.VectorIndex(built)
    try:
        found = index.search(rows[42], 3)
        assert found[0].ref == ("kb", "a42")
        assert found[0].score == pytest.approx(1.0, abs=1e-4)
        assert all(0.0 <= item.score <= 1.0 for item in found)
    finally:
        index.close()
    assert vectors.healthy(built, items, rows)


def test_a_second_opener_is_refused_at_once(built: Path) -> None:
    index = vectors.VectorIndex(built)
    try:
        with pytest.raises(IndexLocked, match="in use"):
            vectors.VectorIndex(built)
        code = (
            "import sys; from pathlib import Path\n"
            "from kbaudit.index.vectors import VectorIndex\n"
            "from kbaudit.errors import IndexLocked\n"
            f"try: VectorIndex(Path({str(built)!r}))\n"
            "except IndexLocked as error: print(error); sys.exit(7)\n"
        )
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert other.returncode == 7
        assert str(os.getpid()) in other.stdout
    finally:
        index.close()


def test_a_forked_child_is_refused_and_never_hangs(built: Path) -> None:
    index = vectors.VectorIndex(built)
    try:
        child = os.fork()
        if child == 0:
            try:
                index.search(np.zeros(384, dtype=np.float32), 1)
            except IndexLocked:
                os._exit(0)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        assert index.search(base(700)[1][1], 1)[0].ref == ("kb", "a1")
    finally:
        index.close()


def test_a_rebuild_replaces_everything_and_leaves_one_generation(tmp_path: Path) -> None:
    items, rows = base(40)
    vectors.rebuild(tmp_path, items, rows)
    first = folders.current(tmp_path)
    vectors.rebuild(tmp_path, items[:10], rows[:10])
    assert [path.name for path in folders.generations(tmp_path)] == [folders.current(tmp_path).name]  # type: ignore[union-attr]
    assert folders.current(tmp_path) != first
    index = vectors.VectorIndex(tmp_path)
    try:
        assert len(index.ids()) == 10
        index.put(items[:12], rows[:12])
        index.put(items[:12], rows[:12])
        assert len(index.ids()) == 12
        index.remove([vectors.identity(*items[11])])
        assert len(index.ids()) == 11
    finally:
        index.close()


def test_an_empty_base_has_an_empty_index(tmp_path: Path) -> None:
    vectors.rebuild(tmp_path, [], np.zeros((0, 384), dtype=np.float32))
    index = vectors.VectorIndex(tmp_path)
    try:
        assert index.ids() == set()
    finally:
        index.close()


def _segments(folder: Path) -> list[Path]:
    generation = folders.current(folder)
    assert generation is not None
    return [path for path in generation.iterdir() if path.is_dir()]


@pytest.mark.parametrize("damage", ["truncated", "garbage", "empty", "gone", "sparse", "no store"])
def test_damage_is_noticed_and_healed_by_a_rebuild(tmp_path: Path, damage: str) -> None:
    import shutil

    items, rows = base(1200)
    vectors.rebuild(tmp_path, items, rows)
    segment = _segments(tmp_path)[0]
    graph = max(segment.iterdir(), key=lambda path: path.stat().st_size)
    if damage == "truncated":
        os.truncate(graph, graph.stat().st_size // 2)
    elif damage == "garbage":
        with graph.open("r+b") as stream:
            stream.write(os.urandom(4096))
    elif damage == "empty":
        os.truncate(graph, 0)
    elif damage == "gone":
        shutil.rmtree(segment)
    elif damage == "sparse":
        os.truncate(segment / "link_lists.bin", 1 << 40)
    else:
        (segment.parent / "chroma.sqlite3").unlink()
    assert not vectors.healthy(tmp_path, items, rows)
    vectors.rebuild(tmp_path, items, rows)
    assert vectors.healthy(tmp_path, items, rows)


def test_a_builder_killed_in_the_middle_leaves_the_old_index_in_use(tmp_path: Path) -> None:
    items, rows = base(30)
    vectors.rebuild(tmp_path, items, rows)
    before = folders.current(tmp_path)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from kbaudit.index import vectors\n"
        "from tests.index.test_vectors import base\n"
        "items, rows = base(1500)\n"
        f"vectors.rebuild(Path({str(tmp_path)!r}), items, rows, lambda count: os._exit(9))\n"
    )
    root = Path(__file__).parents[2]
    dead = subprocess.run([sys.executable, "-c", code], cwd=root, timeout=300, check=False)
    assert dead.returncode == 9
    assert folders.current(tmp_path) == before
    assert vectors.healthy(tmp_path, items, rows)
    vectors.rebuild(tmp_path, items[:20], rows[:20])
    assert vectors.healthy(tmp_path, items[:20], rows[:20])
    assert len(list(folders.generations(tmp_path))) == 1


def test_an_index_of_other_contents_is_not_healthy(tmp_path: Path) -> None:
    items, rows = base(60)
    vectors.rebuild(tmp_path, items, rows)
    changed, other = base(60, "edited")
    rng = np.random.default_rng(8).normal(size=other.shape).astype(np.float32)
    assert not vectors.healthy(tmp_path, changed, rng / np.linalg.norm(rng, axis=1, keepdims=True))


def test_opening_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken, match="kbaudit reindex"):
        vectors.VectorIndex(tmp_path)
    # The lock was given back.
    with pytest.raises(IndexBroken):
        vectors.VectorIndex(tmp_path)
