"""What fields of an import are called, and why a file cannot be imported, in whole sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import ServerRefused
from agent_desktop.sync.imports import Fault, FieldKnown
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.customer.field_words import SEPARATOR, own_word, written_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_model import moment

translate = QCoreApplication.translate


def kinds() -> Sequence[tuple[str, str, str]]:
    """For the choice of what is imported."""
    return (
        ("customers", translate("imports", "Customers"), "accent"),
        ("tickets", translate("imports", "Tickets"), "accent"),
        ("products", translate("imports", "Products"), "accent"),
    )


def field_words() -> Mapping[str, str]:
    return {
        "id": translate("imports", "External id"),
        "name": translate("imports", "Name"),
        "segment": translate("imports", "Segment"),
        "phones": translate("imports", "Telephone"),
        "tier": translate("imports", "Tier"),
        "company": translate("imports", "Company"),
        "email": translate("imports", "E-mail"),
        "tags": translate("imports", "Tags"),
        "language": translate("imports", "Language"),
        "region": translate("imports", "Region"),
        "is_verified": translate("imports", "Verified"),
        "since": translate("imports", "Customer since"),
        "value": translate("imports", "Value in 12 months"),
        "value_fen": translate("imports", "Value in 12 months, in hundredths"),
        "id_number": translate("imports", "ID number"),
        "note": translate("imports", "Note"),
        "subject": translate("imports", "Subject"),
        "category": translate("imports", "Category"),
        "type": translate("imports", "Kind of ticket"),
        "customer": translate("imports", "Customer"),
        "customer_phone": translate("imports", "Customer's telephone"),
        "priority": translate("imports", "Priority"),
        "status": translate("imports", "Status"),
        "description": translate("imports", "Description"),
        "queue": translate("imports", "Queue"),
        "department": translate("imports", "Department"),
        "created_at": translate("imports", "Created at"),
        "created_by": translate("imports", "Created by"),
        "owner": translate("imports", "Owner"),
        "due_at": translate("imports", "Due at"),
        "name_en": translate("imports", "English name"),
        "line": translate("imports", "Product line"),
        "monthly": translate("imports", "Monthly price"),
        "monthly_fen": translate("imports", "Monthly price, in hundredths"),
    }


def field_title(name: str, directory: Directory, formats: Formats) -> str:
    return field_words().get(name) or own_word(name, directory, formats)


def needed_title(field: FieldKnown, directory: Directory, formats: Formats) -> str:
    """With the mark of what no row goes without."""
    title = field_title(field.name, directory, formats)
    return f"{title} *" if field.is_needed else title


def value_words(name: str, value: Any, directory: Directory, formats: Formats) -> str:
    """What a cell says, as the person reads it; telephone numbers whole, so that their reading can be checked."""
    if value is None or value in ("", []):
        return NOTHING
    match name:
        case "phones" | "customer_phone":
            return SEPARATOR.join(map(str, value))
        case "value" | "value_fen" | "monthly" | "monthly_fen":
            return formats.money(value)
        case "created_by":
            return directory.person(value)
        case "created_at" | "due_at":
            return formats.full(moment.from_text(value))
    return written_words(name, value, directory, formats)


def explain_refusal(error: Exception) -> str:
    match error:
        case ServerRefused(code="import_running"):
            return translate(
                "imports", "Another table is being imported or tried. Wait until it is done, then try again."
            )
        case ServerRefused(code="file_gone"):
            return translate("imports", "The server no longer has the file. Choose it again.")
        case ServerRefused(code="too_large"):
            return translate("imports", "The file is larger than the server takes. Split it, and import the parts.")
        case ServerRefused(code="not_allowed"):
            return translate("imports", "You may no longer import tables. Ask who keeps the server.")
        case ServerRefused(code="too_many_uploads"):
            return translate(
                "imports", "Too many files are on their way to the server. Wait a few minutes, then try again."
            )
        case ServerRefused(code="no_room"):
            return translate("imports", "The server has no room for the file. Tell who keeps it.")
        case OSError():
            return translate(
                "imports", "The file cannot be read: {why}. Close it in other programs, then choose it again."
            ).format(why=error.strerror or type(error).__name__)
    return explain(error)


def explain_fault(fault: Fault, directory: Directory, formats: Formats) -> str:
    """Why a file cannot be imported (so), and what to do."""
    facts = {**fault.facts}
    for name in ("field", "fields"):
        if name in facts:
            facts[name] = SEPARATOR.join(field_title(one.strip(), directory, formats) for one in facts[name].split(","))
    return _sentences().get(fault.code, _unknown()).format_map(_Facts(facts, code=fault.code)).strip()


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _unknown() -> str:
    return translate("imports", "The file cannot be imported ({code}). Tell who keeps the server.")


def _sentences() -> Mapping[str, str]:
    return {
        "empty": translate("imports", "There is nothing in the file."),
        "not_text": translate("imports", "This is not a table. Save it as CSV UTF-8 or as XLSX."),
        "line_too_long": translate(
            "imports", "A line is longer than 4 MB: this is no table. Save it as CSV UTF-8 or as XLSX."
        ),
        "encoding_unclear": translate(
            "imports", "There is too little text to tell UTF-8 from GB18030. Say which under “Encoding”."
        ),
        "unknown_encoding": translate(
            "imports",
            "The file is neither UTF-8 nor GB18030. Save it as CSV UTF-8, or say what it is under “Encoding”.",
        ),
        "old_workbook": translate(
            "imports",
            "This is a workbook of the old form (XLS) or one with a password. Take the password off and save it as "
            "XLSX.",
        ),
        "not_a_workbook": translate(
            "imports", "This is an archive, but no XLSX workbook. Save it as XLSX or CSV UTF-8."
        ),
        "unpacks_too_large": translate(
            "imports",
            "The workbook would unpack to {size}, which is more than is opened. Split it, or save it as CSV UTF-8.",
        ),
        "entities": translate(
            "imports", "The workbook declares XML entities, which may do harm; it was not opened. Save it anew as XLSX."
        ),
        "damaged": translate("imports", "The workbook is damaged. Save it anew as XLSX."),
        "reading_ended": translate(
            "imports", "What read the file has ended: it may be too large. Split it, or save it as CSV UTF-8."
        ),
        "several_sheets": translate("imports", "Several sheets could be meant. Choose one under “Sheet”."),
        "no_such_sheet": translate("imports", "There is no sheet “{sheet}”. Choose one under “Sheet”."),
        "no_headings": translate("imports", "Row {row} is empty: it cannot be the headings."),
        "too_many_columns": translate("imports", "There are more than {most} columns."),
        "unknown_columns": translate(
            "imports", "Nobody knows what these columns mean: {columns}. Say it for each, or leave it out."
        ),
        "same_field": translate(
            "imports", "Several columns say {field}: {columns}. Keep one, and leave the others out."
        ),
        "missing_fields": translate(
            "imports", "No column says {fields}. Choose the column that does, or write what every row says."
        ),
        "no_such_column": translate("imports", "There is no column {column} in this file."),
        "no_such_field": translate("imports", "There is no field {field}."),
        "bad_constant": translate("imports", "{field} cannot be “{value}”. {choices}{known}"),
        "cannot_write_errors": translate(
            "imports", "The server cannot write the file of the faulty rows. Tell who keeps it."
        ),
        "file_gone": translate("imports", "The server no longer has the file. Choose it again."),
    }
