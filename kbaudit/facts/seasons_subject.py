"""What an article is about: one occurrence of an event, a yearly promise, the event in general, or a look back."""

# ruff: noqa: E501 - a pattern is read as one line

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

from kbaudit.facts.calendar import Calendar
from kbaudit.facts.seasons_events import Finder, product_like, year_beside
from kbaudit.facts.seasons_roles import RECURRING
from kbaudit.model.document import Document, Span
from kbaudit.model.event import DateMention, EventMention, SeasonSubject

ACTIVE = frozenset({"deadline", "offer", "promise", "closure", "window"})

HISTORY_TITLE = re.compile(
    r"\b(?:recap|review|results?|winners?|looking\sback|look\sback|story|stories|history|origins?|retrospective|statistics|stats|lessons|thank\syou|thanks|highlights|report|case\sstudy|why\sis\sit\scalled|meaning\sof|behind|etymology|a\sbrief|how\s(?:we|it)\s(?:did|went)|wrap-?up|press|in\sthe\snews|year\sin\sreview|post-?mortem|trends?)\b",
    re.IGNORECASE,
)
# Words in a title that stand for an event that the text then names.
HINTS = {
    "Father's Day": r"\b(?:fathers?|dads?|daddy|papa)\b",
    "Mother's Day": r"\b(?:mothers?|mums?|moms?|mommy|mummy)\b",
    "Valentine's Day": r"\b(?:love|lovers?|sweethearts?|romantic)\b",
    "Christmas": r"\b(?:gifts?|presents?|stocking|wrapping|under\sthe\stree|winter)\b",
    "Halloween": r"\b(?:spooky|costumes?|trick\sor\streat|haunted)\b",
    "Easter": r"\b(?:bunny|bunnies|eggs?|egg\shunt)\b",
    "Black Friday": r"\b(?:biggest\ssale|doorbusters?)\b",
    "Lunar New Year": r"\b(?:factory|supplier|red\senvelopes?|hongbao)\b",
}
# "What our appeal achieved", "How you celebrated": a question that the past answers.
TOLD_TITLE = re.compile(
    r"^(?:[^:]{0,30}:\s)?(?:what|how|where|who)\b(?!.*\b(?:is|are|be|gets?|being|do|does|to)\b).*\b(?:\w{3,}ed|did|made|went|gave|was|were|had|came|built|sold|won)\b",
    re.IGNORECASE,
)
ARCHIVE = re.compile(
    r"\b(?:press(?:\sreleases?|\sroom)?|changelog|change\slog|release\snotes?|what['’]?s\snew|known\sissues?|archives?|archived|incidents?|status\shistory|company\shistory|history|our\sstory|about\sus|version\shistory|legal\sarchive|media)\b",
    re.IGNORECASE,
)
ARCHIVED_NOTE = re.compile(
    r"\b(?:this\s(?:page|article|post|offer|promotion|sale|event)\s(?:is|has\sbeen)\s(?:archived|kept\sfor\s(?:reference|the\srecord)|no\slonger\s(?:active|current|valid|updated))|for\s(?:historical|archive|archival)\s(?:reference|purposes)|kept\shere\sfor\sreference|(?:sale|offer|promotion|event)\shas\s(?:now\s)?(?:ended|finished|closed))\b",
    re.IGNORECASE,
)
DEICTIC = re.compile(
    r"\b(?:this\s(?:year|christmas|easter|season|holiday|halloween|valentine['’]?s|mother['’]?s|father['’]?s|black\sfriday|festive|thanksgiving|diwali|eid|ramadan|spring|summer|autumn|fall|winter|weekend|november|december)|(?:is|are)\s(?:just\s|right\s|nearly\s|almost\s|now\s|finally\s|officially\s|fast\s)*(?:around\sthe\scorner|approaching|upon\sus|coming|here|on\sits\sway|live|back)|around\sthe\scorner|coming\sup|coming\ssoon|almost\shere|nearly\shere|now\s(?:live|on)|on\snow|last\schance|hurry|while\sstocks?\slasts?|don['’]t\smiss|get\sready|limited\stime|(?:ends?|starts?|begins?|finish(?:es)?)\s(?:on\s)?(?:soon|tonight|tomorrow|today|this|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|starts\s(?:soon|tonight|tomorrow|today)|biggest\s(?:sale|event)|not\stoo\slate|in\sfull\sswing|'tis\sthe\sseason|early\saccess|sneak\speek|doorbusters?|upcoming)\b",
    re.IGNORECASE,
)
STARTS_ASKING = re.compile(
    r"^\s*(?:do|does|can|could|is|are|will|what|why|how|when|where|which|should|may)\b", re.IGNORECASE
)
PROMO_TITLE = re.compile(
    r"\b(?:sale|sales|deals?|offers?|gift\s(?:guide|ideas?)|gifts?|promo(?:tion)?s?|specials?|discounts?|deadlines?|order(?:ing)?\sdates?|last\s(?:order|posting|shipping)|delivery\sdates?|shipping\s(?:dates|schedule|deadlines|cut-?offs?)|cut-?off|giveaway|hours|opening|early\saccess|collection|menu|hampers?)\b",
    re.IGNORECASE,
)
# Titles that leave it to the text to say what the page is about.
NOTICE_TITLE = re.compile(
    r"\b(?:notices?|announcements?|updates?|important|news|information|info|message|schedule|closed|closures?|closing|reminder|attention|heads[\s-]up|banner|pop-?up)\b",
    re.IGNORECASE,
)
SALE_TITLE = re.compile(r"\b(?:sales?|deals?|offers?|promo\w*|specials?|hours|opening\stimes)\b", re.IGNORECASE)
# Titles of pages that stay whatever stands on them: a dated passage there is a passage, not the subject.
STANDING_TITLE = re.compile(
    r"^\W*(?:our\s|your\s|the\s|about\s(?:our\s|us)?|general\s|international\s|domestic\s|free\s|standard\s|express\s)*"
    r"(?:shipping|delivery|deliveries|returns?|refunds?|exchanges?|contact|customer\s(?:service|care|support)|support|help|faqs?|frequently|payments?|ways\sto\spay|stores?|shops?|showrooms?|about|privacy|terms|conditions|warrant(?:y|ies)|guarantee|gift\s(?:cards?|vouchers?|wrapping|receipts?)|track\w*|sizes?|sizing|orders?|ordering|accounts?|loyalty|points|rewards?|membership|newsletter|pick-?up|collection|click|prices?|pricing|price\smatch|discounts?|vouchers?|where|how|versand|lieferung|rückgabe|kontakt|zahlung|livraison|retours?|paiement|spedizione|envíos?|devoluciones|verzending|bezorging|imprint|impressum|cookies?|careers|jobs|repairs?|care|materials?|sustainability|wholesale|resellers?|referr?\w*|subscriptions?|plans?|billing|invoices?|cancel\w*)\b",
    re.IGNORECASE,
)
DATES_TITLE = re.compile(
    r"\b(?:last\s(?:order(?:ing)?|posting|shipping|delivery|dispatch)|order(?:ing)?\s(?:deadlines?|dates|by)|deadlines?|cut-?offs?|(?:shipping|delivery|posting|dispatch)\s(?:deadlines?|dates|schedule|cut-?offs?)|opening\s(?:hours|times)|hours)\b",
    re.IGNORECASE,
)
OFFER_BODY = re.compile(
    r"\d\s?%\s?(?:off|discount)|\b(?:save\s(?:up\sto\s)?[$£€]?\d|up\sto\s\d+\s?%|use\s(?:the\s)?code|order\sby|free\s(?:express|shipping|delivery)|shop\snow|gift\sguide)\b",
    re.IGNORECASE,
)
QUESTION_TITLE = re.compile(
    r"^\s*(?:do|does|can|could|is|are|will|what|why|how|when|where|which|should|may)\b|\?\s*$", re.IGNORECASE
)
GENERIC_TITLE = re.compile(
    r"\b(?:public|bank|national|federal|statutory)\sholidays?\b|\bnon-?(?:business|working)\sdays?\b", re.IGNORECASE
)


def slug_of(document: Document) -> str:
    """The words of the last segments of an address, else of an id that is a path."""
    path = urlsplit(document.url).path if document.url else ""
    if not path or not re.search(r"[a-z]{3}", path, re.IGNORECASE):
        path = document.id if re.search(r"[a-z]{3}", document.id, re.IGNORECASE) else ""
    segments = [s for s in unquote(path).split("/") if s]
    return re.sub(r"^\d{5,}-", "", segments[-1]) if segments else ""


def is_archive(document: Document) -> bool:
    """Whether a page is kept as a record: press, changelog, history; by its section, labels, title or own words."""
    fields = " | ".join([document.section or "", *document.labels])
    if ARCHIVE.search(fields) or re.search(
        r"\b(?:changelog|release\snotes|version\shistory|history\sof|press\srelease|our\s(?:story|history)|company\shistory|post-?mortem|known\sissue)\b",
        document.title,
        re.IGNORECASE,
    ):
        return True
    return ARCHIVED_NOTE.search(document.text[:600]) is not None


class Subject:
    """Works out what one document is about."""

    def __init__(
        self,
        document: Document,
        calendar: Calendar,
        finder: Finder,
        events: Sequence[EventMention],
        dates: Sequence[DateMention],
        region: str,
    ) -> None:
        self.document = document
        self.calendar = calendar
        self.region = region
        self.dates = dates
        self.title_end = len(document.title)
        self.events = [mention for mention in events if mention.field is None]
        self.lists: dict[int, bool] = {}
        self.slug = slug_of(document)
        self.slug_events = finder.find(self.slug.replace("_", "-"), "url") if self.slug else []
        labels = " | ".join([*document.labels, (document.section or "").split(">")[-1]])
        self.label_events = finder.find(labels, "labels") if labels else []

    def judge(self) -> SeasonSubject | None:
        """The subject, or None where the article is about no event."""
        chosen = self._event()
        if chosen is None:
            return None
        event, share = chosen
        named, field = self._named(event)
        text = self.document.text
        stated, title_year = self._stated_years(event)
        kind: str
        if self._history(event, stated):
            return SeasonSubject(event=event, kind="history", named=named, named_field=field, title_year=title_year)
        own = self._own_dates(event)
        strong = [d for d in own if d.start is not None and d.role in (*ACTIVE, "mention")]
        year, basis, dated, dated_field = self._year(event, strong, stated, title_year)
        until = self._until(event, year, own)
        possible: tuple[int, ...] = ()
        strength = 0.9
        if year is None:
            open_dates = [d for d in own if d.start is None and d.role in ACTIVE]
            weekday = [d for d in own if d.start is None and d.years and d.role in (*ACTIVE, "mention")]
            promises = [d for d in open_dates if d.role in ("deadline", "offer", "closure", "promise") and d.day]
            deictic = self._deictic(event)
            recurring = RECURRING.search(text) is not None
            if weekday:
                kind, possible, strength = "occurrence", weekday[0].years, 0.85
                dated = weekday[0].span
            elif recurring and not deictic:
                kind = "recurring"
            elif self._in_title_or_slug(event) and [
                d for d in promises if d.role in ("deadline", "offer") or (d.role == "closure" and self._movable(event))
            ]:
                kind, strength = "occurrence", 0.75
                dated = promises[0].span
            elif deictic and self._in_title_or_slug(event) and not STARTS_ASKING.search(self.document.title):
                kind, strength = "occurrence", 0.7
                dated = deictic
            elif (
                PROMO_TITLE.search(self.document.title)
                and self._in_title(event)
                and not QUESTION_TITLE.search(self.document.title)
                and (offer := OFFER_BODY.search(text, self.title_end))
                and not [d for d in open_dates if d.role == "window"]
            ):
                kind, strength = "occurrence", 0.6
                dated = offer.span()
            else:
                kind = "recurring" if [d for d in open_dates if d.role == "window"] or recurring else "evergreen"
        else:
            kind = "occurrence"
            strength = 0.97 if basis in ("text", "title", "weekday") else 0.85
            if basis in ("url", "labels", "code") and not strong:
                strength = 0.75
        return SeasonSubject(
            event=event,
            kind=kind,  # type: ignore[arg-type]
            year=year,
            year_from=basis,
            named=named,
            named_field=field,
            dated=dated,
            dated_field=dated_field,
            until=until,
            title_year=title_year,
            stated=tuple(stated),
            years=possible,
            strength=round(strength * (1.0 if share >= 0.3 else 0.95), 3),
        )

    # ------------------------------------------------------------------ which event

    def _event(self) -> tuple[str, float] | None:
        """The event that the article is about, with the share of its passages that are on it."""
        text = self.document.text
        title = [m for m in self.events if m.span[1] <= self.title_end and not product_like(text, m)]
        if not title:
            # A product in the title ("Halloween costumes") with the event itself in the text.
            told_of = {m.event for m in self.events if m.span[0] > self.title_end and not product_like(text, m)}
            title = [
                m
                for m in self.events
                if m.span[1] <= self.title_end and (m.event in told_of or self._dated_near(m.event))
            ]
            title = title or self._hinted()
        kinds = {m.event for m in title}
        if GENERIC_TITLE.search(self.document.title) or len(_families(kinds)) > 2:
            return None
        shares = self._shares()
        if title:
            best = max(
                title, key=lambda m: (year_beside(text, m) is not None, shares.get(_family(m.event), 0.0), -m.span[0])
            )
            if self._only_exception(best):
                return None
            return best.event, max(shares.get(_family(best.event), 0.0), 0.3)
        body: Counter[str] = Counter(
            m.event for m in self.events if not product_like(text, m) and not self._in_holiday_list(m)
        )
        for mention in self.slug_events:
            if (
                body.get(mention.event)
                or shares.get(_family(mention.event), 0) >= 0.2
                or self._dated_near(mention.event)
            ):
                return mention.event, shares.get(_family(mention.event), 0.0)
        if len(_families(set(body))) > 2:
            return None
        if DATES_TITLE.search(self.document.title):
            own = [
                d
                for d in self.dates
                if d.span[0] > self.title_end and d.month is not None and d.role in (*ACTIVE, "mention")
            ]
            named = [event for event, _ in body.most_common(2)]
            for event in dict.fromkeys(
                [*named, *(m.event for m in self.label_events), *(m.event for m in self.slug_events)]
            ):
                if own and all(self._is_near(event, d) if d.start else self._month_fits(event, d) for d in own):
                    return event, shares.get(_family(event), 0.0)
        first = [b for b in self.document.blocks if b.kind == "heading"][:1]
        for mention in self.events:
            if (
                first
                and first[0].start <= mention.span[0] < first[0].end
                and shares.get(_family(mention.event), 0) >= 0.6
            ):
                return mention.event, shares[_family(mention.event)]
        if not STANDING_TITLE.search(self.document.title):
            for event, _ in body.most_common(2):
                if self._promised_near(event) and self._covered(event) >= 0.55:
                    return event, shares.get(_family(event), 0.0)
        told = self.document.title
        if NOTICE_TITLE.search(told) or SALE_TITLE.search(told):
            for event, _ in body.most_common(1):
                if shares.get(_family(event), 0.0) >= 0.8:
                    return event, shares[_family(event)]
        for mention in self.label_events:
            if body.get(mention.event, 0) >= 2 and shares.get(_family(mention.event), 0) >= 0.4:
                return mention.event, shares[_family(mention.event)]
        return None

    def _shares(self) -> dict[str, float]:
        """Part of the body's text that stands in blocks on each event: naming it, or dated near a block that does."""
        blocks = [b for b in self.document.blocks if b.kind != "title" and b.end > b.start]
        total = sum(b.end - b.start for b in blocks)
        if not total:
            return {}
        sums: dict[str, int] = defaultdict(int)
        index = 0
        events = sorted((m for m in self.events if m.span[0] > self.title_end), key=lambda m: m.span)
        heads: dict[str, set[str]] = {}
        for block in blocks:
            here: set[str] = set()
            while index < len(events) and events[index].span[0] < block.end:
                if (
                    events[index].span[0] >= block.start
                    and not product_like(self.document.text, events[index])
                    and not self._in_holiday_list(events[index])
                ):
                    here.add(_family(events[index].event))
                index += 1
            if block.kind == "heading":
                heads[self.document.text[block.start : block.end]] = here
            for name in block.path:
                here |= heads.get(name, set())
            for event in here:
                sums[event] += block.end - block.start
        return {event: count / total for event, count in sums.items()}

    def _covered(self, event: str) -> float:
        """Part of the body that stands in blocks which name the event, or hold a date near it."""
        named = [m.span[0] for m in self.events if _family(m.event) == _family(event)]
        dated = [d.span[0] for d in self.dates if d.role in (*ACTIVE, "mention") and self._is_near(event, d)]
        places = sorted([*named, *dated])
        total = covered = 0
        for block in self.document.blocks:
            if block.kind == "title":
                continue
            length = block.end - block.start
            total += length
            at = bisect_left(places, block.start)
            if at < len(places) and places[at] < block.end:
                covered += length
        return covered / total if total else 0.0

    def _in_holiday_list(self, mention: EventMention) -> bool:
        """An event named only as one of the days on which nothing is delivered."""
        block = self.document.block_at(mention.span[0])
        if block is None:
            return False
        if block.start not in self.lists:
            self.lists[block.start] = GENERIC_TITLE.search(self.document.text, block.start, block.end) is not None
        return self.lists[block.start]

    def _only_exception(self, mention: EventMention) -> bool:
        """A title that names an event only to leave it out ("Returns (excluding Black Friday)")."""
        before = self.document.title[max(0, mention.span[0] - 30) : mention.span[0]]
        return (
            re.search(
                r"\b(?:except|excluding|outside|not\son|other\sthan|without|like|such\sas)\b[^()]{0,20}$",
                before,
                re.IGNORECASE,
            )
            is not None
        )

    def _dated_near(self, event: str) -> bool:
        return any(
            self._is_near(event, d)
            for d in self.dates
            if d.start is not None
            and d.day is not None
            and d.role in (*ACTIVE, "mention")
            and d.span[0] > self.title_end
        ) or any(d.years and d.event == event for d in self.dates)

    def _promised_near(self, event: str) -> bool:
        """Whether the text promises or limits something near the event, and not over many years (a chronicle)."""
        days = [d for d in self.dates if d.start is not None and d.day is not None and d.span[0] > self.title_end]
        years = {d.start.year for d in days if d.start is not None and d.role not in ("publication", "cohort")}
        return len(years) <= 3 and any(d.role in ACTIVE and self._is_near(event, d) for d in days)

    def _hinted(self) -> list[EventMention]:
        """The event that the first lines name, where the title only hints at it ("Twelve things for fathers")."""
        for mention in self.events:
            block = self.document.block_at(mention.span[0])
            if block is None or block.start > self.title_end + 200 or product_like(self.document.text, mention):
                continue
            hint = HINTS.get(mention.event)
            if (
                hint is not None
                and re.search(hint, self.document.title, re.IGNORECASE)
                and self._dated_near(mention.event)
            ):
                return [mention]
        return []

    def _is_near(self, event: str, d: DateMention) -> bool:
        if d.start is None or d.end is None:
            return False
        occurrence = self.calendar.closest(event, d.start, self.region)
        if occurrence is None:
            return False
        entry = self.calendar.event(event)
        lead = 75 if entry is not None and entry.kind != "own" else 45
        return occurrence.start - timedelta(days=lead) <= d.end and d.start <= occurrence.end + timedelta(days=75)

    def _in_title(self, event: str) -> bool:
        return any(m.span[1] <= self.title_end and m.event == event for m in self.events)

    def _in_title_or_slug(self, event: str) -> bool:
        return self._in_title(event) or any(m.event == event for m in self.slug_events)

    def _named(self, event: str) -> tuple[Span, str | None]:
        for mention in self.events:
            if mention.event == event:
                return mention.span, None
        for mention in self.events:
            if _family(mention.event) == _family(event):
                return mention.span, None
        for mention in self.slug_events:
            if mention.event == event:
                return (0, 0), "url" if self.document.url else "id"
        return (0, 0), "labels"

    # ------------------------------------------------------------------ which year

    def _stated_years(self, event: str) -> tuple[list[tuple[int, Span]], int | None]:
        """Years written beside this event's name in the text, and the one in the title."""
        text = self.document.text
        found: list[tuple[int, Span]] = []
        for mention in self.events:
            if _family(mention.event) != _family(event):
                continue
            beside = year_beside(text, mention)
            if beside is not None and not self._compares(mention) and not self._told(beside[1]):
                found.append(beside)
        title_year = next((year for year, span in found if span[1] <= self.title_end), None)
        if title_year is None and self._in_title(event):
            plain = re.findall(r"(?<![\d/-])(20[0-4]\d)(?:/\d\d(?!\d))?(?![\d/-])", self.document.title)
            if len(plain) == 1 and not any(product_like(text, m) for m in self.events if m.span[1] <= self.title_end):
                at = self.document.title.index(plain[0])
                title_year = int(plain[0])
                found.insert(0, (title_year, (at, at + 4)))
        return found, title_year

    def _told(self, span: Span) -> bool:
        """Whether the sentence that states a year looks back, or only gives an example."""
        return any(
            d.span[0] < span[1] and span[0] < d.span[1] and d.role in ("history", "example", "publication")
            for d in self.dates
            if d.span[0] > self.title_end
        )

    def _compares(self, mention: EventMention) -> bool:
        """A year named to compare or to look back ("compared to Black Friday 2023", "as in Christmas 2022")."""
        before = self.document.text[max(0, mention.span[0] - 48) : mention.span[0]]
        return (
            re.search(
                r"\b(?:compared\s(?:to|with)|than\s(?:in|on|at)?|since|like\s(?:in|on)?|as\s(?:in|on|we\sdid)|back\s(?:in|on)|last\syear(?:['’]s)?,?|previous|(?:first|started|introduced|launched|sold\sout)\s(?:in|on|at|for))\s(?:our\s|the\s)?$",
                before,
                re.IGNORECASE,
            )
            is not None
        )

    def _own_dates(self, event: str) -> list[DateMention]:
        """The dates that belong to the event: named beside it, or near one of its occurrences, or still open."""
        found = []
        for d in self.dates:
            if d.span[1] <= self.title_end or d.role in ("publication", "example", "history", "cohort", "recurring"):
                continue
            if d.month is None:
                continue
            if d.start is None:
                if self._month_fits(event, d):
                    found.append(d)
                continue
            if self._is_near(event, d):
                found.append(d)
        return found

    def _month_fits(self, event: str, d: DateMention) -> bool:
        assert d.month is not None
        occurrence = self.calendar.occurrence(event, 2024, self.region)
        if occurrence is None:
            return False
        first = (occurrence.start - timedelta(days=75)).month
        span = (occurrence.end.month - first) % 12 + 2
        return (d.month - first) % 12 <= span

    def _year(
        self, event: str, strong: list[DateMention], stated: list[tuple[int, Span]], title_year: int | None
    ) -> tuple[int | None, str | None, Span | None, str | None]:
        """The year of the occurrence, what fixed it, and where that stands: the body before the title before the slug."""
        votes: Counter[int] = Counter()
        where: dict[int, DateMention] = {}
        for d in strong:
            if d.year_from not in ("text", "weekday") or d.start is None:
                continue
            anchor = d.end if d.role in ("deadline", "closure") and d.end else d.start
            occurrence = self.calendar.closest(event, anchor, self.region)
            if occurrence is not None:
                weight = 2 if d.day is not None else 1
                votes[occurrence.start.year] += weight
                if occurrence.start.year not in where or (
                    where[occurrence.start.year].role == "window" and d.role != "window"
                ):
                    where[occurrence.start.year] = d
        body_years = [(year, span) for year, span in stated if span[0] > self.title_end]
        for stated_year, _ in body_years:
            votes[stated_year] += 2
        if votes:
            top = max(votes.values())
            year = max(y for y, count in votes.items() if count == top)
            if year in where:
                return year, where[year].year_from, where[year].span, None
            span = next((s for y, s in body_years if y == year), body_years[0][1])
            return year, "text", span, None
        if title_year is not None:
            span = next(s for y, s in stated if y == title_year and s[1] <= self.title_end)
            return title_year, "title", span, None
        for mention in self.slug_events:
            beside = year_beside(self.slug, mention)
            plain = re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", self.slug)
            slug_year = beside[0] if beside else int(plain[0]) if len(plain) == 1 else None
            if slug_year is not None:
                return slug_year, "url", None, "url" if self.document.url else "id"
        for label in [*self.document.labels, (self.document.section or "").split(">")[-1]]:
            if m := re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", label):
                return int(m[1]), "labels", None, "labels"
        if self.document.valid_from is not None:
            occurrence = self.calendar.near(event, self.document.valid_from.date(), self.region, back=14)
            if occurrence is not None and occurrence.start - self.document.valid_from.date() < timedelta(days=120):
                return occurrence.start.year, "window", None, "valid_from"
        for d in strong:
            if d.start is not None and d.year_from in ("siblings", "post", "event", "code", "title", "url"):
                occurrence = self.calendar.closest(event, d.start, self.region)
                if occurrence is not None:
                    return occurrence.start.year, d.year_from, d.span, None
        post = next((d for d in self.dates if d.role == "publication" and d.start is not None and d.day), None)
        if post is not None and post.start is not None and self._posted(post):
            occurrence = self.calendar.near(event, post.start, self.region, back=30)
            if occurrence is not None and self._deictic(event):
                return occurrence.start.year, "post", post.span, None
        return None, None, None, None

    def _posted(self, d: DateMention) -> bool:
        return (
            re.search(
                r"\b(?:posted|published|written|updated|date)\b",
                self.document.text[max(0, d.span[0] - 24) : d.span[0]],
                re.IGNORECASE,
            )
            is not None
        )

    def _movable(self, event: str) -> bool:
        """Whether the event is on other days each year, so that days without a year belong to one of them."""
        starts = [self.calendar.occurrence(event, year, self.region) for year in range(2024, 2028)]
        return len({(item.start.month, item.start.day) for item in starts if item is not None}) > 2

    def _until(self, event: str, year: int | None, own: list[DateMention]) -> date | None:
        """The last day for which the article promises something: returns until January, a sale that goes on."""
        occurrence = self.calendar.occurrence(event, year, self.region) if year else None
        if occurrence is None:
            return None
        ends = [
            d.end
            for d in own
            if d.end is not None
            and d.month is not None
            and d.role in ACTIVE
            and occurrence.start - timedelta(days=30) <= d.end <= occurrence.end + timedelta(days=150)
            and d.year_from is not None
        ]
        return max(ends) if ends else None

    # ------------------------------------------------------------------ kind

    def _history(self, event: str, stated: list[tuple[int, Span]]) -> bool:
        title = self.document.title
        if (HISTORY_TITLE.search(title) or TOLD_TITLE.search(title)) and self._in_title(event):
            return True
        if is_archive(self.document):
            return True
        roles = [d.role for d in self.dates if d.span[0] > self.title_end and d.start is not None]
        told = roles.count("history")
        return (told >= 2 and not any(role in ACTIVE for role in roles)) or (told >= 1 and told == len(roles))

    def _deictic(self, event: str) -> Span | None:
        """A phrase that ties the page to one moment ("is around the corner", "this Christmas"), in a block on the event."""
        for match in DEICTIC.finditer(self.document.text):
            block = self.document.block_at(match.start())
            if block is None or block.quoted:
                continue
            if block.start < 700 or any(
                block.start <= m.span[0] < block.end and _family(m.event) == _family(event) for m in self.events
            ):
                return match.span()
        return None


_FAMILIES = {
    "Black Friday": "bfcm",
    "Cyber Monday": "bfcm",
    "Black Friday and Cyber Monday": "bfcm",
    "Black Week": "bfcm",
    "Cyber Week": "bfcm",
    "Giving Tuesday": "bfcm",
    "Thanksgiving": "bfcm",
    "Christmas": "xmas",
    "Boxing Day": "xmas",
    "New Year": "xmas",
    "Hanukkah": "xmas",
    "Kwanzaa": "xmas",
}


def _family(event: str) -> str:
    return _FAMILIES.get(event, event)


def _families(events: set[str]) -> set[str]:
    return {_family(event) for event in events}
