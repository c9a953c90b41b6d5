"""What the installers for Windows are made of, by their sources: the installers themselves are tried by
`make verify-package-windows`."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from agent_desktop.policy.schema import load
from installer.pruning import is_wanted
from installer.windows import registry
from installer.windows.msi import SEEDED, UPGRADE_CODE, queries, source

PLACES = ("agent-desktop.exe", "lib/start.pyc", "lib/agent_desktop/app.pyc", "lib/agent_desktop/ui/words & more.pyc")
NAMESPACE = "{http://schemas.microsoft.com/wix/2006/wi}"
MOST_SIGNS_OF_A_COLUMN = 255


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    for place in PLACES:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(place.encode())
    return tmp_path


def product_of(payload: Path, version: str = "1.2.3") -> ET.Element:
    written = "\n".join(source(payload, version, "icon.ico", "helper.exe"))
    product = ET.fromstring(written).find(f"{NAMESPACE}Product")  # noqa: S314 - what we wrote ourselves
    assert product is not None
    return product


def test_every_file_goes_along_once(payload: Path) -> None:
    files = [each.get("Source", "") for each in product_of(payload).iter(f"{NAMESPACE}File")]

    assert sorted(files) == sorted((payload / place).as_posix() for place in PLACES)


def test_every_component_belongs_to_a_feature(payload: Path) -> None:
    product = product_of(payload)
    made = sorted(each.get("Id", "") for each in product.iter(f"{NAMESPACE}Component"))

    assert made == sorted(each.get("Id", "") for each in product.iter(f"{NAMESPACE}ComponentRef"))


def test_versions_follow_each_other_by_one_code(payload: Path) -> None:
    first, second = product_of(payload), product_of(payload, "1.2.4")

    assert first.get("UpgradeCode") == second.get("UpgradeCode") == str(UPGRADE_CODE).upper()
    assert first.get("Id") != second.get("Id")


def test_other_bytes_of_a_version_are_another_product(payload: Path) -> None:
    first = product_of(payload).get("Id")
    again = product_of(payload).get("Id")
    (payload / PLACES[0]).write_bytes(b"other")

    assert first == again
    assert product_of(payload).get("Id") != first


def test_properties_are_texts_of_policy() -> None:
    keys = load().keys

    assert {name: keys[key].kind for name, key in SEEDED.items()} == dict.fromkeys(SEEDED, str)


def test_words_of_an_action_fit_its_column() -> None:
    lengths = [len(each) for query in queries("1.2.3") for each in query.split("'") if "machine_folder" in query]

    assert max(lengths) <= MOST_SIGNS_OF_A_COLUMN


def test_the_exe_removes_nothing_of_others(capsys: pytest.CaptureFixture[str]) -> None:
    registry.main()

    removed = [line.strip() for line in capsys.readouterr().out.splitlines() if "DeleteReg" in line]
    assert removed == [
        "DeleteRegValue HKLM `Software\\RegisteredApplications` `AgentDesktop`",
        "DeleteRegKey HKLM `Software\\AgentDesktop\\Capabilities`",
        *(
            f"DeleteRegKey HKLM `Software\\Classes\\AgentDesktop.{scheme}`"
            for scheme in ("tel", "sip", "sips", "callto")
        ),
        "DeleteRegValue HKLM `Software\\Microsoft\\Windows\\CurrentVersion\\Run` `Agent Desktop`",
    ]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/platforms/qdirect2d.dll", False),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/translations/qtbase_zh_CN.qm", True),
        ("PySide6/translations/qtbase_de.qm", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("agent_desktop/app.pyc", True),
    ],
)
def test_what_is_left_out_of_wheels(place: str, wanted: bool) -> None:
    assert is_wanted(place) is wanted
