"""Where a finding lies, as editors, code scanning and workflow logs write it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from reputation.formats import RenderOptions, render
from reputation.model import Area, Outcome, Result, Severity, Where
from reputation.text import say
from tests.reports import report

AT = Where("drafts/a b.eml", 3, 7, 3, 12)
EN = RenderOptions()


def found(where: Where | None) -> Result:
    """One finding at that place."""
    return Result(
        check="old-html", area=Area.CONTENT, target="a b.eml", outcome=Outcome.WARN, message=say("does not apply"),
        severity=Severity.MINOR, where=where,
    )  # fmt: skip


def uri(file: str) -> str:
    """The place of a finding in that file, for code scanning."""
    run = json.loads(render("sarif", report([found(AT._replace(file=file))]), EN))["runs"][0]
    return str(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


@pytest.mark.parametrize(
    ("file", "expected"),
    [("drafts/a b.eml", "drafts/a%20b.eml"), ("drafts\\a.eml", "drafts/a.eml"), ("C:\\a.eml", "C%3A/a.eml"),
     ("javascript:alert(1)", "javascript%3Aalert%281%29"), ("草稿.eml", "%E8%8D%89%E7%A8%BF.eml")],
)  # fmt: skip
def test_a_file_name_is_a_relative_reference(file: str, expected: str) -> None:
    """RFC 3986: blanks and colons are escaped, back-slashes turned."""
    assert uri(file) == expected


def test_the_region_of_a_finding_counts_from_one_and_ends_behind_it() -> None:
    """SARIF 2.1.0 section 3.30."""
    run = json.loads(render("sarif", report([found(AT)]), EN))["runs"][0]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 12}


def test_an_annotation_names_file_line_and_column() -> None:
    """Escaped as properties are."""
    (line,) = render("github", report([found(AT._replace(file="a,b:c.eml"))]), EN).splitlines()
    assert line.startswith("::warning file=a%2Cb%3Ac.eml,line=3,col=7,title=old-html::")


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    """Line 0 is no line."""
    whole = report([found(Where("mail.eml"))])
    assert "line=" not in render("github", whole, EN)
    assert "mail.eml:0" not in render("table", whole, EN) + render("csv", whole, EN) + render("html", whole, EN)


def test_a_table_cell_holds_the_place_as_editors_read_it() -> None:
    """file:line:column."""
    rows = list(csv.DictReader(io.StringIO(render("csv", report([found(AT)]), EN).lstrip("\ufeff"))))
    assert rows[0]["where"] == "drafts/a b.eml:3:7"


def test_a_fault_in_dns_points_at_the_configuration() -> None:
    """Code scanning needs a file, and DNS has none."""
    run = json.loads(render("sarif", report([found(None)]), EN))["runs"][0]
    where = run["results"][0]["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "reputation.toml"


def test_the_same_finding_keeps_its_fingerprint_and_another_place_has_another() -> None:
    """So that an alert is neither opened twice nor closed by a new wording."""
    reworded = found(AT)._replace(message=say("the run was offline"))
    assert reworded.fingerprint == found(AT).fingerprint != found(AT._replace(line=4)).fingerprint
