"""A call of a packaged phone to baresip: by TLS to the lab's exchange, by SRTP there and beyond, heard at both ends.

    python -m tests.lab.packaged_call [--seen-as OTHER] [--through-devices] FOLDER COMMAND...

COMMAND starts agent-phone; FOLDER is /srv/lab to it, or OTHER. It speaks and hears by files; `--through-devices`: by a
microphone and a speaker of a sound server, which its system shows it as its own.

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
from tests.lab.pulse import PulseAudio
from tests.softphone.tones import is_tone, listen, write_tone

OUR_HZ, THEIR_HZ = 440.0, 700.0
US, THEM = "1011", "1012"
INSIDE = "/srv/lab"
TALK_S = 4
HEADSET = "headset"
PATIENCE_S = 180


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seen-as", default=INSIDE, metavar="OTHER")
    parser.add_argument("--through-devices", action="store_true")
    parser.add_argument("folder", type=Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    folder = asked.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if asked.through_devices:
        told = _through_devices(folder, asked.seen_as, asked.command)
        has_tone = _has_pitch
    else:
        write_tone(folder / "said.wav", OUR_HZ)
        by_files = ["--play", f"{asked.seen_as}/said.wav", "--record", f"{asked.seen_as}/heard.wav"]
        told = _call(folder, asked.seen_as, [*asked.command, *by_files], {})
        has_tone = _has_tone
    told["heard_here"] = has_tone(folder / "heard.wav", THEIR_HZ)
    told["heard_there"] = has_tone(folder / "baresip" / "heard.wav", OUR_HZ)
    print(json.dumps(told))
    return 0 if told == {**dict.fromkeys(told, True), "exit": 0} else 1


def _through_devices(folder: Path, seen_as: str, command: list[str]) -> dict[str, int | bool]:
    said = write_tone(folder / "said.wav", OUR_HZ, PATIENCE_S)
    sound = PulseAudio(folder / "sound")
    sound.start()
    try:
        sound.plug_in(HEADSET)
        sound.speak(HEADSET, said)
        with sound.listening(HEADSET, folder / "heard.wav"):
            return _call(folder, seen_as, [*command, "--native"], sound.environment)
    finally:
        sound.close()


def _call(folder: Path, seen_as: str, command: list[str], environment: dict[str, str]) -> dict[str, int | bool]:
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
            env={**os.environ, **environment, "AGENT_PHONE_PASSWORD": f"pass-{US}"},
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
    return {
        "exit": done.returncode,
        "encrypted": b'"is_encrypted": true' in done.stdout or b'"is_encrypted":true' in done.stdout,
        "established_there": there_encrypts,
    }


def _wishes(exchange: Asterisk, seen_as: str) -> list[str]:
    where = f"localhost:{exchange.tls_port}"
    return [
        "--account", f"sip:{US}@{where}", "--registrar", where, "--transport", "tls", "--ca-file", f"{seen_as}/ca.pem",
        "--srtp", "required", "--dial", THEM, "--hang-up-after", str(TALK_S), "--sip-log", f"{seen_as}/sip.log",
    ]  # fmt: skip


def _has_tone(recording: Path, hertz: float) -> bool:
    return recording.is_file() and sum(is_tone(each, hertz) for each in listen(recording)) > 1


def _has_pitch(recording: Path, hertz: float) -> bool:
    """Two seconds of it, as loud as echo canceller and noise suppressor leave a tone that never ends."""
    heard = listen(recording) if recording.is_file() else []
    return sum(abs(each.peak_hz - hertz) < 15 and each.rms > 300 and not each.clipped for each in heard) > 3


if __name__ == "__main__":
    sys.exit(main())
