"""What authors of checks and connectors test with: real snapshots from rows, and the conformance suite."""

from kbaudit.testing.snapshots import findings_of, snapshot_of

__all__ = ["findings_of", "snapshot_of"]
