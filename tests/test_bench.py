"""The floors of the benches: none is lowered silently, and the quick benches hold theirs.

Lowering a floor means lowering it in `HELD` too, where a reader of the change sees it. `tests/hard` measures the hard
cases. The benches that take longer run by `python -m bench`.
"""

from __future__ import annotations

import importlib
import tomllib

import pytest

from bench.__main__ import BENCHES
from bench.quality.figures import FLOORS, data, flat, undercut

# A copy of `bench/quality/floors.toml`.
HELD = flat(
    tomllib.loads("""
[hard.tune]
SEA = { precision = 0.98, recall = 0.98 }
CON = { precision = 0.98, recall = 0.93 }
CAT = { precision = 0.98, recall = 0.98 }
DUP = { precision = 0.97, recall = 0.97 }
FRE = { precision = 0.97, recall = 0.97 }

[hard.test]
SEA = { precision = 0.93, recall = 0.91 }
CON = { precision = 0.88, recall = 0.70 }
CAT = { precision = 0.94, recall = 0.95 }
DUP = { precision = 0.97, recall = 0.74 }
FRE = { precision = 0.96, recall = 0.76 }

[temporal]
tuned = 0.99
second_tune = 0.98
held_out = 0.93

[policy_pairs.tuned]
precision = 0.98
recall = 0.89
recall_where_a_number_decides = 0.94
alarms = { at_most = 0 }

[policy_pairs.second_tune]
precision = 0.97
recall = 0.97
recall_where_a_number_decides = 0.97
alarms = { at_most = 0 }

[policy_pairs.unread]
precision = 0.75
recall = 0.68
recall_where_a_number_decides = 0.90
alarms = { at_most = 1 }

[policy_pairs.all]
precision_with_findings_over_several_pairs = 0.83

[free_wording]
shop_read = { precision = 0.85, recall = 0.12 }
shop_unread = { precision = 0.85, recall = 0.08 }
terms = { precision = 0.92, recall = 0.92 }

[printaura]
SEA101_found = 9
SEA101_wrong = { at_most = 0 }
SEA103_findings = { at_most = 3 }
SEA104_findings = { at_most = 0 }
CON201_findings = { at_most = 2 }
FRE703_findings = { at_most = 4 }

[pcparts.all]
precision = 0.995
recall = 0.99

[answers.all]
precision = 0.98
recall = 0.95
true_flagged = { at_most = 0.01 }

[doc2dial]
all = { recall_1 = 0.65, recall_5 = 0.865, mrr = 0.75 }
test = { recall_1 = 0.64, recall_5 = 0.88 }

[summedits]
all = { balanced_accuracy = 0.68, entity_or_negation = 0.70, ANS802_precision = 0.93 }
test = { balanced_accuracy = 0.65, ANS802_precision = 0.88 }

[infotabs]
all = { precision = 0.80, recall = 0.23, f1 = 0.36 }
tune = { precision = 0.88, recall = 0.27 }
test = { precision = 0.72, recall = 0.20 }

[redaction]
recall = 0.999
precision = 0.999
own_names = 1

[service_arduino]
broken_promises = { at_most = 0 }

[duplicates]
arduino = { precision = 0.95, recall = 0.95, unread_over_one_in_200 = { at_most = 0 } }
printaura = { precision = 0.95, recall = 0.95, unread_over_one_in_200 = { at_most = 0 } }
vtex = { precision = 0.95, recall = 0.95, unread_over_one_in_200 = { at_most = 0 } }
abcd = { precision = 0.95, recall = 0.95, unread_over_one_in_200 = { at_most = 0 } }

[answerability]
auroc = 0.73
mean_auroc = 0.775

[check_answer]
first_ms = { at_most = 300 }
p95_ms = { at_most = 300 }

[clustering]
test = { ami = 0.76, same_in_any_order = 1 }
all = { ami = 0.81, ids_that_stay = 0.95 }

[gaps]
tune = { precision = 0.92, recall = 0.87, answered_topics = { at_most = 0 } }
test = { precision = 0.88, recall = 0.87, answered_topics = { at_most = 0 } }

[abcd]
recall = 0.29
precision_if_half_were_gone = 0.85

[tau2_retail]
tune = { CAT301 = { precision = 0.99, recall = 0.99 }, CAT303 = { precision = 0.99, recall = 0.99 } }
test = { CAT301 = { precision = 0.98, recall = 0.98 }, CAT303 = { precision = 0.98, recall = 0.98 } }
policy_alarms = { at_most = 0 }

[alarms]
arduino = { worst_rule_in_200_articles = { at_most = 1 } }
vtex = { worst_rule_in_200_articles = { at_most = 1 } }

[growth]
ratio = { at_most = 1.5 }

[gap_report.files]
cold_cpu = { at_most = 180 }
cold_memory = { at_most = 2.5 }
more_cpu = { at_most = 30 }
more_memory = { at_most = 2.5 }

[gap_report.service]
cold_cpu = { at_most = 180 }
cold_memory = { at_most = 2.5 }
more_memory = { at_most = 2.5 }

[bertopic.banking77]
first_call_times_faster = 3
share_of_memory = { at_most = 1 }
ami = 0.81
ami_above = 0
same_in_any_order = 1

[bertopic.abcd]
first_call_times_faster = 3
share_of_memory = { at_most = 1 }
ami = 0.86
ami_above = 0
same_in_any_order = 1
""")
)
# Those that take a few seconds, and the data set that each needs.
QUICK = {
    "temporal": "temporal",
    "policy_pairs": "policy_pairs",
    "printaura": "printaura",
    "pcparts": "pcparts",
    "tau2_retail": "tau2_retail",
}


def test_floors_only_rise() -> None:
    floors = flat(tomllib.loads(FLOORS.read_text("utf-8")))
    for name, held in HELD.items():
        if name.endswith(".at_most"):
            assert floors.get(name, float("inf")) <= held, f"{name} rose in floors.toml: if it must, raise it here too"
        else:
            assert floors.get(name, float("-inf")) >= held, f"{name} fell in floors.toml: if it must, lower it here too"


def test_every_floor_belongs_to_a_bench() -> None:
    assert {name.split(".")[0] for name in flat(tomllib.loads(FLOORS.read_text("utf-8")))} <= set(BENCHES)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"recall": 0.8, "alarms": 1}, []),
        ({"recall": 0.8 - 1e-12, "alarms": 0}, []),
        ({"recall": 0.79, "alarms": 1}, ["b.recall is 0.79, below its floor 0.8"]),
        ({"recall": 0.8, "alarms": 2}, ["b.alarms is 2, above its ceiling 1"]),
        ({"recall": 0.8}, ["b.alarms was not measured, and floors.toml holds it"]),
    ],
)
def test_a_figure_is_held_by_its_floor(
    figures: dict[str, float], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.quality.figures.floors", lambda bench: {"recall": 0.8, "alarms.at_most": 1.0})
    assert undercut("b", figures) == said


@pytest.mark.parametrize("name", QUICK)
def test_a_quick_bench_holds_its_floors(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if not (data() / QUICK[name]).is_dir():
        pytest.skip(f"no data set {QUICK[name]} in {data()}")
    status = importlib.import_module(f"bench.quality.{name}").main([])
    assert status == 0, capsys.readouterr().out
