"""A lead at their own workstation, let into an agent's call by a server that a real Asterisk is connected to."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.softphone.call import Call
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy
from agent_server.switch.asterisk import AsteriskSettings
from tests.in_process import ServerThread, make_site, serving
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.lab.test_floor import says, takes
from tests.lab.test_monitoring import AGENT_HZ, CUSTOMER_HZ, LEAD_HZ, heard
from tests.server.conftest import executed
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation
from tests.softphone.stations import Station


@pytest.fixture
def server(asterisk: Asterisk, tmp_path: Path) -> Iterator[ServerThread]:
    exchange = AsteriskSettings("lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret")
    with serving(replace(make_site(tmp_path / "site"), exchanges=(exchange,))) as running:
        yield running


def talking(station: Station) -> list[Call]:
    return [call for call in station.phone.snapshot().calls if call.is_talking]


def test_lead_who_asks_the_server_hears_the_agents_call_and_their_phone_knows_it(
    asterisk: Asterisk, server: ServerThread, agents: Agents
) -> None:
    agent, lead = agents.sign_in("1001", says_hz=AGENT_HZ), agents.sign_in("1100", says_hz=LEAD_HZ)
    customer = agents.sign_in("9001", says_hz=CUSTOMER_HZ)
    lead.phone.set_policy(CallPolicy(auto_answer=AutoAnswer.ALWAYS, zip_tone=False))
    with ExitStack() as leaving:
        seat = leaving.enter_context(Workstation(server.address, "lin.yue"))
        leads = leaving.enter_context(Workstation(server.address, "zhou.min"))
        ears = [Ear(leaving.enter_context(live(server, one.access))) for one in (seat, leads)]
        says(ears[0], "ready")
        takes(lambda: "PJSIP/1001" in asterisk.cli("queue show support"), within_s=8)
        customer.phone.dial("4020")
        answered = agents.answer(agent)

        references = {}
        for how in ("listen", "whisper"):
            references[how] = secrets.token_hex(16)
            said = {"agent": "lin.yue", "how": how, "reference": references[how]}
            done = leads.http.post("/floor/v1/monitoring", json=said)
            assert done.status_code == 204, done.text
            ears[1].next("monitoring", lead="zhou.min", agent="lin.yue", how=how)
            agents.until(lambda how=how: references[how] in {one.invite.call_ref for one in talking(lead)})  # type: ignore[misc]
            agents.talk(2.7)
        assert ears[0].next_of("monitoring")["how"] == "whisper", "as the site has it, listening is not told"
        assert leads.http.delete("/floor/v1/monitoring").status_code == 204
        agents.until(lambda: not any(not call.is_over for call in lead.phone.snapshot().calls))
        agents.hang_up(agent, answered)

    lines = executed(server.settings, "SELECT who, field, reason FROM audit_line WHERE deed = 'monitored' ORDER BY seq")
    assert lines == [("zhou.min", "listen", ""), ("zhou.min", "whisper", "")], "who changes over came by the server"
    both = [(AGENT_HZ, CUSTOMER_HZ)]
    assert [heard(agents, one) for one in ("1100", "1100-2")] == [both, both]
    assert heard(agents, "1001") == [(CUSTOMER_HZ,), (LEAD_HZ, CUSTOMER_HZ)]
    assert heard(agents, "9001") == [(AGENT_HZ,)]
