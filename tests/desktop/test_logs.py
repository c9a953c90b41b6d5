import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop import logs
from agent_desktop.logs import redacted


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.start(tmp_path / "logs")
    yield tmp_path / "logs" / "agent-desktop.log"
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        "call from 13812345678",
        "call from 13812345678.",
        "sip:13812345678@10.0.0.1:5060",
        "tel:+8613812345678",
        "电话13812345678打来",
        "KeyError: '+8613812345678'",
        "138 1234 5678 rings",
        "138-1234-5678 rings",
        "card 6222 0202 1234 5678 901",
    ],
    ids=str,
)
def test_number_keeps_only_its_ends(text: str) -> None:
    assert "1234" not in redacted(text).replace("10.0.0.1", "")
    assert "***" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer s3cr3t-value",
        '{"password": "s3cr3t-value"}',
        "refresh=s3cr3t-value&x=1",
        "token: 's3cr3t-value'",
        "bearer s3cr3t-value",
        "sent eyJhbGciOi.s3cr3t-value.c2ln",
    ],
    ids=str,
)
def test_secret_keeps_nothing(text: str) -> None:
    assert "s3cr3t" not in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T10:41:03.120Z",
        "listening on 127.0.0.1:54321",
        "took 12345 ms",
        "op 01932f3e-1111-7abc-8def-0123456789ab",
        "ticket TK-204718, customer C-0012345",
    ],
    ids=str,
)
def test_what_names_nobody_stays(text: str) -> None:
    assert redacted(text) == text


def test_line_and_what_an_exception_says_are_both_covered(log_file: Path) -> None:
    log = logging.getLogger("agent_desktop.tests")
    try:
        raise KeyError("+8613812345678")
    except KeyError:
        log.info("call %s from %s", "13900001111", {"password": "s3cr3t"}, exc_info=True)
    written = log_file.read_text(encoding="utf-8")
    assert "12345" not in written
    assert "00001" not in written
    assert "s3cr3t" not in written
    assert "KeyError" in written


def test_folder_that_cannot_be_means_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    before = list(logging.getLogger().handlers)
    level = logging.getLogger().level
    logs.start(tmp_path / "file" / "logs")
    logging.getLogger().setLevel(level)
    assert logging.getLogger().handlers == before
