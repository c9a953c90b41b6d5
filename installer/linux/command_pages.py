"""Manual pages and completions of both programs, written from the options they take.

    .venv/bin/python installer/linux/command_pages.py desktop|server FOLDER

Below FOLDER they lie where a package has them: usr/share/man/man1, usr/share/bash-completion/completions,
usr/share/zsh/vendor-completions, usr/share/fish/vendor_completions.d.
"""

import argparse
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

FILES = {
    "agent-desktop": (
        ("/etc/agent-desktop/policies/managed/*.json", "What IT has decided for this workstation."),
        ("/etc/agent-desktop/policies/recommended/*.json", "What IT recommends; the person's own choice comes first."),
        ("/etc/agent-desktop/provision.json", "What was said at the installation."),
        ("~/.config/agent-desktop/settings.json", "What the person chose."),
    ),
    "agent-server": (
        ("/etc/agent-server/agent-server.env", "Variables and options of the service."),
        ("/var/lib/agent-server", "The secret key, the snapshots, uploaded files, and a database of SQLite."),
    ),
}
VARIABLES = {
    "agent-desktop": (
        ("AGENT_DESKTOP_HOME", "A folder for everything that is kept, instead of those of the session."),
    ),
    "agent-server": (
        ("AGENT_SERVER_DATABASE", "The database: a file, or an address."),
        ("AGENT_SERVER_HOME", "The server's folder."),
    ),
}


def main() -> int:
    which, folder = sys.argv[1:]
    if which == "desktop":
        from agent_desktop.app import parser
    else:
        from agent_server.command_line import parser
    write(parser(), Path(folder))
    return 0


def write(parser: argparse.ArgumentParser, folder: Path) -> None:
    share, name = folder / "usr/share", parser.prog
    for place, text in (
        (f"man/man1/{name}.1.gz", manual(parser)),
        (f"bash-completion/completions/{name}", bash(parser)),
        (f"zsh/vendor-completions/_{name}", zsh(parser)),
        (f"fish/vendor_completions.d/{name}.fish", fish(parser)),
    ):
        path = share / place
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = text.encode()
        path.write_bytes(gzip.compress(raw, 9, mtime=0) if path.suffix == ".gz" else raw)


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [each for each in parser._actions if each.option_strings and each.help is not argparse.SUPPRESS]


def parts(parser: argparse.ArgumentParser) -> dict[str, tuple[argparse.ArgumentParser, str]]:
    """The commands below this one, each with its help; none for a program without commands."""
    found: dict[str, tuple[argparse.ArgumentParser, str]] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            found |= {name: (below, told.get(name, "")) for name, below in action.choices.items()}
    return found


def positionals(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [
        each for each in parser._actions if not each.option_strings and not isinstance(each, argparse._SubParsersAction)
    ]


def sentence(action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    text = (action.help or "") % {**vars(action), "prog": parser.prog}
    return " ".join(text.split())


def value_of(action: argparse.Action) -> str:
    """What stands behind the option; empty for one that takes nothing."""
    if action.nargs == 0:
        return ""
    if action.choices is not None:
        return "|".join(str(each) for each in action.choices)
    shown = action.metavar or action.dest.upper()
    return shown if isinstance(shown, str) else " ".join(shown)


# ---- the manual -----------------------------------------------------------------------------------------


def manual(parser: argparse.ArgumentParser) -> str:
    name, about = parser.prog, (parser.description or "").rstrip(".")
    lines = [
        f'.TH {roff(name).upper()} 1 "" "Agent Desktop" "User Commands"',
        ".SH NAME",
        rf"{roff(name)} \- {roff(about)}",
        ".SH SYNOPSIS",
    ]
    commands = parts(parser)
    lines += [
        rf".B {roff(name)}",
        r".I COMMAND" if commands else r"[\fIOPTION\fR]... [\fILINK\fR]",
        *([r"[\fIOPTION\fR]..."] if commands else []),
    ]
    if commands:
        lines.append(".SH COMMANDS")
        for words, below, told in every_command(parser):
            arguments = " ".join(value_of(each) for each in positionals(below))
            lines += [".SS " + roff(f"{words} {arguments}".strip()), roff(told)]
            lines += [line for each in options(below) for line in _option(each, below)]
    else:
        lines.append(".SH OPTIONS")
        lines += [line for each in (*positionals(parser), *options(parser)) for line in _option(each, parser)]
    for title, rows in (("FILES", FILES[name]), ("ENVIRONMENT", VARIABLES[name])):
        lines.append(f".SH {title}")
        lines += [line for what, told in rows for line in (".TP", rf"\fB{roff(what)}\fR", roff(told))]
    return "\n".join(lines) + "\n"


def every_command(
    parser: argparse.ArgumentParser, before: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Those that do something: commands of commands one by one."""
    for name, (below, told) in parts(parser).items():
        words = f"{before} {name}".strip()
        if parts(below):
            yield from every_command(below, words)
        else:
            yield words, below, told


def _option(action: argparse.Action, parser: argparse.ArgumentParser) -> tuple[str, str, str]:
    names = ", ".join(rf"\fB{roff(each)}\fR" for each in action.option_strings)
    value = roff(value_of(action))
    heading = " ".join(each for each in (names, rf"\fI{value}\fR" if value else "") if each)
    return ".TP", heading, roff(sentence(action, parser)) or r"\&"


def roff(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


# ---- completions ----------------------------------------------------------------------------------------


def bash(parser: argparse.ArgumentParser) -> str:
    """Words by the command typed so far; files where an option takes one, which is left to the shell."""
    name = parser.prog
    function = "_" + name.replace("-", "_")
    cases = "".join(f'        "{words}") offered="{" ".join(_words(below))}" ;;\n' for words, below in _all(parser))
    known = " ".join(words.replace(" ", "/") for words, _ in _all(parser) if words)
    return f"""# bash completion for {name}
{function}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} typed="" offered="" word known=" {known} "
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        [[ $known == *" ${{typed:+${{typed// //}}/}}$word "* ]] && typed="${{typed:+$typed }}$word"
    done
    case $typed in
{cases}    esac
    mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
}}
complete -o default -F {function} {name}
"""


def zsh(parser: argparse.ArgumentParser) -> str:
    name = parser.prog
    function = "_" + name.replace("-", "_")
    cases = "".join(f'    "{words}") offered=({" ".join(_words(below))}) ;;\n' for words, below in _all(parser))
    known = " ".join(f'"{words}"' for words, _ in _all(parser) if words)
    return f"""#compdef {name}
{function}() {{
  local typed="" word
  local -a offered known=({known})
  for word in ${{words[2,CURRENT-1]}}; do
    (( ${{known[(Ie)${{typed:+$typed }}$word]}} )) && typed="${{typed:+$typed }}$word"
  done
  case $typed in
{cases}  esac
  compadd -- $offered
  _files
}}
{function} "$@"
"""


def fish(parser: argparse.ArgumentParser) -> str:
    name = parser.prog
    lines = [f"# fish completion for {name}"]
    for words, below in _all(parser):
        seen = " ".join(f"; and __fish_seen_subcommand_from {word}" for word in words.split())
        others = " ".join(parts(below))
        unseen = f"; and not __fish_seen_subcommand_from {others}" if others else ""
        when = f"true{seen}{unseen}"
        for each, (_, told) in parts(below).items():
            lines.append(f"complete -c {name} -n '{when}' -f -a {each} -d {_quoted(told)}")
        for action in options(below):
            flags = " ".join(
                f"-l {flag.removeprefix('--')}" if flag.startswith("--") else f"-s {flag.removeprefix('-')}"
                for flag in action.option_strings
            )
            choices = f" -x -a '{' '.join(map(str, action.choices))}'" if action.choices else ""
            takes = choices or (" -r" if value_of(action) else "")
            lines.append(f"complete -c {name} -n '{when}' {flags}{takes} -d {_quoted(sentence(action, below))}")
    return "\n".join(lines) + "\n"


def _all(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield before, parser
    for name, (below, _) in parts(parser).items():
        yield from _all(below, f"{before} {name}".strip())


def _words(parser: argparse.ArgumentParser) -> list[str]:
    return [*parts(parser), *(flag for action in options(parser) for flag in action.option_strings)]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


if __name__ == "__main__":
    sys.exit(main())
