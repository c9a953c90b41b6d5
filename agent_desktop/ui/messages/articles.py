"""Why the server did not take what was done with an article, as whole sentences."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def article_refusal(reason: str) -> str | None:
    """None: it is no refusal of an article's."""
    match reason:
        case "bad_article":
            return translate(
                "messages", "The article lacks something, or names what is not there any more. Mend the marked fields."
            )
        case "not_your_article":
            return translate("messages", "Team leads change and withdraw only their own articles. Ask its owner.")
        case "own_article":
            return translate("messages", "Nobody publishes what they wrote. Ask a colleague to read and publish it.")
        case "not_reviewed":
            return translate("messages", "Nobody has read it yet. Send it for review first.")
        case "draft_moved":
            return translate("messages", "The text changed after you had read it. Read it again, then publish it.")
        case "article_moved":
            return translate(
                "messages",
                "Agents have another text by now than this was begun from. Compare the two, then publish it.",
            )
        case "no_such_move":
            return translate("messages", "The article is in another state by now. Look at it again.")
        case _:
            return None
