"""Why the server did not take something about a complaint, and what to do."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def complaint_refusal(code: str) -> str | None:
    """None for words of other matters."""
    match code:
        case "unknown_source":
            return translate("complaint", "The company does not know this source any more. Choose another.")
        case "complaint_stays":
            return translate("complaint", "A complaint stays a complaint; only a team lead can make it something else.")
        case "not_a_complaint":
            return translate("complaint", "That is only for complaints, and never for a ticket with itself.")
        case "complaint_closed":
            return translate("complaint", "The complaint is closed already.")
        case "disputed":
            return translate("complaint", "Two departments dispute whose it is. That has to be settled first.")
        case "no_dispute":
            return translate("complaint", "The dispute has been settled meanwhile.")
        case "dispute_first":
            return translate("complaint", "A department does not pass a complaint on: say “Not ours” and why.")
        case "not_your_department":
            return translate("complaint", "Only the department that is asked can say that.")
        case "unknown_department":
            return translate("complaint", "There is no such department any more. Choose another.")
        case "not_leading":
            return translate("complaint", "That one follows another complaint itself. Link both to the one that leads.")
        case "link_instead":
            return translate(
                "complaint", "What a regulator sent keeps its own term and number. Link it instead of merging it."
            )
        case "already_compensated":
            return translate(
                "complaint",
                "This complaint has its compensation already, perhaps by its other door. There is only one.",
            )
        case "part_of_a_complaint":
            return translate("complaint", "This is a part of a complaint. What is given is given for the whole of it.")
        case "fund_dry":
            return translate("complaint", "The fund has not so much left. Ask for less, or for another fund.")
        case "fund_closed":
            return translate("complaint", "The fund gives nothing at this time. Choose another.")
        case "unknown_fund":
            return translate("complaint", "There is no such fund any more. Choose another.")
        case "beyond_authority":
            return translate(
                "complaint", "The amount is above what you may decide. Somebody with more authority has to."
            )
        case "own_request":
            return translate("complaint", "Nobody decides about their own request. Somebody else has to.")
        case "already_decided":
            return translate("complaint", "Somebody has decided about it meanwhile.")
        case "reason_missing":
            return translate("complaint", "It needs a reason: others read it.")
        case "handler_may_not":
            return translate(
                "complaint", "Whoever worked on a complaint does not ask how it ended. Leave it to others."
            )
        case "compensation_undecided":
            return translate("complaint", "Not closed: the compensation that was asked for is undecided.")
        case "not_resolved":
            return translate("complaint", "Not closed: the complaint has not been resolved.")
        case "return_visit_missing" | "return_visit_open" | "return_visit_by_handler":
            return translate(
                "complaint", "Not closed: somebody who has not worked on it has to ask the customer first."
            )
        case "customer_unreached":
            return translate(
                "complaint", "Not closed: the customer gave no satisfaction value. The duty manager has to decide."
            )
        case _:
            return None
