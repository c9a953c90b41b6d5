"""Guides in words: what is wrong with one, how what was answered reads, and what a ticket keeps of its own."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.knowledge.guide_runs import GuideRun
from agent_desktop.ui.directory import Directory
from agent_model.guide import MOST_BRANCHES, MOST_STEPS, Ending, GuideFault, GuideWrong, faults
from agent_model.guide_text import read

translate = QCoreApplication.translate

BETWEEN: Final = " · "


def transcript(run: GuideRun) -> str:
    """The guide's name, and each step with its answer on a line of its own."""
    lines = [translate("guides", "Guide: {title}").format(title=run.title)]
    lines += [f"- {name}: {answer}" if answer else f"- {name}" for name, answer in run.told()]
    return "\n".join(lines)


def guide_as_read(text: str) -> str:
    """The whole guide in Markdown, its steps numbered, as somebody reads it who does not go through it."""
    steps = read(text).guide.steps
    numbers = {step.id: number for number, step in enumerate(steps, 1)}
    parts = []
    for step in steps:
        parts.append(f"### {numbers[step.id]}. {step.name}\n\n{step.say}")
        parts += [f"*{step.note}*"] if step.note else []
        ways = [(branch.label, branch.to) for branch in step.branches]
        ways += [(translate("guides", "What is answered"), step.next)] if step.is_typed and step.next else []
        parts += ["\n".join(f"- {label} → {numbers.get(to, to)}" for label, to in ways)] if ways else []
    return "\n\n".join(parts)


def guide_as_written(text: str) -> str:
    """As somebody reads it who writes it: above the steps what is wrong with them, by line."""
    found = read(text)
    wrong = sorted((*found.faults, *faults(found.guide)), key=lambda fault: fault.line)
    told = "\n".join(f"- **{explain_guide_fault(fault)}**" for fault in wrong)
    return "\n\n---\n\n".join(filter(None, (told, guide_as_read(text))))


def proposed_words(ending: Ending, names: Directory) -> str:
    """What the end of a guide brings into the ticket."""
    told = [translate("guides", "What was answered goes into the ticket.")]
    if ending.category:
        told.append(translate("guides", "Category: {name}").format(name=names.category(ending.category)))
    if ending.subject:
        told.append(translate("guides", "Subject: {subject}").format(subject=ending.subject))
    if ending.disposition:
        told.append(translate("guides", "Disposition: {name}").format(name=names.wrap_up_code(ending.disposition)))
    return "\n".join(told)


def filled_words(kept: Sequence[str], without_place: Sequence[str]) -> str:
    """What became of the answers: `kept` is what the ticket had before and still has, by the names of the fields."""
    told = [translate("guides", "The guide's answers are in the ticket.")]
    if kept:
        words = translate("guides", "Left as you wrote it: {fields}.")
        told.append(words.format(fields=", ".join(kept)))
    if without_place:
        words = translate("guides", "Only in the description, the form does not take it: {fields}.")
        told.append(words.format(fields=", ".join(without_place)))
    return " ".join(told)


def explain_guide_fault(fault: GuideFault) -> str:
    """The line, and what to do about it."""
    if not fault.line:
        return _why(fault)
    return translate("guides", "Line {line}: {why}").format(line=fault.line, why=_why(fault))


def _why(fault: GuideFault) -> str:
    match fault.wrong:
        case GuideWrong.NO_STEPS:
            return translate("guides", "there is no step yet. A step begins with “## ” and its name.")
        case GuideWrong.TOO_MANY_STEPS:
            words = translate("guides", "a guide has at most {count} steps. Make two guides of it.")
            return words.format(count=MOST_STEPS)
        case GuideWrong.TWICE:
            words = translate("guides", "there are two steps “{name}”. Give one another name.")
        case GuideWrong.NOTHING_SAID:
            words = translate("guides", "the step “{name}” says nothing. Write what the agent says.")
        case GuideWrong.TOO_LONG:
            words = translate("guides", "something in the step “{name}” is too long. Make it shorter.")
        case GuideWrong.TOO_MANY_BRANCHES:
            words = translate("guides", "the step “{name}” has more than {count} answers. Part it into two steps.")
            return words.format(name=fault.named, count=MOST_BRANCHES)
        case GuideWrong.LEADS_NOWHERE:
            words = translate("guides", "there is no step “{name}”. Write the link as the step's heading reads.")
        case GuideWrong.UNREACHABLE:
            words = translate("guides", "nothing leads to the step “{name}”. Link to it, or take it away.")
        case GuideWrong.NO_WAY_OUT:
            words = translate("guides", "from the step “{name}” the guide never ends. Give it a way to an end.")
        case GuideWrong.TYPED_WITH_BRANCHES:
            words = translate("guides", "the step “{name}” has a field to type in and answers. Keep one of the two.")
        case GuideWrong.CHOICE_WITHOUT_BRANCHES:
            words = translate("guides", "the step “{name}” asks for a choice. Write its answers as a list of links.")
        case GuideWrong.ENDS_TOO_EARLY:
            words = translate("guides", "the step “{name}” goes on, so it proposes nothing for the ticket yet.")
        case GuideWrong.UNKNOWN_KIND:
            words = translate("guides", "“{name}” is nothing that can be asked. Write text, number, date or choice.")
        case GuideWrong.UNKNOWN_CATEGORY:
            words = translate("guides", "there is no category “{name}”. Write the id of one that is there.")
        case GuideWrong.UNKNOWN_DISPOSITION:
            words = translate("guides", "there is no disposition “{name}”. Write the id of one that is there.")
    return words.format(name=fault.named)
