"""The loop: many questions over a few UDP sockets, each asked again until its time is over.

A resend goes out with the same id on the same socket, so that a late answer to an earlier sending still counts; from
the third sending on the next resolver is asked as well. What is no answer to a question under way is ignored, and the
waiting goes on: one forged packet costs nothing (CVE-2023-29483).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from enum import Enum, auto
from itertools import islice
from typing import Final, TypeAlias

from reputation.gather.dns.channels import Channel, Channels, RandomIds, Waiting
from reputation.gather.dns.options import ResolverOptions
from reputation.gather.dns.pacing import Pacing
from reputation.gather.dns.system import Server
from reputation.gather.dns.tcp import TcpQuestions
from reputation.records.wire import (
    EDNS_HEADER,
    FORMERR,
    NOTIMP,
    NXDOMAIN,
    OPT_RECORD,
    PLAIN_HEADER,
    REFUSED,
    answers_question,
)

_MAX_DATAGRAM: Final = 4_096
_DRAIN: Final = 64  # datagrams read from one socket before the others have their turn
_MAX_SLOW: Final = 4_096
_PROGRESS_EVERY: Final = 0.1
_DISTANT: Final = 0.01  # seconds


class Failure(Enum):
    """Why a question has no answer at all."""

    SILENT = auto()  # nothing came within its lifetime
    CLOSED = auto()  # the resolvers' computers say that no name server runs there
    OUT_OF_TIME = auto()  # the whole run's time was over
    NO_TCP = auto()  # cut off over UDP, and nothing came by TCP
    NO_RESOLVER = auto()  # there is nobody to ask
    NO_WAY = auto()  # the system knows no way to any resolver


Outcome: TypeAlias = "bytes | Failure"


class Exchange:
    """One bulk of questions. `base` is the number of the server to begin with; it moves on when that is silent."""

    def __init__(self, servers: Sequence[Server], options: ResolverOptions, deadline: float, base: int = 0) -> None:
        self._servers, self._options, self._deadline = servers, options, deadline
        self.base = base
        self._waits = options.waits()
        self._timers: list[deque[tuple[float, Channel, int, Waiting]]] = [deque() for _ in self._waits]
        self._slow: set[int] = set()
        self._again: dict[int, tuple[int, bool]] = {}
        self._retries: deque[int] = deque()
        self._tcp = TcpQuestions()
        self._ids = RandomIds()
        self._in_flight = self._done = self._turn = 0
        self._heard: set[int] = set()
        self._closed: set[int] = set()
        self._window, self._nearest = options.window, 0.0
        self._full = False

    def run(self, packed: Sequence[bytes], pacing: Pacing) -> list[Outcome]:
        """One outcome for each question section of `packed`, in order; ends at the deadline at the latest.

        Questions for addresses travel plain, as the bulk of blocklists is asked; all others carry EDNS.
        """
        self._packed, self._pacing = packed, pacing
        self._results: list[Outcome | None] = [None] * len(packed)
        self._source = iter(pacing.free)
        self._unsent = len(pacing.free)
        try:
            channels = Channels(self._servers, self._options.sockets)
        except OSError:  # no file descriptor left
            return [Failure.NO_WAY] * len(packed)
        with channels as self._channels:
            if not self._channels.all:
                return [Failure.NO_WAY] * len(packed)
            self.base %= len(self._channels.of_server)
            try:
                self._loop()
            finally:
                by_tcp = self._tcp.collect()
        for number, data in by_tcp.items():
            self._results[number] = Failure.NO_TCP if data is None else data
        if self._options.progress:
            self._options.progress(len(packed), len(packed))
        return [Failure.OUT_OF_TIME if r is None else r for r in self._results]

    def _loop(self) -> None:
        progress, next_progress = self._options.progress, 0.0
        while self._in_flight or self._unsent or self._retries or self._pacing.waiting:
            now = time.monotonic()
            if now >= self._deadline:
                return
            self._send(now)
            self._receive(self._pause(now))
            self._expire(time.monotonic())
            if progress and now >= next_progress:
                progress(self._done, len(self._packed))
                next_progress = now + _PROGRESS_EVERY

    def _pause(self, now: float) -> float:
        """How long nothing will happen unless an answer comes."""
        due = min(self._deadline, now + 1.0 if self._full else self._pacing.next_due, now + 1.0)
        for timer in self._timers:
            if timer and timer[0][0] < due:
                due = timer[0][0]
        return max(0.0, due - now)

    def _batch(self, now: float) -> list[int]:
        room = self._window - self._in_flight + len(self._slow)
        self._full = room <= 0 or len(self._slow) >= _MAX_SLOW
        if self._full:
            return []
        batch = [self._retries.popleft() for _ in range(min(room, len(self._retries)))]
        if now >= self._pacing.next_due:
            batch += self._pacing.due(now)
        if self._unsent and room > len(batch):
            fresh = list(islice(self._source, room - len(batch)))
            self._unsent -= len(fresh)
            batch += fresh
        return batch

    def _send(self, now: float) -> None:
        batch = self._batch(now)
        if not batch:
            return
        packed, again, first, unused = self._packed, self._again, self._timers[0], self._ids.unused
        due, of_server = now + self._waits[0], self._channels.of_server
        for index in batch:
            question, server = packed[index], self.base
            edns = question[-4:] != b"\x00\x01\x00\x01"
            if index in again:
                server, edns = again[index]
            channels = of_server[server]
            self._turn += 1
            channel = channels[self._turn % len(channels)]
            pending = channel.pending
            ident = unused(pending)
            if edns:
                packet = ident.to_bytes(2, "big") + EDNS_HEADER + question + OPT_RECORD
            else:
                packet = ident.to_bytes(2, "big") + PLAIN_HEADER + question
            entry = pending[ident] = Waiting(index, question, packet, server, now)
            first.append((due, channel, ident, entry))
            try:
                channel.send(packet)
            except OSError as error:
                self._notice_closed(channel, error)
                channel.deliver(packet)
        self._in_flight += len(batch)

    def _receive(self, pause: float) -> None:
        results, slow, paced = self._results, self._slow, self._pacing.done if self._pacing.paced else None
        answered = 0
        for key, _ in self._channels.selector.select(pause):
            channel: Channel = key.data
            receive, pending, before = channel.receive, channel.pending, answered
            for _ in range(_DRAIN):
                try:
                    data = receive(_MAX_DATAGRAM)
                except BlockingIOError:
                    break
                except OSError as error:
                    self._notice_closed(channel, error)
                    continue
                if len(data) < 12:
                    continue
                ident = data[0] << 8 | data[1]
                entry = pending.get(ident)
                if entry is None:
                    continue
                index, question = entry[0], entry[1]
                plain = data[2] & 0xFA == 0x80 and data[3] & 15 in (0, NXDOMAIN) and data[4:6] == b"\x00\x01"
                if not (plain and data[12 : 12 + len(question)] == question):
                    self._unusual(channel, entry, data)
                    continue
                del pending[ident]
                if results[index] is None:
                    results[index], latest = data, entry
                    answered += 1
                    if slow:
                        slow.discard(index)
                    if paced:
                        paced(index)
            if answered > before:
                self._heard.add(channel.server)
                self._notice_distance(time.monotonic() - latest.started)
        self._in_flight -= answered
        self._done += answered

    def _notice_closed(self, channel: Channel, error: OSError | None) -> None:
        """An ICMP error of an earlier sending; the timer decides what it means (Windows says "reset" for it)."""
        if isinstance(error, (ConnectionRefusedError, ConnectionResetError)):
            self._closed.add(channel.server)

    def _notice_distance(self, took: float) -> None:
        """With a distant server most questions under way are on the wire and not in its queue: more may leave."""
        if not self._nearest or took < self._nearest:
            self._nearest = took
            self._window = self._options.window * (3 if took >= _DISTANT else 2) // 2

    def _unusual(self, channel: Channel, entry: Waiting, data: bytes) -> None:
        """An error, a cut-off answer, an echo in other case, or no answer to this question at all."""
        if not answers_question(data, entry.question):
            return
        self._heard.add(channel.server)
        self._forget(entry)
        if self._results[entry.number] is not None or entry.number in self._tcp:
            return
        if data[2] & 0x02:
            until = min(entry.started + self._options.lifetime, self._deadline)
            self._tcp.ask(channel.address, entry, until)
            self._leave(entry.number)
        elif self._may_ask_again(entry, data[3] & 15):
            self._in_flight -= 1
            self._slow.discard(entry.number)
            self._retries.append(entry.number)
        else:
            self._settle(entry.number, data)

    def _may_ask_again(self, entry: Waiting, code: int) -> bool:
        """An error is asked once more, of the next resolver: with EDNS to learn the reason, or without if it hurts."""
        servers = len(self._channels.of_server)
        if code in (0, NXDOMAIN) or entry.number in self._again or (code == REFUSED and servers == 1):
            return False
        self._again[entry.number] = ((entry.server + 1) % servers, code not in (FORMERR, NOTIMP))
        return True

    def _expire(self, now: float) -> None:
        results, last = self._results, len(self._timers) - 1
        for attempt, timer in enumerate(self._timers):
            while timer:
                due, channel, ident, entry = timer[0]
                if results[entry.number] is None and channel.pending.get(ident) is entry:
                    if due > now:
                        break
                    self._again_or_over(attempt, last, channel, entry)
                timer.popleft()

    def _again_or_over(self, attempt: int, last: int, channel: Channel, entry: Waiting) -> None:
        closed = attempt >= 1 and len(self._closed - self._heard) == len(self._channels.of_server)
        if attempt == last or closed:
            self._forget(entry)
            self._settle(entry.number, Failure.CLOSED if closed else Failure.SILENT)
            return
        self._slow.add(entry.number)
        if attempt >= 1 or channel.server in self._closed:
            channel = self._next_channel(channel, entry)
        ident = int.from_bytes(entry.packet[:2], "big")
        self._notice_closed(channel, channel.deliver(entry.packet))
        self._timers[attempt + 1].append((time.monotonic() + self._waits[attempt + 1], channel, ident, entry))

    def _next_channel(self, channel: Channel, entry: Waiting) -> Channel:
        """A channel of the next resolver whose id is free; the same channel where there is none."""
        of_server = self._channels.of_server
        if len(of_server) == 1:
            return channel
        following = (channel.server + 1) % len(of_server)
        if entry.server == self.base and entry.server not in self._heard:
            self.base = following
        ident = int.from_bytes(entry.packet[:2], "big")
        for other in of_server[following]:
            if ident not in other.pending:
                other.pending[ident] = entry
                return other
        return channel

    def _forget(self, entry: Waiting) -> None:
        ident = int.from_bytes(entry.packet[:2], "big")
        for channel in self._channels.all:
            if channel.pending.get(ident) is entry:
                del channel.pending[ident]

    def _leave(self, index: int) -> None:
        self._in_flight -= 1
        self._done += 1
        self._slow.discard(index)
        self._pacing.done(index)

    def _settle(self, index: int, outcome: Outcome) -> None:
        self._results[index] = outcome
        self._leave(index)
