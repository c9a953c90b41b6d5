"""A table on its way in, as the server tells it."""

from dataclasses import replace

from agent_desktop.sync.imports import Fault, FieldKnown, ImportTask, Known, Seen, SeenColumn, SeenRow
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.customer_form import CustomField
from agent_model.form import FieldKind, Option
from agent_model.table_import import ImportState, ImportStep, ImportTally, ImportWishes
from agent_model.words import Words

PLAN = CustomField(
    "plan",
    FieldKind.CHOICE,
    Words("套餐", "Plan"),
    options=(Option("family", Words("家庭", "Family")), Option("alone", Words("个人", "Alone"))),
)
FIELDS = tuple(
    FieldKnown(name, name in ("id", "name", "segment"), name == "phones")
    for name in ("id", "name", "segment", "phones", "tier", "company", "email", "tags", "value", "note", PLAN.name)
)
COLUMNS = (
    SeenColumn(0, "客户编号", "id"),
    SeenColumn(1, "姓名", "name"),
    SeenColumn(2, "手机", "phones"),
    SeenColumn(3, "等级", "tier"),
    SeenColumn(4, "公司", "company"),
    SeenColumn(5, "套餐", PLAN.name),
    SeenColumn(6, "年消费(元)", "value"),
    SeenColumn(7, "积分", None),
)


def _row(number: int, name: str, phone: str, tier: str, company: str, fen: int) -> SeenRow:
    cells = (f"K{number:04}", name, phone, tier, company, "家庭", str(fen / 100), str(number * 20))
    told = {
        "id": cells[0], "name": name, "phones": [f"+86{phone}"], "tier": tier, "company": company or None,
        PLAN.name: "family", "value": fen,
    }  # fmt: skip
    return SeenRow(number, cells, told, "")


ROWS = (
    _row(2, "欧阳雪峰", "13799990101", "gold", "", 128_000),
    _row(3, "司徒静怡", "13799990102", "standard", "", 36_500),
    SeenRow(4, ("K0004", "赵五", "1379999", "银卡", "", "", "0", "60"), None, "手机：“1379999”不是电话号码"),
    _row(5, "诸葛云帆", "13799990103", "diamond", "杭州云帆科技有限公司", 2_480_000),
    _row(6, "上官晓菲", "13799990104", "silver", "", 98_000),
)
LACKS = Fault("unknown_columns", {"columns": "积分", "example": "积分", "fields": "id, name"})
SEEN = Seen(
    encoding="gb18030",
    delimiter=",",
    row_count=98_412,
    columns=COLUMNS,
    constants={"segment": "home"},
    rows=ROWS,
    lacks=LACKS,
)
LOOKED = ImportTask(
    "t1",
    "customers",
    "客户名单 2026-11.csv",
    ImportStep.LOOK,
    ImportState.DONE,
    ImportWishes(),
    None,
    SEEN,
    None,
    has_errors=False,
)
WHOLE = replace(SEEN, columns=(*COLUMNS[:7], SeenColumn(7, "积分", "note")), lacks=None)
RUNNING = replace(
    LOOKED,
    step=ImportStep.RUN,
    state=ImportState.WORKING,
    seen=WHOLE,
    tally=ImportTally(98_412, 61_500, 60_112, 903, 466, 19),
)
DONE = replace(
    RUNNING, state=ImportState.DONE, tally=ImportTally(98_412, 98_412, 96_201, 1_377, 803, 31), has_errors=True
)
KNOWN = Known((), {"customers": FIELDS}, {"customers": {"旧系统": ImportWishes({"积分": "note"})}})
TASKS = {"import": LOOKED, "import_running": RUNNING, "import_done": DONE}


def show(window: MainWindow, state: str) -> None:
    """An administrator has a customer list open."""
    window.rail.offer(Page.IMPORTS, is_offered=True)
    window.show_page(Page.IMPORTS)
    page = window.pages.imports
    page.show_directory(Directory(own={PLAN.name: PLAN}))
    page.show_known(KNOWN)
    if state in TASKS:
        page.begin("customers", ImportWishes())
        page.show_task(replace(TASKS[state], step=ImportStep.LOOK, state=ImportState.DONE, tally=None))
        page.show_task(TASKS[state])
