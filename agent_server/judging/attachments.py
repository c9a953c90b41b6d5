"""Whether a file may be attached to a ticket: its name, size and kind as the site allows them."""

from collections.abc import Mapping
from typing import Any

from agent_model.attachment import SHA256, AttachmentState, is_name
from agent_server.judging.case import Case, Refused
from agent_server.judging.desk_policy import policy_of
from agent_server.rows import Stored


def check_attachment(case: Case, row: Stored, added: Mapping[str, Any]) -> None:
    rule = policy_of(case.changes).attachments
    there = row.body["attachments"]
    case.require_author(added["added_by"])
    is_plain = is_name(added["name"]) and added["size"] > 0 and SHA256.fullmatch(added["file"]) is not None
    if not is_plain or added["state"] != AttachmentState.COMING or added["found"] is not None:
        raise Refused("bad_field")
    if any(one["id"] == added["id"] for one in there):
        raise Refused("id_taken")
    if added["size"] > rule.largest:
        raise Refused("attachment_too_large")
    if not rule.takes(added["media_type"]):
        raise Refused("attachment_type")
    if len(there) >= rule.most:
        raise Refused("too_many_attachments")
