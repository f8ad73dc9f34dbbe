"""What each signal is, in words that can stand behind "raised by" and "lowered by"."""

from __future__ import annotations

from reputation.text import Text, say

THINGS: dict[str, Text] = {  # a draft has them or has not
    "attachment_nameless": say("an attachment without a name"),
    "attachments": say("how many attachments there are"),
    "centers": say("tags of old editors"),
    "exclamation_runs": say("exclamation marks in a row"),
    "first_person_text": say("a text in the first person"),
    "from_digits": say("digits in the sender's address"),
    "from_name_in_domain": say("the sender's name in the domain"),
    "gappy": say("words taken apart"),
    "greeting_address": say("a greeting with an e-mail address"),
    "greeting_generic": say("a greeting for anybody"),
    "headings": say("headings"),
    "hidden": say("hidden text"),
    "html_language": say("a declared language"),
    "image_insecure": say("pictures fetched without encryption"),
    "image_little_text": say("pictures with little text"),
    "images_without_alt": say("pictures without alternative text"),
    "link_bare_path": say("links to a bare home page"),
    "link_cheap_ending": say("links under endings that spam likes"),
    "link_host_digits": say("digits in the host of a link"),
    "link_text_address": say("links that show a web address"),
    "link_token": say("long codes in links"),
    "link_unsubscribe": say("an unsubscribe link"),
    "media_queries": say("a layout for telephones"),
    "mso": say("care for Outlook in the HTML"),
    "paragraphs": say("paragraphs of the HTML"),
    "phrases_overpromise": say("promises of bulk mail"),
    "phrases_phish_account": say("phrases of account alarms"),
    "plain_only": say("plain text without HTML"),
    "privacy_text": say("a privacy notice or imprint"),
    "remove_me_text": say("old wording of opting out"),
    "reply_to_other": say("answers that go to another domain"),
    "subject_emoji": say("picture characters in the subject"),
    "subject_title_case": say("words with a capital letter in the subject"),
    "unclosed": say("tags that are never closed"),
    "unsubscribe_text": say("a mention of unsubscribing"),
    "wait_text": say("wording of haste"),
}
MEASURES: dict[str, Text] = {  # every draft has more or less of them
    "capital_words": say("how many words are in capitals"),
    "digits": say("the share of digits"),
    "from_domain_length": say("the length of the sender's domain"),
    "from_domain_random": say("how much the sender's domain looks like chance"),
    "from_local_length": say("the length of the sender's address"),
    "from_local_random": say("how much the sender's address looks like chance"),
    "hidden_share": say("the share of hidden text"),
    "html_kb": say("the size of the HTML"),
    "image_per_text": say("the number of pictures for the amount of text"),
    "images": say("the number of pictures"),
    "link_distinct": say("the number of different links"),
    "link_domains": say("the number of domains linked to"),
    "link_insecure": say("how many links lack encryption"),
    "link_length_spread": say("how different the links are in length"),
    "link_repeated": say("the same link again and again"),
    "links_per_word": say("the number of links for the amount of text"),
    "mine": say("how often the text says we and us"),
    "questions": say("how many questions there are"),
    "style_sheet": say("the amount of styles in the HTML"),
    "styled_share": say("the share of styled tags"),
    "subject_length": say("the length of the subject"),
    "tags": say("how richly the HTML is made"),
    "text_share": say("the share of visible text in the HTML"),
    "word_length": say("the length of the words"),
    "words": say("the amount of text"),
    "words_distinct": say("how varied the words are"),
    "words_per_line": say("the length of the lines"),
}


def name_of(signal: str, value: float) -> Text:
    """The words for a signal with this value; a thing that is not there is named as missing."""
    thing = THINGS.get(signal)
    if thing is None:
        return MEASURES[signal]
    return thing if value else say("{what} (missing)", what=thing)
