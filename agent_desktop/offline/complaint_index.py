"""How complaints are found among all tickets of the cache without reading the others: by index, and a bounded number.

`MAY_BE_COMPLAINT` stands in the indexes and in every statement: without it, letter by letter, SQLite reads everything.
A few that it lets through are none; whoever reads looks at the type.
"""

from typing import Final

MAY_BE_COMPLAINT: Final = "instr(body, '\"complaint\"') > 0"
_CATEGORY: Final = "json_extract(body, '$.category')"
_LEAD: Final = "json_extract(body, '$.same_as')"
LAID: Final = (
    f"CREATE INDEX complaint_touched ON ticket (at) WHERE {MAY_BE_COMPLAINT}",
    f"CREATE INDEX complaint_of_category ON ticket ({_CATEGORY}, at) WHERE {MAY_BE_COMPLAINT}",
    f"CREATE INDEX complaint_led_by ON ticket ({_LEAD}) WHERE {_LEAD} IS NOT NULL",
)
_ROWS: Final = "SELECT id, version, body FROM ticket WHERE"
LATELY: Final = f"{_ROWS} {MAY_BE_COMPLAINT} AND at >= ? ORDER BY at DESC LIMIT ?"
OF_CATEGORY: Final = f"{_ROWS} {MAY_BE_COMPLAINT} AND {_CATEGORY} = ? AND at >= ? ORDER BY at DESC LIMIT ?"
LED_BY: Final = f"{_ROWS} {_LEAD} = ? LIMIT ?"
