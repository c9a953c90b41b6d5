"""Pressed keys: on their way to the other side, and nowhere else."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.softphone.account import DigitMode, NotRegistered
from agent_desktop.softphone.events import CommandRefused, DigitReceived, Refusal
from agent_desktop.softphone.pjsip.sip_log import without_secrets
from tests.softphone.conftest import Pair
from tests.softphone.stations import Station, direct

CARD = "621483123456789012*0123456789#"


def use(pair: Pair, mode: DigitMode) -> None:
    pair.here.told.clear()
    pair.here.phone.set_account(replace(direct("100"), digit_mode=mode))
    pair.both.until(lambda: bool(pair.here.told))
    assert pair.here.phone.snapshot().registration == NotRegistered()


def heard(station: Station) -> str:
    return "".join(event.digit for event in station.told if isinstance(event, DigitReceived))


@pytest.mark.parametrize("mode", DigitMode, ids=str)
def test_thirty_pasted_digits_arrive_whole_and_in_order(pair: Pair, mode: DigitMode) -> None:
    use(pair, mode)
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.send_digits(into, CARD)
    pair.both.until(lambda: len(heard(pair.there)) == len(CARD), 30)
    assert heard(pair.there) == CARD


@pytest.mark.parametrize("mode", DigitMode, ids=str)
def test_keys_pressed_one_by_one_do_not_overtake_each_other(pair: Pair, mode: DigitMode) -> None:
    use(pair, mode)
    _, into = pair.both.connect(pair.there, pair.here)
    for digit in "1234567890":
        pair.here.phone.send_digits(into, digit)
    pair.both.until(lambda: len(heard(pair.there)) == 10, 20)
    assert heard(pair.there) == "1234567890"


def test_comma_is_a_pause_and_no_key(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.send_digits(into, "1,2")
    pair.both.until(lambda: heard(pair.there) == "12", 15)


def test_digits_end_with_their_call(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.send_digits(into, "1,,,2")
    pair.both.until(lambda: heard(pair.there) == "1")
    pair.here.phone.hang_up(into)
    pair.both.until_call(pair.here, into, lambda call: call.is_over)
    assert not [event for event in pair.here.told if isinstance(event, CommandRefused)]
    pair.both.connect(pair.there, pair.here)


@pytest.mark.parametrize("typed", ["", "12e4", "1" * 129, "１２"], ids=["none", "letter", "too many", "full width"])
def test_refusal_does_not_repeat_what_was_typed(pair: Pair, typed: str) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.send_digits(into, typed)
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    (no,) = (event for event in pair.here.told if isinstance(event, CommandRefused))
    assert (no.command, no.call_id, no.refusal) == ("SendDigits", into, Refusal.BAD_NUMBER)
    assert not typed or typed not in no.detail


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("Content-Type: application/dtmf-relay\r\n\r\nSignal=7\r\nDuration=120", "Signal=?\r\n"),
        ("Content-Type: application/dtmf\r\nContent-Length: 1\r\n\r\n7", "\r\n\r\n?"),
        ("Call 0 sending DTMF 7 using SIP INFO method", "DTMF ? using"),
        ("Call 0 dialing DTMF 77", "DTMF ?"),
        ("Sending DTMF digit id 7", "id ?"),
        ("Received DTMF digit 7, vol=10", "digit ?, vol"),
        ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:77abc/d+e=|2^20|1:4", "inline:?|2^20"),
        ('Authorization: Digest username="1", response="77ab"', 'response="?"'),
    ],
    ids=["info", "plain info", "sending", "dialling", "beside audio", "received", "srtp", "password"],
)
def test_sip_log_says_no_secret(entry: str, written: str) -> None:
    kept = without_secrets(entry)
    assert written in kept
    assert "77" not in kept.replace("Digest", "")
    assert not kept.endswith("7")


@pytest.mark.parametrize("mode", DigitMode, ids=str)
def test_sip_log_of_a_real_call_says_no_digit(tmp_path: Path, mode: DigitMode) -> None:
    phone = [sys.executable, "-m", "agent_desktop.softphone", "--sip-log"]
    logs = tmp_path / "called.log", tmp_path / "calling.log"
    called_by_itself = [*phone, str(logs[0]), "--auto-answer", "0", "--calls", "1"]
    with subprocess.Popen(called_by_itself, stdout=subprocess.PIPE) as called:
        assert called.stdout is not None
        port = next(told["sip_port"] for told in map(json.loads, called.stdout) if told["is"] == "RegistrationChanged")
        call = ["--dial", f"sip:phone@127.0.0.1:{port}", "--digits", "79", "--digit-mode", mode, "--hang-up-after", "2"]
        subprocess.run([*phone, str(logs[1]), *call], check=True, capture_output=True, timeout=30)
        told, _ = called.communicate(timeout=30)
    assert [each["digit"] for each in map(json.loads, told.splitlines()) if each["is"] == "DigitReceived"] == ["7", "9"]
    for log in logs:
        text = log.read_text(encoding="utf-8", errors="replace")
        assert "INVITE sip:phone@" in text
        assert ("Signal=?" in text) is (mode is DigitMode.INFO)
        assert not re.search(r"Signal=[79]|DTMF.*[79]\b", text)
