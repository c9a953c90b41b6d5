"""Signing on through a real identity provider: who gets in, as what, for how long, and who does no more."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.identity_provider import Browser, RealProvider, new_key
from tests.in_process import DATABASE_NAME, PASSWORD, ServerThread, make_site, serving
from tests.server.conftest import NewSite, executed
from tests.server.officers import appoint, findings
from tests.server.sign_ons import AGENTS, LEADS, WORKSTATION, SignOnAttempt, code_of, sign_on, write_sign_on

LIN = {"preferred_username": "lin.yue", "name": "林悦", "groups": ["cc-agents"]}
NEW = {"preferred_username": "Bai.Lu", "name": "白露", "groups": ["cc-agents"], "phone_extension": "8123"}
ROOT = {"preferred_username": "root", "groups": ["cc-agents"]}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with RealProvider(tmp_path_factory.mktemp("provider"), {}) as provider:
        yield provider


@pytest.fixture
def provider(real: RealProvider) -> RealProvider:
    real.tell({"sub-lin": LIN, "sub-new": NEW, "sub-root": ROOT, "sub-nobody": {"name": "?"}})
    return real


@pytest.fixture
def settings(new_site: NewSite, provider: RealProvider) -> Settings:
    settings = new_site()
    write_sign_on(
        settings, provider.issuer, "adds_people = true", 'extension_claim = "phone_extension"', tables=LEADS + AGENTS
    )
    return settings


@pytest.fixture
def browser() -> Iterator[Browser]:
    opened = Browser()
    yield opened
    opened.close()


@pytest.fixture
def server(settings: Settings) -> Iterator[ServerThread]:
    with serving(settings) as running:
        yield running


def told_by(provider: RealProvider, subject: str, **claims: Any) -> None:
    provider.tell({subject: {**LIN, **claims}})


def row_of(answer: httpx.Response) -> Mapping[str, Any]:
    assert answer.status_code == 200, answer.text
    body: Mapping[str, Any] = answer.json()["agent"]["body"]
    return body


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def deeds(settings: Settings) -> list[tuple[Any, ...]]:
    return executed(settings, "SELECT deed, who, subject, field FROM audit_line ORDER BY seq")


def greeted(server: ServerThread, signed_in: httpx.Response) -> httpx.Response:
    headers = {"Authorization": f"Bearer {signed_in.json()['access']}", "X-Sync-Protocol": "1"}
    return httpx.get(f"{server.address}/sync/v1/hello", headers=headers)


def by_password(server: ServerThread, login: str) -> httpx.Response:
    wish = {"login": login, "password": PASSWORD, "device_id": "d"}
    return httpx.post(f"{server.address}/auth/sign-in", json=wish)


# ---- in -------------------------------------------------------------------------------------------------


def test_person_signs_on_with_role_team_and_queues_of_their_groups(server: ServerThread, settings: Settings) -> None:
    answer = sign_on(server.address, "sub-lin")

    row = row_of(answer)
    assert (row["login"], row["role"], row["team"], row["queues"]) == ("lin.yue", "agent", "home", ["support"])
    assert answer.json()["device_id"] == f"{WORKSTATION}.lin.yue"
    assert row["name"] == {"zh": "林悦", "en": "Lin Yue"}  # the company's own, not the provider's
    hello = greeted(server, answer)
    assert "queue:support" in hello.json()["scopes"]
    assert "queue:vip" not in hello.json()["scopes"]
    assert ("signed_in", "lin.yue", "", "sign-on") in deeds(settings)
    assert findings(settings) == []


def test_somebody_new_is_added_at_the_first_sign_on(server: ServerThread, settings: Settings) -> None:
    first = row_of(sign_on(server.address, "sub-new"))
    again = row_of(sign_on(server.address, "sub-new"))

    assert (first["login"], first["extension"]) == ("bai.lu", "8123")
    assert first["name"] == {"zh": "白露", "en": "白露"}
    assert again == first
    assert [line[0] for line in deeds(settings)].count("user_added") == 1
    assert refused(by_password(server, "bai.lu")) == (401, "wrong_password")


def test_changed_groups_change_the_rights_at_the_next_sign_on(
    server: ServerThread, settings: Settings, provider: RealProvider
) -> None:
    before = sign_on(server.address, "sub-lin")
    told_by(provider, "sub-lin", groups=["cc-agents", "cc-leads"])
    after = sign_on(server.address, "sub-lin")

    assert (row_of(after)["role"], row_of(after)["queues"]) == ("team_lead", ["billing", "support"])
    assert ("role_changed", "sign-on", "lin.yue", "agent > team_lead") in deeds(settings)
    assert refused(greeted(server, before)) == (401, "not_signed_in")


def test_whoever_is_in_no_known_group_any_more_is_not_admitted(server: ServerThread, provider: RealProvider) -> None:
    before = sign_on(server.address, "sub-lin")
    told_by(provider, "sub-lin", groups=["cleaners"])

    assert refused(sign_on(server.address, "sub-lin")) == (403, "not_admitted")
    assert refused(greeted(server, before)) == (401, "not_signed_in")  # it is known from now on


def test_renamed_person_stays_who_they_are(server: ServerThread, provider: RealProvider) -> None:
    sign_on(server.address, "sub-lin")
    told_by(provider, "sub-lin", preferred_username="lin.yue.married")

    assert row_of(sign_on(server.address, "sub-lin"))["login"] == "lin.yue"


def test_login_given_to_somebody_else_opens_no_account(
    server: ServerThread, settings: Settings, provider: RealProvider
) -> None:
    sign_on(server.address, "sub-lin")
    provider.tell({"another-person": LIN})

    assert refused(sign_on(server.address, "another-person")) == (403, "identity_taken")
    assert ("sign_in_failed", "lin.yue", "", "sign-on") in deeds(settings)


def test_locked_account_is_not_let_in(server: ServerThread, settings: Settings) -> None:
    executed(settings, "UPDATE account SET is_locked = true WHERE agent_id = 'lin.yue'")

    assert refused(sign_on(server.address, "sub-lin")) == (403, "account_locked")


def test_stopped_workstation_is_not_let_in(server: ServerThread, settings: Settings) -> None:
    sign_on(server.address, "sub-lin")
    executed(settings, "UPDATE device SET state = 'wipe' WHERE id = :id", id=f"{WORKSTATION}.lin.yue")

    assert refused(sign_on(server.address, "sub-lin")) == (403, "device_wiped")


def test_person_without_a_login_is_refused(server: ServerThread) -> None:
    assert refused(sign_on(server.address, "sub-nobody")) == (401, "sign_on_refused")


def test_administrator_is_let_in_once_bound_at_the_console(server: ServerThread, settings: Settings) -> None:
    appoint(settings, "root", Role.ADMINISTRATOR)
    place = ["--database", settings.database.render_as_string(hide_password=False), "--home", str(settings.home)]

    assert refused(sign_on(server.address, "sub-root")) == (403, "not_admitted")
    assert main(["sign-on", "bind", "root", "sub-root", *place]) == 0
    assert row_of(sign_on(server.address, "sub-root"))["role"] == "administrator"  # whatever the groups give
    assert main(["sign-on", "unbind", "root", *place]) == 0
    assert refused(sign_on(server.address, "sub-root")) == (403, "not_admitted")
    assert {"identity_bound", "identity_unbound"} <= {line[0] for line in deeds(settings)}


def test_nobody_is_added_where_the_site_does_not_say_so(new_site: NewSite, provider: RealProvider) -> None:
    settings = new_site()
    write_sign_on(settings, provider.issuer)
    with serving(settings) as server:
        assert refused(sign_on(server.address, "sub-new")) == (403, "not_admitted")
        assert row_of(sign_on(server.address, "sub-lin"))["queues"] == ["support", "billing", "vip"]  # as they were


# ---- how long -------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def refresh(server: ServerThread, answer: httpx.Response) -> httpx.Response:
    told = answer.json()
    return httpx.post(
        f"{server.address}/auth/refresh", json={"refresh": told["refresh"], "device_id": told["device_id"]}
    )


def test_sign_on_lasts_as_long_as_the_site_says(settings: Settings) -> None:
    clock = Clock()
    with serving(settings, now=clock) as server:
        signed_in = sign_on(server.address, "sub-lin")
        clock.ahead = timedelta(hours=11)
        on_time = refresh(server, signed_in)
        clock.ahead = timedelta(hours=12, minutes=1)
        old_access = greeted(server, on_time)
        late = refresh(server, on_time)

    assert on_time.status_code == 200
    assert refused(old_access) == (401, "not_signed_in")
    assert refused(late) == (401, "refresh_expired")
    assert ("sign_on_due",) in executed(settings, "SELECT end_reason FROM session")


def test_sign_on_that_takes_too_long_is_begun_again(settings: Settings, browser: Browser) -> None:
    clock = Clock()
    with serving(settings, now=clock) as server:
        attempt = SignOnAttempt(server.address)
        attempt.begin()
        code = code_of(browser.sign_in(attempt.url, "sub-lin"))
        clock.ahead = timedelta(minutes=10, seconds=1)
        late = attempt.finish(code)

    assert refused(late) == (401, "sign_on_refused")


def test_new_key_of_the_provider_is_fetched(tmp_path: Path) -> None:
    with RealProvider(tmp_path / "provider", {"sub-lin": LIN}) as own:
        settings = make_site(tmp_path / "site")
        write_sign_on(settings, own.issuer)
        clock = Clock()
        with serving(settings, now=clock) as server:
            before = sign_on(server.address, "sub-lin")
            own.start_again_with(new_key("second"))
            clock.ahead = timedelta(seconds=11)
            after = sign_on(server.address, "sub-lin")

    assert (before.status_code, after.status_code) == (200, 200)


# ---- passwords ------------------------------------------------------------------------------------------


def test_passwords_are_switched_off_but_for_emergencies(new_site: NewSite, provider: RealProvider) -> None:
    settings = new_site()
    appoint(settings, "root", Role.ADMINISTRATOR)
    with serving(settings) as server:
        session = by_password(server, "lin.yue")
        assert httpx.get(f"{server.address}/auth/ways").json() == {"passwords": True, "provider": None}
    write_sign_on(settings, provider.issuer, 'passwords = "break_glass"', 'break_glass = ["root", "zhou.min"]')
    with serving(settings) as server:
        ways = httpx.get(f"{server.address}/auth/ways").json()
        lin, lead, root = (by_password(server, login) for login in ("lin.yue", "zhou.min", "root"))
        goes_on, still = refresh(server, session), greeted(server, session)
        wrong = httpx.post(f"{server.address}/auth/sign-in", json={"login": "lin.yue", "password": "wrong"})

    assert ways == {
        "passwords": False,
        "provider": {"name": {"zh": "海岚账号", "en": "Hailan account"}, "ports": []},
    }
    assert refused(lin) == (403, "password_sign_in_off")
    assert refused(lead) == (403, "password_sign_in_off")  # named, and no administrator
    assert root.status_code == 200
    assert refused(goes_on) == (401, "refresh_expired")
    assert refused(still) == (401, "not_signed_in")
    assert refused(wrong) == (401, "wrong_password")  # tells nobody whether the password was right


def test_site_without_a_provider_signs_nobody_on(new_site: NewSite) -> None:
    with serving(new_site()) as server:
        answer = SignOnAttempt(server.address).begin()

    assert refused(answer) == (404, "no_sign_on")


def test_provider_that_is_away_is_said_so(new_site: NewSite, caplog: pytest.LogCaptureFixture) -> None:
    settings = new_site()
    write_sign_on(settings, "http://127.0.0.1:9")
    with serving(settings) as server:
        answer = SignOnAttempt(server.address).begin()

    assert refused(answer) == (503, "provider_away")
    assert "is not reached" in caplog.text
    caplog.clear()


def test_only_ports_that_the_provider_knows_are_gone_back_to(tmp_path: Path, provider: RealProvider) -> None:
    settings = make_site(tmp_path / "site")
    write_sign_on(settings, provider.issuer, "redirect_ports = [47801, 47802]")
    with serving(settings) as server:
        told = httpx.get(f"{server.address}/auth/ways").json()["provider"]["ports"]
        other = SignOnAttempt(server.address).begin()
        attempt = SignOnAttempt(server.address)
        fitting = attempt.begin(port=47802)

    assert told == [47801, 47802]
    assert (other.status_code, other.json()) == (422, {"error": "bad_request", "field": "port"})
    assert fitting.status_code == 200
    assert attempt.asked["redirect_uri"] == "http://127.0.0.1:47802/"


# ---- at the console -------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site")


Check = Callable[[Settings], int]


@pytest.fixture
def check() -> Check:
    return lambda settings: main(["sign-on", "check", "--database", str(settings.home / DATABASE_NAME)])


def test_check_says_that_all_is_well(
    site: Settings, provider: RealProvider, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sign_on(site, provider.issuer, tables=AGENTS)

    assert check(site) == 0
    assert f"{provider.issuer} answers" in capsys.readouterr().out


def test_check_names_everything_that_does_not_fit(
    site: Settings, provider: RealProvider, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = AGENTS.replace('"home"', '"nowhere"').replace('"support"', '"nothing"')
    lines = ('algorithms = ["ES256"]', 'break_glass = ["zhou.min"]', 'passwords = "break_glass"')
    write_sign_on(site, provider.issuer, *lines, tables=tables)

    assert check(site) == 3
    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if line.startswith("!")] == [
        "! it signs by RS256: name one of them in algorithms",
        "! [[role]] gives the team nowhere, which there is not here",
        "! [[role]] gives the queue nothing, which there is not here",
        "! break_glass names zhou.min, who is no administrator or security officer with an account that is open",
    ]


def test_check_says_that_there_is_no_file_and_that_the_provider_is_away(
    site: Settings, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(site) == 1
    assert "there is no sign_on.toml" in capsys.readouterr().err
    write_sign_on(site, "http://127.0.0.1:9")
    assert check(site) == 3
    assert "is not reached" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"issuer": "http://sso.example"}, "issuer begins with https://"),
        ({"issuer": "https://a@sso.example"}, "issuer is an address without a name"),
        ({"more": 'algorithms = ["none"]'}, "algorithms are among"),
        ({"more": 'algorithms = ["HS256"]'}, "algorithms are among"),
        ({"more": 'scopes = ["profile"]'}, "scopes hold openid"),
        ({"more": "adds_people = true"}, "adds_people needs [[role]] tables"),
        ({"more": 'passwords = "break_glass"'}, "break_glass names who may still come in"),
        ({"more": 'passwords = "nobody"'}, "passwords: "),
        ({"more": "lasts_h = 0"}, "lasts_h: "),
        ({"more": "surplus = 1"}, "surplus: "),
        ({"more": '[[role]]\ngroup = "a"\nrole = "administrator"\nteam = "home"'}, "given at this console alone"),
        ({"more": '[[role]]\ngroup = "a"\nrole = "agent"'}, "given a team as well"),
        ({"more": "issuer ="}, "it is no TOML"),
    ],
)
def test_file_that_cannot_be_used_says_where_and_why(
    site: Settings, check: Check, capsys: pytest.CaptureFixture[str], lines: Mapping[str, str], words: str
) -> None:
    write_sign_on(site, lines.get("issuer", "https://sso.example"), lines.get("more", ""))

    assert check(site) == 1
    assert words in capsys.readouterr().err
    assert main(["run", "--database", str(site.home / DATABASE_NAME), "--port", "0"]) == 1


def test_file_that_others_can_read_is_refused(site: Settings, check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    write_sign_on(site, "https://sso.example").chmod(0o644)

    assert check(site) == 1
    assert "chmod 600" in capsys.readouterr().err
