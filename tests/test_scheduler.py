from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kbaudit.errors import SourceUnavailable, UsageError
from kbaudit.jobs import schedule as slots
from kbaudit.jobs.applying import Synced
from kbaudit.scheduler import wire
from kbaudit.scheduler.ticker import DRIFT, Ticker
from kbaudit.scheduler.worker import Task, Worker
from kbaudit.serve.parent import Child, Parent
from kbaudit.store import Store, runs
from kbaudit.store import slots as claims

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Slots --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "now", "name"),
    [
        ("02:30", "2026-04-10T00:29", "2026-04-09"),  # 02:30 in Berlin is 00:30 UTC
        ("02:30", "2026-04-10T00:30", "2026-04-10"),
        ("02:30", "2026-04-10T23:59", "2026-04-10"),
        ("monday 06:00", "2026-04-10T12:00", "2026-04-06"),
        ("monday 06:00", "2026-04-13T03:59", "2026-04-06"),
        ("monday 06:00", "2026-04-13T04:00", "2026-04-13"),
        ("every 6 hours", "2026-04-10T05:59", "2026-04-10T00:00Z"),
        ("every 6 hours", "2026-04-10T06:00", "2026-04-10T06:00Z"),
        ("every hour", "2026-04-10T05:59", "2026-04-10T05:00Z"),
        ("every 15 minutes", "2026-04-10T05:59", "2026-04-10T05:45Z"),
    ],
)
def test_the_newest_slot_that_is_due(schedule: str, now: str, name: str) -> None:
    found = slots.due(schedule, at(now), BERLIN)
    assert found is not None and found.name == name and found.due <= at(now)


def test_off_is_never_due_and_nonsense_is_refused() -> None:
    assert slots.due("off", at("2026-04-10T00:00"), BERLIN) is None
    with pytest.raises(UsageError):
        slots.due("sometimes", at("2026-04-10T00:00"), BERLIN)


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "America/Santiago",
    "Asia/Kolkata",
)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", ["00:30", "02:30", "03:00"])
def test_one_slot_a_local_day_through_two_years_of_changed_clocks(zone: str, hour: str) -> None:
    where = ZoneInfo(zone)
    moment, end = at("2026-01-03T00:00"), at("2028-01-03T00:00")
    names: list[str] = []
    while moment < end:
        found = slots.due(hour, moment, where)
        assert found is not None
        if not names or found.name != names[-1]:
            names.append(found.name)
        moment += timedelta(minutes=15)
    assert len(names) == len(set(names)), "a slot came back"
    days = [date.fromisoformat(name) for name in names]
    assert all(b - a == timedelta(days=1) for a, b in pairwise(days)), "a day is missing"


# Workers ------------------------------------------------------------------------------------------------------


class FakeApp:
    """What a worker needs of an app, without sources or a model."""

    def __init__(self, store: Store, data: Path, **schedule: str) -> None:
        self.store, self.data = store, data
        times = {"sync": "off", "audit": "02:30", "prune": "off"} | schedule
        self.settings = SimpleNamespace(
            schedule=SimpleNamespace(**times), schedules={}, schedule_of=lambda name: times["sync"]
        )
        self.sources: list[str] = []
        self.sick = threading.Event()
        self.place = SimpleNamespace(zone=BERLIN)
        self.did: list[str] = []
        self.answering = SimpleNamespace(wanted=False, warm=lambda: self.did.append("warm"))

    def audit(self, by: str) -> Any:
        self.did.append("audit")
        return SimpleNamespace(counts={})

    def unpaused(self) -> list[str]:
        return self.sources

    def read_source(self, source: str, by: str, stop: Any, progress: Any) -> Synced:
        self.did.append(f"sync {source}")
        if source == "sick":
            self.sick.wait(20)
        with self.store.write() as db:
            runs.put_source(db, source, connector="x", state="ok", message="", synced_at=datetime.now(UTC))
        if source == "tired":
            return Synced(7, source, "failed", "asks for a pause", again=3600.0)
        return Synced(7, source, "done")

    def refresh_index(self, by: str) -> None:
        pass

    def verify(self, fingerprint: str, by: str) -> str:
        raise UsageError(f"there is no finding {fingerprint!r}")


def worker(store: Store, tmp_path: Path, **schedule: str) -> tuple[Worker, FakeApp]:
    app = FakeApp(store, tmp_path, **schedule)
    made = Worker(app)  # type: ignore[arg-type]
    assert made.lead()
    return made, app


def done(made: Worker, *besides: str) -> None:
    """Work until nothing is left to do; `besides` names the sources whose reading does not end."""
    while True:
        task = made.next_task()
        if task is not None:
            made.work(task)
        elif made.readers.busy() - set(besides) or made._tasks.qsize():
            time.sleep(0.01)
        else:
            return


def test_a_slot_runs_once_however_often_it_is_looked_at(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path)
    for minute in range(10):
        made.tick(at("2026-04-10T00:30") + timedelta(minutes=minute))
        done(made)
    assert app.did == ["audit"]
    with store.read() as db:
        (slot,) = claims.slots_of(db, "audit")
    assert (slot["slot"], slot["state"], slot["note"]) == ("2026-04-10", "done", "{}")


def test_a_source_that_asks_for_a_pause_is_read_again_after_it_and_not_for_ever(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbaudit.scheduler.worker.MOST_PAUSES", 3)
    made, app = worker(store, tmp_path, sync="every hour", audit="off")
    app.sources = ["tired", "well"]
    made.tick(at("2026-04-10T00:30"))
    done(made)
    assert sorted(app.did) == ["sync tired", "sync well"]
    assert made.next_task() is None and set(made._again) == {"tired"}
    for times in (2, 3, 4):
        # An hour later.
        made._again["tired"] -= 3600
        done(made)
        assert (app.did.count("sync tired"), app.did.count("sync well")) == (times, 1)
    # Enough: it waits for its next slot.
    assert not made._again
    # A source that somebody paused meanwhile is left alone.
    made._again["well"], app.sources = 0.0, ["tired"]
    assert made.next_task() is None and "well" not in made._again


def test_of_two_workers_one_runs_a_slot(store: Store, tmp_path: Path) -> None:
    first, one = worker(store, tmp_path)
    second, two = worker(store, tmp_path)  # same process, so the same holder: both believe to lead
    for day in range(1, 11):
        now = at("2026-04-01T00:30") + timedelta(days=day)
        threads = [threading.Thread(target=made.tick, args=(now,)) for made in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        done(first)
        done(second)
    assert len(one.did) + len(two.did) == 10


def test_a_worker_that_does_not_lead_claims_nothing(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path)
    made._token = None
    assert made.tick(at("2026-04-10T00:30")) == []
    assert app.did == []


@pytest.mark.parametrize("days", [1, 5, 100])
def test_slots_slept_through_are_caught_up_once(store: Store, tmp_path: Path, days: int) -> None:
    made, app = worker(store, tmp_path)
    made.tick(at("2026-04-10T00:30"))
    done(made)
    made.tick(at("2026-04-10T05:00") + timedelta(days=days))
    done(made)
    assert app.did == ["audit", "audit"]
    with store.read() as db:
        newest = claims.last_slot(db, "audit")
    assert newest is not None and newest["claimed_at"] - timedelta(days=days) == at("2026-04-10T05:00")


def test_a_slot_of_a_job_that_still_works_is_recorded_as_skipped(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path, audit="every hour")
    made.tick(at("2026-04-10T01:00"))
    made.tick(at("2026-04-10T02:00"))
    done(made)
    made.tick(at("2026-04-10T03:00"))
    done(made)
    assert app.did == ["audit", "audit"]
    with store.read() as db:
        assert [slot["state"] for slot in claims.slots_of(db, "audit")] == ["done", "skipped", "done"]


def test_a_slot_that_a_dead_worker_had_claimed_is_done_by_the_next(store: Store, tmp_path: Path) -> None:
    dead, _ = worker(store, tmp_path)
    assert len(dead.tick(at("2026-04-10T00:30"))) == 1  # and then it is killed
    with store.write() as db:
        claims.take_over(db, now=at("2026-04-10T00:40"))
    made, app = worker(store, tmp_path)
    for minute in range(3):
        made.tick(at("2026-04-10T00:45") + timedelta(minutes=minute))
        done(made)
    assert app.did == ["audit"]
    with store.read() as db:
        assert [slot["state"] for slot in claims.slots_of(db, "audit")] == ["done"]


def test_a_slot_that_kills_every_worker_is_given_up(store: Store, tmp_path: Path) -> None:
    for _ in range(claims.MOST_TRIES):
        made, _app = worker(store, tmp_path)
        assert len(made.tick(at("2026-04-10T00:30"))) == 1
        with store.write() as db:
            claims.take_over(db, now=at("2026-04-10T00:40"))
    made, _app = worker(store, tmp_path)
    assert made.tick(at("2026-04-10T00:50")) == []
    with store.read() as db:
        (slot,) = claims.slots_of(db, "audit")
    assert slot["state"] == "failed" and "given up after try 3" in slot["note"]


def test_a_clock_set_back_runs_nothing_again(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path)
    for now in ("2026-04-10T00:30", "2026-04-09T23:30", "2026-04-10T00:31"):
        made.tick(at(now))
        done(made)
    assert len(app.did) == 2  # the slot of the day before, which had never run, and this day's
    for now in ("2026-04-10T00:30", "2026-04-09T23:30", "2026-04-10T01:00"):
        made.tick(at(now))
        done(made)
    assert len(app.did) == 2


def test_what_people_ask_for_goes_first_and_says_how_it_ended(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path)
    app.sources = ["help", "wiki"]
    made.tick(at("2026-04-10T00:30"))
    with store.write() as db:
        good = runs.request(db, "sync", by="ann", now=at("2026-04-10T00:30"))
        bad = runs.request(db, "verify", scope="nope", by="ann", now=at("2026-04-10T00:31"))
    done(made)
    assert sorted(app.did[:2]) == ["sync help", "sync wiki"] and app.did[2:] == ["audit"]
    with store.read() as db:
        states = [(runs.get_request(db, id_) or {})["state"] for id_ in (good, bad)]
    assert states == ["done", "failed"]


def test_the_schedules_audit_reads_first_what_was_not_read_of_late(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path)
    app.sources = ["help", "own", "fresh"]
    app.settings.schedules = {"own": "sunday 02:00"}
    with store.write() as db:
        runs.put_source(db, "fresh", connector="x", state="ok", message="", synced_at=datetime.now(UTC))
    made.tick(at("2026-04-10T00:30"))
    done(made)
    assert app.did == ["sync help", "audit"]


def test_a_source_that_hangs_delays_neither_the_others_nor_the_audit(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbaudit.scheduler.worker.AUDIT_WAITS", 0.3)
    made, app = worker(store, tmp_path, sync="every hour")
    app.sources = ["help", "sick"]
    for hour in (1, 2, 3):
        made.tick(at(f"2026-04-10T0{hour}:00"))
        done(made, "sick")
    assert app.did.count("sync help") == 3 and app.did.count("sync sick") == 1 and "audit" in app.did
    with store.read() as db:
        states = {name: [slot["state"] for slot in claims.slots_of(db, f"sync:{name}")] for name in app.sources}
    assert states == {"help": ["done"] * 3, "sick": ["skipped", "skipped", "claimed"]}
    app.sick.set()
    done(made)
    with store.read() as db:
        assert claims.slots_of(db, "sync:sick")[-1]["state"] == "done"


def test_every_source_has_its_own_schedule_and_a_paused_one_none(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path, audit="off")
    times = {"help": "every 2 hours", "wiki": "04:00", "off": "off"}
    app.settings.schedule_of = times.__getitem__
    app.sources = list(times)
    for hour in range(6):
        made.tick(at(f"2026-04-10T0{hour}:01"))
        done(made)
    assert sorted(app.did) == ["sync help"] * 3 + ["sync wiki"] * 2
    app.sources = []
    assert made.tick(at("2026-04-10T08:00")) == []


@pytest.mark.parametrize(
    ("schedule", "now", "following"),
    [
        ("every 6 hours", "2026-04-10T05:59", "2026-04-10T06:00"),
        ("every 6 hours", "2026-04-10T06:00", "2026-04-10T12:00"),
        ("every hour", "2026-04-10T05:01", "2026-04-10T06:00"),
        ("02:30", "2026-04-10T00:29", "2026-04-10T00:30"),
        ("02:30", "2026-04-10T00:30", "2026-04-11T00:30"),
        ("monday 06:00", "2026-04-10T12:00", "2026-04-13T04:00"),
        ("02:30", "2026-10-24T00:31", "2026-10-25T00:30"),  # the clock is set back that night
        ("off", "2026-04-10T12:00", None),
    ],
)
def test_the_slot_that_follows(schedule: str, now: str, following: str | None) -> None:
    assert slots.following(schedule, at(now), BERLIN) == (at(following) if following else None)


def test_a_job_that_breaks_ends_its_slot_and_not_the_worker(store: Store, tmp_path: Path) -> None:
    made, app = worker(store, tmp_path)
    app.audit = lambda by: 1 / 0  # type: ignore[assignment]
    (task,) = made.tick(at("2026-04-10T00:30"))
    assert made.next_task() == task
    assert made.work(task) is False
    with store.read() as db:
        (slot,) = claims.slots_of(db, "audit")
    assert slot["state"] == "failed" and "ZeroDivisionError" in slot["note"]
    assert made.work(Task("audit")) is False


def test_the_ticker_ticks_at_once_and_starts_afresh_when_the_clock_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    ticked = threading.Event()
    ticker = Ticker(ticked.set)
    ticker.start()
    try:
        assert ticked.wait(5)
        assert ticker.look() is False
        ticked.clear()
        real = time.time
        monkeypatch.setattr("kbaudit.scheduler.ticker.time.time", lambda: real() + DRIFT + 3600)
        assert ticker.look() is True
        assert ticked.wait(5)
        assert ticker.look() is False
    finally:
        ticker.stop()


# The wire -----------------------------------------------------------------------------------------------------


def test_a_question_goes_over_the_wire_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    close = wire.listen(folder, lambda do, arguments: {"do": do, **arguments})
    try:
        assert wire.ask(folder, "ask", question="où? ✓", k=3) == {"do": "ask", "question": "où? ✓", "k": 3}
        assert (folder / wire.NAME).stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        close()
    with pytest.raises(SourceUnavailable, match="does not answer"):
        wire.ask(folder, "ask")


def test_a_deep_data_folder_has_a_socket_too(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 20) / ("folder" * 10) / "run"
    close = wire.listen(folder, lambda do, arguments: do)
    try:
        assert wire.ask(folder, "ping") == "ping"
    finally:
        close()


def test_what_is_wrong_is_told_apart_from_what_broke(tmp_path: Path) -> None:
    def answer(do: str, arguments: object) -> object:
        raise UsageError("a question has words") if do == "wrong" else ZeroDivisionError("x")

    close = wire.listen(tmp_path / "run", answer)
    try:
        with pytest.raises(UsageError, match="has words"):
            wire.ask(tmp_path / "run", "wrong")
        with pytest.raises(SourceUnavailable, match="ZeroDivisionError"):
            wire.ask(tmp_path / "run", "broken")
    finally:
        close()


# The parent ---------------------------------------------------------------------------------------------------


def parent_of(code: str) -> tuple[Parent, Child, list[str]]:
    said: list[str] = []
    child = Child("child", [sys.executable, "-c", code])
    return Parent([child], said.append), child, said


def run(parent: Parent, until: Any) -> None:
    """The parent's loop in this thread, stopped as soon as something holds."""

    def watch() -> None:
        deadline = time.monotonic() + 20
        while not until() and time.monotonic() < deadline:
            time.sleep(0.05)
        parent._stopping.set()

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    threading.Thread(target=watch, daemon=True).start()
    try:
        parent.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_child_that_dies_is_started_again() -> None:
    parent, child, said = parent_of("import os; os.kill(os.getpid(), 9)")
    run(parent, lambda: child.starts >= 2)
    assert child.starts >= 2
    assert said[0] == "child was killed by signal 9; it starts again in 2 s"


def test_a_child_that_cannot_work_ends_the_service() -> None:
    parent, child, _ = parent_of("raise SystemExit(2)")
    run(parent, lambda: False)
    assert child.starts == 1


def test_children_end_with_their_parent_even_when_it_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    child = (
        "import os, pathlib, time; from kbaudit.serve.parent import hold_lifeline; hold_lifeline();"
        f"pathlib.Path({str(mark)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    code = (
        "import sys; from kbaudit.serve.parent import Child, Parent;"
        f"Parent([Child('c', [sys.executable, '-c', {child!r}])], print).run()"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        deadline = time.monotonic() + 20
        while not (mark.exists() and mark.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        parent.kill()
    pid = int(mark.read_text())
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists() or "Z" in _state(pid)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_a_holder_is_known_by_its_start_and_not_by_its_number_alone() -> None:
    from kbaudit.jobs.holder import alive, me

    assert alive(me())
    host, pid, born = me().rsplit("/", 2)
    assert not alive(f"{host}/{pid}/{int(born) + 1}")
    assert alive(f"elsewhere.example/{pid}/1")
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    assert not alive(f"{host}/{child.pid}/1")
    assert os.getpid() == int(pid)


@pytest.mark.parametrize("wanted", [False, True])
def test_answers_are_made_ready_again_after_a_job_where_somebody_asks(
    store: Store, tmp_path: Path, wanted: bool
) -> None:
    made, app = worker(store, tmp_path)
    app.answering.wanted = wanted
    assert made.lead()
    assert made.work(Task("audit"))
    if made._warming is not None:
        made._warming.join(10)
    assert ("warm" in app.did) == wanted
