"""What was gathered from documents, on its way from the process that read them."""

from typing import BinaryIO

import orjson

from agent_model.body import from_body
from agent_papers.paper import Gathered, Paper, Refused


def put(gathered: Gathered, out: BinaryIO) -> None:
    out.writelines(orjson.dumps({"paper": paper}) + b"\n" for paper in gathered.papers)
    out.writelines(orjson.dumps({"refused": refused}) + b"\n" for refused in gathered.refused)


def gathered_from(lines: bytes) -> Gathered:
    """What `put` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    told = [orjson.loads(line) for line in lines.splitlines()]
    papers = (from_body(Paper, one["paper"]["id"], 0, one["paper"]) for one in told if "paper" in one)
    refused = (from_body(Refused, "", 0, one["refused"]) for one in told if "refused" in one)
    return Gathered(tuple(papers), tuple(refused))
