"""A person in a real Chromium: from the queue to a suppressed finding, with the keyboard, and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbaudit.config import Settings, Shop
from kbaudit.store import findings, open_store
from kbaudit.store.database import Store
from kbaudit.web import create_app
from tests.web.conftest import CHROMIUM, PASSWORD, browsing

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


def test_a_list_that_comes_late_keeps_the_chosen_finding(page: Any) -> None:
    from playwright.sync_api import expect

    page.fill("#q", "return window")
    expect(page.locator(".finding")).to_have_count(1)
    page.keyboard.press("j")  # typed into the box: the search is done anew, and once more when the box is left
    page.keyboard.press("Backspace")
    with page.expect_response(lambda answer: "q=return" in answer.url):
        page.keyboard.press("Escape")
        page.keyboard.press("j")
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.closest('.finding') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/*")


@pytest.mark.parametrize(
    "path",
    """/ /review /articles /articles/help/help/3 /events /gaps /probes /runs /sources /rules /keys /ask?q=x /preview
    /preview/help/help/1""".split(),
)
def test_a_page_fits_a_phone_and_runs_nothing_foreign(page: Any, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("h1").count() >= 1
    boxes = "input:not([type=hidden]),select,textarea"
    unnamed = f"[...document.querySelectorAll('{boxes}')].filter(e => !e.labels?.length && !e.ariaLabel).length"
    assert page.evaluate(unnamed) == 0


def test_the_queue_is_worked_with_the_keyboard_alone(page: Any, store: Store) -> None:
    with store.read() as db:
        first, second, third = findings.page(db).items
    keys = page.keyboard
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**/findings/{first.fingerprint}")
    keys.press("s")
    page.wait_for_selector("text=In progress.")
    keys.press("x")
    keys.type("Both are right: one is for members.")
    keys.press("Control+Enter")
    page.wait_for_selector("text=Suppressed.")
    # What was just decided is no longer in the queue, and still the next one is a key away; after the last of a rule
    # comes the next rule.
    rest = {second.fingerprint, third.fingerprint}
    for _ in range(2):
        keys.press("n")
        page.wait_for_url(lambda url: url.rsplit("/", 1)[1] in rest)
        rest.remove(page.url.rsplit("/", 1)[1])
    keys.press("c")
    keys.type("x v s n")
    keys.press("Escape")
    assert page.input_value("#comment") == "x v s n"
    keys.press("u")
    page.wait_for_url("**/")
    keys.press("g")
    keys.press("w")
    page.wait_for_url("**/review")
    keys.press("?")
    assert page.is_visible("#keyhelp p")
    with store.read() as db:
        item = findings.get(db, first.fingerprint)
    assert item is not None and item.state == "suppressed"


def test_a_new_shop_is_set_up_and_every_page_says_what_to_do_next(tmp_path: Path) -> None:
    empty = open_store(tmp_path / "kbaudit.sqlite3")
    app = create_app(empty, Settings(shop=Shop(name="Lamp & Co")), setup_token="tok-123")
    with browsing(app) as page:
        page.goto("/gaps")
        page.wait_for_url("**/setup*")
        for token, said in (("wrong", ".flash.bad"), ("tok-123", "text=No audit has run yet")):
            page.fill("#token", token)
            page.fill("#name", "kim")
            page.fill("#password", PASSWORD)
            page.fill("#again", PASSWORD)
            page.click("button.main")
            page.wait_for_selector(said)
            page.trouble.clear()
        for path, said in EMPTY.items():
            page.goto(path)
            assert said in page.inner_text("main"), path
        page.goto("/setup")
        assert "Welcome" not in page.inner_text("main")
        page.trouble.clear()
    empty.close()


EMPTY = {
    "/": "Add a source",
    "/review": "Nothing was fixed",
    "/gaps": "No audit has run yet",
    "/events": "The calendar is empty",
    "/articles": "No article",
    "/ask?q=returns": "worker does not run",
    "/probes": "No probe yet",
    "/runs": "Nothing has run yet",
    "/sources": "No source yet",
    "/keys": "No key yet",
}
