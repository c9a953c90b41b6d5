"""Two people who write what agents read: the one writes, the other reads it and publishes."""

from datetime import datetime
from typing import Any

from agent_model import moment
from agent_model.command import CommandKind
from tests.journeys.company import Colleague

WRITER, READER = "ye.wen", "lu.hai"


class Editors:
    def __init__(self, server: str) -> None:
        self._writer, self._reader = Colleague(server, WRITER), Colleague(server, READER)

    def close(self) -> None:
        self._writer.close()
        self._reader.close()

    def publish(self, article_id: str, title: str, body: str) -> datetime:
        """A new article; returns when the server published it."""
        self._writer.tell(
            "article_draft",
            article_id,
            CommandKind.CREATE,
            title=title,
            body=body,
            category="网络",
            language="zh-CN",
        )
        return self._read_and_publish(article_id, "draft")

    def change(self, article_id: str, **fields: Any) -> datetime:
        """Its text says something else from now on; returns when the server published that."""
        before = self._draft(article_id)["body"]
        changed = {name: (before[name], value) for name, value in fields.items()}
        self._move(self._writer, article_id, "published", "review", changed)
        return self._read_and_publish(article_id, "review")

    def _read_and_publish(self, article_id: str, state: str) -> datetime:
        if state == "draft":
            self._move(self._writer, article_id, "draft", "review", {})
        self._move(self._reader, article_id, "review", "published", {})
        return moment.from_text(self._draft(article_id)["body"]["published_at"])

    def _move(self, who: Colleague, article_id: str, before: str, after: str, changed: dict[str, Any]) -> None:
        version = self._draft(article_id)["version"]
        who.tell("article_draft", article_id, CommandKind.UPDATE, version, state=(before, after), **changed)

    def _draft(self, article_id: str) -> dict[str, Any]:
        return next(row for row in self._writer.rows("editors", "article_draft") if row["id"] == article_id)
