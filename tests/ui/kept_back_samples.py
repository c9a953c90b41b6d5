"""A customer whose name, e-mail address and numbers are kept back from this role."""

from agent_desktop.customers.keeping_back import kept_back
from agent_desktop.customers.own_fields import OwnValues
from agent_desktop.customers.profile import Known
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.secret import ALL
from tests.ui.samples import NOW, Samples


def show_kept_back(made: MainWindow, samples: Samples, *, asks_why: bool) -> None:
    """With `asks_why` the name was asked for, and the site wants to know why."""
    name = samples.profile.customer.name
    made.customer.show_recognition(Known(None, kept_back(samples.profile, ALL, (name,))), NOW)
    made.customer.show_own(OwnValues((), "**************1234"), Directory())
    made.show()
    if asks_why:
        made.customer.header.fields.ask("name")
        made.customer.header.fields.ask_why()
        made.customer.header.fields.setText(samples.say("客户来信，需要称呼", "A letter to the customer"))
