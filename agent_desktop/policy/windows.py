"""The registry and the folder for all people of a computer, on Windows."""

import sys

if sys.platform == "win32":
    import ctypes
    import winreg
    from collections.abc import Mapping
    from ctypes import wintypes
    from pathlib import Path
    from uuid import UUID

    from agent_desktop.policy.written import Hive

    _HIVES = {Hive.MACHINE: winreg.HKEY_LOCAL_MACHINE, Hive.USER: winreg.HKEY_CURRENT_USER}
    _PROGRAM_DATA = UUID("62AB5D82-FDC1-4DC3-A9DD-070D1D495D97")

    class WindowsRegistry:
        def values(self, hive: Hive, key: str) -> Mapping[str, object]:
            try:
                opened = winreg.OpenKey(_HIVES[hive], key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
            except OSError:
                return {}
            with opened:
                count = winreg.QueryInfoKey(opened)[1]
                found = (winreg.EnumValue(opened, number) for number in range(count))
                return {name: value for name, value, _ in found if name}

    def program_data() -> Path:
        """As Windows knows it: the variable of that name could be set by anybody. Raises OSError."""
        wanted = (ctypes.c_byte * 16).from_buffer_copy(_PROGRAM_DATA.bytes_le)
        path = wintypes.LPWSTR()
        code = ctypes.windll.shell32.SHGetKnownFolderPath(ctypes.byref(wanted), 0, None, ctypes.byref(path))
        if code:
            raise OSError(code, "Windows does not say where ProgramData lies")
        try:
            return Path(str(path.value))
        finally:
            ctypes.windll.ole32.CoTaskMemFree(path)
