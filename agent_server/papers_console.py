"""The command line for documents: `agent-server articles import | export`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from agent_papers.paper import LARGEST_UNPACKED, MEGABYTE, Gathered, PaperWrong, Refused
from agent_papers.writing import write
from agent_server.article_store import ArticleStore, FileLost
from agent_server.audit import LONGEST_REASON, Act, Deed
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.papers import Brought, bring_in, published
from agent_server.rows import fetch
from agent_server.settings import Settings, read_secret

_SENTENCES = {
    PaperWrong.UNKNOWN_KIND: "is no Markdown, HTML, Word document or workbook{named}",
    PaperWrong.TOO_LARGE: "is too large",
    PaperWrong.TOO_MUCH: "is not read: with it, the documents would unpack to more than {named} MB (--most-mb)",
    PaperWrong.NOT_TEXT: "is no text",
    PaperWrong.UNKNOWN_ENCODING: "is in no encoding that is read here: save it as UTF-8",
    PaperWrong.DAMAGED: "is damaged: open and save it with its own program",
    PaperWrong.HOSTILE: "is not read: it is built to harm who opens it",
    PaperWrong.EMPTY: "says nothing",
    PaperWrong.TOO_LONG: "is longer than {named} characters: make several articles of it",
    PaperWrong.NO_COLUMNS: "has no columns “question” and “answer” (问题, 答案)",
    PaperWrong.NOT_A_GUIDE: "line {line}: the guide has a mistake at “{named}”",
    PaperWrong.BAD_FRONT_MATTER: "line {line}: “{named}” in its head is no “name: value”",
    PaperWrong.BAD_VALUE: "“{named}” in its head cannot be read",
    PaperWrong.TOO_MANY_FILES: "holds more than {named} documents: bring them in by parts",
    PaperWrong.TOO_DEEP: "is nested too deep at {named}",
    PaperWrong.NOT_FOUND: "cannot be read",
}


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser("articles", help="articles from documents, and to them").add_subparsers(required=True)
    bring = about.add_parser(
        "import", parents=[everywhere], help="Markdown, HTML, DOCX, or XLSX of questions and answers, as drafts"
    )
    bring.add_argument("source", type=Path, help="a document or a folder")
    bring.add_argument("--language", default="zh-CN", help="of documents that do not say theirs")
    bring.add_argument(
        "--most-mb",
        type=int,
        default=LARGEST_UNPACKED // MEGABYTE,
        help="of all documents, unpacked (default: %(default)s)",
    )
    bring.add_argument("--owner", help="the login of who answers for the drafts")
    bring.set_defaults(command=_import)
    out = about.add_parser("export", parents=[everywhere], help="what agents read, as a folder of Markdown")
    out.add_argument("folder", type=Path, help="new or empty")
    out.set_defaults(command=_export)


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    if not arguments.source.exists():
        return say(EXIT_REFUSED, f"there is no {arguments.source}")
    from agent_papers.reading import gather  # a quarter of a second, which no other command should take

    gathered = gather(arguments.source, arguments.language, arguments.most_mb * MEGABYTE)
    store = ArticleStore(settings.home, read_secret(settings.home))

    async def bring(database: Database) -> Brought | None:
        await database.require_current()
        if arguments.owner is not None:
            async with database.reading() as connection:
                if not await fetch(connection, "agent", [arguments.owner]):
                    return None
        brought = await bring_in(database, gathered, store, arguments.owner, now())
        told = f"drafts {brought.written}, unchanged {brought.same}, left out {len(gathered.refused)}"
        await _note(settings, database, Deed.IMPORTED, arguments.source, told)
        return brought

    brought = with_database(settings, bring)
    if brought is None:
        return say(EXIT_REFUSED, f"nobody is called {arguments.owner}")
    return _tell(gathered, brought)


async def _note(settings: Settings, database: Database, deed: Deed, place: Path, told: str) -> None:
    trail = trail_of(settings, database)
    await trail.note(Act(deed, who_runs_this(), f"articles: {place.name}"[:LONGEST_REASON], "", told))
    await trail.anchor()


def _tell(gathered: Gathered, brought: Brought) -> int:
    sys.stdout.write(f"{brought.written} drafts written, {brought.same} documents say what is there already\n")
    if gathered.files:
        sys.stdout.write(f"{len(gathered.files)} pictures and files came along\n")
    if pictures := sum(paper.pictures_left for paper in gathered.papers):
        sys.stdout.write(f"{pictures} pictures did not come along: their words stand in their place\n")
    if unknown := sorted({name for paper in gathered.papers for name in paper.passed_over}):
        sys.stdout.write(f"nobody knows what these tell, they are passed over: {', '.join(unknown)}\n")
    for place, name in brought.ownerless:
        sys.stdout.write(f"{place}: nobody is called {name}, so somebody else answers for it\n")
    for refused in gathered.refused:
        sys.stdout.write(f"{refused.place}: {sentence(refused)}\n")
    for place in brought.busy:
        sys.stdout.write(f"{place}: somebody is writing this article; publish or withdraw the draft first\n")
    for place, name in brought.unfit:
        sys.stdout.write(f"{place}: “{name}” does not do, or is not there in the company\n")
    return EXIT_REFUSED if gathered.refused or brought.busy or brought.unfit else 0


def sentence(refused: Refused) -> str:
    return _SENTENCES[refused.wrong].format(line=refused.line, named=refused.named)


def _export(settings: Settings, arguments: argparse.Namespace) -> int:
    async def read(database: Database) -> Any:
        await database.require_current()
        return await published(database)

    async def told(database: Database) -> None:
        await _note(settings, database, Deed.EXPORTED, arguments.folder, f"articles {written}")

    articles = with_database(settings, read)
    store = ArticleStore(settings.home, read_secret(settings.home))

    def content(file_id: str) -> bytes | None:
        return store.content(file_id) if store.has(file_id) else None

    try:
        written = write(articles, arguments.folder, content)
    except FileLost as error:
        return say(EXIT_REFUSED, f"the picture or file {error} cannot be read: bring {settings.home} back whole")
    except FileExistsError:
        return say(EXIT_REFUSED, f"{arguments.folder} holds something: name a new or an empty folder")
    except OSError as error:
        return say(EXIT_REFUSED, f"{arguments.folder} cannot be written: {error.strerror}")
    with_database(settings, told)
    sys.stdout.write(f"{written} articles written\n")
    return 0
