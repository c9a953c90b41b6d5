"""A new version is ready while somebody works: nothing happens until nobody is kept from anything, then it begins."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent_desktop.route import Route
from agent_desktop.starts import read_starts
from agent_desktop.updates.updater import Channel, Stage, Updates, Wanted
from agent_desktop.updates.versions import Versions
from agent_model.agent import AgentState
from demo.people import Person
from demo.seat import MemoryVault, Seat
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import open_items
from tests.releases import Organisation, handed_out

SHORT, LONG = timedelta(seconds=10), timedelta(minutes=10)


def test_update_waits_for_the_call(sit: Sit, ring: Ring, tmp_path: Path) -> None:
    organisation, vault, home = Organisation(tmp_path), MemoryVault(), tmp_path / "seat-home"
    organisation.release("0.2.0")
    versions = Versions.of(organisation.installed("0.1.0"))
    with handed_out(organisation.repository) as served:
        updates = _updates("0.1.0", versions, served.address)
        seat = sit(home=home, vault=vault, updates=updates)
        updates.look()
    assert updates.standing.stage is Stage.READY

    caller = ring(seat, phone_of(CUSTOMERS[30]), X_Queue="support", X_Call_Ref="journey-update")
    assert _offered(seat, LONG) == ""
    seat.press("F9")
    assert caller.wait_for("connected")
    assert _offered(seat, LONG) == ""
    seat.press("Ctrl+N")
    seat.type("half a sentence")
    caller.hang_up()
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    assert _offered(seat, LONG) == ""
    seat.window.strip.wrap_up.finish.click()
    assert seat.until(seat.window.strip.idle.isVisible)
    assert _offered(seat, SHORT) == ""
    assert _offered(seat, LONG) == ""
    _look_up(seat, CUSTOMERS[31])
    assert _offered(seat, SHORT) == ""
    seat.window.top_bar.state.break_wanted.emit("short")
    assert "Version 0.2.0 is ready" in _offered(seat, LONG)

    seat.window.update_band.start_again.click()

    left = seat.program.goes_on_as
    assert left is not None
    assert seat.stop()
    assert versions.to_start("0.1.0", read_starts(seat.paths.data)) == versions.executable("0.2.0")
    newer = _updates("0.2.0", versions, served.address)
    again = sit(home=home, vault=vault, password=None, updates=newer, left=left)
    assert again.workspace._rooms.session.seat.entry.state is AgentState.BREAK
    assert again.until(lambda: [item.key for item in open_items(again)] == ["call:journey-update"])
    again.press("Ctrl+1")
    assert again.until(lambda: again.window.right.form.subject.text() == "half a sentence")


def _updates(running: str, versions: Versions, address: str) -> Updates:
    wanted = Wanted(Channel.STABLE, address)
    return Updates(running, wanted, versions, Route(proxy="none"), lambda: "d1", lambda: datetime.now(UTC))


def _look_up(seat: Seat, person: Person) -> None:
    """Another customer takes the place of the one with the half ticket, which waits in the list."""
    seat.press("Ctrl+K")
    seat.type(phone_of(person)[-8:])
    assert seat.until(lambda: _is_picked(seat, person))
    assert seat.until(lambda: seat.window.right.form.draft.is_empty)


def _is_picked(seat: Seat, person: Person) -> bool:
    """Return takes the first found, once there is one."""
    if seat.window.customer.customer_id == person.customer.id:
        return True
    seat.press("Return")
    return False


def _offered(seat: Seat, later: timedelta) -> str:
    """What stands over the page after so long in which nothing else is done; the clock goes on from there."""
    desk = seat.workspace.updates
    desk.tick()
    clock = desk._clock
    desk._clock = desk._hands._clock = lambda: clock() + later
    desk.tick()
    return seat.window.update_band.words
