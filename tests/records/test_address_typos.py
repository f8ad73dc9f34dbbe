"""Typing errors in addresses, and look-alikes that are none."""

from __future__ import annotations

import pytest

from reputation.records.address_typos import suggest

MEANT = {
    "anna@gmial.com": "anna@gmail.com", "anna@gmail.con": "anna@gmail.com", "anna@gmai.com": "anna@gmail.com",
    "anna@hotmial.com": "anna@hotmail.com", "anna@outlok.com": "anna@outlook.com", "anna@yahoo.comm": "anna@yahoo.com",
    "wang@163.con": "wang@163.com", "li@qq.cmo": "li@qq.com", "sales@firma.con": "sales@firma.com",
    "sales@firma.comcn": "sales@firma.com.cn", "a..b@firma.example": "a.b@firma.example",
    "anna@firma..example": "anna@firma.example", "ａｎｎａ＠ｆｉｒｍａ．ｅｘａｍｐｌｅ": "anna@firma.example",
    "an na@firma.example": "anna@firma.example", "anna@firma.example.": "anna@firma.example",
    "anna@firma.example，": "anna@firma.example", "<anna@firma.example>;": "anna@firma.example",
    "anna@firma。example": "anna@firma.example", "anna@@firma.example": "anna@firma.example",
    "anna@gmail,com": "anna@gmail.com", "anna@gmailcom": "anna@gmail.com",
    "mailto:anna@firma.example": "anna@firma.example",
}  # fmt: skip
RIGHT = ["anna@gmail.com", "anna@mail.com", "anna@ymail.com", "a@126.com", "a@firma.co", "a@firma.cm", "A.B@firma.example", "a@live.com", "a@orange.es", "no address", "", "@", "a@b"]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("written", MEANT)
def test_an_obvious_slip_has_one_correction(written: str) -> None:
    found = suggest(written)
    assert found is not None
    assert found.address == MEANT[written]


@pytest.mark.parametrize("written", RIGHT)
def test_what_is_right_or_unclear_is_left_alone(written: str) -> None:
    assert suggest(written) is None
