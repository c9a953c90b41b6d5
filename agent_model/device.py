"""What the server wants of a workstation."""

from enum import StrEnum


class DeviceState(StrEnum):
    """ACTIVE; LOCKED: nothing is given to it until it is active again; WIPE: what it keeps is to be made unreadable."""

    ACTIVE = "active"
    LOCKED = "locked"
    WIPE = "wipe"
