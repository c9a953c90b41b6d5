"""The documented lines are those that the phone reads and writes."""

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from agent_desktop.softphone.commands import Command, Dial, SendDigits, UsePolicy
from agent_desktop.softphone.events import Event, PhoneReady, PhoneSnapshot
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy
from agent_desktop.softphone.schema import protocol_schema
from agent_desktop.softphone.wire import BadLineError, command_line, event_line, read_command

DOCUMENTED = Path(__file__).parents[2] / "docs" / "phone-protocol.schema.json"
SCHEMA = protocol_schema()


def kind(name: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][name]
    return found


def test_documented_schema_is_what_the_program_prints() -> None:
    """`agent-phone --schema > docs/phone-protocol.schema.json` writes it anew."""
    said = subprocess.run(
        [sys.executable, "-m", "agent_desktop.softphone", "--schema"], check=True, capture_output=True
    )
    assert said.stdout.decode("utf-8") == DOCUMENTED.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", [*get_args(Command), *get_args(Event)], ids=lambda shape: shape.__name__)
def test_every_command_and_event_is_documented_with_its_fields(shape: type) -> None:
    written = kind(shape.__name__)
    assert list(written["properties"]) == ["is", *(each.name for each in fields(shape))]
    assert written["properties"]["is"] == {"const": shape.__name__}
    direction = "Command" if shape in get_args(Command) else "Event"
    assert {"$ref": f"#/$defs/{shape.__name__}"} in kind(direction)["oneOf"]


def test_no_name_points_nowhere() -> None:
    names = [part.partition('"')[0] for part in json.dumps(SCHEMA).split("#/$defs/")[1:]]
    assert set(names) <= set(SCHEMA["$defs"])


def test_what_may_be_left_out_has_its_default_and_what_may_not_is_required() -> None:
    assert kind("Dial")["required"] == ["is", "call_id", "number"]
    assert kind("Dial")["properties"]["shown_number"] == {"type": "string", "default": ""}
    assert kind("CallPolicy")["required"] == ["is"]
    assert read_command('{"is":"Dial","call_id":"a","number":"1"}') == Dial("a", "1")  # type: ignore[arg-type]
    with pytest.raises(BadLineError):
        read_command('{"is":"Dial","call_id":"a"}')


def test_choices_are_those_that_are_written() -> None:
    line = json.loads(command_line(UsePolicy(CallPolicy(auto_answer=AutoAnswer.ALWAYS))))
    assert line["policy"]["auto_answer"] in kind("AutoAnswer")["enum"]
    assert set(line["policy"]) == set(kind("CallPolicy")["properties"])


def test_nested_values_are_written_as_they_are_documented() -> None:
    line = json.loads(event_line(PhoneReady(PhoneSnapshot())))
    assert set(line["snapshot"]) == set(kind("PhoneSnapshot")["properties"])
    assert line["snapshot"]["registration"] == {"is": "NotRegistered"}
    assert {"$ref": "#/$defs/NotRegistered"} in kind("PhoneSnapshot")["properties"]["registration"]["oneOf"]


def test_documentation_says_what_the_code_says_and_nothing_made_up() -> None:
    assert kind("SendDigits")["description"] == " ".join((SendDigits.__doc__ or "").split())
    assert "description" not in kind("Mute")
