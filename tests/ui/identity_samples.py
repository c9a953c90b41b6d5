"""The identity check as the screens show it: asking, a wrong answer, locked for the day."""

from agent_desktop.ui.customer.identity_card import CheckShown
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.identity_rule import LOCKED, Disclosed
from tests.ui.samples import Samples


def show_check(made: MainWindow, samples: Samples, state: str) -> None:
    header = made.customer.header
    asking = CheckShown(
        samples.say("未核身", "Not checked"),
        is_checked=False,
        is_bad=False,
        so_far=samples.say("答对 1，答错 0", "Right 1, wrong 0"),
        key="since",
        question=samples.say("您是哪年哪月入网的？", "Since which year and month have you been with us?"),
    )
    made.show()
    if state == "identity_locked":
        words = LOCKED.in_language("zh_CN" if samples.is_chinese else "en")
        why = samples.say(f"今天答错次数过多。请告知客户：{words}", f"Too many wrong answers today. Say: {words}")
        level = samples.say("今日已锁定", "Locked today")
        header.show_check(CheckShown(level, is_checked=False, is_bad=True, so_far="", why=why))
    else:
        header.show_check(asking)
    header.open_check()
    if state == "identity_wrong":
        on_file = samples.say("错误。登记为：2021-03", "Wrong. On file: 2021-03")
        header.check.show_verdict(on_file, is_right=False)
    hidden = frozenset({Disclosed.PRODUCTS, Disclosed.ORDERS, Disclosed.PHONES})
    made.customer.disclose(hidden, samples.say("核身后显示", "Shown after the identity check"))
