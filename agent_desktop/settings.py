"""The person's choices on this workstation, in one JSON file that can be read and mended by hand."""

import json
import logging
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from agent_desktop.paths import write_whole

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every key with its default; see docs/settings.md.

    `language` is `zh_CN`, `en`, or empty for the system's. `theme` is `light`, `dark` or `system`.
    `scale_pct` 90..150. `click_to_dial` is `prefill` or `dial`: what a telephone link does.
    `sip_*` name the telephone account; an empty `sip_registrar` means calls come straight in.
    """

    server: str = ""
    login: str = ""
    language: str = ""
    theme: str = "system"
    scale_pct: int = 100
    reduce_motion: bool = False
    sip_user: str = ""
    sip_domain: str = ""
    sip_registrar: str = ""
    sip_transport: str = "udp"
    sip_port: int = 0
    sip_auth_user: str = ""
    sip_second_registrar: str = ""
    sip_proxy: str = ""
    sip_keep_alive_s: int = 4
    sip_only_from_switch: bool = True
    sip_ca_file: str = ""
    sip_encryption: str = "off"
    sip_keying: str = "sdes"
    sip_codecs: str = "opus,G722,PCMA,PCMU"
    sip_digits: str = "rfc4733"
    sip_stun_server: str = ""
    sip_ice: bool = False
    sip_shown_number_header: str = "P-Preferred-Identity"
    microphone: str = ""
    speaker: str = ""
    ringer: str = ""
    microphone_gain_pct: int = 100
    speaker_gain_pct: int = 100
    echo_cancelling: bool = True
    noise_suppression: bool = True
    echo_number: str = ""
    country: str = "CN"
    area_code: str = "571"
    trunk_prefixes: str = "9"
    dial_form: str = "e164"
    outside_line: str = ""
    keep_area_code: bool = True
    survey_number: str = ""
    pin_check_number: str = ""
    park_number: str = ""
    park_slots: str = ""
    voicemail_number: str = ""
    outbound_number: str = ""
    recording: str = "never"
    recording_queues: str = ""
    recording_beep: bool = False
    recordings_kept_days: int = 7
    asked_fields: str = "email region"
    asked_again_days: int = 30
    do_not_disturb: bool = False
    offline_lease_h: int = 72
    unsent_at_sign_out: str = "warn"
    handover_folder: str = ""
    click_to_dial: str = "prefill"
    headset_buttons: bool = True
    global_hotkeys: bool = False
    compact_phone_at: str = ""


LEAST_GAIN_PCT: Final = 20
MOST_GAIN_PCT: Final = 200
MOST_DAYS_KEPT: Final = 366
MOST_LEASE_H: Final = 24 * 31
OFFERED: Final[Mapping[str, Container[Any]]] = {
    "language": ("", "zh_CN", "en"),
    "theme": ("light", "dark", "system"),
    "scale_pct": range(90, 151),
    "dial_form": ("e164", "plain", "national"),
    "click_to_dial": ("prefill", "dial"),
    "unsent_at_sign_out": ("warn", "block", "spool"),
    "offline_lease_h": range(MOST_LEASE_H + 1),
    "sip_transport": ("udp", "tcp", "tls"),
    "sip_port": range(65_536),
    "sip_keep_alive_s": range(3601),
    "sip_encryption": ("off", "preferred", "required"),
    "sip_keying": ("sdes", "dtls"),
    "sip_digits": ("rfc4733", "info"),
    "microphone_gain_pct": range(LEAST_GAIN_PCT, MOST_GAIN_PCT + 1),
    "speaker_gain_pct": range(LEAST_GAIN_PCT, MOST_GAIN_PCT + 1),
    "recordings_kept_days": range(MOST_DAYS_KEPT + 1),
    "asked_again_days": range(MOST_DAYS_KEPT + 1),
    "recording": ("never", "on_demand", "all", "by_queue"),
}


class SettingsFile:
    """Reads and writes `settings.json`; a value that does not fit its key is ignored and said in the log."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "settings.json"

    def read(self) -> Settings:
        try:
            written = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError) as error:
            log.info("settings not readable, defaults are used: %s", error)
            return Settings()
        if not isinstance(written, dict):
            return Settings()
        return replace(Settings(), **self._fitting(written))

    def write(self, settings: Settings) -> None:
        """Replaces the file in one step. Raises DiskFull or FolderNotWritable."""
        write_whole(self._path, json.dumps(asdict(settings), ensure_ascii=False, indent=2))

    def _fitting(self, written: dict[str, Any]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for field in fields(Settings):
            if field.name not in written:
                continue
            value = written[field.name]
            if type(value) is not type(field.default):
                log.info("setting %s ignored: it is not a %s", field.name, type(field.default).__name__)
            elif field.name in OFFERED and value not in OFFERED[field.name]:
                log.info("setting %s ignored: %r is not offered", field.name, value)
            else:
                kept[field.name] = value
        return kept
