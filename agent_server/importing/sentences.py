"""What is wrong with a file or a row, in words: what it is, and what to do."""

from collections.abc import Mapping, Sequence
from typing import Final

from agent_papers.tables.sheet import BadFile, Fault

ZH, EN = "zh", "en"
LANGUAGES: Final = (ZH, EN)

FILES: Final[Mapping[str, tuple[str, str]]] = {
    "empty": ("文件里没有数据。", "There is nothing in the file."),
    "not_text": (
        "这不是表格文件。请另存为 CSV UTF-8 或 XLSX。",
        "This is not a table. Save it as CSV UTF-8 or as XLSX.",
    ),
    "line_too_long": (
        "有一行超过 4 MB，这不像是表格。请另存为 CSV UTF-8 或 XLSX。",
        "A line is longer than 4 MB: this is no table. Save it as CSV UTF-8 or as XLSX.",
    ),
    "encoding_unclear": (
        "中文太少，分不清是 UTF-8 还是 GB18030。请用 --encoding 指明。",
        "There is too little text to tell UTF-8 from GB18030. Say which with --encoding.",
    ),
    "unknown_encoding": (
        "文件既不是 UTF-8 也不是 GB18030。请另存为 CSV UTF-8，或用 --encoding 指明。",
        "The file is neither UTF-8 nor GB18030. Save it as CSV UTF-8, or say with --encoding what it is.",
    ),
    "old_workbook": (
        "这是旧格式（XLS）或加了密码的工作簿。请去掉密码，另存为 XLSX。",
        "This is a workbook of the old form (XLS) or one with a password. Take the password off and save it as XLSX.",
    ),
    "not_a_workbook": (
        "这是压缩文件，但不是 XLSX 工作簿。请另存为 XLSX 或 CSV UTF-8。",
        "This is an archive, but no XLSX workbook. Save it as XLSX or CSV UTF-8.",
    ),
    "unpacks_too_large": (
        "工作簿解压后有 {size}，超出限度，没有打开。请分成几个文件，或另存为 CSV UTF-8。",
        "The workbook would unpack to {size}, which is more than is opened. Split it, or save it as CSV UTF-8.",
    ),
    "entities": (
        "工作簿里有 XML 实体，可能有害，没有打开。请用 Excel 或 WPS 重新另存为 XLSX。",
        "The workbook declares XML entities, which may do harm; it was not opened. Save it anew as XLSX.",
    ),
    "damaged": ("工作簿已损坏。请重新另存为 XLSX。", "The workbook is damaged. Save it anew as XLSX."),
    "reading_ended": (
        "读文件的进程中断了，文件可能太大。请分成几个文件，或另存为 CSV UTF-8。",
        "What read the file has ended: it may be too large. Split it, or save it as CSV UTF-8.",
    ),
    "several_sheets": (
        "有几张工作表可以导入：{sheets}。请用 --sheet 指明。",
        "Several sheets could be meant: {sheets}. Say which with --sheet.",
    ),
    "no_such_sheet": ("没有工作表“{sheet}”。有：{sheets}。", "There is no sheet '{sheet}'. There are: {sheets}."),
    "no_headings": ("第 {row} 行是空的，不能作表头。", "Row {row} is empty: it cannot be the headings."),
    "too_many_columns": ("表头超过 {most} 列。", "There are more than {most} columns."),
    "unknown_columns": (
        '不认识这些列：{columns}。用 --map "{example}=字段" 指明，或用 --map "{example}=-" 不导入。字段：{fields}。',
        (
            'Nobody knows what these columns mean: {columns}. Say it with --map "{example}=FIELD", or leave them out'
            ' with --map "{example}=-". The fields are: {fields}.'
        ),
    ),
    "same_field": (
        '有几列都是 {field}：{columns}。请用 --map "列=-" 只留一列。',
        'Several columns say {field}: {columns}. Keep one, and leave the others out with --map "COLUMN=-".',
    ),
    "missing_fields": (
        '没有哪一列是 {fields}。用 --map "列={example}" 指明，或用 --set {example}=值 给每一行同一个值。',
        (
            'No column says {fields}. Name one with --map "COLUMN={example}", or give every row the same with --set'
            " {example}=VALUE."
        ),
    ),
    "no_such_column": ("表里没有列 {column}。有：{columns}。", "There is no column {column}. There are: {columns}."),
    "no_such_field": ("没有字段 {field}。有：{fields}。", "There is no field {field}. There are: {fields}."),
    "bad_constant": ("{field} 不能是“{value}”。{choices}{known}", "{field} cannot be '{value}'. {choices}{known}"),
    "no_such_profile": (
        "没有名为“{name}”的导入方案。有：{names}。",
        "No profile of these imports is called '{name}'. There are: {names}.",
    ),
    "cannot_write_errors": (
        "错误文件 {path} 写不了，或者已经有了。请用 --errors 指明另一个。",
        "The file of errors {path} cannot be written, or is there already. Say with --errors which else.",
    ),
}

ROWS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("不能为空", "may not be empty"),
    "twice": ("“{value}”在第 {row} 行已经有了", "'{value}' stands in row {row} already"),
    "no_heading": ("第 {place} 列没有表头，但有内容“{value}”", "column {place} has no heading, but says '{value}'"),
    "no_phone_number": ("“{value}”不是电话号码", "'{value}' is no telephone number"),
    "privacy_number": (
        "“{value}”是{zh}的隐私号，不属于任何客户。请删去，或填写客户自己的号码",
        "'{value}' is a temporary privacy number of {en} and nobody's own: remove it, or write the customer's own",
    ),
    "no_email": ("“{value}”不是邮箱地址", "'{value}' is no e-mail address"),
    "no_day": ("“{value}”不是日期，请写成 2024-02-29", "'{value}' is no date: write it as 2024-02-29"),
    "no_moment": (
        "“{value}”不是时间，请写成 2024-02-29 08:30",
        "'{value}' is no moment: write it as 2024-02-29 08:30",
    ),
    "no_amount": ("“{value}”不是金额", "'{value}' is no amount"),
    "no_choice": ("“{value}”不在可选范围内：{choices}", "'{value}' is none of: {choices}"),
    "not_this_kind": (
        "“{value}”不符合这个字段的要求（类型、长度或上下限）",
        "'{value}' is not what this field takes: look at its kind and limits",
    ),
    "not_there": ("这里没有“{value}”。有：{known}", "there is no '{value}' here. There are: {known}"),
    "leads_nowhere": (
        "“{value}”指向的队列或部门已经不在这里了。请写队列和部门，或换一个分类",
        "'{value}' leads to a queue or department that is not here any more: write both, or another category",
    ),
    "digits_lost": (
        "“{value}”已被表格软件缩短，丢了数字。请把这一列设为文本，重新填写",
        "'{value}' was shortened by the spreadsheet and has lost digits: make the column text and write it again",
    ),
    "excel_error": ("单元格是错误值 {value}", "the cell is the error {value}"),
    "control_sign": ("含有不是文字的字符（如 NUL）", "it holds a sign that is no text, such as NUL"),
    "too_long": ("太长了", "it is too long"),
    "does_not_fit": ("内容不合要求，或太长", "it does not fit, or is too long"),
    "not_storable": ("数据库不接受这一行（{value}）", "the database does not take this row ({value})"),
    "quote_open": (
        "引号没有成对，这一行读不出来。请补上或去掉引号",
        "a quotation mark has no partner, so the row cannot be read: add or remove one",
    ),
    "other_encoding": (
        "这一行有的字节不是 {encoding}。这里已尽量读出，请核对后再导入",
        "some bytes of this row are not {encoding}; it was read as well as could be: check it and import it again",
    ),
    "uncalculated": (
        "是公式，但文件里没有结果。请用 Excel 或 WPS 打开、保存后再导入",
        "it is a formula whose result is not in the file: open and save it in a spreadsheet program first",
    ),
    "merged": (
        "是合并单元格的一部分。请取消合并，填上内容",
        "it is a part of merged cells: unmerge them and fill it in",
    ),
    "erased_here": (
        "“{value}”已应本人要求删除，不再导入",
        "'{value}' was erased because the person asked for it, and is not brought back",
    ),
    "removed_here": (
        "“{value}”以前导入过，后来在这里删除了，不再导入",
        "'{value}' was imported before and has been removed here since: it is not brought back",
    ),
    "complaint_stays": (
        "这里是投诉，类型不能经导入改变。请在工作台由班长更改",
        "it is a complaint here, and a table does not change that: a team lead does it at the workstation",
    ),
    "not_resolved": (
        "投诉要先办结、回访，才能关闭。请先导入为“已解决”",
        "a complaint is resolved and the customer asked before it is closed: import it as resolved first",
    ),
    "return_visit_missing": (
        "投诉还没有回访，不能关闭。请在工作台重新办结一次",
        "a complaint is closed after its return visit, and this one has none: resolve it again at the workstation",
    ),
    "return_visit_open": (
        "投诉还没有回访，回访完成后才能关闭",
        "a complaint is closed after its return visit, which nobody has made yet",
    ),
    "return_visit_by_handler": (
        "投诉的回访是经办人做的，要由别人回访后才能关闭",
        "the return visit was made by who worked on the complaint: somebody else has to ask the customer",
    ),
    "customer_unreached": (
        "回访没有得到满意度。由值班经理在工作台决定能否关闭",
        "the customer gave no satisfaction value: a duty manager decides about the closing at the workstation",
    ),
    "disputed": (
        "投诉的责任部门还有争议，不能关闭",
        "the department in charge of the complaint is in dispute: it cannot be closed before that is settled",
    ),
    "compensation_undecided": (
        "投诉的补偿还没有决定，不能关闭",
        "a compensation for the complaint waits for a decision: it cannot be closed before",
    ),
    "no_such_customer": (
        "没有客户“{value}”。请先导入客户",
        "there is no customer '{value}': import the customers first",
    ),
    "several_customers": (
        "有几位客户的号码是“{value}”。请写客户编号",
        "several customers have the number '{value}': name the customer's id",
    ),
}


def of_file(bad: BadFile, language: str) -> str:
    """A whole sentence."""
    return _said(FILES, bad.code, bad.facts, language)


def of_faults(faults: Sequence[Fault], language: str) -> str:
    """Everything that is wrong with a row, column by column."""
    between, colon = ("；", "：") if language == ZH else ("; ", ": ")
    parts = []
    for fault in faults:
        said = _said(ROWS, fault.code, fault.facts, language)
        parts.append(f"{fault.column}{colon}{said}" if fault.column else said)
    return between.join(parts)


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _said(sentences: Mapping[str, tuple[str, str]], code: str, facts: Mapping[str, str], language: str) -> str:
    return sentences[code][language != ZH].format_map(_Facts(facts)).strip()
