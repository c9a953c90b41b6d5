"""The alerts of the floor that stand now, as those who lead are told of them."""

from agent_model.agent import AgentId
from agent_model.alert import Alert
from agent_model.floor_bound import GRADES


class Alerts:
    """`standing` are those that are not over; each is new once, also when it is told again after a lost connection."""

    def __init__(self) -> None:
        self._standing: dict[str, Alert] = {}
        self._known: set[str] = set()

    @property
    def standing(self) -> tuple[Alert, ...]:
        """Those first that nobody has taken; of them the worst, of these the newest."""
        newest = sorted(self._standing.values(), key=lambda one: one.began_at, reverse=True)
        worst = sorted(newest, key=lambda one: GRADES.index(one.grade), reverse=True)
        return tuple(sorted(worst, key=lambda one: bool(one.taken_by)))

    @property
    def asking(self) -> tuple[Alert, ...]:
        """Those that nobody has taken, as they stand."""
        return tuple(one for one in self.standing if not one.taken_by)

    def hear(self, alert: Alert) -> bool:
        """Whether it is one that nobody here was told of before."""
        is_new = alert.id not in self._known
        self._known.add(alert.id)
        if alert.ended_at is None:
            self._standing[alert.id] = alert
        else:
            self._standing.pop(alert.id, None)
        return is_new and alert.ended_at is None

    def begin_anew(self) -> tuple[Alert, ...]:
        """What stands is told again now. Those that stood until now."""
        stood = self.standing
        self._standing.clear()
        return stood

    def known(self, alert_id: str) -> Alert | None:
        return self._standing.get(alert_id)

    def of(self, agent: AgentId) -> Alert | None:
        """The first of an agent's."""
        return next((one for one in self.standing if one.agent == agent), None)
