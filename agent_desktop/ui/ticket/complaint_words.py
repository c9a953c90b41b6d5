"""Complaints in words: what stands before their closing, whose they are and why, what was given, which are the same."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.tickets.complaint_sheet import ComplaintSheet
from agent_desktop.tickets.twins import Likely
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.time_left import due_moment, time_left_of
from agent_model.clock import Measure
from agent_model.compensation import Compensation, CompensationState, Fund
from agent_model.complaint import DepartmentWord, DisputeStep, ReceivedFrom, is_declined
from agent_model.complaint_closing import Hindrance, satisfaction_of
from agent_model.department_rule import ByHistory, ByRule
from agent_model.follow_up import AttemptResult, FollowUpState
from agent_model.same_complaint import Likeness
from agent_model.ticket import Ticket, TicketStatus

translate = QCoreApplication.translate


class ComplaintWords:
    """All sentences of one reader; names come from the sheet and the directory."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    # ---- closing ----------------------------------------------------------------------------------------------

    def closing(self, sheet: ComplaintSheet) -> list[str]:
        """What still stands between the complaint and its closing, in the order to be done; empty: nothing."""
        return [self._hindrance(one, sheet) for one in sheet.standing]

    def _hindrance(self, hindrance: Hindrance, sheet: ComplaintSheet) -> str:
        match hindrance:
            case Hindrance.DISPUTED if is_declined(sheet.ticket.disputes):
                return translate("complaint", "Whose it is: the duty manager has to decide.")
            case Hindrance.DISPUTED:
                return translate("complaint", "Whose it is: the other department has to answer.")
            case Hindrance.COMPENSATION_UNDECIDED:
                return translate("complaint", "The compensation that was asked for has to be granted or refused.")
            case Hindrance.NOT_RESOLVED:
                return translate(
                    "complaint", "It has to be resolved. Then the return-visit group gets its task by itself."
                )
            case Hindrance.VISIT_MISSING if sheet.waits:
                return translate("complaint", "The return visit is ordered as soon as the server has the solution.")
            case Hindrance.VISIT_MISSING:
                return translate(
                    "complaint",
                    "No return visit is known. Take the complaint up and resolve it again: that orders one.",
                )
            case Hindrance.VISIT_OPEN:
                return translate(
                    "complaint",
                    "Somebody who has not worked on it has to ask the customer how satisfied they are, from 1 to 5.",
                )
            case Hindrance.BY_HANDLER:
                return translate(
                    "complaint", "Only somebody who worked on it asked the customer. Somebody else has to ask."
                )
            case Hindrance.UNREACHED:
                return translate(
                    "complaint",
                    "The customer gave no value, and that is no satisfaction: the duty manager decides, with a reason.",
                )

    # ---- source -----------------------------------------------------------------------------------------------

    def source(self, sheet: ComplaintSheet, told: ReceivedFrom | None) -> str:
        if told is None:
            return translate("complaint", "Not told yet by which door it came in.")
        known = next((one for one in sheet.sources if one.id == told.source), None)
        name = told.source if known is None else known.name.in_language(self._formats.language)
        if told.case_number:
            return translate("complaint", "{source} · case {number}").format(source=name, number=told.case_number)
        if known is not None and known.is_regulator:
            return translate("complaint", "{source} · its case number is missing").format(source=name)
        return name

    def clocks(self, ticket: Ticket, now: datetime) -> list[tuple[str, str]]:
        """Our own promise and the regulator's term, the nearer first, each with its tone."""
        found = [] if ticket.clocks is None else list(ticket.clocks.clocks)
        shown = [clock for clock in found if clock.measure is not Measure.FIRST_RESPONSE]
        leading = None if ticket.clocks is None else ticket.clocks.leading
        lines = []
        for clock in sorted(shown, key=lambda one: (one is not leading, one.measure is Measure.REGULATOR)):
            left = time_left_of(clock, now)
            who = (
                translate("complaint", "Regulator's term")
                if clock.measure is Measure.REGULATOR
                else translate("complaint", "Our own promise")
            )
            words = f"{who}: {left.words}"
            if clock.due_at is not None:
                words += f" · {due_moment(clock.due_at, now, self._formats)}"
            lines.append((words, left.token if left.token in ("warn", "bad", "ok") else ""))
        return lines

    # ---- department -------------------------------------------------------------------------------------------

    def department(self, sheet: ComplaintSheet, id_: str) -> str:
        found = next((one for one in sheet.departments if one.id == id_), None)
        return id_ if found is None else found.name.in_language(self._formats.language)

    def proposal(self, sheet: ComplaintSheet, names: Directory) -> list[str]:
        """Why which department is proposed: by rule, by history."""
        proposal = sheet.proposal
        said = []
        if proposal.by_rule is not None:
            said.append(self._by_rule(sheet, proposal.by_rule, names))
        if proposal.by_history is not None:
            said.append(self._by_history(sheet, proposal.by_history))
        return said

    def _by_rule(self, sheet: ComplaintSheet, hit: ByRule, names: Directory) -> str:
        why = []
        if hit.keyword:
            why.append(translate("complaint", "the text says “{word}”").format(word=hit.keyword))
        if hit.product:
            product = next((one for one in sheet.products if one.id == hit.product), None)
            name = hit.product if product is None else product.name.in_language(self._formats.language)
            why.append(translate("complaint", "the customer has {product}").format(product=name))
        if not why:
            category = names.category(sheet.ticket.category)
            why.append(translate("complaint", "the category is {category}").format(category=category))
        return translate("complaint", "Proposed: {department}, because {reasons}.").format(
            department=self.department(sheet, hit.department), reasons=translate("complaint", ", ").join(why)
        )

    def _by_history(self, sheet: ComplaintSheet, hit: ByHistory) -> str:
        said = translate("complaint", "{cases} of {among} complaints of this category ended with {department}.")
        return said.format(cases=hit.cases, among=hit.among, department=self.department(sheet, hit.department))

    def disputes(self, sheet: ComplaintSheet, names: Directory) -> list[str]:
        """Both sides' words, the earliest first."""
        return [self._word(sheet, word, names) for word in sheet.ticket.disputes]

    def _word(self, sheet: ComplaintSheet, word: DepartmentWord, names: Directory) -> str:
        match word.step:
            case DisputeStep.DISPUTES:
                said = translate("complaint", "{who}, {when}: it belongs to {department}. “{text}”")
            case DisputeStep.ACCEPTS:
                said = translate("complaint", "{who}, {when}: {department} takes it. “{text}”")
            case DisputeStep.DECLINES:
                said = translate("complaint", "{who}, {when}: {department} does not take it. “{text}”")
            case DisputeStep.DECIDES:
                said = translate("complaint", "{who}, {when}: decided for {department}. “{text}”")
        return said.format(
            who=names.person(word.author),
            when=self._formats.moment(word.at, sheet.now),
            department=self.department(sheet, word.department),
            text=word.text,
        )

    # ---- compensation -----------------------------------------------------------------------------------------

    def given(self, sheet: ComplaintSheet, given: Compensation | None, names: Directory) -> str:
        if given is None:
            return translate("complaint", "Nothing was given.")
        amount, who = self._formats.money(given.amount_fen), names.person(given.asked_by)
        match given.state:
            case CompensationState.WISHED:
                said = translate("complaint", "{amount} is written down here and not granted yet: the server decides.")
            case CompensationState.ASKED:
                said = translate("complaint", "{who} asks for {amount}: somebody with the authority has to decide.")
            case CompensationState.GRANTED:
                said = translate("complaint", "{amount} was granted by {by}.")
            case CompensationState.REFUSED:
                said = translate("complaint", "{amount} was refused by {by}: “{why}”")
        by = names.person(given.decided_by or "")
        return said.format(amount=amount, who=who, by=by, why=given.decision_reason)

    def fund(self, fund: Fund, sheet: ComplaintSheet) -> str:
        said = translate(
            "complaint", "{fund}: {balance} left until {day}; you may grant up to {authority} by yourself."
        )
        return said.format(
            fund=fund.name.in_language(self._formats.language),
            balance=self._formats.money(fund.balance_fen),
            day=self._formats.day(self._formats.local_date(fund.ends_at), self._formats.local_date(sheet.now)),
            authority=self._formats.money(fund.authority_fen(sheet.role)),
        )

    # ---- two doors --------------------------------------------------------------------------------------------

    def likely(self, likely: Likely) -> str:
        words: Mapping[Likeness, str] = {
            Likeness.CUSTOMER: translate("complaint", "same customer"),
            Likeness.NUMBER: translate("complaint", "same number"),
            Likeness.CATEGORY: translate("complaint", "same category"),
            Likeness.TEXT: translate("complaint", "similar text"),
        }
        reasons = translate("complaint", ", ").join(words[one] for one in likely.twin.likeness)
        days = likely.twin.apart.days
        if days < 1:
            return translate("complaint", "{reasons}, within a day").format(reasons=reasons)
        return translate("complaint", "{reasons}, {days} days apart").format(reasons=reasons, days=days)

    # ---- return visit -----------------------------------------------------------------------------------------

    def visit(self, sheet: ComplaintSheet, names: Directory) -> str:
        visit, decision = sheet.visit, sheet.ticket.closing_decision
        if decision is not None:
            said = translate("complaint", "{who} lets it be closed without a value: “{why}”")
            return said.format(who=names.person(decision.by), why=decision.reason)
        if visit is None:
            is_over = sheet.ticket.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)
            return (
                translate("complaint", "Not known on this workstation.")
                if is_over
                else translate("complaint", "Ordered by itself when the complaint is resolved.")
            )
        value = satisfaction_of(visit, sheet.handlers)
        if value is not None:
            who = names.person(visit.attempts[-1].agent)
            said = translate("complaint", "{who} asked: satisfaction {value} of 5.")
            return said.format(who=who, value=value)
        in_vain = sum(1 for one in visit.attempts if one.result in (AttemptResult.NO_ANSWER, AttemptResult.BUSY))
        match visit.state:
            case FollowUpState.OPEN:
                said = translate("complaint", "Waits for the return-visit group; called {count} times in vain.")
            case FollowUpState.NOT_REACHED:
                said = translate("complaint", "Not reached after {count} calls.")
            case _:
                said = translate("complaint", "Ended without a value.")
        return said.format(count=in_vain)
