"""Word documents (DOCX) to Markdown. The one module that knows mammoth."""

import logging
from functools import partial
from pathlib import Path
from typing import Any

import mammoth

from agent_model.article_file import SCHEME
from agent_papers import html
from agent_papers.paper import BadPaper, PaperWrong, Told
from agent_papers.pictures import LARGEST_FILE, Files


def told(path: Path, files: Files) -> Told:
    """Of one that was weighed; its pictures go to `files`. Raises BadPaper."""
    try:
        with path.open("rb") as file:
            made = mammoth.convert_to_html(file, convert_image=mammoth.images.img_element(partial(_taken, files)))
    except Exception as error:
        logging.getLogger(__name__).info("a Word document was not read: %s", type(error).__name__)
        raise BadPaper(PaperWrong.DAMAGED) from error
    return html.told(made.value, files)


def _taken(files: Files, image: Any) -> dict[str, str]:
    with image.open() as opened:
        file_id = files.take(opened.read(LARGEST_FILE + 1), is_picture=True)
    return {"src": "#" if file_id is None else f"{SCHEME}:{file_id}"}
