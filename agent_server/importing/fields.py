"""What can be imported: for each noun its fields, the headings they are known by, and how their cells are read."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from agent_model.customer import Tier
from agent_model.customer_form import OPEN, CustomField
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_server.importing import cells
from agent_server.importing.cells import Read

OURS: Final = ("导入行号 import row", "导入列 import column", "导入错误 import error")
"""Headings that a file of errors adds; they are no one's data."""


@dataclass(frozen=True, slots=True)
class Field:
    """`names` are headings beside its own name, with | between them. `is_needed`: no row goes without. `may_repeat`:
    several columns may say it. `empty` is what an empty cell says."""

    name: str
    read: Read
    names: str
    is_needed: bool = False
    may_repeat: bool = False
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A noun that tables are imported into; `entity` is its name in the house, `own` what the site made for it."""

    name: str
    entity: str
    fields: Mapping[str, Field]
    own: tuple[CustomField, ...] = ()

    def field_of(self, heading: str) -> str | None:
        """The field a heading means."""
        return _HEADINGS[self.name].get(folded(heading)) or self._own_headings.get(folded(heading)) or None

    @property
    def _own_headings(self) -> Mapping[str, str]:
        """What two of them are called means neither."""
        found: dict[str, str] = {}
        for field in self.own:
            for name in {folded(said) for said in (field.name, OPEN + field.key, field.label.zh, field.label.en)}:
                found[name] = "" if name in found else field.name
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return kind_with, (self.name, self.own)


def kind_with(name: str, own: tuple[CustomField, ...]) -> Kind:
    """The kind, with the fields that the site made for it."""
    kind = KINDS[name]
    read = {field.name: Field(field.name, partial(cells.own, field), "") for field in own}
    return Kind(name, kind.entity, {**kind.fields, **read}, own)


def folded(heading: str) -> str:
    """Without what does not matter: case, width, spaces, underscores, marks of a needed column."""
    return re.sub(r"[\s_\-*:.#/]", "", unicodedata.normalize("NFKC", heading).casefold())


def _kind(name: str, entity: str, *fields: Field) -> Kind:
    return Kind(name, entity, {field.name: field for field in fields})


TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    TicketType.INQUIRY: ("咨询", "业务咨询", "查询"),
    TicketType.REQUEST: ("业务办理", "办理", "service request"),
    TicketType.FAULT: ("故障", "故障申告", "报障", "报修", "incident"),
    TicketType.COMPLAINT: ("投诉",),
    TicketType.SUPPORT: ("技术支持", "technical support"),
    TicketType.APPOINTMENT: ("预约",),
    TicketType.SUGGESTION: ("建议",),
    TicketType.PRAISE: ("表扬",),
    TicketType.LEAD: ("商机", "销售线索", "sales lead"),
    TicketType.CHANGE: ("客户资料更新", "资料变更", "资料更新"),
}
STATUSES: Final[Mapping[str, tuple[str, ...]]] = {
    TicketStatus.NEW: ("新建", "待处理", "未处理", "open"),
    TicketStatus.IN_PROGRESS: ("处理中", "进行中", "已受理", "in progress"),
    TicketStatus.WAITING_CUSTOMER: ("等待客户", "待客户回复", "待客户确认", "waiting for customer", "pending"),
    TicketStatus.RESOLVED: ("已解决", "已处理", "已办结", "done"),
    TicketStatus.CLOSED: ("已关闭", "关闭", "已归档"),
}
PRIORITIES: Final[Mapping[str, tuple[str, ...]]] = {
    Priority.LOW: ("低",),
    Priority.NORMAL: ("普通", "一般", "中", "正常", "medium"),
    Priority.HIGH: ("高",),
    Priority.URGENT: ("紧急", "特急", "critical"),
}
TIERS: Final[Mapping[str, tuple[str, ...]]] = {
    Tier.STANDARD: ("普通", "标准", "普卡", "普通客户"),
    Tier.SILVER: ("银", "银卡", "银卡客户"),
    Tier.GOLD: ("金", "金卡", "金卡客户"),
    Tier.DIAMOND: ("钻石", "钻石卡", "钻石客户"),
}

CUSTOMERS: Final = _kind(
    "customers",
    "customer",
    Field(
        "id",
        cells.row_id,
        "客户编号|客户号|客户ID|编号|外部编号|会员号|customer id|customer no|customer number|external id|client id",
        is_needed=True,
        empty="",
    ),
    Field(
        "name",
        cells.line,
        "姓名|客户姓名|客户名称|名称|full name|customer name|customer",
        is_needed=True,
        empty="",
    ),
    Field(
        "segment",
        cells.among("segment"),
        "客群|客户群|客户分群|客户类别|客户类型|customer segment|customer group",
        is_needed=True,
    ),
    Field(
        "phones",
        cells.phones,
        "手机|手机号|手机号码|移动电话|电话|电话号码|联系电话|联系方式|固话|固定电话|座机|家庭电话|"
        "办公电话|备用电话|其他电话|电话1|电话2|电话3|手机1|手机2|手机3|phone|phone number|mobile|"
        "mobile phone|mobile number|cell|cell phone|tel|telephone|landline|home phone|work phone|"
        "other phone|phone 1|phone 2|phone 3",
        may_repeat=True,
        empty=(),
    ),
    Field(
        "tier",
        cells.one_of(TIERS),
        "等级|级别|客户等级|客户级别|会员等级|level|grade|customer tier",
        empty=Tier.STANDARD.value,
    ),
    Field(
        "company",
        cells.optional_line,
        "公司|公司名称|单位|单位名称|工作单位|organisation|organization|employer|company name",
    ),
    Field(
        "email",
        cells.email,
        "邮箱|电子邮箱|电子邮件|邮件|mail|email address",
    ),
    Field(
        "tags",
        cells.words,
        "标签|客户标签|tag|labels",
        may_repeat=True,
        empty=(),
    ),
    Field(
        "language",
        cells.language,
        "语言|语种|preferred language",
        empty="zh-CN",
    ),
    Field(
        "region",
        cells.optional_line,
        "地区|区域|省市|城市|所在地|所在地区|city|province",
    ),
    Field(
        "is_verified",
        cells.yes_or_no,
        "已核实|已实名|是否实名|实名|是否核实|verified",
        empty=False,
    ),
    Field(
        "since",
        cells.day,
        "开户日期|入网日期|注册日期|注册时间|成为客户日期|客户日期|customer since|since date|joined|registered",
    ),
    Field(
        "value",
        cells.yuan,
        "年消费|年消费金额|消费金额|消费金额(元)|年消费(元)|客户价值|annual value|spend|revenue",
        empty=0,
    ),
    Field(
        "value_fen",
        cells.fen,
        "消费金额(分)|年消费(分)",
        empty=0,
    ),
    Field(
        "id_number",
        cells.id_number,
        "身份证|身份证号|身份证号码|证件号|证件号码|id card|identity number",
    ),
    Field(
        "note",
        cells.optional,
        "备注|说明|notes|remark|remarks|comment|comments",
    ),
)
TICKETS: Final = _kind(
    "tickets",
    "ticket",
    Field(
        "id",
        cells.row_id,
        "工单编号|工单号|工单ID|编号|外部编号|ticket id|ticket no|ticket number|external id|case id",
        is_needed=True,
        empty="",
    ),
    Field(
        "subject",
        cells.text,
        "主题|标题|工单标题|工单主题|title|summary",
        is_needed=True,
        empty="",
    ),
    Field(
        "category",
        cells.among("ticket_category"),
        "分类|类别|工单分类|业务分类|业务类别",
        is_needed=True,
    ),
    Field(
        "type",
        cells.one_of(TYPES),
        "类型|工单类型|业务类型|ticket type",
    ),
    Field(
        "customer",
        cells.row_id,
        "客户编号|客户号|客户ID|customer id|customer no|customer number",
        empty="",
    ),
    Field(
        "customer_phone",
        cells.phones,
        "客户电话|来电号码|联系电话|手机|手机号|电话|phone|customer phone|mobile|caller",
        empty=(),
    ),
    Field(
        "priority",
        cells.one_of(PRIORITIES),
        "优先级|紧急程度",
        empty=Priority.NORMAL.value,
    ),
    Field(
        "status",
        cells.one_of(STATUSES),
        "状态|工单状态|state",
        empty=TicketStatus.NEW.value,
    ),
    Field(
        "description",
        cells.text,
        "描述|内容|详情|问题描述|工单内容|details|body",
        empty="",
    ),
    Field(
        "queue",
        cells.among("queue"),
        "队列|技能组|受理组",
    ),
    Field(
        "department",
        cells.among("department"),
        "部门|责任部门|处理部门",
    ),
    Field(
        "created_at",
        cells.moment,
        "创建时间|受理时间|提交时间|创建日期|created|opened|opened at",
    ),
    Field(
        "created_by",
        cells.among("agent"),
        "创建人|受理人|受理坐席|创建坐席|creator|opened by",
    ),
    Field(
        "owner",
        cells.among("agent"),
        "处理人|负责人|经办人|assignee|assigned to",
    ),
    Field(
        "due_at",
        cells.moment,
        "截止时间|到期时间|承诺时限|要求完成时间|due|due date|deadline",
    ),
)
PRODUCTS: Final = _kind(
    "products",
    "product",
    Field(
        "id",
        cells.row_id,
        "产品编号|产品编码|产品代码|编号|编码|product id|product code|sku|code|external id",
        is_needed=True,
        empty="",
    ),
    Field(
        "name",
        cells.text,
        "产品名称|名称|产品|中文名称|product name|product|name zh",
        is_needed=True,
        empty="",
    ),
    Field(
        "name_en",
        cells.text,
        "英文名称|英文名|english name",
        empty="",
    ),
    Field(
        "line",
        cells.text,
        "产品线|业务线|类别|product line|category",
        is_needed=True,
        empty="",
    ),
    Field(
        "monthly",
        cells.yuan,
        "月费|月租|价格|月费(元)|资费|price|monthly fee|monthly price",
        empty=0,
    ),
    Field(
        "monthly_fen",
        cells.fen,
        "月费(分)",
        empty=0,
    ),
)
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in (CUSTOMERS, TICKETS, PRODUCTS)}


def _headings(kind: Kind) -> dict[str, str]:
    """Every heading that means a field. What means two would mean nothing for sure."""
    found: dict[str, str] = {}
    for field in kind.fields.values():
        for name in (field.name, *field.names.split("|")):
            if found.setdefault(folded(name), field.name) != field.name:
                raise ValueError(name)
    return found


_HEADINGS: Final = {kind.name: _headings(kind) for kind in KINDS.values()}


def understood(kind: Kind, headings: Sequence[Any]) -> int:
    """How many of some cells are headings that are known."""
    return sum(isinstance(cell, str) and kind.field_of(cell) is not None for cell in headings)
