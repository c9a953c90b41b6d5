"""What a site has decided: which roles need a second factor, which see phone and ID numbers masked, and which say
why when they look at one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_server.database import Database
from agent_server.tables import site

NAME: Final = "policy"


class BadPolicy(Exception):
    """There is no such setting, or no such role."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A running server holds to the policy it started with."""

    second_factor: frozenset[Role] = frozenset()
    masked: frozenset[Role] = frozenset()
    asks_why: frozenset[Role] = frozenset()

    def to_plain(self) -> dict[str, list[str]]:
        return {f.name: sorted(role.value for role in getattr(self, f.name)) for f in fields(self)}


def policy_from(plain: Mapping[str, Any]) -> Policy:
    """Raises BadPolicy."""
    try:
        return replace(Policy(), **{name: frozenset(map(Role, roles)) for name, roles in plain.items()})
    except (ValueError, TypeError) as error:
        raise BadPolicy(str(error)) from error


async def read_policy(database: Database) -> Policy:
    """The site's policy as it was last set. Raises BadPolicy."""
    async with database.reading() as connection:
        text = await connection.scalar(select(site.c.value).where(site.c.name == NAME))
    return Policy() if text is None else policy_from(orjson.loads(text))


async def write_policy(database: Database, connection: AsyncConnection, policy: Policy) -> None:
    line = {"name": NAME, "value": orjson.dumps(policy.to_plain()).decode()}
    await connection.execute(database.insert_or_update(site, ("name",)), [line])
