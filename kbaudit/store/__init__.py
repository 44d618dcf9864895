"""The relational store: the truth, vectors included. The only writer of the database.

`open_store(url)` gives a `Store`; `with store.read() as db:` or `with store.write() as db:` a connection, which the
functions of the modules take: `findings` (the queue), `documents` (articles, versions, products), `conversations`,
`runs` (runs, sources, holds, requests, slots, the leader), `reports` (gaps, events, figures), `access` (users,
sessions, keys, audit log), `outbox` (messages to send), `cache` (vectors and facts by content).
"""

from kbaudit.store.database import HEAD, Store, open_store

__all__ = ["HEAD", "Store", "open_store"]
