"""Whom the engine asks: resolvers as written, those of the system, and none at all."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from reputation.gather.dns import BadResolver, Resolver, ResolverOptions, parse_resolver, system_resolvers
from reputation.model import Cause, Found, Unknown
from reputation.records.answer import Question
from tests.servers import closed_port
from tests.servers.odd import Reply, a, answer, odd_server


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("192.0.2.1", "192.0.2.1:53"),
        (" 192.0.2.1:5353 ", "192.0.2.1:5353"),
        ("2001:db8::1", "[2001:db8::1]:53"),
        ("[2001:db8::1]", "[2001:db8::1]:53"),
        ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
        ("localhost:5353", "127.0.0.1:5353"),
        ("fe80::1%eth0", "[fe80::1%eth0]:53"),
    ],
)
def test_a_resolver_as_people_write_it(text: str, shown: str) -> None:
    assert str(parse_resolver(text)) == shown
    assert Resolver([text]).resolvers == (shown,)


@pytest.mark.parametrize(
    "text",
    ["", "dns.example.com", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:abc", "192.0.2.1:-1",
     "192.0.2.256", "[2001:db8::1", "[2001:db8::1]x", "192.0.2.1:٣", "192.0.2.1:" + "9" * 5000, "\x1b[2J",
     "192.0.2.1:53:53"],
)  # fmt: skip
def test_what_is_no_resolver_is_one_sentence(text: str) -> None:
    with pytest.raises(BadResolver) as caught:
        parse_resolver(text)
    assert str(caught.value).isprintable()
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 500


def test_the_system_s_resolvers_are_read_and_bounded(tmp_path: Path) -> None:
    conf = tmp_path / "resolv.conf"
    conf.write_bytes(
        b"# nameserver 192.0.2.9\nnameserver 192.0.2.1 # one\nnameserver\nnameserver name\noptions rotate\n"
        b"  nameserver\t2001:db8::1\nnameserver \xff\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n"
    )
    assert system_resolvers(conf) == ("192.0.2.1:53", "[2001:db8::1]:53", "192.0.2.3:53")
    assert system_resolvers(tmp_path / "none") == ()


def test_without_a_resolver_every_answer_is_unknown_and_offline() -> None:
    (found,) = Resolver([]).ask_many([Question("example.com")])
    assert isinstance(found, Unknown)
    assert found.cause is Cause.OFFLINE
    assert "--resolver" in str(found.detail)


def test_a_computer_without_any_way_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(self: socket.socket, address: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    found = Resolver(["198.51.100.1", "2001:db8::1"]).ask_many(
        [Question("example.com"), Question("example.com", "TXT")]
    )
    assert [f.cause for f in found if isinstance(f, Unknown)] == [Cause.OFFLINE] * 2


def test_a_resolver_that_is_down_is_said_to_be_down() -> None:
    options = ResolverOptions(schedule=(0.1, 0.1, 20.0), lifetime=20.0)
    found = Resolver([closed_port(), closed_port()], options).ask_many([Question("a.test"), Question("b.test", "TXT")])
    assert [f.cause for f in found if isinstance(f, Unknown)] == [Cause.TIMEOUT] * 2
    assert {str(f.detail) for f in found if isinstance(f, Unknown)} == {
        "no name server runs at the address of the resolver"
    }


def test_a_process_without_free_descriptors_is_told_unknown() -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resolver = Resolver(["127.0.0.1:53"])
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        found = resolver.ask_many([Question("a.test")])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert [f.cause for f in found if isinstance(f, Unknown)] == [Cause.OFFLINE]


def test_no_questions_need_no_resolver() -> None:
    assert Resolver(["198.51.100.1"]).ask_many([]) == []


def test_the_first_that_answers_is_kept_when_the_first_of_all_is_silent() -> None:
    with odd_server(lambda query: []) as silent, odd_server(lambda q: [Reply(answer(q, a("127.0.0.2")))]) as good:
        resolver = Resolver([silent.address, good.address], ResolverOptions(schedule=(0.05, 0.05, 0.1, 1.0)))
        first = resolver.ask_many([Question(f"n{n}.test") for n in range(200)])
        asked = len(silent.asked)
        second = resolver.ask_many([Question(f"m{n}.test") for n in range(200)])
    assert all(isinstance(found, Found) for found in first + second)
    assert len(silent.asked) == asked


def test_the_run_s_deadline_outranks_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd_server(lambda query: []) as silent:
        found = Resolver([silent.address], ResolverOptions(deadline=0.0)).ask_many([Question("a.test")])
        assert silent.asked == []
    assert [f.cause for f in found if isinstance(f, Unknown)] == [Cause.TIMEOUT]


def test_a_resolver_on_ipv6_is_asked() -> None:
    """The whole way over ::1, where this machine has it."""
    try:
        server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        server.bind(("::1", 0))
    except OSError as error:
        pytest.skip(f"no IPv6 here: {error}")
    with server:
        port = server.getsockname()[1]
        found = Resolver([f"[::1]:{port}"], ResolverOptions(lifetime=0.2)).ask_many([Question("a.test")])
        assert server.recv(512)[12:] == b"\x01a\x04test\x00\x00\x01\x00\x01"
    assert isinstance(found[0], Unknown)
