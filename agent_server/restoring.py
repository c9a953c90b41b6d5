"""After a restored backup: the database's history gets another name, so that workstations send again what it lost."""

import secrets
import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import update

from agent_server import tables
from agent_server.database import Database

NUMBERS_SKIPPED: Final = 10_000


async def begin_another_history(database: Database, snapshots: Path, numbers_skipped: int = NUMBERS_SKIPPED) -> str:
    """The new epoch. No server may be running on the database.

    Ticket numbers given since the backup were told to customers: so many are left out, that none is given twice.
    """
    epoch = secrets.token_hex(8)
    site, sequence = tables.site, tables.sequence
    async with database.writing() as connection:
        await connection.execute(update(site).where(site.c.name == "epoch").values(value=epoch))
        later = update(sequence).where(sequence.c.name == "ticket").values(last=sequence.c.last + numbers_skipped)
        await connection.execute(later)
    shutil.rmtree(snapshots, ignore_errors=True)
    return epoch
