"""The words of forms: kinds, facts, comparisons, what is wrong, and values as they are read."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_model import moment
from agent_model.form import Comparison, Fact, FieldKind, FormField
from agent_model.form_check import FormFault
from agent_model.form_value import ValueFault, longest
from agent_model.phone_number import PhoneNumber, masked

translate = QCoreApplication.translate

HIDDEN_DIGITS = "•••• "
SEPARATOR = "、"


def kind_word(kind: FieldKind) -> str:
    words = {
        FieldKind.TEXT: translate("forms", "Text"),
        FieldKind.LONG_TEXT: translate("forms", "Long text"),
        FieldKind.NUMBER: translate("forms", "Number"),
        FieldKind.MONEY: translate("forms", "Money"),
        FieldKind.DATE: translate("forms", "Date"),
        FieldKind.DATE_TIME: translate("forms", "Date and time"),
        FieldKind.CHOICE: translate("forms", "Choice"),
        FieldKind.MULTI_CHOICE: translate("forms", "Several choices"),
        FieldKind.YES_NO: translate("forms", "Yes or no"),
        FieldKind.PHONE: translate("forms", "Phone number"),
        FieldKind.EMAIL: translate("forms", "E-mail"),
        FieldKind.ID_CARD: translate("forms", "ID card"),
        FieldKind.BANK_CARD: translate("forms", "Bank card"),
        FieldKind.PRODUCT: translate("forms", "Customer's product"),
    }
    return words[kind]


def fact_word(fact: Fact) -> str:
    words = {
        Fact.CATEGORY: translate("forms", "Category"),
        Fact.PRIORITY: translate("forms", "Priority"),
        Fact.DIRECTION: translate("forms", "Direction of the call"),
        Fact.QUEUE: translate("forms", "Queue of the call"),
        Fact.IS_KNOWN: translate("forms", "Customer is known"),
        Fact.IS_VERIFIED: translate("forms", "Identity verified"),
        Fact.TIER: translate("forms", "Tier of the customer"),
        Fact.LANGUAGE: translate("forms", "Language of the customer"),
        Fact.REGION: translate("forms", "Region of the customer"),
        Fact.CALLER_NUMBER: translate("forms", "Number of the call"),
        Fact.CUSTOMER_NAME: translate("forms", "Name of the customer"),
        Fact.CUSTOMER_EMAIL: translate("forms", "E-mail of the customer"),
        Fact.CUSTOMER_COMPANY: translate("forms", "Company of the customer"),
        Fact.CUSTOMER_PRODUCT: translate("forms", "The customer's only product"),
        Fact.TODAY: translate("forms", "Today"),
        Fact.NOW: translate("forms", "Now"),
    }
    return words[fact]


def comparison_word(comparison: Comparison) -> str:
    words = {
        Comparison.FILLED: translate("forms", "is filled in"),
        Comparison.EMPTY: translate("forms", "is empty"),
        Comparison.IS: translate("forms", "is"),
        Comparison.IS_NOT: translate("forms", "is not"),
        Comparison.AT_LEAST: translate("forms", "is at least"),
        Comparison.AT_MOST: translate("forms", "is at most"),
    }
    return words[comparison]


def prompt_of(kind: FieldKind) -> str:
    """How a value of this kind is written."""
    match kind:
        case FieldKind.DATE:
            return translate("forms", "2026-02-17")
        case FieldKind.DATE_TIME:
            return translate("forms", "2026-02-17 09:30")
        case FieldKind.EMAIL:
            return translate("forms", "name@company.cn")
        case FieldKind.ID_CARD:
            return translate("forms", "18 characters, recording pauses")
        case FieldKind.BANK_CARD:
            return translate("forms", "The whole number, recording pauses")
        case FieldKind.MONEY:
            return translate("forms", "0.00")
        case _:
            return ""


def explain_value(fault: ValueFault, field: FormField) -> str:
    """The sentence beside a field."""
    match fault:
        case ValueFault.MISSING:
            return translate("messages", "This is needed.")
        case ValueFault.MALFORMED:
            return _explain_malformed(field.kind)
        case ValueFault.TOO_LONG:
            words = translate("messages", "This is too long; {limit} characters are allowed.")
            return words.format(limit=longest(field))
        case ValueFault.TOO_SMALL:
            return translate("forms", "The least that is allowed is {limit}.").format(limit=field.lowest)
        case ValueFault.TOO_LARGE if field.kind is FieldKind.MULTI_CHOICE:
            return translate("forms", "Choose at most {count}.").format(count=field.longest)
        case ValueFault.TOO_LARGE:
            return translate("forms", "The most that is allowed is {limit}.").format(limit=field.highest)
        case ValueFault.NOT_OFFERED:
            return translate("messages", "Choose one from the list.")
        case ValueFault.CARD_IN_CLEAR:
            return translate("forms", "Of a card only the last four digits may be kept. Type the whole number again.")
        case ValueFault.NOT_ASKED | ValueFault.UNKNOWN_FIELD:
            return translate("forms", "The form does not ask this any more. Send it again.")


def _explain_malformed(kind: FieldKind) -> str:
    match kind:
        case FieldKind.NUMBER:
            return translate("forms", "This is no number. Write it in digits, such as 12 or 12.5.")
        case FieldKind.MONEY:
            return translate("forms", "This is no amount. Write it in digits, such as 128.50.")
        case FieldKind.DATE:
            return translate("forms", "This is no date. Write it as 2026-02-17.")
        case FieldKind.DATE_TIME:
            return translate("forms", "This is no date with a time. Write it as 2026-02-17 09:30.")
        case FieldKind.EMAIL:
            return translate("messages", "This is no e-mail address. It looks like name@company.cn.")
        case FieldKind.PHONE:
            return translate("messages", "This is no telephone number. Write it with its area code.")
        case FieldKind.ID_CARD:
            return translate("forms", "This is no whole ID card number. Recording stays paused until it is or is gone.")
        case FieldKind.BANK_CARD:
            return translate(
                "forms", "This is no whole bank card number. Recording stays paused until it is or is gone."
            )
        case _:
            return translate("forms", "This cannot be read. Write it again.")


def explain_form(fault: FormFault) -> str:
    """Why a form cannot be published, beside the field."""
    match fault:
        case FormFault.TOO_MANY:
            return translate("forms", "The form has too many fields. Remove some of them.")
        case FormFault.BAD_KEY | FormFault.KEY_TAKEN:
            return translate("forms", "Two fields have one name inside. Remove this one and add it again.")
        case FormFault.NO_LABEL:
            return translate("forms", "Give the field a name in both languages.")
        case FormFault.TOO_LONG:
            return translate("forms", "The name or the help is too long. Shorten it.")
        case FormFault.NO_OPTIONS:
            return translate("forms", "Add at least one choice.")
        case FormFault.BAD_OPTION:
            return translate("forms", "Give each choice a name in both languages, and each name once.")
        case FormFault.BAD_LIMIT:
            return translate("forms", "The limits do not fit. Write the smaller one first, each as the field takes it.")
        case FormFault.BAD_DEFAULT:
            return translate("forms", "The field cannot begin with this. Choose something it takes.")
        case FormFault.BAD_CONDITION:
            return translate("forms", "A condition is not whole. Choose what it looks at and what that is compared to.")
        case FormFault.KIND_CHANGED:
            return translate(
                "forms", "Customers have values of another kind here. Remove this field and add another one."
            )
        case FormFault.SENSITIVE_CHANGED:
            return translate("forms", "Who may see this field stays as it was published. Add another field instead.")
        case FormFault.CONDITION_CYCLE:
            return translate("forms", "The conditions go round in a circle. Take one of them away.")


def hidden_words(words: str) -> str:
    """Of what is sensitive, as much as tells one from another."""
    return HIDDEN_DIGITS + words[-4:] if len(words) > 8 else HIDDEN_DIGITS.strip()


def value_of_field(
    field: FormField, value: Any, formats: Formats, product: Callable[[str], str] = lambda id_: id_
) -> str:
    """A value as it may be shown: numbers masked, choices by name."""
    names = {option.id: option.label.in_language(formats.language) for option in field.options}
    match field.kind:
        case FieldKind.MONEY:
            return formats.money(value)
        case FieldKind.YES_NO:
            return translate("fields", "Yes") if value else translate("fields", "No")
        case FieldKind.CHOICE:
            return names.get(value, str(value))
        case FieldKind.MULTI_CHOICE:
            return SEPARATOR.join(names.get(one, str(one)) for one in value)
        case FieldKind.DATE_TIME:
            return f"{formats.local(moment.from_text(value)):%Y-%m-%d %H:%M}"
        case FieldKind.PHONE:
            return masked(PhoneNumber(value))
        case FieldKind.ID_CARD | FieldKind.BANK_CARD:
            return HIDDEN_DIGITS + str(value)[-4:]
        case FieldKind.PRODUCT:
            return product(value)
        case _:
            return masking.cards(str(value))
