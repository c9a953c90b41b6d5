"""People from a file of another directory: added, changed, locked, never deleted; the same again changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.in_process import DATABASE_NAME, make_site
from tests.server.conftest import everything_in, executed
from tests.server.officers import findings
from tests.server.sign_ons import AGENTS, LEADS, write_sign_on
from tests.server.spreadsheets import a_workbook

HEAD = "userName,displayName,active,roles,team,queues,extension\n"
Run = Callable[..., int]


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site")


@pytest.fixture
def bring(site: Settings) -> Run:
    return lambda path, *words: main(
        ["user", "import", str(path), "--database", str(site.home / DATABASE_NAME), *words]
    )


def csv(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(head + "\n".join(rows), encoding="utf-8")
    return path


def person(site: Settings, login: str) -> tuple[object, ...]:
    query = "SELECT role, team, queues, extension, name FROM agent WHERE login = :login"
    return executed(site, query, login=login)[0]


def deeds(site: Settings) -> list[tuple[object, ...]]:
    return executed(site, "SELECT deed, subject, field, reason FROM audit_line ORDER BY seq")


def test_people_are_added_changed_and_locked(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv(
        tmp_path,
        'Bai.Lu,白露,true,agent,home,"support,billing",8123',
        "lin.yue,林悦,,team_lead,,,",
        "wang.qiang,,false,,,,",
        "zhao.min,,,,,,",
    )

    assert bring(path) == 0

    told = capsys.readouterr().out.splitlines()
    assert told == [
        "bai.lu\tadded as agent",
        "lin.yue\tchanged: role",
        "wang.qiang\tlocked",
        "1 new, 2 changed, 1 as they were, 0 refused",
    ]
    role, team, queues, extension, name = person(site, "bai.lu")
    assert (role, team, extension) == ("agent", "home", "8123")
    assert (json.loads(str(queues)), json.loads(str(name))) == (["support", "billing"], {"zh": "白露", "en": "白露"})
    assert json.loads(str(person(site, "lin.yue")[4])) == {"zh": "林悦", "en": "Lin Yue"}
    assert executed(site, "SELECT is_locked FROM account WHERE agent_id = 'wang.qiang'") == [(1,)]
    assert deeds(site)[-3:] == [
        ("user_added", "bai.lu", "agent", "import"),
        ("role_changed", "lin.yue", "agent > team_lead", "import"),
        ("account_locked", "wang.qiang", "", "import"),
    ]
    assert findings(site) == []


def test_same_again_changes_nothing_and_an_active_person_comes_back(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("bai.lu,白露,true,agent,home,support,8123", "wang.qiang,,停用,,,,")
    bring(csv(tmp_path, *rows))
    before = everything_in(site)
    trail = deeds(site)

    assert bring(csv(tmp_path, *rows)) == 0
    assert "0 new, 0 changed, 2 as they were" in capsys.readouterr().out
    assert (everything_in(site), deeds(site)) == (before, trail)

    bring(csv(tmp_path, "wang.qiang,,启用,,,,"))
    assert "wang.qiang\tlet in again" in capsys.readouterr().out


def test_trial_says_the_same_and_writes_nothing(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv(tmp_path, "bai.lu,白露,,agent,home,,", "lin.yue,,false,,,,")
    before, trail = everything_in(site), deeds(site)

    assert bring(path, "--dry-run") == 0

    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["bai.lu\tadded as agent", "lin.yue\tlocked"]
    assert told[2] == "1 new, 1 changed, 0 as they were, 0 refused (nothing was written)"
    assert (everything_in(site), deeds(site)) == (before, trail)


def test_who_is_not_in_the_file_stays_as_they_are(site: Settings, bring: Run, tmp_path: Path) -> None:
    before = executed(site, "SELECT id, role, team FROM agent ORDER BY id")
    bring(csv(tmp_path, "bai.lu,,,agent,home,,"))

    assert [
        line for line in executed(site, "SELECT id, role, team FROM agent ORDER BY id") if line[0] != "bai.lu"
    ] == before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("new.one,,,,home,,", "is new, and needs roles, or groups that give one"),
        ("new.one,,,agent,,,", "is new, and needs team"),
        ("new.one,,,agent,nowhere,,", "team: there is no nowhere"),
        ("lin.yue,,,,,nothing,", "queues: there is no nothing"),
        ("lin.yue,,,king,,,", "roles: king is none of agent"),
        ("lin.yue,,,agent;team_lead,,,", "roles: everybody has one role here"),
        ("lin.yue,,perhaps,,,,", "active: true or false"),
        ("lin.yue,,,,,,80a1", "extension: digits, * and # alone"),
        ("../etc,,,agent,home,,", "userName: Latin or Chinese letters, digits"),
        ("аdmin,,,agent,home,,", "userName: Latin or Chinese letters, digits"),
        ("new.one,,,administrator,home,,", "roles: administrator is given at the console alone"),
        ("lin.yue,,,security_officer,,,", "roles: security_officer is given at the console alone"),
        ("admin,,,agent,,,", "roles: is administrator, which is taken at the console alone"),
        ("lin.yue,\u202e李娜,,,,,", "displayName: one line of at most 200 signs that can be seen"),
        ("admin,,,auditor,,,", "administrator, security officer and auditor are three people"),
        (f"lin.yue,{'长' * 201},,,,,", "displayName: one line of at most 200 signs"),
    ],
)
def test_row_that_cannot_be_is_named_and_the_others_are_taken(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, why: str
) -> None:
    assert bring(csv(tmp_path, row, "bai.lu,,,agent,home,,")) == 1

    told = capsys.readouterr().out
    assert "bai.lu\tadded as agent" in told
    [line] = [line for line in told.splitlines() if line.startswith("row ")]
    assert line.startswith("row 2: ")
    assert why in line


def test_file_that_would_lock_very_many_locks_nobody(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [f"agent.{number},,true,agent,home,," for number in range(40)]
    assert bring(csv(tmp_path, *people)) == 0
    locking = csv(tmp_path, *(row.replace("true", "0") for row in people))
    capsys.readouterr()

    assert (bring(locking), bring(locking, "--dry-run")) == (1, 1)

    assert "would lock 40 of " in capsys.readouterr().err
    assert executed(site, "SELECT count(*) FROM account WHERE is_locked") == [(0,)]
    assert bring(locking, "--lock-many") == 0
    assert executed(site, "SELECT count(*) FROM account WHERE is_locked") == [(40,)]
    assert bring(locking) == 0, "who is locked already is nobody more"


def test_table_as_an_office_program_saves_it_is_read(site: Settings, bring: Run, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    head = "部门;userName;displayName;active;roles;team;queues"
    row = '客服;Wang.Xiaoming;王　小明;是;agent;home;"support；billing"'
    path.write_bytes("\r\n".join([head, row, ";;;;;;", ""]).encode("gb18030"))

    assert bring(path) == 0

    role, team, queues, _, name = person(site, "wang.xiaoming")
    assert (role, team, json.loads(str(queues)), json.loads(str(name))["zh"]) == (
        "agent",
        "home",
        ["support", "billing"],
        "王 小明",
    )


def test_somebody_who_comes_twice_is_taken_once(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(csv(tmp_path, "lin.yue,,,team_lead,,,", "LIN.YUE,,,agent,,,")) == 1
    assert "row 3: row 2 is of the same person" in capsys.readouterr().out
    assert person(site, "lin.yue")[0] == "team_lead"


def test_groups_give_what_they_give_at_sign_on(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sign_on(site, "https://sso.example", tables=LEADS + AGENTS)
    people = [
        {
            "userName": "bai.lu",
            "displayName": "白露",
            "active": True,
            "groups": [{"value": "7", "display": "cc-agents"}],
        },
        {"userName": "lin.yue", "groups": ["cc-agents", "cc-leads"], "emails": [{"value": "lin@example.com"}]},
        {"userName": "zhao.min", "groups": ["cleaners"]},
        {"userName": "sun.lei", "groups": [], "active": False},
    ]
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in people) + "\n[1]\n{broken\n", encoding="utf-8")

    assert bring(path) == 1

    told = capsys.readouterr().out
    assert person(site, "bai.lu")[:2] == ("agent", "home")
    assert person(site, "lin.yue")[0] == "team_lead"
    assert "sun.lei\tlocked" in told
    assert "columns that nobody knows, passed over: emails" in told
    assert "row 3: zhao.min groups: none of them gives a role (sign_on.toml)" in told
    assert told.count("is no JSON object in one line") == 2


def test_workbook_is_read_by_the_sheet_that_names_people(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[object]] = [
        ["人员名单"],
        ["userName", "roles", "team", "extension", "备注"],
        ["bai.lu", "agent", "home", 8123, "新"],
    ]
    path = a_workbook(tmp_path / "people.xlsx", 说明=[["看第二页"]], 人员=rows)

    assert bring(path) == 0
    assert person(site, "bai.lu")[3] == "8123"
    assert "passed over: 备注" in capsys.readouterr().out


def test_file_that_holds_nobody_says_so(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(csv(tmp_path, "a,b", head="name,mail\n")) == 1
    assert "it has no column userName" in capsys.readouterr().err
    assert bring(tmp_path / "nowhere.csv") == 1
    assert "cannot be read" in capsys.readouterr().err


def test_old_workbook_is_refused_by_its_name(
    site: Settings, bring: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))

    assert bring(path) == 1
    assert "save it as XLSX" in capsys.readouterr().err


def test_imported_person_has_no_password(site: Settings, bring: Run, tmp_path: Path) -> None:
    bring(csv(tmp_path, "bai.lu,,,agent,home,,"))

    assert executed(site, "SELECT password_hash FROM account WHERE agent_id = 'bai.lu'") == []
