"""Words that mean the same on the server: who may change them, what is refused, kept versions, brought by a folder."""

from pathlib import Path
from typing import Any

import pytest

from agent_server.importing.company_folder import BadSource
from agent_server.importing.synonym_file import synonyms
from tests.in_process import ServerThread, import_into
from tests.server.conftest import SitAt
from tests.server.workstation import Workstation
from tests.server.written_rows import SYNONYMS

create, change = SYNONYMS.create, SYNONYMS.change


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"words": ["one"]}, {"words": "too_few"}),
        ({"words": ["one", "two", "x" * 41]}, {"words": "too_long"}),
        ({"words": ["one", "two\u200b"]}, {"words": "unseen"}),
        ({"note": "n" * 201}, {"note": "too_long"}),
    ],
    ids=["one", "long", "unseen", "note"],
)
def test_what_is_no_set_is_refused_by_its_field(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    answer = create(lead, **fields)
    assert (answer["verdict"], answer["reason"], answer["faults"]) == ("rejected", "bad_synonym", faults)


def test_change_that_leaves_one_word_is_refused(lead: Workstation) -> None:
    create(lead)
    assert change(lead, 1, words=[SYNONYMS.whole["words"], ["NP"]])["reason"] == "bad_synonym"


def test_every_version_is_kept_for_who_may_change_it(lead: Workstation, seat: Workstation) -> None:
    create(lead)
    change(lead, 1, is_on=[True, False])
    told = lead.http.get("/sync/v1/synonyms/s-1/versions").json()["versions"]
    assert [(one["version"], one["body"]["is_on"]) for one in told] == [(2, False), (1, True)]
    assert seat.http.get("/sync/v1/synonyms/s-1/versions").status_code == 403


def test_folder_brings_a_set_a_line_and_the_same_set_again(
    server: ServerThread, lead: Workstation, tmp_path: Path
) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text("携号转网，带号转网、NP # 工信部的说法\n\n# nothing\n充值, 交话费\n", encoding="utf-8-sig")
    import_into(server.settings, tmp_path)
    file.write_text("携号转网，带号转网、NP，转网\n充值, 交话费\n", encoding="utf-8")
    import_into(server.settings, tmp_path)

    lead.sync()
    rows = [lead.row("synonym", told.id)["body"] for told in synonyms(tmp_path)]
    assert [row["words"] for row in rows] == [["携号转网", "带号转网", "NP", "转网"], ["充值", "交话费"]]


@pytest.mark.parametrize("text", ["one\n", "a, b\n" + "x" * 41 + ", y\n", "a\u200b, b"], ids=["one", "long", "unseen"])
def test_folder_with_a_bad_set_says_in_which_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "synonyms.txt").write_text(text, encoding="utf-8")
    with pytest.raises(BadSource) as found:
        synonyms(tmp_path)
    assert found.value.place == f"synonyms.txt:{len(text.splitlines())}"


def test_file_in_another_encoding_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "synonyms.txt").write_bytes("充值, 缴费".encode("gb18030"))
    with pytest.raises(BadSource):
        synonyms(tmp_path)


@pytest.mark.parametrize("login", ["ye.wen", "admin"], ids=["editor", "administrator"])
def test_editors_and_administrators_keep_them_too(sit_at: SitAt, login: str) -> None:
    assert create(sit_at(login))["verdict"] == "applied"
