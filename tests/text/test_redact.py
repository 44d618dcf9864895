"""What is taken out of texts, and what must stay."""
# ruff: noqa: E501

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbaudit.errors import ConfigError
from kbaudit.model.conversation import Conversation, Message
from kbaudit.model.record import ConversationRecord
from kbaudit.text.redact import RedactedText, Redactor, codes, conversation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to kim.lee+shop@mail.example.org please", "write to [email] please"),
        ("kim (at) example (dot) com", "[email]"),
        ("my card 4111 1111 1111 1111 was declined", "my card [card] was declined"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN [iban]"),
        ("from 203.0.113.77 since noon", "from [ip] since noon"),
        ("call me at (415) 555-2671 today", "call me at [phone] today"),
        ("Telefon: 030 1234567", "Telefon: [phone]"),
        ("mon numéro : 06 12 34 56 78", "mon numéro : [phone]"),
        ("order #48213 is late", "order #[order number] is late"),
        ("Bestellnummer 4711-99", "Bestellnummer [order number]"),
        ("parcel 1Z999AA10123456784", "parcel [tracking number]"),
        ("I moved to 12 Orchard Lane, Apt 4", "I moved to [address]"),
        ("bring it to 31 Cedar Vista, Apt 9 please", "bring it to [address] please"),
        ("Ich wohne in der Gartenstraße 7, 80331 München", "Ich wohne in der [address]"),
        ("livrez au 5 rue des Fleurs, 31000 Toulouse", "livrez au [address]"),
        ("vivo en la Calle Sol 9, 29001 Málaga", "vivo en la [address]"),
        ("zip code 94105", "zip code [postcode]"),
        ("password: s3cret99", "password: [secret]"),
        ("the key is sk_live_4eC39HqLyjWDarjtT1zdp7dc", "the key is [secret]"),
        ("Hi Martha, the lamp came. Best regards,\nTom Bakker", "Hi [name], the lamp came. Best regards,\n[name]"),
        ("my name is Ana Torres and I ordered", "my name is [name] and I ordered"),
    ],
)
def test_identifiers_become_placeholders(text: str, expected: str) -> None:
    assert Redactor()(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I paid $1,299.00 on 12/24/2026 for 2 lamps in size 42",
        "firmware version 1.2.3.4 of the model 850-EVO",
        "EAN 4006381333931, 230 V, 1500 W",
        "Is the Asus MG278Q any good for its price?",
        "returns within 30 days, open from 9 to 18",
        "Hi there, Looking for a gift",
        "my name is spelled wrong on the invoice",
        "the Black Friday sale of 2025",
        "I ordered 1000 units in 2024",
        "Dear Customer, thanks for waiting",
    ],
)
def test_the_innocent_stays(text: str) -> None:
    assert Redactor()(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "JOSÉ MÜLLER here", "jose muller hier", "Jose Mueller", "Müller, José", "it is José's lamp",
        "mail JMUELLER99@Example.com",
        "user jmueller99",
    ],
)  # fmt: skip
def test_the_customers_own_name_goes_in_every_spelling(text: str) -> None:
    redacted = Redactor(names=["José Müller"], emails=["jmueller99@example.com"])(text).lower()
    assert not any(part in redacted for part in ("jos", "ller"))


def test_a_name_that_is_a_word_goes_only_as_a_name() -> None:
    redactor = Redactor(names=["Will Rose"])
    assert redactor("I will buy the rose lamp") == "I will buy the rose lamp"
    assert "Will" not in redactor("Sent by Will Rose")


def test_the_shops_own_patterns_and_only_valid_ones() -> None:
    assert Redactor(["LMP-[0-9]{4}[A-Z]"])("about lmp-2210k please") == "about [order number] please"
    with pytest.raises(ConfigError, match="order_patterns"):
        Redactor(["(unclosed"])


def test_patterns_of_the_shop_cannot_stall() -> None:
    assert Redactor(["(a+)+$"])("a" * 50_000 + "b")


def test_hostile_text_is_read_in_time() -> None:
    for text in ("1 " * 20_000, "a@" * 20_000, "Hi " * 20_000, "+" * 50_000, "order " * 20_000, "A-" * 20_000):
        assert Redactor(names=["Kim Lee"])(text) is not None


def test_a_conversation_is_redacted_in_every_part() -> None:
    raw = Conversation(
        id="1", source="s", started_at=datetime(2026, 1, 1, tzinfo=UTC), topic="kim@example.com", escalation_reason="call 415-555-2671",
        messages=(Message(role="customer", text="Kim Lee, kim@example.com"), Message(role="agent", text="Hello Kim, call 415-555-2671")),
        extra={"customer_phone": "1", "note": "for kim lee", "nested": {"email": "x", "ok": ["kim@example.com"]}},
    )  # fmt: skip
    clean = conversation(ConversationRecord(raw, "Kim Lee", "kim@example.com"))
    assert "im" not in repr(clean).replace("import", "").replace("datetime", "").replace(
        "timezone", ""
    ).lower().replace("time", "")
    assert all(isinstance(message.text, RedactedText) for message in clean.messages)
    assert clean.extra == {"note": "for [name]", "nested": {"ok": ["[email]"]}}


def test_the_bench_holds_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    from bench.quality.redaction import main

    assert main([]) == 0, capsys.readouterr().out


def test_little_is_redacted_in_real_questions() -> None:
    shared = (
        Path(os.environ.get("KBAUDIT_SHARED", Path(__file__).parents[2] / ".." / "shared"))
        / "data/banking77/test.jsonl"
    )
    if not shared.exists():
        pytest.skip("no shared data")
    import json

    redactor = Redactor()
    texts = [json.loads(line)["text"] for line in shared.read_text("utf-8").splitlines()]
    assert sum(redactor(text) != text for text in texts) <= 3


def test_a_code_that_names_a_product_of_the_catalog_stays() -> None:
    titles = ("Lumio 920-004415 lamp", "Norda HX405AT stand", "Keysmith KZ-0800")
    spared = frozenset(code for title in titles for _, code in codes(title))
    redact = Redactor(spared=spared)
    for text in ("How much is 920-004415?", "Is the Norda HX405AT in stock?", "The KZ-0800 has a loose key"):
        assert redact(text) == text != Redactor()(text), text


@pytest.mark.parametrize(
    "text",
    [
        "call me at 920-004-4150",
        "order KZ-08001",
        "zip SW1A 1AA",
        "Is it KZ-0800 or KZ-0900?",
        "card 4111 1111 1111 1111",
    ],
)
def test_what_no_title_of_the_catalog_holds_is_taken_out(text: str) -> None:
    assert "[" in Redactor(spared=frozenset({"KZ-0800", "920-004415", "SW1A", "4111"}))(text)
