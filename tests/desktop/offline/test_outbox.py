import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.offline.journal import Journal
from agent_desktop.offline.outbox import Outbox, new_op_id
from agent_desktop.offline.pending import LARGEST_BATCH, State
from agent_desktop.offline.store import Store
from agent_model.command import Answer, Command, CommandKind, FieldChange, Verdict
from tests.fakes import SEALED

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CHILD = Path(__file__).with_name("writing_child.py")
ROUNDS = 4
LINES_A_ROUND = 15


def put(outbox: Outbox, id_: str = "T-1") -> Command:
    return outbox.put("ticket", id_, CommandKind.CREATE, {"subject": FieldChange(None, "慢")}, AT)


def test_commands_leave_in_the_order_they_were_made(outbox: Outbox) -> None:
    made = [put(outbox, f"T-{n}") for n in range(5)]
    assert outbox.waiting(3) == made[:3]
    assert [command.device_seq for command in made] == [1, 2, 3, 4, 5]


def test_no_more_is_handed_out_than_one_request_carries(outbox: Outbox) -> None:
    long = FieldChange(None, "慢" * (LARGEST_BATCH // 6))
    made = [outbox.put("ticket", f"T-{n}", CommandKind.CREATE, {"subject": long}, AT) for n in range(3)]
    assert [command.op_id for command in outbox.hand_out(9)] == [made[0].op_id]


def test_command_larger_than_a_request_is_handed_out_alone(outbox: Outbox) -> None:
    long = FieldChange(None, "x" * LARGEST_BATCH)
    made = [outbox.put("ticket", f"T-{n}", CommandKind.CREATE, {"subject": long}, AT) for n in range(2)]
    assert [command.op_id for command in outbox.hand_out(9)] == [made[0].op_id]


def test_numbers_go_on_after_everything_was_forgotten(store: Store, outbox: Outbox) -> None:
    first = put(outbox)
    outbox.answered([Answer(first.op_id, Verdict.APPLIED, 1)])
    outbox.forget([first.op_id])
    assert put(Outbox(store, "A-1001")).device_seq == 2


def test_command_comes_back_from_the_disk_as_it_was(store: Store, outbox: Outbox) -> None:
    made = outbox.put(
        "customer",
        "C-1",
        CommandKind.UPDATE,
        {"phones": FieldChange(["+861"], ["+861", "+862"])},
        AT,
        base_version=4,
        depends_on=new_op_id(),
    )
    assert Outbox(store, "A-1001").waiting(9) == [made]


def test_draft_goes_with_the_command_that_was_made_from_it(outbox: Outbox) -> None:
    outbox.save_draft("call-1", {"subject": "慢"}, AT)
    outbox.save_draft("call-2", {"subject": "断"}, AT)
    outbox.put("ticket", "T-1", CommandKind.CREATE, {}, AT, ends_draft="call-1")
    assert [draft.key for draft in outbox.drafts()] == ["call-2"]


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.APPLIED, State.SETTLED),
        (Verdict.DUPLICATE, State.SETTLED),
        (Verdict.MERGED, State.SETTLED),
        (Verdict.CONFLICT, State.PARKED),
        (Verdict.REJECTED, State.PARKED),
    ],
    ids=str,
)
def test_answer_settles_or_parks(outbox: Outbox, verdict: Verdict, state: State) -> None:
    command = put(outbox)
    answer = Answer(command.op_id, verdict, 3, changed={"number": "TK-1"})
    outbox.answered([answer])
    (entry,) = outbox.entries()
    assert (entry.state, entry.answer, entry.command) == (state, answer, command)
    assert outbox.waiting(9) == []


def test_second_answer_changes_nothing(outbox: Outbox) -> None:
    command = put(outbox)
    outbox.answered([Answer(command.op_id, Verdict.APPLIED, 1)])
    outbox.answered([Answer(command.op_id, Verdict.REJECTED, reason="late")])
    assert [entry.state for entry in outbox.entries()] == [State.SETTLED]


def test_waiting_command_cannot_be_forgotten(outbox: Outbox) -> None:
    command = put(outbox)
    outbox.forget([command.op_id])
    assert outbox.waiting(9) == [command]


def test_what_is_pending_is_known_at_once_after_every_write(outbox: Outbox) -> None:
    assert list(outbox.pending().rows("ticket")) == []
    command = put(outbox)
    assert list(outbox.pending().rows("ticket")) == ["T-1"]
    outbox.answered([Answer(command.op_id, Verdict.REJECTED)])
    assert list(outbox.pending().rows("ticket")) == []


def test_newest_draft_comes_first(outbox: Outbox) -> None:
    outbox.save_draft("old", {}, AT)
    outbox.save_draft("new", {}, AT.replace(hour=11))
    assert [draft.key for draft in outbox.drafts()] == ["new", "old"]
    assert outbox.draft("nothing") is None


def test_device_keeps_its_id(store: Store, outbox: Outbox) -> None:
    assert outbox.device_id == Outbox(store, "A-1001").device_id


def test_op_ids_are_uuids_of_version_7_and_differ() -> None:
    ids = {new_op_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(id_[14] == "7" and id_[19] in "89ab" and len(id_) == 36 for id_ in ids)


def test_killed_workstation_has_everything_it_said_was_saved(tmp_path: Path) -> None:
    said = 0
    for _ in range(ROUNDS):
        child = subprocess.Popen([sys.executable, str(CHILD), str(tmp_path), str(said)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _ in range(LINES_A_ROUND):
            said = int(child.stdout.readline())
        child.kill()
        said = max([said, *(int(line) for line in child.stdout.read().split())])
        child.wait(10)
        child.stdout.close()
        store = Store(tmp_path, SEALED)
        outbox = Outbox(store, "A-1001")
        draft = outbox.draft("call-1")
        saved = [command.id for command in outbox.waiting(10_000)]
        assert {f"T-{n}" for n in range(1, said + 1)} <= set(saved)
        assert draft is not None
        assert int(draft.body["subject"]) >= said
        said = max(said, len(saved))
        store.close()


def test_commands_put_together_are_all_there_or_none(store: Store, outbox: Outbox) -> None:
    with outbox.together():
        put(outbox, "T-1")
        put(outbox, "T-2")
    outbox.save_draft("call-1", {"subject": "慢"}, AT)

    def break_off() -> None:
        with outbox.together():
            put(outbox, "T-3")
            outbox.drop_draft("call-1")
            raise ValueError("third")

    with pytest.raises(ValueError, match="third"):
        break_off()

    assert [command.id for command in outbox.waiting(9)] == ["T-1", "T-2"]
    assert [entry.command.id for entry in outbox.pending().of_row("ticket", "T-2")] == ["T-2"]
    assert [draft.key for draft in outbox.drafts()] == ["call-1"]
    assert [command["id"] for command in Journal(store.folder, store.sealing).waiting()] == ["T-1", "T-2"]
    assert put(outbox, "T-4").device_seq == 3
