"""A call that two real phones talked is recorded, brought to a real server, and heard there with its key."""

from pathlib import Path

from agent_desktop.softphone.account import Transport
from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import Wholeness
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.shelf import Shelf
from tests.in_process import ServerThread
from tests.server.conftest import executed
from tests.softphone.recorded import legs, saved
from tests.softphone.talkers import AGENT_HZ, CALLER_HZ, Talkers
from tests.softphone.tones import is_tone


def test_recorded_call_is_heard_on_the_server_as_it_was(
    server: ServerThread, sit_down: SitDown, tmp_path: Path
) -> None:
    seat = sit_down(server.address)
    (tmp_path / "recordings").mkdir()
    shelf = Shelf(tmp_path / "recordings", seat.client, seat.agent.id)
    talkers = Talkers(tmp_path, Transport.UDP)
    try:
        both, agent = talkers.both, talkers.agent
        _, into = both.connect(talkers.caller, agent)
        begun = shelf.recordings.begin(agent.call(into))
        agent.phone.start_recording(into, begun.path, begun.key)
        both.for_a_while(3)
        shelf.step()
        assert executed(server.settings, "SELECT id FROM upload") == [], "not while the call goes on"
        agent.phone.hang_up(into)
        saved(both, agent)
    finally:
        talkers.close()
    shelf.recordings.link(into, "K-7")
    shelf.step()

    [(upload_id, device, sha256, sealed, contact)] = executed(
        server.settings, "SELECT id, device_id, sha256, key, contact FROM upload"
    )
    whole = server.app_server.uploads.store.whole(upload_id)
    assert whole.read_bytes() == begun.path.read_bytes()
    assert contact == "K-7"
    key = server.app_server.handover.key_of_file(bytes.fromhex(sealed), seat.agent.id, device, sha256)
    recorded = read_recording(whole, key)
    assert (recorded.wholeness, recorded.call_id) == (Wholeness.WHOLE, into)
    left, right = legs(recorded, tmp_path)
    assert sum(is_tone(each, AGENT_HZ) for each in left) >= 3, left
    assert sum(is_tone(each, CALLER_HZ) for each in right) >= 3, right
