"""Which fields hold what people wrote, and so may hold any secret."""

from typing import Final

TEXTS: Final = frozenset(
    {
        "title", "text", "subject", "description", "reason", "status_reason", "decision_reason", "note", "words",
        "said", "outcome", "undo_reason", "comment", "answer", "result", "purpose",
    }
)  # fmt: skip
"""Fields, and parts of fields."""
