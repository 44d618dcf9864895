"""Transitions to messages for other programs: what is told, and how it is signed."""
