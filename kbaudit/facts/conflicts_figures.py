# ruff: noqa: E501 - patterns stand on one line each
"""Numbers that rule nothing: how large the company is, how many pages a booklet has, what share of guests was content."""

from __future__ import annotations

import re

from kbaudit.text.quantities import Quantity

_STATISTIC = re.compile(
    r"\b(?:as of (?:today|now)|at present|presently|so far|to date|average|approximately \d|million|billion|recipients|followers|downloads|statistic\w*|estimated|\d[\d.,]{3,}\+? (?:\w+ ){0,2}(?:users|customers|employees|members|people|shops|stores|businesses|companies|products|reviews|downloads)|(?:team|staff) of \d+|\bour \d+ [a-z]+s\b|\b(?:run|runs) to \d+|\d+\+? (?:countries|languages|locations|employees|stores|branches)|(?:rated|rating of|out of (?:5|five|10|ten))\b|\b\d+ (?:pages|chapters|slides|minutes read|percent of (?:our |all )?\w+ (?:were|was|are|said|liked|rated|would))\b|% of (?:our |all |the )?(?:\w+ )?(?:customers|guests|users|members|clients|travellers|respondents|students|patients|buyers)\b)",
    re.IGNORECASE,
)
# "We work with 40 banks": how large the company is.
_COUNTED = re.compile(
    r"\b(?:works? with|serv(?:e|es|ing)|employ(?:s|ing)?|partner(?:s|ed|ing)? with|cooperates? with|operat(?:e|es|ing)|runs?|represents?|brings? together|represented in|present in|active in|united|home to|counts?|lists?|shows?|features?|spans?|numbers?|employs|trusted by|chosen by|(?:have|has) (?:already |now |since )?\w+(?:ed|en|wn|ld|nt|ught))\s(?:over |more than |about |around |some |nearly |almost |currently |now |already |a total of |up to |all )*\Z",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|shall|at least|at most|no more|minimum|maximum|up to|require[sd]?|need|limit\w*)\b", re.IGNORECASE
)
_CONTENT = re.compile(r"%\s?(?:of (?:our|all|the) \w+ (?:were|was|are|have)|customers|satisf)")


def figure(text: str, quantity: Quantity) -> bool:
    """Whether a number or a share in a sentence only tells of the company, its papers or its past."""
    if quantity.kind not in ("number", "percent"):
        return False
    if _CONTENT.search(text) or (_STATISTIC.search(text) and not (_DUTY.search(text) and quantity.bound)):
        return True
    return quantity.kind == "number" and not _DUTY.search(text) and _COUNTED.search(text[: quantity.start]) is not None
