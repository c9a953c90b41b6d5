"""Word documents (DOCX) to Markdown. The one module that knows mammoth."""

import logging
from pathlib import Path
from typing import Any

import mammoth

from agent_papers import html
from agent_papers.paper import BadPaper, PaperWrong, Told


def told(path: Path) -> Told:
    """Of one that was weighed. Raises BadPaper."""
    try:
        with path.open("rb") as file:
            made = mammoth.convert_to_html(file, convert_image=mammoth.images.img_element(_left))
    except Exception as error:
        logging.getLogger(__name__).info("a Word document was not read: %s", type(error).__name__)
        raise BadPaper(PaperWrong.DAMAGED) from error
    return html.told(made.value)


def _left(_: Any) -> dict[str, str]:
    """A picture whose words are all that comes along."""
    return {"src": "#"}
