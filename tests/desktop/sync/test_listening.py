"""Listening to recordings against a real server: from here or from there, by who may, and always on record."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.listening import Audible, Listening, NotHeardError, Why
from agent_desktop.offline.kept import Kept
from agent_desktop.softphone.recording.reader import read_recording
from agent_desktop.softphone.recording.sealed import NotSealedError, Wholeness, unseal
from agent_desktop.supervisor.call_marks import CallMarks
from agent_model.agent import Role
from agent_model.body import from_body
from agent_model.customer import Contact, ContactKind, CustomerId
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.desktop.sync.shelf import Shelf
from tests.in_process import ServerThread
from tests.server.conftest import executed
from tests.server.officers import appoint
from tests.server.workstation import Workstation

TRAIL = "SELECT deed, who, subject, field, reason FROM audit_line WHERE deed LIKE 'heard%' OR deed = 'recording_given'"
QUIET = lambda _percent: None  # noqa: E731


class Desk:
    """A seat with its recordings, and what listens to them."""

    def __init__(self, seat: Seat, folder: Path) -> None:
        (folder / "recordings").mkdir(parents=True)
        self.seat, self.heard = seat, folder / "heard"
        self.shelf = Shelf(folder / "recordings", seat.client, seat.agent.id)
        self.listening = Listening(
            self.heard, self.shelf.recordings, seat.view, seat.agent, seat.client, lambda: self.shelf.now
        )

    def talk(self, contact_id: str = "K-1") -> Contact:
        """A call that was recorded, as a line of the timeline."""
        contact = Contact(
            contact_id, CustomerId("C-1"), ContactKind.CALL_IN, self.shelf.now, "", agent=self.seat.agent.id,
            call_ref="pbx1-a1",
        )  # fmt: skip
        self.seat.book.log_contact(contact)
        self.seat.sync()
        return contact

    def seen(self, contact_id: str = "K-1") -> Contact:
        """The line as this seat has it."""
        self.seat.sync()
        row = self.seat.view.row("contact", contact_id)
        assert row is not None
        return from_body(Contact, row.id, row.version, row.body)

    def why(self, contact: Contact) -> Why:
        with pytest.raises(NotHeardError) as found:
            self.listening.ready(contact, QUIET)
        return found.value.why


@pytest.fixture
def desk(server: ServerThread, sit_down: SitDown, tmp_path: Path) -> Desk:
    made = Desk(sit_down(server.address), tmp_path / "mine")
    made.seat.sync()
    return made


@pytest.fixture
def lead(server: ServerThread, sit_down: SitDown, tmp_path: Path) -> Desk:
    """Who leads the same team."""
    appoint(server.settings, "the.lead", Role.TEAM_LEAD)
    return Desk(sit_down(server.address, name="lead", login="the.lead"), tmp_path / "lead")


def allow(server: ServerThread, **roles: list[str]) -> None:
    appoint(server.settings, "the.admin", Role.ADMINISTRATOR)
    with Workstation(server.address, "the.admin") as admin:
        [answer] = admin.push(admin.op("desk_policy", "site", "create", roles))
    assert answer["verdict"] == "applied"


def test_own_call_is_heard_from_the_own_disk_also_offline(server: ServerThread, desk: Desk) -> None:
    contact = desk.talk()
    begun = desk.shelf.record(contact="K-1")
    desk.seat.network.lose_request = lambda _request: True
    [heard] = desk.listening.ready(contact, QUIET)
    sha256 = hashlib.sha256(begun.path.read_bytes()).hexdigest()
    assert heard == Audible(begun.path.stem, begun.path, begun.key, is_here=True, sha256=sha256)
    desk.listening.note(contact, heard)
    desk.seat.network.lose_request = lambda _request: False
    desk.seat.sync()
    assert executed(server.settings, TRAIL) == [("heard", desk.seat.agent.id, "K-1", "here", begun.path.stem)]


def test_team_lead_hears_it_from_the_server_and_it_stays_sealed(server: ServerThread, desk: Desk, lead: Desk) -> None:
    desk.talk()
    begun = desk.shelf.record(contact="K-1")
    desk.shelf.step()
    contact = lead.seen()
    percents: list[int] = []
    [heard] = lead.listening.ready(contact, percents.append)
    assert (heard.is_here, heard.key, percents[-1]) == (False, begun.key, 100)
    assert heard.path.read_bytes() == begun.path.read_bytes()
    assert unseal(heard.path, heard.key).wholeness is Wholeness.WHOLE
    lead.listening.note(contact, heard)
    lead.seat.sync()
    given, listened = executed(server.settings, TRAIL)
    assert given == ("recording_given", "the.lead", "K-1", heard.name, "")
    assert listened == ("heard", "the.lead", "K-1", "server", heard.name)
    lead.listening.let_go([heard])
    assert list(lead.heard.iterdir()) == []


def test_recording_that_was_cut_on_its_way_goes_on_where_it_stood(desk: Desk, lead: Desk) -> None:
    desk.talk()
    begun = desk.shelf.record(contact="K-1")
    desk.shelf.step()
    contact = lead.seen()
    cuts = iter((50_000,))
    lead.seat.network.cut_after = lambda request: (
        next(cuts, None) if request.url.path.count("/") == 5 else None  # the bytes, not the list
    )
    with pytest.raises(ServerUnreachable):
        lead.listening.ready(contact, QUIET)
    [heard] = lead.listening.ready(contact, QUIET)
    assert heard.path.read_bytes() == begun.path.read_bytes()
    assert any("bytes=" in asked for asked in lead.seat.network.asked)


def test_recording_that_nobody_sent_yet_is_told(desk: Desk, lead: Desk) -> None:
    desk.talk()
    assert lead.why(lead.seen()) is Why.NONE


def test_recording_on_its_way_says_how_far_it_is(server: ServerThread, desk: Desk, lead: Desk) -> None:
    desk.talk()
    desk.shelf.record(contact="K-1")
    desk.seat.network.lose_request = lambda request: request.method == "PATCH"
    desk.shelf.step(5)
    assert lead.why(lead.seen()) is Why.ON_ITS_WAY
    assert executed(server.settings, TRAIL) == []


def test_colleague_may_not_listen_and_is_told_before_the_server_is_asked(
    server: ServerThread, desk: Desk, sit_down: SitDown, tmp_path: Path
) -> None:
    desk.talk()
    desk.shelf.record(contact="K-1")
    desk.shelf.step()
    appoint(server.settings, "the.agent", Role.AGENT, "support")
    other = Desk(sit_down(server.address, name="other", login="the.agent"), tmp_path / "other")
    contact = other.seen()
    assert other.why(contact) is Why.NO_RIGHT
    with pytest.raises(ServerRefused, match="recording_not_allowed"):
        other.seat.client.recordings("K-1")
    assert executed(server.settings, TRAIL) == []


def test_site_that_lets_agents_hear_none_is_obeyed(server: ServerThread, desk: Desk) -> None:
    contact = desk.talk()
    desk.shelf.record(contact="K-1")
    allow(server, hears_own=["team_lead"])
    desk.seat.sync()
    assert desk.why(contact) is Why.NO_RIGHT


def test_what_was_heard_without_the_right_is_told_all_the_same(server: ServerThread, desk: Desk) -> None:
    contact = desk.talk()
    desk.shelf.record(contact="K-1")
    [heard] = desk.listening.ready(contact, QUIET)
    desk.listening.note(contact, heard)
    allow(server, hears_own=["team_lead"])
    desk.seat.sync()
    assert [line[0] for line in executed(server.settings, TRAIL)] == ["heard_unallowed"]


def test_recording_that_somebody_else_claims_is_of_this_call_is_not_given(
    server: ServerThread, desk: Desk, lead: Desk, sit_down: SitDown, tmp_path: Path
) -> None:
    desk.talk()
    other = Desk(sit_down(server.address, name="other", login="zhou.min"), tmp_path / "other")
    other.seat.sync()
    other.shelf.record(contact="K-1")
    other.shelf.step()
    assert lead.why(lead.seen()) is Why.NONE


def test_call_nobody_may_see_is_not_found(server: ServerThread, lead: Desk) -> None:
    lead.seat.sync()
    with pytest.raises(ServerRefused, match="not_found"):
        lead.seat.client.recordings("K-unknown")
    assert executed(server.settings, TRAIL) == []


def test_file_the_server_lost_is_told(server: ServerThread, desk: Desk, lead: Desk) -> None:
    desk.talk()
    desk.shelf.record(contact="K-1")
    desk.shelf.step()
    [(upload_id,)] = executed(server.settings, "SELECT id FROM upload")
    contact = lead.seen()
    server.app_server.uploads.store.whole(upload_id).unlink()
    assert lead.why(contact) is Why.LOST


def test_recording_that_is_damaged_at_the_server_is_told_and_not_kept(
    server: ServerThread, desk: Desk, lead: Desk
) -> None:
    desk.talk()
    desk.shelf.record(contact="K-1")
    desk.shelf.step()
    [(upload_id,)] = executed(server.settings, "SELECT id FROM upload")
    path, contact = server.app_server.uploads.store.whole(upload_id), lead.seen()
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert lead.why(contact) is Why.DAMAGED
    path.write_bytes(sealed[:-1])
    assert lead.why(contact) is Why.DAMAGED
    assert list(lead.heard.glob("*")) == []
    path.write_bytes(sealed)
    [heard] = lead.listening.ready(contact, QUIET)
    assert heard.path.read_bytes() == sealed


def test_what_is_sealed_otherwise_is_not_a_recording(desk: Desk) -> None:
    begun = desk.shelf.record(contact="K-1")
    with pytest.raises(NotSealedError):
        read_recording(begun.path, begun.key)


@pytest.mark.parametrize(
    "fields",
    [
        {"heard": ("here", "")},
        {"heard": ("elsewhere", "r-1")},
        {"heard": ("here", 7)},
        {"heard": ("here", "r" * 129)},
        {"heard": ("here", "r-1"), "copied": ("phone", "customer")},
    ],
    ids=["no name", "elsewhere", "a number", "too long", "with more"],
)
def test_garbled_listening_is_refused(
    server: ServerThread, desk: Desk, fields: dict[str, tuple[object, object]]
) -> None:
    desk.talk()
    with Workstation(server.address, "lin.yue") as seated:
        [answer] = seated.push(seated.op("contact", "K-1", "reveal", fields))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "bad_field")


def test_places_are_marked_at_the_server_by_the_lead(server: ServerThread, desk: Desk, lead: Desk) -> None:
    desk.talk()
    desk.shelf.record(contact="K-1")
    desk.shelf.step()
    [heard] = lead.listening.ready(lead.seen(), QUIET)
    marks = CallMarks(
        lead.seat.agent, lead.seat.client, Kept(lead.seat.store), lambda: lead.shelf.now, lambda: "a1" * 16
    )
    mark = marks.blank(heard.sha256, 1.5)
    marks.put("K-1", mark)
    told = marks.put("K-1", replace(mark, note=" Good opening "))
    assert (told.at_ms, told.note, told.by) == (1500, "Good opening", "the.lead")
    assert marks.of("K-1") == (told,)
    with pytest.raises(ServerRefused, match="not_allowed"):
        desk.seat.client.recording_marks("K-1")
    marks.drop("K-1", mark.id)
    assert marks.of("K-1") == ()
