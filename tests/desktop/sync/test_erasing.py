"""A workstation and somebody who was erased on the server: everything about them goes, and only that."""

import asyncio
from datetime import UTC, datetime

from agent_desktop.favourites import Favourites
from agent_desktop.offline.day_log import DayLog
from agent_desktop.offline.forgetting import Forgetting
from agent_desktop.offline.kept import Kept
from agent_model.command import CommandKind, FieldChange
from agent_model.phone_number import DialPlan, normalise
from agent_server.administration import Actor
from agent_server.audit import AuditTrail
from agent_server.database import Database
from agent_server.privacy.erasures import Erasures
from agent_server.settings import read_secret
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import ServerThread

PHONE = "+8613800000001"
WORD = "不再记得"


def erase(server: ServerThread, customer_id: str = "C-1") -> None:
    settings = server.settings

    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            trail = AuditTrail(database, read_secret(settings.home), settings.home, lambda: datetime.now(UTC))
            erasures = Erasures(database, settings.home, trail, lambda: datetime.now(UTC))
            asked = await erasures.ask(Actor("console:a", None), customer_id, "来信要求", None)
            await erasures.decide(Actor("console:b", None), asked.id, "已核实", is_approved=True)
            await erasures.carry_out()
        finally:
            await database.close()

    asyncio.run(working())


def note(seat: Seat, customer_id: str) -> None:
    said = {"text": WORD, "author": seat.agent.id, "at": "2026-11-21T10:00:00.000Z"}
    seat.outbox.put("customer", customer_id, CommandKind.APPEND, {"notes": FieldChange(None, said)}, seat.clock())


def call(seat: Seat, key: str, number: str, customer_id: str | None = None) -> None:
    plain = {"key": key, "number": number, "name": "", "customer_id": customer_id, "kind": "call_in"}
    DayLog(seat.store).put(key, "2026-11-21T10:00:00.000Z", plain, "2026-01-01")


def calls(seat: Seat) -> list[str]:
    return sorted(str(plain["key"]) for plain in DayLog(seat.store).since("2026-01-01"))


def test_what_waits_about_an_erased_person_goes_and_its_author_is_told(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    call(seat, "by number", PHONE)
    call(seat, "by customer", "+8613911112222", "C-1")
    call(seat, "of another", "+8613800000002", "C-2")
    seat.outbox.save_draft("call-9", {"customer_id": "C-1", "subject": WORD}, seat.clock())
    seat.outbox.save_draft("call-8", {"customer_id": "C-2", "subject": "另一位"}, seat.clock())
    seat.network.lose_request = lambda _request: True
    note(seat, "C-1")
    note(seat, "C-2")
    seat.file_ticket("C-1")
    erase(server)

    seat.network.lose_request = lambda _request: False
    seat.sync()
    seat.sync()

    assert seat.mirror.row("customer", "C-1") is None
    assert seat.finder.find(PHONE) == ()
    assert [draft.key for draft in seat.outbox.drafts()] == ["call-8"]
    assert seat.outbox.entries() == []
    assert seat.outbox.delivered.due(10) == []
    assert calls(seat) == ["of another"]
    [told] = seat.erased
    assert (told.customers, told.drafts, told.commands) == (frozenset({"C-1"}), 1, 2)
    assert seat.mirror.row("customer", "C-2") is not None


def test_numbers_that_are_kept_beside_go_with_their_only_owner(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    forgetting = Forgetting(seat.store, seat.mirror, seat.outbox, DialPlan())
    favourites = Favourites(Kept(seat.store))
    favourites.keep(("138 0000 0001", "8001"))
    assert forgetting.traces_of(["C-1"]).numbers == {PHONE}
    favourites.forget(lambda number: normalise(number, DialPlan()) == PHONE)
    assert favourites.numbers() == ("8001",)


def test_draft_goes_though_the_customer_had_left_the_slices_before(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.outbox.save_draft("C-3", {"version": 1, "seen": {"name": WORD}, "wanted": {}}, seat.clock(), "customer")
    for scope in list(seat.mirror.cursors()):
        seat.mirror.drop(scope)
    erase(server, "C-3")

    seat.sync()

    assert seat.outbox.drafts("customer") == []


def test_merged_customer_is_not_taken_for_an_erased_one(server: ServerThread, sit_down: SitDown) -> None:
    seat = sit_down(server.address)
    seat.sync()
    seat.outbox.save_draft("call-9", {"customer_id": "C-2", "subject": WORD}, seat.clock())
    merge = {
        name: FieldChange(None, value) for name, value in {"customer_id": "C-1", "gone": "C-2", "taken": []}.items()
    }
    seat.outbox.put("customer_merge", "C-2.1", CommandKind.CREATE, merge, seat.clock())

    seat.sync()
    seat.sync()

    assert seat.mirror.row("customer", "C-2") is None
    assert [draft.key for draft in seat.outbox.drafts()] == ["call-9"]
    assert seat.erased == []
