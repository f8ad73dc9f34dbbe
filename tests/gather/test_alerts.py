"""Each channel against a receiver on loopback that checks the signature and the wire format by its own reading."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from reputation.formats.alert_wire import Digest, kind_of, wire
from reputation.gather.post import post, within
from reputation.model import Secret

NOW = 1_796_000_000.0
SECRET = "SEC-canary-4711"
DIGEST = Digest(
    id="digest-1", title="1 new listing", lines=("203.0.113.5 is listed <!channel> [x](http://evil.example)",),
    events=({"id": "e1", "kind": "listed"},), keyword="reputation",
)  # fmt: skip


class Receiver(HTTPServer):
    """Keeps what came, answers what it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answer = (200, b"{}")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["content-length"]))
        server.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        status, answer = server.answer
        self.send_response(status)
        if status in (301, 307):
            self.send_header("location", server.url + "/elsewhere")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def deliver(kind: str, receiver: Receiver, path: str, secret: str | None) -> bool:
    """Send the digest through this kind of channel; whether it counts as delivered."""
    request = wire(kind, Secret(receiver.url + path), Secret(secret) if secret else None, DIGEST, NOW)
    answer = post(request.url, dict(request.headers), request.body)
    return request.accepted(answer.status, answer.body)


def mac(key: bytes, message: bytes) -> str:
    """What the receiver computes for itself."""
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def test_a_generic_webhook_is_signed_as_standard_webhooks_has_it(receiver: Receiver) -> None:
    """Signature over id, timestamp and body, with the bytes of the whsec_ secret."""
    key = b"0123456789abcdef0123456789abcdef"
    assert deliver("webhook", receiver, "/hook", "whsec_" + base64.b64encode(key).decode())
    _, headers, body = receiver.got[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == "v1," + mac(key, signed)
    assert json.loads(body)["events"][0]["id"] == "e1"


def test_dingtalk_is_signed_in_the_query(receiver: Receiver) -> None:
    """timestamp in milliseconds, sign over "timestamp newline secret", token kept, keyword included."""
    receiver.answer = (200, b'{"errcode":0,"errmsg":"ok"}')
    assert deliver("dingtalk", receiver, "/robot/send?access_token=t0k", SECRET)
    path, _, body = receiver.got[0]
    query = {k: v[0] for k, v in parse_qs(urlsplit(path).query).items()}
    assert query["access_token"] == "t0k" and int(query["timestamp"]) == NOW * 1000
    assert query["sign"] == mac(SECRET.encode(), f"{query['timestamp']}\n{SECRET}".encode())
    message = json.loads(body)
    assert message["msgtype"] == "markdown" and "reputation" in message["markdown"]["text"]


def test_wecom_takes_markdown_within_its_bytes(receiver: Receiver) -> None:
    """The key stands in the address; the content stays below 4,096 bytes."""
    receiver.answer = (200, b'{"errcode":0}')
    assert deliver("wecom", receiver, "/cgi-bin/webhook/send?key=k", None)
    message = json.loads(receiver.got[0][2])
    assert message["msgtype"] == "markdown" and len(message["markdown"]["content"].encode()) < 4096


def test_feishu_is_signed_in_the_body(receiver: Receiver) -> None:
    """The key of the signature is "timestamp newline secret", over nothing."""
    receiver.answer = (200, b'{"code":0,"msg":"success"}')
    assert deliver("feishu", receiver, "/open-apis/bot/v2/hook/x", SECRET)
    message = json.loads(receiver.got[0][2])
    assert message["sign"] == mac(f"{message['timestamp']}\n{SECRET}".encode(), b"")
    assert message["msg_type"] == "interactive" and message["card"]["elements"][0]["text"]["tag"] == "lark_md"


def test_slack_gets_no_mention_out_of_data(receiver: Receiver) -> None:
    """<!channel> in a stranger's text must not wake a channel."""
    receiver.answer = (200, b"ok")
    assert deliver("slack", receiver, "/services/x", None)
    text = json.loads(receiver.got[0][2])["text"]
    assert "<!channel>" not in text and "&lt;!channel&gt;" in text


@pytest.mark.parametrize("kind", ["dingtalk", "wecom", "feishu"])
def test_a_robot_that_answers_200_and_an_error_has_not_taken_it(receiver: Receiver, kind: str) -> None:
    """The truth of these robots is in the body."""
    receiver.answer = (200, b'{"errcode":310000,"code":19021,"errmsg":"sign not match"}')
    assert not deliver(kind, receiver, "/x", SECRET)


@pytest.mark.parametrize("status", [301, 307, 400, 429, 500])
def test_an_error_or_a_redirect_is_no_delivery(receiver: Receiver, status: int) -> None:
    """A redirect is not followed: the secret stays at home."""
    receiver.answer = (status, b"")
    assert not deliver("webhook", receiver, "/hook", SECRET)
    assert [path for path, _, _ in receiver.got] == ["/hook"]


def test_nobody_there_is_no_delivery() -> None:
    """A closed port is an undelivered alarm, not an exception."""
    with Receiver() as closed:
        url = closed.url
    request = wire("webhook", Secret(url), None, DIGEST, NOW)
    assert post(request.url, dict(request.headers), request.body).status == 0


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://oapi.dingtalk.com/robot/send?access_token=x", "dingtalk"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "wecom"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", "feishu"),
        ("https://hooks.slack.com/services/T/B/x", "slack"),
        ("https://alarms.example.com/hook", "webhook"),
    ],
)
def test_a_pasted_robot_address_is_understood(url: str, kind: str) -> None:
    """The user pastes what the robot's page shows."""
    assert kind_of(url) == kind


def test_no_markdown_link_out_of_data(receiver: Receiver) -> None:
    """A listing's text cannot become a link in the chat."""
    receiver.answer = (200, b'{"errcode":0}')
    deliver("dingtalk", receiver, "/x", None)
    assert "[x](http" not in json.loads(receiver.got[0][2])["markdown"]["text"]


def test_a_receiver_that_takes_for_ever_is_left(receiver: Receiver) -> None:
    """One that sends a byte now and then holds nobody: the deadline counts from the beginning."""
    forever, left = threading.Event(), threading.Event()

    def slow() -> bool:
        forever.wait(60)
        left.set()
        return True

    assert within(0.2, slow, False) is False
    assert not left.is_set()
    forever.set()
    assert left.wait(10)
    assert within(10, lambda: deliver("slack", receiver, "/hook", None), False) is True
