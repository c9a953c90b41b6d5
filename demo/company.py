"""The facts of the demo company, from resources/demo/company.toml."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "resources" / "demo"


@functools.cache
def facts() -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / "company.toml").read_text(encoding="utf-8"))


def products(line: str) -> list[Mapping[str, Any]]:
    """What the company sells to one kind of customer: home, mobile or business."""
    return [product for product in facts()["product"] if product["line"] == line]


def agents() -> list[Mapping[str, Any]]:
    return [person for person in facts()["person"] if person["role"] == "agent"]


def category(category_id: str) -> Mapping[str, Any]:
    return next(found for found in facts()["ticket_category"] if found["id"] == category_id)
