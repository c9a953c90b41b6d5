"""Rules of the company in words: what the kinds and their fields are called, how they are written, what is wrong."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from agent_desktop.company_rules.fields import CompanyRule, FieldOfRule, RuleKind, Shape
from agent_desktop.company_rules.kinds import (
    ALERTS,
    BANKS,
    DISCLOSED,
    EXPORTS,
    FACTS,
    FIGURES,
    FLOOR_ACTS,
    GRADES,
    HONOURS,
    LIMITS,
    LISTS,
    MODES,
    NEEDS,
    ROLES,
    STEERING,
    STEERING_TOLD,
    SUBJECTS,
    TYPES,
    ZONES,
)
from agent_desktop.ui.alert_words import kind_word as alert_word
from agent_desktop.ui.alert_words import limit_word as alert_limit_word
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.choice_words import mode_word, type_word
from agent_desktop.ui.customer.words import asked_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.follow_ups.words import kind_word as promise_word
from agent_desktop.ui.row_editing.versions import version_words
from agent_desktop.ui.wallboard.words import figure_word, grade_word
from agent_model.after_call import AfterCallMode
from agent_model.agent import Role
from agent_model.alert import HIGHEST_MOS, LOWEST_MOS, QUIET_MIN, USUAL_MOS, WITHIN_MIN, AlertKind
from agent_model.alert import LIMITS as ALERT_LIMITS
from agent_model.assignment import AssignedFor
from agent_model.care_policy import Honours
from agent_model.desk_policy import ALL
from agent_model.export import ExportKind
from agent_model.floor_bound import COUNTS, SHARES, Grade
from agent_model.floor_figures import Figure
from agent_model.floor_policy import TELLABLE, FloorAct, LimitOf, Steering
from agent_model.follow_up import FollowUpKind
from agent_model.identity_answer import ProfileFact
from agent_model.identity_rule import Disclosed
from agent_model.moment import from_text, zone_names
from agent_model.question import Bank
from agent_model.ticket import TicketType

translate = QCoreApplication.translate

SERVING = (Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.RETURN_VISIT, Role.DEPARTMENT, Role.QUALITY)
"""Who may be named in a rule."""


def kind_word(entity: str) -> str:
    match entity:
        case "number_range":
            return translate("rules", "Privacy numbers")
        case "identity_rule":
            return translate("rules", "Identity check")
        case "desk_policy":
            return translate("rules", "What desks may do")
        case "floor_policy":
            return translate("rules", "In agents' calls, and leading them")
        case "article_policy":
            return translate("rules", "How articles are written")
        case "care_policy":
            return translate("rules", "How agents are looked after")
        case "follow_up_plan":
            return translate("rules", "When nobody answers")
        case "wrap_up_code":
            return translate("rules", "Dispositions")
        case "break_reason":
            return translate("rules", "Reasons for breaks")
        case "alert_rule":
            return translate("rules", "Alerts")
        case "queue":
            return translate("rules", "Queues: work after calls, bounds")
        case "quiz":
            return translate("rules", "Quizzes")
        case "course":
            return translate("rules", "Courses")
        case "course_rule":
            return translate("rules", "Courses given by themselves")
        case _:
            return entity


def title_word(kind: RuleKind, rule_id: str, named: str) -> str:
    """What one of the kind is called."""
    if named:
        return named
    if kind.entity == "follow_up_plan" and rule_id in set(FollowUpKind):
        return promise_word(FollowUpKind(rule_id))
    if kind.entity == "wrap_up_code":
        return translate("rules", "New disposition")
    if kind.entity == "break_reason":
        return translate("rules", "New reason")
    if kind.entity == "alert_rule":
        return translate("rules", "New alert")
    if kind.entity == "quiz":
        return translate("rules", "New quiz")
    if kind.entity == "course":
        return translate("rules", "New course")
    if kind.entity == "course_rule":
        return translate("rules", "Course for a need")
    return translate("rules", "New range") if kind.can_add else kind_word(kind.entity)


def rule_version_words(rule: CompanyRule, names: Directory, formats: Formats, today: date) -> str:
    """Which version it is, and whose, where that is known; empty for one that nobody has saved."""
    if rule.version == 0:
        return ""
    by, at = rule.body.get("changed_by"), rule.body.get("changed_at")
    return version_words(rule.version, by, from_text(at) if at else None, names, formats, today)


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
        "lock_after_min": translate("rules", "Customers are locked after so many minutes without a key; 0: by hand"),
        "bulk_change": translate("rules", "Tickets changed at once, at most"),
        "copies": translate("rules", "Roles that may copy customers' data"),
        "hears_own": translate("rules", "Roles that may listen to their own calls"),
        "hears_team": translate("rules", "Roles that may listen to their team's calls"),
        "hears_all": translate("rules", "Roles that may listen to every call they see"),
        "hidden.phone": translate("rules", "Telephone numbers are kept back from"),
        "hidden.id_card": translate("rules", "Identity cards and sensitive fields are kept back from"),
        "hidden.bank_card": translate("rules", "Bank cards are kept back from"),
        "hidden.address": translate("rules", "House numbers of addresses are kept back from"),
        "hidden.name": translate("rules", "Customers' names are kept back from"),
        "hidden.email": translate("rules", "E-mail addresses are kept back from"),
        "listens": translate("rules", "Roles that may listen to calls as they are made"),
        "whispers": translate("rules", "Roles that may whisper to the agent"),
        "barges": translate("rules", "Roles that may join the call"),
        "takes_over": translate("rules", "Roles that may take the call over"),
        "hangs_up": translate("rules", "Roles that may end the call"),
        "told": translate("rules", "The agent is told of"),
        "limits": translate("rules", "Only this in calls, for some leads, agents or teams"),
        "steering_told": translate("rules", "Beside calls the agent is told by whom and why of"),
        "steering_limits": translate("rules", "Only this beside calls, for some leads, agents or teams"),
        "needs_second": translate("rules", "Nobody publishes what they wrote"),
        "review_days": translate("rules", "Read again every so many days; 0: never"),
        "by_category": translate("rules", "Other intervals, by category"),
        "files_kept_mb": translate("rules", "Pictures and files of articles kept on every workstation, MB"),
        "exports": translate("rules", "What may leave in a file"),
        "attachments.largest": translate("rules", "Largest attachment, bytes"),
        "attachments.most": translate("rules", "Attachments of a ticket, at most"),
        "attachments.opens_unscanned": translate("rules", "Attachments open where there is no scanner"),
        "attachments.types": translate("rules", "Media types of attachments"),
        "attempts": translate("rules", "Attempts"),
        "spacing_min": translate("rules", "Minutes between attempts"),
        "zone": translate("rules", "Time zone where none is known"),
        "hours": translate("rules", "Hours for calling"),
        "name.zh": translate("rules", "Name, Chinese"),
        "name.en": translate("rules", "Name, English"),
        "parent": translate("rules", "Below"),
        "position": translate("rules", "Place in the list"),
        "minutes": translate("rules", "Meant to last, minutes"),
        "needs_approval": translate("rules", "A lead agrees first"),
        "places": translate("rules", "At most away at once"),
        "kind": translate("rules", "Alerts of"),
        "limit": translate("rules", "Limit"),
        "poor_mos": translate("rules", "A telephone sounds poor below the MOS"),
        "within_min": translate("rules", "What was within so many minutes counts"),
        "quiet_min": translate("rules", "Quiet for minutes after it is over"),
        "grade": translate("rules", "Shown as"),
        "queue": translate("rules", "Only for the queue"),
        "team": translate("rules", "Only for the team"),
        "short": translate("rules", "Code to type"),
        "queues": translate("rules", "Offered for calls of"),
        "category": translate("rules", "Proposes a ticket of"),
        "calls_back": translate("rules", "Proposes a callback"),
        "after_call.mode": translate("rules", "After-call work"),
        "wrap_up_s": translate("rules", "Lasts, seconds"),
        "after_call.extend_s": translate("rules", "Prolonged each time by, seconds"),
        "after_call.extensions": translate("rules", "Prolonged at most, times"),
        "after_call.stays": translate("rules", "Stays in the work when its time is over, instead of ready"),
        "after_call.needs_disposition": translate("rules", "Does not end before a disposition is chosen"),
        "bounds": translate("rules", "Bounds of its figures on boards, where they are not the usual ones"),
        "title.zh": translate("rules", "Title, Chinese"),
        "title.en": translate("rules", "Title, English"),
        "count": translate("rules", "Questions of a paper"),
        "banks": translate("rules", "From the banks"),
        "topics": translate("rules", "From the topics (none: from all)"),
        "quotas": translate("rules", "So many of these topics"),
        "language": translate("rules", "Language of the questions (none: any), such as zh-CN"),
        "weekly.weekday": translate("rules", "Drawn each week on day (1 Monday to 7 Sunday)"),
        "weekly.at": translate("rules", "Drawn at, such as 09:00"),
        "due_days": translate("rules", "Due after days"),
        "pass_mark": translate("rules", "Passed from, of 100"),
        "retakes": translate("rules", "Taken again after a failure, times"),
        "time_limit_min": translate("rules", "Minutes for it (0: no limit)"),
        "rest_weeks": translate("rules", "Weeks in which a question rests"),
        "teams": translate("rules", "For the teams"),
        "articles": translate("rules", "Articles to read, in this order"),
        "quiz": translate("rules", "Then the quiz"),
        "course": translate("rules", "Gives the course"),
        "why": translate("rules", "Because of"),
        "words": translate("rules", "When it is about (no word: whatever it is about)"),
        "times": translate("rules", "Searched in vain, times"),
        "within_days": translate("rules", "Within days"),
        "first_warning.zh": translate("rules", "First warning to an abusive caller, Chinese"),
        "first_warning.en": translate("rules", "First warning to an abusive caller, English"),
        "second_warning.zh": translate("rules", "Second warning, Chinese"),
        "second_warning.en": translate("rules", "Second warning, English"),
        "ending.zh": translate("rules", "Said before the call is ended for it, Chinese"),
        "ending.en": translate("rules", "Said before the call is ended for it, English"),
        "cool_down_min": translate("rules", "Break after an abusive call, minutes (0: none)"),
        "cool_down_steps": translate(
            "rules", "Granted from the step on (0: once the call is marked, 3: once it was ended)"
        ),
        "cool_down_within_min": translate("rules", "Begun within so many minutes of the mark"),
        "cool_downs": translate("rules", "Such breaks a shift, at most"),
        "hard_call_min": translate("rules", "A call is hard when it talked for minutes"),
        "hard_rating": translate("rules", "A call is hard when its caller rated it at most (0: no rating counts)"),
        "goals.solved_first": translate("rules", "Goal: solved the first time, percent"),
        "goals.retained": translate("rules", "Goal: customers kept a day"),
        "goals.opportunities": translate("rules", "Goal: opportunities a day"),
        "goals.quality": translate("rules", "Goal: quality, percent"),
        "honours": translate("rules", "Names on the honours board"),
        "asks_mood": translate("rules", "Agents are asked once a week how they feel, without their names"),
        "mood.zh": translate("rules", "The question of the week, Chinese"),
        "mood.en": translate("rules", "The question of the week, English"),
        "mood_least": translate("rules", "Answers are shown from so many people on (5 at least)"),
    }
    return words.get(path, path)


def word_beside(field: FieldOfRule, said: Mapping[str, str | bool]) -> str:
    """The word of a field beside what the others say: what an alert counts in depends on what it is of."""
    if field.path == "limit" and (alert := str(said["kind"])):
        return alert_limit_word(AlertKind(alert))
    return field_word(field.path)


def part_word(path: str) -> str:
    words = {
        "about": translate("rules", "asked about"),
        "topic": translate("rules", "topic"),
        "count": translate("rules", "questions"),
        "words.zh": translate("rules", "question in Chinese"),
        "words.en": translate("rules", "question in English"),
        "level": translate("rules", "level"),
        "name.zh": translate("rules", "name in Chinese"),
        "name.en": translate("rules", "name in English"),
        "right": translate("rules", "right answers"),
        "type": translate("rules", "type of ticket"),
        "category": translate("rules", "category"),
        "field": translate("rules", "field"),
        "kind": translate("rules", "what"),
        "subject": translate("rules", "which"),
        "roles": translate("rules", "roles"),
        "rows": translate("rules", "rows at once"),
        "most": translate("rules", "with an approval"),
        "at_once": translate("rules", "away at once"),
        "team": translate("rules", "of the team"),
        "queue": translate("rules", "of the queue"),
        "opens": translate("rules", "from"),
        "closes": translate("rules", "until"),
        "days": translate("rules", "days"),
        "of": translate("rules", "about"),
        "id": translate("rules", "who"),
        "acts": translate("rules", "may only"),
        "figure": translate("rules", "figure"),
        "warn": translate("rules", "to be watched from"),
        "bad": translate("rules", "alarm from"),
    }
    return words.get(path, path)


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the program itself offers to be picked, as (id, name)."""
    return {
        MODES: [(mode.value, mode_word(mode)) for mode in AfterCallMode],
        FACTS: [(fact.value, asked_word(fact)) for fact in ProfileFact],
        DISCLOSED: [(one.value, disclosed_word(one)) for one in Disclosed],
        TYPES: [(one.value, type_word(one)) for one in TicketType],
        EXPORTS: [(one.value, export_word(one)) for one in ExportKind],
        SUBJECTS: [(ALL, translate("rules", "All")), *((one, list_word(one)) for one in LISTS)],
        FLOOR_ACTS: [(act.value, floor_act_word(act)) for act in FloorAct],
        STEERING: [(act.value, steering_word(act)) for act in Steering],
        STEERING_TOLD: [(act.value, steering_word(act)) for act in TELLABLE],
        LIMITS: [(one.value, limit_word(one)) for one in LimitOf],
        ZONES: [(zone, zone) for zone in zone_names()],
        BANKS: [(bank.value, bank_word(bank)) for bank in Bank],
        HONOURS: [
            (Honours.NAMED.value, translate("rules", "Everybody who has not taken theirs off")),
            (Honours.ASKED.value, translate("rules", "Only who has put theirs there")),
            (Honours.OFF.value, translate("rules", "There is no honours board")),
        ],
        NEEDS: [
            (AssignedFor.QUALITY.value, translate("rules", "A failed quality item")),
            (AssignedFor.SEARCH_GAP.value, translate("rules", "Searching in vain")),
        ],
        ALERTS: [(one.value, alert_word(one)) for one in AlertKind],
        GRADES: [(one.value, grade_word(one)) for one in (Grade.WARN, Grade.BAD)],
        FIGURES: [(figure.value, bounded_word(figure)) for figure in Figure],
        ROLES: [(role.value, role_word(role)) for role in SERVING],
    }


def bounded_word(figure: Figure) -> str:
    """A figure with what its bounds are counted in."""
    if figure in COUNTS:
        return figure_word(figure)
    unit = "%" if figure in SHARES else translate("rules", "s")
    return f"{figure_word(figure)}, {unit}"


def bank_word(bank: Bank) -> str:
    match bank:
        case Bank.WRITTEN:
            return translate("rules", "Written")
        case Bank.SPOKEN:
            return translate("rules", "Spoken")
        case Bank.SYSTEM:
            return translate("rules", "Use of the system")
        case Bank.CONDUCT:
            return translate("rules", "Conduct")


def disclosed_word(what: Disclosed) -> str:
    match what:
        case Disclosed.PHONES:
            return translate("rules", "Numbers")
        case Disclosed.EMAIL:
            return translate("rules", "E-mail")
        case Disclosed.REGION:
            return translate("rules", "Region")
        case Disclosed.PRODUCTS:
            return translate("rules", "Products")
        case Disclosed.ORDERS:
            return translate("rules", "Orders")


def export_word(kind: ExportKind) -> str:
    match kind:
        case ExportKind.LIST:
            return translate("rules", "A list")
        case ExportKind.PRINT:
            return translate("rules", "A print")
        case ExportKind.ATTACHMENT:
            return translate("rules", "An attachment")


def floor_act_word(act: FloorAct) -> str:
    match act:
        case FloorAct.LISTEN:
            return translate("rules", "Listening")
        case FloorAct.WHISPER:
            return translate("rules", "Whispering")
        case FloorAct.BARGE:
            return translate("rules", "Joining the call")
        case FloorAct.TAKE_OVER:
            return translate("rules", "Taking the call over")
        case FloorAct.HANG_UP:
            return translate("rules", "Ending the call")


def steering_word(act: Steering) -> str:
    match act:
        case Steering.STATE:
            return translate("rules", "Putting into a state")
        case Steering.SIGN_OUT:
            return translate("rules", "Signing out of the queues")
        case Steering.SERVING:
            return translate("rules", "Changing queues and languages")
        case Steering.MESSAGE:
            return translate("rules", "Writing messages")


def limit_word(of: LimitOf) -> str:
    match of:
        case LimitOf.LEAD:
            return translate("rules", "A lead")
        case LimitOf.AGENT:
            return translate("rules", "An agent")
        case LimitOf.TEAM:
            return translate("rules", "A team")


def list_word(name: str) -> str:
    words = {
        "customers": translate("rules", "Customers"),
        "tickets": translate("rules", "Tickets"),
        "calls": translate("rules", "Calls"),
        "follow_ups": translate("rules", "Callbacks and visits"),
    }
    return words.get(name, name)


def none_word(path: str) -> str:
    """What it means that nothing is picked."""
    match path:
        case "parent":
            return translate("rules", "Nothing: a trunk of the tree")
        case "queues":
            return translate("rules", "Every queue")
        case "banks":
            return translate("rules", "Every bank")
        case "teams":
            return translate("rules", "Every team")
        case "team" | "queue":
            return translate("rules", "Any")
        case "type" | "category":
            return translate("rules", "Any")
        case "roles" | "listens" | "whispers" | "barges" | "takes_over" | "hangs_up":
            return translate("rules", "Nobody")
        case "told" | "acts" | "steering_told":
            return translate("rules", "Nothing")
        case _:
            return translate("rules", "None")


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


def hint(field: FieldOfRule, said: Mapping[str, str | bool]) -> str:
    """How it is written beside what the other fields say; empty where that is plain."""
    match field.shape:
        case Shape.NUMBER if field.path == "limit" and (alert := str(said["kind"])):
            return span_words(ALERT_LIMITS[AlertKind(alert)])
        case Shape.NUMBER if field.path == "within_min":
            return span_words(WITHIN_MIN)
        case Shape.NUMBER if field.path == "quiet_min":
            return span_words(QUIET_MIN)
        case Shape.TEXT if field.path == "short":
            return translate("rules", "Without blanks, such as 302; nothing where none is typed")
        case Shape.NUMBER if field.path == "minutes":
            return translate("rules", "Nothing: as long as it needs")
        case Shape.NUMBER if field.path.startswith("goals."):
            return translate("rules", "Nothing: there is no goal")
        case Shape.NUMBER if field.is_optional and not field.path.startswith("weekly."):
            return translate("rules", "Nothing: as often as one likes")
        case Shape.DECIMAL if field.path == "poor_mos":
            return translate(
                "rules", "{least} to {most}; below {usual} nearly all who hear it are dissatisfied (ITU-T G.107)"
            ).format(least=LOWEST_MOS, most=HIGHEST_MOS, usual=USUAL_MOS)
        case Shape.NUMBERS:
            return translate("rules", "Numbers with commas; the last holds for all that follow")
        case Shape.TEXT if field.offered == ZONES:
            return translate("rules", "Any part of its name finds it: york, berlin")
        case Shape.LINES if field.path == "spans":
            return translate("rules", "One a line: a beginning (1700001), or first and last (17000010000-17000019999)")
        case Shape.LINES if field.path == "articles":
            return translate("rules", "One a line: the id of the article, as in its link (kb:…)")
        case Shape.NUMBER | Shape.TEXT if field.path.startswith("weekly."):
            return translate("rules", "Nothing: only where it is assigned")
        case Shape.LINES:
            return translate("rules", "One a line")
        case _:
            return ""


def span_words(allowed: range) -> str:
    return translate("rules", "{least} to {most}").format(least=allowed[0], most=allowed[-1])


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
        case "twice" | "repeated":
            words = translate("rules", "{field}: something stands here twice.")
        case "no_number" | "too_short" | "no_span":
            words = translate("rules", "{field}: this is no beginning of four digits or more, and no first and last.")
        case "unknown_level":
            words = translate("rules", "{field}: this level is not among the levels.")
        case "not_rising":
            words = translate("rules", "{field}: a higher level needs more right answers.")
        case "unknown" | "unknown_parent" | "unknown_queue" | "unknown_category":
            words = translate("rules", "{field}: this is not there any more. Choose another.")
        case "nobody":
            words = translate("rules", "{field}: choose whom it is about.")
        case "unknown_name":
            words = translate("rules", "{field}: nobody and no team here is called so. Choose from the list.")
        case "unknown_zone":
            words = translate("rules", "{field}: no time zone is called so. Choose from the list.")
        case "in_a_circle":
            words = translate("rules", "{field}: it would hang on itself. Choose another.")
        case "too_deep":
            words = translate("rules", "{field}: the tree would be too deep. Choose one further up.")
        case "bad_code":
            words = translate("rules", "{field}: up to 16 signs without blanks.")
        case "wrong_order":
            words = translate("rules", "{field}: an alarm comes after what is to be watched, not before.")
        case "needs_time":
            words = translate("rules", "{field}: work that may not be left early needs a time.")
        case "nothing_to_pick":
            words = translate("rules", "{field}: calls of this queue have no disposition that could be chosen.")
        case "out_of_range" | "out_of_bounds" if path:
            words = translate("rules", "{field}: this is too small or too large.")
        case _ if path:
            words = translate("rules", "{field}: this cannot be read. Write it as the hint says.")
        case _:
            words = translate("rules", "A number is too small or too large, or a word is none of those that are known.")
    return words.format(field=at)
