"""Recordings that the server has not got: told where one looks for what is not sent yet, in both languages."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.data_key import DataKey
from agent_desktop.sync.live import Live
from agent_desktop.sync.uploads import RecordingsWaiting, Trouble
from agent_desktop.ui.background import Background
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.uploads import explain_recordings_staying, recordings_waiting
from agent_desktop.ui.window.notices import Matter
from tests.desktop.sync.seat import seat as sit_down
from tests.desktop.sync.shelf import Shelf
from tests.in_process import make_site, serving
from tests.ui.seat import AgentSeat


def test_waiting_recordings_stand_in_the_tip_of_the_sync_chip(seat: AgentSeat) -> None:
    chip = seat.window.top_bar.sync
    seat.workspace.sync._in_step.tell(RecordingsWaiting(3))
    assert seat.pump(lambda: "3" in chip.toolTip())
    assert chip.accessibleDescription() == chip.toolTip()
    seat.workspace.sync._in_step.tell(RecordingsWaiting())
    assert seat.pump(lambda: not chip.toolTip())


def test_recording_that_stays_is_a_notice_until_it_is_over(seat: AgentSeat) -> None:
    board = seat.workspace.notices
    seat.workspace.sync._in_step.tell(RecordingsWaiting(1, {Trouble.NO_ROOM: 1}))
    assert seat.pump(lambda: any(one.matter is Matter.RECORDINGS for one in board.notices))
    seat.workspace.sync._in_step.tell(RecordingsWaiting(1))
    assert seat.pump(lambda: all(one.over_at is not None for one in board.notices if one.matter is Matter.RECORDINGS))


@pytest.mark.parametrize("why", list(Trouble))
def test_every_reason_why_a_recording_stays_is_a_sentence_with_what_to_do(why: Trouble) -> None:
    words = explain_recordings_staying(RecordingsWaiting(2, {why: 2}))
    assert words.endswith(".")
    assert "{" not in words
    assert len(words.split(". ")) > 1 or ";" in words


def test_nothing_is_said_of_no_recordings() -> None:
    assert recordings_waiting(RecordingsWaiting()) == ""
    assert explain_recordings_staying(RecordingsWaiting()) == ""


def test_recordings_go_out_in_the_lane_of_the_sync_one_piece_after_another(tmp_path: Path, qtbot: QtBot) -> None:
    with serving(make_site(tmp_path / "site")) as server:
        station = sit_down(tmp_path / "seat", server.address)
        shelf = Shelf(tmp_path / "recordings", station.client, station.agent.id, DataKey.new())
        begun = shelf.record(size=600_000)
        background = Background()
        in_step = InStep(background)
        live = Live(server.address, lambda: station.client.access, in_step.tell_live)
        try:
            in_step.begin(station.cycle, live, lambda: None, lambda: None, shelf.uploads.step)
            in_step._send_recordings()
            folder = server.settings.home / "files" / "whole"
            qtbot.waitUntil(lambda: any(path.is_file() for path in folder.rglob("*")), timeout=20_000)
            [whole] = [path for path in folder.rglob("*") if path.is_file()]
            assert whole.read_bytes() == begun.path.read_bytes()
        finally:
            in_step.stop()
            assert background.close()
            station.close()
