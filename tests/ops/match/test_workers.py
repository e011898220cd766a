"""Large markets: whoever looks for candidates, the files come out the same to the byte."""

import pytest
from distributed import LocalCluster

from mentorwell.ops.commands import match
from tests.ops.match.test_match import ROOT, run


HEADER = "email,topics,site,values,places\n"
TOPICS = ("heart", "lung", "law", "research", "teaching", "surgery")


@pytest.fixture
def market(tmp_path, monkeypatch):
    """Two files that are solved as a large market is."""
    monkeypatch.setattr(match, "SMALL", 0)
    monkeypatch.setattr("mentorwell.core.pairing.candidates.FIRST", 64)
    for name, count in (("a.csv", 300), ("b.csv", 120)):
        rows = (
            f"{name[0]}{n}@x.org,{TOPICS[n % 6]}; {TOPICS[n * 7 % 5]},s{n % 4},v{n % 9},{n % 4 + 1}\n"
            for n in range(count)
        )
        (tmp_path / name).write_text(HEADER + "".join(rows))
    return tmp_path


def matched(folder, *arguments):
    told = run(folder, folder / "a.csv", folder / "b.csv", "--candidates", "4", *arguments)
    return (folder / "out.csv").read_bytes(), (folder / "out.html").read_bytes(), told


@pytest.mark.parametrize("rules", [(), ("--rules", str(ROOT / "examples" / "our-roster.toml"))])
def test_one_worker_and_two_write_the_same_bytes(market, rules):
    if rules:
        for name in ("a.csv", "b.csv"):
            path = market / name
            path.write_text(path.read_text().replace("places", "places,languages", 1))
            head, *rows = path.read_text().splitlines()
            path.write_text("\n".join([head, *(f"{row}," for row in rows)]) + "\n")
    alone = matched(market, *rules)
    assert "nothing better exists" in alone[2]
    assert matched(market, *rules, "--workers", "2")[:2] == alone[:2]


def test_a_cluster_of_two_processes_writes_the_same_bytes(market):
    alone = matched(market)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        assert matched(market, "--cluster", cluster.scheduler_address)[:2] == alone[:2]


def test_a_gap_that_time_does_not_close_is_told(market):
    told = matched(market, "--candidates", "1", "--seconds", "0")
    assert "is left." in told[2]
    assert b"the time was up" in told[1]


def test_fair_and_stable_say_what_they_have_looked_at(market):
    assert "over the candidates" in matched(market, "--mode", "fair")[2]
    assert "no two would rather" in matched(market, "--mode", "stable")[2]


def test_long_runs_tell_how_far_they_are(market, monkeypatch):
    monkeypatch.setattr(match, "QUIET", -10.0)
    assert "looking for candidates: 0%" in matched(market)[2]
