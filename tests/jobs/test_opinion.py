"""The second opinion: shown, never deciding, bound to its schema, its cap and its cache."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from kbaudit.config import Opinion
from kbaudit.errors import ModelError, SourceUnavailable
from kbaudit.index.judge import EntailmentJudge
from kbaudit.jobs.opinion import EndpointJudge, Verdict, make_judge, read_verdict, second_opinions
from kbaudit.model.finding import Evidence, Finding, Ref


def finding(number: int, rule: str = "CON201") -> Finding:
    ref = Ref("help", f"a{number}")
    return Finding(
        rule=rule, name="conflicting-policy", severity="high", subject={}, key=(rule, str(number)),
        message="m",
        documents=(ref,), suggestion="s", score=0.9,
        evidence=(
            Evidence(ref=ref, quote=f"within {number} days", side="a"),
            Evidence(ref=ref, quote="never", side="b"),
        ),
    )  # fmt: skip


class Counting:
    name = "counting"

    def __init__(self, fails: bool = False) -> None:
        self.asked: list[tuple[str, str]] = []
        self.fails = fails

    def judge(self, one: str, two: str) -> Verdict:
        self.asked.append((one, two))
        if self.fails:
            raise SourceUnavailable("no answer")
        return Verdict("no", "same thing", self.name)


def plain(text: str) -> str:
    return text


def test_it_is_off_unless_configured() -> None:
    assert make_judge(Opinion()) is None


def test_a_judge_that_says_no_closes_nothing() -> None:
    items = [finding(1), finding(2), finding(3, "SEA101")]
    judged = second_opinions(items, Counting(), known={}, max_calls=9, redact=plain)
    assert [item.fingerprint for item in judged] == [item.fingerprint for item in items]
    assert [item.severity for item in judged] == [item.severity for item in items]
    assert judged[0].extra["second_opinion"] == {"contradict": "no", "reason": "same thing", "judge": "counting"}
    assert "second_opinion" not in judged[2].extra


def test_a_pair_is_asked_about_once() -> None:
    judge, known = Counting(), {}  # type: ignore[var-annotated]
    for _ in range(3):
        second_opinions([finding(1)], judge, known=known, max_calls=9, redact=plain)
    assert len(judge.asked) == 1


def test_the_cap_is_never_passed() -> None:
    judge = Counting()
    judged = second_opinions([finding(n) for n in range(10)], judge, known={}, max_calls=4, redact=plain)
    assert len(judge.asked) == 4
    assert [item.extra["second_opinion"]["contradict"] for item in judged] == ["no"] * 4 + ["unjudged"] * 6


def test_a_judge_that_is_down_is_left_alone_after_three_tries() -> None:
    judge = Counting(fails=True)
    judged = second_opinions([finding(n) for n in range(9)], judge, known={}, max_calls=9, redact=plain)
    assert len(judge.asked) == 3
    assert len(judged) == 9


def test_what_is_sent_is_redacted() -> None:
    judge = Counting()
    second_opinions([finding(7)], judge, known={}, max_calls=9, redact=lambda text: text.replace("7", "[number]"))
    assert judge.asked == [("within [number] days", "never")]


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "{}",
        '{"contradict": "perhaps", "reason": "x"}',
        '{"contradict": "yes", "reason": "x", "delete": "everything"}',
        '{"contradict": "yes", "reason": 5}',
        "[" * 2000,
    ],
)
def test_an_answer_outside_the_schema_is_unsure_and_not_kept(content: str) -> None:
    verdict = read_verdict(json.dumps({"choices": [{"message": {"content": content}}]}), "j")
    assert verdict == Verdict("unsure", "the answer did not fit the schema", "j")


def test_an_endpoint_on_this_machine_answers(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps({"contradict": "yes", "reason": "30 is not 14"})
    httpserver.expect_request("/v1/chat/completions", headers={"Authorization": "Bearer k3y"}).respond_with_json(
        {"choices": [{"message": {"content": content}}]}
    )
    monkeypatch.setenv("LLM_KEY", "k3y")
    opinion = Opinion(
        kind="endpoint",
        model="m",
        url=httpserver.url_for("/v1"),
        key_env="LLM_KEY",
        allow_private=("127.0.0.1", "localhost"),
    )
    judge = make_judge(opinion)
    assert judge is not None
    assert judge.judge("30 days", "14 days").contradict == "yes"
    sent = httpserver.log[0][0].get_json()
    assert sent["response_format"]["json_schema"]["schema"]["additionalProperties"] is False
    refused = EndpointJudge(Opinion(kind="endpoint", model="m", url=httpserver.url_for("/v1")), None)
    with pytest.raises(Exception, match=r"refus|private|loopback|address"):
        refused.judge("a", "b")


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CrossEncoder with three labels and random weights, made here."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(1)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "30", "14", "days", "within", "never"]
    raw = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    raw.pre_tokenizer = pre_tokenizers.Whitespace()
    raw.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokens = PreTrainedTokenizerFast(
        tokenizer_object=raw,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=3, id2label={0: "contradiction", 1: "entailment", 2: "neutral"},
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tiny")
    BertForSequenceClassification(config).save_pretrained(folder)
    tokens.save_pretrained(folder)
    return folder


@pytest.mark.model
def test_an_entailment_model_made_on_the_spot_judges_the_same_twice(tiny_model: Path) -> None:
    judge = EntailmentJudge(str(tiny_model))
    first = judge.contradiction("within 30 days", "within 14 days")
    assert 0 <= first <= 1
    assert first == pytest.approx(judge.contradiction("within 14 days", "within 30 days"), abs=1e-6)


@pytest.mark.model
@pytest.mark.parametrize("name", ["modeling.py", "weights.bin", "x.pkl", "y.ckpt"])
def test_a_model_folder_that_could_run_code_is_refused_before_it_is_loaded(tiny_model: Path, name: str) -> None:
    trap: Any = tiny_model / name
    trap.write_text("raise SystemExit('ran')", "utf-8")
    try:
        with pytest.raises(ModelError, match=name):
            EntailmentJudge(str(tiny_model)).contradiction("a", "b")
    finally:
        trap.unlink()
