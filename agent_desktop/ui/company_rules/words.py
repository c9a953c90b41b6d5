"""Rules of the company in words: what the kinds and their fields are called, how they are written, what is wrong."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.company_rules import BAR, FieldOfRule, RuleKind, Shape
from agent_desktop.ui.follow_ups.words import kind_word as promise_word
from agent_model.agent import Role
from agent_model.follow_up import FollowUpKind

translate = QCoreApplication.translate


def kind_word(entity: str) -> str:
    match entity:
        case "number_range":
            return translate("rules", "Privacy numbers")
        case "identity_rule":
            return translate("rules", "Identity check")
        case "desk_policy":
            return translate("rules", "What desks may do")
        case "follow_up_plan":
            return translate("rules", "When nobody answers")
        case _:
            return entity


def title_word(kind: RuleKind, rule_id: str, named: str) -> str:
    """What one of the kind is called."""
    if named:
        return named
    if kind.entity == "follow_up_plan" and rule_id in set(FollowUpKind):
        return promise_word(FollowUpKind(rule_id))
    return translate("rules", "New range") if kind.can_add else kind_word(kind.entity)


def field_word(path: str) -> str:
    words = {
        "platform.zh": translate("rules", "Platform, Chinese"),
        "platform.en": translate("rules", "Platform, English"),
        "is_on": translate("rules", "In force"),
        "spans": translate("rules", "Numbers"),
        "wrong_a_call": translate("rules", "Wrong answers a call"),
        "wrong_a_day": translate("rules", "Wrong answers a day"),
        "valid_h": translate("rules", "Good for a ticket, hours"),
        "pin_level": translate("rules", "A right PIN is worth level"),
        "locked.zh": translate("rules", "Said when it is over for today, Chinese"),
        "locked.en": translate("rules", "Said when it is over for today, English"),
        "questions": translate("rules", "Questions"),
        "levels": translate("rules", "Levels"),
        "business": translate("rules", "Business that waits for a level"),
        "disclosure": translate("rules", "What is shown from a level on"),
        "watermark": translate("rules", "Watermark over customers and on paper"),
        "exports_offline": translate("rules", "Files also while the server does not answer"),
        "bulk_change": translate("rules", "Tickets changed at once, at most"),
        "copies": translate("rules", "Roles that may copy customers' data"),
        "hears_own": translate("rules", "Roles that may listen to their own calls"),
        "hears_team": translate("rules", "Roles that may listen to their team's calls"),
        "hears_all": translate("rules", "Roles that may listen to every call they see"),
        "exports": translate("rules", "What may leave in a file"),
        "attachments.largest": translate("rules", "Largest attachment, bytes"),
        "attachments.most": translate("rules", "Attachments of a ticket, at most"),
        "attachments.opens_unscanned": translate("rules", "Attachments open where there is no scanner"),
        "attachments.types": translate("rules", "Media types of attachments"),
        "attempts": translate("rules", "Attempts"),
        "spacing_min": translate("rules", "Minutes between attempts"),
        "zone": translate("rules", "Time zone where none is known"),
        "hours": translate("rules", "Hours for calling"),
    }
    return words.get(path, path)


def part_word(path: str) -> str:
    words = {
        "about": translate("rules", "what of the profile"),
        "words.zh": translate("rules", "question in Chinese"),
        "words.en": translate("rules", "question in English"),
        "level": translate("rules", "level"),
        "name.zh": translate("rules", "name in Chinese"),
        "name.en": translate("rules", "name in English"),
        "right": translate("rules", "right answers"),
        "type": translate("rules", "type of ticket, or nothing"),
        "category": translate("rules", "category, or nothing"),
        "field": translate("rules", "field"),
        "kind": translate("rules", "list, print or attachment"),
        "subject": translate("rules", "which, * for all"),
        "roles": translate("rules", "roles with commas"),
        "rows": translate("rules", "rows at once"),
        "most": translate("rules", "with an approval"),
        "opens": translate("rules", "from"),
        "closes": translate("rules", "until"),
    }
    return words.get(path, path)


def role_word(role: Role) -> str:
    match role:
        case Role.AGENT:
            return translate("rules", "Agents")
        case Role.TEAM_LEAD:
            return translate("rules", "Team leads")
        case Role.DUTY_MANAGER:
            return translate("rules", "Duty managers")
        case Role.RETURN_VISIT:
            return translate("rules", "Return visits")
        case Role.DEPARTMENT:
            return translate("rules", "Departments")
        case Role.QUALITY:
            return translate("rules", "Quality")
        case _:
            return role.value


def hint(field: FieldOfRule) -> str:
    """How it is written; empty where that is plain."""
    match field.shape:
        case Shape.TABLE:
            parts = f" {BAR} ".join(part_word(part.path) for part in field.parts)
            return translate("rules", "One entry a line: {parts}").format(parts=parts)
        case Shape.NUMBERS:
            return translate("rules", "Numbers with commas; the last holds for all that follow")
        case Shape.LINES if field.path == "spans":
            return translate("rules", "One a line: a beginning (1700001), or first and last (17000010000-17000019999)")
        case Shape.LINES:
            return translate("rules", "One a line")
        case _:
            return ""


def fault_word(path: str, code: str) -> str:
    """What is wrong with a field of that path (`spans.2` is the third line), and what to do."""
    name, _, place = path.rpartition(".")
    at = translate("rules", "{field}, line {line}").format(field=field_word(name), line=int(place) + 1) if (
        place.isdigit()
    ) else field_word(path)  # fmt: skip
    match code:
        case "missing":
            words = translate("rules", "{field}: something has to stand here.")
        case "too_long":
            words = translate("rules", "{field}: this is too long.")
        case "too_many":
            words = translate("rules", "{field}: these are too many.")
        case "twice":
            words = translate("rules", "{field}: something stands here twice.")
        case "no_number" | "too_short" | "no_span":
            words = translate("rules", "{field}: this is no beginning of four digits or more, and no first and last.")
        case "unknown_level":
            words = translate("rules", "{field}: this level is not among the levels.")
        case "not_rising":
            words = translate("rules", "{field}: a higher level needs more right answers.")
        case "out_of_range" if path:
            words = translate("rules", "{field}: this is too small or too large.")
        case _ if path:
            words = translate("rules", "{field}: this cannot be read. Write it as the hint says.")
        case _:
            words = translate("rules", "A number is too small or too large, or a word is none of those that are known.")
    return words.format(field=at)
