"""The API: keys and scopes, lists and cursors, repeated requests, errors as problem+json."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kbaudit.store import access
from kbaudit.store.database import Store

READS = """
/findings /gaps /probes /events /articles /runs /gaps/cluster-1 /articles/help/help/1 /runs/1
""".split()
ROW = {"id": "c1", "started_at": "2026-04-01T10:00:00Z", "messages": [{"role": "customer", "text": "hi"}]}


class Caller:
    def __init__(self, app: Any, key: str | None) -> None:
        self.app, self.headers = app, {"Authorization": f"Bearer {key}"} if key else {}

    def __call__(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> Any:
        client = self.app.test_client()
        return client.open(f"/api/v1{path}", method=method, headers={**self.headers, **(headers or {})}, **more)


@pytest.fixture
def call(app: Any, key: str) -> Caller:
    return Caller(app, key)


@pytest.mark.parametrize("path", [*READS, "/nowhere"])
def test_nothing_is_told_without_a_key(app: Any, path: str) -> None:
    answer = Caller(app, None)("GET", path)
    assert answer.status_code in (401, 404)
    assert answer.mimetype == "application/problem+json"


def test_a_session_cookie_opens_no_api(client: Any) -> None:
    assert client.get("/api/v1/findings").status_code == 401


@pytest.mark.parametrize("path", READS)
def test_a_read_gives_json_with_an_etag_and_304_when_nothing_changed(call: Caller, path: str) -> None:
    answer = call("GET", path)
    assert answer.status_code == 200
    assert call("GET", path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_finding_has_the_fields_of_the_contract(call: Caller) -> None:
    item = call("GET", "/findings?rule=CON201").json["items"][0]
    fields = "fingerprint rule name severity subject message documents evidence suggestion impact score state history"
    assert set(fields.split()) <= set(item)
    assert item["evidence"][0]["side"] == "a"
    assert call("GET", f"/findings/{item['fingerprint']}").json == item


def test_a_gap_has_the_fields_of_the_contract(call: Caller) -> None:
    item = call("GET", "/gaps").json["items"][0]
    fields = "id rule label status count per_week first_seen last_seen questions nearest because"
    assert set(fields.split()) <= set(item)
    assert len(item["questions"]) == 3


def test_a_probe_is_accepted_with_what_answers_it(call: Caller) -> None:
    (waiting,) = call("GET", "/probes?state=proposed").json["items"]
    done = call("POST", f"/probes/{waiting['id']}/accept", json={"expected": ["help/1"]}).json
    assert (done["state"], done["expected"], done["measured"]) == ("accepted", ["help/1"], False)
    listing = call("GET", "/probes").json
    assert {item["moved"] for item in listing["items"]} == {"worse", None}
    assert [point["questions"] for point in listing["measures"]] == [1, 1]


def test_pages_follow_each_other_and_lose_nothing(call: Caller) -> None:
    seen, path = [], "/findings?limit=1"
    while True:
        page = call("GET", path).json
        seen += [item["fingerprint"] for item in page["items"]]
        if page["next"] is None:
            break
        path = f"/findings?limit=1&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/findings?bogus=1", None, 422),
        ("GET", "/findings?limit=0", None, 422),
        ("GET", "/findings?limit=9999", None, 422),
        ("GET", "/findings?cursor=nonsense", None, 400),
        ("GET", "/findings/xyz", None, 422),
        ("GET", "/findings/0123456789abcdef01234567", None, 404),
        ("GET", "/runs/99999999999999999999", None, 422),
        ("GET", "/articles/help/none", None, 404),
        ("GET", "/probes?state=bogus", None, 422),
        ("POST", "/probes/0123456789abcdef/accept", {}, 404),
        ("POST", "/probes/nonsense/accept", {}, 422),
        ("DELETE", "/findings", None, 405),
        ("POST", "/conversations", "{", 422),
        ("POST", "/conversations", "[" * 100_000, 422),
        ("POST", "/conversations", "5", 422),
        ("POST", "/check-answer", {"answer": ""}, 422),
        ("POST", "/check-answer", {"answer": "x", "extra": 1}, 422),
        ("POST", "/runs", {"job": "rm"}, 422),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(call: Caller, method: str, path: str, body: Any, status: int) -> None:
    more = {} if body is None else ({"data": body} if isinstance(body, str) else {"json": body})
    answer = call(method, path, **more)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status


def test_a_request_sent_twice_is_done_once(call: Caller) -> None:
    head = {"Idempotency-Key": "week-17"}
    first = call("POST", "/conversations", headers=head, json=ROW)
    again = call("POST", "/conversations", headers=head, json=ROW)
    assert first.status_code == again.status_code == 202
    assert first.json == again.json == {"accepted": ["c1"], "problems": []}
    assert again.headers["Idempotency-Replayed"] == "true"
    assert call("POST", "/conversations", headers=head, json=[ROW]).status_code == 422


def test_a_key_does_only_what_its_scopes_say(app: Any, store: Store) -> None:
    with store.write() as db:
        reader = access.create_key(db, "reader", scopes=["read"], by="kim", now=datetime.now(UTC))[1]
    call = Caller(app, reader)
    fingerprint = call("GET", "/findings").json["items"][0]["fingerprint"]
    assert call("POST", f"/findings/{fingerprint}/acknowledge", json={}).status_code == 403
    assert call("POST", "/conversations", json=ROW).status_code == 403
    assert call("POST", "/runs", json={"job": "audit"}).status_code == 403


def test_a_key_bound_to_a_source_does_not_learn_of_others(app: Any, store: Store) -> None:
    with store.write() as db:
        bound = access.create_key(db, "bound", scopes=["read"], sources=["chats"], by="kim", now=datetime.now(UTC))[1]
    call = Caller(app, bound)
    assert {item["rule"] for item in call("GET", "/findings").json["items"]} == {"GAP401"}
    assert call("GET", "/articles/help/help/1").status_code == 404
    assert call("GET", "/articles?source=help").status_code == 404


def test_a_revoked_key_is_useless_at_once(app: Any, store: Store, key: str) -> None:
    call = Caller(app, key)
    assert call("GET", "/findings").status_code == 200
    with store.write() as db:
        access.revoke_key(db, key.split("_")[1], now=datetime.now(UTC))
    assert call("GET", "/findings").status_code == 401


def test_guessing_keys_is_slowed_down_and_the_right_key_still_works(app: Any, key: str) -> None:
    guesses = [Caller(app, f"kba_{n:012x}_{'0' * 64}")("GET", "/findings").status_code for n in range(12)]
    assert guesses[:10] == [401] * 10
    assert guesses[10:] == [429, 429]
    assert Caller(app, key)("GET", "/findings").status_code == 200


def test_the_description_is_openapi_3_1_and_names_every_operation(app: Any) -> None:
    spec = app.test_client().get("/api/v1/openapi.json").json
    assert spec["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in spec["paths"])
    refused = spec["paths"]["/api/v1/gaps"]["get"]["responses"]["422"]["content"]
    assert set(refused) == {"application/problem+json"}
    assert {"cause", "trend", "minutes_per_week"} <= set(spec["components"]["schemas"]["Gap"]["properties"])
    described = {(path, method) for path, methods in spec["paths"].items() for method in methods}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            path = rule.rule.replace("<path:", "<").replace("<int:", "<").replace("<", "{").replace(">", "}")
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                assert (path, method.lower()) in described
