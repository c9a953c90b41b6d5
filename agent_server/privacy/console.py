"""What whoever runs the server's machine may do about a person's data: `agent-server erase-customer | hold |
duties`."""

import argparse
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import orjson

from agent_server.administration import Actor
from agent_server.audit import Act, Deed
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.handover import Handover
from agent_server.privacy.certificate import digest_of, printed
from agent_server.privacy.duties import BadDuties, duties_from, read_duties, write_duties
from agent_server.privacy.erasures import Erasures
from agent_server.privacy.holds import Holds
from agent_server.privacy.person_exports import PersonExports
from agent_server.refusals import RequestRefused
from agent_server.settings import Settings, read_secret
from agent_server.sight import WHOLE

LANGUAGES: Final = ("zh", "en")
SENTENCES: Final = {
    "not_found": "there is nobody, or no wish, with this id",
    "under_hold": "nothing is erased: there is a legal hold",
    "already_asked": "somebody has asked for this already: it waits for a decision",
    "own_wish": "somebody else than who asked has to decide",
    "already_decided": "this was decided before",
    "not_yet": "it is not approved or not finished, so there is nothing to fetch",
    "too_late": "the approval is older than seven days: ask again",
    "reason_names_person": "the reason is kept for years: say it without the person's name and number",
    "already_held": "there is a hold already",
    "not_held": "there is no hold",
}


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    erase = commands.add_parser("erase-customer", help="erase one person, with two people and proof")
    erase = erase.add_subparsers(required=True)
    ask = erase.add_parser("ask", parents=[everywhere], help="somebody wants this customer erased")
    ask.add_argument("customer")
    ask.add_argument("--reason", required=True)
    ask.set_defaults(command=_ask)
    for name, told in (("approve", "a second person agrees: it is done at once"), ("decline", "it is not done")):
        decide = erase.add_parser(name, parents=[everywhere], help=told)
        decide.add_argument("erasure")
        decide.add_argument("--reason", required=True)
        decide.set_defaults(command=_approve if name == "approve" else _decline)
    listed = erase.add_parser("list", parents=[everywhere], help="what was asked for")
    listed.set_defaults(command=_list)
    resume = erase.add_parser("resume", parents=[everywhere], help="go on with what a crash cut off")
    resume.set_defaults(command=_resume)
    proof = erase.add_parser("certificate", parents=[everywhere], help="what was erased where, and what stays")
    proof.add_argument("erasure")
    proof.add_argument("--print", choices=LANGUAGES, dest="language", help="as text to hand over; default: JSON")
    proof.set_defaults(command=_certificate)
    verify = erase.add_parser("verify", parents=[everywhere], help="whether a certificate is as it was issued")
    verify.add_argument("file", type=Path)
    verify.set_defaults(command=_verify)

    copy = commands.add_parser("export-customer", help="a copy of everything about one person").add_subparsers(
        required=True
    )
    ask = copy.add_parser("ask", parents=[everywhere], help="somebody wants a copy")
    ask.add_argument("customer")
    ask.add_argument("--reason", required=True)
    ask.set_defaults(command=_ask_copy)
    for name in ("approve", "decline"):
        decide = copy.add_parser(name, parents=[everywhere], help="a second person decides")
        decide.add_argument("export")
        decide.add_argument("--reason", required=True)
        decide.set_defaults(command=_approve_copy if name == "approve" else _decline_copy)
    fetch = copy.add_parser("fetch", parents=[everywhere], help="write the approved copy to a file, for who asked")
    fetch.add_argument("export")
    fetch.add_argument("file", type=Path)
    fetch.set_defaults(command=_fetch_copy)

    hold = commands.add_parser("hold", help="keep a customer from being erased").add_subparsers(required=True)
    for name, command in (("set", _hold), ("lift", _lift)):
        parser = hold.add_parser(name, parents=[everywhere])
        parser.add_argument("customer")
        parser.add_argument("--reason", required=True)
        parser.set_defaults(command=command)

    duties = commands.add_parser("duties", parents=[everywhere], help="what is kept for how long, and why")
    duties.add_argument("file", type=Path, nargs="?", help="JSON to take instead; default: show those in force")
    duties.set_defaults(command=_duties)


async def erase_again(settings: Settings, database: Database) -> int:
    """Whoever was erased since the backup that was just restored; how many."""
    return await _erasures(settings, database).again()


def _erasures(settings: Settings, database: Database) -> Erasures:
    return Erasures(database, settings.home, trail_of(settings, database), now)


def _ask(settings: Settings, arguments: argparse.Namespace) -> int:
    return _work(
        settings,
        lambda erasures, actor: erasures.ask(actor, arguments.customer, arguments.reason, None),
    )


def _approve(settings: Settings, arguments: argparse.Namespace) -> int:
    async def approve(erasures: Erasures, actor: Actor) -> Any:
        await erasures.decide(actor, arguments.erasure, arguments.reason, is_approved=True)
        await erasures.carry_out()
        return await erasures.certificate(arguments.erasure)

    return _work(settings, approve)


def _decline(settings: Settings, arguments: argparse.Namespace) -> int:
    return _work(
        settings,
        lambda erasures, actor: erasures.decide(actor, arguments.erasure, arguments.reason, is_approved=False),
    )


def _list(settings: Settings, _arguments: argparse.Namespace) -> int:
    return _work(settings, lambda erasures, _: erasures.all())


def _resume(settings: Settings, _arguments: argparse.Namespace) -> int:
    return _work(settings, lambda erasures, _: erasures.carry_out())


def _certificate(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.language is None:
        return _work(settings, lambda erasures, _: erasures.certificate(arguments.erasure))

    async def show(erasures: Erasures, _actor: Actor) -> str:
        return printed(await erasures.certificate(arguments.erasure), arguments.language, settings.site_zone)

    return _work(settings, show)


def _verify(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        told = orjson.loads(arguments.file.read_bytes())
        is_whole = digest_of(told) == told["sha256"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return say(EXIT_REFUSED, f"{arguments.file} is no certificate")

    async def issued(erasures: Erasures, _actor: Actor) -> bool:
        return bool((await erasures.certificate(told["id"]))["sha256"] == told["sha256"])

    if not is_whole:
        return say(EXIT_REFUSED, "this certificate was changed")
    return _work(settings, issued)


def _ask_copy(settings: Settings, arguments: argparse.Namespace) -> int:
    return _about_copies(
        settings, lambda exports, actor: exports.ask(actor, arguments.customer, arguments.reason, None)
    )


def _approve_copy(settings: Settings, arguments: argparse.Namespace) -> int:
    return _decide_copy(settings, arguments, is_approved=True)


def _decline_copy(settings: Settings, arguments: argparse.Namespace) -> int:
    return _decide_copy(settings, arguments, is_approved=False)


def _decide_copy(settings: Settings, arguments: argparse.Namespace, *, is_approved: bool) -> int:
    return _about_copies(
        settings,
        lambda exports, actor: exports.decide(actor, arguments.export, arguments.reason, is_approved=is_approved),
    )


def _fetch_copy(settings: Settings, arguments: argparse.Namespace) -> int:
    handover = Handover(read_secret(settings.home))

    async def fetch(exports: PersonExports, actor: Actor) -> str:
        content = await exports.file(actor, arguments.export, WHOLE, None, handover.opened)
        with arguments.file.open("xb") as file:
            file.write(content)
        return f"{arguments.file}\n"

    try:
        return _about_copies(settings, fetch)
    except OSError as error:
        return say(EXIT_REFUSED, f"{arguments.file}: {error.strerror or error}")


def _about_copies(settings: Settings, work: Callable[[PersonExports, Actor], Awaitable[Any]]) -> int:
    def working(database: Database) -> PersonExports:
        return PersonExports(database, FileStore(settings.home), trail_of(settings, database), now)

    return _said(settings, lambda database, actor: work(working(database), actor))


def _hold(settings: Settings, arguments: argparse.Namespace) -> int:
    return _about_hold(settings, lambda holds, actor: holds.put(actor, arguments.customer, arguments.reason, None))


def _lift(settings: Settings, arguments: argparse.Namespace) -> int:
    return _about_hold(settings, lambda holds, actor: holds.lift(actor, arguments.customer, arguments.reason, None))


def _duties(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        wanted = None if arguments.file is None else duties_from(orjson.loads(arguments.file.read_bytes()))
    except (OSError, ValueError, BadDuties) as error:
        return say(EXIT_REFUSED, f"{arguments.file}: {error}")

    async def working(database: Database) -> Any:
        await database.require_current()
        if wanted is not None:
            trail = trail_of(settings, database)
            async with database.writing() as connection:
                await write_duties(database, connection, wanted)
                told = orjson.dumps(wanted.to_plain()).decode()
                await trail.append(connection, Act(Deed.POLICY_CHANGED, who_runs_this(), "duties", reason=told))
            await trail.anchor()
        async with database.reading() as connection:
            return await read_duties(connection)

    _write(with_database(settings, working).to_plain())
    return 0


def _about_hold(settings: Settings, work: Callable[[Holds, Actor], Awaitable[Any]]) -> int:
    async def working(database: Database) -> None:
        await database.require_current()
        trail = trail_of(settings, database)
        await work(Holds(database, trail, now), Actor(who_runs_this(), None))
        await trail.anchor()

    try:
        with_database(settings, working)
    except RequestRefused as refused:
        return say(EXIT_REFUSED, SENTENCES[refused.code])
    return 0


def _work(settings: Settings, work: Callable[[Erasures, Actor], Awaitable[Any]]) -> int:
    return _said(settings, lambda database, actor: work(_erasures(settings, database), actor))


def _said(settings: Settings, work: Callable[[Database, Actor], Awaitable[Any]]) -> int:
    """Do one thing in the name of who runs the machine, and write what came of it."""

    async def working(database: Database) -> Any:
        await database.require_current()
        told = await work(database, Actor(who_runs_this(), None))
        await trail_of(settings, database).anchor()
        return told

    try:
        told = with_database(settings, working)
    except RequestRefused as refused:
        why = refused.facts.get("reason")
        return say(EXIT_REFUSED, SENTENCES[refused.code] + (f" ({why})" if why else ""))
    _write(told)
    return 0


def _write(told: Any) -> None:
    if isinstance(told, str):
        sys.stdout.write(told)
        return
    for one in told if isinstance(told, list) else [told]:
        plain = one.to_plain() if hasattr(one, "to_plain") else one
        sys.stdout.write(orjson.dumps(plain).decode() + "\n")
