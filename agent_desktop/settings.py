"""The settings of this workstation: what IT has decided, and the person's own choices in one JSON file.

The file can be read and mended by hand. It holds what the person chose and nothing else: what was never touched goes
with what IT recommends.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from agent_desktop.paths import write_whole
from agent_desktop.policy.provisioned import ProvisioningFile, Told
from agent_desktop.policy.schema import Wrong
from agent_desktop.policy.standing import Policy, Standing
from agent_desktop.policy.written import Layer, Rank, Refused, Source

log = logging.getLogger(__name__)

FORMAT: Final = "format"
CHOICES_ALONE: Final = 2
"""The format of a file that holds choices alone; earlier versions wrote every setting down."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every key with its default; see docs/settings.md. What fits each stands in `resources/policy/schema.json`.

    `language` is `zh_CN`, `en`, or empty for the system's. `theme` is `light`, `dark` or `system`.
    `scale_pct` 90..150. `click_to_dial` is `prefill` or `dial`: what a telephone link does.
    `sip_*` name the telephone account; an empty `sip_registrar` means calls come straight in.
    """

    server: str = ""
    server_ca_file: str = ""
    server_proxy: str = ""
    provisioning_key: str = ""
    provisioning_allowed: str = "all"
    password_sign_in: bool = True
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
    customers_hidden: str = ""
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
    sip_auto_answer: str = "by_header"
    languages_offered: str = "zh_CN,en"
    lock_after_min: int = 0
    autostart: bool = False
    url_handlers: str = "tel,sip,sips,callto"
    update_channel: str = "managed"
    update_url: str = ""
    update_quiet_hours: str = ""
    update_delay_days: int = 0
    update_rate_kb_s: int = 1000
    log_level: str = "info"


LEAST_GAIN_PCT: Final = 20
MOST_GAIN_PCT: Final = 200


class SettingsFile:
    """Reads and writes `settings.json` under what IT has decided. A value that does not fit its key is ignored and said
    in the log; a key of another version is left alone."""

    def __init__(
        self, folder: Path, policy: Policy | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path = folder / "settings.json"
        self._of_machine = policy or Policy.nothing()
        self._provisioning = ProvisioningFile(folder, self._of_machine, clock)
        self._policy = self._with_server(self._own_server())

    def read(self) -> Settings:
        """What holds now, whoever said it."""
        return _settings(self.standing())

    def standing(self) -> Mapping[str, Standing]:
        """The same with who says so, by the key's name."""
        return self._policy.standing(self._own(self._chosen()))

    @property
    def locked(self) -> Mapping[str, Source]:
        """The settings that IT has decided, and where."""
        return {one.key.setting: one.source for one in self.standing().values() if one.source.is_policy}

    @property
    def refused(self) -> tuple[Refused, ...]:
        """What is written, here or by IT, and does not count."""
        return (*self._policy.refused, *self._own(self._chosen()).refused)

    def provision(self, server: str, told: Told) -> bool:
        """Takes what the server sets this workstation up with; whether another setting holds now. Raises DiskFull,
        FolderNotWritable."""
        before = self.standing()
        self._provisioning.take(server.rstrip("/"), told)
        self._policy = self._with_server(server)
        return self.standing() != before

    def is_provisioned(self, server: str, serial: int) -> bool:
        """Whether the newest of what this server sets is here already, signed not long ago."""
        return self._provisioning.is_fresh(server.rstrip("/"), serial)

    def write(self, settings: Settings) -> None:
        """Adds to the person's choices what differs from what holds now, but for what IT has decided; in one step.
        Raises DiskFull or FolderNotWritable."""
        chosen = self._chosen()
        standing = self._policy.standing(self._own(chosen))
        for one in standing.values():
            value = getattr(settings, one.key.setting)
            if value != one.value and not one.source.is_policy:
                chosen[one.key.setting] = value
        write_whole(self._path, json.dumps({FORMAT: CHOICES_ALONE, **chosen}, ensure_ascii=False, indent=2))

    def _own(self, chosen: Mapping[str, Any]) -> Layer:
        source = Source(Rank.PERSON, str(self._path))
        values: dict[str, Any] = {}
        faults: list[Refused] = []
        for setting, key in self._of_machine.schema.by_setting().items():
            if setting not in chosen:
                continue
            value = chosen[setting]
            is_emptied = value == "" and key.may_be_left_empty()
            wrong = Wrong.RESERVED if key.is_reserved else None if is_emptied else key.fault(value)
            if wrong is None:
                values[key.name] = value
            else:
                log.info("setting %s ignored (%s): %r", setting, wrong, value)
                faults.append(Refused(source, wrong, setting))
        return Layer(source, values, tuple(faults))

    def _with_server(self, server: str) -> Policy:
        """Once, and when the server tells something: what runs out meanwhile holds until the program ends."""
        return self._of_machine.with_server(self._provisioning.layer(server.rstrip("/")))

    def _own_server(self) -> str:
        return str(self._of_machine.standing(self._own(self._chosen()))["server.url"].value)

    def _chosen(self) -> dict[str, Any]:
        """What stands in the file, without its format."""
        try:
            written = json.loads(self._path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            log.info("settings not readable, defaults are used: %s", error)
            return {}
        if not isinstance(written, dict):
            return {}
        if written.pop(FORMAT, None) == CHOICES_ALONE:
            return written
        defaults = {field.name: field.default for field in fields(Settings)}
        return {name: value for name, value in written.items() if name not in defaults or value != defaults[name]}


def _settings(standing: Mapping[str, Standing]) -> Settings:
    return replace(Settings(), **{one.key.setting: one.value for one in standing.values()})
