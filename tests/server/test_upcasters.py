"""Commands of workstations of another age: read two versions back, and refused whole beyond that."""

from typing import Any

import pytest

from agent_model.command import COMMAND_SCHEMA
from agent_server.refusals import RequestRefused
from agent_server.upcasters import UPCASTERS, Upcasters
from tests.in_process import ServerThread
from tests.server.conftest import executed
from tests.server.workstation import Workstation


def renamed(plain: dict[str, Any]) -> dict[str, Any]:
    fields = dict(plain["fields"])
    fields["region"] = fields.pop("area")
    return {**plain, "fields": fields}


def in_lists(plain: dict[str, Any]) -> dict[str, Any]:
    return {**plain, "fields": {name: [pair] for name, pair in plain["fields"].items()}}


OF_FOUR = Upcasters(4, {2: renamed, 3: in_lists})


def test_command_goes_through_every_version_up_to_todays() -> None:
    raised = OF_FOUR.raised({"schema": 2, "fields": {"area": 1}})

    assert raised == {"schema": 4, "fields": {"region": [1]}}
    assert OF_FOUR.raised({"schema": 3, "fields": {"area": 1}})["fields"] == {"area": [1]}
    assert OF_FOUR.raised({"schema": 4, "fields": {"area": 1}})["fields"] == {"area": 1}


@pytest.mark.parametrize(("schema", "code"), [(1, "client_too_old"), (5, "client_too_new")])
def test_command_from_too_far_away_is_refused(schema: int, code: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        OF_FOUR.raised({"schema": schema, "fields": {}})

    assert (refused.value.status, refused.value.code) == (426, code)
    assert refused.value.facts == {"schema": 4, "oldest_schema": 2}


def test_every_version_that_is_read_has_its_step() -> None:
    assert set(UPCASTERS.steps) == set(range(UPCASTERS.oldest, UPCASTERS.current))


def test_hello_says_which_commands_are_read(seat: Workstation) -> None:
    greeting = seat.hello()

    assert (greeting["schema"], greeting["oldest_schema"]) == (COMMAND_SCHEMA, UPCASTERS.oldest)


def test_command_without_a_version_is_of_the_first(seat: Workstation) -> None:
    assert [answer["verdict"] for answer in seat.push(seat.ticket(), seat.ticket(more={"schema": 1}))] == [
        "applied"
    ] * 2


@pytest.mark.parametrize(
    ("schema", "status", "code"),
    [
        (0, 426, "client_too_old"),
        (COMMAND_SCHEMA + 1, 426, "client_too_new"),
        (-1, 422, "bad_request"),
        ("1", 422, "bad_request"),
        (True, 422, "bad_request"),
        (None, 422, "bad_request"),
    ],
)
def test_batch_with_a_command_of_another_age_is_refused_whole(
    seat: Workstation, server: ServerThread, schema: Any, status: int, code: str
) -> None:
    answer = seat.post([seat.ticket(), seat.ticket(more={"schema": schema})])

    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert executed(server.settings, "SELECT count(*) FROM op_log") == [(0,)]
