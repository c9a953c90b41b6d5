"""The bank of questions as a table: what its columns are called, and a question as one of its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent_model.practice import Check
from agent_model.question import (
    FALSE,
    MOST_OPTIONS,
    TRUE,
    WITH_OPTIONS,
    Bank,
    Question,
    QuestionKey,
    QuestionKind,
    QuestionState,
    Source,
    SourceKind,
)

ZH, EN = "zh", "en"
LETTERS: Final = "ABCDEFGHIJ"
FEWEST_OPTIONS: Final = 4
"""Columns for options, however short the questions are."""


@dataclass(frozen=True, slots=True)
class Called:
    """In Chinese, in English, and as other systems call it."""

    zh: str
    en: str
    others: tuple[str, ...] = ()

    def in_words_of(self, language: str) -> str:
        return self.zh if language == ZH else self.en


COLUMNS: Final[Mapping[str, Called]] = {
    "kind": Called("题型", "Kind", ("type", "类型", "试题类型")),
    "text": Called("题目", "Question", ("text", "题干", "问题", "试题", "试题内容")),
    "options": Called("选项", "Options", ("answers",)),
    "right": Called("正确答案", "Right answer", ("right", "answer", "correct", "correct answer", "答案", "标准答案")),
    "explanation": Called("解析", "Explanation", ("why", "答案解析", "说明")),
    "sources": Called("依据文章", "Articles", ("article", "written from", "依据", "文章", "知识")),
    "bank": Called("题库", "Bank"),
    "topic": Called("主题", "Topic", ("知识点", "分类")),
    "points": Called("分值", "Points", ("score", "分数")),
    "least": Called("至少关键词", "Keywords needed", ("least", "至少命中")),
    "language": Called("语言", "Language", ("lang",)),
    "task": Called("操作", "Task"),
    "call": Called("通话", "Call", ("录音",)),
    "state": Called("状态", "State"),
    "id": Called("编号", "ID", ("question id", "题目编号")),
}
NEEDED: Final = ("kind", "text", "right")
KINDS: Final[Mapping[QuestionKind, Called]] = {
    QuestionKind.SINGLE: Called("单选题", "Single", ("单选", "one answer")),
    QuestionKind.MULTIPLE: Called("多选题", "Multiple", ("多选", "several answers")),
    QuestionKind.TRUE_FALSE: Called("判断题", "True or false", ("判断", "true/false", "true_false")),
    QuestionKind.ORDER: Called("排序题", "Order", ("排序", "in the right order")),
    QuestionKind.SHORT_TEXT: Called("简答题", "Short text", ("简答", "short_text", "填空题", "填空")),
    QuestionKind.SCENARIO: Called("情景题", "Scenario", ("情景", "听音题")),
    QuestionKind.TASK: Called("实操题", "Task", ("实操", "操作题")),
}
BANKS: Final[Mapping[Bank, Called]] = {
    Bank.WRITTEN: Called("笔试", "Written"),
    Bank.SPOKEN: Called("口试", "Spoken"),
    Bank.SYSTEM: Called("系统操作", "System", ("use of the system",)),
    Bank.CONDUCT: Called("培训期表现", "Conduct"),
}
STATES: Final[Mapping[QuestionState, Called]] = {
    QuestionState.ACTIVE: Called("在用", "In use", ("active",)),
    QuestionState.STALE: Called("待复核", "To be looked at", ("stale",)),
    QuestionState.RETIRED: Called("已停用", "Retired", ("停用",)),
}
TASKS: Final[Mapping[Check, Called]] = {
    Check.FIND_ARTICLE: Called("查找文章", "Find an article", ("find_article",)),
    Check.FILE_TICKET: Called("填写工单", "File a ticket", ("file_ticket",)),
    Check.HANDLE_CALL: Called("处理通话", "Handle a call", ("handle_call",)),
}
TRUTH: Final[Mapping[str, Called]] = {
    TRUE: Called("正确", "True", ("对", "是", "√", "✓", "t", "y", "yes", "right")),
    FALSE: Called("错误", "False", ("错", "否", "×", "✗", "x", "f", "n", "no", "wrong")),
}
KB: Final = "kb:"
ANNOUNCED: Final = "announcement:"


@dataclass(frozen=True, slots=True)
class Shape:
    """In whose words a table is written, and how many columns it has for options."""

    language: str
    options: int = FEWEST_OPTIONS

    def headings(self) -> tuple[str, ...]:
        options = tuple(f"{'选项' if self.language == ZH else 'Option '}{one}" for one in LETTERS[: self.options])
        shown = [name for name in COLUMNS if name != "options"]
        before = shown.index("text") + 1
        named = [COLUMNS[name].in_words_of(self.language) for name in shown]
        return (*named[:before], *options, *named[before:])

    def cells(self, question: Question, key: QuestionKey) -> tuple[str, ...]:
        """A row below the headings; what is read again from it says the same."""
        said = self.language
        options = [one.text for one in question.options]
        return (
            KINDS[question.kind].in_words_of(said),
            question.text,
            *(options[n] if n < len(options) else "" for n in range(self.options)),
            _right(question, key, said),
            key.explanation,
            listed([source_name(one) for one in question.sources]),
            BANKS[question.bank].in_words_of(said),
            question.topic,
            str(key.points),
            str(key.least) if key.least else "",
            question.language,
            "" if question.task is None else TASKS[question.task].in_words_of(said),
            "" if question.call is None else question.call.contact,
            STATES[question.state].in_words_of(said),
            question.id,
        )


def shape_of(questions: Iterable[Question], language: str) -> Shape:
    most = max((len(one.options) for one in questions), default=0)
    return Shape(language, min(MOST_OPTIONS, max(FEWEST_OPTIONS, most)))


def examples(language: str) -> tuple[tuple[str, ...], ...]:
    """One row of each common kind, as somebody would write it, below the headings of a `Shape(language)`."""

    def say(zh: str, en: str) -> str:
        return Called(zh, en).in_words_of(language)

    topic, none = say("退款", "Refunds"), ("",) * FEWEST_OPTIONS
    rows: tuple[tuple[QuestionKind, str, Sequence[str], str, str], ...] = (
        (
            QuestionKind.SINGLE,
            say("退款原路退回银行卡，最迟几个工作日到账？", "How soon is a refund to a bank card there?"),
            (say("1 个工作日", "1 working day"), say("3 个工作日", "3 working days"), "", ""),
            "B",
            say("审核通过之日起算。", "Counted from the day it is approved."),
        ),
        (
            QuestionKind.MULTIPLE,
            say("哪些商品不适用七天无理由退货？", "What cannot be sent back within seven days?"),
            (say("定制商品", "Made to order"), say("家电", "Appliances"), say("鲜活易腐品", "Fresh food"), ""),
            "AC",
            "",
        ),
        (
            QuestionKind.TRUE_FALSE,
            say("赠品也要一并退回。", "Gifts go back too."),
            none,
            TRUTH[TRUE].in_words_of(language),
            "",
        ),
        (
            QuestionKind.ORDER,
            say("客户要求换发票抬头，步骤是？", "A customer wants another invoice title: in which order?"),
            (say("提交换开", "Ask for a new one"), say("核对身份", "Check who it is"), say("查看月份", "See when"), ""),
            "BCA",
            "",
        ),
        (
            QuestionKind.SHORT_TEXT,
            say("用一句话说明退款时限。", "Say in a sentence how long a refund takes."),
            none,
            say("退款|退钱\n三个工作日|3 个工作日", "refund|money back\nthree working days|3 working days"),
            "",
        ),
    )
    bank = BANKS[Bank.WRITTEN].in_words_of(language)
    return tuple(
        (KINDS[kind].in_words_of(language), text, *options, right, why, "", bank, topic, "1", *("",) * 6)
        for kind, text, options, right, why in rows
    )


def source_name(source: Source) -> str:
    return f"{KB if source.kind is SourceKind.ARTICLE else ANNOUNCED}{source.id}"


def listed(parts: Sequence[str]) -> str:
    """Several in one cell, a line each; one that has a semicolon in it is kept together by the end of its line."""
    ends = "\n" if len(parts) == 1 and (";" in parts[0] or "；" in parts[0]) else ""
    return "\n".join(parts) + ends


def _right(question: Question, key: QuestionKey, language: str) -> str:
    if question.kind in WITH_OPTIONS:
        letters = {option.key: LETTERS[n] for n, option in enumerate(question.options[:MOST_OPTIONS])}
        named = [letters.get(one, "") for one in key.right]
        return "".join(named if question.kind is QuestionKind.ORDER else sorted(named))
    if question.kind is QuestionKind.TRUE_FALSE:
        return TRUTH[key.right[0]].in_words_of(language) if key.right and key.right[0] in TRUTH else ""
    return listed(key.right)
