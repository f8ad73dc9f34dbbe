"""Which language to speak, decided before anything else so that even a usage error is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reputation.text import LANGUAGES


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """--lang, else REPUTATION_LANG, else the configuration, else the system's language, else English."""
    for candidate in (_given(words), environment.get("REPUTATION_LANG", ""), _configured(words, environment)):
        if candidate in LANGUAGES:
            return candidate
    return "zh" if _system(environment).lower().startswith("zh") else "en"


def _given(words: Sequence[str], option: str = "--lang") -> str:
    for at, word in enumerate(words):
        if word == option and at + 1 < len(words):
            return words[at + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return ""


def _configured(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of the configuration files; a file that cannot be read is reported later, not here."""
    from reputation.bad_input import BadInput
    from reputation.gather.config import load_settings
    from reputation.settings import Layer

    try:
        return load_settings(Layer("command line", {}), environment, _given(words, "--config") or None).settings.lang
    except BadInput:
        return ""


def _system(environment: Mapping[str, str]) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name]
    return _windows_language()


def _windows_language() -> str:
    """The language of the Windows desktop; other systems say it in the environment."""
    import ctypes
    import locale

    windows: Any = getattr(ctypes, "windll", None)
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "") if windows else ""
