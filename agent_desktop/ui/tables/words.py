"""Tables from a file in words: why one cannot be read as a whole, and what to do."""

from PySide6.QtCore import QCoreApplication

from agent_papers.paper import BadPaper, PaperWrong

translate = QCoreApplication.translate


def why_unread(bad: BadPaper, no_columns: str, too_many: str) -> str:
    """`no_columns`: what to say where those are missing that such a table must have; `too_many`: where it has more than
    {count} rows."""
    match bad.wrong:
        case PaperWrong.UNKNOWN_KIND:
            return translate("tables", "This is an old workbook (XLS) or one with a password. Save it as XLSX.")
        case PaperWrong.TOO_LARGE | PaperWrong.TOO_MUCH:
            return translate("tables", "The table is too large. Part it.")
        case PaperWrong.NOT_TEXT:
            return translate("tables", "This is no table. Save it as XLSX or as CSV UTF-8.")
        case PaperWrong.UNKNOWN_ENCODING:
            return translate("tables", "Its encoding is unknown. Save it as XLSX or as CSV UTF-8.")
        case PaperWrong.HOSTILE:
            return translate("tables", "It is built to harm who opens it, and was not read.")
        case PaperWrong.EMPTY:
            return translate("tables", "There is nothing in it.")
        case PaperWrong.NO_COLUMNS:
            return no_columns
        case PaperWrong.TOO_MANY_FILES:
            return too_many.format(count=bad.named)
        case PaperWrong.NOT_FOUND:
            return translate("tables", "The file cannot be read. Is it still there?")
        case _:
            return translate("tables", "The table is damaged. Open it in its own program and save it again.")
