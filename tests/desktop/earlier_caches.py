"""The cache as earlier versions laid it."""

from agent_desktop.offline.store import Store

OF_FORMAT_5 = (
    "complaint_touched",
    "complaint_of_category",
    "complaint_led_by",
    "relation_of_customer",
    "relation_of_other",
)
"""Indexes that the format before had not."""


def make_format(store: Store, form: int, *tables_since: str) -> None:
    """Takes away what came after the format 4, and the tables that came after an earlier one."""
    with store.writing() as connection:
        for name in OF_FORMAT_5:
            connection.execute(f"DROP INDEX {name}")
        for name in tables_since:
            connection.execute(f"DROP TABLE {name}")
        connection.execute(f"PRAGMA user_version={form:d}")
