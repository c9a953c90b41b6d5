"""What a real Asterisk records of a call, fetched by the server and heard by the lead."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import rmtree

import pytest
import soundfile

from agent_desktop.softphone.recording.reader import read_recording
from agent_server.command_line import main
from agent_server.switch.asterisk import AsteriskSettings, stored_recordings
from agent_server.switch.asterisk.stored_recordings import StoredRecordings, recordings_lying_at
from agent_server.switch.exchanges_file import EXCHANGES_FILE
from agent_server.switch.tls import Tls
from tests.in_process import DATABASE_NAME, a_customer, make_site, serving
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.lab.test_floor import says, takes
from tests.server.test_exchange_recordings import held, spoke
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation
from tests.softphone.tones import is_tone, listen

HZ = 700
"""What the exchange's own customer says."""


def in_a_folder(asterisk: Asterisk) -> AsteriskSettings:
    return replace(by_manager(asterisk), recordings=str(asterisk.folder / "monitor"))


def by_ari(asterisk: Asterisk) -> AsteriskSettings:
    return replace(
        by_manager(asterisk),
        ari=f"https://127.0.0.1:{asterisk.http_tls_port}/ari",
        ari_secret="desk-secret",
        tls=Tls(asterisk.trusted_ca),
        port=asterisk.ami_tls_port,
    )


def by_manager(asterisk: Asterisk) -> AsteriskSettings:
    return AsteriskSettings("lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret")


@pytest.mark.parametrize(
    ("way", "number", "lies_in"), [(in_a_folder, "4060", "monitor"), (by_ari, "4061", "spool/recording")]
)
def test_call_that_the_exchange_recorded_is_heard_by_the_lead(
    asterisk: Asterisk,
    agents: Agents,
    tmp_path: Path,
    way: Callable[[Asterisk], AsteriskSettings],
    number: str,
    lies_in: str,
) -> None:
    folder = asterisk.folder / lies_in
    exchange = way(asterisk)
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
        asterisk.customer_calls(number)
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


def test_recording_that_grows_is_left_until_it_is_whole(asterisk: Asterisk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = asterisk.folder / "spool/recording"
    place = StoredRecordings(by_ari(asterisk))
    monkeypatch.setattr(stored_recordings, "QUIET_FOR", timedelta(0))

    async def read() -> None:
        (folder / "ref-1.wav").write_bytes(b"RIFF")
        (folder / "ref-3.ulaw").write_bytes(b"of another kind")
        (folder / "of-others").mkdir()
        (folder / "of-others" / "ref-2.wav").write_bytes(b"RIFF")
        assert list(await place.references()) == ["ref-1"]
        assert await place.sound("ref-1") is None
        (folder / "ref-1.wav").write_bytes(b"RIFF and more")
        assert await place.sound("ref-1") is None
        sound = await place.sound("ref-1")
        assert sound is not None
        assert sound.read() == b"RIFF and more"
        await place.drop("ref-1")
        assert await place.sound("ref-1") is None
        await place.drop("ref-1")

    try:
        asyncio.run(read())
        assert not (folder / "ref-1.wav").exists()
        assert (folder / "of-others" / "ref-2.wav").exists()
    finally:
        rmtree(folder)
        folder.mkdir()


def test_exchange_whose_recordings_cannot_be_fetched_says_why(asterisk: Asterisk) -> None:
    exchange = by_ari(asterisk)
    assert asyncio.run(recordings_lying_at(exchange)) == 0
    for wrong, fact in (
        (replace(exchange, ari_secret="another"), "does not let desk in: look at ari_secret"),
        (replace(exchange, user="looker"), "lets looker look only"),
        (replace(exchange, ari=exchange.ari.replace("/ari", "/elsewhere")), "answers 404: it is to be the address"),
        (replace(exchange, tls=None), "CERTIFICATE_VERIFY_FAILED"),
        (replace(exchange, ari="https://127.0.0.1:9/ari"), "is not reached"),
    ):
        with pytest.raises(OSError, match=fact):
            asyncio.run(recordings_lying_at(wrong))


@pytest.mark.parametrize(
    ("user", "told"),
    [
        ("desk", "  lab: 0 recordings lie there, and can be fetched by its ARI"),
        ("looker", "! lab: its recordings cannot be fetched: its ARI lets looker look only: read_only is to be no"),
    ],
)
def test_check_of_the_exchange_says_whether_its_recordings_can_be_fetched(
    asterisk: Asterisk, tmp_path: Path, capsys: pytest.CaptureFixture[str], user: str, told: str
) -> None:
    home = make_site(tmp_path / "site").home
    (home / "ca.pem").write_bytes(asterisk.trusted_ca.read_bytes())
    (home / EXCHANGES_FILE).write_text(f"""[[exchange]]
kind = "asterisk"
name = "lab"
host = "127.0.0.1"
port = {asterisk.ami_tls_port}
tls = true
ca = "ca.pem"
user = "{user}"
secret = "desk-secret"
ari = "{by_ari(asterisk).ari}"
ari_secret = "desk-secret"
""")
    (home / EXCHANGES_FILE).chmod(0o600)
    main(["exchange-check", "--database", str(home / DATABASE_NAME)])
    assert any(line.startswith(told) for line in capsys.readouterr().out.splitlines())
