from __future__ import annotations

import pytest
from sqlalchemy import select

from kbaudit.errors import UsageError
from kbaudit.store import Store, access, outbox
from kbaudit.store.schema import keys, sessions
from tests.store.things import NOW, later


def test_a_session_ends_by_idling_by_age_by_logout_and_with_the_password(store: Store) -> None:
    with store.write() as db:
        assert not access.has_users(db)
        ann = access.add_user(db, "ann", "hash", role="editor", now=NOW)
        with pytest.raises(UsageError, match="already"):
            access.add_user(db, "ann", "hash", role="editor", now=NOW)
        with pytest.raises(UsageError, match="role"):
            access.add_user(db, "bob", "hash", role="king", now=NOW)
        token = access.open_session(db, ann.id, now=NOW)
        assert token not in str(db.execute(select(sessions)).all())
        assert access.session(db, token, now=later(minutes=29)) is not None
        assert access.session(db, token, now=later(minutes=31)) is None
        for minute in range(0, 721, 20):
            access.touch_session(db, token, now=later(minutes=minute))
        assert access.session(db, token, now=later(minutes=721)) is None
        assert access.session(db, "x", now=NOW) is None
        other = access.open_session(db, ann.id, now=NOW)
        access.close_session(db, other)
        assert access.session(db, other, now=NOW) is None
        third = access.open_session(db, ann.id, now=NOW)
        access.set_password(db, "ann", "other hash")
        assert access.session(db, third, now=NOW) is None
        fourth = access.open_session(db, ann.id, now=NOW)
        access.disable_user(db, "ann", now=NOW)
        assert access.session(db, fourth, now=NOW) is None


def test_no_password_hash_is_shown(store: Store) -> None:
    with store.write() as db:
        assert "argon" not in repr(access.add_user(db, "ann", "argon-hash", role="admin", now=NOW))


def test_a_key_opens_until_it_ends_and_its_secret_is_nowhere(store: Store) -> None:
    with store.write() as db:
        key, text = access.create_key(
            db, "desk", scopes=["read", "ingest"], by="ann", now=NOW, expires_at=later(days=1)
        )
        assert text.startswith(f"kba_{key.id}_") and len(text.rpartition("_")[2]) == 64
        assert text.rpartition("_")[2] not in str(db.execute(select(keys)).all())
        assert access.key_of(db, text, now=NOW) == key
        assert access.key_of(db, text, now=later(days=1)) is None
        for wrong in (
            "",
            "kba_",
            f"kba_{key.id}_",
            f"kba_{key.id}_{'0' * 64}",
            text[4:],
            text + "0",
            "kba_zz_" + "0" * 64,
        ):
            assert access.key_of(db, wrong, now=NOW) is None
        access.revoke_key(db, key.id, now=NOW)
        assert access.key_of(db, text, now=NOW) is None
        with pytest.raises(UsageError):
            access.revoke_key(db, key.id, now=NOW)
        for scopes in ([], ["fly"]):
            with pytest.raises(UsageError, match="scope"):
                access.create_key(db, "x", scopes=scopes, by="ann", now=NOW)


def test_a_repeated_request_gets_the_same_answer(store: Store) -> None:
    with store.write() as db:
        claim = lambda **more: access.claim_request(db, "k", **({"owner": "o", "request_hash": "h", "now": NOW} | more))  # noqa: E731
        assert claim().state == "new"
        assert claim().state == "busy"
        assert claim(owner="other").state == "new"
        access.answer_request(db, "k", owner="o", status=202, body="{}")
        assert claim() == access.Replay("done", 202, "{}")
        assert claim(request_hash="x").state == "other"
        assert claim(now=later(hours=25), request_hash="x").state == "new"


def test_a_request_that_died_half_way_may_be_tried_again(store: Store) -> None:
    with store.write() as db:
        access.claim_request(db, "k", owner="o", request_hash="h", now=NOW)
        assert access.claim_request(db, "k", owner="o", request_hash="h", now=later(minutes=2)).state == "new"


def test_failures_are_counted_for_all_processes(store: Store) -> None:
    with store.write() as db:
        for minute in range(5):
            access.failed(db, "login", "ann@1.2.3.4", now=later(minutes=minute))
        assert access.failures(db, "login", "ann@1.2.3.4", since=later(minutes=3)) == 2
        assert access.forget_failures(db, before=later(minutes=4)) == 4


def test_who_did_what_is_kept(store: Store) -> None:
    with store.write() as db:
        access.log(db, "ann", "hold released", now=NOW, target="3", detail={"reason": "x"})
        (line,) = access.logged(db)
    assert (line["by"], line["action"], line["target"], line["detail"]) == (
        "ann",
        "hold released",
        "3",
        {"reason": "x"},
    )


def test_a_message_is_queued_once_tried_later_and_given_up(store: Store) -> None:
    with store.write() as db:
        for _ in range(2):
            outbox.put(db, "finding", {"a": 1}, event_id="e1", now=NOW)
        (message,) = outbox.due(db, now=NOW)
        outbox.not_sent(db, message["id"], "503", now=NOW)
        assert outbox.due(db, now=NOW) == ()
        assert len(outbox.due(db, now=later(minutes=1))) == 1
        for _ in range(outbox.MAX_TRIES - 1):
            outbox.not_sent(db, message["id"], "503", now=NOW)
        assert outbox.due(db, now=later(days=300)) == ()
