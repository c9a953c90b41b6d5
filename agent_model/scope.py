"""Scopes: the slices of the company's knowledge that a workstation may hold, each with its own order of changes."""

from typing import NewType

Scope = NewType("Scope", str)

ORG = Scope("org")
EDITORS = Scope("editors")
"""What those who write knowledge, quizzes and the like work on, before anybody else has it."""


def team(team_id: str) -> Scope:
    return Scope(f"team:{team_id}")


def leads(team_id: str) -> Scope:
    """What is told to who leads a team, and not to the team: results of each in it."""
    return Scope(f"leads:{team_id}")


def queue(queue_id: str) -> Scope:
    return Scope(f"queue:{queue_id}")


def role(name: str) -> Scope:
    """What is said to everybody of a role."""
    return Scope(f"role:{name}")


def site(name: str) -> Scope:
    """What is said to everybody of a place."""
    return Scope(f"site:{name}")


def customers(segment: str) -> Scope:
    return Scope(f"customers:{segment}")


def own(agent_id: str) -> Scope:
    return Scope(f"own:{agent_id}")
