"""What a guided script fills of a ticket: what is empty; what somebody wrote stays, and is named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent_desktop.tickets.draft import TicketDraft
from agent_model.form import FieldKind, FormField, TicketForm
from agent_model.form_value import BETWEEN_CHOICES, NO, YES, Locale, NotReadable, read
from agent_model.guide import Ending

SAID_YES = frozenset({YES, "y", "是", "有", "对"})
SAID_NO = frozenset({NO, "n", "否", "没有", "不"})


@dataclass(frozen=True, slots=True)
class Guided:
    """The draft as it is now. `kept` are the fields that held something else and still do, `unfit` those that do not
    take what was answered: by name, those of the form by key."""

    draft: TicketDraft
    kept: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


def fill(
    draft: TicketDraft,
    ending: Ending,
    answers: Mapping[str, str],
    transcript: str,
    form: TicketForm | None,
    locale: Locale,
) -> Guided:
    """`form` is that of the category the draft has, else of the one the ending proposes; `answers` are by its keys."""
    proposed = {"category": ending.category, "subject": ending.subject}
    had = {"category": draft.category, "subject": draft.subject}
    kept = [name for name, text in proposed.items() if text and had[name].strip() not in ("", text)]
    typed, unfit = dict(draft.typed), []
    for key, answer in answers.items():
        field = None if form is None else form.field(key)
        if field is None:
            continue
        text = as_typed(field, answer, locale)
        if text is None:
            unfit.append(key)
        elif typed.get(key, "").strip() not in ("", text):
            kept.append(key)
        else:
            typed[key] = text
    return Guided(
        replace(
            draft,
            category=draft.category or ending.category,
            subject=draft.subject if draft.subject.strip() else ending.subject,
            description="\n\n".join(filter(None, (draft.description.rstrip(), transcript))),
            typed=typed,
        ),
        tuple(kept),
        tuple(unfit),
    )


def as_typed(field: FormField, answer: str, locale: Locale) -> str | None:
    """An answer as it is typed into the field: choices by their ids or names; None where the field does not take it."""
    said = answer.strip().casefold()
    if field.kind is FieldKind.YES_NO:
        return YES if said in SAID_YES else NO if said in SAID_NO else None
    if field.kind.has_options:
        named = {name.casefold(): one.id for one in field.options for name in (one.label.zh, one.label.en, one.id)}
        found = [named.get(said)] if said in named else [named.get(one) for one in said.split(BETWEEN_CHOICES)]
        return None if None in found else BETWEEN_CHOICES.join(filter(None, found))
    try:
        read(field, answer, locale)
    except NotReadable:
        return None
    return answer
