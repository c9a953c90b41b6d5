"""A guided script as text, in a small form of Markdown that is an article's body.

    ## Is the lamp on?
    Please look at the box: is the green lamp on?
    > The lamp is beside the power socket.
    - [It is on](#serial)
    - [It is off](#socket "no power")

    ## Serial
    Would you read me the number on its back?
    field: serial text
    next: #done

    ## Done
    I send somebody.
    category: broadband.fault
    subject: Router without power

A heading is a step, a quoted line a note for the agent, a list of links its answers; a link's title is the value it
fills the step's field with. `field` takes text, a number, a date or, where there are answers, a choice. It, `next`,
`category`, `subject` and `disposition` may be written in Chinese.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from agent_model.form import FieldKind
from agent_model.guide import Asked, Branch, Ending, Guide, GuideFault, GuideWrong, Step, faults

_HEADING: Final = re.compile(r"##\s+(.+?)\s*#*")
_BRANCH: Final = re.compile(r"""(?:[-*+]|\d+[.)])\s+\[([^\]]+)\]\(#([^\s")]*)(?:\s+"([^"]*)")?\)""")
_LINE: Final = re.compile(r"([A-Za-z\u4e00-\u9fff]+)\s*[:：]\s*(.*)")

_SIGNS: Final = re.compile(r"[^\w\s-]")

_NAMES: Final[Mapping[str, str]] = {
    "field": "field",
    "字段": "field",
    "next": "next",
    "下一步": "next",
    "category": "category",
    "分类": "category",
    "subject": "subject",
    "主题": "subject",
    "disposition": "disposition",
    "小结": "disposition",
}
_KINDS: Final[Mapping[str, FieldKind]] = {
    "text": FieldKind.TEXT,
    "文本": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "数字": FieldKind.NUMBER,
    "date": FieldKind.DATE,
    "日期": FieldKind.DATE,
    "choice": FieldKind.CHOICE,
    "选择": FieldKind.CHOICE,
}


@dataclass(frozen=True, slots=True)
class Read:
    """A guide read from text, and what in the text could not be read at all."""

    guide: Guide
    faults: tuple[GuideFault, ...] = ()


@dataclass(slots=True)
class _Begun:
    """A step while its lines are read."""

    name: str
    line: int
    say: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    key: str = ""
    kind: FieldKind | None = None
    next: str = ""
    ending: Ending = field(default_factory=Ending)


class NotAGuide(ValueError):
    """The text is no guide that can be gone through; `faults` say why, by line."""

    def __init__(self, faults: tuple[GuideFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def whole(text: str) -> Guide:
    """Raises NotAGuide."""
    found = read(text)
    if wrong := (*found.faults, *faults(found.guide)):
        raise NotAGuide(tuple(sorted(wrong, key=lambda fault: fault.line)))
    return found.guide


def step_id(name: str) -> str:
    """What a link to the step of this name is called: small letters without signs, with hyphens for spaces."""
    return "-".join(_SIGNS.sub("", name.casefold()).split())


def read(text: str) -> Read:
    """What stands before the first heading is no step: it says what the guide is for."""
    steps: list[_Begun] = []
    unread: list[GuideFault] = []
    for number, line in enumerate(text.splitlines(), 1):
        heading = _HEADING.fullmatch(line.strip())
        if heading is not None:
            steps.append(_Begun(heading[1], number))
        elif steps:
            unread += _take(steps[-1], line, number)
    return Read(Guide(tuple(map(_step, steps))), tuple(unread))


def _take(step: _Begun, line: str, number: int) -> Iterable[GuideFault]:
    bare = line.strip()
    if bare.startswith(">"):
        step.note.append(bare[1:].strip())
    elif found := _BRANCH.fullmatch(bare):
        step.branches.append(Branch(found[1].strip(), step_id(found[2]), (found[3] or "").strip()))
    elif (found := _LINE.fullmatch(bare)) and (name := _NAMES.get(found[1].casefold())):
        return _named(step, name, found[2].strip(), number)
    else:
        step.say.append(line.rstrip())
    return ()


def _named(step: _Begun, name: str, value: str, number: int) -> Iterable[GuideFault]:
    if name == "next":
        step.next = step_id(value.removeprefix("#"))
    elif name == "field":
        key, _, kind = value.partition(" ")
        if kind.strip() and kind.strip().casefold() not in _KINDS:
            return (GuideFault(GuideWrong.UNKNOWN_KIND, number, kind.strip()),)
        step.key, step.kind = key, _KINDS.get(kind.strip().casefold())
    else:
        step.ending = replace(step.ending, **{name: value})
    return ()


def _step(begun: _Begun) -> Step:
    kind = begun.kind or (FieldKind.CHOICE if begun.branches else FieldKind.TEXT)
    return Step(
        id=step_id(begun.name),
        name=begun.name,
        say="\n".join(begun.say).strip(),
        note="\n".join(begun.note).strip(),
        asked=Asked(begun.key, kind) if begun.key else None,
        branches=tuple(begun.branches),
        next=begun.next,
        ending=begun.ending,
        line=begun.line,
    )
