"""Why an article is suggested, in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.knowledge.hits import (
    FromIvrPath,
    FromPastTicket,
    FromProduct,
    FromQueue,
    FromSubject,
    Reason,
)
from agent_desktop.ui.directory import Directory

translate = QCoreApplication.translate


def why(reason: Reason, directory: Directory, *, withholds_products: bool) -> str:
    """`withholds_products` while what the customer has may not be named."""
    match reason:
        case FromIvrPath(path):
            return translate("knowledge", "Chosen in the menu: {path}").format(path=" › ".join(path))
        case FromQueue(queue):
            return translate("knowledge", "Often needed in {queue}").format(queue=directory.queue(queue))
        case FromProduct() if withholds_products:
            return translate("knowledge", "Fits what the customer has")
        case FromProduct(product):
            return translate("knowledge", "The customer has {product}").format(product=directory.product(product))
        case FromSubject():
            return translate("knowledge", "Fits what you write in the ticket")
        case FromPastTicket(subject):
            return translate("knowledge", "Asked before: {subject}").format(subject=masking.text(subject))
