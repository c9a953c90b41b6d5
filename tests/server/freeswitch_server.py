"""A FreeSWITCH as its documentation has it: the event socket's frames, mod_callcenter, and telephones without sound.

It was written from the public documentation and sources of mod_event_socket, mod_callcenter, mod_hash and mod_commands
(docs/exchange.md names them), not from a running FreeSWITCH.
"""

import asyncio
import contextlib
import json
import re
import shlex
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

DOMAIN: Final = "pbx.example"
PASSWORD: Final = "ClueCon-7"
_ORIGINATE: Final = re.compile(r"originate \{([^}]*)\}user/(\S+) (.+)", re.DOTALL)
_AGENT_COLUMNS: Final = (
    "name|instance_id|uuid|type|contact|status|state|max_no_answer|wrap_up_time|reject_delay_time|busy_delay_time"
    "|no_answer_delay_time|last_bridge_start|last_bridge_end|ready_time"
)
_MEMBER_COLUMNS: Final = (
    "queue|instance_id|uuid|session_uuid|cid_number|cid_name|system_epoch|joined_epoch|rejoined_epoch|bridge_epoch"
    "|abandoned_epoch|base_score|skill_score|serving_agent|serving_system|state|score"
)


@dataclass(slots=True)
class Agent:
    name: str
    contact: str = ""
    status: str = "Logged Out"
    state: str = "Waiting"
    delays: dict[str, int] = field(default_factory=dict)
    ready_at: float = 0.0
    bridge_ended: float = 0.0
    leg: str = ""


@dataclass(slots=True)
class Caller:
    """A member of a queue, in mod_callcenter's word."""

    member: str
    session: str
    queue: str
    number: str
    score: int
    joined: float
    state: str = "Waiting"
    serving: str = ""


@dataclass(slots=True)
class Channel:
    id: str
    user: str = ""
    direction: str = "inbound"
    callstate: str = "RINGING"
    number: str = ""
    dest: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    application: tuple[str, str] = ("", "")
    born: float = 0.0


class FreeSwitchServer:
    """`telephones` are the users that are registered. What takes a telephone's user is done by the methods below."""

    def __init__(self, queues: tuple[str, ...], telephones: tuple[str, ...]) -> None:
        self.queues, self.registered, self.users = list(queues), set(telephones), telephones
        self.modules = {"mod_callcenter", "mod_hash"}
        self.configured = set(queues)
        self.agents: dict[str, Agent] = {}
        self.tiers: dict[tuple[str, str], int] = {}
        self.callers: dict[str, Caller] = {}
        self.channels: dict[str, Channel] = {}
        self.hash: dict[str, str] = {}
        self.commands: list[str] = []
        self.answers_nobody = False
        self.leads: set[str] = set()
        """Whose telephones answer by themselves."""
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._listeners: set[asyncio.StreamWriter] = set()
        self.port = 0

    # ---- the socket ---------------------------------------------------------------------------------------------

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._writers):
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        await self._server.wait_closed()
        self._listeners.clear()

    @asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        await self.stop()
        try:
            yield
        finally:
            await self.start()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        writer.write(b"Content-Type: auth/request\n\n")
        is_known = False
        try:
            while command := (await reader.readuntil(b"\n\n")).decode().strip("\n"):
                if self.answers_nobody:
                    continue
                if not is_known:
                    is_known = command == f"auth {PASSWORD}"
                    _reply(writer, "+OK accepted" if is_known else "-ERR invalid")
                    if not is_known:
                        said = "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"
                        _frame(writer, {"Content-Type": "text/disconnect-notice"}, said)
                        break
                else:
                    self._obey(writer, command)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            self._writers.discard(writer)
            self._listeners.discard(writer)
            writer.close()

    def _obey(self, writer: asyncio.StreamWriter, command: str) -> None:
        self.commands.append(command)
        verb, _, rest = command.partition(" ")
        match verb:
            case "event":
                _reply(writer, "+OK event listener enabled json")
                self._listeners.add(writer)
            case "api":
                _frame(writer, {"Content-Type": "api/response"}, self._api(rest))
            case "bgapi":
                asked, _, header = rest.partition("\nJob-UUID: ")
                job = header or str(uuid.uuid4())
                _reply(writer, f"+OK Job-UUID: {job}", {"Job-UUID": job})
                self.fire("BACKGROUND_JOB", {"Job-UUID": job, "Job-Command": "originate", "_body": self._api(asked)})
            case _:
                _reply(writer, "-ERR command not found")

    def fire(self, name: str, headers: Mapping[str, str]) -> None:
        now = datetime.now(UTC).timestamp()
        told = {"Event-Name": name, "Core-UUID": "core", "Event-Date-Timestamp": str(int(now * 1_000_000)), **headers}
        for writer in self._listeners:
            _frame(writer, {"Content-Type": "text/event-json"}, json.dumps(told), length_first=True)

    def write_raw(self, raw: bytes) -> None:
        for writer in self._listeners:
            writer.write(raw)

    # ---- commands -----------------------------------------------------------------------------------------------

    def _api(self, command: str) -> str:
        verb, _, rest = command.partition(" ")
        match verb:
            case "callcenter_config":
                return self._configure(shlex.split(rest))
            case "show":
                return self._show(rest)
            case "hash":
                return self._hash(rest)
            case "hash_dump":
                realm = rest.split()[1]
                return "".join(f"D/{key}/{value}\n" for key, value in self.hash.items() if f"{realm}_" in key)
            case "originate":
                return self._originate(command)
            case "module_exists":
                return "true" if rest in self.modules else "false"
            case "version":
                return "FreeSWITCH Version 1.10.12-release~64bit ( 64bit)\n"
            case "list_users":
                listed = (
                    f"{one}|default|{DOMAIN}|default|error/user_not_registered||{one}|{one}" for one in self.users
                )
                named = (
                    "userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number"
                )
                return "\n".join([named, *listed, "", "+OK", ""])
            case verb if verb.startswith("uuid_"):
                return self._uuid(verb, rest.split())
            case _:
                return f"-ERR {verb} Command not found!\n"

    def _configure(self, words: list[str]) -> str:
        match words:
            case ["queue", "list"]:
                return "name|strategy\n" + "".join(f"{one}|longest-idle-agent\n" for one in self.queues) + "+OK\n"
            case ["queue", "load", queue]:
                if queue not in self.configured:
                    return "-ERR Invalid Queue not found!\n"
                self.queues = [*dict.fromkeys([*self.queues, queue])]
                return "+OK\n"
            case ["queue", "list", "members", queue]:
                return _table(
                    _MEMBER_COLUMNS, [self._caller_row(one) for one in self.callers.values() if one.queue == queue]
                )
            case ["agent", "list"]:
                return _table(_AGENT_COLUMNS, [self._agent_row(one) for one in self.agents.values()])
            case ["tier", "list"]:
                listed = [(queue, name, "Ready", str(level), "1") for (queue, name), level in self.tiers.items()]
                return _table("queue|agent|state|level|position", listed)
            case ["agent", "add", name, _]:
                if name in self.agents:
                    return "-ERR Agent already exist!\n"
                self.agents[name] = Agent(name)
                return "+OK\n"
            case ["agent", "set", key, name, value]:
                return self._set_agent(key, name, value)
            case ["tier", "add", queue, name, level, _]:
                if queue not in self.queues:
                    return "-ERR Queue not found!\n"
                if name not in self.agents:
                    return "-ERR Agent not found!\n"
                if (queue, name) in self.tiers:
                    return "-ERR Tier already exist!\n"
                self.tiers[queue, name] = int(level)
            case ["tier", "set", "level", queue, name, level]:
                self.tiers[queue, name] = int(level)
            case ["tier", "del", queue, name]:
                self.tiers.pop((queue, name), None)
            case _:
                return "-ERR Invalid!\n"
        self.dispatch()
        return "+OK\n"

    def _set_agent(self, key: str, name: str, value: str) -> str:
        agent = self.agents.get(name)
        if agent is None:
            return "-ERR Agent not found!\n"
        if key == "contact":
            agent.contact = value
        elif key.endswith("_delay_time"):
            agent.delays[key.removesuffix("_delay_time")] = int(value)
        elif key == "status":
            if value not in {"Logged Out", "Available", "Available (On Demand)", "On Break"}:
                return "-ERR Invalid Agent Status!\n"
            agent.status = value
            self.callcenter("agent-status-change", {"CC-Agent": name, "CC-Agent-Status": value})
            self.dispatch()
        else:
            return "-ERR Invalid Agent Update KEY!\n"
        return "+OK\n"

    def _show(self, what: str) -> str:
        if what == "registrations as json":
            listed = [
                {"reg_user": user, "realm": DOMAIN, "url": f"sofia/internal/{user}"} for user in sorted(self.registered)
            ]
        else:
            listed = [self._channel_row(one) for one in self.channels.values()]
        return json.dumps({"row_count": len(listed), "rows": listed} if listed else {"row_count": 0})

    def _hash(self, rest: str) -> str:
        verb, realm, key, *value = rest.split("/")
        if verb == "insert":
            self.hash[f"{realm}_{key}"] = value[0]
            return "+OK\n"
        return "+OK\n" if self.hash.pop(f"{realm}_{key}", None) is not None else "-ERR Not found\n"

    def _originate(self, command: str) -> str:
        found = _ORIGINATE.fullmatch(command)
        assert found is not None, command
        variables = dict(pair.split("=", 1) for pair in found[1].split(","))
        user = found[2].partition("@")[0]
        if user not in self.registered:
            return "-ERR USER_NOT_REGISTERED\n"
        channel = self._new(user, "outbound", variables, variables.get("origination_uuid"))
        if user not in self.leads:
            return f"+OK {channel.id}\n"
        self.answer(channel)
        application = re.fullmatch(r"&(\w+)\((\S+)\)", found[3])
        if application is not None:
            self._execute(channel, application[1], application[2])
        return f"+OK {channel.id}\n"

    def _uuid(self, verb: str, words: list[str]) -> str:
        channel = self.channels.get(words[0])
        if channel is None:
            return "-ERR No such channel!\n"
        match verb, words[1:]:
            case "uuid_kill", [cause]:
                self.hang_up(channel, cause)
            case "uuid_getvar", [name]:
                return channel.variables.get(name, "_undef_")
            case "uuid_transfer", [actions, "inline"]:
                for action in actions.split(","):
                    application, _, argument = action.partition(":")
                    if application == "set":
                        name, _, value = argument.partition("=")
                        channel.variables[name] = value
                    self._execute(channel, application, argument)
            case "uuid_bridge", [other]:
                channel.application = ("", "")
                self._bridge(channel, self.channels[other])
            case _:
                return "-USAGE: \n"
        return "+OK\n"

    def _execute(self, channel: Channel, application: str, argument: str) -> None:
        channel.application = (application, argument)
        self._tell(channel, "CHANNEL_EXECUTE", {"Application": application, "Application-Data": argument})

    # ---- mod_callcenter -----------------------------------------------------------------------------------------

    def callcenter(self, action: str, headers: Mapping[str, str], channel: Channel | None = None) -> None:
        own = self._headers(channel) if channel is not None else {}
        self.fire("CUSTOM", {"Event-Subclass": "callcenter::info", **own, "CC-Action": action, **headers})

    def asks(self, queue: str, number: str, score: int, reference: str, first: str = "") -> str:
        """Somebody calls, and the dialplan lets them into a queue, or into that of one agent `first`."""
        variables = {"cc_base_score": str(score), "sip_h_X-Call-Ref": reference, "cc_export_vars": "sip_h_X-Call-Ref"}
        variables |= {"desk_queue": queue} if first else {}
        channel = self._new("", "inbound", {name: value for name, value in variables.items() if value != "0"})
        channel.number, channel.dest = number, "4000"
        self.answer(channel)
        self._enters(channel, first or queue, score)
        return channel.id

    def goes_on(self, session: str) -> None:
        """Whom they know did not answer in time: the dialplan lets them into the queue they asked in."""
        self.overflows(session)
        channel = self.channels[session]
        self._enters(channel, channel.variables["desk_queue"], 0)

    def _enters(self, channel: Channel, queue: str, score: int) -> None:
        caller = Caller(str(uuid.uuid4()), channel.id, queue, channel.number, score, _now())
        channel.variables |= {"cc_side": "member", "cc_member_uuid": caller.member, "cc_queue": queue}
        self.callers[caller.member] = caller
        self.callcenter("member-queue-start", self._member(caller), channel)
        self.callcenter("members-count", {"CC-Queue": queue, "CC-Count": str(len(self.callers))})
        self.dispatch()

    def hangs_up_waiting(self, session: str) -> None:
        """Between two queues."""
        self.hang_up(self.channels[session], "ORIGINATOR_CANCEL")

    def gives_up(self, session: str) -> None:
        caller = next(one for one in self.callers.values() if one.session == session)
        channel = self.channels[session]
        del self.callers[caller.member]
        if caller.serving:
            self._not_taken(caller, "ORIGINATOR_CANCEL")
        self.hang_up(channel, "ORIGINATOR_CANCEL")
        cancelled = {"CC-Cause": "Cancel", "CC-Cancel-Reason": "BREAK_OUT", **self._member(caller)}
        self.callcenter("member-queue-end", cancelled, channel)

    def overflows(self, session: str) -> None:
        """They waited as long as the queue lets them."""
        caller = next(one for one in self.callers.values() if one.session == session)
        del self.callers[caller.member]
        cancelled = {"CC-Cause": "Cancel", "CC-Cancel-Reason": "TIMEOUT", **self._member(caller)}
        self.callcenter("member-queue-end", cancelled, self.channels[session])

    def dispatch(self) -> None:
        waiting = [one for one in self.callers.values() if one.state == "Waiting"]
        for caller in sorted(waiting, key=lambda one: -(one.score + _now() - one.joined)):
            free = [
                (level, self.agents[name].bridge_ended, name)
                for (queue, name), level in self.tiers.items()
                if queue == caller.queue and self._is_free(self.agents[name])
            ]
            if free:
                self._offer(caller, self.agents[min(free)[2]])

    def _is_free(self, agent: Agent) -> bool:
        is_there = agent.contact.partition("user/")[2].partition("@")[0] in self.registered
        return is_there and agent.status == "Available" and agent.state == "Waiting" and agent.ready_at <= _now()

    def _offer(self, caller: Caller, agent: Agent) -> None:
        caller.state, caller.serving, agent.state = "Trying", agent.name, "Receiving"
        self.callcenter("agent-offering", {"CC-Agent": agent.name, "CC-Agent-Type": "Callback", **self._member(caller)})
        self.callcenter("agent-state-change", {"CC-Agent": agent.name, "CC-Agent-State": "Receiving"})
        user = agent.contact.partition("user/")[2].partition("@")[0]
        variables = {
            "cc_queue": caller.queue, "cc_member_uuid": caller.member, "cc_member_session_uuid": caller.session,
            "cc_agent": agent.name, "cc_side": "agent",
        }  # fmt: skip
        exported = self.channels[caller.session].variables
        variables |= {name: exported[name] for name in exported["cc_export_vars"].split(",") if name in exported}
        channel = self._new(user, "outbound", variables)
        channel.number, channel.dest, agent.leg = caller.number, user, channel.id
        self._tell(channel, "CHANNEL_PROGRESS")

    def _not_taken(self, caller: Caller, cause: str) -> None:
        agent = self.agents[caller.serving]
        self.hang_up(self.channels[agent.leg], cause)
        kind = {"CALL_REJECTED": "reject", "USER_BUSY": "busy", "NO_ANSWER": "no_answer"}.get(cause, "")
        agent.ready_at, agent.state, agent.leg = _now() + agent.delays.get(kind, 0), "Waiting", ""
        caller.state, caller.serving = "Waiting", ""
        failed = {"CC-Agent": agent.name, "CC-Hangup-Cause": cause, **self._member(caller)}
        self.callcenter("bridge-agent-fail", failed)

    # ---- telephones ---------------------------------------------------------------------------------------------

    def takes(self, user: str) -> None:
        """Whose telephone rings for a queue takes the caller."""
        caller = self._ringing(user)
        agent, member = self.agents[caller.serving], self.channels[caller.session]
        leg = self.channels[agent.leg]
        self.answer(leg)
        caller.state, agent.state = "Answered", "In a queue call"
        own = {"CC-Agent": agent.name, "CC-Agent-UUID": leg.id, **self._member(caller)}
        self.callcenter("bridge-agent-start", own, leg)
        self._bridge(leg, member)

    def takes_none(self, user: str, cause: str) -> None:
        """CALL_REJECTED: turns the caller away. NO_ANSWER: lets it ring until the exchange tries the next."""
        self._not_taken(self._ringing(user), cause)
        self.dispatch()

    def holds(self, user: str, *, is_held: bool = True) -> None:
        channel = self._up(user)
        channel.callstate = "HELD" if is_held else "ACTIVE"
        self._tell(channel, "CHANNEL_HOLD" if is_held else "CHANNEL_UNHOLD")

    def transfers(self, user: str, to: str) -> None:
        """Without a word to who is there. Whoever is at the other end is taken out of the bridge first."""
        channel = self._up(user)
        other = self.channels[channel.variables.pop("signal_bond")]
        del other.variables["signal_bond"]
        channel.variables["transfer_to"] = f"blind:{other.id}"
        channel.variables["transfer_destination"] = f"blind:{to}"
        channel.variables["endpoint_disposition"] = "BLIND_TRANSFER"
        self.hang_up(channel, "BLIND_TRANSFER")

    def asks_first(self, user: str, other: str) -> None:
        """With two calls: whoever is in one goes on with whom the other is with."""
        channel = self._up(user)
        channel.variables["transfer_to"] = f"att:{self._up(other).id}"
        channel.variables.pop("signal_bond")
        self.hang_up(channel, "NORMAL_CLEARING")

    def hangs_up(self, user: str) -> None:
        self.hang_up(self._up(user), "NORMAL_CLEARING")

    def answer(self, channel: Channel) -> None:
        channel.callstate = "ACTIVE"
        self._tell(channel, "CHANNEL_ANSWER")

    def hang_up(self, channel: Channel, cause: str) -> None:
        del self.channels[channel.id]
        channel.callstate = "HANGUP"
        self._tell(channel, "CHANNEL_HANGUP", {"Hangup-Cause": cause})
        agent = next((one for one in self.agents.values() if one.leg == channel.id), None)
        caller = next(
            (one for one in self.callers.values() if one.state == "Answered" and agent and one.serving == agent.name),
            None,
        )
        if agent is not None and caller is not None:
            agent.state, agent.leg, agent.bridge_ended = "Waiting", "", _now()
            del self.callers[caller.member]
            self.callcenter("bridge-agent-end", {"CC-Agent": agent.name, **self._member(caller)}, channel)
            ended = {"CC-Cause": "Terminated", "CC-Agent": agent.name, **self._member(caller)}
            self.callcenter("member-queue-end", ended, channel)
        other = self.channels.get(channel.variables.get("signal_bond", ""))
        if other is not None and other.variables.get("signal_bond") == channel.id:
            self.hang_up(other, cause)
        for listener in list(self.channels.values()):
            if listener.application == ("eavesdrop", channel.id):
                self.hang_up(listener, "NORMAL_CLEARING")

    def _bridge(self, one: Channel, other: Channel) -> None:
        one.variables["signal_bond"], other.variables["signal_bond"] = other.id, one.id
        bridged = {"Bridge-A-Unique-ID": one.id, "Bridge-B-Unique-ID": other.id}
        self._tell(one, "CHANNEL_BRIDGE", {**bridged, "Other-Leg-Unique-ID": other.id})

    def _new(self, user: str, direction: str, variables: dict[str, str], own: str | None = None) -> Channel:
        channel = Channel(own or str(uuid.uuid4()), user, direction, "RINGING", variables=variables, born=_now())
        self.channels[channel.id] = channel
        self._tell(channel, "CHANNEL_CREATE")
        return channel

    def _ringing(self, user: str) -> Caller:
        agent = next(one for one in self.agents.values() if one.leg and self.channels[one.leg].user == user)
        return next(one for one in self.callers.values() if one.serving == agent.name and one.state == "Trying")

    def _up(self, user: str) -> Channel:
        return next(one for one in self.channels.values() if one.user == user and one.callstate in {"ACTIVE", "HELD"})

    # ---- how it is told -----------------------------------------------------------------------------------------

    def _tell(self, channel: Channel, name: str, headers: Mapping[str, str] | None = None) -> None:
        self.fire(name, {**self._headers(channel), **(headers or {})})

    def _headers(self, channel: Channel) -> dict[str, str]:
        answered = {"ACTIVE": "answered", "HELD": "answered", "HANGUP": "hangup"}.get(channel.callstate, "ringing")
        presence = {"Channel-Presence-ID": f"{channel.user}@{DOMAIN}"} if channel.user else {}
        return {
            "Unique-ID": channel.id,
            "Call-Direction": channel.direction,
            "Channel-Call-State": channel.callstate,
            "Channel-Call-UUID": channel.id,
            "Answer-State": answered,
            "Caller-Caller-ID-Number": channel.number,
            "Caller-Destination-Number": channel.dest,
            **presence,
            **{f"variable_{key}": value for key, value in channel.variables.items()},
        }

    @staticmethod
    def _member(caller: Caller) -> dict[str, str]:
        return {
            "CC-Queue": caller.queue,
            "CC-Member-UUID": caller.member,
            "CC-Member-Session-UUID": caller.session,
            "CC-Member-CID-Name": caller.number,
            "CC-Member-CID-Number": caller.number,
            "CC-Member-Joined-Time": str(int(caller.joined)),
        }

    @staticmethod
    def _caller_row(caller: Caller) -> tuple[str, ...]:
        joined = str(int(caller.joined))
        session = (caller.member, caller.session, caller.number, caller.number, joined, joined, "0", "0", "0")
        score = str(caller.score)
        return (caller.queue, "single_box", *session, score, "0", caller.serving, "single_box", caller.state, score)

    @staticmethod
    def _agent_row(agent: Agent) -> tuple[str, ...]:
        delays = tuple(str(agent.delays.get(kind, 0)) for kind in ("reject", "busy", "no_answer"))
        times = ("0", str(int(agent.bridge_ended)), str(int(agent.ready_at)))
        known = (agent.name, "single_box", agent.leg, "Callback", agent.contact, agent.status, agent.state)
        return (*known, "0", "0", *delays, *times)

    @staticmethod
    def _channel_row(channel: Channel) -> dict[str, str]:
        application, argument = channel.application
        return {
            "uuid": channel.id,
            "direction": channel.direction,
            "created_epoch": str(int(channel.born)),
            "callstate": channel.callstate,
            "cid_num": channel.number,
            "dest": channel.dest,
            "application": application,
            "application_data": argument,
            "presence_id": f"{channel.user}@{DOMAIN}" if channel.user else "",
            "call_uuid": channel.id,
        }


def _table(columns: str, listed: Sequence[tuple[str, ...]]) -> str:
    lines = [columns, *("|".join(row) for row in listed)] if listed else []
    return "".join(f"{line}\n" for line in [*lines, "+OK"])


def _reply(writer: asyncio.StreamWriter, text: str, headers: Mapping[str, str] | None = None) -> None:
    _frame(writer, {"Content-Type": "command/reply", "Reply-Text": text, **(headers or {})}, "")


def _frame(writer: asyncio.StreamWriter, headers: Mapping[str, str], body: str, *, length_first: bool = False) -> None:
    raw = body.encode()
    length = {"Content-Length": str(len(raw))} if raw else {}
    told = {**length, **headers} if length_first else {**headers, **length}
    writer.write("".join(f"{name}: {value}\n" for name, value in told.items()).encode() + b"\n" + raw)


def _now() -> float:
    return datetime.now(UTC).timestamp()
