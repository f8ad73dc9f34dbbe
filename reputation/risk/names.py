"""What each signal is, in words that can stand behind "raised by" and "lowered by"."""

from __future__ import annotations

from reputation.text import Text, say

THINGS: dict[str, Text] = {  # a draft has them or has not
    "attachment_page": say("a web page as an attachment"),
    "attachment_pdf": say("a PDF as an attachment"),
    "attachments": say("attachments"),
    "click_text": say("wording that asks for a click"),
    "disguised_words": say("words in letters of another alphabet"),
    "exclamation_runs": say("exclamation marks in a row"),
    "exclamations": say("exclamation marks"),
    "footer": say("the foot of a campaign (address, copyright, reason, way out)"),
    "from_alarm": say("a sender's domain that speaks of security, accounts, parcels or prizes"),
    "from_digits": say("digits in the sender's address"),
    "from_free_mail": say("a sender at a free mail service"),
    "from_name_fits": say("a sender's name that fits its domain"),
    "from_oddities": say("odd traits of the sender (digits, chance, cheap ending, name of another)"),
    "greeting_generic": say("a greeting for anybody"),
    "haste": say("wording of haste"),
    "hidden_share": say("hidden text"),
    "html_only": say("HTML without a text part"),
    "image_cheap_ending": say("pictures from domains under endings that spam likes"),
    "image_insecure": say("pictures fetched without encryption"),
    "image_little_text": say("pictures with little text"),
    "images": say("pictures"),
    "link_alarm": say("links to domains that speak of security, accounts, parcels or prizes"),
    "link_bare_path": say("links to a bare home page"),
    "link_image": say("pictures as links"),
    "link_oddities": say("odd links (bare address, shortener, port, cheap ending, open hosting, name of chance)"),
    "link_one_strange_domain": say("links that all lead to one domain which is not the sender's"),
    "link_one_target": say("one single link target"),
    "link_open_hosting": say("links to hosting where anybody gets a page"),
    "link_own_any": say("a link to the sender's own domain"),
    "link_text_address": say("links that show a web address"),
    "link_token": say("long codes in links"),
    "lure_first": say("topics of lures at the beginning (account alarms, parcels, prizes, sums, pitches)"),
    "lure_most": say("one topic of lures again and again"),
    "media_queries": say("a layout for telephones"),
    "money": say("amounts of money"),
    "phone": say("a telephone number"),
    "remove_me_text": say("old wording of opting out"),
    "reply_to_free_mail": say("answers that go to a free mail service"),
    "reply_to_other": say("answers that go to another domain"),
    "style_sheet": say("a style sheet in the HTML"),
    "subject_brand": say("a well-known brand in the subject that is not the sender"),
    "subject_emoji": say("picture characters in the subject"),
    "subject_exclamations": say("exclamation marks in the subject"),
    "subject_fake_reply": say("a subject that pretends to be a reply"),
    "subject_money": say("an amount of money in the subject"),
    "tables": say("a layout of tables"),
    "unclosed": say("tags that are never closed"),
}
MEASURES: dict[str, Text] = {  # every draft has more or less of them
    "care": say("how carefully the HTML is made for mail (language, title, telephones, Outlook, alternative texts)"),
    "digits": say("the share of digits"),
    "from_domain_random": say("how much the sender's domain looks like chance"),
    "from_local_random": say("how much the sender's address looks like chance"),
    "html_kb": say("the size of the HTML"),
    "image_per_text": say("the number of pictures for the amount of text"),
    "link_distinct": say("the number of different links"),
    "link_length_spread": say("how different the links are in length"),
    "link_own": say("the share of links to the sender's own domain"),
    "link_repeated": say("how often the same link comes again"),
    "links_per_word": say("the number of links for the amount of text"),
    "lure_share": say("how much of the text is about the topics of lures"),
    "parts_differ": say("how much text part and HTML differ"),
    "plain_per_html": say("the length of the text part beside the HTML"),
    "questions": say("how many questions there are"),
    "styled_share": say("the share of styled tags"),
    "subject_title_case": say("words with a capital letter in the subject"),
    "text_share": say("the share of visible text in the HTML"),
    "words": say("the amount of text"),
    "yours": say("how often the text says you and your"),
}


def name_of(signal: str, value: float) -> Text:
    """The words for a signal with this value; a thing that is not there is named as missing."""
    thing = THINGS.get(signal)
    if thing is None:
        return MEASURES[signal]
    return thing if value else say("{what} (missing)", what=thing)
