"""The pages for IT: every link leads to a page and a heading that are there, and the index names every page."""

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
FOLDER = CHECKOUT / "docs" / "it"
PAGES = sorted(FOLDER.glob("*.md"))


def links(page: Path) -> list[str]:
    found: list[str] = re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def leads(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    there = (page.parent / place).resolve() if place else page
    return there.exists() and (not anchor or anchor in anchors(there))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not leads(page, link)] == []


def test_index_names_every_page() -> None:
    named = {link.partition("#")[0] for link in links(FOLDER / "README.md")}
    assert {page.name for page in PAGES} - {"README.md"} <= named
