"""What authors of checks and connectors test with: real snapshots from rows, and the conformance suite."""

from typing import TYPE_CHECKING, Any

from kbaudit.testing.snapshots import findings_of, snapshot_of

if TYPE_CHECKING:
    from kbaudit.testing.connectors import ConnectorConformance
    from kbaudit.testing.server import Reply, Request, serve

__all__ = ["ConnectorConformance", "Reply", "Request", "findings_of", "serve", "snapshot_of"]


def __getattr__(name: str) -> Any:
    # The suite needs pytest, which a shop that only runs kbaudit does not have.
    if name == "ConnectorConformance":
        from kbaudit.testing import connectors

        return connectors.ConnectorConformance
    if name in ("Reply", "Request", "serve"):
        from kbaudit.testing import server

        return getattr(server, name)
    raise AttributeError(name)
