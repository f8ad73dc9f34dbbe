"""The watchman as its user meets it: silent, then one digest, then silent again."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reputation.gather.lock import run_lock
from tests.cli.command_line import here, process, sentences
from tests.servers.processes import closed_port
from tests.watch.world import World, configure, running, watch

IP = "203.0.113.5"
AT_ONCE = "confirm_minutes = 0\nblind_after = 2\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A fresh world."""
    with running(tmp_path) as world:
        yield world


def test_a_listing_is_told_once_after_two_looks_and_its_end_too(world: World, tmp_path: Path) -> None:
    """Clean, clean, listed (unconfirmed), listed (told), listed, clean (unconfirmed), clean (told)."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}')
    outs = [watch(tmp_path).out]
    world.list(IP, "ip.test")
    outs += [watch(tmp_path).out for _ in range(3)]
    world.delist(IP, "ip.test")
    outs += [watch(tmp_path).out for _ in range(3)]
    assert [bool(out) for out in outs] == [False, False, True, False, False, True, False]
    assert "1 new listing" in outs[2] and IP in outs[2] and "Example IP" in outs[2]
    assert "No longer listed" in outs[5] and IP in outs[5]


def test_minutes_must_lie_between_two_looks(world: World, tmp_path: Path) -> None:
    """With the usual setting two runs in a row confirm nothing."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n')
    world.list(IP, "ip.test")
    assert [watch(tmp_path).out for _ in range(3)] == ["", "", ""]


def test_a_second_resolver_confirms_in_the_same_run(world: World, tmp_path: Path) -> None:
    """The first run tells a listing that both resolvers see; one that only one sees stays untold."""
    with running(tmp_path) as second:
        configure(tmp_path, world, f'[watch]\ntargets = ["{IP}", "203.0.113.6"]\nsecond_resolver = "{second.address}"')
        world.list(IP, "ip.test")
        second.list(IP, "ip.test")
        world.list("203.0.113.6", "ip.test")
        told = watch(tmp_path).out
    assert IP in told and "203.0.113.6" not in told


def test_policy_listings_are_never_told(world: World, tmp_path: Path) -> None:
    """A policy code is information."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}')
    world.list(IP, "ip.test", "127.0.0.10")
    assert [watch(tmp_path).out for _ in range(3)] == ["", "", ""]


def test_blindness_is_told_once_and_keeps_what_was_known(world: World, tmp_path: Path) -> None:
    """Listed, then refused for long, then listed still: no delisting, no second listing, one word about each change."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}')
    world.list(IP, "ip.test")
    first = [watch(tmp_path, "-f", "json").out for _ in range(2)]
    assert [event["kind"] for event in json.loads(first[1])["events"]] == ["listed"]
    world.blind.add("ip.test")
    dark = [watch(tmp_path).out for _ in range(4)]
    assert [bool(out) for out in dark] == [False, True, False, False]
    assert "blind" in dark[1] and "Example IP" in dark[1] and "listing:" not in dark[1]
    world.blind.clear()
    light = [watch(tmp_path, "-f", "json").out for _ in range(4)]
    assert [event["kind"] for event in json.loads(light[1])["events"]] == ["sighted"]
    assert [light[0], *light[2:]] == ["", "", ""]


def test_a_resolver_that_is_down_is_one_paragraph(world: World, tmp_path: Path) -> None:
    """Dozens of checks and every list fall silent for one cause: that is one sentence, and one when they are back."""
    world.records |= {"shop.test": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "A": [IP]}}
    text = f'[watch]\ntargets = ["shop.test", "{IP}"]\nstate = "{tmp_path / "w.sqlite"}"\n{AT_ONCE}'
    configure(tmp_path, world, text)
    watch(tmp_path)
    words = ("--resolver", closed_port(), "--timeout", "2")
    dark = [watch(tmp_path, *words) for _ in range(3)]
    assert [bool(one.out) for one in dark] == [False, True, False] and {one.code for one in dark} == {3}
    assert len(sentences(dark[1].out)) == 2 and "Example IP" in dark[1].out and " more for " in dark[1].out
    light = [watch(tmp_path) for _ in range(3)]
    assert [len(sentences(one.out)) for one in light] == [0, 2, 0]


def test_a_key_that_no_list_uses_is_told_on_request(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelt name leaves its lists out; -v says so, as `listings` does."""
    lists = tmp_path / "lists" / "example.toml"
    lists.write_text(lists.read_text().replace('zone = "ip.test"', 'zone = "ip.test"\nkey = "example_key"'))
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n')
    monkeypatch.setenv("REPUTATION_KEY_EXAMPEL_KEY", "canary4711key")
    assert "did you mean example_key" in watch(tmp_path, "-v").err
    assert watch(tmp_path).err == ""


def test_a_list_whose_key_is_gone_does_not_fall_silent(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A credential that is no longer passed on: told once as blindness that a key would end, and its return too."""
    lists = tmp_path / "lists" / "example.toml"
    lists.write_text(lists.read_text().replace('zone = "ip.test"', 'zone = "ip.test"\nkey = "example_key"'))
    with_key = "canary4711key.ip.test"
    world.list("127.0.0.2", with_key)
    world.list(IP, with_key)
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}", "203.0.113.6"]\n{AT_ONCE}')
    monkeypatch.setenv("REPUTATION_KEY_EXAMPLE_KEY", "canary4711key")
    assert "New listing" in [watch(tmp_path).out for _ in range(2)][1]
    monkeypatch.delenv("REPUTATION_KEY_EXAMPLE_KEY")
    dark = [watch(tmp_path, "-f", "json").out for _ in range(4)]
    assert [bool(one) for one in dark] == [False, True, False, False]
    events = json.loads(dark[1])["events"]
    assert {(event["kind"], event["cause"], event["zone"]) for event in events} == {("blind", "no-key", "ip.test")}
    monkeypatch.setenv("REPUTATION_KEY_EXAMPLE_KEY", "canary4711key")
    light = [watch(tmp_path, "-f", "json").out for _ in range(3)]
    assert [bool(one) for one in light] == [False, True, False]
    assert {event["kind"] for event in json.loads(light[1])["events"]} == {"sighted"}


def test_a_server_that_a_domain_no_longer_names_leaves(world: World, tmp_path: Path) -> None:
    """Told once, its listing ended in the history as not asked about any more."""
    world.records |= {"shop.test": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "A": [IP]}}
    world.list(IP, "ip.test")
    state = tmp_path / "w.sqlite"
    configure(tmp_path, world, f'[watch]\ntargets = ["shop.test"]\nstate = "{state}"\n{AT_ONCE}')
    assert "New listing" in [watch(tmp_path).out for _ in range(2)][1]
    world.records["shop.test"] = {"TXT": ["v=spf1 ip4:203.0.113.6 -all"], "A": ["203.0.113.6"]}
    for _ in range(3):
        watch(tmp_path)
    with sqlite3.connect(state) as db:
        db.execute("UPDATE state SET asked_at = asked_at - 15 * 86400 WHERE target = ?", (IP,))
    db.close()
    told = watch(tmp_path).out
    assert "No longer asked about" in told and IP in told and told.count("\n- ") <= 2
    assert watch(tmp_path).out == ""
    shown = here("history", "shop.test", "--config", str(tmp_path / "reputation.toml")).out
    assert "no longer asked about" in shown


def test_a_block_is_watched_address_by_address(world: World, tmp_path: Path) -> None:
    """The digest names the address and not the block."""
    configure(tmp_path, world, f'[watch]\ntargets = ["203.0.113.0/29"]\n{AT_ONCE}')
    world.list("203.0.113.3", "other.test")
    watch(tmp_path)
    told = watch(tmp_path).out
    assert "203.0.113.3" in told and "203.0.113.0" not in told


def test_records_that_change_are_told_with_both_texts_and_what_it_means(world: World, tmp_path: Path) -> None:
    """SPF softened, DMARC taken away; the first run is the baseline."""
    world.records |= {
        "shop.test": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "MX": ["10 mx.shop.test."], "A": [IP]},
        "mx.shop.test": {"A": [IP]},
        "_dmarc.shop.test": {"TXT": ["v=DMARC1; p=reject"]},
    }
    configure(tmp_path, world, f'[watch]\ntargets = ["shop.test"]\n{AT_ONCE}')
    assert watch(tmp_path).out == ""
    assert watch(tmp_path).out == ""
    world.records["shop.test"]["TXT"] = ["v=spf1 ip4:203.0.113.5 ~all"]
    del world.records["_dmarc.shop.test"]
    told = watch(tmp_path).out
    assert "v=spf1 ip4:203.0.113.5 -all" in told and "v=spf1 ip4:203.0.113.5 ~all" in told and "less strict" in told
    assert "v=DMARC1; p=reject" in told and "(no record)" in told
    assert "began to fail" in watch(tmp_path).out
    assert watch(tmp_path).out == ""


def test_what_failed_from_the_beginning_is_the_baseline(world: World, tmp_path: Path) -> None:
    """A domain without DMARC is no news at the first run nor at the second."""
    world.records |= {"shop.test": {"TXT": ["v=spf1 -all"], "A": [IP]}}
    configure(tmp_path, world, f'[watch]\ntargets = ["shop.test"]\n{AT_ONCE}')
    runs = [watch(tmp_path) for _ in range(3)]
    assert [run.out for run in runs] == ["", "", ""]
    assert runs[0].code == 1


def test_a_resolver_that_denies_everything_is_blindness_and_no_news_of_the_domain(world: World, tmp_path: Path) -> None:
    """Neither records nor the domain are gone when the lists are gone as well; a domain that alone is gone, is."""
    world.records |= {
        "shop.test": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "MX": ["10 shop.test."], "A": [IP]},
        "_dmarc.shop.test": {"TXT": ["v=DMARC1; p=reject"]},
    }
    configure(
        tmp_path, world, f'[watch]\ntargets = ["shop.test", "{IP}"]\nstate = "{tmp_path / "w.sqlite"}"\n{AT_ONCE}'
    )
    assert [watch(tmp_path).out for _ in range(2)] == ["", ""]
    everything, world.records = world.records, {}
    dark = [watch(tmp_path, "-f", "json") for _ in range(4)]
    assert [bool(one.out) for one in dark] == [False, True, False, False]
    assert {event["kind"] for event in json.loads(dark[1].out)["events"]} == {"blind"}
    assert {one.code for one in dark} == {3}
    world.records = everything
    light = [watch(tmp_path, "-f", "json").out for _ in range(3)]
    assert {event["kind"] for event in json.loads(light[1])["events"]} == {"sighted"} and not light[0] + light[2]
    for name in [name for name in world.records if name.endswith("shop.test")]:
        del world.records[name]
    assert "The SPF record of shop.test changed" in watch(tmp_path).out
    assert "domain-missing" in watch(tmp_path).out


def test_what_no_longer_applies_is_not_called_mended(world: World, tmp_path: Path) -> None:
    """With the SPF record its "+all" is gone too, and that is no good news."""
    shop = world.records["shop.test"] = {"TXT": ["v=spf1 +all"], "A": [IP]}
    configure(tmp_path, world, f'[watch]\ntargets = ["shop.test"]\nstate = "{tmp_path / "w.sqlite"}"\n{AT_ONCE}')
    watch(tmp_path)
    del shop["TXT"]
    told = "".join(watch(tmp_path).out for _ in range(4))
    assert "Began to fail: spf-missing" in told and "Mended" not in told
    shown = here("history", "shop.test", "--config", str(tmp_path / "reputation.toml")).out
    assert re.search(r"\(no longer applies\)  shop.test  spf-pass-all", shown)
    shop["TXT"] = ["v=spf1 ip4:203.0.113.5 -all"]
    assert "Mended: spf-missing" in "".join(watch(tmp_path).out for _ in range(4))


def test_what_joins_later_and_fails_is_news_after_two_looks(world: World, tmp_path: Path) -> None:
    """A draft that is put into the folder, and a server that the domain begins to name; drafts leave silently."""
    folder, state = tmp_path / "drafts", tmp_path / "w.sqlite"
    folder.mkdir()
    page = '<p>Dear Ms Li, the <a href="https://{host}/offer">offer</a> is ready.</p>'
    (folder / "old.html").write_text(page.format(host="bit.ly"))
    world.records |= {
        "shop.test": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "A": [IP]},
        "5.113.0.203.in-addr.arpa": {"PTR": ["shop.test."]},
    }
    configure(tmp_path, world, f'[watch]\nstate = "{state}"\n{AT_ONCE}[[watch.target]]\nname = "shop.test"\n'
              f'drafts = "{folder}"')  # fmt: skip
    assert [watch(tmp_path).out for _ in range(2)] == ["", ""]
    (folder / "new.html").write_text(page.format(host="bit.ly"))
    assert watch(tmp_path).out == ""
    told = watch(tmp_path).out
    assert "new.html" in told and "old.html" not in told and "link-shortener" in told
    world.records["shop.test"]["TXT"] = ["v=spf1 ip4:203.0.113.5 ip4:203.0.113.6 -all"]
    assert "203.0.113.6" in watch(tmp_path).out
    assert "Began to fail: ptr-missing for 203.0.113.6" in watch(tmp_path).out
    for draft in folder.iterdir():
        draft.unlink()
    (folder / "fine.txt").write_text("Dear Ms Li, the quotation is attached.\n")
    for _ in range(3):
        watch(tmp_path)
    with sqlite3.connect(state) as db:
        db.execute("UPDATE state SET asked_at = asked_at - 15 * 86400 WHERE target LIKE '%.html'")
    db.close()
    assert watch(tmp_path).out == ""


def test_a_dry_run_tells_and_keeps_nothing(world: World, tmp_path: Path) -> None:
    """The same news again in the real run."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{tmp_path / "s" / "w.sqlite"}"\n{AT_ONCE}')
    assert "Nothing new" in watch(tmp_path, "--dry-run").out
    assert not (tmp_path / "s").exists()
    world.list(IP, "ip.test")
    watch(tmp_path)
    dry = watch(tmp_path, "--dry-run").out
    assert "1 new listing" in dry
    assert re.sub(r"\d\d:\d\d", "", watch(tmp_path).out) == re.sub(r"\d\d:\d\d", "", dry)


def test_drafts_of_a_target_are_checked_and_unreadable_ones_do_not_stop_it(world: World, tmp_path: Path) -> None:
    """A folder with a good and a bad draft."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.txt").write_text("Dear Ms Li, the quotation is attached.\n")
    (tmp_path / "drafts" / "b.eml").write_bytes(b"")
    configure(tmp_path, world, f'[[watch.target]]\nname = "{IP}"\ndrafts = "{tmp_path / "drafts"}"\n')
    ended = watch(tmp_path, "-v")
    assert ended.out == "" and "b.eml" in ended.err


@pytest.mark.parametrize(
    ("lint", "told"),
    [
        ("", True),
        ('[lint]\nignore = ["link-shortener"]', False),
        ('[lint.files]\n"drafts/*.html" = ["link-shortener"]', False),
        ('[lint.files]\n"drafts/*.eml" = ["link-shortener"]', True),
    ],
)
def test_drafts_of_a_target_leave_out_what_lint_leaves_out(world: World, tmp_path: Path, lint: str, told: bool) -> None:
    """[lint] of the configuration counts for the watchman as it does for `lint` and `check`."""
    draft = tmp_path / "drafts" / "a.html"
    draft.parent.mkdir()
    page = '<p>Dear Ms Li, the <a href="https://{host}/offer">offer</a> is ready.</p>'
    configure(
        tmp_path,
        world,
        f'[[watch.target]]\nname = "{IP}"\ndrafts = "{draft.parent}"\n[watch]\nconfirmations = 1\n{lint}',
    )
    draft.write_text(page.format(host="shop.example"))
    assert watch(tmp_path).out == ""
    draft.write_text(page.format(host="bit.ly"))
    assert ("link-shortener" in watch(tmp_path).out) is told


def test_a_check_that_lint_cannot_leave_out_is_refused_before_anything_is_asked(world: World, tmp_path: Path) -> None:
    """The same sentence as `reputation lint` says."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n[lint]\nignore = ["link-shortner"]')
    ended = watch(tmp_path, "--state", str(tmp_path / "w.sqlite"))
    assert (ended.code, ended.out) == (2, "") and "link-shortener" in ended.err
    assert not (tmp_path / "w.sqlite").exists()


def test_a_second_run_leaves_quietly(world: World, tmp_path: Path) -> None:
    """While one run holds the lock the next one says nothing and asks nothing."""
    state = tmp_path / "w.sqlite"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n')
    with run_lock(state.with_name("w.sqlite.lock")) as alone:
        assert alone
        ended = watch(tmp_path)
        assert (ended.code, ended.out, ended.err) == (0, "", "")
        assert "Already running" in watch(tmp_path, "-v").err
    assert not state.exists()


def test_a_run_that_hangs_for_hours_is_told(world: World, tmp_path: Path) -> None:
    """Or every later run would leave quietly, and the watchman would sleep unseen."""
    state = tmp_path / "w.sqlite"
    lock = state.with_name("w.sqlite.lock")
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n')
    lock.touch()
    os.utime(lock, (1.0, 1.0))
    assert watch(tmp_path).code == 0  # an old file that nobody holds is no hung run
    with run_lock(lock) as alone:
        assert alone
        assert watch(tmp_path).err == ""
        os.utime(lock, (1.0, 1.0))
        ended = watch(tmp_path)
    assert ended.code == 3 and "hangs" in ended.err and ended.out == ""


def test_interval_runs_on_until_it_is_stopped(world: World, tmp_path: Path) -> None:
    """The first round of an endless watch prints like any other."""
    import subprocess
    import sys

    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}')
    world.list(IP, "ip.test")
    words = [sys.executable, "-m", "reputation", "watch", "--config", "reputation.toml", "--interval", "1"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}) as running:  # fmt: skip
        assert running.stdout is not None
        line = running.stdout.readline()
        running.terminate()
    assert "1 new listing" in line


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('[watch]\ntargets = ["10.0.0.1"]', ("line 6", "watch.targets", "private network")),
        ("[watch]\nremind_days = -1", ("line 6", "remind_days", "0 to 365")),
        ("[watch]\nremnd_days = 1", ("line 6", "remnd_days", "remind_days")),
        ('[[watch.target]]\nname = "a.example"\n\n[[watch.target]]\nname = "b.example"\nip = ["x"]',
         ("line 10", "target.ip", "x")),
        ('[[watch.channel]]\nkind = "pigeon"', ("line 6", "channel.kind", "dingtalk")),
        ('[[watch.channel]]\nkind = "slack"', ("line 5", "channel.url", "url_file")),
        ('[[watch.channel]]\nurl = "ftp://x/"', ("line 6", "channel.url", "https://")),
        ('[[watch.channel]]\nurl = "https://a.example"\nurl_env = "X"', ("line 7", "channel.url_env", "url")),
        ('[[watch.channel]]\nkind = "mail"\nhost = "mx.example"\nfrom = "a b"\nto = ["c@d.example"]',
         ("line 8", "channel.from", "e-mail address")),
        ('[[watch.channel]]\nurl_file = "/nonexistent/hook"', ("/nonexistent/hook",)),
        ('[[watch.channel]]\nurl = "https://a.example"\nsecret = "whsec_!"', ("Channel channel-1", "copy it again")),
        ('[[watch.channel]]\nurl = "https://[a.example"', ("Channel channel-1", "copy it again")),
        ('[watch]\ntarget = "a.example"', ("line 6", "watch.target", "[[watch.target]]")),
        ('[watch]\ntargets = [""]', ("Nothing to watch",)),
    ],
)  # fmt: skip
def test_a_wrong_configuration_names_line_and_key(
    world: World, tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    """One sentence, exit 2, no question, and the old state untouched."""
    state = tmp_path / "data" / "w.sqlite"
    configure(tmp_path, world, text)
    ended = watch(tmp_path, "--state", str(state))
    assert (ended.code, ended.out) == (2, ""), ended
    assert len(sentences(ended.err)) == 1
    assert all(name in ended.err for name in names), ended.err
    assert not state.exists()


def test_what_is_printed_survives_poor_encodings(world: World, tmp_path: Path) -> None:
    """Chinese on gbk, and on ascii without a traceback."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nconfirmations = 1\n')
    world.list(IP, "ip.test")
    for encoding in ("gbk", "ascii"):
        words = ("watch", "--config", str(tmp_path / "reputation.toml"), "--state", str(tmp_path / encoding))
        ended = process(*words, "--lang", "zh", encoding=encoding, REPUTATION_LANG="zh")
        assert IP in ended.out and "Traceback" not in ended.err


def test_news_go_to_the_file_that_was_named(world: World, tmp_path: Path) -> None:
    """Text on standard output and JSON beside it; without news no file is written."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nconfirmations = 1\n')
    file = tmp_path / "news.json"
    watch(tmp_path, "-f", "table", "-f", f"json={file}")
    assert not file.exists()
    world.list(IP, "ip.test")
    assert IP in watch(tmp_path, "-f", "table", "-f", f"json={file}").out
    assert [event["target"] for event in json.loads(file.read_text())["events"]] == [IP]


def test_what_stays_bad_is_told_again_after_so_many_days(world: World, tmp_path: Path) -> None:
    """A reminder of what was there from the beginning, too; 0 days means never."""
    state = tmp_path / "w.sqlite"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\nconfirmations = 1\n')
    world.list(IP, "ip.test")
    assert "New listing" in watch(tmp_path).out
    with sqlite3.connect(state) as db:
        db.execute("UPDATE state SET told_at = told_at - 8 * 86400 WHERE standing = 'bad'")
    db.close()
    assert "Still bad since" in watch(tmp_path).out
    assert watch(tmp_path).out == ""


def test_many_targets_are_named_in_the_order_of_their_numbers(world: World, tmp_path: Path) -> None:
    """And no more than five of them."""
    configure(tmp_path, world, '[watch]\ntargets = ["203.0.113.0/28"]\nconfirmations = 1\n')
    for n in (10, 2, 9, 1, 3, 11, 4):
        world.list(f"203.0.113.{n}", "ip.test")
    names = ", ".join(f"203.0.113.{n}" for n in (1, 2, 3, 4, 9))
    assert f"{names} and 2 more" in watch(tmp_path).out


def test_a_channel_that_needs_apprise_says_so(world: World, tmp_path: Path) -> None:
    """Before anything is asked."""
    from importlib.util import find_spec

    if find_spec("apprise"):
        pytest.skip("apprise is installed")
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n[[watch.channel]]\nkind = "apprise"\nurl = "ntfy://x"\n')
    ended = watch(tmp_path)
    assert ended.code == 2 and "reputation[notify]" in ended.err


def test_a_second_look_in_the_same_run(world: World, tmp_path: Path) -> None:
    """--confirm waits and asks again, so one run is enough; what is gone at the second look is not told."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nconfirm_minutes = 0\n')
    world.list(IP, "ip.test")
    assert "1 new listing" in watch(tmp_path, "--confirm", "0.001").out


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--confirm", "x"], "0 to 60"),
        (["--confirm", "61"], "0 to 60"),
        (["--confirm", "1"], "confirm_minutes"),
        (["--interval", "0"], "--interval"),
        (["--jitter", "-1"], "--jitter"),
        (["--print", "nothing"], "expected one of"),
        (["--test-alert"], "[[watch.channel]]"),
        (["-f", "sarif"], "sarif"),
        (["exa mple.com"], "exa mple.com"),
    ],
)
def test_a_wrong_option_is_one_sentence(world: World, tmp_path: Path, words: list[str], names: str) -> None:
    """Exit 2, nothing asked, nothing kept."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{tmp_path / "w.sqlite"}"\n')
    ended = watch(tmp_path, *words)
    assert (ended.code, ended.out) == (2, "") and names in ended.err
    assert len(sentences(ended.err)) == 1 and not (tmp_path / "w.sqlite").exists()


def test_a_second_resolver_that_is_none_is_refused_at_once(world: World, tmp_path: Path) -> None:
    """Not only on the day on which it is needed."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nsecond_resolver = "no resolver"\n')
    ended = watch(tmp_path)
    assert ended.code == 2 and "no resolver" in ended.err
