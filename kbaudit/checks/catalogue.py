"""Every check, one line each. Codes that have no line here do not exist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from kbaudit.check import Check

MODULES: tuple[str, ...] = (
    "sea101_expired_event_content",
    "sea102_missing_event_content",
    "sea103_passed_date_promise",
    "sea104_outdated_event_year",
    "con201_conflicting_policy",
    "con202_self_contradiction",
    "con203_translation_drift",
    "con204_guidance_conflict",
    "cat301_wrong_price",
    "cat302_discontinued_product",
    "cat303_wrong_availability",
    "cat304_policy_differs_from_feed",
    "gap401_unanswered_cluster",
    "gap402_undocumented_answer",
    "gap403_hidden_article",
    "ret501_polluted_retrieval",
    "ret502_unreachable_article",
    "ret503_crowded_results",
    "ret504_unreviewed_top_article",
    "ret505_ghost_document",
    "dup601_duplicate_article",
    "dup602_overlapping_section",
    "fre701_overdue_review",
    "fre702_broken_link",
    "fre703_outdated_reference",
    "fre704_unfilled_template",
    "ans801_unsupported_answer",
    "ans802_answer_contradicts_article",
    "ans803_answer_contradicts_catalog",
)

MODULES = tuple(module for module in MODULES if find_spec(f"kbaudit.checks.{module}"))


@cache
def load(module: str) -> type[Check]:
    """The check class of a module: the only class in it that has a `code`."""
    found = import_module(f"kbaudit.checks.{module}")
    classes = [
        item
        for item in vars(found).values()
        if isinstance(item, type) and issubclass(item, Check) and item.__module__ == found.__name__
    ]
    (check,) = classes
    return check


def all_checks() -> tuple[type[Check], ...]:
    """Every check class, in the order of codes."""
    return tuple(load(module) for module in MODULES)


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[type[Check], ...]:
    """Checks whose code starts with one of `select` (all if empty) and with none of `ignore`."""
    wanted, unwanted = tuple(select), tuple(ignore)
    codes = {module[:6].upper(): module for module in MODULES}
    return tuple(
        load(module)
        for code, module in codes.items()
        if (not wanted or code.startswith(wanted)) and not (unwanted and code.startswith(unwanted))
    )
