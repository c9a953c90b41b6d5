"""What a real Asterisk records of a call, fetched by the server and heard by the lead."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import soundfile

from agent_desktop.softphone.recording.reader import read_recording
from agent_server.switch.asterisk import AsteriskSettings
from tests.in_process import a_customer, make_site, serving
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.lab.test_floor import says, takes
from tests.server.test_exchange_recordings import held, spoke
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation
from tests.softphone.tones import is_tone, listen

HZ = 700
"""What the exchange's own customer says."""


def test_call_that_the_exchange_recorded_is_heard_by_the_lead(
    asterisk: Asterisk, agents: Agents, tmp_path: Path
) -> None:
    folder = asterisk.folder / "monitor"
    exchange = AsteriskSettings("lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret", recordings=str(folder))
    site = replace(
        make_site(tmp_path / "site", [a_customer(1)]), exchanges=(exchange,), exchange_recordings_every_s=0.5
    )
    phone = agents.sign_in("1001")
    with ExitStack() as leaving:
        server = leaving.enter_context(serving(site))
        seat = leaving.enter_context(Workstation(server.address, "lin.yue"))
        lead = leaving.enter_context(Workstation(server.address, "zhou.min"))
        says(Ear(leaving.enter_context(live(server, seat.access))), "ready")
        takes(lambda: "PJSIP/1001" in asterisk.cli("queue show support"), within_s=8)
        asterisk.customer_calls("4060")
        answered = agents.answer(phone)
        agents.talk(2.7)
        agents.hang_up(phone, answered)
        assert answered.invite.call_ref is not None
        contact_id = spoke(seat, answered.invite.call_ref)
        assert [one.stem for one in folder.iterdir()] == [answered.invite.call_ref]

        takes(lambda: not list(folder.iterdir()), within_s=25)
        [one] = held(lead, contact_id)
        fetched = tmp_path / "fetched"
        fetched.write_bytes(lead.http.get(f"/sync/v1/recordings/{contact_id}/{one['id']}").content)
    read_recording(fetched, bytes.fromhex(one["key"])).save(tmp_path / "clear.wav")
    assert soundfile.info(tmp_path / "clear.wav").duration > 2
    assert is_tone(listen(tmp_path / "clear.wav", step_s=0.5)[2], HZ)
