"""The two customers who call in the demo: written by hand, with the history an agent would really find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from agent_model.moment import to_text
from agent_model.wire import Row
from demo import company
from demo.people import Person

CHEN_NUMBER = "+8618938816721"
LOPEZ_NUMBER = "+8613360010426"
"""Of ranges that `people` never uses, so that nobody else in the demo has them."""


@dataclass(frozen=True, slots=True)
class Regular:
    """Someone who calls in the demo, and what the exchange sends along with their call."""

    person: Person
    queue: str
    ivr_path: str
    called_number: str
    says: str
    language: str

    @property
    def id(self) -> str:
        return self.person.customer.id

    @property
    def name(self) -> str:
        return str(self.person.customer.body["name"])

    @property
    def number(self) -> str:
        return str(self.person.customer.body["phones"][0])

    def headers(self, call_ref: str) -> dict[str, str]:
        return {
            "X-Queue": self.queue,
            "X-IVR-Path": self.ivr_path,
            "X-Called-Number": self.called_number,
            "X-Call-Ref": call_ref,
        }


def regulars(today: datetime, last_number: int) -> tuple[Regular, Regular]:
    """Chen Siyuan and Maria Lopez. They take `last_number` and the number before it, so `people` must leave them."""
    return _chen(_Writer(last_number, "business", today)), _lopez(_Writer(last_number - 1, "home", today))


@dataclass(slots=True)
class _Writer:
    """Writes one customer's rows, moments as time before `today`."""

    number: int
    segment: str
    today: datetime
    contacts: list[Row] = field(default_factory=list)
    tickets: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"C-{self.number:07d}"

    def moment(self, ago: timedelta) -> str:
        return to_text(self.today - ago)

    def contact(self, kind: str, ago: timedelta, title: str, text: str, **facts: Any) -> None:
        body: dict[str, Any] = {
            "customer_id": self.id, "kind": kind, "at": self.moment(ago), "title": title, "text": text,
            "agent": None, "queue": None, "wrap_up_code": None, "duration_s": None, "amount_fen": None,
            "rating": None, "call_ref": None,
        }  # fmt: skip
        row_id = f"K-{self.number:07d}-{len(self.contacts):03d}"
        self.contacts.append(Row("contact", row_id, 1, {**body, **facts}))

    def ticket(self, ago: timedelta, due_in: timedelta, subject: str, text: str, **facts: Any) -> None:
        category = company.category(facts.pop("category"))
        body: dict[str, Any] = {
            "number": f"TK-{100_000 + self.number * 10 + len(self.tickets)}",
            "customer_id": self.id,
            "segment": self.segment,
            "subject": subject,
            "type": category["type"],
            "category": category["id"],
            "priority": "normal",
            "status": "closed",
            "description": text,
            "queue": category["queue"],
            "department": category["department"],
            "created_at": self.moment(ago),
            "created_by": "wang.qiang",
            "owner": "zhou.min",
            "due_at": self.moment(-due_in),
            "updated_at": self.moment(ago),
            "call_ref": None,
        }
        row_id = f"T-{self.number:07d}-{len(self.tickets):03d}"
        self.tickets.append(Row("ticket", row_id, 1, {**body, **facts}))

    def follow_up(self, due_in: timedelta, kind: str, purpose: str, **facts: Any) -> None:
        body: dict[str, Any] = {
            "kind": kind, "purpose": purpose, "due_at": self.moment(-due_in), "created_at": self.moment(_days(1)),
            "created_by": "wang.qiang", "zone": "Asia/Shanghai", "team": "home",
        }  # fmt: skip
        row_id = f"F-{self.number:07d}-{len(self.follow_ups):03d}"
        self.follow_ups.append(Row("follow_up", row_id, 1, {**body, **facts}))

    def product(self, product_id: str, days: int, status: str = "active", **facts: Any) -> dict[str, Any]:
        sold = next(product for product in company.facts()["product"] if product["id"] == product_id)
        english = facts.pop("english", False)
        return {
            "product": product_id,
            "name": sold["name"]["en" if english else "zh"],
            "status": status,
            "until": (self.today + timedelta(days=days)).date().isoformat(),
            "remaining": None,
            "quantity": 1,
            **facts,
        }

    def person(self, body: Mapping[str, Any]) -> Person:
        customer = Row("customer", self.id, 1, {"segment": self.segment, **body})
        return Person(customer, tuple(self.contacts), tuple(self.tickets), tuple(self.follow_ups))


def _days(days: float, hours: float = 0) -> timedelta:
    return timedelta(days=days, hours=hours)


def _chen(writer: _Writer) -> Regular:
    writer.follow_up(_days(0, 6), "return_visit", "专线夜间丢包是否已恢复", owner="lin.yue")
    writer.contact(
        "email", _days(1, 5), "电子发票重新开具", "客户附上新的开票信息，抬头为“杭州云岚科技有限公司”。",
        agent="zhou.min", queue="billing",
    )  # fmt: skip
    writer.contact(
        "call_in", _days(2, 4), "电子发票抬头修改", "咨询跨月发票如何改抬头，已说明需财务红冲。",
        agent="zhao.min", queue="billing", wrap_up_code="handled", duration_s=318, call_ref="R-CHEN-1",
    )  # fmt: skip
    writer.contact("survey", _days(2, 3.8), "", "处理很快，下次希望能直接在 App 里改。", rating=5)
    writer.contact(
        "call_out", _days(5, 2), "专线丢包回访", "确认夜间丢包已恢复，客户要求书面故障报告。",
        agent="he.jun", queue="vip", wrap_up_code="callback", duration_s=372, call_ref="R-CHEN-2",
    )  # fmt: skip
    writer.contact(
        "chat", _days(8, 1), "短信包余量", "客户询问短信包剩余条数与续购价格。", agent="xu.jing", queue="billing"
    )
    writer.contact(
        "order", _days(19, 6), "企业专线 500M 续费", "合同期 24 个月，客户经理何俊。", agent="he.jun",
        amount_fen=3_600_000,
    )  # fmt: skip
    writer.contact("order", _days(47, 3), "短信包 10 万条", "线上下单，次日到账。", agent="he.jun", amount_fen=450_000)
    writer.contact(
        "visit", _days(62, 2), "专线割接上门", "工程师到场 40 分钟完成割接，业务中断 6 分钟。", agent="sun.lei"
    )
    writer.contact("survey", _days(61, 8), "", "工程师很专业。", rating=5)
    writer.contact(
        "order", _days(118, 4), "云主机 8C16G × 2", "新增两台，用于订单系统。", agent="he.jun", amount_fen=1_248_000
    )
    writer.contact(
        "call_in", _days(140, 5), "投诉：拆机后仍被扣费", "核实旧专线拆机单未归档，已转财务退费。",
        agent="wang.qiang", queue="billing", wrap_up_code="complaint", duration_s=611, call_ref="R-CHEN-3",
    )  # fmt: skip
    writer.contact("survey", _days(139), "", "打了两次才解决。", rating=3)
    writer.contact("order", _days(392), "企业专线 500M", "新装，含 5 个固定 IP。", agent="he.jun", amount_fen=3_600_000)
    writer.ticket(
        _days(2, 4), timedelta(minutes=52), "10 月发票抬头变更",
        "财务组周敏：已提交红冲申请，预计 1 个工作日内完成，等待客户补充营业执照。",
        category="billing/invoice/title", status="in_progress", priority="high", updated_at=writer.moment(_days(1, 3)),
    )  # fmt: skip
    writer.ticket(
        _days(6), _days(1, 3), "专线夜间丢包",
        "凌晨 1 点至 3 点丢包约 4%，客户提供 MTR 截图；已定位到接入交换机，等待客户确认窗口。",
        category="fault/line", status="waiting_customer", owner="luo.tao", updated_at=writer.moment(_days(4, 6)),
    )  # fmt: skip
    writer.ticket(
        _days(140, 5), -_days(138), "投诉：拆机后仍被扣费", "旧专线上月已拆，仍扣月费，要求退款并说明原因。",
        category="complaint/billing", updated_at=writer.moment(_days(138)),
    )  # fmt: skip
    return Regular(
        writer.person(
            {
                "name": "陈思远",
                "phones": [CHEN_NUMBER, "+8657188126721"],
                "tier": "diamond",
                "company": "杭州云岚科技有限公司",
                "custom.source": "web",
                "custom.contract_no": "HL-2024-0183",
                "custom.renewal": "2026-12-31",
                "private.tax_id": "91330106MA2B0X8K7Q",
                "email": "chen.siyuan@yunlan.example",
                "tags": ["投诉敏感", "合约将到期"],
                "language": "zh-CN",
                "region": "浙江 · 杭州",
                "is_verified": True,
                "since": (writer.today - timedelta(days=1_920)).date().isoformat(),
                "value_fen": 12_840_000,
                "satisfaction": 4.6,
                "ratings": 12,
                "products": [
                    writer.product("line-500", 730),
                    writer.product("cloud-8c16g", 131, quantity=2),
                    writer.product("sms-100k", 318, "low", remaining=1_284),
                ],
                "notes": [
                    {
                        "text": "发票问题优先转财务组周敏；客户偏好工作日上午回电。",
                        "author": "he.jun",
                        "at": writer.moment(_days(19)),
                    }
                ],
            }
        ),
        queue="billing",
        ivr_path="账单 › 发票",
        called_number="4008100200",
        says="你好，我是云岚科技的陈思远。我们十月份的电子发票抬头开成了个人，麻烦帮我改成公司，谢谢。",
        language="zh-CN",
    )


def _lopez(writer: _Writer) -> Regular:
    writer.follow_up(_days(1, 2), "appointment", "Engineer visits; somebody is at home")
    writer.contact(
        "call_in", _days(3, 7), "HL-AX3000 drops 5 GHz", "Known issue of firmware 2.1.4; asked to wait for the update.",
        agent="emma.clarke", queue="support", wrap_up_code="callback", duration_s=426, call_ref="R-LOPEZ-1",
    )  # fmt: skip
    writer.contact("sms", _days(3, 6.9), "Link to the Wi-Fi guide", "Sent the guide for the two bands.")
    writer.contact("survey", _days(3, 6.5), "", "Friendly, but it still drops.", rating=4)
    writer.contact(
        "order", _days(33), "Broadband 1000M, autumn offer", "First year 129 yuan a month with Hailan TV.",
        agent="daniel.wood", amount_fen=154_800,
    )  # fmt: skip
    writer.contact("visit", _days(31, 4), "Installation", "Fibre and HL-AX3000 installed in 50 minutes.")
    writer.contact(
        "email", _days(58, 2), "Invoice in English", "Asked for a bilingual invoice for her employer.",
        agent="emma.clarke", queue="billing",
    )  # fmt: skip
    writer.ticket(
        _days(3, 7), _days(0, 20), "Wi-Fi 5 GHz drops every few hours",
        "HL-AX3000 on firmware 2.1.4. Update to 2.1.6 is due tonight, call back to see whether it helped.",
        category="fault/wifi", status="in_progress", created_by="emma.clarke", owner="emma.clarke",
    )  # fmt: skip
    return Regular(
        writer.person(
            {
                "name": "Maria Lopez",
                "phones": [LOPEZ_NUMBER],
                "tier": "silver",
                "company": None,
                "email": "maria.lopez@mail.example",
                "tags": [],
                "language": "en",
                "region": "Shanghai",
                "is_verified": True,
                "since": (writer.today - timedelta(days=800)).date().isoformat(),
                "value_fen": 214_600,
                "satisfaction": 4.2,
                "ratings": 5,
                "products": [
                    writer.product("home-1000", 334, english=True),
                    writer.product("tv", 334, english=True),
                    writer.product("mobile-99", 200, english=True),
                ],
                "notes": [
                    {
                        "text": "Speaks English only; passport registered.",
                        "author": "emma.clarke",
                        "at": writer.moment(_days(58)),
                    }
                ],
            }
        ),
        queue="support",
        ivr_path="Broadband › Wi-Fi",
        called_number="4008100200",
        says="Hello, this is Maria Lopez. My Wi-Fi keeps dropping in the evening, and the update did not help.",
        language="en",
    )
