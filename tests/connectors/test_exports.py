"""Exports as files: jsonl, csv, folder, merchant_feed."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from datetime import UTC, date, datetime

import pytest

from connectors import csv, folder, jsonl, merchant_feed
from kbaudit.connector import Source
from kbaudit.errors import UsageError
from kbaudit.model.record import ArticleRecord, Checkpoint, ConversationRecord, ProductRecord, Skipped
from kbaudit.testing import ConnectorConformance


def read(connector, path, kind="articles", **settings):
    source = Source(name="s", connector="x", settings={"path": str(path), "kind": kind, **settings}, currency="GBP")
    return list(connector(source, None).read())


def skipped(items):
    return [item for item in items if isinstance(item, Skipped)]


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n"


ARTICLE = {"id": "a", "title": "Returns", "body_text": "Thirty days."}


class TestJsonl(ConnectorConformance):
    connector = jsonl.Connector

    @pytest.fixture(autouse=True)
    def file(self, tmp_path):
        self.folder = tmp_path
        (tmp_path / "articles.jsonl").write_text(lines(ARTICLE, {**ARTICLE, "id": "b"}))
        (tmp_path / "broken.jsonl").write_text(lines(ARTICLE, '{"id": "c", '))

    def settings(self, url):
        return {"path": str(self.folder / "articles.jsonl")}

    def malformed(self):
        return {"path": str(self.folder / "broken.jsonl")}

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ('{"id": "x"', "not JSON"),
            ("[1]", "not a JSON object but list"),
            ("[" * 100_000, "nested too deeply"),
            ({"title": "T", "body_text": "b"}, "no id"),
            ({"id": "x", "body_text": "b"}, "no title"),
            ({"id": "x", "title": " ", "body_text": "b"}, "no title"),
            ({"id": "x", "title": ["T"], "body_text": "b"}, "title is not a string"),
            ({"id": "x", "title": "T"}, "no body"),
            ({"id": "x", "title": "T", "body_text": "b", "body_html": "<p>b"}, "more than one body"),
            ({"id": "x", "title": "T", "body_text": 5}, "body_text is not a string"),
            ({"id": "x", "title": "T", "body_text": "b", "published": "perhaps"}, "published: neither true nor false"),
            ({"id": "x", "title": "T", "body_text": "b", "valid_until": "soon"}, "valid_until: not an ISO 8601 time"),
            ({"id": "x", "title": "T", "body_text": "b", "audience": "all"}, "audience is not an object"),
        ],
    )
    def test_it_reports_a_bad_line_and_uses_the_good_ones(self, row, reason):
        path = self.folder / "bad.jsonl"
        path.write_text(lines(ARTICLE, row, {**ARTICLE, "id": "z"}))
        items = read(jsonl.Connector, path)
        assert [item.id for item in items if isinstance(item, ArticleRecord)] == ["a", "z"]
        (problem,) = skipped(items)
        assert (problem.file, problem.line, problem.used) == ("bad.jsonl", 2, False)
        assert reason in problem.reason

    def test_a_line_without_an_id_leaves_the_listing_unwhole(self):
        assert read(jsonl.Connector, self.folder / "articles.jsonl")[-1].complete
        assert not read(jsonl.Connector, self.folder / "broken.jsonl")[-1].complete

    def test_a_bad_optional_field_is_left_out_and_said(self):
        path = self.folder / "odd.jsonl"
        path.write_text(lines({**ARTICLE, "updated_at": "last week", "reviewed_at": "2026-02-03", "labels": "a, b"}))
        record, note, _ = read(jsonl.Connector, path)
        assert record.updated_at is None and record.reviewed_at == date(2026, 2, 3) and record.labels == ("a", "b")
        assert note.used and "last week" in note.reason

    def test_duplicates_give_the_later_edit_in_any_order(self):
        old = {**ARTICLE, "updated_at": "2026-01-01T00:00:00Z", "body_text": "old"}
        new = {**ARTICLE, "updated_at": "2026-02-01", "body_text": "new"}
        for rows in ((old, new), (new, old)):
            (self.folder / "twice.jsonl").write_text(lines(*rows))
            items = read(jsonl.Connector, self.folder / "twice.jsonl")
            assert [item.body for item in items if isinstance(item, ArticleRecord)] == ["new"]
            assert len(skipped(items)) == 1

    def test_it_reads_gzip_byte_order_mark_line_ends_and_bad_bytes(self):
        path = self.folder / "a.jsonl.gz"
        body = (
            b"\xef\xbb\xbf"
            + json.dumps(ARTICLE).encode()
            + b"\r\n\r\n"
            + b'{"id":"b","title":"Caf\xe9","body_text":"x"}\r\n'
        )
        path.write_bytes(gzip.compress(body))
        items = read(jsonl.Connector, path)
        records = [item for item in items if isinstance(item, ArticleRecord)]
        assert [item.title for item in records] == ["Returns", "Caf\ufffd"]
        (note,) = skipped(items)
        assert note.used and "UTF-8" in note.reason and note.line == 3

    def test_it_ends_where_a_gzip_breaks_off(self):
        path = self.folder / "cut.jsonl.gz"
        rows = ({**ARTICLE, "id": str(number), "body_text": f"{number * 7919:x}"} for number in range(2000))
        path.write_bytes(gzip.compress(lines(*rows).encode())[:-600])
        items = read(jsonl.Connector, path)
        assert isinstance(items[0], ArticleRecord) and not items[-1].complete
        assert "breaks off" in skipped(items)[-1].reason

    def test_unknown_fields_are_kept(self):
        path = self.folder / "extra.jsonl"
        path.write_text(lines({**ARTICLE, "zendesk_id": "77"}))
        assert read(jsonl.Connector, path)[0].extra == {"zendesk_id": "77"}

    def test_products(self):
        path = self.folder / "products.jsonl"
        shipping = [{"country": "us", "service": "Post", "price": "4.90 USD"}]
        path.write_text(
            lines(
                {"id": 7, "title": "Lamp", "price": 19.5, "availability": "in stock", "shipping": shipping},
                {"id": "8", "title": "Wick", "price": "1.299,00 EUR", "free_shipping_threshold": "50 EUR"},
                {"id": "9", "title": "Oil", "price": "ask", "sale_price_effective_date": "2026-01-01/2026-01-31"},
            )
        )
        items = read(jsonl.Connector, path, "products")
        lamp, wick, oil = (item.product for item in items if isinstance(item, ProductRecord))
        assert (lamp.id, str(lamp.price), lamp.availability) == ("7", "19.5 GBP", "in_stock")
        assert lamp.shipping[0].country == "US"
        assert str(wick.price) == "1299.00 EUR" and str(wick.free_shipping_thresholds[0].price) in (
            "50 EUR",
            "50.00 EUR",
        )
        assert oil.price is None and oil.sale_ends == datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)
        assert [note.used for note in skipped(items)] == [True]

    def test_conversations(self):
        path = self.folder / "conversations.jsonl"
        message = {"role": "customer", "text": "Where?", "at": "2026-01-01T10:00:00+01:00"}
        good = {"id": "c", "started_at": "2026-01-01T10:00:00+01:00", "messages": [message], "csat": 9}
        path.write_text(
            lines(good, {"id": "d", "started_at": "2026-01-01", "messages": [{"role": "boss"}]}, {"id": "e"})
        )
        items = read(jsonl.Connector, path, "conversations")
        (record,) = (item for item in items if isinstance(item, ConversationRecord))
        assert record.conversation.csat is None and record.conversation.messages[0].at.hour == 10
        assert {item.ref: item.reason.split(":")[0] for item in skipped(items)} == {
            "c": "csat",
            "d": "messages[0]",
            "e": "no started_at",
        }


class TestCsv(ConnectorConformance):
    connector = csv.Connector

    @pytest.fixture(autouse=True)
    def file(self, tmp_path):
        self.folder = tmp_path
        (tmp_path / "p.csv").write_bytes(
            b"\xef\xbb\xbfid,title,price,shipping\r\n"
            b'1,"Lamp, big",19.99 USD,"US:Post:4.99 USD,CA:Post:9 USD"\r\n2,Wick,3,\r\n'
        )
        (tmp_path / "bad.csv").write_text('id,title,price\n1,Lamp,1\n2,Wick,1,2,3\n,None,1\n4,"open quote\n')

    def settings(self, url):
        return {"path": str(self.folder / "p.csv"), "kind": "products"}

    def malformed(self):
        return {"path": str(self.folder / "bad.csv"), "kind": "products"}

    def test_products(self):
        first, second, last = read(csv.Connector, self.folder / "p.csv", "products")
        assert first.product.title == "Lamp, big" and [rate.country for rate in first.product.shipping] == ["US", "CA"]
        assert str(second.product.price).startswith("3") and last.complete

    def test_ragged_rows_are_reported_with_their_line(self):
        items = read(csv.Connector, self.folder / "bad.csv", "products")
        assert [(item.line, item.reason) for item in skipped(items)][:2] == [
            (3, "5 columns where the header has 3"),
            (4, "no id"),
        ]

    @pytest.mark.parametrize(
        ("kind", "header", "said"),
        [
            (
                "products",
                "SKU,Name,Price",
                'no column "id" (is it "sku"? Then call it so); no column "title" (is it "name"',
            ),
            ("products", "title,price", 'no column "id". The table has title, price'),
            ("articles", "id,title,Content", 'no column body_text, body_markdown or body_html (is it "content"?'),
        ],
    )
    def test_a_table_without_a_column_that_every_row_needs_says_so_once(self, kind, header, said):
        path = self.folder / "lacks.csv"
        path.write_text(f"{header}\n" + "1,2,3\n"[: 2 * header.count(",") + 1] * 50 + "\n")
        (problem, last) = read(csv.Connector, path, kind)
        assert said in problem.reason and problem.line == 1 and not last.complete

    def test_dates_of_a_spreadsheet_are_read_as_the_whole_table_tells_and_it_is_said_once(self):
        path = self.folder / "dates.csv"
        path.write_text(
            "id,title,updated_at\n1,Lamp,02/03/2026\n2,Wick,01/13/2026 9:30 AM\n3,Oil,2026-04-05\n4,Tin,31/31/2026\n"
        )
        items = read(csv.Connector, path, "products")
        found = [item.product.updated_at for item in items if isinstance(item, ProductRecord)]
        assert [str(moment)[:16] for moment in found] == [
            "2026-02-03 00:00",
            "2026-01-13 09:30",
            "2026-04-05 00:00",
            "None",
        ]
        note, bad = skipped(items)
        assert note.used and 'dates such as "01/13/2026 9:30 AM" are read as month/day/year' in note.reason
        assert "not an ISO 8601 time such as 2026-01-31" in bad.reason and bad.line == 5

    def test_dates_of_conversations_too(self):
        path = self.folder / "chat.csv"
        path.write_text("ticket,created,question\n1,13/01/2026 21:05,Where is it?\n2,02/03/2026 08:00,When?\n")
        items = read(csv.Connector, path, "conversations")
        found = [item.conversation.started_at for item in items if isinstance(item, ConversationRecord)]
        assert sorted(str(moment)[:16] for moment in found) == ["2026-01-13 21:05", "2026-03-02 08:00"]

    def test_a_table_of_messages_is_read_by_a_guessed_mapping_that_is_shown(self):
        path = self.folder / "chat.csv"
        path.write_text(
            "Ticket ID;Created;Author;Message\n1;2026-01-01T10:00:00Z;visitor;hi\n1;2026-01-01T10:01:00Z;bot;hello\n"
        )
        items = read(csv.Connector, path, "conversations")
        (record,) = (item for item in items if isinstance(item, ConversationRecord))
        assert [message.role for message in record.conversation.messages] == ["customer", "ai"]
        assert skipped(items)[0].used and '"Ticket ID" as id' in skipped(items)[0].reason

    def test_a_table_of_questions(self):
        path = self.folder / "q.tsv"
        path.write_text("conversation_id\tdate\tquestion\tai_response\tstatus\n9\t2026-01-01\tWhere?\tSoon.\tSolved\n")
        items = read(csv.Connector, path, "conversations")
        (record,) = (item for item in items if isinstance(item, ConversationRecord))
        assert record.conversation.resolved is True and record.conversation.messages[1].role == "ai"

    def test_a_wrong_guess_is_corrected_and_what_is_not_used_is_said(self):
        path = self.folder / "t.csv"
        path.write_text("Ticket,Created,Question,Body,Rating\n1,2026-01-01,internal note,Do you wrap?,5\n")
        (shown,) = skipped(read(csv.Connector, path, "conversations"))
        assert '"Question" as question' in shown.reason and 'not used: "Body"' in shown.reason
        items = read(csv.Connector, path, "conversations", columns={"question": "Body", "csat": ""})
        (record,) = (item for item in items if isinstance(item, ConversationRecord))
        assert [message.text for message in record.conversation.messages] == ["Do you wrap?"]
        assert record.conversation.csat is None and 'not used: "Question", "Rating"' in skipped(items)[0].reason

    @pytest.mark.parametrize(
        ("columns", "reason"),
        [({"question": "Bod"}, 'no column "Bod"'), ({"body": "Body"}, 'no field "body"'), ("Body", "is a table")],
    )
    def test_a_correction_that_cannot_be_meant_is_refused(self, columns, reason):
        path = self.folder / "t.csv"
        path.write_text("Ticket,Created,Body\n1,2026-01-01,Do you wrap?\n")
        with pytest.raises(UsageError, match=reason):
            read(csv.Connector, path, "conversations", columns=columns)

    def test_a_table_without_words_of_customers_says_so(self):
        path = self.folder / "n.csv"
        path.write_text("id,amount\n1,2\n")
        assert "no column holds what customers said" in skipped(read(csv.Connector, path, "conversations"))[0].reason


class TestFolder(ConnectorConformance):
    connector = folder.Connector

    @pytest.fixture(autouse=True)
    def tree(self, tmp_path):
        self.root = tmp_path / "help"
        for name, text in {
            "en/Shipping/Abroad/rates.md": "---\ntitle: Rates\nlabels: [a]\npublished: true\n---\nFive pounds.\n",
            "de/Shipping/Abroad/rates.md": "# Preise\n\nSechs Euro.\n",
            "Care/lamp.html": "<title>x</title><h1>Lamp <b>care</b></h1><p>Wipe.</p>",
            "Care/lamp.txt": "Wipe the lamp\nDaily.\n",
            "Care/wick.md": "+++\ntitle = 'Wick'\ndraft = true\n+++\nTrim.\n",
            ".hidden.md": "# Secret\n",
            ".git-like/x.md": "# Secret\n",
            "notes.json": "{}",
        }.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.bad = tmp_path / "bad"
        self.bad.mkdir()
        (self.bad / "good.md").write_text("# Good\n")
        (self.bad / "broken.md").write_text("---\ntitle: [open\n---\nx\n")

    def settings(self, url):
        return {"path": str(self.root)}

    def malformed(self):
        return {"path": str(self.bad)}

    def test_it_reads_files_whatever_their_names(self, tmp_path):
        place = tmp_path / "odd"
        place.mkdir()
        names = [b"bad\xff.md", b"new\nline.md", b"--help.md", b"tab\there.md", "größe & maße.md".encode()]
        for name in names:
            (place / os.fsdecode(name)).write_text("# Lamp\n\nText.\n")
        items = read(folder.Connector, place)
        found = {item.id for item in items if isinstance(item, ArticleRecord)}
        assert found == {"bad\ufffd", "new\nline", "--help", "tab\there", "größe & maße"}
        assert all(item.title == "Lamp" and item.id.encode() for item in items if isinstance(item, ArticleRecord))

    def test_ids_sections_locales_and_titles(self):
        found = {item.id: item for item in read(folder.Connector, self.root) if isinstance(item, ArticleRecord)}
        assert set(found) == {
            "Care/lamp.html",
            "Care/lamp.txt",
            "Care/wick",
            "de/Shipping/Abroad/rates",
            "en/Shipping/Abroad/rates",
        }
        rates = found["en/Shipping/Abroad/rates"]
        assert (rates.title, rates.section, rates.locale, rates.labels) == ("Rates", "Shipping > Abroad", "en", ("a",))
        assert found["de/Shipping/Abroad/rates"].translation_of == rates.id
        assert found["Care/lamp.html"].title == "Lamp care" and not found["Care/wick"].published

    def test_the_last_commit_is_the_last_edit(self):
        def git(*words, when="2025-03-04T05:06:07+00:00"):
            command = ["git", "-C", str(self.root), "-c", "user.name=n", "-c", "user.email=n@example.com", *words]
            environment = {
                "GIT_COMMITTER_DATE": when,
                "GIT_AUTHOR_DATE": when,
                "PATH": "/usr/bin:/bin",
                "HOME": str(self.root),
            }
            subprocess.run(command, check=True, capture_output=True, env=environment)

        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "one")
        (self.root / "Care/lamp.txt").write_text("Wipe\n")
        git("commit", "-qam", "two", when="2026-01-02T00:00:00+00:00")
        found = {item.id: item for item in read(folder.Connector, self.root) if isinstance(item, ArticleRecord)}
        assert found["Care/lamp.txt"].updated_at == datetime(2026, 1, 2, tzinfo=UTC)
        assert found["Care/lamp.html"].updated_at == datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)

    def test_nothing_outside_the_folder_is_read(self, tmp_path):
        (tmp_path / "secret.txt").write_text("secret")
        (self.root / "out.txt").symlink_to(tmp_path / "secret.txt")
        (self.root / "env.txt").symlink_to("/proc/self/environ")
        items = read(folder.Connector, self.root)
        assert {item.ref for item in skipped(items)} == {"env", "out"}
        assert not any("secret" in item.body for item in items if isinstance(item, ArticleRecord))

    def test_a_yaml_bomb_and_a_damaged_file_are_reported_and_the_rest_is_read(self):
        (self.bad / "bomb.md").write_text("---\na: &a [x]\nb: [*a, *a]\n---\nx\n")
        (self.bad / "bytes.txt").write_bytes(b"caf\xe9 open\n")
        items = read(folder.Connector, self.bad)
        assert {item.ref: item.used for item in skipped(items)} == {"broken": False, "bomb": False, "bytes": True}


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>S</title>
<item><g:id>A1</g:id><title>Lamp</title><link>https://l.example/a</link><g:price>12.50 GBP</g:price>
<g:availability>in stock</g:availability><g:availability_date>2026-05-01T00:00+0100</g:availability_date>
<g:shipping><g:country>GB</g:country><g:service>Post</g:service><g:price>3.00 GBP</g:price></g:shipping>
<g:shipping><g:country>IE</g:country><g:price>7.00 GBP</g:price></g:shipping></item>{more}
</channel></rss>"""


class TestMerchantFeed(ConnectorConformance):
    connector = merchant_feed.Connector

    @pytest.fixture(autouse=True)
    def file(self, tmp_path):
        self.folder = tmp_path
        (tmp_path / "feed.xml").write_text(FEED.replace("{more}", ""))
        (tmp_path / "bad.xml").write_text(FEED.replace("{more}", "<item><title>no id</title></item>"))

    def settings(self, url):
        return {"path": str(self.folder / "feed.xml")}

    def malformed(self):
        return {"path": str(self.folder / "bad.xml")}

    def test_it_keeps_every_repeated_shipping_group(self):
        record, last = read(merchant_feed.Connector, self.folder / "feed.xml")
        rates = record.product.shipping
        assert [(rate.country, rate.service, str(rate.price)) for rate in rates] == [
            ("GB", "Post", "3.00 GBP"),
            ("IE", None, "7.00 GBP"),
        ]
        assert isinstance(last, Checkpoint) and last.complete

    def test_times_with_offsets_of_merchants_are_aware(self):
        record = read(merchant_feed.Connector, self.folder / "feed.xml")[0]
        assert record.product.availability_date == datetime(2026, 4, 30, 23, tzinfo=UTC)

    def test_a_table_with_merchant_columns(self):
        path = self.folder / "feed.tsv"
        path.write_text("id\ttitle\tg:price\tshipping\n1\tLamp\t5.00 GBP\tGB:Wales:Post:3.00 GBP\n")
        record = read(merchant_feed.Connector, path)[0]
        assert (record.product.shipping[0].service, str(record.product.shipping[0].price)) == ("Post", "3.00 GBP")

    @pytest.mark.parametrize(
        "prologue",
        [
            "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)),
            '<!ENTITY x SYSTEM "file:///etc/passwd">',
            '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;',
        ],
    )
    def test_entities_are_never_resolved(self, prologue):
        path = self.folder / "bomb.xml"
        name = "l9" if "l9" in prologue else "x"
        item = f"<item><id>1</id><title>T &{name};</title></item>"
        body = f'<!DOCTYPE r [<!ENTITY l0 "lol">{prologue}]><rss><channel>{item}</channel></rss>'
        path.write_text(body)
        items = read(merchant_feed.Connector, path)
        assert "root:" not in repr(items) and len(repr(items)) < 5000
        assert isinstance(items[-1], Checkpoint)
