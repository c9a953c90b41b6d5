"""A workstation of channel stable: what it takes, from whom, when, and what it makes of everything that goes wrong."""

import json
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_desktop.errors import (
    DeskError,
    DiskFull,
    ServerUnreachable,
    UpdateFault,
    UpdateRefused,
    UpdatesAbsent,
    UpdateUnfit,
)
from agent_desktop.route import Route
from agent_desktop.starts import Starts
from agent_desktop.updates import bundle, repository
from agent_desktop.updates.release import share_of
from agent_desktop.updates.updater import QUIET_S, Channel, Stage, Standing, Updates, Wanted
from agent_desktop.updates.versions import ROOT, Versions
from tests.desktop.updates.conftest import HERE, AtSeat
from tests.releases import Organisation, Served, frozen, handed_out

DEVICES = [f"device-{number}" for number in range(2_000)]


def fault(updates: Updates) -> UpdateFault | None:
    trouble = updates.standing.trouble
    return trouble.fault if isinstance(trouble, UpdateRefused) else None


def test_a_release_is_fetched_proved_and_put_aside(
    organisation: Organisation, at_seat: AtSeat, versions: Versions
) -> None:
    organisation.release("0.2.0")
    updates = at_seat()
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")
    assert versions.to_start("0.1.0", Starts()) == versions.executable("0.2.0")
    assert (versions.folder / "0.2.0" / "_internal" / "link").is_symlink()
    assert (versions.folder / "0.2.0" / ROOT).read_bytes() == organisation.desk.root()
    assert list((versions.folder / "fetched").iterdir()) == []


def test_the_newest_release_is_taken(organisation: Organisation, at_seat: AtSeat) -> None:
    for version in ("0.2.0", "0.10.0", "0.9.0"):
        organisation.release(version)
    updates = at_seat()
    updates.look()
    assert updates.standing.newer == "0.10.0"


@pytest.mark.parametrize("running", ["0.2.0", "0.3.0"])
def test_who_is_as_far_takes_nothing(organisation: Organisation, at_seat: AtSeat, running: str) -> None:
    organisation.release("0.2.0")
    updates = at_seat(running)
    updates.look()
    assert updates.standing == Standing(running, Stage.CURRENT)


def test_a_release_of_another_system_is_not_taken(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0")
    organisation.desk.withdraw("0.2.0")
    organisation.desk.add(organisation.folder / "frozen" / "0.2.0", "0.2.1", 100, "plan9-mips")
    updates = at_seat()
    updates.look()
    assert updates.standing.stage is Stage.CURRENT


# ---- in stages ----------------------------------------------------------------------------------------------


def test_a_percentage_is_about_that_many_workstations() -> None:
    assert sum(share_of(device, "0.2.0") < 10 for device in DEVICES) == pytest.approx(200, abs=50)


def test_whoever_was_among_the_first_stays_among_more() -> None:
    first = {device for device in DEVICES if share_of(device, "0.2.0") < 10}
    assert first <= {device for device in DEVICES if share_of(device, "0.2.0") < 50}
    assert first != {device for device in DEVICES if share_of(device, "0.3.0") < 10}


def test_only_workstations_of_the_percentage_take_a_release(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0", percent=50)
    early = next(device for device in DEVICES if share_of(device, "0.2.0") < 50)
    late = next(device for device in DEVICES if share_of(device, "0.2.0") >= 50)
    seats = [at_seat(device=late), at_seat(device=early)]
    for seat in seats:
        seat.look()
    assert [seat.standing.stage for seat in seats] == [Stage.CURRENT, Stage.READY]
    organisation.desk.change("0.2.0", percent=100)
    seats[0].look()
    assert seats[0].standing == Standing("0.1.0", Stage.READY, "0.2.0")


def test_a_paused_release_that_waits_for_its_start_is_put_back(
    organisation: Organisation, at_seat: AtSeat, versions: Versions
) -> None:
    organisation.release("0.2.0")
    updates = at_seat()
    updates.look()
    organisation.desk.change("0.2.0", is_paused=True)
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.CURRENT)
    assert versions.to_start("0.1.0", Starts()) is None
    organisation.desk.change("0.2.0", is_paused=False)
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")


def test_a_withdrawn_release_is_not_started_and_one_that_runs_goes_on(
    organisation: Organisation, at_seat: AtSeat, versions: Versions
) -> None:
    organisation.release("0.2.0")
    at_seat().look()
    organisation.desk.withdraw("0.2.0")
    running = at_seat("0.2.0")
    running.look()
    assert versions.to_start("0.1.0", Starts()) == versions.executable("0.2.0")
    waiting = at_seat("0.1.0")
    waiting.look()
    assert versions.to_start("0.1.0", Starts()) is None


def test_a_release_is_taken_so_many_days_after_it_came_out(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0")
    seats = [at_seat(delay_days=3, at=datetime.now(UTC) + timedelta(days=days)) for days in (2, 4)]
    for seat in seats:
        seat.look()
    assert [seat.standing.stage for seat in seats] == [Stage.CURRENT, Stage.READY]


def test_in_quiet_hours_nothing_is_asked(organisation: Organisation, served: Served, at_seat: AtSeat) -> None:
    organisation.release("0.2.0")
    updates = at_seat(quiet_hours="13:00-15:00")
    assert updates.look() == QUIET_S
    assert served.asked == []
    later = at_seat(quiet_hours="13:00-15:00", here=HERE + timedelta(hours=2))
    later.look()
    assert later.standing.stage is Stage.READY


# ---- fetching -----------------------------------------------------------------------------------------------


def test_a_broken_line_is_taken_up_where_it_broke(organisation: Organisation, served: Served, at_seat: AtSeat) -> None:
    organisation.release("0.2.0")
    served.breaks_after = 250_000
    updates = at_seat()
    updates.look()
    assert isinstance(updates.standing.trouble, ServerUnreachable)
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")
    assert served.fetched[0] == ""
    assert int(served.fetched[1].removeprefix("bytes=").rstrip("-")) > 100_000


def test_a_call_stops_the_fetching_and_its_end_goes_on(
    organisation: Organisation, served: Served, at_seat: AtSeat
) -> None:
    organisation.release("0.2.0")
    updates = at_seat()
    stages: list[Standing] = []

    def told(standing: Standing) -> None:
        stages.append(standing)
        if 0 < standing.fetched_pct < 50:
            updates.hold(is_held=True)

    updates._told = told
    assert updates.look() == QUIET_S
    assert [one.stage for one in stages[-1:]] == [Stage.FETCHING]
    updates.hold(is_held=False)
    updates._told = stages.append
    updates.look()
    assert [one.stage for one in stages[-1:]] == [Stage.READY]
    assert len(served.fetched) == 2


def test_fetching_keeps_to_its_speed(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0")
    updates = at_seat(rate_kb_s=800)
    began = datetime.now(UTC)
    updates.look()
    assert updates.standing.stage is Stage.READY
    assert (datetime.now(UTC) - began).total_seconds() > organisation.file("0.2.0").stat().st_size / 1024 / 800


def test_the_thread_tells_what_it_found_and_ends_when_it_is_told_to(
    organisation: Organisation, program: Path, served: Served
) -> None:
    organisation.release("0.2.0")
    wanted = Wanted(Channel.STABLE, served.address)
    updates = Updates(
        "0.1.0", wanted, Versions.of(program), Route(proxy="none"), lambda: "d1", lambda: datetime.now(UTC), first_s=0.0
    )
    is_ready = threading.Event()
    thread = threading.Thread(
        target=updates.run, args=(lambda standing: is_ready.set() if standing.stage is Stage.READY else None,)
    )
    thread.start()
    assert is_ready.wait(20)
    updates.stop()
    thread.join(20)
    assert not thread.is_alive()


# ---- what is not believed -----------------------------------------------------------------------------------


def test_an_older_state_of_the_repository_is_refused(
    organisation: Organisation, at_seat: AtSeat, served: Served
) -> None:
    organisation.release("0.2.0")
    before = organisation.as_it_is("before")
    organisation.desk.withdraw("0.2.0")
    updates = at_seat()
    updates.look()
    served.folder = before
    updates.look()
    assert fault(updates) is UpdateFault.OLDER
    assert updates.standing.stage is Stage.CURRENT


def test_a_repository_held_back_is_believed_for_so_long(tmp_path: Path) -> None:
    organisation = Organisation(tmp_path)
    organisation.release("0.2.0")
    organisation.at(datetime.now(UTC) - timedelta(days=15)).refresh()
    with handed_out(organisation.repository) as served:
        updates = _seat(organisation, served)
        updates.look()
        assert fault(updates) is UpdateFault.EXPIRED
        organisation.desk.refresh()
        updates.look()
        assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")


def test_releases_signed_too_long_ago_are_refused(tmp_path: Path) -> None:
    organisation = Organisation(tmp_path)
    organisation.release("0.2.0")
    organisation.at(datetime.now(UTC) - timedelta(days=400)).change("0.2.0", percent=100)
    organisation.desk.refresh()
    with handed_out(organisation.repository) as served:
        updates = _seat(organisation, served)
        updates.look()
        assert fault(updates) is UpdateFault.EXPIRED


@pytest.mark.parametrize("what", ["changed", "longer", "shorter"])
def test_a_file_that_is_not_the_signed_one_is_refused(
    organisation: Organisation, at_seat: AtSeat, versions: Versions, what: str
) -> None:
    organisation.release("0.2.0")
    file = organisation.file("0.2.0")
    content = bytearray(file.read_bytes())
    content[2_000] ^= 1
    file.write_bytes({"changed": bytes(content), "longer": bytes(content) + b"x", "shorter": bytes(content)[:-1]}[what])
    updates = at_seat()
    updates.look()
    trouble = updates.standing.trouble
    assert isinstance(trouble, UpdateRefused | ServerUnreachable)
    assert (fault(updates) is UpdateFault.TAMPERED) == (what != "shorter")
    assert not versions.has("0.2.0")
    assert versions.to_start("0.1.0", Starts()) is None


def test_a_tampered_file_is_fetched_anew_when_it_is_whole_again(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0")
    file = organisation.file("0.2.0")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    updates = at_seat()
    updates.look()
    assert fault(updates) is UpdateFault.TAMPERED
    file.write_bytes(whole)
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")


def test_releases_that_somebody_else_signed_are_refused(
    organisation: Organisation, at_seat: AtSeat, served: Served, tmp_path: Path
) -> None:
    stranger = Organisation(tmp_path / "stranger")
    stranger.release("0.9.0")
    served.folder = stranger.repository
    updates = at_seat()
    updates.look()
    assert fault(updates) is UpdateFault.FORGED
    assert updates.standing.newer == ""


def test_a_percentage_changed_on_the_way_is_refused(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0", percent=0)
    file = max((organisation.repository / "metadata").glob("*.targets.json"))
    told = json.loads(file.read_text("utf-8"))
    [target] = told["signed"]["targets"].values()
    target["custom"]["percent"] = 100
    file.write_text(json.dumps(told), "utf-8")
    updates = at_seat()
    updates.look()
    assert fault(updates) is UpdateFault.FORGED


def test_metadata_without_end_is_cut_off(organisation: Organisation, at_seat: AtSeat) -> None:
    (organisation.repository / "metadata" / "timestamp.json").write_bytes(b" " * 100_000)
    updates = at_seat()
    updates.look()
    assert fault(updates) is UpdateFault.TAMPERED


def test_metadata_that_comes_drop_by_drop_is_left(
    organisation: Organisation, at_seat: AtSeat, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "METADATA_S", 0.2)
    served.drips_s = 0.02
    updates = at_seat()
    updates.look()
    assert isinstance(updates.standing.trouble, ServerUnreachable)


def test_a_file_that_comes_drop_by_drop_is_left_for_the_next_time(
    organisation: Organisation, at_seat: AtSeat, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation.release("0.2.0")
    updates = at_seat()
    monkeypatch.setattr(repository, "SLOW_S", 0.0)
    monkeypatch.setattr(repository, "LEAST_RATE", 10**12)
    updates.look()
    assert isinstance(updates.standing.trouble, ServerUnreachable)
    monkeypatch.undo()
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")


def test_a_disk_without_room_is_not_filled(
    organisation: Organisation, at_seat: AtSeat, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation.release("0.2.0")
    monkeypatch.setattr(bundle, "ROOM", 10**9)
    updates = at_seat()
    updates.look()
    assert isinstance(updates.standing.trouble, DiskFull)
    assert served.fetched == []


def test_a_new_key_of_releases_is_believed_by_the_word_of_the_root(organisation: Organisation, at_seat: AtSeat) -> None:
    organisation.release("0.2.0", percent=0)
    updates = at_seat()
    updates.look()
    for name in ("releases", "online", "root"):
        organisation.desk.new_key(name)
    organisation.desk.change("0.2.0", percent=100)
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.READY, "0.2.0")


# ---- what goes wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("says", ["0.1.9", "'$(exit 3)'; exit 3"], ids=["another version", "nothing but a failure"])
def test_a_program_that_does_not_run_here_is_not_chosen_and_not_tried_again(
    organisation: Organisation, at_seat: AtSeat, versions: Versions, served: Served, says: str
) -> None:
    organisation.release("0.2.0", says=says)
    updates = at_seat()
    updates.look()
    assert isinstance(updates.standing.trouble, UpdateUnfit)
    assert versions.to_start("0.1.0", Starts()) is None
    updates.look()
    assert updates.standing == Standing("0.1.0", Stage.CURRENT)
    assert len(served.fetched) == 1


def test_what_was_unpacked_before_the_power_went_is_proved_first(
    organisation: Organisation, at_seat: AtSeat, versions: Versions
) -> None:
    organisation.release("0.2.0")
    frozen(versions.folder / "0.2.0", "0.2.0", says="nothing")
    (versions.folder / "0.3.0.new").mkdir()
    updates = at_seat()
    updates.look()
    assert isinstance(updates.standing.trouble, UpdateUnfit)
    assert versions.to_start("0.1.0", Starts()) is None
    assert not (versions.folder / "0.3.0.new").exists()


def test_a_chosen_version_that_somebody_removed_is_fetched_again(
    organisation: Organisation, at_seat: AtSeat, versions: Versions
) -> None:
    organisation.release("0.2.0")
    updates = at_seat()
    updates.look()
    shutil.rmtree(versions.folder / "0.2.0")
    updates.look()
    assert versions.to_start("0.1.0", Starts()) == versions.executable("0.2.0")


def test_an_address_without_a_repository_is_told(organisation: Organisation, at_seat: AtSeat, served: Served) -> None:
    updates = at_seat(url=f"{served.address}/elsewhere")
    updates.look()
    assert isinstance(updates.standing.trouble, UpdatesAbsent)


def test_after_what_went_wrong_it_waits_longer_each_time(at_seat: AtSeat, served: Served) -> None:
    served.is_down = True
    updates = at_seat()
    waits = [updates.look() for _ in range(6)]
    assert waits == [900, 1800, 3600, 7200, 14400, 14400]
    served.is_down = False
    updates.look()
    assert updates.standing.trouble is None


def test_nobody_answering_is_told(at_seat: AtSeat) -> None:
    updates = at_seat(url="http://127.0.0.1:9")
    updates.look()
    trouble: DeskError | None = updates.standing.trouble
    assert isinstance(trouble, ServerUnreachable)


# ---- where there is none ------------------------------------------------------------------------------------


def test_managed_asks_nobody(organisation: Organisation, at_seat: AtSeat, served: Served) -> None:
    organisation.release("0.2.0")
    updates = at_seat(channel=Channel.MANAGED)
    updates.run(lambda _: None)
    assert updates.standing == Standing("0.1.0", Stage.BY_IT)
    assert served.asked == []


def test_what_stable_lacks_is_said(organisation: Organisation, program: Path, at_seat: AtSeat) -> None:
    route = Route()
    wanted = Wanted(Channel.STABLE, "http://127.0.0.1:9")
    of_all = Versions(Path("/proc/self/agent-desktop"))
    assert Updates("0.1.0", wanted, None, route, lambda: "d1", datetime.now).standing.stage is Stage.NOT_PACKAGED
    assert Updates("0.1.0", wanted, of_all, route, lambda: "d1", datetime.now).standing.stage is Stage.NOT_OURS
    assert at_seat(url="").standing.stage is Stage.NO_ADDRESS
    (program.parent / ROOT).unlink()
    assert at_seat().standing.stage is Stage.NO_ROOT


def _seat(organisation: Organisation, served: Served) -> Updates:
    versions = Versions.of(organisation.installed("0.1.0"))
    wanted = Wanted(Channel.STABLE, served.address)
    return Updates("0.1.0", wanted, versions, Route(proxy="none"), lambda: "d1", lambda: datetime.now(UTC))
