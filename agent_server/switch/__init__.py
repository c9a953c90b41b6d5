"""The company's telephone switch as the server sees it: a small port, and the value for having none."""

from typing import Protocol

from agent_model.agent import QueueFigures


class Switch(Protocol):
    """What the server asks of a switch."""

    async def queue_figures(self) -> tuple[QueueFigures, ...]:
        """Every queue the switch knows, as it is now."""


class NoSwitch:
    """No switch is connected: there are no figures."""

    async def queue_figures(self) -> tuple[QueueFigures, ...]:
        return ()
