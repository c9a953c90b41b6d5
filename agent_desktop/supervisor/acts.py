"""What those who lead do on the floor: the server decides whether they may, and puts it on record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from agent_desktop.offline.kept import Kept
from agent_model.agent import AgentId, AgentState

DRAFT: Final = "agent board why"
LEAST_WHY: Final = 3
LONGEST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class Order:
    """A state an agent is to be in; `reason` names a break, `why` is for the agent and the record."""

    agent: AgentId
    state: AgentState
    reason: str | None
    why: str

    @property
    def has_why(self) -> bool:
        return len(self.why.strip()) >= LEAST_WHY


@dataclass(frozen=True, slots=True)
class Serve:
    """The queues that an agent is to serve, and the languages; `why` as in an Order."""

    agent: AgentId
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    why: str

    @property
    def has_why(self) -> bool:
        return len(self.why.strip()) >= LEAST_WHY


class FloorActs:
    """`put_into`, `serve`, `answer_help` and `take_alert` ask the server."""

    def __init__(
        self,
        put_into: Callable[[str, AgentState, str | None, str], None],
        serve: Callable[[str, tuple[str, ...], tuple[str, ...], str], None],
        answer_help: Callable[[str], None],
        take_alert: Callable[[str], None],
        kept: Kept,
    ) -> None:
        self._put_into, self._serve, self._answer_help = put_into, serve, answer_help
        self._take_alert, self._kept = take_alert, kept

    def come_to(self, agent: AgentId) -> None:
        """Raises ServerUnreachable, ServerRefused."""
        self._answer_help(agent)

    def see_to(self, alert_id: str) -> None:
        """An alert. Raises ServerUnreachable, ServerRefused."""
        self._take_alert(alert_id)

    def give(self, order: Order | Serve) -> None:
        """Raises ServerUnreachable, ServerRefused."""
        match order:
            case Order(agent, state, reason, why):
                self._put_into(agent, state, reason, why.strip())
            case Serve(agent, queues, languages, why):
                self._serve(agent, queues, languages, why.strip())

    def draft(self) -> str:
        """The reason that was being typed. Raises OutboxDamaged, StoreBusy."""
        return self._kept.read(DRAFT)

    def keep(self, why: str) -> None:
        """Raises OutboxDamaged, StoreBusy, DiskFull."""
        self._kept.keep(DRAFT, why)
