"""Whether a draft looks like a campaign: only those owe the reader a way out, an address and a reason."""

from __future__ import annotations

from reputation.checks.content._needs import body, value
from reputation.facts.draft import Body, DraftFacts
from reputation.model import Found, Known
from reputation.records.later import later

UNSUBSCRIBE = later(
    r"unsubscri|opt[ -]?out|abmelden|abbestellen|austragen|désabonn|desabonn|désinscri|desinscri|darse de baja"
    r"|cancelar (?:la |su )?suscrip|dar de baja|отписа|отказаться от рассылки|descadastr|cancelar (?:a )?inscri"
    r"|remover inscri|إلغاء الاشتراك|退订|退訂|取消订阅|取消訂閱|配信停止|購読解除|수신거부"
    r"|email preferences|manage (?:your )?(?:preferences|subscription)|stop receiving"
)


def campaign_text(known: Known[DraftFacts]) -> Body | None:
    """The text of a draft that looks like a campaign: HTML with a web link, or a text with several. Else None."""
    if not isinstance(known, Found):
        return None
    text = value(body(known.value))
    web = sum(link.target.is_web for link in known.value.links)
    return None if text is None or web == 0 or (text.html is None and web < 3) else text
