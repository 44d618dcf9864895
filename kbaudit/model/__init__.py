"""Frozen dataclasses: what the rest of kbaudit passes around. No behaviour beyond derived properties."""
