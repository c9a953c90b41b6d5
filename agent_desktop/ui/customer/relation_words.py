"""What one customer is of another, in words."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers.relations import Side
from agent_model.customer_relation import RelationKind

translate = QCoreApplication.translate


def side_word(side: Side) -> str:
    """What the other is of whoever is on the screen."""
    match side.kind:
        case RelationKind.FAMILY:
            return translate("relations", "Household")
        case RelationKind.GUARDIAN:
            return translate("relations", "Guardian") if side.is_from else translate("relations", "Ward")
        case RelationKind.EMPLOYEE:
            return translate("relations", "Employee") if side.is_from else translate("relations", "Employer")
        case RelationKind.SUBSIDIARY:
            return translate("relations", "Subsidiary") if side.is_from else translate("relations", "Parent company")
        case RelationKind.CONTACT_PERSON:
            return (
                translate("relations", "Contact person")
                if side.is_from
                else translate("relations", "Contact person of")
            )
        case RelationKind.OTHER:
            return translate("relations", "Acquainted")
        case _:
            assert_never(side.kind)
