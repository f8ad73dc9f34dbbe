"""Files of targets as Windows programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reputation.bad_input import BadInput
from reputation.gather.target_file import read_targets

NAMES = ["one.example", "two.example"]
EXCEL = "\ufeff域名;备注\r\none.example;主域名\r\ntwo.example;\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("one.example\r\ntwo.example\r\n", "utf-16"),
        ("one.example\r\ntwo.example\r\n", "utf-16-le"),
        ("\ufeffone.example\r\ntwo.example\r\n", "utf-16-be"),
        ("\ufeffone.example\ntwo.example\n", "utf-8"),
        ("one.example # 主域名\ntwo.example\n", "gbk"),
        (EXCEL, "utf-8"),
        (EXCEL.removeprefix("\ufeff"), "gbk"),
        ("domain,note\none.example,main\ntwo.example,\n", "ascii"),
        ("one.example\tmain\ntwo.example\t\n", "utf-16"),
        ('"domain";"note"\n"one.example";"a;b"\n"two.example";\n', "utf-8"),
    ],
)
def test_a_list_is_read_however_it_was_saved(tmp_path: Path, content: str, encoding: str) -> None:
    """Notepad's UTF-16, Excel's semicolons and byte order mark, a heading in the first row."""
    file = tmp_path / "名单.csv"
    file.write_bytes(content.encode(encoding))
    assert [target.text for target in read_targets(str(file))] == NAMES


def test_only_the_first_row_of_a_table_may_be_a_heading(tmp_path: Path) -> None:
    """Nothing is passed over in silence."""
    file = tmp_path / "list.csv"
    file.write_text("one.example;x\nno target;y\ntwo.example;z\n")
    with pytest.raises(BadInput, match="line 2"):
        read_targets(str(file))
    file.write_text("no target\ntwo.example\n")
    with pytest.raises(BadInput, match="line 1"):
        read_targets(str(file))
