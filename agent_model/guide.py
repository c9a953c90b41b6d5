"""A guided script: what to say step by step, what to ask, where each answer leads, and what it fills of the ticket."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.form import FieldKind

MOST_STEPS: Final = 60
MOST_BRANCHES: Final = 9
"""Each is chosen with one digit."""
LONGEST_NAME: Final = 60
LONGEST_LABEL: Final = 60
LONGEST_VALUE: Final = 200
LONGEST_SAY: Final = 2_000
LONGEST_NOTE: Final = 1_000

TYPED_KINDS: Final = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE)
"""What a step may ask to be typed; anything else is chosen by its branches."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An answer and the step it leads to. `value` is what it fills the step's field with; empty: its label."""

    label: str
    to: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a step fills: the field of the ticket's form with this key, where the form has it, and the description."""

    key: str
    kind: FieldKind = FieldKind.CHOICE


@dataclass(frozen=True, slots=True)
class Ending:
    """What a guide that ends here proposes for ticket and wrap-up; empty: nothing. `category` and `disposition` are
    ids."""

    category: str = ""
    subject: str = ""
    disposition: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.category or self.subject or self.disposition)


NO_ENDING: Final = Ending()


@dataclass(frozen=True, slots=True)
class Step:
    """`say` is Markdown for the caller's ears, `note` for the agent's eyes. Without branches it goes on to `next`;
    without either the guide ends here. `line` is where it stands in the guide's text."""

    id: str
    name: str
    say: str = ""
    note: str = ""
    asked: Asked | None = None
    branches: tuple[Branch, ...] = ()
    next: str = ""
    ending: Ending = NO_ENDING
    line: int = 0

    @property
    def leads_to(self) -> tuple[str, ...]:
        return tuple(branch.to for branch in self.branches) or ((self.next,) if self.next else ())

    @property
    def is_last(self) -> bool:
        return not self.leads_to

    @property
    def is_typed(self) -> bool:
        return self.asked is not None and self.asked.kind in TYPED_KINDS


@dataclass(frozen=True, slots=True)
class Guide:
    """It begins with its first step."""

    steps: tuple[Step, ...]

    def step(self, id_: str) -> Step | None:
        return next((one for one in self.steps if one.id == id_), None)


class GuideWrong(StrEnum):
    """Why a guide cannot be used."""

    NO_STEPS = "no_steps"
    TOO_MANY_STEPS = "too_many_steps"
    TWICE = "twice"
    """Two steps have the same name."""
    NOTHING_SAID = "nothing_said"
    TOO_LONG = "too_long"
    TOO_MANY_BRANCHES = "too_many_branches"
    LEADS_NOWHERE = "leads_nowhere"
    """`named` is the step that is not there."""
    UNREACHABLE = "unreachable"
    NO_WAY_OUT = "no_way_out"
    """From here the guide never ends."""
    TYPED_WITH_BRANCHES = "typed_with_branches"
    """What is typed has one way on."""
    CHOICE_WITHOUT_BRANCHES = "choice_without_branches"
    ENDS_TOO_EARLY = "ends_too_early"
    """It proposes something for the ticket although it goes on."""
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_DISPOSITION = "unknown_disposition"


@dataclass(frozen=True, slots=True)
class GuideFault:
    """`line` is that of the guide's text (0: of no line), `named` what was named wrongly, else the step's name."""

    wrong: GuideWrong
    line: int = 0
    named: str = ""


def to_plain(guide: Guide) -> dict[str, Any]:
    """As an article carries it."""
    return to_body(guide)


def from_plain(plain: Mapping[str, Any]) -> Guide:
    """Raises ValueError, KeyError or TypeError when it is none."""
    return from_body(Guide, "", 0, plain)


def faults(
    guide: Guide, categories: Collection[str] | None = None, dispositions: Collection[str] | None = None
) -> tuple[GuideFault, ...]:
    """Everything that is wrong with it, in the order of its text; empty when it may be used. `categories` and
    `dispositions` are those of the company (None: not known here)."""
    if not guide.steps:
        return (GuideFault(GuideWrong.NO_STEPS),)
    if len(guide.steps) > MOST_STEPS:
        return (GuideFault(GuideWrong.TOO_MANY_STEPS, guide.steps[MOST_STEPS].line),)
    found = [fault for step in guide.steps for fault in _of_step(step)]
    found += [*_twice(guide), *_nowhere(guide), *_unknown(guide, categories, dispositions)]
    if not found:  # only a guide whose ways all lead somewhere can be walked
        found += [*_unreachable(guide), *_without_way_out(guide)]
    return tuple(sorted(found, key=lambda fault: fault.line))


def _of_step(step: Step) -> Iterator[GuideFault]:
    if not step.say:
        yield GuideFault(GuideWrong.NOTHING_SAID, step.line, step.name)
    ending = step.ending
    short = (ending.category, ending.subject, ending.disposition, *(one.value for one in step.branches))
    bounds = (
        (step.say, LONGEST_SAY),
        (step.note, LONGEST_NOTE),
        (step.name, LONGEST_NAME),
        *((one.label, LONGEST_LABEL) for one in step.branches),
        *((text, LONGEST_VALUE) for text in short),
    )
    if any(len(text) > longest for text, longest in bounds):
        yield GuideFault(GuideWrong.TOO_LONG, step.line, step.name)
    if len(step.branches) > MOST_BRANCHES:
        yield GuideFault(GuideWrong.TOO_MANY_BRANCHES, step.line, step.name)
    if step.is_typed and step.branches:
        yield GuideFault(GuideWrong.TYPED_WITH_BRANCHES, step.line, step.name)
    if step.asked is not None and not step.is_typed and not step.branches:
        yield GuideFault(GuideWrong.CHOICE_WITHOUT_BRANCHES, step.line, step.name)
    if not step.is_last and not step.ending.is_empty:
        yield GuideFault(GuideWrong.ENDS_TOO_EARLY, step.line, step.name)


def _twice(guide: Guide) -> Iterator[GuideFault]:
    seen: set[str] = set()
    for step in guide.steps:
        if step.id in seen:
            yield GuideFault(GuideWrong.TWICE, step.line, step.name)
        seen.add(step.id)


def _nowhere(guide: Guide) -> Iterator[GuideFault]:
    there = {step.id for step in guide.steps}
    for step in guide.steps:
        for to in step.leads_to:
            if to not in there:
                yield GuideFault(GuideWrong.LEADS_NOWHERE, step.line, to)


def _unknown(
    guide: Guide, categories: Collection[str] | None, dispositions: Collection[str] | None
) -> Iterator[GuideFault]:
    for step in guide.steps:
        category, disposition = step.ending.category, step.ending.disposition
        if categories is not None and category and category not in categories:
            yield GuideFault(GuideWrong.UNKNOWN_CATEGORY, step.line, category)
        if dispositions is not None and disposition and disposition not in dispositions:
            yield GuideFault(GuideWrong.UNKNOWN_DISPOSITION, step.line, disposition)


def _unreachable(guide: Guide) -> Iterator[GuideFault]:
    reached: set[str] = set()
    waiting = [guide.steps[0].id]
    while waiting:
        step = guide.step(waiting.pop())
        if step is not None and step.id not in reached:
            reached.add(step.id)
            waiting += step.leads_to
    for step in guide.steps:
        if step.id not in reached:
            yield GuideFault(GuideWrong.UNREACHABLE, step.line, step.name)


def _without_way_out(guide: Guide) -> Iterator[GuideFault]:
    ending = {step.id for step in guide.steps if step.is_last}
    grew = True
    while grew:
        more = {step.id for step in guide.steps if ending.intersection(step.leads_to)} - ending
        ending |= more
        grew = bool(more)
    for step in guide.steps:
        if step.id not in ending:
            yield GuideFault(GuideWrong.NO_WAY_OUT, step.line, step.name)
