"""What was gathered from documents and tables, on its way from the process that read them."""

import base64
from collections.abc import Mapping
from typing import Any, BinaryIO

import orjson

from agent_model.body import from_body, to_body
from agent_papers.paper import BadPaper, Gathered, Paper, PaperWrong, Refused
from agent_papers.question_table import QuestionTable
from agent_papers.shift_table import ShiftTable


def put(gathered: Gathered, out: BinaryIO) -> None:
    out.writelines(orjson.dumps({"paper": paper}) + b"\n" for paper in gathered.papers)
    out.writelines(orjson.dumps({"refused": refused}) + b"\n" for refused in gathered.refused)
    out.writelines(
        orjson.dumps({"file": file_id, "content": base64.b64encode(content).decode()}) + b"\n"
        for file_id, content in gathered.files.items()
    )


def gathered_from(lines: bytes) -> Gathered:
    """What `put` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    told = [orjson.loads(line) for line in lines.splitlines()]
    papers = (from_body(Paper, one["paper"]["id"], 0, one["paper"]) for one in told if "paper" in one)
    refused = (from_body(Refused, "", 0, one["refused"]) for one in told if "refused" in one)
    files = {str(one["file"]): base64.b64decode(one["content"], validate=True) for one in told if "file" in one}
    return Gathered(tuple(papers), tuple(refused), files)


def put_table(table: QuestionTable | ShiftTable | BadPaper, out: BinaryIO) -> None:
    if isinstance(table, BadPaper):
        out.write(orjson.dumps({"wrong": table.wrong, "named": table.named}))
    else:
        out.write(orjson.dumps({"table": to_body(table)}))


def questions_from(told: bytes) -> QuestionTable:
    """What `put_table` wrote. Raises BadPaper, and ValueError, KeyError or TypeError for anything else."""
    return from_body(QuestionTable, "", 0, _table(told))


def shifts_from(told: bytes) -> ShiftTable:
    """As `questions_from`."""
    return from_body(ShiftTable, "", 0, _table(told))


def _table(told: bytes) -> Mapping[str, Any]:
    said = orjson.loads(told)
    if "wrong" in said:
        raise BadPaper(PaperWrong(said["wrong"]), named=str(said["named"]))
    table: Mapping[str, Any] = said["table"]
    return table
