"""The relational store: the truth, vectors included. The only writer of the database.

`open_store(url)` gives a `Store`; `with store.read() as db:` or `with store.write() as db:` a connection, which the
functions of the modules take: `findings` (the queue and what people do to it), `known` (what an audit reads and writes
of it), `documents` (articles, versions, products), `intake` (what a sync writes of them), `staging` (what it has read
and not yet applied), `conversations`, `runs` (runs, sources, holds, requests), `slots` (slots and the leader),
`reports` (gaps, events, figures), `access` (users, sessions, keys, audit log), `outbox` (messages to send). `kept`
holds vectors and facts by content.
"""

from kbaudit.store.database import HEAD, Store, open_store

__all__ = ["HEAD", "Store", "open_store"]
