"""Delete what is kept no longer: old conversations, tombstones, runs, answers to repeated requests, unused vectors."""

from __future__ import annotations

from datetime import timedelta

from kbaudit.config import Settings
from kbaudit.jobs.applying import Clock, utc_now
from kbaudit.jobs.corpus import place_of, settings_digest
from kbaudit.jobs.holder import alive, me
from kbaudit.store import Store, access, conversations, documents, intake, outbox, probes, runs, staging
from kbaudit.store.kept import Kept

# Old enough that nobody repeats a request, tries a password again or reads a delivered message.
SHORT = timedelta(days=7)


def prune(
    store: Store, settings: Settings, model: str, *, by: str = "kbaudit", clock: Clock = utc_now
) -> dict[str, int]:
    """Delete what is older than the configuration allows; counts by what it was."""
    now = clock()
    privacy = settings.privacy
    with store.write() as db:
        run = runs.begin(db, "prune", holder=me(), alive=alive, by=by, now=now)
        place = place_of(settings, (), documents.locales(db))
    with store.write() as db:
        counts = {
            "conversations": conversations.expire(db, before=now - timedelta(days=privacy.conversation_days)),
            "probes": probes.forget(db),
            "tombstones": intake.purge(db, before=now - timedelta(days=privacy.tombstone_days)),
            "runs": runs.forget(db, before=now - timedelta(days=privacy.run_days)),
            "sessions": access.close_old_sessions(db, before=now - SHORT),
            "attempts": access.forget_failures(db, before=now - SHORT),
            "requests": access.forget_requests(db, before=now - timedelta(days=1)),
            "readings": staging.forget(db, now),
            "messages": outbox.forget(db, before=now - SHORT),
        }
    counts |= Kept(store, settings_digest(settings, place), model, now).sweep()
    with store.write() as db:
        runs.finish(db, run, "done", now=clock(), counts=counts)
    store.checkpoint()
    return counts
