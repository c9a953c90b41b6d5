"""What each role may do: which commands on which nouns and fields, and which routes."""

from collections.abc import Mapping
from typing import Final

from agent_model.agent import Role
from agent_model.command import CommandKind

CREATE, UPDATE, APPEND = CommandKind.CREATE, CommandKind.UPDATE, CommandKind.APPEND

_SERVICE: Final[Mapping[str, frozenset[CommandKind]]] = {
    "customer": frozenset({CREATE, UPDATE, APPEND}),
    "contact": frozenset({CREATE, UPDATE}),
    "ticket": frozenset({CREATE, UPDATE}),
}
COMMANDS: Final[Mapping[Role, Mapping[str, frozenset[CommandKind]]]] = {
    Role.AGENT: _SERVICE,
    Role.TEAM_LEAD: _SERVICE,
    Role.DUTY_MANAGER: _SERVICE,
    Role.RETURN_VISIT: _SERVICE,
    Role.DEPARTMENT: {"ticket": frozenset({UPDATE}), "customer": frozenset({APPEND})},
}
MAY_MOVE_CUSTOMERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY_FIND_CUSTOMERS: Final = frozenset(
    {Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.DEPARTMENT, Role.RETURN_VISIT, Role.QUALITY}
)

CHANGEABLE: Final[Mapping[str, frozenset[str]]] = {
    "customer": frozenset(
        {"name", "phones", "tier", "company", "email", "tags", "language", "region", "is_verified", "segment"}
    ),
    "contact": frozenset({"title", "text", "wrap_up_code", "duration_s", "rating"}),
    "ticket": frozenset(
        {
            "subject",
            "type",
            "category",
            "priority",
            "status",
            "description",
            "queue",
            "department",
            "owner",
            "due_at",
            "customer_id",
        }
    ),
}
APPENDABLE: Final[Mapping[str, frozenset[str]]] = {"customer": frozenset({"notes"})}
SERVER_DECIDES: Final[Mapping[str, frozenset[str]]] = {
    "customer": frozenset({"value_fen", "satisfaction", "ratings", "products"}),
    "contact": frozenset(),
    "ticket": frozenset({"number", "segment", "updated_at"}),
}
"""Fields that a command may not set; a CREATE that names them with what they start with is no offence."""


def may_command(role: Role, entity: str, kind: CommandKind) -> bool:
    return kind in COMMANDS.get(role, {}).get(entity, frozenset())
