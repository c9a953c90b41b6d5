"""What PJSIP's bindings give and take, in our words."""

from collections.abc import Callable

from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import Refusal
from agent_desktop.softphone.invite import text_of
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.settings import PjsipErrors, offer


def ask(pjsip: Callable[[], None]) -> None:
    """Raises EngineRefusedError when PJSIP will not."""
    try:
        pjsip()
    except PjsipErrors as reason:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, str(reason)) from reason


def reply(call: PjsipCall, code: int) -> None:
    """Raises EngineRefusedError."""
    prm = offer()
    prm.statusCode = code
    ask(lambda: call.answer(prm))


def text(said: str) -> str:
    """The bindings keep bytes that are no UTF-8 as surrogates, which nothing else could print or store."""
    return text_of(said.encode("utf-8", "surrogateescape"))
