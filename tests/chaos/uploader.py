"""A workstation that only brings its recordings away, and may be killed: `python -m tests.chaos.uploader JSON`.

It ends by itself once the server has all of them.
"""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from agent_desktop.errors import AnswerGarbled, ServerRefused, ServerUnreachable
from agent_desktop.recordings import Recordings
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.handover import seal_file_key
from agent_desktop.sync.tus import FileTransfer
from agent_desktop.sync.uploads import Uploads

OWN_KEY: Final = bytes(range(32))
LIFE: Final = "a life"
LONGEST_WAIT_S: Final = 0.2
"""Between two steps, whatever the worker would wait: there is little time to meet with many accidents."""


def main(folder: Path, address: str, login: str, password: str) -> None:
    client = ServerClient(address, lambda _token: None)
    agent_id = ""
    while not agent_id:
        try:
            agent_id = client.sign_in(login, password, folder.name).agent.id
        except (ServerUnreachable, AnswerGarbled, ServerRefused):
            time.sleep(0.1)

    def sealed(sha256: str, key: bytes) -> bytes | None:
        assert client.recipient is not None
        return seal_file_key(client.recipient, agent_id, client.device_id, sha256, key)

    recordings = Recordings(folder / "recordings", OWN_KEY, lambda: datetime.now(UTC))
    uploads = Uploads(FileTransfer(client), recordings, sealed, lambda: LIFE, lambda: False, lambda _waiting: None)
    while recordings.outgoing(LIFE).outgoing:
        time.sleep(min(uploads.step(), LONGEST_WAIT_S))
    client.close()


if __name__ == "__main__":
    wish = json.loads(sys.argv[1])
    main(Path(wish.pop("folder")), **wish)
