"""Pages that nobody wrote, through everything that reads text: nothing raises, and no page takes long.

The short run is one of every kind; the long one, `pytest -m soak tests/hostile`, is 20,000 pages. `python -m
tests.hostile.fuzz FROM TO --state FILE` runs it in shards and goes on where it was stopped.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.fuzz import SECONDS, fastest, main
from tests.hostile.pages import page


def test_a_seed_is_a_page() -> None:
    assert page(7) == page(7) != page(8)


def test_two_hundred_pages() -> None:
    results = [fastest(page(seed)) for seed in range(100_000, 100_200)]
    assert [str(timed) for timed in results if timed.raised] == []
    # Twice the limit: a build server may be half as fast.
    assert [str(timed) for timed in results if timed.seconds > 2 * SECONDS] == []


@pytest.mark.soak
@pytest.mark.parametrize("shard", range(20))
def test_twenty_thousand_pages(shard: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = 1_000 * shard
    status = main([str(first), str(first + 1_000), "--state", str(tmp_path / "state.json")])
    said = capsys.readouterr().out
    with capsys.disabled():
        print(f"\n{said}")
    assert status == 0, said
