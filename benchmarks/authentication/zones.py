"""The zones of the benchmark: a sender with two levels of includes, one with a chain of four, and a hundred others."""

from __future__ import annotations

from typing import Final

TWO_LEVELS: Final = "two-levels.test"
CHAIN: Final = "chain.test"
LONG_CHAIN: Final = "long-chain.test"
CROWD: Final = tuple(f"shop{number:03}.test" for number in range(100))
# The longest dependency in round trips. As in life, the own address stands in the record itself (its reverse name and
# that name's address follow it), and includes end in ranges. Only the long chain ends in a single address, whose
# reverse name and its address come after the fourth include.
DEPTH: Final = {TWO_LEVELS: 3, CHAIN: 5, LONG_CHAIN: 7}
_NETWORKS: Final = {"198.51.100": "pool", "203.0.113": "relay"}
_KEY: Final = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijS"
    "sq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
)


def zones() -> dict[str, str]:
    """Master files by origin: `test` and the reverse zones."""
    lines = [*_sender("two-levels", " ".join(f"include:_{a}.two-levels.test" for a in "abc")), *_two_levels()]
    lines += [*_sender("chain", "include:_1.chain.test"), *_chain("chain", "ip4:203.0.113.0/24")]
    lines += [*_sender("long-chain", "include:_1.long-chain.test"), *_chain("long-chain", "ip4:203.0.113.9")]
    for number, domain in enumerate(CROWD):
        label = domain.removesuffix(".test")
        lines += _sender(label, f"ip4:198.51.100.{number} include:_spf.{domain}")
        lines.append(_spf(f"_spf.{label}", "ip4:203.0.113.0/24"))
    lines += [f"host{n}.{name} IN A {net}.{n}" for net, name in _NETWORKS.items() for n in range(256)]
    found = {"test": "\n".join(lines) + "\n"}
    for net, name in _NETWORKS.items():
        origin = ".".join(reversed(net.split("."))) + ".in-addr.arpa"
        found[origin] = "".join(f"{n} IN PTR host{n}.{name}.test.\n" for n in range(256))
    return found


def _spf(label: str, terms: str) -> str:
    return f'{label} IN TXT "v=spf1 {terms} -all"'


def _sender(label: str, terms: str) -> list[str]:
    hosts = [f"mx{number}.{label}" for number in range(1, 4)]
    return [
        _spf(label, f"ip4:198.51.100.1 {terms}"),
        *(f"{label} IN MX {number}0 {host}" for number, host in enumerate(hosts, 1)),
        *(f"{host} IN A 198.51.100.{number}" for number, host in enumerate(hosts, 1)),
        f'_dmarc.{label} IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@{label}.test"',
        f'_smtp._tls.{label} IN TXT "v=TLSRPTv1; rua=mailto:tls@{label}.test"',
        f'default._domainkey.{label} IN TXT "v=DKIM1; k=rsa; p={_KEY}"',
    ]


def _two_levels() -> list[str]:
    """Three includes of two each: nine look-ups of the ten that are allowed."""
    names = [f"_{a}{b}.two-levels" for a in "abc" for b in "12"]
    above = [_spf(f"_{a}.two-levels", f"include:_{a}1.two-levels.test include:_{a}2.two-levels.test") for a in "abc"]
    return [*above, *(_spf(name, f"ip4:203.0.113.{32 * n}/27") for n, name in enumerate(names))]


def _chain(label: str, end: str) -> list[str]:
    above = [_spf(f"_{n}.{label}", f"include:_{n + 1}.{label}.test") for n in range(1, 4)]
    return [*above, _spf(f"_4.{label}", end)]
