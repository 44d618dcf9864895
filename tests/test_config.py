from __future__ import annotations

from pathlib import Path

import pytest

from kbaudit import config
from kbaudit.errors import ConfigError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "config"
    place.mkdir()
    return place


def problems(folder: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(folder)
    return [problem.replace(f"{folder}/", "config/") for problem in caught.value.problems]


def test_the_defaults_load_and_configure_nothing() -> None:
    settings = config.load(None)
    assert settings.sources == ()
    assert settings.shop == config.Shop()
    assert settings.sync.guard_share == 0.10
    assert sum(settings.rubric.weights.values()) == 100


def test_every_commented_default_is_the_default() -> None:
    """The comments teach: what they show as default is what applies."""
    import re
    import tomllib

    text = (config.defaults_folder() / "kbaudit.toml").read_text("utf-8")
    shown = tomllib.loads(re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.M))
    settings = config.load(None)
    assert shown["sync"] == {name: getattr(settings.sync, name) for name in shown["sync"]}
    assert set(shown["sync"]) == set(settings.sync.__dataclass_fields__)
    assert shown["schedule"] == {name: getattr(settings.schedule, name) for name in shown["schedule"]}
    for name in ("port", "host", "proxies", "threads"):
        assert shown["web"][name] == getattr(settings.web, name)
    for name in ("conversation_days", "tombstone_days", "run_days"):
        assert shown["privacy"][name] == getattr(settings.privacy, name)


def test_an_unknown_key_names_file_table_key_and_the_nearest(folder: Path) -> None:
    assert problems(folder, kbaudit='[shop]\nnmae = "x"\n') == [
        'config/kbaudit.toml [shop]: unknown key "nmae". Did you mean "name"?'
    ]


def test_all_problems_come_in_one_report(folder: Path) -> None:
    found = problems(
        folder,
        kbaudit='[shop]\nzone = "Mars/Base"\nregions = "US"\n[web]\nport = 0\n[sync]\nguard_share = 3\n[nope]\n',
        rules="[sea101]\n[SEA101]\nx = 1\n",
        sources="[a]\npath = 1\n",
        events='[[event]]\nname = "Sale"\nstart = 2026-05-02\nend = 2026-05-01\n[[event]]\nstart = 2026-05-01\n',
        probes='[[probe]]\nquestion = "x?"\n',
        rubric="[weights]\naccuracy = 41\n",
    )
    assert found == [
        'config/kbaudit.toml [shop]: "regions" has to be a list of texts, not the text "US".',
        'config/kbaudit.toml: unknown key "nope". '
        "Known: model, privacy, schedule, second_opinion, shop, store, sync, web.",
        'config/kbaudit.toml [shop]: zone "Mars/Base" is unknown. Use an IANA name such as Europe/Berlin.',
        'config/kbaudit.toml [sync]: "guard_share" is a share: above 0 and at most 1.',
        "config/kbaudit.toml [web]: port 0 does not exist. Use 1 to 65535.",
        'config/sources.toml [a]: no "connector". Add connector = "folder", "jsonl", "sitemap" …',
        "config/rules.toml [sea101]: no rule has this code. `kbaudit rules` lists them.",
        "config/events.toml [Sale]: it ends before it starts.",
        'config/events.toml [2]: no "name". Add name = ... to this table.',
        'config/probes.toml [x?]: no "expected". Add expected = ... to this table.',
        "config/rubric.toml [weights]: they add up to 101, not to 100.",
    ]


def test_a_probe_without_a_question_or_an_article_is_refused(folder: Path) -> None:
    table = '[[probe]]\nquestion = "{}"\nexpected = {}\n'
    assert problems(folder, probes=table.format("x?", '["a"]') + table.format(" ", "[]")) == [
        'config/probes.toml [[probe]] 2: "question" is empty. Write what a customer asks.',
        'config/probes.toml [[probe]] 2: "expected" is empty. Name the article that answers it: its id or its address.',
    ]
    assert len(problems(folder, probes=table.format("x?", '["a", " "]'))) == 1


def test_broken_toml_is_a_problem_and_no_traceback(folder: Path) -> None:
    (found,) = problems(folder, kbaudit="[shop\n")
    assert found.startswith("config/kbaudit.toml: cannot be read: ")


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        config.load(Path("/nonexistent/config"))


def test_a_source_carries_the_shop_and_what_it_changes(folder: Path) -> None:
    (folder / "kbaudit.toml").write_text('[shop]\nregions = ["de"]\nzone = "Europe/Berlin"\nlocale = "de-DE"\n')
    (folder / "sources.toml").write_text(
        '[articles]\nconnector = "jsonl"\npath = "a.jsonl"\nlocale = "fr-FR"\nmissing_runs = 2\n'
        '[off]\nconnector = "jsonl"\npath = "b.jsonl"\nenabled = false\n'
    )
    settings = config.load(folder)
    (source,) = settings.sources
    assert (source.locale, source.zone, source.region, source.base) == ("fr-FR", "Europe/Berlin", "DE", folder)
    assert source.settings == {"path": "a.jsonl"}
    assert settings.missing_runs == {"articles": 2}


def test_an_unknown_connector_is_a_problem(folder: Path) -> None:
    (found,) = problems(folder, sources='[help]\nconnector = "zendask"\n')
    assert found.startswith('config/sources.toml [help]: There is no connector "zendask"')


def test_a_secret_comes_from_its_variable_or_file_and_is_never_shown(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sources.toml").write_text('[help]\nconnector = "json:loads"\ntoken_env = "HELP_TOKEN"\n')
    (source,) = config.load(folder).sources
    assert "token_env names HELP_TOKEN, which is not set" in source.problem
    monkeypatch.setenv("HELP_TOKEN", "tok-1")
    (source,) = config.load(folder).sources
    assert source.settings == {"token": "tok-1"}
    assert "tok-1" not in repr(source)
    path = tmp_path / "token"
    path.write_text("tok-2\n")
    path.chmod(0o600)
    monkeypatch.setenv("HELP_TOKEN_FILE", str(path))
    assert config.load(folder).sources[0].settings == {"token": "tok-2"}
    path.chmod(0o604)
    with pytest.raises(ConfigError, match="everybody may read"):
        config.load(folder)


def test_the_store_url_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBAUDIT_STORE_URL", "postgresql://u:secret@db/kb")
    settings = config.load(None)
    assert settings.store.url.endswith("/kb")
    assert "secret" not in repr(settings)


def test_a_network_address_without_a_proxy_is_refused(folder: Path) -> None:
    (found,) = problems(folder, kbaudit='[web]\nhost = "0.0.0.0"\n')
    assert "unprotected" in found
    (folder / "kbaudit.toml").write_text('[web]\nhost = "0.0.0.0"\nproxies = 1\n')
    assert config.load(folder).web.host == "0.0.0.0"


@pytest.mark.parametrize("text", ["off", "every 6 hours", "every hour", "02:30", "Monday 06:00", "every 90 minutes"])
def test_schedules_that_can_be_read(folder: Path, text: str) -> None:
    (folder / "kbaudit.toml").write_text(f'[schedule]\naudit = "{text}"\n')
    assert config.load(folder).schedule.audit == text


@pytest.mark.parametrize("text", ["", "25:00", "every 0 hours", "0 3 * * *", "someday"])
def test_schedules_that_cannot(folder: Path, text: str) -> None:
    (found,) = problems(folder, kbaudit=f'[schedule]\naudit = "{text}"\n')
    assert "cannot be read" in found


def test_events_come_from_toml_and_from_calendars(folder: Path) -> None:
    (folder / "events.toml").write_text(
        '[[event]]\nname = "Founders\' Week"\nstart = 2026-09-01\nend = 2026-09-07\nregions = ["us"]\ngrace_days = 2\n'
    )
    (folder / "sales.ics").write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Warehouse Sale\r\n"
        b"DTSTART;VALUE=DATE:20260610\r\nDTEND;VALUE=DATE:20260613\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = {event.name: event for event in config.load(folder).events}
    own = found["Founders' Week"]
    assert (own.regions, own.grace_days, str(own.rule["start"])) == (("US",), 2, "2026-09-01")
    assert str(found["Warehouse Sale"].rule["end"]) == "2026-06-12"


def test_a_problem_names_the_file_that_was_read(tmp_path: Path) -> None:
    (tmp_path / "kbaudit.toml").write_text('[shop]\nregions = ["US", "XX", "UK"]\n')
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)
    assert caught.value.problems == [
        f'{tmp_path}/kbaudit.toml [shop]: "XX" is no region. Use ISO 3166 codes such as US, GB, DE.',
        f'{tmp_path}/kbaudit.toml [shop]: "UK" is no region. Use GB for the United Kingdom.',
    ]


@pytest.mark.parametrize("when", ["every 2 hours", "02:30", "monday 06:00", "off"])
def test_a_source_has_a_schedule_of_its_own(folder: Path, when: str) -> None:
    (folder / "sources.toml").write_text(f'[a]\nconnector = "jsonl"\npath = "a"\nschedule = "{when}"\n')
    settings = config.load(folder)
    assert settings.schedule_of("a") == when and settings.schedule_of("b") == settings.schedule.sync


def test_a_schedule_that_cannot_be_read_is_refused(folder: Path) -> None:
    (found,) = problems(folder, sources='[a]\nconnector = "jsonl"\npath = "a"\nschedule = "now and then"\n')
    assert found.startswith('config/sources.toml [a]: "schedule" cannot be read: \'now and then\'. Write "off"')
