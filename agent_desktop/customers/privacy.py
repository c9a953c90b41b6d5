"""Which numbers are lent by platforms for a while (隐私号), as the company's ranges say; without the server, too."""

from agent_desktop.errors import CacheDamaged
from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.number_range import NumberRange, PrivacyNumbers
from agent_model.phone_number import PhoneNumber
from agent_model.wire import Row


class NumberRanges:
    """Read when asked, and read anew only when a range has changed."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._rows: list[Row] = []
        self._known = PrivacyNumbers()

    def all(self) -> tuple[NumberRange, ...]:
        return tuple(_range(row) for row in self._view.rows("number_range"))

    def range_of(self, number: PhoneNumber) -> NumberRange | None:
        """Whose number it is; None when it may be somebody's own. While a damaged cache is fetched again, the ranges
        last seen hold."""
        try:
            rows = self._view.rows("number_range")
        except CacheDamaged:
            return self._known.range_of(number)
        if rows != self._rows and (rows or not self._rows or self._is_filled):
            self._rows, self._known = rows, PrivacyNumbers(map(_range, rows))
        return self._known.range_of(number)

    @property
    def _is_filled(self) -> bool:
        return any(cursor.is_whole for cursor in self._view.mirror.cursors().values())


def _range(row: Row) -> NumberRange:
    return from_body(NumberRange, row.id, row.version, row.body)
