"""A guide on the screen: at a choice, at its end, and put by."""

from dataclasses import replace

from agent_desktop.knowledge.guide_runs import GuideRun
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.guides.words import proposed_words
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.guide_text import whole
from tests.ui.samples import Samples

CHINESE = """\
## 指示灯
请您走到光猫旁边，看一下灯是什么颜色。
> 客户不在家时，先登记“何时开始”，约回电。
- [不亮](#派单)
- [红色](#派单)
- [绿色](#派单)

## 派单
我已经为您登记，二十四小时内有师傅联系您。
分类：fault/broadband/down
主题：宽带无法上网
小结：fault-ticket
"""
ENGLISH = """\
## Lights
Please walk to the box and tell me the colour of its lamp.
> Not at home? Note since when, and agree on a callback.
- [No light](#send)
- [Red](#send)
- [Green](#send)

## Send
I have written it down, an engineer calls you within 24 hours.
category: fault/broadband/down
subject: No internet
disposition: fault-ticket
"""


def show_guide(made: MainWindow, samples: Samples, state: str) -> None:
    title = samples.say("宽带完全上不了网：按指示灯排查", "No internet: check by the lights")
    run = GuideRun("call:1", "KB-0033", title, whole(samples.say(CHINESE, ENGLISH)))
    if state == "guide_end":
        run = run.choose(1)
    names = Directory(
        categories={"fault/broadband/down": samples.say("故障 › 宽带 › 无法上网", "Fault › Broadband › No internet")},
        wrap_up_codes={"fault-ticket": samples.say("故障已派单", "Fault passed on")},
    )
    made.right.guide.show_run(
        replace(run, is_aside=state == "guide_aside"), proposed_words(run.ending, names) if run.step.is_last else ""
    )
    made.right.share()
