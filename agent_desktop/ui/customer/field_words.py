"""The fields of customers, tickets and contacts in the person's words, and their values as they are read."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.customers.relations import Side
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.choice_words import mode_word
from agent_desktop.ui.choice_words import type_word as type_word
from agent_desktop.ui.customer.relation_words import side_word
from agent_desktop.ui.customer.signal_words import outcome_word
from agent_desktop.ui.customer.words import link_word, native_language, priority_word, status_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.words import SEPARATOR as SEPARATOR
from agent_desktop.ui.forms.words import hidden_words, value_of_field
from agent_desktop.ui.strip.party import tier_word
from agent_model import moment
from agent_model.after_call import AfterCallMode
from agent_model.customer import Tier
from agent_model.customer_form import PRIVATE, CustomField
from agent_model.customer_relation import RelationKind
from agent_model.phone_number import PhoneNumber, masked
from agent_model.signal import SignalOutcome
from agent_model.ticket import LinkKind, Priority, TicketStatus, TicketType
from agent_model.words import Words

translate = QCoreApplication.translate

LONG_FIELDS = frozenset({"body", "description", "text", "notes"})
"""Several lines are written in them."""
TYPED = frozenset({"name", "company", "email", "region", "tags", "subject", "title"}) | LONG_FIELDS
"""Fields whose value a person writes; the others are chosen."""
_BETWEEN_TAGS = re.compile(r"[,，、;；\n]")
_PHONE = re.compile(r"(?:\+|ext:|short:|raw:)[0-9]{1,32}")
_RELATIONS = frozenset(RelationKind) - {RelationKind.OTHER}
_MAY_BE_EMPTY = frozenset({"company", "email", "region"})


def noun_word(entity: str) -> str:
    match entity:
        case "customer":
            return translate("fields", "Customer")
        case "ticket":
            return translate("fields", "Ticket")
        case "contact":
            return translate("fields", "Contact")
        case "compensation":
            return translate("fields", "Compensation")
        case "customer_merge":
            return translate("fields", "Merge of customers")
        case "customer_relation":
            return translate("fields", "Relation of customers")
        case "customer_form":
            return translate("fields", "Profile of customers")
        case "ticket_form":
            return translate("fields", "Form of tickets")
        case "follow_up":
            return translate("fields", "Callback or return visit")
        case "follow_up_plan":
            return translate("fields", "Plan of attempts")
        case "floor_policy":
            return translate("fields", "Who may be in agents' calls")
        case "desk_policy":
            return translate("fields", "What desks may do")
        case "identity_rule":
            return translate("fields", "Rule of identity checks")
        case "number_range":
            return translate("fields", "Number range")
        case "export":
            return translate("fields", "Export")
        case "list_view":
            return translate("fields", "View of the team")
        case "announcement":
            return translate("fields", "Announcement")
        case "announcement_receipt":
            return translate("fields", "Announcement that was read")
        case "assignment":
            return translate("fields", "Training that is assigned")
        case "attempt":
            return translate("fields", "Answers of a quiz")
        case "question":
            return translate("fields", "Question")
        case "question_key":
            return translate("fields", "Answer of a question")
        case "quiz":
            return translate("fields", "Quiz")
        case "course":
            return translate("fields", "Course")
        case "course_rule":
            return translate("fields", "Rule of courses")
        case "article_feedback":
            return translate("fields", "What an agent told of an article")
        case "synonym":
            return translate("fields", "Synonyms")
        case "macro":
            return translate("fields", "Macro")
        case "article_draft":
            return translate("fields", "Article")
        case "abusive_call":
            return translate("fields", "Abusive call")
        case "care_policy":
            return translate("fields", "How agents are looked after")
        case "article_policy":
            return translate("fields", "How articles are written")
        case "signal_rule":
            return translate("fields", "Rule of signals")
        case "alert_rule":
            return translate("fields", "Rule of alerts")
        case "break_reason":
            return translate("fields", "Reason for a break")
        case "wrap_up_code":
            return translate("fields", "Disposition")
        case "queue":
            return translate("fields", "Queue")
        case _:
            return entity


def field_word(name: str) -> str:
    """A field no version knows keeps its own name."""
    words = {
        "name": translate("fields", "Name"),
        "body": translate("fields", "Text"),
        "keywords": translate("fields", "Keywords"),
        "tiers": translate("fields", "Customer tiers"),
        "regions": translate("fields", "Regions"),
        "valid_from": translate("fields", "Holds from"),
        "valid_to": translate("fields", "Holds until"),
        "publish_at": translate("fields", "Publish at"),
        "review_days": translate("fields", "Read again after days"),
        "phones": translate("fields", "Numbers"),
        "tier": translate("fields", "Tier"),
        "purpose": translate("fields", "What was promised"),
        "until": translate("fields", "Until"),
        "zone": translate("fields", "Time zone"),
        "position": translate("fields", "Which number"),
        "ticket_id": translate("fields", "Ticket"),
        "team": translate("fields", "Team"),
        "snoozed_until": translate("fields", "Put off until"),
        "state": translate("fields", "State"),
        "attempts": translate("fields", "Attempts"),
        "spacing_min": translate("fields", "Minutes between attempts"),
        "hours": translate("fields", "Hours"),
        "company": translate("fields", "Company"),
        "email": translate("fields", "E-mail"),
        "tags": translate("fields", "Tags"),
        "language": translate("fields", "Language"),
        "region": translate("fields", "Region"),
        "is_verified": translate("fields", "Identity verified"),
        "segment": translate("fields", "Customer group"),
        "notes": translate("fields", "Note"),
        "note": translate("fields", "Note"),
        "since": translate("fields", "Customer since"),
        "subject": translate("fields", "Subject"),
        "watchers": translate("fields", "Watchers"),
        "comments": translate("fields", "Comment"),
        "attachments": translate("fields", "Attachment"),
        "hand_overs": translate("fields", "Hand-over"),
        "parent": translate("fields", "Sub-task of"),
        "branch": translate("fields", "Below"),
        "subtasks": translate("fields", "Sub-tasks"),
        "links": translate("fields", "Linked tickets"),
        "merged_into": translate("fields", "Merged into"),
        "status_reason": translate("fields", "Reason"),
        "created_at": translate("fields", "Written"),
        "type": translate("fields", "Kind"),
        "category": translate("fields", "Category"),
        "priority": translate("fields", "Priority"),
        "status": translate("fields", "Status"),
        "description": translate("fields", "Description"),
        "queue": translate("fields", "Queue"),
        "department": translate("fields", "Department"),
        "owner": translate("fields", "Owner"),
        "due_at": translate("fields", "Due"),
        "customer_id": translate("fields", "Customer"),
        "other_id": translate("fields", "Related to"),
        "is_removed": translate("fields", "Taken away"),
        "title": translate("fields", "Title"),
        "text": translate("fields", "Text"),
        "code": translate("fields", "Code"),
        "types": translate("fields", "Kinds of tickets"),
        "queues": translate("fields", "Queues"),
        "takes": translate("fields", "Makes the author the owner"),
        "comment": translate("fields", "Comment for whom"),
        "wrap_up_code": translate("fields", "Disposition"),
        "rules_at": translate("fields", "By the rules of"),
        "work": translate("fields", "After-call work"),
        "wrap_up_s": translate("fields", "After-call work lasts, seconds"),
        "after_call": translate("fields", "How after-call work goes"),
        "short": translate("fields", "Code to type"),
        "calls_back": translate("fields", "Proposes a callback"),
        "minutes": translate("fields", "Meant to last, minutes"),
        "needs_approval": translate("fields", "A lead agrees first"),
        "places": translate("fields", "At most away at once"),
        "duration_s": translate("fields", "Duration"),
        "rating": translate("fields", "Rating"),
        "revealed": translate("fields", "Looked at"),
        "details": translate("fields", "Form"),
        "fields": translate("fields", "Fields"),
        "edition": translate("fields", "Edition"),
        "signal_results": translate("fields", "Result of a signal"),
        "kind": translate("fields", "Kind"),
        "reason": translate("fields", "Reason"),
        "conditions": translate("fields", "Conditions"),
        "action": translate("fields", "Action"),
        "weight": translate("fields", "Weight"),
        "fund": translate("fields", "Fund"),
        "amount_fen": translate("fields", "Amount"),
        "asked_by": translate("fields", "Asked by"),
        "decision_reason": translate("fields", "Reason of the decision"),
        "received_from": translate("fields", "Source of the complaint"),
        "disputes": translate("fields", "Responsible department"),
        "same_as": translate("fields", "Same complaint as"),
        "handlers": translate("fields", "Worked on by"),
        "return_visit": translate("fields", "Return visit"),
        "closing_decision": translate("fields", "Closed without a value because"),
        "quiet_days": translate("fields", "Quiet for days"),
        "gone": translate("fields", "Who goes"),
        "taken": translate("fields", "Fields taken over"),
        "is_undone": translate("fields", "Undone"),
        "apart": translate("fields", "Somebody else"),
        "is_on": translate("fields", "Switched on"),
        "rows": translate("fields", "Rows"),
        "words": translate("fields", "Words on the decision"),
        "columns": translate("fields", "Columns"),
        "query": translate("fields", "Order and filters"),
        "is_dropped": translate("fields", "Taken away"),
        "check": translate("fields", "Identity check"),
        "copies": translate("fields", "Roles that may copy customers' data"),
        "hears_own": translate("fields", "Roles that may listen to their own calls"),
        "hears_team": translate("fields", "Roles that may listen to their team's calls"),
        "hears_all": translate("fields", "Roles that may listen to every call they see"),
        "hidden": translate("fields", "What is kept back from roles"),
        "exports": translate("fields", "What may leave in a file"),
        "exports_offline": translate("fields", "Files also while the server does not answer"),
        "lock_after_min": translate("fields", "Customers are locked after (min)"),
        "bulk_change": translate("fields", "Tickets changed at once, at most"),
        "watermark": translate("fields", "Watermark over customers and on paper"),
        "business": translate("fields", "Business that waits for a level"),
        "disclosure": translate("fields", "What is shown from a level on"),
        "levels": translate("fields", "Levels"),
        "locked": translate("fields", "Said when it is over for today"),
        "pin_level": translate("fields", "A right PIN is worth level"),
        "questions": translate("fields", "Questions"),
        "valid_h": translate("fields", "Good for a ticket, hours"),
        "wrong_a_call": translate("fields", "Wrong answers a call"),
        "wrong_a_day": translate("fields", "Wrong answers a day"),
        "platform": translate("fields", "Platform"),
        "spans": translate("fields", "Numbers of the range"),
        "barges": translate("fields", "Roles that may join a call"),
        "hangs_up": translate("fields", "Roles that may end a call"),
        "limits": translate("fields", "Limits for people and teams"),
        "steering_limits": translate("fields", "Limits for people and teams beside calls"),
        "steering_told": translate("fields", "Acts beside calls the agent is told of"),
        "listens": translate("fields", "Roles that may listen to a live call"),
        "takes_over": translate("fields", "Roles that may take a call over"),
        "told": translate("fields", "Acts the agent is told of"),
        "whispers": translate("fields", "Roles that may whisper to the agent"),
        "asks_name": translate("fields", "Name typed after reading"),
        "audience": translate("fields", "Audience"),
        "blocks_ready": translate("fields", "Read before being ready"),
        "dwell_s": translate("fields", "Reading time, seconds"),
        "grace_min": translate("fields", "Time until it must be read, minutes"),
        "must_read": translate("fields", "Must be read"),
        "quiz": translate("fields", "Quiz"),
        "read_from": translate("fields", "Read again from"),
        "reminded_at": translate("fields", "Reminded"),
        "urgency": translate("fields", "Urgency"),
        "course": translate("fields", "Course"),
        "times": translate("fields", "How often"),
        "why": translate("fields", "Reason"),
        "within_days": translate("fields", "Within days"),
        "articles": translate("fields", "Articles"),
        "due_days": translate("fields", "Days to do it in"),
        "author": translate("fields", "Author"),
        "bank": translate("fields", "Question bank"),
        "call": translate("fields", "Call that is played"),
        "options": translate("fields", "Answers to choose from"),
        "sources": translate("fields", "Written from"),
        "task": translate("fields", "Task in the system"),
        "topic": translate("fields", "Topic"),
        "explanation": translate("fields", "Explanation"),
        "least": translate("fields", "Keywords needed"),
        "points": translate("fields", "Points"),
        "right": translate("fields", "Right answers"),
        "banks": translate("fields", "Question banks"),
        "count": translate("fields", "Number of questions"),
        "pass_mark": translate("fields", "Pass mark"),
        "quotas": translate("fields", "Questions of each topic"),
        "rest_weeks": translate("fields", "Weeks until a question comes again"),
        "retakes": translate("fields", "Retakes"),
        "teams": translate("fields", "Teams"),
        "time_limit_min": translate("fields", "Time limit, minutes"),
        "topics": translate("fields", "Topics"),
        "weekly": translate("fields", "Day of the week"),
        "answer": translate("fields", "Answer"),
        "answered_with": translate("fields", "Answered with"),
        "based_on": translate("fields", "Version it was written on"),
        "checked_at": translate("fields", "Read again"),
        "guide": translate("fields", "Guide"),
        "product": translate("fields", "Product"),
        "by_category": translate("fields", "Days by category"),
        "files_kept_mb": translate("fields", "Files of articles kept here, MB"),
        "needs_second": translate("fields", "Reviewed by a second person"),
        "abuse": translate("fields", "What the caller did"),
        "steps": translate("fields", "What was said to the caller"),
        "cool_down_at": translate("fields", "Break after the call"),
        "first_warning": translate("fields", "First warning"),
        "second_warning": translate("fields", "Second warning"),
        "ending": translate("fields", "Said before the call is ended"),
        "cool_down_min": translate("fields", "Break after an abusive call, minutes"),
        "cool_down_steps": translate("fields", "Break granted from the step on"),
        "cool_down_within_min": translate("fields", "Break begun within minutes"),
        "cool_downs": translate("fields", "Such breaks a shift"),
        "hard_call_min": translate("fields", "Hard call from minutes on"),
        "hard_rating": translate("fields", "Hard call up to the rating"),
        "asks_mood": translate("fields", "Question of the week"),
        "mood": translate("fields", "Question of the week, words"),
        "mood_least": translate("fields", "Answers are shown from so many people on"),
        "goals": translate("fields", "Goals"),
        "honours": translate("fields", "Names on the honours board"),
        "bounds": translate("fields", "Bounds of its figures"),
        "grade": translate("fields", "Shown as"),
        "limit": translate("fields", "Alert from"),
        "poor_mos": translate("fields", "A telephone sounds poor below the MOS"),
        "quiet_min": translate("fields", "Quiet for minutes after it is over"),
        "within_min": translate("fields", "Counts what was within minutes"),
    }
    return words.get(name, name)


def field_of(entity: str, name: str) -> str:
    """What a field's words go by: its name, unless another noun means something else by it."""
    return "branch" if (entity, name) == ("wrap_up_code", "parent") else name


def own_word(name: str, directory: Directory, formats: Formats) -> str:
    """The field as the site calls it, where the site made it."""
    own = directory.own.get(name)
    return field_word(name) if own is None else own.label.in_language(formats.language)


def value_words(name: str, value: Any, directory: Directory, formats: Formats) -> str:
    """As it may be shown: numbers masked, cards hidden in what people wrote."""
    return masking.cards(written_words(name, value, directory, formats))


def written_words(name: str, value: Any, directory: Directory, formats: Formats) -> str:
    """As its author wrote it, to be written on; telephone numbers masked. A value no version knows is as it came."""
    if value is None or value in ("", []):
        return NOTHING
    try:
        own = directory.own.get(name)
        words = _words(name, value, directory, formats) if own is None else _own(own, value, directory, formats)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        words = str(value)
    return hidden_words(words) if name.startswith(PRIVATE) else words


def _own(field: CustomField, value: Any, directory: Directory, formats: Formats) -> str:
    return value_of_field(field, value, formats, directory.product)


def _words(name: str, value: Any, directory: Directory, formats: Formats) -> str:
    match name:
        case "phones":
            return "\n".join(masked(PhoneNumber(number)) for number in _several(value))
        case "tags":
            return SEPARATOR.join(_several(value))
        case "notes":
            return "\n".join(str(note["text"]) for note in _several(value))
        case "signal_results":
            return "\n".join(
                f"{outcome_word(SignalOutcome(one['outcome']))}: {one['reason']}" for one in _several(value)
            )
        case "kind" if value in _RELATIONS:
            return side_word(Side(RelationKind(value)))
        case "name" | "title" | "reason" | "text" if isinstance(value, dict):
            return Words.from_body(value).in_language(formats.language)
        case "tier":
            return tier_word(Tier(value))
        case "language":
            return native_language(value)
        case "queues":
            return SEPARATOR.join(directory.queue(one) for one in value)
        case "after_call":
            return mode_word(AfterCallMode(value["mode"]))
        case "is_verified" | "is_on" | "calls_back":
            return translate("fields", "Yes") if value else translate("fields", "No")
        case "type":
            return type_word(TicketType(value))
        case "priority":
            return priority_word(Priority(value))
        case "status":
            return status_word(TicketStatus(value))[0]
        case "category":
            return directory.category(value)
        case "queue":
            return directory.queue(value)
        case "owner":
            return directory.person(value)
        case "department":
            return directory.department(value)
        case "watchers":
            return SEPARATOR.join(directory.person(one) for one in value)
        case "attachments":
            return SEPARATOR.join(str(one["name"]) for one in _several(value))
        case "comments":
            return "\n".join(str(one["text"]) for one in _several(value))
        case "hand_overs":
            return "\n".join(_handed_over(one, directory) for one in _several(value))
        case "parent" | "merged_into" | "same_as" | "return_visit":
            return _id_word(value)
        case "handlers":
            return SEPARATOR.join(directory.person(one) for one in value)
        case "asked_by":
            return directory.person(value)
        case "amount_fen":
            return formats.money(value)
        case "received_from":
            return SEPARATOR.join(one for one in (value["source"], value["case_number"]) if one)
        case "disputes":
            return "\n".join(f"{directory.department(one['department'])}: {one['text']}" for one in _several(value))
        case "closing_decision":
            return str(value["reason"])
        case "subtasks":
            return SEPARATOR.join(map(_id_word, value))
        case "links":
            return SEPARATOR.join(f"{link_word(LinkKind(one['kind']))} {_id_word(one['ticket'])}" for one in value)
        case "wrap_up_code" | "branch":
            return directory.wrap_up_code(value)
        case "due_at":
            return formats.full(moment.from_text(value))
        case "details":
            return "\n".join(
                f"{directory.asked_as(value['form'], key)}: {_of_form(one)}" for key, one in value["values"].items()
            )
        case "fields":
            language = "zh" if formats.is_chinese else "en"
            return SEPARATOR.join(str(field["label"][language]) for field in value)
        case "duration_s":
            return formats.duration(value)
        case _:
            return str(value)


def _of_form(value: Any) -> str:
    """A value of a form's field; a telephone number masked."""
    if isinstance(value, bool):
        return translate("fields", "Yes") if value else translate("fields", "No")
    if isinstance(value, list):
        return SEPARATOR.join(map(str, value))
    return masked(PhoneNumber(value)) if _PHONE.fullmatch(str(value)) else str(value)


def _handed_over(told: Any, directory: Directory) -> str:
    place = told["after"]
    where = [directory.queue(place["queue"]), directory.department(place["department"])]
    where += [directory.person(place["owner"])] if place["owner"] else []
    words = translate("fields", "To {place}: {reason}")
    return words.format(place=" · ".join(where), reason=told["reason"])


def _id_word(ticket_id: str) -> str:
    """A ticket where its number is not known."""
    return f"#{ticket_id[-6:]}"


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def typed_value(name: str, text: str) -> Any:
    """What a person typed, as the row has it. Raises nothing: an empty text is no value where there may be none."""
    words = text.strip()
    if name == "tags":
        return [tag for tag in (part.strip() for part in _BETWEEN_TAGS.split(words)) if tag]
    return words or (None if name in _MAY_BE_EMPTY else "")
