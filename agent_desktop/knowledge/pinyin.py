"""Reads Chinese as pinyin and typed Latin letters as pinyin syllables."""

import os
from collections.abc import Mapping
from functools import lru_cache

# fmt: off
SYLLABLES = frozenset(
    """a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen
    ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong
    cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui
    dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua
    guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji
    jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai
    kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu long lou lu luan
    lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao
    ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei
    pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran
    rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao
    she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai
    tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi
    xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan
    yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua
    zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo""".split()  # noqa: SIM905
)
# fmt: on
_LONGEST = 6

# Words in which a character is not read as it mostly is; `~` stands for the character.
_OTHER_READINGS = {
    ("重", "chong"): "~新 ~复 ~置 ~启 ~发 ~试 ~装 ~做 ~开 ~名 ~叠 ~组 ~签 ~填 ~打 ~传 ~连 ~建 ~设 ~写",
    ("行", "hang"): "银~ ~业 ~长 ~情 同~ 分~ 支~ 总~ 央~ 排~ 本~ 他~ 跨~ 商~ ~号 一~ 两~ 多~ 换~ 首~ ~高 ~距 ~列",
    ("还", "huan"): "~款 ~清 ~贷 ~钱 ~本 ~原 归~ 偿~ 退~ 返~ 交~",
    ("长", "zhang"): "增~ 成~ 行~ 校~ 家~ 店~ 组~ 班~ 部~ 局~ 院~ 事~ ~大",
    ("调", "tiao"): "~整 ~节 ~解 ~试 ~价 ~低 ~高 空~ 协~ 微~",
    ("乐", "yue"): "音~ ~器 ~队",
    ("了", "liao"): "~解",
    ("会", "kuai"): "~计",
    ("便", "pian"): "~宜",
    ("模", "mu"): "~板 ~样",
    ("差", "chai"): "出~",
    ("角", "jue"): "~色",
    ("校", "jiao"): "~对 ~验 ~准",
    ("省", "xing"): "反~",
    ("都", "du"): "首~ 成~",
    ("似", "si"): "~乎 类~ 相~",
    ("仔", "zi"): "~细",
}
_MOSTLY = {"长": "chang", "似": "si", "还": "hai", "重": "zhong"}


def _exceptions() -> Mapping[str, tuple[int, str]]:
    return {
        word.replace("~", character): (word.index("~"), reading)
        for (character, reading), patterns in _OTHER_READINGS.items()
        for word in patterns.split()
    }


_EXCEPTIONS = _exceptions()


@lru_cache(maxsize=1)
def _readings() -> Mapping[int, str]:
    # Whole phrases take 45 MB that the agent's machine has better uses for; _EXCEPTIONS does for our trade.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    readings: Mapping[int, str] = pinyin_dict
    return readings


@lru_cache(maxsize=20_000)
def _read_alone(character: str) -> str | None:
    if character in _MOSTLY:
        return _MOSTLY[character]
    reading = _readings().get(ord(character))
    if reading is None:
        return None
    return _without_tone(reading.split(",")[0])


def _without_tone(reading: str) -> str:
    from unicodedata import normalize

    plain = normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii())


def read(run: str) -> list[str]:
    """The syllables of a run of Chinese characters; a character nobody can read is left out."""
    syllables = [_read_alone(character) for character in run]
    for at in range(len(run) - 1):
        if exception := _EXCEPTIONS.get(run[at : at + 2]):
            offset, reading = exception
            syllables[at + offset] = reading
    return [syllable for syllable in syllables if syllable]


@lru_cache(maxsize=1_000)
def syllables_of(typed: str) -> tuple[str, ...]:
    """Cuts Latin letters into as few syllables as possible; empty when they are not pinyin.

    The last syllable may still be unfinished, as it is while someone types: `duanl` gives `duan`, `l`.
    """
    if not typed.isascii() or not typed.isalpha():
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(typed)
    for end in range(1, len(typed) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            if before is None or not _fits(typed[start:end], is_last=end == len(typed)):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = (*before, typed[start:end])
    return best[-1] or ()


def _fits(piece: str, *, is_last: bool) -> bool:
    return piece in SYLLABLES or (is_last and piece in _BEGINNINGS)


_BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable)))
