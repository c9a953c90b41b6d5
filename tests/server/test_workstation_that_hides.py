"""A workstation may have the server hide more than it hides anyway, on every way there is; never less."""

import time
from collections.abc import Callable, Iterator

import pytest
from websockets.sync.client import connect

from agent_model.agent import Role
from agent_model.secret import Secret
from agent_model.wire import HIDES_HEADER
from agent_server.api.live import LiveConnection
from agent_server.policy import Policy
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite
from tests.server.officers import CONSOLE, at_the_console, decide
from tests.server.test_live import Ear
from tests.server.test_masking import ID_NUMBER, PHONE, customer, lead_of, ways
from tests.server.workstation import Workstation

NUMBERS = {Secret.PHONE, Secret.ID_CARD, Secret.BANK_CARD, Secret.ADDRESS}


def quickly(fact: Callable[[], bool], within_s: float = 10) -> bool:
    end = time.monotonic() + within_s
    while not fact() and time.monotonic() < end:
        time.sleep(0.01)
    return fact()


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    """Agents see numbers masked, team leads see them whole."""
    settings = new_site([a_customer(1, id_number=ID_NUMBER), a_customer(2)])
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    with serving(settings) as running:
        yield running


@pytest.fixture
def lead(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, lead_of(server)) as person:
        yield person


def hiding(seat: Workstation, word: str) -> Workstation:
    seat.http.headers[HIDES_HEADER] = word
    return seat


@pytest.mark.parametrize("way", ["snapshot", "changes", "verify", "lookup"])
def test_what_the_workstation_hides_comes_on_no_way(lead: Workstation, way: str) -> None:
    assert PHONE.encode() in ways(lead)[way]

    brought = ways(hiding(lead, "numbers"))[way]

    assert b'"138****0001"' in brought
    assert not [secret for secret in (PHONE, PHONE[3:], ID_NUMBER) if secret.encode() in brought]


def test_epoch_and_kinds_are_told_and_all_hides_names_as_well(lead: Workstation) -> None:
    whole, numbers, everything = (hiding(lead, word).hello() for word in ("", "numbers", "all"))

    assert "hidden" not in whole
    assert (set(numbers["hidden"]), set(everything["hidden"])) == (NUMBERS, set(Secret))
    assert len({told["epoch"] for told in (whole, numbers, everything)}) == 3
    assert "word_keys" in customer(lead)


def test_it_is_never_less_than_the_site_hides(server: ServerThread) -> None:
    with Workstation(server.address, "lin.yue") as agent:
        plain, numbers = agent.hello(), hiding(agent, "numbers").hello()
        everything = hiding(agent, "all").hello()

    assert plain["hidden"] == numbers["hidden"]
    assert plain["epoch"] == numbers["epoch"]
    assert set(everything["hidden"]) > set(numbers["hidden"])


def test_another_word_shows_nothing(lead: Workstation) -> None:
    answer = hiding(lead, "nothing").http.get("/sync/v1/changes", params={"scope": "customers:home", "since": 0})
    assert (answer.status_code, answer.json()) == (422, {"error": "bad_request", "field": HIDES_HEADER})


def test_rows_on_the_live_connection_are_hidden_also_after_rights_were_looked_at(
    server: ServerThread, lead: Workstation
) -> None:
    headers = {"Authorization": f"Bearer {lead.access}", HIDES_HEADER: "numbers"}
    url = server.address.replace("http", "ws") + "/sync/v1/live?rows=1"
    with connect(url, additional_headers=headers, open_timeout=10) as line:
        ear = Ear(line)
        ear.next("welcome")
        at_the_console(server.settings, lambda desk, _trail: desk.set_site(CONSOLE, lead.login, "Hall 2", ""))
        ear.next("poke", scope="org")
        [heard] = [one for one in server.app_server.hub._topics if isinstance(one, LiveConnection)]
        assert quickly(lambda: not heard.is_doubted)
        with Workstation(server.address, "wang.qiang") as writer:
            writer.push(writer.ticket(subject=f"call back {PHONE}"))
        rows = ear.next("rows", scope="queue:support")

    [row] = rows["page"]["rows"]
    assert "138****0001" in row["body"]["subject"]
