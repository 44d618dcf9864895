"""What a reader is told of a gap: its trend, its questions, why the nearest article is not its answer, and what to do."""
# ruff: noqa: E501

from __future__ import annotations

from typing import Any

import pytest

from kbaudit.facts.gap_listed import Lists, has
from kbaudit.facts.gap_parts import Asks, Word
from kbaudit.facts.gap_report import trend
from kbaudit.facts.titles import titled
from kbaudit.model.finding import Finding
from kbaudit.testing import findings_of, snapshot_of
from kbaudit.text.replies import answers, substance

NO = "I'm sorry, I don't have any information about that."
EVEN = dict.fromkeys(range(12), 100)
# Questions by weeks back, conversations by weeks back, and what may be said.
TRENDS: dict[str, tuple[dict[int, int], dict[int, int], str]] = {
    "three questions": ({0: 3}, EVEN, "too early to say"),
    "three weeks": ({0: 20, 2: 4}, dict.fromkeys(range(3), 100), "too early to say"),
    "chance": ({0: 3, 1: 3, 2: 2, 7: 2, 8: 1, 10: 1}, EVEN, "steady"),
    "as many each week": (dict.fromkeys(range(12), 5), EVEN, "steady"),
    "twice as many late": ({**dict.fromkeys(range(6), 10), **dict.fromkeys(range(6, 12), 4)}, EVEN, "growing"),
    "half as many late": ({**dict.fromkeys(range(6), 4), **dict.fromkeys(range(6, 12), 10)}, EVEN, "shrinking"),
    "only late": ({0: 6, 1: 5}, EVEN, "new"),
    "the whole shop grew": (
        {**dict.fromkeys(range(6), 10), **dict.fromkeys(range(6, 12), 4)},
        {**dict.fromkeys(range(6), 250), **dict.fromkeys(range(6, 12), 100)},
        "steady",
    ),
    "very many": ({**dict.fromkeys(range(6), 2000), **dict.fromkeys(range(6, 12), 1000)}, EVEN, "growing"),
}
DEFERRED = (
    "Thanks for getting in touch! I have passed this on to my manager, somebody will be in touch.",
    "I'm not sure myself, I'll check and write to you.",
    "Hi, Noor here. Let me ask the workshop and come back to you by e-mail.",
    "I can't say right now, I have opened a ticket for you.",
    "Leave me your number and a colleague will ring you.",
)
ANSWERED = (
    "You can check the size on the label inside the collar; ask for a tailor's tape in any of our shops.",
    "Write your company's name into the order note and we print it on the invoice.",
    "The workshop mends zips for 12 euros, within a week.",
)
FORMS = {("lenses", "Each lens is cut to your frame."): True, ("stitched", "The price of stitching a name."): True,
         ("tent", "How our tents are packed."): True, ("cart", "Pay by card."): False, ("colour", "Which shade suits you?"): True}  # fmt: skip
SUMMARIES = {
    "The client contacted the shop because they were missing 40 euros of credit.": "Missing 40 euros of credit",
    "The client wanted to know how long it takes for the shoes to wear in.": "How long it takes for the shoes to wear in",
    "The client wanted to know the sleeve length of a coat they were considering buying.": "Sleeve length of a coat",
}


def talk(name: str, number: int, text: str, *after: tuple[str, str], **more: Any) -> dict[str, Any]:
    turns = (("customer", text), ("ai", NO), *after)
    return {"id": f"{name}{number}", "started_at": f"2026-03-{number + 1:02d}T10:00:00+00:00", "handled_by": "ai", "resolved": False,
            "messages": [{"role": role, "text": said} for role, said in turns], **more}  # fmt: skip


def article(id_: str, title: str, body: str) -> dict[str, Any]:
    return {"id": id_, "title": title, "body_text": body, "updated_at": "2026-01-10T00:00:00Z"}


def gaps(articles: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[Finding]:
    return findings_of(snapshot_of(articles=articles, conversations=rows, as_of="2026-04-01"), ["GAP"])


@pytest.mark.parametrize(("counts", "talks", "said"), TRENDS.values(), ids=TRENDS.keys())
def test_a_trend_is_one_only_if_chance_does_not_make_it(
    counts: dict[int, int], talks: dict[int, int], said: str
) -> None:
    assert trend(counts, talks) == said


@pytest.mark.parametrize("reply", DEFERRED)
def test_somebody_will_see_to_it_is_no_answer(reply: str) -> None:
    assert not answers(reply), substance(reply)


@pytest.mark.parametrize("reply", ANSWERED)
def test_an_answer_may_ask_something_of_the_customer(reply: str) -> None:
    assert answers(reply) and len(substance(reply)) > 0.9 * len(reply)


@pytest.mark.parametrize(("pair", "known"), FORMS.items())
def test_an_article_has_a_word_in_another_form_or_by_another_name(pair: tuple[str, str], known: bool) -> None:
    word, text = pair
    assert has(text, Word(word, word, 1.0)) is known


@pytest.mark.parametrize(("summary", "title"), SUMMARIES.items())
def test_a_summary_of_a_case_becomes_a_title_without_its_customer(summary: str, title: str) -> None:
    assert titled(summary) == title


def test_a_long_title_ends_where_a_clause_does() -> None:
    text = "The client lost the phone that shows their sign-in codes and is therefore unable to look at the status of any order."
    assert titled(text, 80) == "Lost the phone that shows their sign-in codes"


ENGRAVING = [
    "what does engraving a ring cost",
    "price of engraving a name",
    "how much is it to engrave a ring",
    "engraving cost for two rings",
]
GUIDE = article("guide", "Questions on prices", "Find out which of these it is: price of engraving a name, price of a gift box, price of a resize. Then pick the answer on the board.")  # fmt: skip
OTHER = article(
    "care", "Care of silver", "Polish silver with a soft dry cloth. Keep it away from perfume and chlorine."
)


def test_an_article_that_only_names_the_question_is_to_be_completed() -> None:
    (gap,) = gaps([GUIDE, OTHER], [talk("e", n, text) for n, text in enumerate(ENGRAVING)])
    nearest = gap.extra["nearest"][0]  # type: ignore[index]
    assert nearest["why_not"] == "It names the question (“price of engraving a name”) and does not answer it."
    assert gap.suggestion.startswith("Complete “Questions on prices”")


def test_a_list_that_names_another_thing_names_another_question() -> None:
    snapshot = snapshot_of(
        articles=[GUIDE], conversations=[talk("r", 0, "price of renting a name tag")], as_of="2026-04-01"
    )
    words = Asks(snapshot).core(snapshot.questions) or (Word("pric", "price", 1.0), Word("nam", "name", 1.0))
    assert Lists(snapshot).naming(words, snapshot.questions) is None


def test_the_reason_quotes_the_article_and_says_what_it_lacks() -> None:
    (gap,) = gaps([OTHER], [talk("e", n, text) for n, text in enumerate(ENGRAVING)])
    said = gap.extra["nearest"][0]["why_not"]  # type: ignore[index]
    assert "never mentions “engraving”" in said and "soft dry cloth" in said


SLIDING = ["my glasses slide down my nose", "glasses keep slipping off my nose", "how do I stop my glasses sliding"]
PINCHING = ["the temples pinch behind my ears", "frame hurts behind the ears", "it presses on my ears all day"]
FITTING = article("fit", "Adjusting pads and temples", "Bend the pads together by a millimetre and the frame sits higher on the nose. Bend the temple tips outwards where they press behind the ears.")  # fmt: skip


def test_what_one_article_answers_is_one_finding() -> None:
    pads = ("agent", "Bend the two pads together by a millimetre, then the frame sits higher on your nose.")
    tips = ("agent", "Bend the temple tips outwards a little where they press behind your ears.")
    rows = [talk("s", n, text, pads) for n, text in enumerate(SLIDING)]
    rows += [talk("p", n, text, tips) for n, text in enumerate(PINCHING)]
    # The AI says what it cites, and never this article.
    said = [{"role": "customer", "text": "how do I polish silver?"}]
    said += [
        {"role": "ai", "text": "Polish it with a soft dry cloth, and keep it away from perfume.", "sources": ["care"]}
    ]  # type: ignore[dict-item]
    rows.append({**talk("c", 0, ""), "messages": said, "resolved": True})
    (gap,) = gaps([FITTING, OTHER], rows)
    assert gap.rule == "GAP403" and gap.impact.questions == 6


def test_no_stranger_is_among_the_questions_that_are_shown() -> None:
    stranger = talk("x", 9, "do you buy back old rings")
    for gap in gaps([OTHER], [*(talk("e", n, text) for n, text in enumerate(ENGRAVING)), stranger]):
        assert "do you buy back old rings" not in gap.extra["questions"]  # type: ignore[operator]
