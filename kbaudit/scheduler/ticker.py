"""APScheduler, used for nothing but ticking: jobs in memory, declared here at every start."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

# APScheduler recovers badly from a changed clock with shorter intervals (its issues 526, 752, 1066).
SECONDS = 60
# Wall clock and monotonic clock may part by so much between two looks before the ticker is started afresh.
DRIFT = 60.0
log = logging.getLogger("kbaudit.scheduler")


class Ticker:
    """Calls `tick` once a minute until stopped, whatever the clock does."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._scheduler: BackgroundScheduler | None = None
        self._offset = time.time() - time.monotonic()

    def start(self) -> None:
        """Start ticking, at once and then every minute."""
        from datetime import UTC, datetime

        scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_listener(self._note, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(self._tick, "interval", seconds=SECONDS, id="tick", next_run_time=datetime.now(UTC))
        scheduler.start()
        self._scheduler = scheduler

    def look(self) -> bool:
        """Start afresh if the clock was changed; call it every few seconds. Tells whether it had to."""
        offset = time.time() - time.monotonic()
        if abs(offset - self._offset) <= DRIFT:
            return False
        log.warning("the clock moved by %.0f s: the ticker starts afresh", offset - self._offset)
        self._offset = offset
        self.stop()
        self.start()
        return True

    def stop(self) -> None:
        """Stop ticking."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    @staticmethod
    def _note(event: JobExecutionEvent) -> None:
        log.error("tick: %s", getattr(event, "exception", None) or "missed or overlapping")
