"""One believable morning at a desk: the values that the gallery and the tests show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from agent_desktop.customers.profile import EntryKind, KeyFigures, Profile, Timeline, TimelineEntry
from agent_desktop.knowledge import pinyin
from agent_desktop.knowledge.hits import FromIvrPath, FromPastTicket, FromSubject, SearchHit, SearchResult, Suggestion
from agent_desktop.session import Seat
from agent_desktop.softphone.call import Call, CallEnd, CallId, CallState, Direction, EndReason, Recording
from agent_desktop.softphone.events import Lamp
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.history.rows import HistoryLine
from agent_desktop.ui.strip.call_strip import AfterCallFace, CallFace, FailedCall
from agent_desktop.ui.strip.shown_number import Showable
from agent_desktop.ui.strip.targets import Target, TargetKind
from agent_desktop.ui.window.left_list import CallLine, CallLineKind, DayFigures, ItemKind, OpenItem, QueueLine
from agent_desktop.ui.window.script_pane import Script
from agent_desktop.ui.window.speed_dial_rows import SpeedDialEntry
from agent_desktop.ui.window.state_button import BreakReason
from agent_desktop.wrap_up import Disposition, WrapUpDraft, dispositions_of
from agent_model.after_call import AfterCallMode, AfterCallPolicy, AfterCallWork
from agent_model.agent import Agent, AgentId, AgentState, QueueId, Role, StateEntry, TeamId
from agent_model.article import ArticleId
from agent_model.clock import TicketClocks
from agent_model.clock_policy import DEFAULT_POLICY
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.consent import Consent, ConsentChannel, ConsentHow, LegalHold
from agent_model.customer import (
    Contact,
    ContactKind,
    Customer,
    CustomerId,
    Note,
    OwnedProduct,
    ProductStatus,
    SegmentId,
    Tier,
)
from agent_model.organisation import WrapUpCode
from agent_model.phone_number import PhoneNumber
from agent_model.ticket import Priority, Ticket, TicketId, TicketStatus, TicketType
from agent_model.words import Words

NOW = datetime(2026, 11, 21, 2, 41, 42, tzinfo=UTC)
ME = Agent(
    AgentId("a-1001"),
    "lin.yue",
    Words("林悦", "Lin Yue"),
    Role.AGENT,
    "1001",
    TeamId("home"),
    (QueueId("support"), QueueId("billing"), QueueId("vip")),
)


def clock() -> datetime:
    return NOW


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


class Samples:
    """Everything in one language."""

    def __init__(self, language: str) -> None:
        self.is_chinese = language.startswith("zh")

    @property
    def language(self) -> str:
        return "zh-CN" if self.is_chinese else "en"

    def say(self, zh: str, en: str) -> str:
        return zh if self.is_chinese else en

    @property
    def directory(self) -> Directory:
        say = self.say
        return Directory(
            queues={
                "support": say("技术支持", "Technical Support"),
                "billing": say("账单咨询", "Billing"),
                "vip": say("VIP 专线", "VIP Line"),
            },
            departments={
                "finance": say("财务结算部", "Billing and Finance"),
                "care": say("客户服务部", "Customer Care"),
                "field": say("装维部", "Field Service"),
            },
            people={
                "a-1001": say("林悦", "Lin Yue"),
                "a-1003": say("王强", "Wang Qiang"),
                "a-1007": say("周敏", "Zhou Min"),
                "a-1010": say("何俊", "He Jun"),
            },
            categories=dict(self.categories),
            products={"line-500": say("企业专线 500M", "Business Leased Line 500M")},
            wrap_up_codes={code.id: code.name.in_language(self.language) for code in self.codes},
        )

    @property
    def categories(self) -> tuple[tuple[str, str], ...]:
        say = self.say
        return (
            ("billing/invoice/title", say("账单 › 发票 › 抬头变更", "Billing › Invoice › Change of title")),
            ("billing/invoice/resend", say("账单 › 发票 › 重新开具", "Billing › Invoice › Issue again")),
            ("billing/amount", say("账单 › 费用疑问", "Billing › Question about an amount")),
            ("fault/broadband/down", say("故障 › 宽带 › 无法上网", "Fault › Broadband › No service")),
            ("fault/line", say("故障 › 专线 › 丢包或中断", "Fault › Leased line › Loss or outage")),
            ("complaint/service", say("投诉 › 服务", "Complaint › Service")),
        )

    @property
    def codes(self) -> tuple[WrapUpCode, ...]:
        return (
            WrapUpCode("inquiry", Words("咨询", "Inquiry"), position=1),
            WrapUpCode("inquiry-bill", Words("账单", "Bills"), "inquiry"),
            WrapUpCode("answered", Words("咨询已解答", "Question answered"), "inquiry-bill", "101", 1),
            WrapUpCode(
                "invoice",
                Words("发票抬头变更已受理", "Change of invoice title taken on"),
                "inquiry-bill",
                "102",
                2,
                category="billing/invoice/title",
            ),
            WrapUpCode("request", Words("业务办理", "Request"), position=2),
            WrapUpCode("handled", Words("业务已办理", "Request handled"), "request", "201"),
            WrapUpCode("fault", Words("故障", "Fault"), position=3),
            WrapUpCode("fault-ticket", Words("故障已派单", "Fault passed on"), "fault", "302"),
            WrapUpCode("callback", Words("约定回电", "Call-back agreed"), None, "601", 4, calls_back=True),
        )

    @property
    def wrap_up(self) -> WrapUpDraft:
        note = self.say(
            "客户要求 10 月发票抬头改为公司，已核实身份，待补营业执照。",
            "Wants the October invoice in the company's name; identity checked, licence to follow.",
        )
        return WrapUpDraft("call-1", "C-1", note, "invoice", has_ticket=True)

    @property
    def over_time(self) -> AfterCallFace:
        policy = AfterCallPolicy(AfterCallMode.TIME_BOXED, 30, 2, needs_disposition=True)
        work = AfterCallWork(policy, ago(seconds=72), ago(seconds=12), extended=2)
        return AfterCallFace(work, NOW, self.say("陈思远", "Chen Siyuan"))

    @property
    def dispositions(self) -> tuple[Disposition, ...]:
        return dispositions_of(self.codes, self.language, pinyin.read)

    @property
    def breaks(self) -> tuple[BreakReason, ...]:
        say = self.say
        return (
            BreakReason("rest", say("小休", "Short break"), 900),
            BreakReason("meal", say("就餐", "Meal"), 2700),
            BreakReason("training", say("培训", "Training")),
        )

    def seat(self, state: AgentState, since: datetime, **more: object) -> Seat:
        entry = StateEntry(state, since, reason=more.get("reason"), until=more.get("until"))  # type: ignore[arg-type]
        return Seat(ME, entry, wanted=more.get("wanted"))  # type: ignore[arg-type]

    @property
    def queues(self) -> tuple[QueueLine, ...]:
        say = self.say
        return (
            QueueLine(say("技术支持", "Technical Support"), 3, 102, 0.93),
            QueueLine(say("账单咨询", "Billing"), 7, 258, 0.62, is_late=True),
            QueueLine(say("VIP 专线", "VIP Line"), 0, None, 0.97),
        )

    @property
    def day(self) -> DayFigures:
        return DayFigures(18, 246, 0.82, 94)

    def open_items(self, *, first: ItemKind = ItemKind.CALL) -> tuple[OpenItem, ...]:
        say = self.say
        items = [
            OpenItem(
                "call-1",
                first,
                say("陈思远", "Chen Siyuan"),
                say("发票抬头修改", "Change of invoice title"),
                since=ago(seconds=222) if first is ItemKind.CALL else None,
                word=say("话后", "After call") if first is ItemKind.CUSTOMER else "",
            ),
            OpenItem("c-2", ItemKind.CUSTOMER, say("王丽", "Wang Li"), say("套餐变更咨询", "Question about plans")),
            OpenItem("t-3", ItemKind.TICKET, "TK-204655", say("专线夜间丢包", "Packet loss at night"), is_unread=True),
        ]
        return tuple(items)

    @property
    def ringing_item(self) -> OpenItem:
        return OpenItem(
            "call-2",
            ItemKind.RINGING,
            self.say("周雅琴", "Zhou Yaqin"),
            self.say("来电 · VIP 专线", "Call in · VIP Line"),
        )

    @property
    def calls(self) -> tuple[CallLine, ...]:
        say = self.say
        return (
            CallLine(
                "1", CallLineKind.MISSED, "138****0093", say("未接 · 待回拨", "Missed · call back"), ago(minutes=33)
            ),
            CallLine("2", CallLineKind.OUT, "Maria Lopez", "Refund status", ago(minutes=46)),
            CallLine(
                "3",
                CallLineKind.IN,
                say("刘建国", "Liu Jianguo"),
                say("宽带故障报修", "Broadband fault"),
                ago(minutes=61),
            ),
        )

    @property
    def customer(self) -> Customer:
        say = self.say
        return Customer(
            CustomerId("C-00018274"),
            SegmentId("business"),
            say("陈思远", "Chen Siyuan"),
            (PhoneNumber("+8613800006721"), PhoneNumber("+8657155550188")),
            Tier.DIAMOND,
            say("杭州云岚科技有限公司", "Hangzhou Yunlan Technology Co., Ltd."),
            "siyuan.chen@yunlan.example",
            (say("投诉敏感", "Complains easily"),),
            "zh-CN",
            say("浙江 · 杭州", "Hangzhou, Zhejiang"),
            is_verified=True,
            since=date(2021, 8, 14),
            value_fen=12_840_000,
            satisfaction=4.6,
            ratings=12,
            products=(
                OwnedProduct(
                    "line-500",
                    say("企业专线 500M", "Business Leased Line 500M"),
                    ProductStatus.ACTIVE,
                    date(2028, 11, 1),
                ),
                OwnedProduct(
                    "cloud-8c16g",
                    say("云主机 8C16G", "Cloud Server 8C16G"),
                    ProductStatus.ACTIVE,
                    date(2027, 3, 1),
                    quantity=2,
                ),
                OwnedProduct("sms-100k", say("短信包 10 万条", "SMS Pack 100,000"), ProductStatus.LOW, remaining=1284),
            ),
            consents=(
                Consent(ConsentChannel.CALL, is_given=False, how=ConsentHow.PHONE, by="a-1010", at=ago(days=3)),
                Consent(ConsentChannel.EMAIL, is_given=True, how=ConsentHow.WRITTEN, by="a-1010", at=ago(days=200)),
            ),
            legal_hold=LegalHold(say("与资费争议有关的诉讼", "a suit about the tariff"), "a-1010", ago(days=9)),
            notes=(
                Note(
                    say(
                        "发票问题优先转财务组周敏;客户偏好工作日上午回电。",
                        "Invoice questions go to Zhou Min in finance; prefers calls on weekday mornings.",
                    ),
                    "a-1010",
                    datetime(2026, 11, 2, 6, 0, tzinfo=UTC),
                ),
            ),
        )

    @property
    def tickets(self) -> tuple[Ticket, ...]:
        say = self.say

        def ticket(number: str, subject: str, status: TicketStatus, written: datetime, category: str) -> Ticket:
            facts, promises = ClockFacts(TicketType.CHANGE, Priority.HIGH, TicketStatus.NEW), Promises(DEFAULT_POLICY)
            clocks = promises.begin(facts, written)
            clocks = promises.follow(clocks, replace(facts, status=status), written + timedelta(hours=1))
            return Ticket(
                TicketId(f"t-{number}"),
                subject,
                TicketType.CHANGE,
                category,
                Priority.HIGH,
                status,
                say(
                    "已提交抬头变更申请,预计 1 个工作日内完成,等待客户补充营业执照。",
                    "The change was requested and takes one working day; the business licence is still missing.",
                ),
                "billing",
                "finance",
                written,
                "a-1001",
                number,
                "C-00018274",
                owner="a-1007",
                due_at=clocks.due_at,
                clocks=clocks,
            )

        return (
            ticket(
                "TK-204718",
                say("发票抬头变更", "Change of invoice title"),
                TicketStatus.IN_PROGRESS,
                NOW + timedelta(minutes=52) - timedelta(hours=8),
                "billing/invoice/title",
            ),
            ticket(
                "TK-204655",
                say("专线夜间丢包", "Packet loss at night"),
                TicketStatus.WAITING_CUSTOMER,
                ago(hours=3),
                "fault/line",
            ),
        )

    @property
    def promised(self) -> TicketClocks:
        """For the ticket that is being written."""
        facts = ClockFacts(TicketType.CHANGE, Priority.LOW, TicketStatus.NEW)
        return Promises(DEFAULT_POLICY).begin(facts, NOW)

    @property
    def timeline(self) -> Timeline:
        say = self.say
        number = iter(range(1, 20))

        def contact(kind: ContactKind, at: datetime, title: str, text: str, **more: object) -> TimelineEntry:
            return TimelineEntry(
                EntryKind.CONTACT,
                at,
                Contact(f"k-{next(number)}", CustomerId("C-00018274"), kind, at, title, text, **more),  # type: ignore[arg-type]
            )

        first = self.tickets[0]
        return Timeline(
            (
                contact(
                    ContactKind.CALL_IN,
                    ago(minutes=4),
                    say("技术支持", "Technical Support"),
                    say("IVR 路径:2 账单 › 3 发票;客户等待 18 秒", "Menu: 2 Billing › 3 Invoices; waited 18 s"),
                ),
                TimelineEntry(EntryKind.TICKET, ago(days=2, hours=-5.6), ticket=first),
                contact(
                    ContactKind.EMAIL,
                    ago(days=3, hours=1.5),
                    say("电子发票重新开具", "Invoice issued again"),
                    say(
                        "客户附上新的开票信息,抬头为“杭州云岚科技有限公司”。",
                        "The customer sent the new details for the invoice.",
                    ),
                ),
                contact(
                    ContactKind.SURVEY,
                    ago(days=5, hours=-7.3),
                    say("满意度评价", "Satisfaction"),
                    say(
                        "“处理很快,下次希望能直接在 App 里改。”",
                        "“Quick. I would like to change it in the app next time.”",
                    ),
                    rating=5,
                ),
                contact(
                    ContactKind.CALL_OUT,
                    ago(days=9),
                    say("回访", "Return visit"),
                    say(
                        "确认宽带故障已恢复,客户同意关闭工单 TK-203991。",
                        "Confirmed that the fault is gone; TK-203991 closed.",
                    ),
                    duration_s=372,
                    agent="a-1010",
                ),
                contact(
                    ContactKind.ORDER,
                    ago(days=19),
                    say("企业专线 500M 续费", "Leased Line 500M renewed"),
                    say("合同期 24 个月,客户经理 何俊。", "24 months, account manager He Jun."),
                    amount_fen=3_600_000,
                ),
                contact(
                    ContactKind.CALL_MISSED,
                    ago(days=32),
                    say("VIP 专线", "VIP Line"),
                    say("振铃 14 秒后放弃", "Gave up after 14 s"),
                ),
                contact(
                    ContactKind.VISIT,
                    ago(days=70),
                    say("上门巡检", "Inspection on site"),
                    say("更换光模块,测试正常。", "Optical module replaced, test passed."),
                    agent="a-1007",
                ),
                contact(
                    ContactKind.SMS,
                    ago(days=400),
                    say("缴费提醒", "Payment reminder"),
                    say("本期账单 3,000 元", "Bill of 3,000 yuan"),
                ),
            ),
            earlier_than=ago(days=401),
        )

    @property
    def profile(self) -> Profile:
        customer = self.customer
        figures = KeyFigures(NOW, customer.value_fen, 4, 2, 2, 1, 4.6, 12)
        return Profile(customer, figures, self.tickets, self.timeline)

    @property
    def draft(self) -> TicketDraft:
        return TicketDraft(
            "call-1",
            "C-00018274",
            "ref-1",
            self.say("客户要求修改电子发票抬头", "Customer wants another title on the e-invoice"),
            "billing/invoice/title",
            Priority.HIGH,
            self.say(
                "客户来电要求将 10 月电子发票抬头由个人改为公司,已核实身份。待补充营业执照照片。",
                "Wants the e-invoice of October on the company instead of the person. Identity checked.",
            ),
            saved_at=ago(seconds=20),
        )

    def _hit(self, id_: str, title: str, snippet: str, days: int, marked: str) -> SearchHit:
        at = snippet.find(marked)
        in_title = title.find(marked)
        return SearchHit(
            ArticleId(id_),
            title,
            ((in_title, len(marked)),) if in_title >= 0 else (),
            "billing",
            "zh-CN",
            ago(days=days),
            snippet,
            ((at, len(marked)),) if at >= 0 else (),
            1.0,
        )

    @property
    def hits(self) -> tuple[SearchHit, ...]:
        say = self.say
        word = say("发票", "invoice")
        return (
            self._hit(
                "1",
                say("电子发票抬头如何修改?", "Change the title of an e-invoice"),
                say(
                    "未报销、未跨月的发票可在线红冲后重开,需提供营业执照照片。",
                    "An invoice of the same month can be reversed online and issued again.",
                ),
                6,
                word,
            ),
            self._hit(
                "2",
                say("跨月发票红冲流程(企业客户)", "Reversing an invoice across months"),
                say(
                    "提交财务组审批,SLA 1 个工作日,系统自动通知客户领取新发票。",
                    "The finance team reverses the invoice within one working day.",
                ),
                24,
                word,
            ),
            self._hit(
                "3",
                say("开票信息变更所需材料", "Papers for new invoice details"),
                say("营业执照、授权书、经办人身份证。", "Licence, authority, identity card of the person."),
                52,
                word,
            ),
        )

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        say = self.say
        first, second, third = self.hits
        return (
            Suggestion(first, FromIvrPath((say("账单", "Billing"), say("发票", "Invoices")))),
            Suggestion(second, FromPastTicket(say("发票抬头变更", "Change of invoice title"))),
            Suggestion(third, FromSubject("…")),
        )

    @property
    def result(self) -> SearchResult:
        return SearchResult(self.hits, 23, None, 3.1)

    @property
    def script(self) -> Script:
        say = self.say
        return Script(
            say("海岚通信", "Hailan Telecom"),
            say("您好，海岚通信，很高兴为您服务。", "Hailan Telecom, how may I help you?"),
            (say("账单", "Billing"), say("发票", "Invoices")),
            "400-810-0200",
        )

    @property
    def targets(self) -> tuple[Target, ...]:
        say, person = self.say, TargetKind.PERSON
        vip, billing = say("VIP 专线", "VIP Line"), say("账单咨询", "Billing")
        return (
            Target("1007", say("周敏", "Zhou Min"), person, billing, aliases=("周敏", "Zhou Min"), lamp=Lamp.FREE),
            Target("1010", say("何俊", "He Jun"), person, vip, aliases=("何俊", "He Jun"), lamp=Lamp.IN_CALL),
            Target("600", billing, TargetKind.QUEUE, say("队列", "Queue")),
            Target("+8613900008765", say("刘建国", "Liu Jianguo"), TargetKind.RECENT, shown="139****8765"),
            Target("1001", say("班长台", "Team lead"), TargetKind.FAVOURITE, lamp=Lamp.RINGING),
        )

    @property
    def history(self) -> tuple[HistoryLine, ...]:
        say, support, billing = self.say, self.say("技术支持", "Technical Support"), self.say("账单咨询", "Billing")
        good, fair, poor = say("良好", "Good"), say("一般", "Fair"), say("差", "Poor")
        answered, talked = say("已接听", "Answered"), say("已通话", "Talked")
        missed, zhou, liu = say("未接", "Missed"), say("周雅琴", "Zhou Yaqin"), say("刘建国", "Liu Jianguo")
        chen, wang = say("陈思远", "Chen Siyuan"), say("王丽", "Wang Li")
        vip, dash = say("VIP 专线", "VIP Line"), "—"
        shown, other = "4008100200", "4008100288"
        return (
            _call("in", chen, "138****6721", answered, support, dash, good, "03:42", ago(minutes=4)),
            _call("missed", "138****0093", "", missed, support, dash, "", dash, ago(minutes=33)),
            _call("out", "Maria Lopez", "+34 6****5521", talked, "", shown, fair, "12:08", ago(minutes=46)),
            _call(
                "in", liu, "139****8765", say("已转接", "Transferred"), billing, dash, good, "01:15", ago(minutes=61)
            ),
            _call("out", liu, "139****8765", say("占线", "Busy"), "", shown, "", dash, ago(minutes=75)),
            _call("missed", zhou, "139****2204", say("振铃超时", "Rang out"), vip, dash, "", dash, ago(hours=2)),
            _call("in", zhou, "139****2204", answered, vip, dash, poor, "27:51", ago(hours=19)),
            _call(
                "missed", wang, "0571-****6721", say("免打扰", "Do not disturb"), billing, dash, "", dash, ago(days=1)
            ),
            _call(
                "out", wang, "0571-****6721", say("无人接听", "No answer"), "", other, "", dash, ago(days=1, hours=2)
            ),
            _call("in", say("号码隐藏", "Number withheld"), "", answered, support, dash, good, "00:37", ago(days=2)),
            _call("out", "1007", "", say("已放弃", "Given up"), "", dash, "", dash, ago(days=9)),
        )

    @property
    def speed_dial(self) -> tuple[SpeedDialEntry, ...]:
        say, person = self.say, TargetKind.PERSON
        return (
            SpeedDialEntry("8502", say("停泊来电 8502", "Parked call 8502"), is_parked=True),
            SpeedDialEntry("1007", say("周敏", "Zhou Min"), person, Lamp.FREE),
            SpeedDialEntry("1010", say("何俊", "He Jun"), person, Lamp.IN_CALL),
            SpeedDialEntry("1012", say("班长 沈芸", "Shen Yun, team lead"), person, Lamp.RINGING),
            SpeedDialEntry("600", say("账单咨询", "Billing"), TargetKind.QUEUE, Lamp.UNKNOWN),
            SpeedDialEntry("95588", "95588"),
        )

    @property
    def showable(self) -> tuple[Showable, ...]:
        say = self.say
        return (
            Showable("4008100200", "400-810-0200", say("海岚通信", "Hailan Telecom")),
            Showable("4008100288", "400-810-0288", say("海岚尊享", "Hailan Signature")),
        )

    def face(self, state: CallState = CallState.CONNECTED, **more: object) -> CallFace:
        is_up = state is CallState.CONNECTED
        call = Call(
            CallId("call-1"),
            Direction.INCOMING,
            state,
            "13800006721",
            "",
            ago(seconds=240),
            answered_at=ago(seconds=222) if is_up else None,
            **{"recording": Recording.ON if is_up else Recording.OFF, **more},  # type: ignore[arg-type]
        )
        return CallFace(
            call,
            "138****6721",
            self.say("陈思远", "Chen Siyuan"),
            Tier.DIAMOND,
            self.say("技术支持", "Technical Support"),
        )

    @property
    def dialling(self) -> CallFace:
        call = Call(
            CallId("call-3"),
            Direction.OUTGOING,
            CallState.DIALLING,
            "13900008765",
            "",
            ago(seconds=4),
            rings_there=True,
        )
        return CallFace(call, "139****8765", self.say("刘建国", "Liu Jianguo"))

    @property
    def ringing(self) -> CallFace:
        call = Call(CallId("call-2"), Direction.INCOMING, CallState.RINGING, "13900002204", "", ago(seconds=6))
        return CallFace(
            call,
            "139****2204",
            self.say("周雅琴", "Zhou Yaqin"),
            Tier.DIAMOND,
            self.say("VIP 专线", "VIP Line"),
            self.say("上次来电 3 天前", "last call 3 days ago"),
        )

    @property
    def after_call_work(self) -> AfterCallFace:
        work = AfterCallWork(AfterCallPolicy(), ago(seconds=19), NOW + timedelta(seconds=41))
        return AfterCallFace(work, NOW, self.say("陈思远", "Chen Siyuan"))

    @property
    def failed(self) -> FailedCall:
        end = CallEnd(EndReason.BUSY, 486, "Busy Here", NOW)
        return FailedCall(self.say("刘建国 · 139****8765", "Liu Jianguo · 139****8765"), "+8613900008765", end)


def _call(
    way: str, title: str, detail: str, outcome: str, queue: str, shown: str, sound: str, long: str, at: datetime
) -> HistoryLine:
    is_missed, is_out = way == "missed", way == "out"
    tone = "bad" if is_missed else "warn" if is_out and long == "—" else "text"
    quality = {"良好": "ok", "Good": "ok", "一般": "warn", "Fair": "warn"}.get(sound, "bad")
    when = Formats("zh_CN" if outcome[0] >= "\u4e00" else "en", timezone(timedelta(hours=8))).moment(at, NOW)
    return HistoryLine(
        f"{at}", f"phone-{way}", "bad" if is_missed else "muted", title, detail, outcome, tone, queue, shown, sound,
        quality, long, when, "" if title in ("号码隐藏", "Number withheld") else "1",
    )  # fmt: skip
