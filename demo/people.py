"""The demo company's customers: made from a seed, the same on every machine, with a history that fits them."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_model.moment import to_text
from agent_model.wire import Row, row_to_plain
from demo import company
from demo.scenes import SCENES, Scene

TODAY = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢傅钟姜"
    "崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲健鹏飞宇轩子涵欣怡梓晨浩然思远雨桐佳琪俊熙诗婷嘉豪雅琴"
    "梦瑶志文博晓峰海燕建国春梅庆淑贞永康曦若兰启航安"
)
ENGLISH = "Oliver Amelia Jack Sophie Harry Emily Thomas Grace Maria Lucas Anna Felix Nina Paul Laura Marco Elena David"
FAMILY = "Smith Johnson Brown Taylor Lopez Müller Schneider Rossi Dubois Novak Kowalski Silva Tanaka Kim Nguyen Patel"
PLACES = {
    "浙江": ("杭州", "宁波", "温州", "嘉兴", "绍兴"),
    "江苏": ("南京", "苏州", "无锡", "南通"),
    "上海": ("上海",),
    "安徽": ("合肥", "芜湖"),
    "福建": ("福州", "厦门", "泉州"),
}
AREA_CODES = {
    "杭州": "571",
    "宁波": "574",
    "温州": "577",
    "嘉兴": "573",
    "绍兴": "575",
    "南京": "25",
    "苏州": "512",
    "无锡": "510",
    "南通": "513",
    "上海": "21",
    "合肥": "551",
    "芜湖": "553",
    "福州": "591",
    "厦门": "592",
    "泉州": "595",
}
TRADES = (
    "科技",
    "贸易",
    "网络",
    "物流",
    "建材",
    "餐饮",
    "医疗器械",
    "文化传媒",
    "电子商务",
    "机械",
    "纺织",
    "教育咨询",
)
BRANDS = (
    "云岚",
    "鼎新",
    "启明",
    "恒泰",
    "远帆",
    "盛源",
    "锦程",
    "华创",
    "汇丰达",
    "蓝湾",
    "天工",
    "佳禾",
    "博瑞",
    "中晟",
    "九州",
)
MOBILE = (
    "130",
    "131",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "157",
    "158",
    "159",
    "176",
    "182",
    "186",
    "188",
    "199",
)
MOST_TICKETS = 10
"""Their numbers end in one digit."""
_SOLD = {product["id"]: product for product in company.facts()["product"]}


@dataclass(frozen=True, slots=True)
class Person:
    """One customer with everything that happened: rows as the server would send them, version 1."""

    customer: Row
    contacts: tuple[Row, ...]
    tickets: tuple[Row, ...]
    follow_ups: tuple[Row, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """One line of customers.jsonl, as `agent-server import` reads it."""
        return {
            "customer": row_to_plain(self.customer),
            "contacts": [row_to_plain(row) for row in self.contacts],
            "tickets": [row_to_plain(row) for row in self.tickets],
            "follow_ups": [row_to_plain(row) for row in self.follow_ups],
        }


def people(count: int, seed: int = 7, contacts_each: int = 8, today: datetime = TODAY) -> Iterator[Person]:
    """`count` customers, about a fifth of them businesses, with `contacts_each` contacts on average in 24 months."""
    agents = [agent["login"] for agent in company.agents()]
    for number in range(1, count + 1):
        yield _Maker(random.Random(f"{seed}:{number}"), number, today, agents, contacts_each).person()  # noqa: S311


class _Maker:
    """Makes one customer. `chance` is theirs alone, so that any customer can be made without the others."""

    def __init__(
        self, chance: random.Random, number: int, today: datetime, agents: Sequence[str], contacts_each: int
    ) -> None:
        self._chance = chance
        self._number = number
        self._today = today
        self._agents = agents
        self._contacts_each = contacts_each
        self._id = f"C-{number:07d}"
        self._is_business = chance.random() < 0.2
        self._speaks = "en" if chance.random() < (0.1 if self._is_business else 0.05) else "zh-CN"

    def person(self) -> Person:
        products = self._products()
        since = self._today - timedelta(days=self._chance.randint(40, 3600))
        scenes = self._scenes()
        contacts, tickets = self._history(scenes, since, products)
        ratings = [row.body["rating"] for row in contacts if row.body["rating"]]
        value = sum(self._yearly_fen(product, since) for product in products)
        region = self._chance.choice(list(PLACES))
        city = self._chance.choice(PLACES[region])
        name = self._name()
        organisation = self._organisation(city) if self._is_business else None
        body: dict[str, Any] = {
            "segment": "business" if self._is_business else "home",
            "name": name,
            "phones": self._phones(city),
            "tier": self._tier(value, since, products),
            "company": organisation,
            "email": self._email(name) if self._chance.random() < 0.7 else None,
            "tags": self._tags(tickets),
            "language": self._speaks,
            "region": f"{region} · {city}" if region != city else city,
            "is_verified": self._chance.random() < 0.8,
            "since": since.date().isoformat(),
            "value_fen": value,
            "satisfaction": round(sum(ratings) / len(ratings), 1) if ratings else None,
            "ratings": len(ratings),
            "products": products,
            "notes": self._notes(),
        }
        return Person(Row("customer", self._id, 1, body), contacts, tickets)

    def _name(self) -> str:
        if self._speaks == "en":
            return f"{self._chance.choice(ENGLISH.split())} {self._chance.choice(FAMILY.split())}"
        given = self._chance.choice(GIVEN) + (self._chance.choice(GIVEN) if self._chance.random() < 0.75 else "")
        return self._chance.choice(SURNAMES) + given

    def _organisation(self, city: str) -> str:
        return f"{city}{self._chance.choice(BRANDS)}{self._chance.choice(TRADES)}有限公司"

    def _phones(self, city: str) -> list[str]:
        """A number that no other demo customer has: its last digits come from the customer's own number."""
        tail = f"{(self._number * 7_654_321 + 1_234_567) % 100_000_000:08d}"
        numbers = [f"+86{MOBILE[self._number % len(MOBILE)]}{tail}"]
        if self._is_business or self._chance.random() < 0.15:
            numbers.append(f"+86{AREA_CODES[city]}8{tail[1:]}")
        return numbers

    def _email(self, name: str) -> str:
        letters = "".join(sign for sign in name.lower() if "a" <= sign <= "z") or f"user{self._number}"
        return f"{letters}{self._number % 1000}@mail.example"

    def _products(self) -> list[dict[str, Any]]:
        if self._is_business:
            chosen = self._chance.sample(company.products("business"), self._chance.randint(1, 3))
        else:
            chosen = [self._chance.choice([p for p in company.products("home") if p["id"].startswith("home-")])]
            chosen += [
                p for p in company.products("home") if p["id"] in ("tv", "security-cam") and self._chance.random() < 0.3
            ]
            if self._chance.random() < 0.5:
                chosen.append(self._chance.choice(company.products("mobile")))
        return [self._owned(product) for product in chosen]

    def _owned(self, product: Mapping[str, Any]) -> dict[str, Any]:
        ends = self._today.date() + timedelta(days=self._chance.randint(-20, 700))
        status, remaining = "active", None
        if product["id"] == "sms-100k":
            remaining = self._chance.randint(400, 90_000)
            status = "low" if remaining < 2000 else "active"
        elif ends < self._today.date():
            status = "ended"
        elif ends < self._today.date() + timedelta(days=45):
            status = "ending"
        elif self._chance.random() < 0.03:
            status = "paused"
        return {
            "product": product["id"],
            "name": product["name"]["en" if self._speaks == "en" else "zh"],
            "status": status,
            "until": ends.isoformat(),
            "remaining": remaining,
            "quantity": self._chance.choice((1, 1, 1, 2, 4)) if product["id"].startswith(("cloud", "pbx")) else 1,
        }

    def _yearly_fen(self, owned: Mapping[str, Any], since: datetime) -> int:
        product = _SOLD[owned["product"]]
        months = min(12, max(1, (self._today - since).days // 30))
        return int((product["monthly_fen"] * months + product["facts"].get("price_fen", 0)) * owned["quantity"])

    def _tier(self, value_fen: int, since: datetime, products: Sequence[Mapping[str, Any]]) -> str:
        lines = sum(1 for product in products if product["product"].startswith("line-"))
        if value_fen >= 1_000_000 or lines >= 10:
            return "diamond"
        if value_fen >= 300_000:
            return "gold"
        if value_fen >= 100_000 and (self._today - since).days > 365:
            return "silver"
        return "standard"

    def _tags(self, tickets: Sequence[Row]) -> list[str]:
        english = self._speaks == "en"
        tags = []
        if any(row.body["type"] == "complaint" for row in tickets):
            tags.append("Complaint-sensitive" if english else "投诉敏感")
        if self._chance.random() < 0.06:
            tags.append("Contract ends soon" if english else "合约将到期")
        if self._chance.random() < 0.05:
            tags.append("Prefers e-mail" if english else "偏好邮件")
        return tags

    def _notes(self) -> list[dict[str, Any]]:
        if self._chance.random() > 0.25:
            return []
        chinese = (
            "发票问题优先转财务组；客户偏好工作日上午回电。",
            "家中有老人，请放慢语速。",
            "联系人变更为行政张女士，分机 806。",
            "客户为长期合作伙伴，报价前先联系客户经理。",
            "方言为主，可转会温州话的同事。",
        )
        english = (
            "Prefers calls back on weekday mornings.",
            "Speaks English only; passport registered.",
            "New contact is Ms Zhang in administration, extension 806.",
            "Talk to the account manager before quoting.",
        )
        at = self._today - timedelta(days=self._chance.randint(3, 200), minutes=self._chance.randint(0, 1400))
        text = self._chance.choice(english if self._speaks == "en" else chinese)
        return [{"text": text, "author": self._chance.choice(self._agents), "at": to_text(at)}]

    def _scenes(self) -> list[Scene]:
        lines = ("business", "any") if self._is_business else ("home", "mobile", "any")
        fitting = [scene for scene in SCENES if scene.line in lines]
        return self._chance.sample(fitting, min(len(fitting), 3))

    def _history(
        self, scenes: Sequence[Scene], since: datetime, products: Sequence[Mapping[str, Any]]
    ) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        contacts: list[Row] = []
        tickets: list[Row] = []
        wanted = self._chance.randint(1, max(1, 2 * self._contacts_each - 1))
        days = max(2, min(720, (self._today - since).days))
        while len(contacts) < wanted:
            at = self._today - timedelta(days=days * self._chance.random() ** 1.6, minutes=self._chance.randint(5, 600))
            at = max(at, since)
            if self._chance.random() < 0.12:
                contacts.append(self._order(len(contacts), at, self._chance.choice(products)))
                continue
            scene = self._chance.choice(scenes)
            call = self._contact(len(contacts), scene, at)
            contacts.append(call)
            if self._chance.random() < scene.chance_of_ticket / 2 and len(tickets) < MOST_TICKETS:
                tickets.append(self._ticket(len(tickets), scene, at, call.body["call_ref"]))
            if self._chance.random() < 0.25:
                contacts.append(self._survey(len(contacts), at + timedelta(minutes=9)))
        return tuple(contacts), tuple(tickets)

    def _order(self, index: int, at: datetime, owned: Mapping[str, Any]) -> Row:
        sold = _SOLD[owned["product"]]
        months = int(sold["facts"].get("contract_months", 12))
        amount = (sold["monthly_fen"] * months + sold["facts"].get("price_fen", 0)) * owned["quantity"]
        english = f"Contract of {months} months." if sold["monthly_fen"] else "Bought once, valid for 12 months."
        chinese = f"合同期 {months} 个月。" if sold["monthly_fen"] else "一次性购买，有效期 12 个月。"
        body = {
            "customer_id": self._id, "kind": "order", "at": to_text(at), "title": owned["name"],
            "text": english if self._speaks == "en" else chinese, "agent": self._chance.choice(self._agents),
            "queue": None, "wrap_up_code": None, "duration_s": None, "amount_fen": amount, "rating": None,
            "call_ref": None,
        }  # fmt: skip
        return Row("contact", f"K-{self._number:07d}-{index:03d}", 1, body)

    def _words(self, words: Any) -> str:
        return str(words.in_language(self._speaks))

    def _contact(self, index: int, scene: Scene, at: datetime) -> Row:
        category = company.category(scene.category)
        kind = self._chance.choices(
            ("call_in", "call_out", "email", "chat", "call_missed", "sms"), (60, 12, 12, 8, 4, 4)
        )[0]
        is_call = kind in ("call_in", "call_out")
        body = {
            "customer_id": self._id,
            "kind": kind,
            "at": to_text(at),
            "title": self._words(scene.subject),
            "text": self._words(self._chance.choice(scene.told)),
            "agent": self._chance.choice(self._agents),
            "queue": category["queue"],
            "wrap_up_code": scene.wrap_up if is_call else None,
            "duration_s": self._chance.randint(45, 900) if is_call else None,
            "amount_fen": None,
            "rating": None,
            "call_ref": f"R-{self._number}-{index}" if is_call else None,
        }
        return Row("contact", f"K-{self._number:07d}-{index:03d}", 1, body)

    def _survey(self, index: int, at: datetime) -> Row:
        rating = self._chance.choices((5, 4, 3, 2, 1), (52, 28, 10, 6, 4))[0]
        chinese = {
            5: "处理很快，态度好。",
            4: "问题解决了，等待稍久。",
            3: "一般。",
            2: "打了两次才解决。",
            1: "没有解决我的问题。",
        }
        english = {
            5: "Quick and friendly.",
            4: "Solved, though I had to wait.",
            3: "It was all right.",
            2: "Had to call twice.",
            1: "My problem is not solved.",
        }
        said = (english if self._speaks == "en" else chinese)[rating]
        body = {
            "customer_id": self._id, "kind": "survey", "at": to_text(at), "text": said, "agent": None, "queue": None,
            "title": "",
            "wrap_up_code": None, "duration_s": None, "amount_fen": None, "rating": rating, "call_ref": None,
        }  # fmt: skip
        return Row("contact", f"K-{self._number:07d}-{index:03d}", 1, body)

    def _source(self, at: datetime) -> dict[str, Any]:
        """By which door a complaint came in: of every fourth of these people by the city's."""
        is_sent = self._number % 4 == 0
        case = f"HZ-{at.year}-{self._number:05d}" if is_sent else ""
        return {"source": "12345" if is_sent else "call", "case_number": case, "received_at": to_text(at)}

    def _ticket(self, index: int, scene: Scene, at: datetime, call_ref: str | None) -> Row:
        category = company.category(scene.category)
        age = self._today - at
        is_old = age > timedelta(days=5)
        status = self._chance.choices(
            ("closed", "resolved", "in_progress", "waiting_customer", "new"),
            (80, 14, 3, 3, 0) if is_old else (10, 25, 35, 15, 15),
        )[0]
        touched = min(self._today, at + timedelta(hours=self._chance.randint(1, 70)))
        due = at + timedelta(hours=48 if category["type"] == "complaint" else 24 + 24 * self._chance.randint(0, 4))
        if is_old and status in ("in_progress", "waiting_customer"):
            due = self._today + timedelta(minutes=self._chance.randint(-600, 6_000))
        body = {
            "number": f"TK-{100_000 + self._number * 10 + index}",
            "customer_id": self._id,
            "segment": "business" if self._is_business else "home",
            "subject": self._words(scene.subject),
            "type": category["type"],
            "category": category["id"],
            "priority": self._chance.choices(("low", "normal", "high", "urgent"), (15, 60, 20, 5))[0],
            "status": status,
            "description": self._words(scene.text),
            "queue": category["queue"],
            "department": category["department"],
            "created_at": to_text(at),
            "created_by": self._chance.choice(self._agents),
            "owner": self._chance.choice(self._agents),
            "due_at": to_text(due),
            "updated_at": to_text(touched),
            "call_ref": call_ref,
            "received_from": self._source(at) if category["type"] == "complaint" else None,
        }
        return Row("ticket", f"T-{self._number:07d}-{index:03d}", 1, body)
