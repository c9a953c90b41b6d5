"""Wishes about people's data and pairs who may be one person, for the gallery and the tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agent_desktop.customers.duplicates import Likeness
from agent_desktop.customers.likely_pairs import Pair
from agent_desktop.sync.privacy import KeptByDuty, PersonWish, Standing, WishKind
from agent_desktop.ui.privacy.wish_pane import Rights
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.consent import LegalHold
from agent_model.customer import CustomerId
from agent_model.person_wish import WishState
from agent_model.words import Words
from agent_server.privacy.certificate import AUDIT, printed
from tests.ui import merge_samples
from tests.ui.desk import HANGZHOU
from tests.ui.samples import NOW, Samples, ago

MANAGER = Rights(may_ask=True, may_decide=True, may_hold=True)
LEAD = Rights(may_ask=True)
KEPT = (
    KeptByDuty(
        "ticket",
        2,
        NOW + timedelta(days=900),
        Words("投诉处理记录须保存三年", "Records of complaints are to be kept for three years"),
    ),
    KeptByDuty(
        "recording", 5, NOW + timedelta(days=90), Words("录音须保存六个月", "Recordings are kept for six months")
    ),
)
FREE = Standing(None, KEPT)
HELD = Standing(LegalHold("诉讼中 2026-114", "gao.jie", ago(days=9)), KEPT)
ASKED = PersonWish(
    WishKind.ERASURE, "w1", "C-20871", WishState.ASKED, "zhou.min", ago(hours=3), "本人来信要求 2026-11-20"
)
TOLD: dict[str, Any] = {
    "id": "5b0c6c1e-3d52-4f0e-9a49-0d2b3a1c7f11",
    "customer_id": "C-10442",
    "is_whole": True,
    "asked": {"by": "zhou.min", "at": "2026-11-18T02:14:00.000Z", "reason": "本人来信要求 2026-11-17"},
    "approved": {"by": "gao.jie", "at": "2026-11-18T06:40:00.000Z", "reason": "身份已核实"},
    "began_at": "2026-11-18T06:40:01.000Z",
    "done_at": "2026-11-18T06:40:03.000Z",
    "erased": [{"where": where, "count": n} for where, n in (("customer", 1), ("contact", 14), ("file", 9))],
    "retained": [
        {"what": "ticket", "count": 2, "until": "2029-05-10T00:00:00.000Z", "reason": KEPT[0].reason.to_body()},
        AUDIT,
    ],
    "sha256": "6b1f0a6c8d1f4f1b8f6d4a1a77b5e0f0c1f6a9d2f9bb3b0c8f2d7e6a51c0d9e4",
}


def decided(wish: PersonWish, state: WishState) -> PersonWish:
    return replace(wish, state=state, decided_by="gao.jie", decided_at=ago(hours=1), decision="身份已核实")


COPY = decided(replace(ASKED, kind=WishKind.COPY, id="w2", customer_id="C-9"), WishState.APPROVED)
DONE = decided(replace(ASKED, id="w3", customer_id="C-10442", asked_at=ago(days=4)), WishState.DONE)
ERASING = decided(replace(ASKED, id="w4", customer_id="C-77"), WishState.ROWS)
WISHES = (ASKED, ERASING, COPY, DONE)


def show(window: MainWindow, samples: Samples, state: str) -> None:
    window.rail.offer(Page.PRIVACY, is_offered=True)
    window.show_page(Page.PRIVACY)
    page = window.pages.privacy
    page.name_by(lambda: samples.directory)
    page.asking.show_customer(samples.customer.name)
    if state == "privacy_empty":
        page.show_wishes((), NOW, samples.say("还没有人申请删除或副本。", "Nobody has asked for an erasure or a copy."))
        return
    other = merge_samples.other(samples).name
    wishes = {wish.id: _in_words(samples, wish) for wish in WISHES}
    page.show_wishes([(wish, other if wish.is_waiting else wish.customer_id) for wish in wishes.values()], NOW)
    shown = wishes[(DONE if state == "privacy_done" else ASKED).id]
    page.list.choose(shown.id)
    page.pane.show_wish(shown, other if shown.is_waiting else shown.customer_id, NOW, is_own=False, rights=MANAGER)
    match state:
        case "privacy_done":
            told = {**TOLD, "asked": _said(samples, TOLD["asked"]), "approved": _said(samples, TOLD["approved"])}
            page.pane.show_certificate(printed(told, "zh" if samples.is_chinese else "en", HANGZHOU))
        case "privacy_held":
            hold = replace(HELD.hold, reason=samples.say("诉讼中 2026-114", "Court case 2026-114"))  # type: ignore[type-var]
            page.pane.show_standing(replace(HELD, hold=hold), NOW)
        case _:
            page.pane.show_standing(FREE, NOW)
            page.pane.reason.setText(samples.say("身份证件已核对", "Papers were checked"))


def _in_words(samples: Samples, wish: PersonWish) -> PersonWish:
    if samples.is_chinese:
        return wish
    decision = "Identity checked" if wish.decision else ""
    return replace(wish, reason="Asked for by letter of 2026-11-20", decision=decision)


def _said(samples: Samples, wish: dict[str, str]) -> dict[str, str]:
    return wish if samples.is_chinese else {**wish, "reason": "In writing, papers seen"}


def pairs(samples: Samples) -> dict[str, Pair]:
    one, other = samples.customer, merge_samples.other(samples)
    third = replace(other, id=CustomerId("C-31"), name=samples.say("陈思媛", "Chen Siyuan (2)"))
    found = (
        Pair(one, other, (Likeness.NUMBER, Likeness.SOUND, Likeness.COMPANY)),
        Pair(one, third, (Likeness.SOUND, Likeness.COMPANY)),
        Pair(other, third, (Likeness.EMAIL,)),
    )
    return {pair.key: pair for pair in found}


def show_pairs(window: MainWindow, samples: Samples, state: str) -> None:
    window.rail.offer(Page.DUPLICATES, is_offered=True)
    window.show_page(Page.DUPLICATES)
    page = window.pages.duplicates
    page.show_pairs(pairs(samples))
    match state:
        case "duplicates_compared":
            page.merging.name_by(lambda: samples.directory)
            page.merging.show_comparison(merge_samples.comparison(samples))
            page.open_merging()
        case "duplicates_offline":
            words = samples.say(
                "服务器没有应答。以下是在本工作站上能找到的疑似重复客户；您的决定会保存，稍后发送。",
                "The server does not answer. These are the pairs that can be found on this workstation; what you "
                "decide is kept and sent later.",
            )
            page.say(words, "warn")
