"""Which panels a ticket's page has, from top to bottom in their columns."""

from typing import Final

from agent_desktop.ui.ticket.answers import AnswersPanel
from agent_desktop.ui.ticket.attachments import AttachmentsPanel
from agent_desktop.ui.ticket.call import CallPanel
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.complaint import ComplaintPanel
from agent_desktop.ui.ticket.panel import TicketPanel
from agent_desktop.ui.ticket.relations import LinksPanel, SubtasksPanel
from agent_desktop.ui.ticket.trail import TrailPanel

PANELS: Final[tuple[type[TicketPanel], ...]] = (
    AnswersPanel,
    ComplaintPanel,
    CallPanel,
    AttachmentsPanel,
    CommentsPanel,
    SubtasksPanel,
    LinksPanel,
    TrailPanel,
)
