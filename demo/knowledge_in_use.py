"""What the demo company announced, taught and wrote, and what came of it: told to its server by the people who did."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_model.announcement import receipt_id, seal
from agent_model.command import CommandKind
from agent_model.moment import to_text
from agent_model.question import FALSE, TRUE, WITH_OPTIONS, QuestionKind
from demo import company
from demo.at_work import AtWork

EDITOR, READER, LEAD = "ye.wen", "lu.hai", "zhou.min"
TEAM_QUIZ = "qz-weekly"
ANSWER_S = 18
LETTERS = "abcdefghij"

Facts = Mapping[str, Any]


class KnowledgeInUse:
    """`tell_everything` once, on the server of a company that was just filled. Raises RuntimeError when the server
    does not take something."""

    def __init__(self, server: str, now: datetime) -> None:
        self._server = server
        self._now = now
        self._doors = ExitStack()
        self._people: dict[str, AtWork] = {}

    def tell_everything(self) -> None:
        with self._doors:
            self._teach()
            self._write()
            self._announce()
            self._search()

    def _person(self, login: str) -> AtWork:
        if login not in self._people:
            self._people[login] = self._doors.enter_context(AtWork(self._server, login))
        return self._people[login]

    def _after(self, **span: float) -> str:
        return to_text(self._now + timedelta(**span))

    # ---- announcements ----------------------------------------------------------------------------------

    def _announce(self) -> None:
        for facts in _told("announcements")["announcement"]:
            author, row_id = self._person(facts["author"]), facts["id"]
            author.create("announcement", row_id, self._announcement(facts))
            for reader in facts["read_by"]:
                self._read(facts, self._person(reader))
            if dwell_s := facts.get("dwell_s"):  # nobody had open so long what was told this moment
                author.tell("announcement", row_id, CommandKind.UPDATE, 1, dwell_s=(0, dwell_s))

    def _announcement(self, facts: Facts) -> dict[str, Any]:
        audience = {name: facts.get(name, []) for name in ("teams", "queues", "roles", "sites")}
        asked = [
            {"text": question["text"], "choices": _plain(question["choices"]), "seal": _sealed(facts["id"], question)}
            for question in facts.get("quiz", [])
        ]
        wanted = ("urgency", "must_read", "asks_name", "blocks_ready")
        return {
            "title": facts["title"],
            "body": facts["body"].strip(),
            "audience": audience,
            "valid_to": self._after(hours=facts["until"]),
            "quiz": asked,
            **{name: facts[name] for name in wanted if name in facts},
        }

    def _read(self, facts: Facts, reader: AtWork) -> None:
        at = to_text(datetime.now(UTC))
        name = next(one["name"]["zh"] for one in company.facts()["person"] if one["login"] == reader.login)
        receipt = {
            "announcement": facts["id"],
            "edition": 1,
            "agent": reader.login,
            "delivered_at": at,
            "opened_at": at,
            "read_at": at,
            "dwell_s": facts.get("dwell_s", 0) + ANSWER_S,
            "name": name if facts.get("asks_name") else "",
            "answers": [_rights(question["choices"])[0] for question in facts.get("quiz", [])],
            "tries": 1 if facts.get("quiz") else 0,
        }
        reader.create("announcement_receipt", receipt_id(facts["id"], 1, reader.login), receipt)

    # ---- training ---------------------------------------------------------------------------------------

    def _teach(self) -> None:
        told = _told("training")
        editor, lead = self._person(EDITOR), self._person(LEAD)
        questions = {facts["id"]: facts for facts in told["question"]}
        for facts in questions.values():
            editor.create("question", facts["id"], _question(facts))
            editor.create("question_key", facts["id"], _key(facts))
        for entity in ("quiz", "course", "course_rule"):
            for facts in told[entity]:
                editor.create(entity, facts["id"], _without_id(facts))
        for facts in told["taken"]:
            self._assign(lead, {"agent": facts["agent"], "quiz": TEAM_QUIZ, "days": 5, "note": ""})
            self._take(self._person(facts["agent"]), questions, facts["wrong"])
        for facts in told["assigned"]:
            self._assign(lead, facts)

    def _assign(self, lead: AtWork, facts: Facts) -> None:
        what = "quiz" if "quiz" in facts else "course"
        body = {
            "agent": facts["agent"],
            "assigned_by": lead.login,
            "assigned_at": self._after(),
            "due_at": self._after(days=facts["days"]),
            "note": facts["note"],
            what: facts[what],
        }
        lead.create("assignment", f"as-{facts['agent']}-{facts[what]}", body)

    def _take(self, learner: AtWork, questions: Mapping[str, Facts], wrong: list[str]) -> None:
        [paper] = learner.rows(f"own:{learner.login}", "quiz_paper")
        at = to_text(datetime.now(UTC))
        learner.create("attempt", paper["id"], {"agent": learner.login, "started_at": at})
        answers = [
            {
                "question": asked["question"],
                "answer": _answer(questions[asked["question"]], asked, is_right=asked["question"] not in wrong),
                "nth": nth,
                "took_s": ANSWER_S + nth,
            }
            for nth, asked in enumerate(paper["body"]["questions"], 1)
        ]
        elapsed_s = sum(answer["took_s"] for answer in answers)
        sheet = {"at": at, "answers": answers, "elapsed_s": elapsed_s, "paused_s": 0}
        learner.tell("attempt", paper["id"], CommandKind.APPEND, sheets=(None, sheet))

    # ---- writing ----------------------------------------------------------------------------------------

    def _write(self) -> None:
        told = _told("writing")
        for facts in told["draft"]:
            self._draft(facts)
        for facts in told["change"]:
            self._change(facts)

    def _draft(self, facts: Facts) -> None:
        editor = self._person(EDITOR)
        told = {name: facts[name] for name in ("title", "category", "queue", "keywords") if name in facts}
        ends = {"valid_to": to_text(datetime.now(UTC) + timedelta(seconds=facts["for_s"]))} if "for_s" in facts else {}
        body = {**told, **ends, "body": facts["body"].strip() + "\n", "language": "zh-CN", "owner": EDITOR}
        editor.create("article_draft", facts["id"], body)
        match facts["to"]:
            case "review":
                self._move(editor, facts["id"], "review")
            case "published":
                self._publish(facts["id"])
            case "scheduled":
                self._move(editor, facts["id"], "review")
                at = self._after(days=facts["in_days"])
                self._move(self._person(READER), facts["id"], "scheduled", publish_at=(None, at))
            case "withdrawn":
                self._publish(facts["id"])
                self._move(editor, facts["id"], "withdrawn")

    def _change(self, facts: Facts) -> None:
        """A published article says something else, and a second person publishes it anew."""
        [article] = [row for row in self._person(EDITOR).rows("org", "article") if row["id"] == facts["id"]]
        live = article["body"]
        same = ("title", "body", "category", "product", "queue", "keywords", "language", "owner")
        begun = {name: live[name] for name in same} | {"based_on": live["updated_at"], "state": "published"}
        editor = self._person(EDITOR)
        editor.create("article_draft", facts["id"], begun)
        written = live["body"].replace(facts["was"], facts["now"])
        editor.tell(
            "article_draft", facts["id"], CommandKind.UPDATE, self._held(facts["id"])["version"],
            body=(live["body"], written),
        )  # fmt: skip
        self._publish(facts["id"])

    def _publish(self, article_id: str) -> None:
        self._move(self._person(EDITOR), article_id, "review")
        self._move(self._person(READER), article_id, "published")

    def _move(self, who: AtWork, article_id: str, to: str, **more: Any) -> None:
        held = self._held(article_id)
        state = (held["body"]["state"], to)
        who.tell("article_draft", article_id, CommandKind.UPDATE, held["version"], state=state, **more)

    def _held(self, article_id: str) -> dict[str, Any]:
        drafts = self._person(EDITOR).rows("editors", "article_draft")
        return next(row for row in drafts if row["id"] == article_id)

    # ---- searches, and what agents say of articles ------------------------------------------------------

    def _search(self) -> None:
        told = _told("writing")
        articles = {row["id"]: row["body"] for row in self._person(EDITOR).rows("org", "article")}
        for number, facts in enumerate(told["feedback"]):
            edition = {"edition": articles[facts["article"]]["updated_at"]} if "article" in facts else {}
            body = {**facts, **edition, "at": self._after(), "language": "zh-CN"}
            self._person(facts["by"]).create("article_feedback", f"fb-{number}", body)
        for number, facts in enumerate(told["search"]):
            body = {"by": facts["by"], "at": self._after(), "records": [self._record(facts)]}
            self._person(facts["by"]).create("search_batch", f"sb-{number}", body)

    def _record(self, facts: Facts) -> dict[str, Any]:
        nothing = dict.fromkeys(("queue", "category", "product", "opened", "inserted", "unhelpful"))
        told = {name: value for name, value in facts.items() if name not in ("by", "hours")}
        at = self._after(hours=-facts["hours"])
        return {"at": at, "hits": 0, "subject": "", "sound": "", "language": "zh-CN", **nothing, **told}


def _told(name: str) -> Facts:
    return tomllib.loads((company.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _without_id(facts: Facts) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != "id"}


def _plain(choices: list[str]) -> list[str]:
    return [choice.removeprefix("*") for choice in choices]


def _rights(choices: list[str]) -> list[int]:
    return [place for place, choice in enumerate(choices) if choice.startswith("*")]


def _sealed(announcement_id: str, question: Facts) -> str:
    [right] = _rights(question["choices"])
    return seal(announcement_id, question["text"], _plain(question["choices"])[right])


def _question(facts: Facts) -> dict[str, Any]:
    told = {name: facts[name] for name in ("kind", "bank", "text", "topic", "task") if name in facts}
    options = [{"key": key, "text": text} for key, text in zip(LETTERS, _plain(_options(facts)), strict=False)]
    sources = [{"kind": "article", "id": facts["article"], "version": 1}]
    return {**told, "author": EDITOR, "options": options, "sources": sources}


def _key(facts: Facts) -> dict[str, Any]:
    right: Any = facts.get("right")
    if facts["kind"] == QuestionKind.ORDER:
        right = [key for key, _ in zip(LETTERS, _options(facts), strict=False)]
    elif facts["kind"] in WITH_OPTIONS:
        right = [LETTERS[place] for place in _rights(_options(facts))]
    elif facts["kind"] == QuestionKind.TRUE_FALSE:
        right = [right]
    return {"right": right, "explanation": facts["explanation"], "least": facts.get("least", 0)}


def _options(facts: Facts) -> list[str]:
    options: list[str] = facts.get("options", [])
    return options


def _answer(facts: Facts, asked: Facts, *, is_right: bool) -> list[str]:
    """As it is answered on a paper, whose options have names of their own."""
    kind = QuestionKind(facts["kind"])
    named = {option["text"]: option["key"] for option in asked["options"]}
    match kind:
        case QuestionKind.TRUE_FALSE:
            return [facts["right"] if is_right else (FALSE if facts["right"] == TRUE else TRUE)]
        case QuestionKind.SHORT_TEXT:
            return ["请先升级到 2.1.6，不方便就先连 2.4GHz。" if is_right else "我帮您换一台路由器。"]
        case QuestionKind.TASK:
            return ["searched:固件", *facts["right"]] if is_right else ["searched:掉线"]
        case QuestionKind.ORDER:
            keys = [named[text] for text in _options(facts)]
            return keys if is_right else keys[::-1]
        case _:
            return [named[choice.removeprefix("*")] for choice in _chosen(_options(facts), is_right=is_right)]


def _chosen(options: list[str], *, is_right: bool) -> Iterator[str]:
    """The right ones; else the first of the wrong ones."""
    wrong = next(option for option in options if not option.startswith("*"))
    return (option for option in options if (option.startswith("*") if is_right else option == wrong))
