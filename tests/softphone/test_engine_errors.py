"""What PJSIP cannot do is an error in Python, also where PJSIP does not say that it throws."""

import subprocess
import sys

RINGS_NOWHERE = """
import pjsua2 as pj
endpoint = pj.Endpoint()
endpoint.libCreate()
endpoint.libInit(pj.EpConfig())
try:
    pj.ExtraAudioDevice(9999, -1).open()
except RuntimeError as error:
    print("told:", "EAUD_INVDEV" in str(error))
endpoint.libDestroy()
"""


def test_ring_device_that_has_just_gone_does_not_end_the_phone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RINGS_NOWHERE], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "told: True" in done.stdout.splitlines()) == (0, True), (done.stdout, done.stderr)
