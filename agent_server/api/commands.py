"""Commands as they arrive: every field of the right kind before the ledger sees it."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, Final

import orjson

from agent_model.command import Command
from agent_model.moment import to_text
from agent_model.wire import OPS_A_BATCH, command_from_plain
from agent_server.api.requests import require_only
from agent_server.refusals import RequestRefused
from agent_server.upcasters import UPCASTERS

LONGEST_ID: Final = 128
LONGEST_OP_ID: Final = 64
LONGEST_ENTITY: Final = 32
LARGEST_NUMBER: Final = 2**53
LARGEST_FIELD: Final = 256 * 1024
"""Bytes of JSON, for what the author saw and what they want together: no text an agent writes comes near it."""
DEEPEST: Final = 16
NESTED: Final = (list, tuple, dict)
MOST_AHEAD: Final = timedelta(days=180)
"""A clock behind looks like a workstation that was away for long, and is believed."""
FIELDS: Final = frozenset(field.name for field in fields(Command))


def read_commands(content: dict[str, Any]) -> list[Command]:
    """The batch. Nothing of it is applied after
    RequestRefused: bad_request, too_many_ops, ops_out_of_order, client_too_old, client_too_new."""
    plain = content.get("ops")
    if not isinstance(plain, list):
        raise RequestRefused(422, "bad_request", field="ops")
    if len(plain) > OPS_A_BATCH:
        raise RequestRefused(422, "too_many_ops", most=OPS_A_BATCH)
    commands = [_read(item, position) for position, item in enumerate(plain)]
    numbers = [command.device_seq for command in commands]
    if numbers != sorted(numbers):
        raise RequestRefused(422, "ops_out_of_order")
    return commands


def require_true_clock(commands: Sequence[Command], now: datetime) -> None:
    """Raises RequestRefused: clock_ahead, when a command is said to be of a time that is far from having come."""
    for position, command in enumerate(commands):
        if command.occurred_at > now + MOST_AHEAD:
            raise RequestRefused(422, "clock_ahead", position=position, server_time=to_text(now))


def _read(plain: Any, position: int) -> Command:
    try:
        if isinstance(plain, dict):
            plain = UPCASTERS.raised(plain)
            require_only(plain, *FIELDS)
        command = command_from_plain(plain)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise RequestRefused(422, "bad_request", field="ops", position=position) from error
    texts = [
        (command.op_id, LONGEST_OP_ID),
        (command.entity, LONGEST_ENTITY),
        (command.id, LONGEST_ID),
        (command.author, LONGEST_ID),
    ]
    if command.depends_on is not None:
        texts.append((command.depends_on, LONGEST_OP_ID))
    are_texts = all(
        isinstance(text, str) and 0 < len(text) <= longest and "\x00" not in text for text, longest in texts
    )
    numbers = (command.device_seq, command.base_version)
    are_numbers = all(type(number) is int and 0 <= number <= LARGEST_NUMBER for number in numbers)
    pairs = [(change.old, change.new) for change in command.fields.values()]
    if not (are_texts and are_numbers and _are_modest(pairs)):
        raise RequestRefused(422, "bad_request", field="ops", position=position)
    return command


def is_modest(pair: tuple[Any, Any]) -> bool:
    """Whether the values of a field are of a size and depth that every later answer can carry."""
    return _is_shallow(pair, DEEPEST) and len(orjson.dumps(pair)) <= LARGEST_FIELD


def _are_modest(pairs: list[tuple[Any, Any]]) -> bool:
    """What is small together is so one by one."""
    nested = [part for pair in pairs for part in pair if isinstance(part, NESTED)]
    if not all(_is_shallow(part, DEEPEST - 1) for part in nested):
        return False
    is_small = len(orjson.dumps(pairs)) <= LARGEST_FIELD
    return is_small or all(map(is_modest, pairs))


def _is_shallow(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(not isinstance(part, NESTED) or _is_shallow(part, levels - 1) for part in parts)
