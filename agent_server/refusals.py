"""How a request is refused: a status and a stable code, with facts; sentences are the client's business."""

from typing import Any


class RequestRefused(Exception):
    """Answered as `{"error": code, **facts}`. Codes are listed in docs/api.md."""

    def __init__(self, status: int, code: str, **facts: Any) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.facts = facts
