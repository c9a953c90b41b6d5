"""Rules of the company as a form has them: which fields a kind has, how each is written, and what was written.

Lists stand one entry a line, what an entry is made of between bars: `1 | 基本核验 | Basic | 1`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from agent_model.agent import Role
from agent_model.wire import Row

BAR: Final = "|"
COMMA: Final = ","
RowsOf = Callable[[str], Sequence[Row]]
"""The rows of a noun of the company."""


class Shape(StrEnum):
    """How a field is written. ROLES is some of `Role`; PICK is one of what is offered, PICKS some of it; LINES one text
    a line; TABLE one entry a line."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    ROLES = "roles"
    PICK = "pick"
    PICKS = "picks"
    LINES = "lines"
    NUMBERS = "numbers"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a TABLE: where in the entry it stands (`words.zh`), how it is written, and what it is picked of.
    What is offered `by` another column, which is picked, is called as that one says (`whom.team`), and looked up by
    its name."""

    path: str
    shape: Shape = Shape.TEXT
    is_optional: bool = False
    offered: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class While:
    """As long as another field, a PICK, says one of these."""

    path: str
    says: frozenset[str]


@dataclass(frozen=True, slots=True)
class FieldOfRule:
    """`offered` names what a PICK or PICKS is of: a noun of the company, or a choice the program knows; a TEXT of what
    is offered is looked up by its name. An empty
    optional field is None; `otherwise` stands for a part that a row lacks; what only `counts` while another field says
    so is not asked for otherwise, and stays what it was. What is `usual` by what another field says follows that, as
    long as nothing else was written."""

    path: str
    shape: Shape
    parts: tuple[Part, ...] = ()
    offered: str = ""
    is_optional: bool = False
    otherwise: Any = None
    counts: While | None = None
    usual: tuple[str, Mapping[str, str]] | None = None
    """The path of a PICK, and what is written by what it says."""

    def followed(self, said: Mapping[str, str | bool]) -> str | bool:
        """What is to be written now."""
        written = said[self.path]
        if self.usual is None:
            return written
        path, by_pick = self.usual
        return by_pick.get(str(said[path]), written) if written in by_pick.values() else written

    def is_asked(self, said: Mapping[str, str | bool]) -> bool:
        return self.counts is None or said[self.counts.path] in self.counts.says


@dataclass(frozen=True, slots=True)
class RuleKind:
    """`title` is the field it is called by, empty where there is one only; `shipped` are in force until the company
    has its own, and a new one is begun with `start`. `faults` says what is wrong with a body, by field, beside the
    other rows of the company (by noun). `is_of_team`: a team lead changes those of the own team only. Of what
    `keeps_versions` the server tells every version. `arranged` puts them in order, with their depth;
    `settled` makes the body that is sent of what the fields say."""

    entity: str
    editors: frozenset[Role]
    fields: tuple[FieldOfRule, ...]
    shipped: Mapping[str, Mapping[str, Any]]
    start: Mapping[str, Any]
    faults: Callable[[str, Mapping[str, Any], RowsOf], Mapping[str, str]]
    title: str = ""
    can_add: bool = False
    is_of_team: bool = False
    keeps_versions: bool = False
    arranged: Callable[[Sequence["CompanyRule"]], Sequence["CompanyRule"]] = tuple
    settled: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """`is_begun`: it is being written, and not saved; `body` is what it was before; `depth` how many branches are above
    it."""

    entity: str
    id: str
    body: Mapping[str, Any]
    version: int = 0
    written: Mapping[str, str | bool] | None = None
    depth: int = 0

    @property
    def is_begun(self) -> bool:
        return self.written is not None


class NotARule(Exception):
    """`faults` are codes by field; nothing was kept."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(dict(faults))
        self.faults = faults


def _no_rows(_entity: str) -> Sequence[Row]:
    """Where nothing of the company is known."""
    return ()


def written(field: FieldOfRule, body: Mapping[str, Any]) -> str | bool:
    """A field as it stands in the form; a YES_NO as what it is."""
    value = _at(body, field.path)
    value = field.otherwise if value is None else value
    match field.shape:
        case Shape.YES_NO:
            return bool(value)
        case Shape.LINES:
            return "\n".join(map(str, value or ()))
        case Shape.NUMBERS | Shape.ROLES | Shape.PICKS:
            return f"{COMMA} ".join(map(str, value or ()))
        case Shape.TABLE:
            return "\n".join(f" {BAR} ".join(_cell(entry, part) for part in field.parts) for entry in value or ())
        case _:
            return "" if value is None else str(value)


def read(
    kind: RuleKind, rule: CompanyRule, said: Mapping[str, str | bool], rows_of: RowsOf = _no_rows
) -> dict[str, Any]:
    """The body that the form says. Raises NotARule."""
    body: dict[str, Any] = dict(rule.body)
    faults: dict[str, str] = {}
    for field in kind.fields:
        if not field.is_asked(said):
            continue
        try:
            body = _with(body, field.path, _value(field, said[field.path]))
        except (ValueError, KeyError):
            faults[field.path] = "not_readable"
    if not faults:
        body = dict(kind.settled(body))
        try:
            faults = dict(kind.faults(rule.id, body, rows_of))
        except (ValueError, KeyError, TypeError):
            faults = {"": "not_readable"}
    if faults:
        raise NotARule(faults)
    return body


def _at(body: Any, path: str) -> Any:
    for name in path.split("."):
        body = body.get(name) if isinstance(body, Mapping) else None
    return body


def _with(body: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    name, _, rest = path.partition(".")
    inner = body.get(name)
    return {**body, name: _with(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value}


def _value(field: FieldOfRule, said: str | bool) -> Any:
    if isinstance(said, bool):
        return said
    match field.shape:
        case Shape.NUMBER | Shape.PICK | Shape.TEXT if field.is_optional and not said.strip():
            return None
        case Shape.NUMBER:
            return int(said)
        case Shape.PICKS:
            return _several(said)
        case Shape.ROLES:
            return [Role(one).value for one in _several(said)]
        case Shape.DECIMAL:
            return float(said.replace("，", ".").replace(",", "."))
        case Shape.NUMBERS:
            return [int(one) for one in _several(said)]
        case Shape.LINES:
            return [line.strip() for line in said.splitlines() if line.strip()]
        case Shape.TABLE:
            return [_entry(line, field.parts) for line in said.splitlines() if line.strip()]
        case _:
            return said.strip()


def _several(said: str) -> list[str]:
    parts = said.replace("，", COMMA).replace("、", COMMA).split(COMMA)
    return [part.strip() for part in parts if part.strip()]


def _entry(line: str, parts: tuple[Part, ...]) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.replace("｜", BAR).split(BAR)]
    cells += [""] * (len(parts) - len(cells))
    if len(cells) != len(parts):
        raise ValueError(line)
    entry: dict[str, Any] = {}
    for part, cell in zip(parts, cells, strict=True):
        if cell or not part.is_optional:
            value = _value(FieldOfRule(part.path, part.shape), cell)
            entry = _with(entry, part.path, value)
        else:
            entry = _with(entry, part.path, None)
    return entry


def _cell(entry: Mapping[str, Any], part: Part) -> str:
    return str(written(FieldOfRule(part.path, part.shape), entry))
