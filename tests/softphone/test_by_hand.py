"""The headless phone, as IT, the demo and interop checks run it."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.softphone.registrar import Registrar
from tests.softphone.tones import is_tone, listen, write_tone

PHONE = [sys.executable, "-m", "agent_desktop.softphone"]


def lines(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_caller_by_arguments_and_callee_by_control(tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "tone.wav", 440)
    heard = tmp_path / "heard.wav"
    callee = [*PHONE, "--account", "sip:100@127.0.0.1", "--control", "stdio", "--record", str(heard)]
    with subprocess.Popen(callee, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as called:
        assert called.stdin is not None
        assert called.stdout is not None
        port = next(told["sip_port"] for told in map(json.loads, called.stdout) if told["is"] == "RegistrationChanged")
        caller = [*PHONE, "--dial", f"sip:100@127.0.0.1:{port}", "--header", "X-Customer-Id: C1", "--play", str(tone)]
        with subprocess.Popen([*caller, "--digits", "5#", "--hang-up-after", "2.2"], stdout=subprocess.PIPE) as calling:
            ringing = next(told for told in map(json.loads, called.stdout) if told["is"] == "CallChanged")["call"]
            assert ringing["invite"]["customer_id"] == "C1"
            called.stdin.write(json.dumps({"is": "Answer", "call_id": ringing["id"]}).encode() + b"\n")
            called.stdin.flush()
            said, _ = calling.communicate(timeout=20)
        rest, _ = called.communicate(timeout=20)
    told = lines(rest)
    assert calling.returncode == 0
    assert called.returncode == 0
    assert lines(said)[-1]["call"]["end"]["reason"] == "hung_up_here"
    assert [each["digit"] for each in told if each["is"] == "DigitReceived"] == ["5", "#"]
    assert [is_tone(each, 440) for each in listen(heard)[2:4]] == [True, True]


def test_caller_that_nobody_answers_fails(tmp_path: Path) -> None:
    callee = [*PHONE, "--account", "sip:100@127.0.0.1", "--calls", "1", "--control", "stdio"]
    with subprocess.Popen(callee, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as called:
        assert called.stdin is not None
        assert called.stdout is not None
        port = next(told["sip_port"] for told in map(json.loads, called.stdout) if told["is"] == "RegistrationChanged")
        with subprocess.Popen([*PHONE, "--dial", f"sip:100@127.0.0.1:{port}"], stdout=subprocess.PIPE) as calling:
            ringing = next(told for told in map(json.loads, called.stdout) if told["is"] == "CallChanged")["call"]
            called.stdin.write(json.dumps({"is": "Decline", "call_id": ringing["id"]}).encode() + b"\n")
            called.stdin.flush()
            said, _ = calling.communicate(timeout=20)
        assert called.wait(timeout=20) == 0, "it ends by itself, also while more could be typed"
    assert calling.returncode == 1
    assert lines(said)[-1]["call"]["end"]["reason"] == "busy"


@pytest.fixture
def registrar() -> Iterator[Registrar]:
    running = Registrar({"100": "right"})
    running.start()
    yield running
    running.close()


def dialling_through(registrar: Registrar, password: str) -> "subprocess.Popen[bytes]":
    """To a port where nobody listens."""
    at = ["--account", f"sip:100@{registrar.address}", "--registrar", registrar.address, "--transport", "tcp"]
    told = {**os.environ, "AGENT_PHONE_PASSWORD": password}
    return subprocess.Popen([*PHONE, *at, "--dial", "sip:200@127.0.0.1:9"], env=told, stdout=subprocess.PIPE)


def test_caller_with_a_registrar_dials_once_it_is_registered(registrar: Registrar) -> None:
    with dialling_through(registrar, "right") as calling:
        assert calling.stdout is not None
        told = map(json.loads, calling.stdout)
        until_it_dials = list(itertools.takewhile(lambda each: each["is"] != "CallChanged", told))
        calling.terminate()
    assert until_it_dials[-1]["registration"]["is"] == "Registered"


def test_caller_that_is_refused_by_its_registrar_fails(registrar: Registrar) -> None:
    with dialling_through(registrar, "wrong") as calling:
        said, _ = calling.communicate(timeout=20)
    assert calling.returncode == 1
    assert not [each for each in lines(said) if each["is"] == "CallChanged"]
