"""What of an article goes into a ticket reads as if somebody had typed it."""

from datetime import UTC, datetime

import pytest

from agent_desktop.knowledge.answers import WHOLE_SIGNS, answer, as_text, link, plain
from agent_model.article import Article, ArticleId


def article(body: str, title: str = "Red light on the modem") -> Article:
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    return Article(ArticleId("0198-a1"), title, body, "Network", None, None, "en", (), at)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# Title\n\nSome **bold** and *slanted* _words_.", "Title\nSome bold and slanted words."),
        ("1. Check `2.1.6`.\n2. Restart.", "1. Check 2.1.6.\n2. Restart."),
        ("* one\n* two\n  - three", "- one\n- two\n  - three"),
        (
            "See [the form](https://a.example/f) or [that](kb:12).",
            "See the form (https://a.example/f) or that (kb:12).",
        ),
        ("![photo of the plug](attachment:7)\n\nPull it.", "[photo of the plug]\n\nPull it."),
        ("| Plan | Fee |\n|------|-----|\n| A | 30 |", "Plan | Fee\nA | 30"),
        ("> Say: 您好\n> please", "Say: 您好\nplease"),
        ("```\na_b * c\n```", "a_b * c"),
        ("Heading\n=======\n\nText", "Heading\nText"),
        ("2 * 3 * 4 and snake_case_name stay; 5 \\* 6 too", "2 * 3 * 4 and snake_case_name stay; 5 * 6 too"),
        ("one<br>two &amp; three", "one\ntwo & three"),
    ],
)
def test_marks_of_markdown_do_not_come_along(written: str, read: str) -> None:
    assert plain(written) == read


def test_a_short_article_goes_into_the_ticket_whole() -> None:
    assert answer(article("## When\n\nAt once.\n\n## How\n\nPull the plug.")) == "When\nAt once.\n\nHow\nPull the plug."


def test_of_a_long_article_the_section_that_was_found_goes_into_the_ticket() -> None:
    body = f"## Billing\n\n{'Fees are due. ' * 60}\n\n## Red light\n\nPull the plug, wait for 30 seconds."
    assert answer(article(body), ["light", "plug"]) == "Red light\nPull the plug, wait for 30 seconds."


def test_of_a_long_article_nobody_searched_for_the_first_section_goes_into_the_ticket() -> None:
    body = f"# Modem\n\n## First\n\nRestart it.\n\n## Then\n\n{'Wait for a while. ' * 60}"
    assert answer(article(body)) == "First\nRestart it."


def test_a_long_section_begins_with_the_paragraph_that_was_found() -> None:
    body = f"## Steps\n\n{'先登录系统。' * 110}\n\n光猫闪红灯时，重启光猫。\n\n仍不行，派单。"
    assert answer(article(body), ["光猫", "红灯"]) == "光猫闪红灯时，重启光猫。\n\n仍不行，派单。"


def test_what_is_too_long_even_alone_ends_with_a_sentence() -> None:
    said = answer(article("客户须携带身份证到营业厅办理。" * 100))
    assert said.endswith("办理。")
    assert WHOLE_SIGNS - 20 < len(said) <= WHOLE_SIGNS


def test_an_article_without_text_answers_with_its_title() -> None:
    assert answer(article("")) == "Red light on the modem"


def test_a_link_names_the_article_and_its_id() -> None:
    assert link(article("x")) == "Red light on the modem (kb:0198-a1)"


def test_a_copy_has_title_text_and_link() -> None:
    assert as_text(article("**Pull** it.")) == "Red light on the modem\n\nPull it.\n\nkb:0198-a1"


def test_pictures_stay_behind_and_of_files_the_name_goes_along() -> None:
    file_id = "0" * 32
    body = f"Look:\n\n![the lamp](kb-file:{file_id})\n\nSee [the plan](kb-file:{file_id})."
    assert plain(body) == "Look:\n\nSee the plan."
