"""A call of a packaged phone to baresip: by TLS to the lab's exchange, by SRTP there and beyond, heard at both ends.

    python -m tests.lab.packaged_call [--seen-as OTHER] FOLDER COMMAND...

COMMAND starts agent-phone; FOLDER is /srv/lab to it, or OTHER.

One line of JSON says what came of it; exit code 0 when all of it is so.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.lab.asterisk import Asterisk, free
from tests.lab.baresip import Baresip
from tests.softphone.tones import is_tone, listen, write_tone

OUR_HZ, THEIR_HZ = 440.0, 700.0
US, THEM = "1011", "1012"
INSIDE = "/srv/lab"
TALK_S = 4
PATIENCE_S = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seen-as", default=INSIDE, metavar="OTHER")
    parser.add_argument("folder", type=Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    return call(asked.folder.absolute(), asked.seen_as, asked.command)


def call(folder: Path, seen_as: str, command: list[str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    write_tone(folder / "said.wav", OUR_HZ)
    exchange = Asterisk(folder / "exchange")
    baresip = None
    try:
        exchange.start()
        (folder / "ca.pem").write_bytes(exchange.trusted_ca.read_bytes())
        baresip = Baresip(
            folder / "baresip", THEM, exchange.address, says_hz=THEIR_HZ, answers=True, options=("mediaenc=srtp",)
        )
        baresip.start()
        done = subprocess.run(
            [*command, *_wishes(exchange, seen_as)],
            env={**os.environ, "AGENT_PHONE_PASSWORD": f"pass-{US}"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=PATIENCE_S,
            check=False,
        )
        there_encrypts = bool(baresip.wait_for("CALL_ESTABLISHED"))
    finally:
        if baresip is not None:
            baresip.close()
        free(exchange)
    told = {
        "exit": done.returncode,
        "encrypted": b'"is_encrypted": true' in done.stdout or b'"is_encrypted":true' in done.stdout,
        "established_there": there_encrypts,
        "heard_here": _has_tone(folder / "heard.wav", THEIR_HZ),
        "heard_there": _has_tone(folder / "baresip" / "heard.wav", OUR_HZ),
    }
    print(json.dumps(told))
    return 0 if told == {**dict.fromkeys(told, True), "exit": 0} else 1


def _wishes(exchange: Asterisk, seen_as: str) -> list[str]:
    where = f"localhost:{exchange.tls_port}"
    return [
        "--account", f"sip:{US}@{where}", "--registrar", where, "--transport", "tls", "--ca-file", f"{seen_as}/ca.pem",
        "--srtp", "required", "--play", f"{seen_as}/said.wav", "--record", f"{seen_as}/heard.wav",
        "--dial", THEM, "--hang-up-after", str(TALK_S), "--sip-log", f"{seen_as}/sip.log",
    ]  # fmt: skip


def _has_tone(recording: Path, hertz: float) -> bool:
    return recording.is_file() and sum(is_tone(each, hertz) for each in listen(recording)) > 1


if __name__ == "__main__":
    sys.exit(main())
