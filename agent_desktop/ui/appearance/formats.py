"""How numbers, moments, money and telephone numbers are written for the person who reads them."""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale, QTime, QTimeZone

from agent_model.moment import is_shown_twice, with_zone

NOTHING = "—"


class Formats:
    """One person's way of writing. `zone` None is the computer's own. Moments are aware; no figure is `—`, never 0."""

    def __init__(self, language: str, zone: tzinfo | None = None) -> None:
        self.language = language
        self.is_chinese = language.lower().startswith("zh")
        self._locale = QLocale(language)
        self._zone = zone

    @property
    def zone(self) -> tzinfo | None:
        """None: the computer's own."""
        return self._zone

    @property
    def zone_name(self) -> str:
        """As the server knows it, `Asia/Shanghai`."""
        if isinstance(self._zone, ZoneInfo):
            return self._zone.key
        return bytes(QTimeZone.systemTimeZoneId().data()).decode()

    def duration(self, seconds: float | None) -> str:
        """`mm:ss`, from an hour on `h:mm:ss`."""
        if seconds is None:
            return NOTHING
        whole = max(0, int(seconds))
        hours, rest = divmod(whole, 3600)
        minutes, left = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"

    def clock(self, moment: datetime) -> str:
        local = self.local(moment)
        if self.is_chinese:
            return f"{local:%H:%M}"
        return self._locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)

    def moment(self, moment: datetime, now: datetime) -> str:
        """Today the clock; less than a week away, ahead too, weekday and clock; this year day and month; else the whole
        date."""
        local, today = self.local(moment), self.local(now).date()
        if local.date() == today:
            return self.clock(moment)
        if abs(today - local.date()) < timedelta(days=7):
            return f"{self.weekday(local.date())} {self.clock(moment)}"
        return self.day(local.date(), today)

    def day(self, day: date, today: date) -> str:
        if self.is_chinese:
            return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
        short = self._locale.toString(QDate(day.year, day.month, day.day), "d MMM")
        return short if day.year == today.year else f"{short} {day.year}"

    def weekday(self, day: date) -> str:
        return self._locale.toString(QDate(day.year, day.month, day.day), "ddd")

    def month(self, day: date) -> str:
        return f"{day.year}-{day.month:02}"

    def full(self, moment: datetime) -> str:
        """The whole moment with its zone, for tooltips."""
        return with_zone(moment, self._zone)

    def written(self, moment: datetime | None) -> str:
        """For a file, where it is read on another day: sorts as it is ordered in time; empty for none."""
        return "" if moment is None else f"{self.local(moment):%Y-%m-%d %H:%M}"

    def local_date(self, moment: datetime) -> date:
        return self.local(moment).date()

    def count(self, number: int) -> str:
        return self._locale.toString(number)

    def money(self, fen: int) -> str:
        """Whole yuan without decimals, as on the header; the rest with two."""
        yuan, rest = divmod(abs(fen), 100)
        sign = "-" if fen < 0 else ""
        return f"{sign}¥{self._locale.toString(yuan)}" + (f".{rest:02}" if rest else "")

    def percent(self, share: float | None, decimals: int = 0) -> str:
        if share is None:
            return NOTHING
        return self._locale.toString(float(share) * 100, "f", decimals) + "%"

    def decimal(self, number: float | None, decimals: int = 1) -> str:
        return NOTHING if number is None else self._locale.toString(float(number), "f", decimals)

    def is_shown_twice(self, moment: datetime) -> bool:
        """Whether the person's clock shows it twice, because it is put back then."""
        return is_shown_twice(moment, self._zone)

    def local(self, moment: datetime) -> datetime:
        """On the wall clock of the person."""
        return moment.astimezone(self._zone)
