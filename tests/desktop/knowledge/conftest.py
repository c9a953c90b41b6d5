"""A small bilingual knowledge base that stands in its store as rows do."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from agent_desktop.knowledge.base import Builder, KnowledgeBase
from agent_model.article import Article, ArticleId
from tests.fakes import SetClock

NEWEST = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)


def article(id_: str, title: str, body: str, **others: object) -> Article:
    fields: dict[str, object] = {
        "category": "network",
        "product": None,
        "queue": None,
        "language": "zh-CN" if not title.isascii() else "en",
        "keywords": (),
        "updated_at": NEWEST - timedelta(days=30),
        "version": 1,
    }
    return Article(id=ArticleId(id_), title=title, body=body, **{**fields, **others})  # type: ignore[arg-type]


ARTICLES = (
    article(
        "KB-0001",
        "5G 断流怎么处理",
        "客户反映 5G 手机看视频时断流。\n\n先请客户重新启动手机，再检查是否欠费。仍然断流时，登记基站编号并转网络部。",
        queue="mobile",
        product="5G-PLAN",
    ),
    article(
        "KB-0002",
        "宽带网速慢的排查步骤",
        "请客户用网线直连光猫测速。光猫指示灯闪红，说明光路中断，需要派单给装维师傅上门。",
        queue="broadband",
        product="FIBRE-300",
    ),
    article(
        "KB-0003",
        "银行卡自动还款如何开通",
        "登录营业厅，选择自动还款，绑定银行卡。每月五日扣款，扣款失败会短信通知。",
        category="billing",
        queue="billing",
    ),
    article(
        "KB-0004",
        "套餐变更何时生效",
        "套餐变更次月一日生效。当月流量不清零，流量可以结转到下月。",
        category="billing",
        queue="billing",
        updated_at=NEWEST,
    ),
    article(
        "KB-0005",
        "流量用完以后",
        "流量用完以后网速会降低，也可以购买加油包。",
        category="billing",
        queue="mobile",
    ),
    article(
        "KB-0006",
        "会议电话",
        "会议电话最多十二人参加，主持人可以请人静音。",
        category="voice",
    ),
    article(
        "KB-0011",
        "Activating a new SIM card",
        "A new SIM card activates within ten minutes. If activation fails, restart the phone and check the ICCID.",
        queue="mobile",
    ),
    article(
        "KB-0012",
        "Printing last month's invoice",
        "Open the customer's bill, choose Print. Invoices older than a year are printed by the billing department.",
        category="billing",
        queue="billing",
    ),
    article(
        "KB-0013",
        "Router settings for Wi-Fi 6",
        "Choose channel 36 in the router settings. See KB-0002 when the broadband itself is slow.",
        queue="broadband",
        product="ROUTER-AX",
    ),
    article(
        "KB-0014",
        "Refund of a cancelled subscription",
        "A subscription cancelled within 14 days is refunded in full. Refunds reach the account in five days.",
        category="billing",
        queue="billing",
    ),
)


class StoredArticles:
    def __init__(self, articles: Iterable[Article]) -> None:
        self.rows = {one.id: one for one in articles}
        self.fetched: list[Collection[ArticleId]] = []

    def versions(self) -> dict[ArticleId, int]:
        return {id_: row.version for id_, row in self.rows.items()}

    def versions_of(self, ids: Collection[ArticleId]) -> dict[ArticleId, int]:
        return {id_: self.rows[id_].version for id_ in ids if id_ in self.rows}

    def fetch(self, ids: Collection[ArticleId]) -> list[Article]:
        self.fetched.append(ids)
        return [self.rows[id_] for id_ in ids if id_ in self.rows]

    def containing(self, words: Sequence[str], limit: int) -> list[ArticleId]:
        worth = {
            id_: sum(word in f"{row.title} {row.body}".lower() for word in words) for id_, row in self.rows.items()
        }
        return sorted((id_ for id_ in worth if worth[id_]), key=lambda id_: -worth[id_])[:limit]


class Shelf:
    def __init__(self, index: bytes | None = None) -> None:
        self.index = index

    def load(self) -> bytes | None:
        return self.index

    def keep(self, index: bytes) -> None:
        self.index = index


def base_of(
    stored: StoredArticles,
    shelf: Shelf | None = None,
    builder: Builder | None = None,
    clock: SetClock | None = None,
    synonyms: Sequence[Sequence[str]] = (),
) -> KnowledgeBase:
    return KnowledgeBase(stored, clock or SetClock(), shelf, builder, lambda: synonyms)


@pytest.fixture
def stored() -> StoredArticles:
    return StoredArticles(ARTICLES)


@pytest.fixture
def base(stored: StoredArticles) -> KnowledgeBase:
    return base_of(stored)
