"""Every error that kbaudit raises on purpose.

KbauditError
├── UsageError            the caller typed or configured something wrong: exit status 2
│   └── ConfigError       one or more problems in config/*.toml, all of them in one report
├── SourceError           a connector could not deliver
│   ├── SourceRefused     401, 403, a robots.txt that says no: not retried
│   └── SourceUnavailable 5xx, time-outs, broken answers: retried with backoff
├── BlockedAddress        an address that the guarded client does not dial
├── Unreadable            one record could not be read; the run goes on without it
├── ModelError            the embedding model is missing, altered or unusable
├── IndexBroken           the vector index is damaged: rebuild it from the store
├── IndexLocked           another process owns the vector index
└── StoreError            the store is missing, newer than this program, or locked
    ├── DiskFull          there is no room to write: nothing was written, reading goes on
    └── JobRunning        the same job is at work already: wait for it

Errors are named by what the caller does next. The sentence says where, what was seen, and what to do.
"""


class KbauditError(Exception):
    """Base of every error raised on purpose; `str(error)` is a sentence for a person."""


class UsageError(KbauditError):
    """Wrong usage: the sentence says what to type instead."""


class ConfigError(UsageError):
    """The configuration has problems; `problems` holds every one of them, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class SourceError(KbauditError):
    """A source could not be read."""


class SourceRefused(SourceError):
    """The source answered and said no (401, 403, robots.txt): retrying will not help."""


class SourceUnavailable(SourceError):
    """The source did not answer usefully (5xx, time-out, broken body): worth a retry."""

    def __init__(self, message: str, retry_after: float | None = None, status: int | None = None) -> None:
        self.retry_after = retry_after
        self.status = status
        super().__init__(message)


class BlockedAddress(SourceError):
    """The guarded client refused to dial an address (private, loopback, link-local, metadata)."""


class Unreadable(KbauditError):
    """One record could not be read; the reason is the message."""


class ModelError(KbauditError):
    """The embedding model is missing, altered or cannot be loaded."""


class IndexBroken(KbauditError):
    """The vector index is damaged: rebuild it from the store (`kbaudit reindex`)."""


class IndexLocked(KbauditError):
    """Another process owns the vector index."""


class StoreError(KbauditError):
    """The store cannot be opened or is newer than this program."""


class DiskFull(StoreError):
    """There is no room to write. Nothing was written; what is stored can be read."""


class JobRunning(StoreError):
    """The same job is at work on the same thing already."""
