"""Whether two values of one policy can both hold."""

from __future__ import annotations

from decimal import Decimal

from kbaudit.facts import scope_words
from kbaudit.model.claim import Claim
from kbaudit.text.quantities import close, same_values

# "Up to 5 years" beside "2 years" is a ceiling over several lengths; a window of "up to 30 days" is a window.
_CEILING = frozenset(
    {
        "warranty_length",
        "restocking_fee",
        "segment_discount",
        "welcome_discount",
        "subscription_discount",
        "referral_reward",
        "deposit",
        "installments",
        "shipping_fee",
    }
)
# Prices "from $4.95" name the least of several.
_FLOOR = frozenset(
    {"shipping_fee", "return_fee", "gift_wrap_fee", "redelivery_fee", "deposit", "warranty_length", "data_retention"}
)
# Periods that run from different moments measure different things.
_STARTS_APART = frozenset({"delivery_time", "refund_time", "processing_time", "warranty_length"})
_STARTS_DIFFER = frozenset({"return_window"})


def differ(a: Claim, b: Claim) -> bool:
    """Whether two claims of the same policy and scope cannot both be right."""
    if a.policy in ("payment_methods", "countries_served", "carriers"):
        return _lists(a, b)
    if a.policy == "store_places":
        return a.polarity != b.polarity and bool(a.terms & b.terms)
    if a.policy == "support_phone":
        return a.terms != b.terms
    if a.policy == "support_email":
        # Two mailboxes of one house may both be read; another house is a mistake or an old name.
        return {term.partition("@")[2] for term in a.terms} != {term.partition("@")[2] for term in b.terms}
    if a.policy in ("support_hours", "store_hours"):
        return _hours(a, b)
    if a.terms or b.terms:
        return a.terms != b.terms or a.polarity != b.polarity
    if a.unit == "any" or b.unit == "any":
        return a.low != b.low
    if _money(a) and _money(b) and a.unit != b.unit:
        return False
    if (a.unit == "percent") != (b.unit == "percent") and a.policy != "restocking_fee":
        return False
    if (a.unit == "percent") != (b.unit == "percent"):
        return True
    if a.policy in _STARTS_APART and a.starts and b.starts and a.starts != b.starts:
        return False
    if a.unit == "unlimited" or b.unit == "unlimited":
        return a.unit != b.unit
    if same_values((a.low, a.high, a.unit or ""), (b.low, b.high, b.unit or "")):
        return (
            a.policy in _STARTS_DIFFER
            and {a.starts, b.starts} == {"purchase", "delivery"}
            and a.scope.channels == b.scope.channels
        )
    if a.policy in ("delivery_time", "processing_time", "refund_time", "response_time"):
        return _times(a, b)
    return _amounts(a, b)


def _money(claim: Claim) -> bool:
    return bool((claim.unit and len(claim.unit) == 3 and claim.unit.isupper()) or claim.unit == "$")


def _inside(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    return value is not None and low is not None and high is not None and low <= value <= high


def _amounts(a: Claim, b: Claim) -> bool:
    for one, other in ((a, b), (b, a)):
        if one.low != one.high and other.low == other.high and _inside(other.low, one.low, one.high):
            return False
        if (
            one.policy in _CEILING
            and one.bound == "ceiling"
            and other.bound != "ceiling"
            and other.high is not None
            and one.high is not None
            and other.high <= one.high
        ):
            return False
        if (
            one.policy in _FLOOR
            and one.bound == "min"
            and other.bound != "min"
            and other.low is not None
            and one.low is not None
            and other.low >= one.low
        ):
            return False
        if one.bound == "about" and one.low and other.low and abs(one.low - other.low) <= one.low / 4:
            return False
    return True


def _calendar(claim: Claim) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Least and most calendar days of the lower and the upper bound."""
    low = claim.low or Decimal(0)
    high = claim.high or low
    if claim.unit == "business_day":
        return low, low + 2 * -(-low // 5), high, high + 2 * -(-high // 5)
    return low, low, high, high


def _times(a: Claim, b: Claim) -> bool:
    if a.unit != b.unit:
        a_low, _, a_high, a_most = _calendar(a)
        b_low, _, b_high, b_most = _calendar(b)
        if a_most < b_low or b_most < a_low:
            return True
        # Upper bounds that cannot be the same day, and no ceiling that covers both.
        apart = a_most < b_high or b_most < a_high
        covered = "ceiling" in (a.bound, b.bound) or "about" in (a.bound, b.bound)
        single = (a.low == a.high and _inside(a.high, b_low, b_most)) or (
            b.low == b.high and _inside(b.high, a_low, a_most)
        )
        return apart and not covered and not single
    for one, other in ((a, b), (b, a)):
        if one.low == one.high:
            if other.low != other.high and _inside(one.high, other.low, other.high):
                return False
            if one.bound in ("min",) and other.low is not None and one.low is not None and other.low >= one.low:
                return False
            if (
                one.bound == "ceiling"
                and other.bound != "ceiling"
                and other.high is not None
                and one.high is not None
                and other.high <= one.high
            ):
                return False
        if (
            one.bound == "about"
            and one.high
            and other.high
            and abs(one.high - other.high) <= max(Decimal(1), one.high / 4)
        ):
            return False
    return not (close(a.low, b.low, a.unit) and close(a.high, b.high, a.unit))


def _hours(a: Claim, b: Claim) -> bool:
    if a.high is not None and b.high is not None and a.high - (a.low or 0) == 1440 and b.high - (b.low or 0) == 1440:
        return False
    if (a.high or 0) - (a.low or 0) >= 1440 or (b.high or 0) - (b.low or 0) >= 1440:
        return True
    if ("zone" in a.terms) != ("zone" in b.terms):
        # Without a zone the hours are compared as they stand only where neither has one.
        return False
    return (a.low, a.high) != (b.low, b.high)


def _covers(outer: frozenset[str], place: str) -> bool:
    return place in outer or "INTL" in outer or ("EU" in outer and place in scope_words.EU_MEMBERS)


def _lists(a: Claim, b: Claim) -> bool:
    if a.policy == "carriers":
        return any(one.bound == "only" and bool(other.terms - one.terms) for one, other in ((a, b), (b, a)))
    if a.polarity != b.polarity:
        yes, no = (a, b) if a.polarity else (b, a)
        if a.policy == "countries_served":
            # "We do not ship abroad" beside "we ship to Canada", "not to Norway" beside "to Norway".
            return bool(no.terms & yes.terms) or (
                "INTL" in no.terms
                and bool(yes.terms - {"US", "GB", "HOME"})
                and len(no.terms) == 1
                and "INTL" not in yes.terms
            )
        return bool(no.terms & yes.terms)
    if not a.polarity:
        return False
    for only, other in ((a, b), (b, a)):
        if only.bound == "only":
            extra = {
                place
                for place in other.terms
                if not (_covers(only.terms, place) if a.policy == "countries_served" else place in only.terms)
            }
            if a.policy == "payment_methods" and ("credit card" in only.terms or "debit card" in only.terms):
                extra -= {"Visa", "Mastercard", "American Express", "Discover", "debit card", "credit card"}
            if a.policy == "payment_methods" and extra <= {"debit card", "gift card", "credit card"}:
                continue
            if a.policy == "countries_served" and {"US-48", "US-NA"} & (only.terms | other.terms):
                extra -= {"US", "US-48", "US-NA", "US-AK", "US-HI", "PR"} if not other.bound else {"US"}
            if extra:
                return True
    return False
