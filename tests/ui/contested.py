"""Conflicts in every stage, in one language."""

from dataclasses import replace

from agent_desktop.customers.edits import FIELDS, CustomerDraft
from agent_desktop.ui.attention.conflict_card import Contest, Stage, Third
from agent_model.body import to_body
from tests.ui.samples import Samples, ago


def contests(samples: Samples) -> tuple[Contest, ...]:
    """A long text, a short one of a team member, one that moved on, and one that was decided elsewhere."""
    say = samples.say
    before = say(
        "客户反映晚上八点以后网速很慢，已重启光猫。要求今天之内回电。",
        "The line is slow after eight in the evening; the modem was restarted. Call back today.",
    )
    long = Contest(
        key="op-1:description",
        title=say("TK-204655 · 晚间网速慢", "TK-204655 · Slow in the evening"),
        field=say("描述", "Description"),
        base=before,
        mine=before + say("\n换了路由器也一样，请安排上门。", "\nAnother router changes nothing; send somebody."),
        theirs=before.replace(say("今天之内", "today"), say("明天上午", "tomorrow morning")),
        now=None,
        mine_by=say("林悦", "Lin Yue"),
        theirs_by=say("周敏", "Zhou Min"),
        is_own=True,
        at=ago(minutes=12),
        third=Third.TYPED,
    )
    moved = replace(
        long,
        key="op-2:email",
        title=say("陈思远", "Chen Siyuan"),
        field=say("邮箱", "E-mail"),
        base="chen.siyuan@hailan.example",
        mine="siyuan.chen@hailan.example",
        theirs="chen@hailan.example",
        now="c.siyuan@hailan.example",
        mine_by=say("何俊", "He Jun"),
        is_own=False,
        at=ago(hours=3),
        own_text="siyuan@hailan.example",
        news=say("您作决定时，此处又被更改。", "It was changed again while you decided."),
    )
    chosen = replace(
        long,
        key="op-3:tier",
        title=say("赵敏", "Zhao Min"),
        field=say("等级", "Tier"),
        base=say("普通", "Standard"),
        mine=say("金卡", "Gold"),
        theirs=say("银卡", "Silver"),
        third=Third.NOTHING,
        at=ago(days=1),
    )
    over = replace(
        chosen,
        key="op-4:region",
        stage=Stage.OVER,
        news=say("他人已作决定。您当时写的是：西区", "Somebody else has decided meanwhile. You had written: West"),
    )
    return chosen, long, moved, over


def away_contests(samples: Samples) -> tuple[Contest, ...]:
    """Without the server: one that waits for the choice, one that was chosen, one that the server forgot."""
    chosen, long, _, _ = contests(samples)
    say = samples.say
    waits = replace(
        long, stage=Stage.WAITING, news=say("以我的为准。已保存在本机。", "Mine is to stand. It is kept here.")
    )
    gone = replace(
        chosen, key="op-5:tier", stage=Stage.GONE, news=say("服务器不再提供。", "The server offers it no more.")
    )
    return replace(chosen, theirs_by=""), waits, gone


def away_words(samples: Samples) -> str:
    return samples.say(
        "服务器没有应答；您的选择会保存并在其应答后发送。",
        "The server does not answer; what you choose is kept and sent later.",
    )


def customer_draft(samples: Samples) -> CustomerDraft:
    """A change half written: another company, one number taken away, one to be added."""
    customer = samples.customer
    body = to_body(customer)
    seen = {name: body[name] for name in FIELDS}
    wanted = {"company": samples.say("杭州海岚网络有限公司", "Hailan Networks Ltd"), "phones": seen["phones"][:1]}
    return CustomerDraft(customer.id, 3, seen, wanted, "0571 8888 6666", saved_at=ago(seconds=5))
