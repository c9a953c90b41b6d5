"""Calls that are heard in a question: by whoever has the paper, until it is handed in."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.assignment import AssignmentState
from agent_server.tables import assignment, quiz_paper, quiz_result


async def is_asked_about(connection: AsyncConnection, agent_id: str, contact_id: str) -> bool:
    """Whether a paper that this person has not handed in has a question about the call."""
    judged = select(quiz_result.c.id).where(quiz_result.c.id == quiz_paper.c.id).exists()
    open_papers = (
        select(quiz_paper.c.questions)
        .join(assignment, assignment.c.id == quiz_paper.c.assignment)
        .where(quiz_paper.c.agent == agent_id, assignment.c.state == AssignmentState.OPEN.value, ~judged)
    )
    for questions in await connection.scalars(open_papers):
        if any(one["call"] is not None and one["call"]["contact"] == contact_id for one in questions):
            return True
    return False
