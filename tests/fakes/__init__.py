"""Stand-ins for the systems that kbaudit reads: stateful, on loopback."""
