"""Manual pages and completions say every command and option there is."""

import argparse
import gzip
import subprocess
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse

from agent_desktop.app import parser as desktop
from agent_desktop.link_handler import SCHEMES
from agent_server.command_line import parser as server
from installer.linux import command_pages as pages

ROOT = Path(__file__).parents[1]
SHELLS = {
    "bash": "bash-completion/completions/{}",
    "zsh": "zsh/vendor-completions/_{}",
    "fish": "fish/vendor_completions.d/{}.fish",
}
BOTH = pytest.mark.parametrize("parser", [desktop(), server()], ids=["desktop", "server"])


@BOTH
def test_manual_says_every_option_of_every_command(parser: argparse.ArgumentParser, tmp_path: Path) -> None:
    pages.write(parser, tmp_path)

    told = gzip.decompress((tmp_path / f"usr/share/man/man1/{parser.prog}.1.gz").read_bytes()).decode()
    lacking = [flag for flag in _flags(parser) if f"\\fB{pages.roff(flag)}\\fR" not in told]
    assert lacking == []


@BOTH
@pytest.mark.parametrize("shell", SHELLS)
def test_shell_offers_every_option_there_is(parser: argparse.ArgumentParser, shell: str, tmp_path: Path) -> None:
    pages.write(parser, tmp_path)

    told = (tmp_path / "usr/share" / SHELLS[shell].format(parser.prog)).read_text("utf-8")
    lacking = [flag for flag in _flags(parser) if flag not in told and f"-l {flag.removeprefix('--')} " not in told]
    assert lacking == []


def test_bash_completes_commands_of_commands_and_their_options(tmp_path: Path) -> None:
    pages.write(server(), tmp_path)
    completions = tmp_path / "usr/share/bash-completion/completions/agent-server"

    assert _completed(completions, "agent-server", "user", "pass") == ["passwd"]
    assert _completed(completions, "agent-server", "run", "--work") == ["--workers"]


def test_same_bytes_each_time(tmp_path: Path) -> None:
    pages.write(desktop(), tmp_path / "one")
    pages.write(desktop(), tmp_path / "two")

    assert _bytes_below(tmp_path / "one") == _bytes_below(tmp_path / "two")


def test_programs_that_say_what_they_are_name_the_same_links() -> None:
    entry = (ROOT / "resources/desktop/agent-desktop.desktop").read_text("utf-8")
    component = parse(ROOT / "resources/desktop/agent-desktop.metainfo.xml").getroot()

    types = {f"x-scheme-handler/{scheme}" for scheme in SCHEMES}
    assert {each.text for each in component.iter("mediatype")} == types
    assert set(entry.partition("MimeType=")[2].splitlines()[0].strip(";").split(";")) == types
    assert component.findtext("launchable") == "agent-desktop.desktop"


def _flags(parser: argparse.ArgumentParser) -> set[str]:
    below = [each for _, each, _ in pages.every_command(parser)] or [parser]
    return {flag for each in below for action in pages.options(each) for flag in action.option_strings if len(flag) > 2}


def _completed(completions: Path, *words: str) -> list[str]:
    script = f"""source {completions}; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1}
        _agent_server; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.split()


def _bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
