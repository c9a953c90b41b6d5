"""Sets of words in words: what is wrong with one, and which version it is."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.row_editing.versions import version_words
from agent_model.synonym import LONGEST_NOTE, LONGEST_WORD, MOST_WORDS, Synonym, SynonymFault, SynonymWrong

translate = QCoreApplication.translate


def explain_synonym_fault(fault: SynonymFault) -> str:
    """What is wrong, and what to do about it."""
    match fault.wrong:
        case SynonymWrong.TOO_FEW:
            return translate("synonyms", "Write two words at least, each on a line of its own.")
        case SynonymWrong.TOO_MANY:
            return translate("synonyms", "At most {count} words. Make another set of the rest.").format(
                count=MOST_WORDS
            )
        case SynonymWrong.TOO_LONG if fault.field == "words":
            words = translate("synonyms", "“{word}…” is too long: at most {count} characters.")
            return words.format(word=fault.word, count=LONGEST_WORD)
        case SynonymWrong.TOO_LONG:
            return translate("synonyms", "The note has at most {count} characters.").format(count=LONGEST_NOTE)
        case SynonymWrong.UNSEEN if fault.field == "words":
            words = translate("synonyms", "“{word}” is no word, or has signs in it that nobody sees. Type it again.")
            return words.format(word=fault.word)
        case SynonymWrong.UNSEEN:
            return translate("synonyms", "The note has signs in it that nobody sees. Type it again.")


def synonym_version_words(synonym: Synonym, names: Directory, formats: Formats, today: date) -> str:
    """Which version it is, and whose."""
    if synonym.version == 0:
        return translate("synonyms", "New")
    return version_words(synonym.version, synonym.changed_by, synonym.changed_at, names, formats, today)
