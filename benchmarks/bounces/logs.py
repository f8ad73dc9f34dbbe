"""Lines of a Postfix log: nine of ten delivered, the rest bounced or deferred, each line different."""

from __future__ import annotations

SENT = "Mar  2 10:00:00 mx postfix/smtp[9]: {n:X}: to=<u{n}@x.example>, relay=mx.x.example[198.51.100.1]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 ok {n})"  # noqa: E501
FAILED = (
    "Mar  2 10:00:00 mx postfix/smtp[9]: {n:X}: to=<u{n}@x.example>, relay=mx.x.example[198.51.100.1]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.x.example[198.51.100.1] said: 550 5.1.1 <u{n}@x.example>: Recipient address rejected: User unknown (in reply to RCPT TO command))",  # noqa: E501
    "Mar  2 10:00:00 mx postfix/smtp[9]: {n:X}: to=<u{n}@y.example>, relay=none, delay=9, delays=0/0/9/0, dsn=4.4.1, status=deferred (connect to mx{m}.y.example[198.51.100.2]:25: Connection timed out)",  # noqa: E501
)


def lines(count: int) -> list[str]:
    """A log of that many lines."""
    return [(FAILED[n // 10 % 2] if n % 10 == 0 else SENT).format(n=n, m=n % 50) for n in range(count)]
