"""Something is wrong, and the agent gives IT a report: whatever was written of people here, none of it is in it."""

import base64
import json
import zipfile
from pathlib import Path
from urllib.parse import quote

from agent_desktop.softphone.link import LOG_NAME
from demo.people import Person
from demo.seat import Seat
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Sit

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def secrets_of(seat: Seat, person: Person) -> tuple[str, ...]:
    client = seat.program._desk.cycle._client if seat.program._desk else None
    assert client is not None
    assert len(client.secrets) == 2
    agent = seat.workspace._rooms.agent
    named = (name_of(person), phone_of(person), phone_of(person)[3:], agent.name.in_language("zh_CN"), agent.login)
    return (*named, "11010519491231002X", "6222021234567890123", *client.secrets)


def dresses(secret: str) -> set[str]:
    """As it may stand in a text."""
    found = {secret, secret.casefold(), quote(secret), ascii(secret)[1:-1], json.dumps(secret)[1:-1]}
    for encoding in ENCODINGS:
        content = secret.encode(encoding)
        found |= {content.hex(), content.hex().upper(), repr(content)[2:-1]}
        found |= {base64.b64encode(b"~" * lead + content).decode() for lead in range(3)}
        found.add("".join(f"%{byte:02X}" for byte in content))
    return found


def traces(secret: str) -> set[str]:
    """What of it is the same wherever it stands: in base64 what comes before and after it moves the bits."""
    found = dresses(secret)
    for encoding in ENCODINGS:
        content = secret.encode(encoding)
        for lead in range(3):
            packed = base64.b64encode(b"~" * lead + content).decode()
            found.add(packed[(0, 2, 3)[lead] : len(packed) - (0, 3, 2)[(lead + len(content)) % 3]])
    return {one for one in found if len(one) > 1}


def lines_with(secrets: tuple[str, ...]) -> str:
    """What a careless line, exception, title or URL may hold."""
    said = [
        line
        for secret in secrets
        for dress in dresses(secret)
        for line in (
            f"2026-11-23 09:14:02,120 INFO qt: title 'Agent Desktop - {dress}'",
            f"KeyError: {dress}",
            f"GET https://desk.example/customers?q={dress}&x=1 answered 500",
            f"cannot open attachments/{dress}.pdf",
            f'{{"note": "{dress}", "token": "{dress}"}}',
            f"body {base64.b64encode(f'a {dress}'.encode()).decode()}",
        )
    ]
    return "\n".join(said)


def leaks(path: Path, secrets: tuple[str, ...]) -> list[tuple[str, str]]:
    """By paper and dress; also as the bytes of another encoding."""
    with zipfile.ZipFile(path) as file:
        papers = {name: file.read(name) for name in file.namelist()} | {"the file": path.read_bytes()}
    wanted = {trace for secret in secrets for trace in traces(secret)}
    found = [(name, dress) for name, paper in papers.items() for dress in wanted if dress.encode() in paper]
    raw = [
        (name, f"{secret} in {encoding}")
        for name, paper in papers.items()
        for secret in secrets
        for encoding in ENCODINGS
        if secret.encode(encoding) in paper
    ]
    return found + raw


def test_diagnostics_bundle_has_no_secrets(sit: Sit, tmp_path: Path) -> None:
    seat = sit("lin.yue")
    person = CUSTOMERS[7]
    secrets = secrets_of(seat, person)
    seat.program.settings.change(seat.program.settings.current)
    logs, crashes = seat.paths.logs, seat.paths.logs / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)
    written = lines_with(secrets)
    binary = b"".join(secret.encode(encoding) + b"\n" for secret in secrets for encoding in ENCODINGS)
    (logs / "agent-desktop.log").write_bytes(
        written.encode() + b"\n2026-11-23 09:14:02,120 INFO sync: pulled 12 rows\n"
    )
    (logs / "agent-desktop.log.1").write_bytes(binary)
    (seat.paths.run / LOG_NAME).with_suffix(".old.log").write_text(written, encoding="utf-8")
    (crashes / "window-20261123T091402-77.txt").write_text(written, encoding="utf-8")

    seat.take_keyboard()
    seat.press("Ctrl+F1")
    desk = seat.workspace.diagnostics
    assert seat.until(lambda: desk.bundle_window is not None)
    shown = desk.bundle_window
    assert shown is not None
    assert seat.until(shown.save.isEnabled)
    assert shown.papers.count() >= 7
    shown.papers.setCurrentRow(0)
    assert "agent-desktop" in shown.text.toPlainText()

    saved = tmp_path / "report.zip"
    shown.save_wanted.emit(saved)
    assert seat.until(saved.exists)
    assert leaks(saved, secrets) == []
    with zipfile.ZipFile(saved) as file:
        assert b"INFO sync: pulled 12 rows" in file.read("logs/agent-desktop.log")
        assert json.loads(file.read("sync.json"))["waiting"] == 0
        assert json.loads(file.read("settings.json"))["keys"]["person.login"]["value"] == "<set>"
    shown.close()
