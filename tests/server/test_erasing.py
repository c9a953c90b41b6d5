"""Erasing one person on the server: who may, what goes, what never comes back, and what a crash does to it."""

import asyncio
import hashlib
import os
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx
import orjson
import pytest
from sqlalchemy import select

from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.customer_merge import united
from agent_model.moment import from_text, with_zone
from agent_model.words import Words
from agent_server import tables
from agent_server.__main__ import main
from agent_server.administration import Actor
from agent_server.audit import AuditTrail
from agent_server.database import Database
from agent_server.exchange_recordings import ExchangeRecordings
from agent_server.file_store import FileStore
from agent_server.handover import Handover
from agent_server.privacy.certificate import digest_of, printed
from agent_server.privacy.duties import Duties, Duty, Limit, Limited, What, write_duties
from agent_server.privacy.erasures import Erasures
from agent_server.privacy.journal import FILE, Entry, ErasureJournal
from agent_server.privacy.limits import Limits
from agent_server.privacy.remains import BESIDE_ROWS, POINTERS
from agent_server.settings import Settings, read_secret
from agent_server.switch.recorded import RecordingFolder
from tests.in_process import ServerThread, a_customer, import_into, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.knowledge_samples import batch, decision, gaps, record
from tests.server.officers import appoint, findings
from tests.server.test_announcements import announce, change, receipt
from tests.server.test_files import whole_files
from tests.server.test_import_tasks import HEADINGS, IMPORTS, looked, step, taken
from tests.server.workstation import WRITTEN_AT, Workstation
from tests.softphone.tones import write_tone

T = TypeVar("T")

NAME, PHONE, WORD = "欧阳忘川", "+8613977770042", "忘川的秘密"
WHO = a_customer(42, name=NAME, phones=[PHONE], email="wangchuan@example.com")
OTHER = a_customer(43, name="留下的人")
SECRETS = (NAME.encode(), PHONE[3:].encode(), WORD.encode(), b"wangchuan@", orjson.dumps(NAME)[1:-1])
WHY = "本人来信要求"


@pytest.fixture
def settings(new_site: NewSite) -> Settings:
    return new_site((WHO, OTHER))


@pytest.fixture
def server(settings: Settings) -> Iterator[ServerThread]:
    appoint(settings, "gao.jie", Role.DUTY_MANAGER)
    appoint(settings, "an.quan", Role.SECURITY_OFFICER)
    with serving(settings) as running:
        yield running


@pytest.fixture
def officer(sit_at: SitAt) -> Workstation:
    return sit_at("an.quan")


@pytest.fixture
def manager(sit_at: SitAt) -> Workstation:
    return sit_at("gao.jie")


def ask(seat: Workstation, customer_id: str = "C-42", reason: str = WHY) -> httpx.Response:
    return seat.http.post("/privacy/erasures", json={"customer_id": customer_id, "reason": reason})


def approve(seat: Workstation, erasure_id: str) -> httpx.Response:
    return seat.http.post(f"/privacy/erasures/{erasure_id}/approve", json={"reason": "核实无误"})


def hold(seat: Workstation, what: str = "hold") -> httpx.Response:
    return seat.http.post(f"/privacy/customers/C-42/{what}", json={"reason": "诉讼中"})


def erased(server: ServerThread, lead: Workstation, officer: Workstation) -> dict[str, Any]:
    """The certificate."""
    erasure_id = ask(lead).json()["id"]
    assert approve(officer, erasure_id).status_code == 200
    with_erasures(server.settings, lambda erasures: erasures.carry_out())
    certificate: dict[str, Any] = until_done(lead, erasure_id)
    return certificate


def until_done(seat: Workstation, erasure_id: str) -> dict[str, Any]:
    """The server works behind the request: both may be at it at once."""
    for _ in range(600):
        answer = seat.http.get(f"/privacy/erasures/{erasure_id}/certificate")
        if answer.status_code == 200:
            told: dict[str, Any] = answer.json()
            return told
        assert answer.json()["error"] == "not_yet"
        time.sleep(0.05)
    raise AssertionError("never done")


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(settings.database, pooled=False)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())


def with_erasures(settings: Settings, work: Callable[[Erasures], Awaitable[T]], now: datetime | None = None) -> T:
    def clock() -> datetime:
        return now or datetime.now(UTC)

    async def working(database: Database) -> T:
        trail = AuditTrail(database, read_secret(settings.home), settings.home, clock)
        return await work(Erasures(database, settings.home, trail, clock))

    return with_database(settings, working)


def leave_traces(seat: Workstation) -> tuple[str, str]:
    """A note, a contact, two tickets, a conflict; the ids of the complaint and of the other ticket."""
    seat.sync()
    version = seat.row("customer", "C-42")["version"]
    note = {"text": WORD, "author": seat.login, "at": WRITTEN_AT}
    call = {"customer_id": "C-42", "kind": "call_in", "at": WRITTEN_AT, "title": WORD, "agent": seat.login}
    noted = seat.op("customer", "C-42", "append", {"notes": [None, note]})
    called = seat.op("contact", "K-42", "create", {**call, "call_ref": "call-42"})
    complaint = seat.ticket("C-42", type="complaint", category="complaint/service", subject=WORD, description=WORD)
    fault = seat.ticket("C-42", subject=WORD)
    answers = seat.push(
        noted,
        called,
        complaint,
        fault,
        seat.op("customer", "C-42", "update", {"company": [None, WORD]}, base_version=version),
        seat.op("customer", "C-42", "update", {"email": ["never so", WORD]}, base_version=version),
    )
    assert [answer["reason"] for answer in answers] == [None] * 6
    assert answers[-1]["verdict"] == "conflict"
    return complaint["id"], fault["id"]


def upload(seat: Workstation, sound: bytes, *, contact: str | None = "K-42") -> httpx.Response:
    call_ref = sound.decode() if sound.startswith(b"call-") else "call-42"
    said = {"kind": "recording", "sha256": hashlib.sha256(sound).hexdigest(), "call_ref": call_ref}
    said |= {"contact": contact} if contact else {}
    metadata = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(sound)), "Upload-Metadata": metadata}
    return seat.http.post("/sync/v1/files", headers=headers)


def send(seat: Workstation, place: str, offset: int, piece: bytes) -> httpx.Response:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
    headers["Content-Type"] = "application/offset+octet-stream"
    return seat.http.patch(place, content=piece, headers=headers)


def mark(lead: Workstation, sound: bytes, note: str, *, contact: str = "K-42") -> httpx.Response:
    """A place of the recording."""
    said = {"recording": hashlib.sha256(sound).hexdigest(), "at_ms": 1500, "note": note}
    return lead.http.put(f"/floor/v1/recordings/{contact}/marks/{'a1' * 16}", json=said)


def found_in(settings: Settings) -> dict[str, list[bytes]]:
    """Where any of the secrets still is: files of the site, and every row of every table."""
    places = {
        str(path.relative_to(settings.home)): path.read_bytes()
        for path in settings.home.rglob("*")
        if path.is_file() and "source" not in path.parts
    }

    async def rows(database: Database) -> dict[str, bytes]:
        async with database.reading() as connection:
            return {
                table.name: repr((await connection.execute(table.select())).all()).encode()
                for table in tables.metadata.sorted_tables
            }

    places |= with_database(settings, rows)
    hits = {place: [secret for secret in SECRETS if secret in content] for place, content in places.items()}
    return {place: secrets for place, secrets in hits.items() if secrets}


def test_nothing_of_an_erased_person_is_left(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    complaint, fault = leave_traces(seat)
    sound = b"sound of the call " + WORD.encode()
    place = upload(seat, sound).headers["Location"]
    assert send(seat, place, 0, sound).status_code == 204
    seat.take_snapshot("customers:home")
    assert {"customer", "contact", "ticket", "conflict", "row_change"} <= found_in(server.settings).keys()

    certificate = erased(server, lead, officer)

    assert found_in(server.settings) == {}
    counts = {one["where"]: one["count"] for one in certificate["erased"]}
    assert (counts["customer"], counts["contact"], counts["ticket"], counts["figures"]) == (1, 1, 1, 1)
    assert (counts["file"], counts["conflict"]) == (1, 1)
    seat.sync()
    assert ("customer", "C-42") not in seat.slices["customers:home"]
    assert ("contact", "K-42") not in seat.slices["customers:home"]
    assert all(("ticket", fault) not in held for held in seat.slices.values())
    figure = seat.row("ticket", complaint)["body"]
    assert (figure["type"], figure["customer_id"], figure["description"]) == ("complaint", None, "")
    assert ("customer", "C-43") in seat.slices["customers:home"]
    seat.take_snapshot("customers:home")
    assert ("customer", "C-42") not in seat.slices["customers:home"]


def test_name_goes_out_of_what_was_said_of_the_knowledge_base(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    said = {"by": seat.login, "at": WRITTEN_AT, "language": "zh-CN", "question": f"{NAME} 的套餐"}
    wish = seat.op("article_feedback", "fb-1", "create", {**said, "kind": "missing", "words": f"{NAME}问的"})
    seat.push(wish, batch(seat, record(f"{NAME} 退款", sound="ouyangwangchuantuikuan")))
    [gap] = gaps(lead, "nothing_found")
    lead.push(decision(lead, gap, reason=f"只有{NAME}问"))
    assert {"article_feedback", "search_record", "gap_decision"} <= found_in(server.settings).keys()

    certificate = erased(server, lead, officer)

    assert found_in(server.settings) == {}
    assert executed(server.settings, "SELECT question, sound FROM search_record") == [("** 退款", "")]
    assert {"where": "named", "count": 2} in certificate["erased"]
    seat.sync()
    assert seat.row("article_feedback", "fb-1")["body"]["words"] == "**问的"


def test_certificate_says_who_what_and_why_and_stands_in_the_audit_trail(
    server: ServerThread, lead: Workstation, officer: Workstation
) -> None:
    certificate = erased(server, lead, officer)
    erasure_id = certificate["id"]
    text = f"/privacy/erasures/{erasure_id}/certificate/text"
    english = officer.http.get(text, params={"language": "en"}).text
    in_lima = officer.http.get(text, params={"language": "en", "zone": "America/Lima"}).text
    nowhere = officer.http.get(text, params={"language": "en", "zone": "Nowhere/At_all"}).text

    assert (certificate["asked"]["by"], certificate["approved"]["by"]) == ("zhou.min", "an.quan")
    assert certificate["sha256"] == digest_of(certificate)
    assert "Certificate of erasure" in english
    assert certificate["sha256"] in english
    assert "个人信息删除证明" in printed(certificate, "zh", UTC)
    asked_at = from_text(certificate["asked"]["at"])
    assert f"zhou.min · {with_zone(asked_at, ZoneInfo('America/Lima'))} · " in in_lima
    assert with_zone(asked_at, server.settings.site_zone) in english
    assert nowhere == english
    lines = executed(server.settings, select(tables.audit_line.c.deed, tables.audit_line.c.reason))
    deeds = [deed for deed, _ in lines if deed.startswith("eras")]
    assert deeds == ["erasure_asked", "erasure_approved", "erased"]
    assert any(certificate["sha256"] in reason for _, reason in lines)
    assert findings(server.settings) == []


def test_who_asked_never_approves(manager: Workstation, server: ServerThread, sit_at: SitAt) -> None:
    erasure_id = ask(manager).json()["id"]
    assert approve(manager, erasure_id).json()["error"] == "own_wish"
    assert executed(server.settings, "SELECT count(*) FROM customer WHERE id = 'C-42'") == [(1,)]
    assert approve(sit_at("an.quan"), erasure_id).status_code == 200


@pytest.mark.parametrize("login", ["lin.yue", "an.quan"])
def test_role_that_may_not_ask_is_refused(server: ServerThread, sit_at: SitAt, login: str) -> None:
    assert ask(sit_at(login)).json()["error"] == "not_allowed"


def test_team_lead_does_not_approve(lead: Workstation, manager: Workstation) -> None:
    assert approve(lead, ask(manager).json()["id"]).json()["error"] == "not_allowed"


def test_reason_that_names_the_person_is_refused(lead: Workstation) -> None:
    assert ask(lead, reason=f"{NAME}要求").json()["error"] == "reason_names_person"
    assert ask(lead, reason="请删除 139 7777 0042").json()["error"] == "reason_names_person"


def test_same_wish_waits_once_and_may_be_declined(lead: Workstation, officer: Workstation) -> None:
    erasure_id = ask(lead).json()["id"]
    assert ask(lead).json()["error"] == "already_asked"
    declined = officer.http.post(f"/privacy/erasures/{erasure_id}/decline", json={"reason": "身份未核实"})
    assert declined.json()["state"] == "declined"
    assert approve(officer, erasure_id).json()["error"] == "already_decided"
    assert ask(lead).status_code == 201


def test_legal_hold_is_seen_and_stops_both_steps(
    lead: Workstation, officer: Workstation, manager: Workstation, seat: Workstation
) -> None:
    erasure_id = ask(lead).json()["id"]
    assert hold(lead).json()["error"] == "not_allowed"
    assert hold(manager).status_code == 204
    seat.sync()
    assert seat.row("customer", "C-42")["body"]["legal_hold"]["reason"] == "诉讼中"

    refused = approve(officer, erasure_id)
    assert (refused.status_code, refused.json()["error"], refused.json()["reason"]) == (409, "under_hold", "诉讼中")
    assert hold(manager).json()["error"] == "already_held"
    assert hold(manager, "hold/lift").status_code == 204
    assert hold(manager, "hold/lift").json()["error"] == "not_held"
    assert approve(officer, erasure_id).status_code == 200


def test_what_stands_before_a_wish_is_told_to_who_may_know_of_it(
    lead: Workstation, officer: Workstation, manager: Workstation, seat: Workstation, sit_at: SitAt
) -> None:
    leave_traces(seat)
    erasure_id = ask(lead).json()["id"]
    where = f"/privacy/erasures/{erasure_id}/standing"

    told = officer.http.get(where).json()
    assert told["hold"] is None
    [kept] = told["kept"]
    assert (kept["what"], kept["count"]) == ("ticket", 1)
    assert kept["reason"]["en"] == "Records of complaints are to be kept for three years"
    assert hold(manager).status_code == 204
    assert lead.http.get(where).json()["hold"]["reason"] == "诉讼中"

    theirs = ask(manager, "C-43").json()["id"]
    assert lead.http.get(f"/privacy/erasures/{theirs}/standing").status_code == 404
    assert sit_at("lin.yue").http.get(where).json()["error"] == "not_allowed"
    assert officer.http.get("/privacy/erasures/none/standing").status_code == 404
    answer = officer.http.post(f"/privacy/erasures/{erasure_id}/decline", json={"reason": "身份不符"})
    assert answer.status_code == 200, answer.text
    assert officer.http.get(where).json()["error"] == "already_decided"


def test_recording_that_a_duty_keeps_goes_when_its_time_is_over(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    duties = Duties((Duty(What.RECORDING, 180, Words("录音须保存六个月", "six months")),))
    _decide(server.settings, duties)
    leave_traces(seat)
    sound = b"kept for a while"
    upload_id = upload(seat, sound).headers["Location"].rpartition("/")[2]
    assert send(seat, f"/sync/v1/files/{upload_id}", 0, sound).status_code == 204
    file = server.settings.home / "files" / "whole" / upload_id[:2] / upload_id
    assert mark(lead, sound, WORD).status_code == 200

    certificate = erased(server, lead, officer)

    assert not certificate["is_whole"]
    [kept] = [one for one in certificate["retained"] if one["what"] == "recording"]
    assert (kept["count"], kept["reason"]["zh"]) == (1, "录音须保存六个月")
    assert file.exists()
    assert executed(server.settings, "SELECT count(*) FROM recording_mark") == [(0,)]
    with_erasures(server.settings, lambda erasures: erasures.carry_out(), datetime.now(UTC) + timedelta(days=181))
    assert not file.exists()
    after = lead.http.get(f"/privacy/erasures/{certificate['id']}/certificate").json()
    assert after["is_whole"]
    assert [one["what"] for one in after["retained"]] == ["audit"]


def _decide(settings: Settings, duties: Duties) -> None:
    async def decide(database: Database) -> None:
        async with database.writing() as connection:
            await write_duties(database, connection, duties)

    with_database(settings, decide)


def test_what_is_older_than_the_site_keeps_it_goes_but_not_of_a_held_customer(
    server: ServerThread, seat: Workstation, manager: Workstation
) -> None:
    _decide(server.settings, Duties(limits=(Limit(Limited.CONTACT, 30), Limit(Limited.RECORDING, 30))))
    assert hold(manager).status_code == 204
    seat.sync()
    calls = [("K-held", "C-42", "call-42"), ("K-old", "C-43", "call-43")]
    for contact_id, customer_id, call_ref in calls:
        body = {"customer_id": customer_id, "kind": "call_in", "at": WRITTEN_AT, "title": "", "agent": seat.login}
        [made] = seat.push(seat.op("contact", contact_id, "create", {**body, "call_ref": call_ref}))
        assert made["reason"] is None
        sound = call_ref.encode()
        assert send(seat, upload(seat, sound, contact=contact_id).headers["Location"], 0, sound).status_code == 204

    later = datetime.now(UTC) + timedelta(days=60)
    gone = with_database(server.settings, lambda database: Limits(database, FileStore(server.settings.home)).run(later))

    assert {what: count for what, count in gone.items() if count} == {Limited.RECORDING: 1, Limited.CONTACT: 1}
    assert executed(server.settings, "SELECT id FROM contact") == [("K-held",)]
    assert executed(server.settings, "SELECT contact FROM upload") == [("K-held",)]
    assert len([path for path in (server.settings.home / "files").rglob("*") if path.is_file()]) == 1


def test_what_is_kept_of_agents_work_goes_when_the_site_says_so(
    server: ServerThread, seat: Workstation, lead: Workstation
) -> None:
    limits = tuple(Limit(what, 30) for what in (Limited.FEEDBACK, Limited.RECEIPT, Limited.TRAINING))
    _decide(server.settings, Duties(limits=limits))
    said = {"by": seat.login, "at": WRITTEN_AT, "language": "zh-CN", "question": "开发票"}
    seat.push(seat.op("article_feedback", "fb-1", "create", {**said, "kind": "missing"}))
    announce(lead, "over")
    announce(lead, "in force")
    seat.push(receipt(seat, row_id="over"), receipt(seat, row_id="in force"))
    change(lead, 1, "over", state=["published", "withdrawn"])

    later = datetime.now(UTC) + timedelta(days=60)
    gone = with_database(server.settings, lambda database: Limits(database, FileStore(server.settings.home)).run(later))

    assert {what: count for what, count in gone.items() if count} == {Limited.FEEDBACK: 1, Limited.RECEIPT: 1}
    assert executed(server.settings, "SELECT announcement FROM announcement_receipt") == [("in force",)]
    seat.sync()
    assert ("article_feedback", "fb-1") not in seat.slices["own:lin.yue"]


def test_commands_about_an_erased_person_bring_nothing_back(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    complaint, _ = leave_traces(seat)
    created = seat.op("customer", "C-42", "create", {"segment": "home", "name": NAME, "phones": [PHONE]})
    erased(server, lead, officer)

    note = {"text": WORD, "author": seat.login, "at": WRITTEN_AT}
    entry = {"customer_id": "C-42", "kind": "note", "at": WRITTEN_AT, "title": WORD, "agent": seat.login}
    late = [
        created,
        seat.op("customer", "C-42", "append", {"notes": [None, note]}),
        seat.op("contact", "K-43", "create", entry),
        seat.ticket("C-42", subject=WORD),
        seat.op("ticket", complaint, "update", {"description": ["", WORD]}, base_version=9),
    ]  # fmt: skip
    answers = seat.push(*late)
    assert [(answer["verdict"], answer["reason"]) for answer in answers] == [("rejected", "erased")] * 5
    again = seat.post([{**created, "op_id": "another"}], again=True).json()["answers"]
    assert again[0]["reason"] == "erased"
    assert found_in(server.settings) == {}


def test_who_was_merged_into_an_erased_person_goes_with_them(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    other = {"segment": "home", "name": f"{NAME}二", "phones": ["+8613977770043"]}
    merge = {"customer_id": "C-42", "gone": "C-twin", "taken": []}
    made = seat.push(
        seat.op("customer", "C-twin", "create", other), seat.op("customer_merge", "C-twin.1", "create", merge)
    )
    assert [answer["reason"] for answer in made] == [None, None]
    assert "merge_record" in found_in(server.settings)

    erased(server, lead, officer)

    assert found_in(server.settings) == {}
    late = seat.op("customer", "C-twin", "create", other)
    assert seat.push(late)[0]["reason"] == "erased"


def test_hold_of_either_stands_after_merging_them() -> None:
    bodies = [to_body(Customer(CustomerId(name), SegmentId("home"), name, ())) for name in ("a", "b")]
    held = {"reason": "诉讼中", "by": "gao.jie", "at": WRITTEN_AT}
    assert united(bodies[0], {**bodies[1], "legal_hold": held}, ())["legal_hold"] == held


def test_import_does_not_bring_an_erased_person_back(
    server: ServerThread, lead: Workstation, officer: Workstation, tmp_path: Path
) -> None:
    erased(server, lead, officer)
    table = tmp_path / "people.csv"
    table.write_text(f"id,name,phone,segment\nC-42,{NAME},{PHONE},home\nC-44,新人,13900000044,home\n", encoding="utf-8")
    home, database = str(server.settings.home), server.settings.database.render_as_string(hide_password=False)

    code = main(["import", "customers", str(table), "--database", database, "--home", home, "--language", "zh"])
    import_into(server.settings, server.settings.home / "source")

    assert code == 4
    assert "已应本人要求删除" in (tmp_path / "people.errors.csv").read_text(encoding="utf-8-sig")
    assert executed(server.settings, "SELECT id FROM customer WHERE id IN ('C-42', 'C-44')") == [("C-44",)]


def test_table_that_waits_to_be_imported_goes_with_who_may_stand_in_it(
    lead: Workstation, officer: Workstation, server: ServerThread, sit_at: SitAt
) -> None:
    admin = sit_at("admin")
    bad_row = f"{HEADINGS}C-42,张三,1,home,\n"
    task = looked(admin, bad_row.encode())
    tried = taken(admin, task["id"], "try")
    assert tried["has_errors"]
    assert task["seen"]["rows"]

    erased(server, lead, officer)

    left = admin.http.get(f"{IMPORTS}/{task['id']}").json()
    assert left["seen"] is None
    assert not left["has_errors"]
    assert whole_files(server.settings) == []
    assert step(admin, task["id"], "run").json()["error"] == "file_gone"


def test_recording_that_the_exchange_made_of_an_erased_call_is_not_kept(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation, tmp_path: Path
) -> None:
    leave_traces(seat)
    erased(server, lead, officer)
    recording = tmp_path / "call-42.wav"
    write_tone(recording, 700.0, seconds=1, rate_hz=8000)
    os.utime(recording, (time.time() - 60,) * 2)

    async def fetch() -> None:
        database = Database(server.settings.database, pooled=False)
        place = RecordingFolder("main", tmp_path)
        store, handover = FileStore(server.settings.home), Handover(read_secret(server.settings.home))
        try:
            await ExchangeRecordings(
                database, [place], store, handover, lambda: True, 30, lambda: datetime.now(UTC)
            ).run()
        finally:
            await database.close()

    asyncio.run(fetch())
    assert not recording.exists()
    assert whole_files(server.settings) == []


def test_upload_in_flight_leaves_no_file(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    leave_traces(seat)
    place = upload(seat, b"first and second").headers["Location"]
    assert send(seat, place, 0, b"first and").status_code == 204

    erased(server, lead, officer)

    assert send(seat, place, 9, b" second").status_code == 404
    refused = upload(seat, b"first and second")
    assert (refused.status_code, refused.json()["error"]) == (410, "erased")
    assert upload(seat, b"another take", contact=None).json()["error"] == "erased"
    files = server.settings.home / "files"
    assert [path for path in files.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("table", [None, "conflict", "row_change"])
def test_erasure_that_was_cut_off_is_finished(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation, table: str | None
) -> None:
    leave_traces(seat)
    erasure_id = with_erasures(server.settings, _asked_and_approved)
    _block(server.settings, table)
    with pytest.raises(Exception, match=r"no such table|does not exist|Is a directory|is not writable|Errno"):
        with_erasures(server.settings, lambda erasures: erasures.carry_out())
    _unblock(server.settings, table)

    with_erasures(server.settings, lambda erasures: erasures.carry_out())

    assert until_done(lead, erasure_id)["is_whole"]
    assert found_in(server.settings) == {}


async def _asked_and_approved(erasures: Erasures) -> str:
    found = await erasures.ask(Actor("console:a", None), "C-42", WHY, None)
    await erasures.decide(Actor("console:b", None), found.id, "核实无误", is_approved=True)
    return found.id


def _block(settings: Settings, table: str | None) -> None:
    """Nothing can be written there: the journal's file, or a table."""
    if table is None:
        (settings.home / FILE).mkdir()
    else:
        executed(settings, f"ALTER TABLE {table} RENAME TO {table}_away")


def _unblock(settings: Settings, table: str | None) -> None:
    if table is None:
        (settings.home / FILE).rmdir()
    else:
        executed(settings, f"ALTER TABLE {table}_away RENAME TO {table}")


def test_restored_backup_does_not_bring_back_who_was_erased(new_site: NewSite) -> None:
    settings = new_site((WHO, OTHER))
    backup = Backup(settings)
    erasure_id = with_erasures(settings, _asked_and_approved)
    with_erasures(settings, lambda erasures: erasures.carry_out())
    backup.restore()
    assert executed(settings, "SELECT count(*) FROM customer WHERE id = 'C-42'") == [(1,)]

    address = settings.database.render_as_string(hide_password=False)
    assert main(["restored", "--database", address, "--home", str(settings.home)]) == 0

    assert executed(settings, "SELECT id FROM customer ORDER BY id") == [("C-43",)]
    assert found_in(settings) == {}
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        late = seat.op("customer", "C-42", "create", {"segment": "home", "name": NAME, "phones": [PHONE]})
        assert seat.push(late)[0]["reason"] == "erased"
        assert seat.hello()["erasures"] == 1
    assert with_erasures(settings, lambda erasures: erasures.certificate(erasure_id))["is_whole"]


class Backup:
    """Of the tables as they are now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rows: Mapping[str, list[dict[str, Any]]] = with_database(settings, self._read)

    async def _read(self, database: Database) -> Mapping[str, list[dict[str, Any]]]:
        async with database.reading() as connection:
            return {
                table.name: [dict(row) for row in (await connection.execute(table.select())).mappings()]
                for table in tables.metadata.sorted_tables
            }

    def restore(self) -> None:
        with_database(self._settings, self._write)

    async def _write(self, database: Database) -> None:
        async with database.writing() as connection:
            for table in reversed(tables.metadata.sorted_tables):
                await connection.execute(table.delete())
            for table in tables.metadata.sorted_tables:
                if rows := self._rows[table.name]:
                    await connection.execute(table.insert(), rows)


def test_workstation_learns_who_was_erased_of_those_it_names(
    server: ServerThread, seat: Workstation, lead: Workstation, officer: Workstation
) -> None:
    assert seat.hello()["erasures"] == 0
    erased(server, lead, officer)
    assert seat.hello()["erasures"] == 1
    asked = seat.http.post("/sync/v1/erased", json={"ids": ["C-42", "C-43", "C-unknown"]})
    assert asked.json() == {"erased": ["C-42"]}
    bad: tuple[Any, ...] = ([], [""], ["C-\x00"], ["x" * 129], [7], "C-42")
    answers = [seat.http.post("/sync/v1/erased", json={"ids": ids}).status_code for ids in bad]
    assert answers == [422] * len(bad)


def test_hold_that_comes_after_the_approval_sends_the_wish_back(new_site: NewSite) -> None:
    settings = new_site((WHO, OTHER))
    erasure_id = with_erasures(settings, _asked_and_approved)
    _hold_at_the_console(settings, "set")

    with_erasures(settings, lambda erasures: erasures.carry_out())

    assert [one.state for one in with_erasures(settings, lambda erasures: erasures.all())] == ["asked"]
    _hold_at_the_console(settings, "lift")
    address = settings.database.render_as_string(hide_password=False)
    assert main(["restored", "--database", address, "--home", str(settings.home)]) == 0
    assert executed(settings, "SELECT count(*) FROM customer WHERE id = 'C-42'") == [(1,)]
    with_erasures(
        settings, lambda erasures: erasures.decide(Actor("console:b", None), erasure_id, "再次核实", is_approved=True)
    )
    with_erasures(settings, lambda erasures: erasures.carry_out())
    assert executed(settings, "SELECT count(*) FROM customer WHERE id = 'C-42'") == [(0,)]
    assert [entry.id for entry in ErasureJournal(settings.home).entries()] == [erasure_id]


def _hold_at_the_console(settings: Settings, what: str) -> None:
    address = settings.database.render_as_string(hide_password=False)
    where = ["--database", address, "--home", str(settings.home)]
    assert main(["hold", what, "C-42", "--reason", "诉讼中", *where]) == 0


def test_journal_survives_a_line_that_was_cut(tmp_path: Path) -> None:
    journal = ErasureJournal(tmp_path)
    first, second = Entry("e-1", "aa", WRITTEN_AT, "x", "y"), Entry("e-2", "bb", WRITTEN_AT, "x", "y")
    journal.note(b"salt", first)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"id": "e-cut')
    journal.note(b"salt", second)
    journal.note(b"salt", second)
    assert [entry.id for entry in journal.entries()] == ["e-1", "e-2"]
    assert journal.salt() == b"salt"


UNTOUCHED = {
    "honours_choice", "mood_round", "mood_spent", "mood_tally", "mood_token",
    "announcement_slice",
    "account", "agent_state", "alembic_version", "audit_head", "audit_line", "device", "erased_row", "erasure", "feed",
    "agent_tally", "agent_time", "alert", "break_turn", "floor_event", "shift_plan", "television", "newcomer",
    "provisioning", "sign_on_identity", "sign_on_spent",
    "report_mail", "report_schedule", "floor_message", "floor_message_reader",
    "import_profile", "person_export", "recovery_code", "refresh_token", "scope_head", "scope_mark", "search_batch",
    "second_factor", "sequence", "session", "sign_in_failure", "site", "unsent",
}  # fmt: skip
"""Tables that say nothing of a customer, or ids alone."""
BY_NAME = {"customer", "customer_phone", "contact", "ticket", "ticket_watcher", "op_log", "upload"}
BY_NAME |= {
    "recording_mark",
    "import_task",
    "upload_piece",
    "merge_record",
    "article_feedback",
    "gap_decision",
    "search_record",
}
OF_NOBODY = {
    "abusive_call", "care_policy",
    "announcement", "announcement_receipt", "course_rule",
    "assignment", "attempt", "course", "question", "question_key", "question_source", "quiz", "quiz_draw", "quiz_paper",
    "quiz_result",
    "agent", "article", "called_number", "complaint_source", "customer_form", "department", "department_rule",
    "article_draft", "article_file", "article_policy", "break_reason", "alert_rule",
    "desk_policy", "export",
    "floor_policy", "follow_up_plan", "fund", "identity_rule", "list_view", "macro", "number_range", "product", "queue",
    "signal_rule", "sla_policy", "synonym", "team", "ticket_category", "ticket_flow", "ticket_form", "wrap_up_code",
}  # fmt: skip


def test_of_every_table_it_is_known_what_erasing_does_to_it() -> None:
    pointing = {table.name for table in tables.NOUN_TABLES.values() if set(POINTERS) & set(table.c.keys())}
    known = UNTOUCHED | BY_NAME | OF_NOBODY | pointing | {table.name for table in BESIDE_ROWS}
    assert tables.metadata.tables.keys() - known == set()
