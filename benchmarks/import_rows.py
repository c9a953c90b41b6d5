"""How long `agent-server import customers` takes for a GB18030 file and for a workbook, on SQLite and on PostgreSQL.

Each import is a process of its own, from its start to its end: 12 columns with two telephone numbers, on an empty site,
then the same file again, which changes nothing. Seconds of processor are those of the import and its reader, without
the database server's.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl

from agent_server.settings import Settings
from tests.in_process import make_site
from tests.postgresql import Cluster

HEADINGS: Final = (
    "客户编号",
    "姓名",
    "手机",
    "固话",
    "客群",
    "等级",
    "公司",
    "邮箱",
    "标签",
    "地区",
    "开户日期",
    "备注",
)
TIERS: Final = ("普通", "银卡", "金卡", "钻石")


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder, Cluster() as cluster:
        home = Path(folder)
        table, workbook = home / "customers.csv", home / "customers.xlsx"
        _write_csv(table, options.rows)
        _write_workbook(workbook, options.rows)
        figures: dict[str, Any] = {"rows": options.rows}
        for name, database in (("sqlite", None), ("postgresql", cluster)):
            site = make_site(home / name, (), database)
            figures |= _named(f"{name}_csv", _imported(site, table))
            figures |= _named(f"{name}_again", _imported(site, table))
            figures |= _named(f"{name}_xlsx", _imported(make_site(home / f"{name}-xlsx", (), database), workbook))
    figures["slowest_s"] = max(value for name, value in figures.items() if name.endswith("_s"))
    if not options.json:
        print("\n".join(f"{name:>22} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks import_rows", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _imported(site: Settings, path: Path) -> dict[str, Any]:
    database = site.database.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "agent_server", "import", "customers", str(path)]
    before, began = os.times(), time.monotonic()
    done = subprocess.run(
        [*command, "--database", database, "--home", str(site.home)], capture_output=True, text=True, check=False
    )
    took, after = time.monotonic() - began, os.times()
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    told = json.loads(done.stdout)
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"s": round(took, 1), "cpu": round(used, 1), "written": told["new"] + told["changed"]}


def _named(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}_{key}": value for key, value in figures.items()}


def _rows(count: int) -> Iterator[Sequence[str]]:
    for number in range(count):
        yield (
            f"K{number:07d}",
            f"王小明{number}",
            f"138{number:08d}",
            f"0571-8{number % 10_000_000:07d}",
            ("home", "business")[number % 2],
            TIERS[number % len(TIERS)],
            f"杭州海岚科技{number % 5000}有限公司" if number % 3 else "",
            f"k{number}@example.com",
            "老客户,企业微信" if number % 4 else "",
            "浙江杭州",
            f"20{10 + number % 14}-0{1 + number % 9}-1{number % 9}",
            "从旧系统导入" if number % 10 == 0 else "",
        )


def _write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(_rows(count))


def _write_workbook(path: Path, count: int) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("客户")
    sheet.append(list(HEADINGS))
    for row in _rows(count):
        sheet.append(list(row))
    workbook.save(path)
