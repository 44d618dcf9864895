"""A person in a real Chromium: from the queue to a suppressed finding, with the keyboard, and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbaudit.store import findings
from kbaudit.store.database import Store
from tests.web.conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium: install Debian's package chromium"),
]


def test_a_finding_is_found_read_and_suppressed(page: Any, store: Store) -> None:
    from playwright.sync_api import expect

    page.fill("#q", "return window")
    expect(page.locator(".finding")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/*")
    fingerprint = page.url.rsplit("/", 1)[1]
    assert page.locator("mark").all_inner_texts() == ["30", "14"]
    page.click("summary:has-text('Suppress')")
    page.fill("#why", "Both are right: one is for members.")
    page.click("button.danger")
    page.wait_for_selector(".flash.good")
    assert "Both are right" in page.inner_text("main")
    page.goto("/")
    assert "return window" not in page.inner_text("#list")
    with store.read() as db:
        item = findings.get(db, fingerprint)
        assert item is not None
        assert item.state == "suppressed"


@pytest.mark.parametrize(
    "path",
    ["/", "/articles", "/articles/help/help/3", "/events", "/gaps", "/runs", "/sources", "/rules", "/keys", "/ask?q=x"],
)
def test_a_page_fits_a_phone_and_runs_nothing_foreign(page: Any, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("h1").count() >= 1
    boxes = "input:not([type=hidden]),select,textarea"
    unnamed = f"[...document.querySelectorAll('{boxes}')].filter(e => !e.labels?.length && !e.ariaLabel).length"
    assert page.evaluate(unnamed) == 0
