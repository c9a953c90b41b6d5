"""What editors decide about gaps of the knowledge base."""

from collections.abc import Mapping
from typing import Any

from agent_model.gap import LONGEST_FORM, LONGEST_REASON
from agent_model.scope import EDITORS
from agent_model.secret import mask
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules


class GapDecisionRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["by"])
        if EDITORS not in case.author.scopes:
            raise Refused("not_allowed")
        texts = (body["form"], LONGEST_FORM), (body["question"], LONGEST_FORM), (body["reason"], LONGEST_REASON)
        if not body["form"].strip() or any(len(text) > most for text, most in texts):
            raise Refused("bad_field")
        return Outcome({name: mask(body[name]) for name in ("question", "reason") if mask(body[name]) != body[name]})
