"""What a site allows at its desks, as its company's folder tells it."""

from pathlib import Path

import pytest

from agent_model.agent import Role
from agent_model.body import from_body
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.export import ExportKind
from agent_server.importing.company_folder import BadSource
from agent_server.importing.desk_file import desk_policy

WRITTEN = """
exports_offline = false
bulk_change = 50

[[export]]
kind = "list"
subject = "tickets"
roles = ["team_lead"]
rows = 100
most = 2000

[[export]]
kind = "print"
subject = "*"
roles = ["agent", "team_lead"]

[attachments]
largest = 1048576
opens_unscanned = false
"""


def test_file_says_what_may_leave_and_the_rest_is_as_shipped(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(WRITTEN)
    [told] = desk_policy(tmp_path)
    policy = from_body(DeskPolicy, told.id, 1, told.body)
    assert (told.id, policy.exports_offline, policy.bulk_change) == (SITE, False, 50)
    assert policy.export_rule(ExportKind.LIST, "tickets", Role.AGENT) is None
    lead = policy.export_rule(ExportKind.LIST, "tickets", Role.TEAM_LEAD)
    assert lead is not None
    assert (lead.rows, lead.most) == (100, 2000)
    assert policy.export_rule(ExportKind.PRINT, "T-1", Role.AGENT) is not None
    assert (policy.attachments.largest, policy.attachments.opens_unscanned) == (1048576, False)
    assert policy.attachments.types == DeskPolicy().attachments.types


def test_folder_without_the_file_decides_nothing(tmp_path: Path) -> None:
    assert desk_policy(tmp_path) == []


@pytest.mark.parametrize(
    "written",
    [
        "bulk_chang = 5",
        "bulk_change = -1",
        "bulk_change = 'many'",
        "[[export]]\nkind = 'list'\nsubject = '*'\nroles = ['boss']",
        "[[export]]\nkind = 'list'\nsubject = '*'\nroles = ['agent']\nrows = 9\nmost = 3",
        "[attachments]\nsize = 3",
        "=",
    ],
    ids=["unknown", "negative", "text", "role", "most", "attachments", "toml"],
)
def test_file_that_says_nothing_sensible_is_refused_by_its_name(tmp_path: Path, written: str) -> None:
    (tmp_path / "desk.toml").write_text(written)
    with pytest.raises(BadSource, match=r"desk\.toml"):
        desk_policy(tmp_path)
