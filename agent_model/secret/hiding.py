"""Texts with what is not for every eye hidden, taken out, or put back by who may have it whole."""

from collections.abc import Collection

from agent_model.secret.finding import ALL, Secret, find


def mask(text: str, kinds: Collection[Secret] = ALL, names: Collection[str] = ()) -> str:
    """The text with everything of these kinds as it may be shown. What is hidden already stays as it is."""
    parts, at = [], 0
    for found in find(text, kinds, names):
        parts += [text[at : found.start], found.shown]
        at = found.end
    return "".join((*parts, text[at:])) if at else text


def restored(text: str, whole: str, kinds: Collection[Secret] = ALL, names: Collection[str] = ()) -> str:
    """A text that was written over the masked `whole`: what stayed hidden in it stands whole again, in its order."""
    at = 0
    for found in find(whole, kinds, names):
        place = text.find(found.shown, at)
        if place >= 0:
            was = whole[found.start : found.end]
            text = text[:place] + was + text[place + len(found.shown) :]
            at = place + len(was)
    return text
