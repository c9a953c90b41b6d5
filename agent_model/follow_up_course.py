"""The course of a follow-up: what each attempt makes of it. Server and workstation reckon with the same."""

from dataclasses import replace
from typing import Final

from agent_model.follow_up import Attempt, AttemptResult, FollowUp, FollowUpKind, FollowUpState
from agent_model.follow_up_plan import FollowUpPlan

SATISFACTION: Final = range(1, 6)
IN_VAIN: Final = frozenset({AttemptResult.NO_ANSWER, AttemptResult.BUSY})
SPOKEN_TO: Final = frozenset({AttemptResult.REACHED, AttemptResult.REFUSED})
_FINAL: Final = frozenset({FollowUpState.DONE, FollowUpState.CLEARED})


def is_attempt(follow_up: FollowUp, attempt: Attempt) -> bool:
    """Whether it says what such an attempt may: an answer of theirs only where they were reached in a return visit,
    another time only where they named one, a call of their own only for a callback."""
    result = attempt.result
    if attempt.satisfaction is not None and (
        follow_up.kind is not FollowUpKind.RETURN_VISIT
        or result is not AttemptResult.REACHED
        or attempt.satisfaction not in SATISFACTION
    ):
        return False
    if (attempt.later_at is not None) != (result is AttemptResult.LATER):
        return False
    return result is not AttemptResult.CALLED_IN or follow_up.kind is FollowUpKind.CALLBACK


def is_answering(result: AttemptResult) -> bool:
    """Whether the ticket that the call was about is answered by it: somebody spoke with the customer."""
    return result in SPOKEN_TO


def counted(follow_up: FollowUp, plan: FollowUpPlan) -> FollowUp:
    """With every attempt counted that was not yet."""
    for index in range(follow_up.counted, len(follow_up.attempts)):
        follow_up = _after(follow_up, index, plan)
    return follow_up


def _after(follow_up: FollowUp, index: int, plan: FollowUpPlan) -> FollowUp:
    """Who was spoken to was reached, whatever was thought before; anything else changes only what is still open."""
    attempt = follow_up.attempts[index]
    told = replace(follow_up, counted=index + 1)
    if attempt.result in SPOKEN_TO and told.state not in _FINAL:
        return replace(_ended(told, FollowUpState.DONE, attempt), satisfaction=attempt.satisfaction)
    if not told.is_open:
        return told
    match attempt.result:
        case AttemptResult.CALLED_IN:
            return replace(_ended(told, FollowUpState.CLEARED, attempt), cleared_by=attempt.call_ref)
        case AttemptResult.WRONG_NUMBER:
            return _ended(told, FollowUpState.NOT_REACHED, attempt)
        case AttemptResult.LATER:
            due_at = attempt.later_at or told.due_at
            return replace(told, due_at=due_at, until=None, snoozed_until=None, result=attempt.result)
    in_vain = sum(1 for one in told.attempts[: index + 1] if one.result in IN_VAIN)
    if in_vain >= plan.attempts:
        return _ended(told, FollowUpState.NOT_REACHED, attempt)
    due_at = plan.next_attempt(attempt.at, in_vain, told.zone)
    return replace(told, due_at=due_at, until=None, snoozed_until=None, result=attempt.result)


def _ended(follow_up: FollowUp, state: FollowUpState, attempt: Attempt) -> FollowUp:
    return replace(follow_up, state=state, result=attempt.result, ended_at=attempt.at, snoozed_until=None)
