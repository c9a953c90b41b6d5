"""Text put into a place where somebody writes: on lines of its own, over nothing, and one step to undo."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit


def insert_lines(area: QPlainTextEdit, text: str, *, at_end: bool = False) -> None:
    """Behind what is chosen there, or where the cursor stands; the cursor then stands behind it."""
    cursor = area.textCursor()
    if at_end:
        cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.setPosition(cursor.selectionEnd())
    block = cursor.block()
    words, at = block.text(), cursor.positionInBlock()
    has_more_before = bool(words.encode("utf-16-le")[: at * 2].strip(b" \0"))
    has_more_behind = bool(words.encode("utf-16-le")[at * 2 :].strip(b" \0"))
    cursor.beginEditBlock()
    cursor.insertText(("\n" if has_more_before else "") + text + ("\n" if has_more_behind else ""))
    cursor.endEditBlock()
    if has_more_behind:
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    area.setTextCursor(cursor)
    area.ensureCursorVisible()
