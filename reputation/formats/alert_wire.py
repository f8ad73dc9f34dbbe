"""One digest as the request that each kind of receiver expects, signed where it signs. Pure: nothing is sent here.

Wire formats: Standard Webhooks 1.0 (standardwebhooks.com); DingTalk custom robot (open.dingtalk.com); WeCom
group robot (developer.work.weixin.qq.com, group robot); Feishu custom bot (open.feishu.cn, add-bot); Slack
incoming webhooks (api.slack.com/messaging/webhooks). Looked at 2026-11.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from reputation.model import Json, Secret

MAX_CHARACTERS: Final = 3000
HOSTS: Final[Mapping[str, str]] = {
    "oapi.dingtalk.com": "dingtalk",
    "api.dingtalk.com": "dingtalk",
    "qyapi.weixin.qq.com": "wecom",
    "open.feishu.cn": "feishu",
    "open.larksuite.com": "feishu",
    "hooks.slack.com": "slack",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything that one run has to tell: `title` in one line, `lines` in plain text, `events` for machines.

    `id` is the same when the same digest is sent again. `lines` are cleaned of control characters already.
    """

    id: str
    title: str
    lines: tuple[str, ...]
    events: tuple[dict[str, Json], ...]
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """One HTTP POST. `accepted` reads the receiver's answer: status and body."""

    url: Secret
    headers: Mapping[str, str]
    body: bytes
    accepted: Callable[[int, bytes], bool]


def kind_of(url: str) -> str:
    """The kind of channel that a pasted robot address belongs to; "webhook" for any other. ValueError."""
    return HOSTS.get((urlsplit(url).hostname or "").lower(), "webhook")


def wire(kind: str, url: Secret, secret: Secret | None, digest: Digest, now: float) -> Wire:
    """The request for this kind of channel at this time (seconds since the epoch). ValueError for a bad secret."""
    return _KINDS[kind](url, secret, digest, int(now))


def _webhook(url: Secret, secret: Secret | None, digest: Digest, now: int) -> Wire:
    body = _json({"type": "reputation.digest", "id": digest.id, "title": digest.title, "events": list(digest.events)})
    headers = {"webhook-id": digest.id, "webhook-timestamp": str(now), "content-type": "application/json"}
    if secret:
        signed = f"{digest.id}.{now}.".encode() + body
        headers["webhook-signature"] = "v1," + _signature(_webhook_key(secret.reveal()), signed)
    return Wire(url, headers, body, lambda status, _: 200 <= status < 300)


def _webhook_key(secret: str) -> bytes:
    """The bytes of a `whsec_` secret; any other secret is its own text. ValueError."""
    if secret.startswith("whsec_"):
        encoded = secret.removeprefix("whsec_")
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    return secret.encode()


def _dingtalk(url: Secret, secret: Secret | None, digest: Digest, now: int) -> Wire:
    target = url.reveal()
    if secret:
        stamp = str(now * 1000)
        sign = _signature(secret.reveal().encode(), f"{stamp}\n{secret.reveal()}".encode())
        target = _with_query(target, {"timestamp": stamp, "sign": sign})
    text = f"#### {_markdown(digest.title)}\n\n" + "\n\n".join(f"- {_markdown(line)}" for line in _shown(digest))
    body = _json({"msgtype": "markdown", "markdown": {"title": digest.title, "text": _cut(text)}})
    return Wire(Secret(target), {"content-type": "application/json"}, body, _says_zero("errcode"))


def _wecom(url: Secret, secret: Secret | None, digest: Digest, now: int) -> Wire:
    del secret, now  # the key in the address is all the proof that WeCom asks for
    text = f"**{_markdown(digest.title)}**\n" + "\n".join(f"> {_markdown(line)}" for line in _shown(digest))
    content = text.encode()[:4000].decode(errors="ignore")  # the limit is 4,096 bytes, not characters
    body = _json({"msgtype": "markdown", "markdown": {"content": content}})
    return Wire(url, {"content-type": "application/json"}, body, _says_zero("errcode"))


def _feishu(url: Secret, secret: Secret | None, digest: Digest, now: int) -> Wire:
    text = "\n".join(f"- {_markdown(line)}" for line in _shown(digest))
    message: dict[str, Json] = {
        "msg_type": "interactive",
        "card": {
            "header": {"title": {"tag": "plain_text", "content": digest.title}},
            "elements": [{"tag": "div", "text": {"tag": "lark_md", "content": _cut(text)}}],
        },
    }
    if secret:
        message |= {"timestamp": str(now), "sign": _signature(f"{now}\n{secret.reveal()}".encode(), b"")}
    return Wire(url, {"content-type": "application/json"}, _json(message), _says_zero("code", "StatusCode"))


def _slack(url: Secret, secret: Secret | None, digest: Digest, now: int) -> Wire:
    del secret, now  # the address is the secret
    text = f"*{_slack_text(digest.title)}*\n" + "\n".join(f"• {_slack_text(line)}" for line in _shown(digest))
    body = _json({"text": _cut(text), "mrkdwn": True, "link_names": False})
    return Wire(url, {"content-type": "application/json"}, body, lambda status, _: status == 200)


_KINDS: Final[Mapping[str, Callable[[Secret, Secret | None, Digest, int], Wire]]] = {
    "webhook": _webhook, "dingtalk": _dingtalk, "wecom": _wecom, "feishu": _feishu, "slack": _slack,
}  # fmt: skip
HTTP_KINDS: Final = tuple(_KINDS)


def _shown(digest: Digest) -> tuple[str, ...]:
    """The lines, and the keyword that a robot may demand in each message."""
    return (*digest.lines, digest.keyword) if digest.keyword else digest.lines


def _signature(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def _with_query(url: str, more: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in more]
    return urlunsplit(parts._replace(query=urlencode([*query, *more.items()], quote_via=quote)))


def _says_zero(*names: str) -> Callable[[int, bytes], bool]:
    """The Chinese robots answer 200 to everything; the truth is a zero in the body."""

    def accepted(status: int, body: bytes) -> bool:
        try:
            answer = json.loads(body[:65536])
        except ValueError:
            return False
        return status == 200 and isinstance(answer, dict) and any(answer.get(name) == 0 for name in names)

    return accepted


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def _markdown(text: str) -> str:
    """No link, no mention and no formatting out of a stranger's data."""
    return "".join("\\" + c if c in "\\`*_[]()<>#!|~@" else c for c in " ".join(text.split()))


def _slack_text(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
