"""A guide that is being gone through with a caller: where it is, what was answered, and all of it on the disk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from agent_desktop.offline.outbox import Draft, Outbox
from agent_model.guide import Ending, Guide, Step, from_plain, to_plain

KIND: Final = "guide"


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered at a step: which of its branches, or what was typed; neither where it only goes on."""

    step: str
    branch: int | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class GuideRun:
    """`key` is that of the open item. The guide is the one that was begun, whatever becomes of its article. `typed` is
    what stands in the field of the step that is on the screen. It is put by while it `is_aside`."""

    key: str
    article_id: str
    title: str
    guide: Guide
    answers: tuple[Answered, ...] = ()
    typed: str = ""
    is_aside: bool = False
    customer_id: str | None = None

    @property
    def step(self) -> Step:
        """The one that is on the screen."""
        if not self.answers:
            return self.guide.steps[0]
        last = self.answers[-1]
        before = self._step(last.step)
        return self._step(before.next if last.branch is None else before.branches[last.branch].to)

    @property
    def has_answers(self) -> bool:
        return bool(self.answers or self.typed.strip())

    def choose(self, branch: int) -> "GuideRun":
        return self._go_on(Answered(self.step.id, branch=branch))

    def go_on(self) -> "GuideRun":
        """To what follows, with what was typed."""
        return self._go_on(Answered(self.step.id, typed=self.typed.strip() if self.step.is_typed else ""))

    def back(self) -> "GuideRun":
        """To the step before, with what was typed there."""
        if not self.answers:
            return self
        return replace(self, answers=self.answers[:-1], typed=self.answers[-1].typed)

    def answer_of(self, answered: Answered) -> str:
        """As it is read."""
        if answered.branch is None:
            return answered.typed
        return self._step(answered.step).branches[answered.branch].label

    def told(self) -> tuple[tuple[str, str], ...]:
        """The steps gone through, by name, with what was answered."""
        return tuple((self._step(one.step).name, self.answer_of(one)) for one in self.answers)

    @property
    def filled(self) -> Mapping[str, str]:
        """What was answered for fields of the ticket's form, by key; of a step gone through twice the last."""
        found: dict[str, str] = {}
        for one in self.answers:
            step = self._step(one.step)
            if step.asked is None:
                continue
            branch = None if one.branch is None else step.branches[one.branch]
            found[step.asked.key] = one.typed if branch is None else branch.value or branch.label
        return {key: text for key, text in found.items() if text}

    @property
    def ending(self) -> Ending:
        """What the step on the screen proposes; nothing where the guide goes on."""
        return self.step.ending

    def _go_on(self, answered: Answered) -> "GuideRun":
        return replace(self, answers=(*self.answers, answered), typed="")

    def _step(self, id_: str) -> Step:
        found = self.guide.step(id_)
        if found is None:
            raise KeyError(id_)
        return found


class GuideRuns:
    """One an open item. What writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._clock = clock

    def save(self, run: GuideRun) -> None:
        """On the disk when this returns."""
        self._outbox.save_draft(run.key, _plain(run), self._clock(), KIND)

    def of(self, key: str) -> GuideRun | None:
        found = self._outbox.draft(key, KIND)
        return None if found is None else _run(found)

    def all(self) -> tuple[GuideRun, ...]:
        """Those that are going on, the latest first."""
        return tuple(run for run in map(_run, self._outbox.drafts(KIND)) if run is not None)

    def drop(self, key: str) -> None:
        self._outbox.drop_draft(key, KIND)

    def drop_idle(self, key: str) -> None:
        """Unless something was answered."""
        run = self.of(key)
        if run is not None and not run.has_answers:
            self.drop(key)


def _plain(run: GuideRun) -> dict[str, Any]:
    return {
        "customer_id": run.customer_id,
        "article_id": run.article_id,
        "title": run.title,
        "guide": to_plain(run.guide),
        "answers": [{"step": one.step, "branch": one.branch, "typed": one.typed} for one in run.answers],
        "typed": run.typed,
        "is_aside": run.is_aside,
    }


def _run(draft: Draft) -> GuideRun | None:
    """None: no later program can go on with what this one wrote, or the other way round."""
    body = draft.body
    try:
        run = GuideRun(
            key=draft.key,
            article_id=body["article_id"],
            title=body["title"],
            guide=from_plain(body["guide"]),
            answers=tuple(Answered(one["step"], one["branch"], one["typed"]) for one in body["answers"]),
            typed=body["typed"],
            is_aside=body["is_aside"],
            customer_id=body["customer_id"],
        )
        run.told()
        _ = run.step
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return run
