"""A workstation that writes and says what is safe, until it is killed: `python writing_child.py FOLDER FIRST`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from agent_desktop.data_key import DataKey
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.sealing import Sealed
from agent_desktop.offline.store import Store
from agent_model.command import CommandKind, FieldChange

store = Store(Path(sys.argv[1]), Sealed(DataKey(bytes(range(32)))))
outbox = Outbox(store, "A-1001")
number = int(sys.argv[2])
while True:
    number += 1
    outbox.save_draft("call-1", {"subject": str(number)}, datetime.now(UTC))
    outbox.put("ticket", f"T-{number}", CommandKind.CREATE, {"n": FieldChange(None, number)}, datetime.now(UTC))
    print(number, flush=True)
