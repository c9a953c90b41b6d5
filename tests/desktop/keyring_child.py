"""What a workstation does with a real Secret Service: `python -m tests.desktop.keyring_child`, inside a session bus."""

import sys

import secretstorage

from agent_desktop.credentials import Credentials
from agent_desktop.errors import KeyringLocked

SERVER, LOGIN, SECRET = "https://desk.example", "lin.yue", b"k" * 32

credentials = Credentials()
credentials.keep_data_key(SERVER, LOGIN, SECRET)
if Credentials().data_key(SERVER, LOGIN) != SECRET:
    sys.exit("the key did not come back")
credentials.forget(SERVER, LOGIN)
if Credentials().data_key(SERVER, LOGIN) is not None:
    sys.exit("the key outlived its agent")
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
try:
    Credentials().keep_data_key(SERVER, LOGIN, SECRET)
except KeyringLocked:
    sys.exit(0)
sys.exit("a locked keyring took a key")
