"""Parsing of what others wrote: in this process where it is small and plain, else in a killable child.

Nothing here raises for content. What cannot be parsed in its limits comes back in part, flagged, or empty, with the
reason among the flags: `truncated` (too long), `too_complex` (too many or too deep tags), `parser_failed: …`,
`text_lost` (the parser dropped most of the text).
"""

from __future__ import annotations

from kbaudit.parsing.guard import close, safe_extract, safe_page

__all__ = ["close", "safe_extract", "safe_page"]
