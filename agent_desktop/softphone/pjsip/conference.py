"""Two ports of PJSIP's bridge that hear each other, and no longer."""

from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone.pjsip.settings import PjsipErrors


def connect(one: pj.AudioMedia, other: pj.AudioMedia) -> None:
    one.startTransmit(other)
    other.startTransmit(one)


def part(one: pj.AudioMedia, other: pj.AudioMedia) -> None:
    """Also when one of them has gone with its call."""
    with suppress(*PjsipErrors):
        one.stopTransmit(other)
        other.stopTransmit(one)
