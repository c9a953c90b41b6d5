"""What is said where announcements are written: fields, roles, what is wrong, whom it goes to."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.announcements import Addressed
from agent_desktop.ui.appearance.formats import Formats
from agent_model.agent import Role
from agent_model.announcement import AnnouncementFault, AnnouncementWrong, CheckQuestion, is_right, seal

translate = QCoreApplication.translate

RIGHT: Final = "*"
"""What stands before the right choice, where choices are written one a line."""
MOMENT: Final = "%Y-%m-%d %H:%M"


def field_word(field: str) -> str:
    words = {
        "title": translate("announcements", "Title"),
        "body": translate("announcements", "Text (Markdown)"),
        "urgency": translate("announcements", "Urgency"),
        "audience": translate("announcements", "Audience"),
        "audience.teams": translate("announcements", "Teams"),
        "audience.queues": translate("announcements", "Queues"),
        "audience.roles": translate("announcements", "Roles"),
        "audience.sites": translate("announcements", "Sites"),
        "valid_from": translate("announcements", "Holds from"),
        "valid_to": translate("announcements", "Holds until"),
        "must_read": translate("announcements", "Must be read"),
        "dwell_s": translate("announcements", "Open for, seconds"),
        "grace_min": translate("announcements", "Stays ready for, minutes"),
        "quiz": translate("announcements", "Question"),
    }
    return words.get(field, field)


def role_word(role: Role) -> str:
    words = {
        Role.AGENT: translate("announcements", "Agents"),
        Role.TEAM_LEAD: translate("announcements", "Team leads"),
        Role.DUTY_MANAGER: translate("announcements", "Duty managers"),
        Role.DEPARTMENT: translate("announcements", "Departments"),
        Role.RETURN_VISIT: translate("announcements", "Return visits"),
        Role.QUALITY: translate("announcements", "Quality"),
        Role.EDITOR: translate("announcements", "Editors"),
        Role.ADMINISTRATOR: translate("announcements", "Administrators"),
        Role.SECURITY_OFFICER: translate("announcements", "Security officers"),
        Role.AUDITOR: translate("announcements", "Auditors"),
    }
    return words[role]


def explain_fault(fault: AnnouncementFault) -> str:
    field = field_word(fault.field) if fault.place is None else f"{field_word(fault.field)} {fault.place + 1}"
    return _wrong(fault.wrong).format(field=field)


def _wrong(wrong: AnnouncementWrong) -> str:
    match wrong:
        case AnnouncementWrong.MISSING:
            return translate("announcements", "{field}: something has to stand here.")
        case AnnouncementWrong.TOO_LONG:
            return translate("announcements", "{field}: this is too long.")
        case AnnouncementWrong.TOO_MANY:
            return translate("announcements", "{field}: these are too many.")
        case AnnouncementWrong.UNSEEN_SIGNS:
            return translate("announcements", "{field}: there are signs in it that nobody sees. Type it anew.")
        case AnnouncementWrong.OUT_OF_RANGE:
            return translate("announcements", "{field}: seconds go up to 600, minutes from 1 to 480.")
        case AnnouncementWrong.ENDS_BEFORE_IT_BEGINS:
            return translate("announcements", "{field}: it would end before it begins.")
        case AnnouncementWrong.CHOICES:
            return translate("announcements", "{field}: write two to six different answers, one a line.")
        case AnnouncementWrong.NO_RIGHT_CHOICE:
            return translate("announcements", "{field}: put * before the right answer.")
        case AnnouncementWrong.NOT_MUST_READ:
            return translate("announcements", "Only what must be read asks for something or keeps from being ready.")
        case AnnouncementWrong.NOT_YOURS:
            return translate("announcements", "{field}: these are not yours to tell.")
        case AnnouncementWrong.UNKNOWN:
            return translate("announcements", "{field}: not there any more. Choose another.")


def no_moment(field: str) -> str:
    words = translate("announcements", "{field}: write it like 2026-11-30 18:00.")
    return words.format(field=field_word(field))


def no_number(field: str) -> str:
    return translate("announcements", "{field}: write a whole number.").format(field=field_word(field))


def addressed_words(addressed: Addressed, formats: Formats) -> str:
    words = translate("announcements", "Goes to {people} people in {teams} teams.")
    if addressed.teams == 1:
        words = translate("announcements", "Goes to {people} people in one team.")
    return words.format(people=formats.count(addressed.people), teams=formats.count(addressed.teams))


def moment_in(text: str, formats: Formats) -> datetime | None:
    """What somebody typed, on the clock of the person. Raises ValueError for what is none; None for nothing."""
    if not text.strip():
        return None
    naive = datetime.strptime(text.strip(), MOMENT)  # noqa: DTZ007 - its zone is the next word
    return naive.astimezone() if formats.zone is None else naive.replace(tzinfo=formats.zone)


def choices_written(announcement_id: str, question: CheckQuestion) -> str:
    """One a line, the right one marked."""
    rights = [is_right(announcement_id, question, n) for n in range(len(question.choices))]
    return "\n".join(
        f"{RIGHT if right else ''}{choice}" for right, choice in zip(rights, question.choices, strict=True)
    )


def question_from(announcement_id: str, text: str, choices: str) -> CheckQuestion:
    lines = [line.strip() for line in choices.splitlines() if line.strip()]
    plain = tuple(line.removeprefix(RIGHT).strip() for line in lines)
    right = next((line.removeprefix(RIGHT).strip() for line in lines if line.startswith(RIGHT)), None)
    return CheckQuestion(text, plain, "" if right is None else seal(announcement_id, text, right))
