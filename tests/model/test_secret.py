"""What is hidden in free text, however it is grouped; and what only looks like it and stays."""

import string
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.secret import IN_TEXTS, Secret, find, mask, name_hashes, restored, typed_hashes
from agent_model.secret.cards import PROVINCES, is_bank_card, is_id_card, luhn_digit

GAPS = ("", " ", "-", "－", "\u3000", "\u200b", " - ")
WORDS = ("", "客户来电，", "call me at ", "手机", "卡号：", "（", "\n", "备注:")
AFTER = ("", "，请回电", " please", "。", "）", "\n", "是我的")


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=count, max_size=count)


mobiles = st.builds(lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), digits(9))


@st.composite
def id_cards(draw: st.DrawFn) -> str:
    province = draw(st.sampled_from(sorted(PROVINCES)))
    born = date(1930, 1, 1) + timedelta(draw(st.integers(0, 33_000)))
    head = f"{province}{draw(digits(4))}{born:%Y%m%d}{draw(digits(3))}"
    return next(head + sign for sign in "0123456789X" if is_id_card(head + sign))


@st.composite
def bank_cards(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(["622202", "621700", "6228", "4367", "5187"]))
    length = 16 if head[0] in "45" else draw(st.sampled_from([16, 19]))
    return draw(
        digits(length - 1 - len(head)).map(lambda rest: head + rest + luhn_digit(head + rest)).filter(is_bank_card)
    )


def grouped(text: str, sizes: list[int], gap: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    return gap.join([*parts, text[at:]]) if at < len(text) else gap.join(parts)


@given(mobiles, st.sampled_from(["", "+86 ", "86", "0086-", "＋８６"]), st.sampled_from(GAPS), st.sampled_from(WORDS),
       st.sampled_from(AFTER))  # fmt: skip
def test_mobile_number_is_hidden_however_it_is_written(
    number: str, code: str, gap: str, before: str, after: str
) -> None:
    text = before + code + grouped(number, [3, 4, 4], gap) + after
    assert mask(text) == f"{before}{number[:3]}****{number[-4:]}{after}"


@given(mobiles)
def test_mobile_number_in_full_width_digits_is_hidden(number: str) -> None:
    wide = number.translate(str.maketrans(string.digits, "０１２３４５６７８９"))
    assert mask(f"电话{wide}。") == f"电话{number[:3]}****{number[-4:]}。"


@given(id_cards(), st.sampled_from(GAPS), st.sampled_from(WORDS), st.sampled_from(AFTER))
def test_identity_card_is_hidden(number: str, gap: str, before: str, after: str) -> None:
    [found] = find(before + grouped(number, [6, 8, 4], gap) + after)
    assert (found.kind, found.shown) == (Secret.ID_CARD, "*" * 14 + number[-4:])


@given(bank_cards(), st.sampled_from(GAPS), st.sampled_from(WORDS), st.sampled_from(AFTER))
def test_bank_card_is_hidden(number: str, gap: str, before: str, after: str) -> None:
    text = before + grouped(number, [4, 4, 4, 4], gap) + after
    assert number[:8] not in mask(text).replace(gap, "")
    assert mask(text) == f"{before}****{number[-4:]}{after}"


@given(id_cards(), st.integers(0, 9))
def test_identity_card_with_a_wrong_check_sign_is_none(number: str, other: int) -> None:
    wrong = number[:17] + str(other)
    assert is_id_card(wrong) == (wrong == number)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001 - as people write them, in no zone
    st.integers(1, 999_999),
    st.sampled_from(["TK-{n}", "#{n}", "工单TK-20{n}", "订单号DD{n:011d}", "SN13{n:09d}", "order ORD-13{n:09d}"]),
)
def test_dates_and_ticket_numbers_stay(at: object, number: int, form: str) -> None:
    texts = (f"{at:%Y-%m-%d %H:%M}", f"{at:%Y年%m月%d日 %H:%M:%S}", f"{at:%Y%m%d%H%M%S}", form.format(n=number))
    for text in texts:
        assert mask(text) == text


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), digits(8))
def test_order_number_that_begins_with_its_day_stays(day: date, rest: str) -> None:
    text = f"订单 {day:%Y%m%d}{rest} 已发货"
    assert mask(text) == text


@given(
    st.integers(0, 10**12), st.integers(0, 99), st.sampled_from(["¥{}.{:02d}", "{}.{:02d}元", "RMB {}.{:02d}", "{}元"])
)
def test_amounts_stay(whole: int, cents: int, form: str) -> None:
    text = f"退款 {form.format(whole, cents)}，三日内到账"
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "400-812-3456 或 95588，分机 8001",
        "版本 10.20.30.40，IP 192.168.100.200",
        "我知道15号到期，这里3号开门",
        "地铁1号线，5楼开会",
        "13 14 15 16 17 18",
        "快递单号 SF1380013800012",
        "138****6721 尾号 ****0128 王**",
        "100000000000000 000000000000000000",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打 0571-88886666 转 8001", "打 0571-****6666 转 8001"),
        ("（０５７１）８８８８６６６６", "0571-****6666"),
        ("call +852 9123 4567 now", "call +852****4567 now"),
        ("住杭州市西湖区文三路138号3幢2单元501室，周末在家", "住杭州市西湖区文三路****，周末在家"),
        ("Flat 5A, 12 Wensan Road", "**** Wensan Road"),
        ("姓名：王建国，女", "姓名：王**，女"),
        ("Name: John Smith.", "Name: J*** S****."),
        ("手机13812345678身份证11010519491231002X", "手机138****5678身份证**************002X"),
        ("卡 6222021234567890128/13812345678", "卡 ****0128/138****5678"),
        ("微信wx13812345678", "微信wx138****5678"),
        ("证件号 110105491231002", "证件号 ***********1002"),
    ],
)
def test_each_kind_is_hidden_in_its_way(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_named_people_are_hidden_where_they_are_known() -> None:
    assert mask("王芳说王芳的", names=["王芳"]) == "王*说王*的"


def test_only_the_kinds_that_are_asked_for_are_hidden() -> None:
    assert mask("13812345678 文三路1号", {Secret.ADDRESS}) == "13812345678 文三路****"


@given(st.lists(st.one_of(mobiles, id_cards(), bank_cards(), st.text(max_size=12)), max_size=6), st.sampled_from(GAPS))
def test_what_is_hidden_stays_as_it_is_when_hidden_again(parts: list[str], gap: str) -> None:
    once = mask("，".join(parts) + gap)
    assert mask(once) == once


@given(
    st.lists(st.one_of(mobiles, id_cards(), bank_cards()), min_size=1, max_size=4),
    st.text("甲乙丙丁，。 ", max_size=10),
)
def test_text_written_over_the_hidden_one_gets_back_what_was_hidden(secrets: list[str], added: str) -> None:
    whole = "回电" + "，".join(secrets)
    assert restored(mask(whole) + added, whole) == whole + added
    assert restored(added, whole) == added


def test_long_text_is_read_in_a_moment() -> None:
    text = "路" * 20_000 + "1 2 3 " * 5_000 + "1" * 20_000
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("写信到ruolan.ou-yang@mail.example.com，谢谢", "写信到r***@mail.example.com，谢谢"),
        ("a.b+c@example.cn。", "a***@example.cn。"),
        ("13800006721@qq.com", "1***@qq.com"),
        ("邮箱ｘ：lan＠example．com", "邮箱ｘ：l***@example.com"),
        ("at 10:30 @lin, 5@home", "at 10:30 @lin, 5@home"),
    ],
)
def test_address_is_hidden_where_it_is_kept_back_and_nothing_like_it(text: str, shown: str) -> None:
    assert mask(text, {Secret.EMAIL}) == shown
    assert mask(mask(text, {Secret.EMAIL}), {Secret.EMAIL}) == shown
    assert mask(text, IN_TEXTS - {Secret.PHONE}) == text


def test_name_is_found_by_all_of_it_and_a_foreign_one_by_a_word() -> None:
    key, keys = bytes(32), {"home": bytes(32).hex()}
    chinese, foreign = set(name_hashes(key, "欧阳若兰")), set(name_hashes(key, "John A Smith"))

    assert chinese.issuperset(typed_hashes(keys, " 欧阳 若兰 "))
    assert not chinese.intersection(typed_hashes(keys, "欧阳"))
    assert all(foreign.intersection(typed_hashes(keys, typed)) for typed in ("john a smith", "SMITH", "John"))
    assert not foreign.intersection(typed_hashes(keys, "A"))
