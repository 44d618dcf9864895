from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kbaudit.model.finding import Evidence, Finding, Ref
from kbaudit.model.life import Coverage, Known, State, Suppression, ref_key
from kbaudit.triage import Triaged, digest, triage
from tests.store.things import NOW, finding, later

MOVED = "“About a” now says “until December 20” instead of “until December 18”"
ALL = Coverage(ran=frozenset({"SEA101"}), fresh=frozenset({"help"}))


def known(item: Finding, state: State = "open", hashes: dict[str, str] | None = None) -> dict[str, Known]:
    return {item.fingerprint: Known(finding=item, state=state, digest=digest(item), hashes=hashes or {})}


def run(
    found: Iterable[Finding],
    before: dict[str, Known] | None = None,
    suppressions: Iterable[Suppression] = (),
    coverage: Coverage = ALL,
) -> Triaged:
    return triage(found, before or {}, suppressions, coverage, now=NOW, run=3)


def moves(done: Triaged) -> list[tuple[str, str | None, str, str]]:
    return [(move.kind, move.from_state, move.to_state, move.why) for move in done.moves]


def suppressed(item: Finding, **more: object) -> Suppression:
    quotes = {ref_key(e.ref.source, e.ref.id): (e.quote,) for e in item.evidence}
    values = {"hashes": {ref_key("help", "a"): "h1"}, "sides": quotes, "subject": dict(item.subject)} | more
    return Suppression(fingerprint=item.fingerprint, reason="wanted", by="ann", at=later(days=-1), **values)  # type: ignore[arg-type]


def with_hash(mark: str) -> Coverage:
    return replace(ALL, hashes={ref_key("help", "a"): mark})


def test_what_is_new_opens() -> None:
    done = run([finding("one")])
    assert moves(done) == [("opened", None, "open", "")]
    assert done.found.keys() == {finding("one").fingerprint}


def test_what_is_the_same_does_not_move() -> None:
    for state in ("open", "acknowledged", "in_progress"):
        assert run([finding("one")], known(finding("one"), state)).moves == ()  # type: ignore[arg-type]


def test_other_words_and_more_questions_are_no_change() -> None:
    again = replace(finding("one", questions=50), message="Said better.", suggestion="Do this.", score=0.5)
    assert run([again], known(finding("one"))).moves == ()


def test_other_evidence_is_a_change_that_says_what() -> None:
    done = run([finding("one", quote="until December 20")], known(finding("one"), "acknowledged"))
    assert moves(done) == [
        (
            "changed",
            "acknowledged",
            "acknowledged",
            "“About a” now says “until December 20” instead of “until December 18”",
        )
    ]


def test_other_values_are_a_change_that_says_which() -> None:
    old = finding("one", subject={"policy": "return window", "values": ["14 days", "30 days"]})
    new = finding("one", subject={"policy": "return window", "values": ["14 days", "45 days"]})
    assert moves(run([new], known(old)))[0][3] == 'values was ["14 days", "30 days"], is ["14 days", "45 days"]'


def test_figures_that_move_every_day_are_no_change_and_end_no_suppression() -> None:
    old = finding("one", subject={"event": "Christmas", "articles": 3})
    new = finding("one", subject={"event": "Christmas", "articles": 4})
    assert run([new], known(old)).moves == ()
    gap = finding("gap", rule="GAP401", subject={"cluster": "c1", "label": "parcel late"})
    later_on = finding("gap", rule="GAP401", subject={"cluster": "c1", "label": "late parcel", "weeks": 5})
    assert run([later_on], known(gap)).moves == ()
    assert run([later_on], known(gap, "suppressed"), [suppressed(gap)]).moves == ()
    swapped = finding("two", documents=("b", "a"))
    assert digest(swapped) == digest(finding("two", documents=("a", "b")))


def test_silence_of_a_check_that_ran_resolves_and_says_why() -> None:
    before = known(finding("one"), hashes={ref_key("help", "a"): "h1"})
    assert moves(run([], before, coverage=with_hash("h1")))[0][3] == "the check ran on it and found nothing"
    assert moves(run([], before, coverage=with_hash("h2")))[0] == ("resolved", "open", "resolved", "edited: “About a”")
    gone = replace(ALL, gone=frozenset({ref_key("help", "a")}))
    assert moves(run([], before, coverage=gone))[0][3] == "removed from its source: “About a”"


def test_a_check_that_did_not_run_resolves_nothing() -> None:
    assert run([], known(finding("one")), coverage=replace(ALL, ran=frozenset())).moves == ()


def test_a_source_that_failed_resolves_nothing() -> None:
    before = known(finding("one"))
    assert run([], before, coverage=replace(ALL, fresh=frozenset())).moves == ()
    two = replace(finding("one"), documents=(Ref("help", "a"), Ref("shop", "b")))
    assert run([], known(two)).moves == ()
    assert run([], known(two), coverage=replace(ALL, fresh=frozenset({"help", "shop"}))).moves != ()


def test_what_a_complete_sync_removed_is_resolved_though_its_source_fails_now() -> None:
    gone = Coverage(ran=frozenset({"SEA101"}), fresh=frozenset(), gone=frozenset({ref_key("help", "a")}))
    assert [move.kind for move in run([], known(finding("one")), coverage=gone).moves] == ["resolved"]


def test_conversations_never_hold_a_finding_open() -> None:
    gap = replace(finding("gap"), documents=(Ref("chat", "1", kind="conversation"), Ref("help", "a")))
    assert [move.kind for move in run([], known(gap)).moves] == ["resolved"]


def test_what_comes_back_reopens() -> None:
    done = run([finding("one")], known(finding("one"), "resolved"))
    assert moves(done) == [("reopened", "resolved", "open", "it is there again")]
    assert run([], known(finding("one"), "resolved")).moves == ()


def test_a_suppressed_finding_holds_while_nothing_changes() -> None:
    item = finding("one")
    assert run([item], known(item, "suppressed"), [suppressed(item)], with_hash("h1")).moves == ()


def test_an_edit_elsewhere_in_the_article_does_not_end_a_suppression() -> None:
    item = finding("one")
    assert run([item], known(item, "suppressed"), [suppressed(item)], with_hash("h2")).moves == ()
    reflowed = replace(item, evidence=(replace(item.evidence[0], quote="Until  december\n18"),))
    assert run([reflowed], known(item, "suppressed"), [suppressed(item)], with_hash("h2")).moves == ()


def test_a_side_that_changes_materially_ends_it_and_says_what_changed() -> None:
    item = finding("one")
    done = run(
        [finding("one", quote="until December 20")], known(item, "suppressed"), [suppressed(item)], with_hash("h2")
    )
    assert moves(done) == [
        ("reopened", "suppressed", "open", MOVED),
    ]


def test_another_article_that_joins_ends_it() -> None:
    item = finding("one")
    joined = finding("one", documents=("a", "b"))
    done = run([joined], known(item, "suppressed"), [suppressed(item)], with_hash("h1"))
    assert [move[3] for move in moves(done)] == ["“About b” joined it with “until December 18”"]


def test_its_end_ends_it() -> None:
    item = finding("one")
    over = suppressed(item, until=later(seconds=0))
    done = run([item], known(item, "suppressed"), [over], with_hash("h1"))
    assert moves(done)[0] == ("reopened", "suppressed", "open", "the suppression ended on 2026-04-10")
    still = suppressed(item, until=later(days=1))
    assert run([item], known(item, "suppressed"), [still], with_hash("h1")).moves == ()


def test_a_suppressed_finding_that_is_fixed_is_resolved() -> None:
    item = finding("one")
    assert moves(run([], known(item, "suppressed"), [suppressed(item)]))[0][:3] == (
        "resolved",
        "suppressed",
        "resolved",
    )


def test_a_digest_does_not_depend_on_order_or_conversations() -> None:
    a, b = finding("one", documents=("a", "b")), finding("one", documents=("a", "b"))
    assert digest(a) == digest(replace(b, evidence=b.evidence[::-1]))
    talk = Evidence(ref=Ref("chat", "1", kind="conversation"), quote="where is it?", message=0)
    assert digest(a) == digest(replace(a, evidence=(*a.evidence, talk)))


NAMES = st.sets(st.sampled_from("abcdef"))


@settings(max_examples=200, deadline=None)
@given(before=NAMES, resolved=NAMES, now=NAMES, ran=st.booleans(), fresh=st.booleans())
def test_applying_a_run_twice_changes_nothing_more(
    before: set[str], resolved: set[str], now: set[str], ran: bool, fresh: bool
) -> None:
    """Whatever was known and is found: the moves lead to a state from which the same run moves nothing."""
    state: dict[str, Known] = {}
    for name in before:
        state |= known(finding(name), "resolved" if name in resolved else "open")
    coverage = Coverage(ran=frozenset({"SEA101"} if ran else ()), fresh=frozenset({"help"} if fresh else ()))
    found = [finding(name) for name in sorted(now)] if ran else []
    first = run(found, state, coverage=coverage)
    after = dict(state)
    for fingerprint, (item, mark, hashes) in first.found.items():
        old = state.get(fingerprint)
        after[fingerprint] = Known(finding=item, state=old.state if old else "open", digest=mark, hashes=hashes)
    for move in first.moves:
        after[move.fingerprint] = replace(after[move.fingerprint], state=move.to_state)
    assert run(found, after, coverage=coverage).moves == ()
    open_now = {after[key].finding.key[0] for key in after if after[key].state != "resolved"}
    if ran and fresh:
        assert open_now == now
    else:
        assert before - resolved <= open_now
