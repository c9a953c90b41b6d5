"""Records of searches as they come in: taken out of their batch, masked again, kept for the list of gaps."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.clock_reckoning import CLOCK_TOLERANCE
from agent_model.moment import to_text
from agent_model.search_record import (
    LONGEST_QUERY,
    LONGEST_SOUND,
    MOST_RECORDS,
    SearchBatch,
    SearchRecord,
    form_of,
)
from agent_model.secret import mask
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.many_rows import insert_rows
from agent_server.tables import ID_LENGTH, search_record

LONGEST_LANGUAGE = 16


class SearchBatchRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["by"])
        batch = from_body(SearchBatch, "", 0, body)
        if len(batch.records) > MOST_RECORDS or not all(map(_is_modest, batch.records)):
            raise Refused("bad_field")
        lines = [
            {"batch": case.command.id, "n": n, "who": case.person.id, **_line(record, case)}
            for n, record in enumerate(batch.records)
        ]
        await insert_rows(case.changes.connection, search_record, lines)
        return Outcome({"records": []})


def _is_modest(record: SearchRecord) -> bool:
    ids = (record.queue, record.category, record.product, record.opened, record.inserted, record.unhelpful)
    return (
        record.hits >= 0
        and len(record.query) <= LONGEST_QUERY
        and len(record.subject) <= LONGEST_QUERY
        and len(record.sound) <= LONGEST_SOUND
        and (not record.sound or (record.sound.isascii() and record.sound.isalnum()))
        and len(record.language) <= LONGEST_LANGUAGE
        and all(one is None or len(one) <= ID_LENGTH for one in ids)
    )


def _line(record: SearchRecord, case: Case) -> dict[str, Any]:
    now = case.watch.now
    question = mask(record.query.strip() or record.subject.strip())[:LONGEST_QUERY]
    return {
        "at": to_text(now if record.at > now + CLOCK_TOLERANCE else record.at),
        "question": question,
        "form": form_of(question)[:LONGEST_QUERY],
        "sound": record.sound,
        "is_typed": bool(record.query.strip()),
        "hits": record.hits,
        "language": record.language,
        "queue": record.queue,
        "category": record.category,
        "product": record.product,
        "opened": record.opened,
        "inserted": record.inserted,
        "unhelpful": record.unhelpful,
    }
