"""Whether a draft looks like a campaign: only those owe the reader a way out, an address and a reason.

A letter, an answer and a message of service (receipt, tracking, password) owe none of it: of recent legitimate mail
that offers no way to unsubscribe, three quarters are such messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reputation.checks.content._needs import body, value
from reputation.facts.draft import Body, DraftFacts
from reputation.model import Found, Known
from reputation.records.later import beyond_ascii, holds, later
from reputation.records.mail_text import folded

_WAYS_OUT = (
    "unsubscri", "optout", "opt out", "opt-out", "abmelden", "abbestellen", "austragen", "désabonn", "desabonn",
    "désinscri", "desinscri", "darse de baja", "cancelar la suscrip", "cancelar su suscrip", "cancelar suscrip",
    "dar de baja", "отписа", "отказаться от рассылки", "descadastr", "cancelar a inscri", "cancelar inscri",
    "remover inscri", "إلغاء الاشتراك", "退订", "退訂", "取消订阅", "取消訂閱",
    "配信停止", "購読解除", "수신거부", "email preferences",
    "manage your preferences", "manage your subscription", "manage preferences", "manage subscription",
    "stop receiving", "how frequently you receive", "how often you receive",
)  # fmt: skip
_WAY_OUT = later(r"cancel your .{0,30}subscription", when=holds("cancel your "))
_OFFERS = (
    "sale", "coupon", "promo code", "discount", "discounts", "giveaway", "newsletter", "webinar", "shop now",
    "order now", "buy now", "new arrivals", "limited time", "special offer", "free shipping", "gutschein",
    "sonderangebot", "rebajas", "cupón", "soldes", "promotion", "акция", "распродажа",
)  # fmt: skip
_OFFER = (
    later(r"\d ?% (?:off|rabatt|de descuento|de réduction|скидк)|\d ?% скидк", when=holds("%")),
    later(rf"\b(?:{'|'.join(_OFFERS)})\b", when=holds(*_OFFERS)),
    later(
        "促销|抢购|特惠|秒杀|满减|包邮|订阅|通讯|新品上市|双十一|双11|先到先得|限时|清仓|立减|全场.{0,8}折",
        when=beyond_ascii,
    ),
)
_ANSWER = later(r"\s*(?:re|aw|sv|antw|fwd?|wg|回复|回覆|答复|转发)\s*[:：]", re.IGNORECASE, when=holds(":", "："))
_SERVICE = (
    later(
        r"\byour (?:recent )?(?:orders?|purchase|parcel|package|shipment|delivery|invoice|receipt|payment|booking"
        r"|reservation|appointment|password|account|statement|ticket|documents?|subscription|registration|settings)\b",
        when=holds("your "),
    ),
    later(
        r"\b(?:order (?:number|no\.?|id|date|#|confirm|\d)|invoice (?:number|no\.?|date|#|\d|[a-z]{1,4}[- ]?\d)"
        r"|tracking number|verification code|security (?:alert|code)|reset (?:your|the) password|appointment confirmed"
        r"|(?:expects to|has been|was) (?:deliver|shipp|approved)|expected delivery|(?:documents?|files?) shared"
        r"|confirmation of (?:your )?(?:order|payment)|ihre bestellung|ihre rechnung|auftragsbestätigung|su pedido"
        r"|su factura|votre commande|votre facture|ваш(?:его)? заказ|seu pedido)\b"
    ),
    later("订单(?:确认|号|编号|已)|您的订单|发票|验证码|快递单号|物流|运单|付款|密码|账户|预约", when=beyond_ascii),
)
_CLOSING = later(  # a line of its own; below it stands the signature
    r"^[ \t]*(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many) (?:regards|wishes)|regards|cheers"
    r"|(?:yours )?sincerely(?: yours)?|yours (?:faithfully|truly)|mit (?:freundlichen|besten) grüßen"
    r"|(?:viele|beste|liebe) grüße"
    r"|(?:bien )?cordialement|bien à vous|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|atenciosamente"
    r"|с уважением|此致|(?:顺)?祝?商祺|顺颂商祺|祝好|敬礼)(?:[ \t]*[,，][^\n]{0,60}|[.!。！]?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING_WORDS = (  # each closing has one of them
    "regards", "wishes", "cheers", "sincerely", "faithfully", "truly", "grüße", "cordialement", "bien à vous", "saludo",
    "atentamente", "atenciosamente", "уважением", "此致", "商祺", "祝好", "敬礼",
)  # fmt: skip
_HEAD = 1_500


def offers_way_out(text: str) -> bool:
    """Whether a folded text offers a way to unsubscribe."""
    return any(map(text.__contains__, _WAYS_OUT)) or bool(_WAY_OUT.search(text))


def campaign_text(known: Known[DraftFacts]) -> Body | None:
    """The text of a draft that looks like a campaign. None for a letter, an answer and a message of service."""
    return _of_campaign(known.value) if isinstance(known, Found) else None


@lru_cache(maxsize=1)  # several checks ask of the same draft, one after the other
def _of_campaign(facts: DraftFacts) -> Body | None:
    text = value(body(facts))
    if text is None or not any(link.target.is_web for link in facts.links) or _is_answer(facts):
        return None
    if _is_listed(facts):
        return text
    head = _head(facts, text)
    offers = _finds(_OFFER, head)
    if not offers and _finds(_SERVICE, head):
        return None
    return text if _is_made_for_many(facts, text, offers) else None


def _finds(patterns: Iterable[re.Pattern[str]], head: str) -> bool:
    return any(pattern.search(head) for pattern in patterns)


def _is_answer(facts: DraftFacts) -> bool:
    line, message = value(facts.subject), value(facts.message)
    return bool(line and _ANSWER.match(line.text)) or bool(message and message.header("In-Reply-To"))


def _is_listed(facts: DraftFacts) -> bool:
    message = value(facts.message)
    return bool(message and message.header("List-Unsubscribe"))


def _head(facts: DraftFacts, text: Body) -> str:
    """Subject and beginning of the text, folded: what the message is about stands there."""
    line = value(facts.subject)
    return (folded(line.text).text + "\n" if line else "") + text.folded.text[:_HEAD]


def _is_made_for_many(facts: DraftFacts, text: Body, offers: bool) -> bool:
    """HTML with pictures and links above the signature, or with an offer; a bare text needs several links and an offer.

    A signature has a logo, the company's site and its profiles, in a letter to one person, too.
    """
    if text.html is None:
        return offers and sum(link.target.is_web for link in facts.links) >= 3
    if offers:
        return True
    end = signature_start(text)
    web = sum(link.target.is_web and link.start < end for link in facts.links)
    return web >= 4 or (web >= 2 and any(image.start < end for image in text.html.images))


def signature_start(text: Body) -> int:
    """Where the signature begins in the source; its length where there is none."""
    closes = any(map(text.folded.text.__contains__, _CLOSING_WORDS))
    closing = _CLOSING.search(text.visible.text) if closes else None
    return text.visible.origin(closing.start()) if closing else len(text.source)
