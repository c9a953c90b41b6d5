"""Ten inquiries that the benchmark does not know are wrapped up by keys alone, at one key every 200 ms, in 20 s."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from agent_desktop.ui.appearance.look import Look
from benchmarks._rig.inquiries import CALLBACK, KEY_MS, TEN, TICKET, Shift, inquiry, keys_of

OTHERS = (
    inquiry("退费", "billing", "tf", "多扣 两个月 增值 业务费 申请 退 60元", saves=TICKET),
    inquiry("重开发票", "billing", "fapiaochong", "发票 邮箱 写错 请 重开", saves=TICKET),
    inquiry("网速慢", "support", "303", "晚上 看 视频 卡 测速 只有 20M", saves=TICKET),
    inquiry("电话里解决", "support", "gzyjj", "重启 光猫 后 恢复"),
    inquiry("leased line", "vip", "leased", "Loss 12% since 9:00 on the Hangzhou line", saves=TICKET),
    inquiry("offer", "support", "offer", "Asked about the student plan"),
    inquiry("挽留", "vip", "wlcg", "想 转网 送 三个月 后 同意 留下"),
    inquiry("有意向", "vip", "512", "对 云 主机 感兴趣", "Tab", "Tab", "Tab", "in 3 h", saves=CALLBACK),
    inquiry("表扬", "support", "by", "表扬 师傅 张伟 态度好", saves=TICKET),
    inquiry("无声", "support", "613", ""),
)


@pytest.fixture
def shift(tmp_path: Path, look: Look) -> Iterator[Shift]:
    made = Shift(tmp_path, look)
    yield made
    made.close()


def test_half_of_them_take_at_most_twenty_seconds(shift: Shift) -> None:
    keys = [shift.play(one) for one in OTHERS]

    assert median(keys) * KEY_MS <= 20_000
    assert max(keys) * KEY_MS <= 30_000


def test_they_are_not_those_of_the_benchmark() -> None:
    assert not {one.strokes for one in TEN} & {one.strokes for one in OTHERS}


def test_typed_chinese_counts_its_pinyin() -> None:
    assert keys_of("发票") == len("fapiao") + 1
    assert keys_of("60元") == len("60") + len("yuan") + 1
    assert keys_of("Wi-Fi") == 7
