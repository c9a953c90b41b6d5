"""What the demo company's agents are planned to do for two weeks, as a table that any spreadsheet opens."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from demo import company

DAYS = 14
BEGIN_APART_H = 3
SHIFT = (("上班", 0, 480), ("小休", 90, 105), ("用餐", 240, 285), ("小休", 390, 405))
"""What, from and to, in minutes since the shift began."""
HEADINGS = ("坐席", "日期", "开始", "结束", "安排")
TEAMS = ("home", "business")
BEGINNINGS = 3
"""Of the people of a team: the next one begins three hours later."""


def write_rota(file: Path, now: datetime) -> Path:
    """`now` is by the clock of the site: the first shift begins with its hour, so that one goes on whenever the demo
    does. As a spreadsheet saves it in China."""
    with file.open("w", encoding="gb18030", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(HEADINGS)
        table.writerows(_lines(now.replace(minute=0)))
    return file


def _lines(first: datetime) -> Iterator[tuple[str, ...]]:
    for team in TEAMS:
        people = [agent["login"] for agent in company.agents() if agent["team"] == team]
        for place, login in enumerate(people):
            begins = first + timedelta(hours=BEGIN_APART_H * (place % BEGINNINGS))
            for day in range(DAYS):
                yield from _day(login, begins.date() + timedelta(days=day), begins)


def _day(login: str, day: date, begins: datetime) -> Iterator[tuple[str, ...]]:
    for what, since, until in SHIFT:
        clocks = (f"{begins + timedelta(minutes=minutes):%H:%M}" for minutes in (since, until))
        yield (login, day.isoformat(), *clocks, what)
