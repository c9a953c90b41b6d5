"""What agents tell, as it stands on their own workstation: votes, flags, questions, answers that come back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.knowledge.feedback import Feedback
from agent_desktop.knowledge.gaps import GapBook
from agent_desktop.offline.articles import CacheShelf
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.agent import Agent, AgentId, QueueId, Role, TeamId
from agent_model.article_feedback import FeedbackKind, FeedbackState, FlagReason
from agent_model.body import to_body
from agent_model.gap import Gap, GapKind, GapList, GapVerdict
from agent_model.scope import EDITORS, own
from agent_model.wire import Row
from agent_model.words import Words
from tests.desktop.knowledge.conftest import ARTICLES, NEWEST
from tests.fakes import SEALED, SetClock, counting_ids

ME = Agent(AgentId("a-1"), "a", Words("甲", "A"), Role.AGENT, "1001", TeamId("home"), (QueueId("billing"),))
ARTICLE = ARTICLES[0]
GAP = Gap(GapKind.NOTHING_FOUND, ("票开发",), "开发票", 3, 2, NEWEST, queues={"billing": 3})


class Desk:
    """One agent's rooms over a store of their own."""

    def __init__(self, store: Store, agent: Agent = ME) -> None:
        store.open_cache()
        self.clock = SetClock()
        self.mirror = Mirror(store)
        self.outbox = Outbox(store, agent.id)
        view = View(self.mirror, self.outbox)
        self.feedback = Feedback(view, Kept(store), agent, self.clock, counting_ids("f-"))
        self.gaps = GapBook(
            view, self._ask, lambda days: CacheShelf(store, f"gaps-{days}"), agent.id, self.clock, counting_ids("g-")
        )

    def _ask(self, days: int) -> GapList:
        return GapList(self.clock(), days, 3, (GAP,))

    def come(self, row_id: str, scope: Any = None, **fields: Any) -> None:
        body = {
            "kind": "flag", "by": "a-1", "at": "2026-11-21T10:00:00.000Z", "article": "KB-0001", "edition": None,
            "reason": "wrong", "question": "", "words": "", "queue": None, "language": "", "owner": None,
            "state": "open", "answer": "", "answered_with": None, "answered_by": None, "answered_at": None, **fields,
        }  # fmt: skip
        self.mirror.apply(scope or own("a-1"), [Row("article_feedback", row_id, 1, body)], None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path, SEALED)
    yield made
    made.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_last_vote_on_an_edition_is_the_one_that_is_shown(desk: Desk) -> None:
    assert desk.feedback.vote_on(ARTICLE) is None
    desk.feedback.vote(ARTICLE, is_helpful=True)
    desk.clock.move(seconds=1)
    desk.feedback.vote(ARTICLE, is_helpful=False)

    assert desk.feedback.vote_on(ARTICLE) is FeedbackKind.UNHELPFUL
    assert desk.feedback.vote_on(ARTICLES[1]) is None


def test_flag_ends_its_draft_and_names_nobody(desk: Desk) -> None:
    desk.feedback.keep(ARTICLE.id, "客户 陈思远")
    desk.feedback.flag(ARTICLE, FlagReason.OUTDATED, "陈思远 说 13812345678 没退", names=("陈思远",))

    [entry] = desk.outbox.entries()
    assert entry.command.fields["words"].new == "陈** 说 138****5678 没退"
    assert "state" not in entry.command.fields
    assert desk.feedback.draft(ARTICLE.id) == ""


def test_answer_is_told_once_also_after_a_restart(desk: Desk, store: Store) -> None:
    desk.come("f-9", state="answered", answer="改好了", answered_by="a-7", answered_at="2026-11-21T11:00:00.000Z")

    assert [one.answer for one in desk.feedback.news()] == ["改好了"]
    assert desk.feedback.news() == ()
    assert Desk(store).feedback.news() == ()


def test_owner_is_told_of_a_flag_and_answers_it(desk: Desk) -> None:
    desk.come("f-9", by="a-2", owner="a-1", words="旧价格")
    desk.come("f-8", by="a-1", owner="a-2")

    assert [one.id for one in desk.feedback.news()] == ["f-9"]
    [flag] = desk.feedback.waiting()
    desk.feedback.answer(flag, FeedbackState.ANSWERED, "改好了")
    assert desk.feedback.waiting() == ()
    [entry] = desk.outbox.entries()
    told = {name: change.new for name, change in entry.command.fields.items()}
    assert told == {"state": "answered", "answer": "改好了"}


def test_editor_has_everything_that_waits(store: Store) -> None:
    desk = Desk(store, Agent(AgentId("a-9"), "e", Words("编", "E"), Role.EDITOR, "1", TeamId("home"), ()))
    desk.come("f-1", EDITORS, kind="missing", article=None, reason=None, question="开发票")
    desk.come("f-2", EDITORS)

    assert [one.id for one in desk.feedback.waiting()] == ["f-1", "f-2"]


def test_list_of_gaps_is_kept_and_what_is_settled_here_is_gone_from_it(desk: Desk) -> None:
    assert desk.gaps.kept(30) is None
    gaps = desk.gaps.fetch(30)
    desk.gaps.keep(gaps)
    assert desk.gaps.kept(30) == gaps
    assert desk.gaps.kept(7) is None
    desk.gaps.settle(GAP, GapVerdict.IGNORED, "不归我们管")

    assert desk.gaps.open(gaps) == ()
    [entry] = desk.outbox.entries()
    assert (entry.command.entity, entry.command.fields["form"].new) == ("gap_decision", "票开发")


def test_gap_that_was_asked_after_it_was_settled_is_open(desk: Desk) -> None:
    row = {
        "kind": "nothing_found",
        "form": "票开发",
        "question": "开发票",
        "verdict": "done",
        "by": "a-9",
        "reason": "",
    }
    decided = {**row, "at": "2024-05-01T09:00:00.000Z"}
    desk.mirror.apply(EDITORS, [Row("gap_decision", "g-9", 1, decided)], None)

    assert desk.gaps.open(desk.gaps.fetch(30)) == (GAP,)
    assert to_body(GAP)["last"] > decided["at"]
