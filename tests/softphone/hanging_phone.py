"""A phone process that lets the workstation in, greets it, and then does nothing any more.

`python -m tests.softphone.hanging_phone FOLDER`
"""

import faulthandler
import os
import sys
import time
from pathlib import Path

from agent_desktop.softphone.control import Control, Joined
from agent_desktop.softphone.events import PhoneReady, PhoneSnapshot
from agent_desktop.softphone.run_folder import Whereabouts, leave
from agent_desktop.softphone.wire import event_line


def hang_for_ever() -> None:
    time.sleep(3600)


def main() -> None:
    faulthandler.enable()
    control = Control("token", "proof", lambda: None)
    control.start()
    leave(Path(sys.argv[1]), Whereabouts(os.getpid(), control.port, "token", "proof"))
    print("there", flush=True)
    while not (joined := [each for each in control.take() if isinstance(each, Joined)]):
        time.sleep(0.01)
    control.send(joined[0].connection, event_line(PhoneReady(PhoneSnapshot())))
    hang_for_ever()


if __name__ == "__main__":
    main()
