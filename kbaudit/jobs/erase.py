"""Erase a customer: out of the rows at once, out of the bytes before it returns."""

from __future__ import annotations

from kbaudit.jobs.applying import Clock, utc_now
from kbaudit.store import Store, access, codec, erasure


def subject_of(pepper: bytes, customer: str) -> str:
    """The keyed hash under which a customer id (or address) is stored."""
    return codec.mark(pepper, customer.strip().lower().encode("utf-8", "surrogatepass"))


def erase(store: Store, pepper: bytes, customer: str, *, by: str, clock: Clock = utc_now) -> dict[str, int]:
    """Delete what is kept of a customer and overwrite the free pages. Safe to repeat after a crash.

    The ledger is written in the same transaction, so that no later sync takes the conversations in again. Backups are
    not reached: restore one, and the ledger of the newer store has to be applied again.
    """
    subject = subject_of(pepper, customer)
    with store.write() as db:
        counts = erasure.erase(db, subject)
        access.log(db, by, "erase", now=clock(), target=subject[:12], detail=counts)
    store.vacuum()
    return counts


def reapply(store: Store) -> dict[str, int]:
    """After a restore: erase again everybody in the ledger."""
    with store.read() as db:
        ledger = sorted(erasure.erased(db))
    total: dict[str, int] = {}
    for subject in ledger:
        with store.write() as db:
            for name, count in erasure.erase(db, subject).items():
                total[name] = total.get(name, 0) + count
    store.vacuum()
    return total
