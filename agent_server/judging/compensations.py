"""What a complainant is given: once for a complaint, by whose authority suffices, out of a fund that has it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent_model.body import from_body
from agent_model.compensation import CompensationState, Fund
from agent_model.moment import to_text
from agent_model.same_complaint_links import is_complaint
from agent_model.ticket import TicketStatus
from agent_server.audit import Deed
from agent_server.judging.case import Case, Refused
from agent_server.judging.complaints import group_of
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored

DECIDED = (CompensationState.GRANTED, CompensationState.REFUSED)


class CompensationRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["asked_by"])
        if body["amount_fen"] <= 0:
            raise Refused("bad_field")
        if not body["reason"].strip():
            raise Refused("reason_missing")
        ticket = await _complaint(case, body["ticket_id"])
        await _require_first(case, ticket, None, (CompensationState.ASKED, CompensationState.GRANTED))
        fund = await _fund(case, body)
        if fund.authority_fen(case.person.role) < body["amount_fen"]:
            return Outcome({"state": CompensationState.ASKED.value, "queue": ticket.body["queue"]})
        await _draw(case, fund, body["amount_fen"])
        granted = _decided(case, CompensationState.GRANTED)
        act = case.act(Deed.COMPENSATED, str(body["amount_fen"]), body["reason"])
        return Outcome({**granted, "queue": ticket.body["queue"]}, acts=(act,))

    def check_fields(self, case: Case, row: Stored) -> None:
        if row.body["state"] != CompensationState.ASKED:
            raise Refused("already_decided")
        change = case.command.fields.get("state")
        if change is None or change.old != CompensationState.ASKED or change.new not in DECIDED:
            raise Refused("bad_field")
        if case.person.id == row.body["asked_by"]:
            raise Refused("own_request")

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        ticket = await _complaint(case, body["ticket_id"])
        state = CompensationState(body["state"])
        amount = body["amount_fen"]
        fund = await _fund(case, body, must_have_it=state is CompensationState.GRANTED)
        if fund.authority_fen(case.person.role) < amount:
            raise Refused("beyond_authority")
        act = case.act(Deed.COMPENSATED, str(amount), body["decision_reason"])
        if state is CompensationState.GRANTED:
            await _require_first(case, ticket, row.id, (CompensationState.GRANTED,))
            await _draw(case, fund, amount)
        elif not body["decision_reason"].strip():
            raise Refused("reason_missing")
        else:
            act = case.act(Deed.COMPENSATION_REFUSED, str(amount), body["decision_reason"])
        return Outcome(_decided(case, state), row.segment, (act,))


async def _complaint(case: Case, ticket_id: str) -> Stored:
    await case.changes.load("ticket", [ticket_id])
    ticket = case.changes.get("ticket", ticket_id)
    if ticket is None or not ticket.scopes & case.author.scopes:
        raise Refused("unknown_ticket")
    if not is_complaint(ticket.body):
        raise Refused("not_a_complaint")
    if ticket.body["status"] == TicketStatus.CLOSED:
        raise Refused("complaint_closed")
    if ticket.body["parent"] is not None:
        await case.changes.load("ticket", [ticket.body["parent"]])
        whole = case.changes.get("ticket", ticket.body["parent"])
        if whole is not None and is_complaint(whole.body):
            raise Refused("part_of_a_complaint")
    return ticket


async def _require_first(case: Case, ticket: Stored, but: str | None, states: tuple[CompensationState, ...]) -> None:
    """Whether nothing was given for the complaint, by whichever door it came. All its tickets are held meanwhile."""
    for member in await group_of(case.changes, ticket):
        for given in await case.changes.find("compensation", "ticket_id", member.id):
            if given.id != but and given.body["state"] in states:
                raise Refused("already_compensated")


async def _fund(case: Case, body: Mapping[str, Any], *, must_have_it: bool = True) -> Fund:
    """The fund, held until the transaction ends, so that two who draw at once come one after the other."""
    row = await _fund_row(case, body["fund"])
    fund = from_body(Fund, row.id, row.version, row.body)
    if must_have_it and not fund.is_open(case.watch.now):
        raise Refused("fund_closed")
    if must_have_it and fund.balance_fen < body["amount_fen"]:
        raise Refused("fund_dry")
    return fund


async def _draw(case: Case, fund: Fund, amount_fen: int) -> None:
    row = await _fund_row(case, fund.id)
    drawn = {**row.body, "drawn_fen": fund.drawn_fen + amount_fen}
    case.changes.put(replace(row, version=row.version + 1, body=drawn))


async def _fund_row(case: Case, fund_id: str) -> Stored:
    await case.changes.load("fund", [fund_id])
    row = case.changes.get("fund", fund_id)
    if row is None:
        raise Refused("unknown_fund")
    return row


def _decided(case: Case, state: CompensationState) -> dict[str, Any]:
    return {"state": state.value, "decided_by": case.person.id, "decided_at": to_text(case.watch.now)}
