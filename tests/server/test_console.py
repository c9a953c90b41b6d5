"""What is done to accounts, the policy and the audit trail at the server's own console."""

import io
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.policy import Policy, policy_from
from agent_server.settings import Settings
from tests.in_process import DATABASE_NAME, PASSWORD, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import findings

Run = Callable[..., int]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site")


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    def running(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main([*arguments, "--database", str(settings.home / DATABASE_NAME)])

    return running


def test_each_act_stands_in_the_trail_with_the_account_that_did_it(settings: Settings, run: Run) -> None:
    codes = [
        run("user", "add", "shen.ji", "--role", "auditor", "--team", "home", typed=f"{PASSWORD}\n"),
        run("user", "role", "lin.yue", "team_lead"),
        run("user", "passwd", "lin.yue", typed="another password\n"),
        run("user", "lock", "lin.yue"),
        run("user", "unlock", "lin.yue"),
        run("sessions", "end", "lin.yue"),
        run("second-factor", "reset", "lin.yue"),
        run("policy", "--second-factor", "auditor"),
    ]

    told = executed(settings, "SELECT deed, subject FROM audit_line ORDER BY seq")
    who = {name for (name,) in executed(settings, "SELECT who FROM audit_line")}
    assert codes == [0] * 8
    assert told == [
        ("user_added", "shen.ji"),
        ("role_changed", "lin.yue"),
        ("password_changed", "lin.yue"),
        ("account_locked", "lin.yue"),
        ("account_unlocked", "lin.yue"),
        ("sessions_ended", "lin.yue"),
        ("second_factor_reset", "lin.yue"),
        ("policy_changed", ""),
    ]
    assert all(name.startswith("console") for name in who)
    assert findings(settings) == []


@pytest.mark.parametrize("command", [("user", "lock"), ("sessions", "end"), ("second-factor", "reset")])
def test_somebody_unknown_is_said(run: Run, capsys: pytest.CaptureFixture[str], command: tuple[str, str]) -> None:
    assert run(*command, "nobody") == 1
    assert "nobody is called nobody" in capsys.readouterr().err


def test_locked_account_is_told_only_after_the_right_password(settings: Settings, run: Run) -> None:
    run("user", "lock", "lin.yue")
    with serving(settings) as server:
        body = {"login": "lin.yue", "password": PASSWORD}
        answer = httpx.post(f"{server.address}/auth/sign-in", json=body)

    assert (answer.status_code, answer.json()) == (403, {"error": "account_locked"})


def test_policy_is_shown_and_each_part_is_set_by_itself(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("policy", "--masked", "agent", "department")
    run("policy", "--second-factor", "administrator")
    capsys.readouterr()

    assert run("policy") == 0
    assert capsys.readouterr().out == "second_factor\tadministrator\nmasked\tagent department\nasks_why\t-\n"
    assert run("policy", "--masked") == 0
    assert capsys.readouterr().out == "second_factor\tadministrator\nmasked\t-\nasks_why\t-\n"


def test_policy_of_a_role_there_is_not_is_refused(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("policy", "--masked", "pilot") == 1
    assert "there is no role pilot" in capsys.readouterr().err
    assert executed(settings, "SELECT count(*) FROM audit_line") == [(0,)]


def test_policy_is_read_as_it_was_written() -> None:
    policy = Policy(frozenset({Role.AUDITOR}), frozenset({Role.AGENT, Role.DEPARTMENT}))

    assert policy_from(policy.to_plain()) == policy


def test_policy_and_holidays_are_put_in_force_and_shown(
    settings: Settings, run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    policy = tmp_path / "sla.toml"
    policy.write_text('[[target]]\nhours = 8\nwarn = ["80%"]\n', encoding="utf-8")
    codes = [run("sla", "policy", str(policy)), run("sla", "holidays"), run("sla", "holidays"), run("sla", "show")]

    assert codes == [0] * 4
    shown = capsys.readouterr().out.split("version\t")[-1].splitlines()
    assert shown[0].startswith("sla-2\t")
    assert shown[1:] == [
        "resolution\t8 h\talways\tevery ticket\twarn@80%",
        "calendar\talways\tUTC\t-",
        "holidays\tcn\t2024 2025 2026",
    ]
    assert executed(settings, "SELECT subject FROM audit_line ORDER BY seq") == [("sla-1",), ("sla-2",)]


def test_policy_of_a_company_comes_with_its_folder(settings: Settings, run: Run, tmp_path: Path) -> None:
    (tmp_path / "company").mkdir()
    (tmp_path / "company" / "sla.toml").write_text("[[target]]\nhours = 8\n", encoding="utf-8")
    codes = [run("import", str(tmp_path / "company")) for _ in range(2)]

    assert codes == [0, 0]
    assert executed(settings, "SELECT id FROM sla_policy") == [("sla-1",)]


def test_fault_in_a_policy_is_said_with_its_place(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    policy = tmp_path / "sla.toml"
    policy.write_text('[[target]]\nhours = 8\ncalendar = "office"\n', encoding="utf-8")

    assert run("sla", "policy", str(policy)) == 1
    assert capsys.readouterr().err == "agent-server: office: is named but not there\n"
    assert run("sla", "holidays", str(tmp_path / "none.csv")) == 1
