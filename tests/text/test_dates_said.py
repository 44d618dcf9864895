"""Phrases of dates and what they mean to somebody who writes them on Monday 9 March 2026 at half past ten."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kbaudit.text.dates_relative import understand

NOW = datetime(2026, 3, 9, 10, 30)

# The phrase (in brackets where only a part of it is the date), its first and its last moment; the end of a period is
# the day after it. "None": found, but when it is depends on who says it.
SAID = """
on [Friday] = 2026-03-13
this Friday = 2026-03-13
next Tuesday = 2026-03-17
last Sunday = 2026-03-08
this past Thursday = 2026-03-05
this coming Saturday = 2026-03-14
Friday of next week = 2026-03-20
Monday of last week = 2026-03-02
next week on Wednesday = 2026-03-18
a week on Monday = 2026-03-23
two Sundays from now = 2026-03-22
three Mondays ago = 2026-02-16
the day after tomorrow = 2026-03-11
the day before yesterday = 2026-03-07
the next day = 2026-03-10
next business day = 2026-03-10
the following working day = 2026-03-10
two weeks from now = 2026-03-23
ten days from today = 2026-03-19
a week from tomorrow = 2026-03-17
five days after tomorrow = 2026-03-15
two days before yesterday = 2026-03-06
three months ago = 2025-12-09
a fortnight ago = 2026-02-23
half a year ago = 2025-09-09
in two weeks' time = 2026-03-23
in three business days = 2026-03-12
in one month and ten days = 2026-04-19
Thursday, two weeks from now = 2026-03-26
the 27th = 2026-03-27
the twenty-second = 2026-03-22
Thursday the 19th = 2026-03-19
12th of next month = 2026-04-12
the first of this month = 2026-03-01
the last day of next month = 2026-04-30
the last day of February = 2027-02-28
the first day of 2027 = 2027-01-01
the third Wednesday of June = 2026-06-17
the last Friday of this month = 2026-03-27
first Monday of September 2027 = 2027-09-06
second Sunday of May next year = 2027-05-09
twenty second of April = 2026-04-22
April the twenty-second = 2026-04-22
the eleventh of may = 2026-05-11
may 11th = 2026-05-11
may the fifth = 2026-05-05
June twenty three = 2026-06-23
Sept. 3rd, 2027 = 2027-09-03
3 September, 2027 = 2027-09-03
3rd of September of 2027 = 2027-09-03
Friday, September 3rd, 2027 = 2027-09-03
2027-09-03 = 2027-09-03
3-Sep-2027 = 2027-09-03
Sep-3-2027 = 2027-09-03
2027/sep/03 = 2027-09-03
9/3/2027 = 2027-09-03
20270903 = 2027-09-03
September third, two thousand and twenty-seven = 2027-09-03
July 4th next year = 2027-07-04
the week of April 6 = 2026-04-06 .. 2026-04-13
the week commencing 6 April = 2026-04-06 .. 2026-04-13
the week starting april 6 = 2026-04-06 .. 2026-04-13
week 12 of 2027 = 2027-03-22 .. 2027-03-29
week 12 = 2026-03-16 .. 2026-03-23
2027-W12 = 2027-03-22 .. 2027-03-29
calendar week 12 = 2026-03-16 .. 2026-03-23
the first week of October = 2026-09-28 .. 2026-10-05
the last week of July = 2026-07-27 .. 2026-08-03
the second week of 2027 = 2027-01-11 .. 2027-01-18
the 12th week of 2027 = 2027-03-22 .. 2027-03-29
the first weekend of May = 2026-05-02 .. 2026-05-04
next weekend = 2026-03-21 .. 2026-03-23
the weekend after next = 2026-03-28 .. 2026-03-30
the week before last = 2026-02-23 .. 2026-03-02
the month after next = 2026-05-01 .. 2026-06-01
next month = 2026-04-01 .. 2026-05-01
this quarter = 2026-01-01 .. 2026-04-01
next quarter = 2026-04-01 .. 2026-07-01
the third quarter of 2026 = 2026-07-01 .. 2026-10-01
third quarter next year = 2027-07-01 .. 2027-10-01
Q3 2026 = 2026-07-01 .. 2026-10-01
2026 Q3 = 2026-07-01 .. 2026-10-01
3Q 2026 = 2026-07-01 .. 2026-10-01
Q3/26 = 2026-07-01 .. 2026-10-01
H1 2027 = 2027-01-01 .. 2027-07-01
2027 H2 = 2027-07-01 .. 2028-01-01
the second half of the year = 2026-07-01 .. 2027-01-01
the first half of next year = 2027-01-01 .. 2027-07-01
the first half of June = 2026-06-01 .. 2026-06-16
the second half of this month = 2026-03-16 .. 2026-04-01
1H27 = 2027-01-01 .. 2027-07-01
the rest of the week = 2026-03-09 .. 2026-03-15
rest of the year = 2026-03-09 .. 2026-12-31
the remainder of the month = 2026-03-09 .. 2026-03-31
rest of this quarter = 2026-03-09 .. 2026-03-31
early next month = 2026-04-01 .. 2026-04-16
mid next month = 2026-04-10 .. 2026-04-21
late next month = 2026-04-16 .. 2026-05-01
mid-July = 2026-07-10 .. 2026-07-21
late September = 2026-09-16 .. 2026-10-01
early 2027 = 2027-01-01 .. 2027-07-01
mid-2027 = 2027-04-01 .. 2027-10-01
the [beginning of next week] = 2026-03-16 .. 2026-03-19
end of this month = 2026-03-16 .. 2026-04-01
end of year = 2026-07-01 .. 2027-01-01
the [end of 2027] = 2027-09-01 .. 2028-01-01
first two weeks of August = 2026-08-03 .. 2026-08-17
the last 3 days of this month = 2026-03-29 .. 2026-04-01
the first 10 days of October = 2026-10-01 .. 2026-10-11
next 3 days = 2026-03-10 .. 2026-03-13
the [upcoming 3 days] = 2026-03-10 .. 2026-03-13
the [next couple of weeks] = 2026-03-10 .. 2026-03-24
the [last 2 weeks] = 2026-02-23 .. 2026-03-09
the [past 6 months] = 2025-09-09 .. 2026-03-09
last 30 days = 2026-02-07 .. 2026-03-09
within two weeks = 2026-03-09 .. 2026-03-23
within the next 3 months = 2026-03-09 .. 2026-06-09
year to date = 2026-01-01 .. 2026-03-09
the nineties = 2090-01-01 .. 2100-01-01
the 1990s = 1990-01-01 .. 2000-01-01
nineteen eighties = 1980-01-01 .. 1990-01-01
the early 2000s = 2000-01-01 .. 2004-01-01
the late 1980s = 1987-01-01 .. 1990-01-01
the two thousands = 2000-01-01 .. 2010-01-01
'80s = 2080-01-01 .. 2090-01-01
the 21st century = 2000-01-01 .. 2100-01-01
next decade = 2030-01-01 .. 2040-01-01
the next 2 decades = 2030-01-01 .. 2050-01-01
nineteen eighty-eight = 1988-01-01 .. 1989-01-01
two thousand and nineteen = 2019-01-01 .. 2020-01-01
twenty twenty-seven = 2027-01-01 .. 2028-01-01
March two thousand and twenty-eight = 2028-03-01 .. 2028-04-01
May '27 = 2027-05-01 .. 2027-06-01
August 99 = 1999-08-01 .. 1999-09-01
from the 5th to the 7th of May = 2026-05-05 .. 2026-05-07
from 5 to 7 May = 2026-05-05 .. 2026-05-07
between 3 and 12 September = 2026-09-03 .. 2026-09-12
between September 4th and September 8th = 2026-09-04 .. 2026-09-08
May from 5 to 7 = 2026-05-05 .. 2026-05-07
november 19-20 = 2026-11-19 .. 2026-11-20
from may to september = 2026-05-01 .. 2026-09-01
between may and september 2027 = 2027-05-01 .. 2027-09-01
march to may = 2026-03-01 .. 2026-05-01
Nov-Feb 2027 = 2026-11-01 .. 2027-02-01
Nov-Feb 5th, 2027 = 2026-11-01 .. 2027-02-05
from 28 December to 3 January = 2026-12-28 .. 2027-01-03
from 1 May 2027 to 4 June 2027 = 2027-05-01 .. 2027-06-04
May 5 - June 4, 2027 = 2027-05-05 .. 2027-06-04
1/12/2027 - 2/22/2027 = 2027-01-12 .. 2027-02-22
from 2024 to 2027 = 2024-01-01 .. 2027-01-01
between 2024 and 2027 = 2024-01-01 .. 2027-01-01
Monday to Wednesday = 2026-03-09 .. 2026-03-11
from Monday to Wednesday next week = 2026-03-16 .. 2026-03-18
next week between Wednesday and Friday = 2026-03-18 .. 2026-03-20
from this Friday to next Sunday = 2026-03-13 .. 2026-03-22
today until next Friday = 2026-03-09 .. 2026-03-20
between now and May 15th = 2026-03-09 .. 2026-05-15
from tomorrow to the 20th = 2026-03-10 .. 2026-03-20
4 till 23 of this month = 2026-03-04 .. 2026-03-23
for two weeks from 20 April = 2026-04-20 .. 2026-05-04
for 3 days from today = 2026-03-09 .. 2026-03-12
more than two weeks ago = 2026-02-23
less than three days after tomorrow = 2026-03-10 .. 2026-03-13
tonight = 2026-03-09 20:00 .. 2026-03-09 23:59
late tonight = 2026-03-09 22:00 .. 2026-03-09 23:59
last night = 2026-03-08 20:00 .. 2026-03-08 23:59
this morning = 2026-03-09 08:00 .. 2026-03-09 12:00
tomorrow morning = 2026-03-10 08:00 .. 2026-03-10 12:00
early tomorrow morning = 2026-03-10 08:00 .. 2026-03-10 10:00
tomorrow morning from 8 to 10 = 2026-03-10 08:00 .. 2026-03-10 10:00
tonight from 8 to 10 = 2026-03-09 20:00 .. 2026-03-09 22:00
last night between 7 and 9 = 2026-03-08 19:00 .. 2026-03-08 21:00
Tuesday afternoon = 2026-03-10 12:00 .. 2026-03-10 16:00
Tuesday in the late-morning = 2026-03-10 10:00 .. 2026-03-10 12:00
mid-afternoon on Friday = 2026-03-13 13:00 .. 2026-03-13 15:00
the [first Monday evening of next month] = 2026-04-06 16:00 .. 2026-04-06 20:00
5 to 7 today = 2026-03-09 05:00 .. 2026-03-09 07:00
from 4:00 to 7 o'clock tomorrow = 2026-03-10 04:00 .. 2026-03-10 07:00
from 5 to 6 of April 22 = 2026-04-22 05:00 .. 2026-04-22 06:00
9am - 5pm on Friday = 2026-03-13 09:00 .. 2026-03-13 17:00
Friday 1-4pm = 2026-03-13 13:00 .. 2026-03-13 16:00
from 8am on 24 April until 6pm on 26 April = 2026-04-24 08:00 .. 2026-04-26 18:00
10pm to 3am on Saturday = 2026-03-14 22:00 .. 2026-03-15 03:00
noon to 3pm tomorrow = 2026-03-10 12:00 .. 2026-03-10 15:00
the rest of the day = 2026-03-09 10:30 .. 2026-03-09 23:59
later today = 2026-03-09 10:30 .. 2026-03-09 23:59
next 2 hours = 2026-03-09 10:30 .. 2026-03-09 12:30
the [last 20 minutes] = 2026-03-09 10:10 .. 2026-03-09 10:30
within 5 hours = 2026-03-09 10:30 .. 2026-03-09 15:30
within one day and five hours = 2026-03-09 10:30 .. 2026-03-10 15:30
the [fiscal year 2027] = None
next spring = None
the summer of 2027 = None
"""
CASES = [line.split(" = ") for line in SAID.strip().splitlines()]


def _shown(moment: date | datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()


@pytest.mark.parametrize(("phrase", "meaning"), CASES, ids=[case[0] for case in CASES])
def test_a_phrase_means_its_days(phrase: str, meaning: str) -> None:
    text = "We are away " + phrase.replace("[", "").replace("]", "")
    (found,) = understand(text, NOW)
    said = phrase[phrase.index("[") + 1 : phrase.index("]")] if "[" in phrase else phrase
    assert text[found.start : found.end] == said
    bounds = [] if found.future is None else list(dict.fromkeys(_shown(moment) for moment in found.future))
    assert (" .. ".join(bounds) or "None") == meaning
