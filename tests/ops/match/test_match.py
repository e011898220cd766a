"""`mentorwell match` from files to files."""

import csv
import random
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from mentorwell.ops.commands.match import command


ROOT = Path(__file__).parents[3]
CIVIL = ROOT / "examples" / "civil-service.toml"
LADDER = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"]


def run(folder, *arguments, files=None, status=0):
    for name, content in (files or {}).items():
        (folder / name).write_text(content)
    given = [str(folder / one) if one in (files or {}) else str(one) for one in arguments]
    result = CliRunner().invoke(
        command, [*given, "--out", str(folder / "out.csv"), "--report", str(folder / "out.html")]
    )
    assert result.exit_code == status, result.output
    return result.output


def pairs(folder):
    with (folder / "out.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def paired(folder):
    return {(row["mentee"], row["mentor"]) for row in pairs(folder) if row["mentor"]}


def civil_service(folder, seed=1, people=50):
    """Two files in the form of the civil service's sample, with people of our own."""
    chance = random.Random(seed)
    kinds = ["Lark", "Heron", "Swift", "Wren"]
    for kind in ("mentee", "mentor"):
        identity = "identity to match" if kind == "mentee" else "characteristics"
        with (folder / f"{kind}s.csv").open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["email address", "grade", "organisation", "profession", identity])
            for number in range(people):
                some = chance.sample(kinds, 1 if kind == "mentee" else chance.randint(0, 3))
                table.writerow(
                    [
                        f"{kind}.{number}@example.org",
                        chance.choice(LADDER[:8] if kind == "mentee" else LADDER[2:]),
                        f"Office {chance.randint(1, 6)}",
                        f"Profession {chance.randint(1, 5)}",
                        ", ".join(some),
                    ]
                )
    return folder / "mentees.csv", folder / "mentors.csv"


def test_rules_of_the_civil_service_hold_for_every_pair(tmp_path):
    mentees, mentors = civil_service(tmp_path)
    told = run(tmp_path, mentees, mentors, "--rules", CIVIL)
    assert "Certificate verified: nothing better exists." in told
    rows = {}
    for path in (mentees, mentors):
        with path.open(newline="") as file:
            rows |= {row["email address"]: row for row in csv.DictReader(file)}
    seen = [row for row in pairs(tmp_path) if row["mentor"]]
    assert len(seen) > 50
    for row in seen:
        own, theirs = rows[row["mentee"]], rows[row["mentor"]]
        steps = LADDER.index(theirs["grade"]) - LADDER.index(own["grade"])
        assert own["organisation"] != theirs["organisation"]
        assert steps in (1, 2)
        points = {1: 9, 2: 12}[steps] + 10 * (own["profession"] == theirs["profession"])
        points += 6 * (own["identity to match"] in theirs["characteristics"].split(", "))
        assert float(row["fit"]) == points


def test_ready_scores_are_matched_and_the_unmatched_follow_with_the_reason(tmp_path):
    told = run(
        tmp_path,
        "--scores", "s.csv", "--mentor-seats", "seats.csv",
        files={
            "s.csv": "mentee,mentor,score\nann,mia,0.9\nben,mia,0.8\ncy,ned,0.2\n",
            "seats.csv": "mentor,seats\nmia,1\nned,0\n",
        },
    )  # fmt: skip
    assert "1 of 3 mentees have a mentor, total fit 0.9." in told
    assert [(row["mentee"], row["mentor"], row["fit"]) for row in pairs(tmp_path)] == [
        ("ann", "mia", "0.9"),
        ("ben", "", ""),
        ("cy", "", ""),
    ]
    reasons = [row["why"] for row in pairs(tmp_path)]
    assert reasons[1] == (
        "Every place that could be freed for them is taken. "
        "One more place with mia would give them a mentor."
    )
    assert reasons[2].startswith("The eligible mentors take nobody.")


SCORES = {
    "s.csv": "mentee,mentor,score\nann,mia,0.9\nann,ned,0.8\nben,mia,0.8\nben,ned,0.1\n",
    "seats.csv": "mentor,seats\nmia,1\nned,1\n",
    "k.csv": "mentee,mentor\nben,ned\n",
    "ranks.csv": "person,rank,other\nann,1,ned\nann,2,mia\nben,1,ned\nben,2,mia\n",
    "theirs.csv": "person,rank,other\nmia,1,ann\nned,1,ben\nned,2,ann\n",
}
LISTED = ("--scores", "s.csv", "--mentor-seats", "seats.csv")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {("ann", "ned"), ("ben", "mia")}),
        (("--keep", "k.csv"), {("ann", "mia"), ("ben", "ned")}),
        (("--avoid", "k.csv", "--seats", "2"), {("ann", "mia"), ("ben", "mia")}),
        (("--mode", "stable"), {("ann", "mia"), ("ben", "ned")}),
        (("--mode", "fair"), {("ann", "ned"), ("ben", "mia")}),
        (("--mode", "choice", "--mentee-ranks", "ranks.csv"), {("ann", "ned"), ("ben", "mia")}),
        (
            ("--mode", "stable", "--mentee-ranks", "ranks.csv", "--mentor-ranks", "theirs.csv"),
            {("ann", "mia"), ("ben", "ned")},
        ),
        (
            ("--mentors-each", "2", "--seats", "2"),
            {("ann", "mia"), ("ann", "ned"), ("ben", "mia"), ("ben", "ned")},
        ),
        (("--most-mentors", "--seats", "2"), {("ann", "ned"), ("ben", "mia")}),
    ],
)
def test_every_option_does_what_it_says(tmp_path, arguments, expected):
    run(tmp_path, *LISTED, *arguments, files=SCORES)
    assert paired(tmp_path) == expected


def test_a_kept_pair_is_told_as_kept(tmp_path):
    run(tmp_path, *LISTED, "--keep", "k.csv", files=SCORES)
    assert next(row for row in pairs(tmp_path) if row["mentee"] == "ben")["why"] == "kept"


def test_order_of_the_rows_changes_nothing(tmp_path):
    mentees, mentors = civil_service(tmp_path, seed=3)
    run(tmp_path, mentees, mentors, "--rules", CIVIL, "--seed", "7")
    first = paired(tmp_path)
    for path in (mentees, mentors):
        header, *rows = path.read_text().splitlines(keepends=True)
        random.Random(5).shuffle(rows)
        path.write_text(header + "".join(rows))
    run(tmp_path, mentees, mentors, "--rules", CIVIL, "--seed", "7")
    assert paired(tmp_path) == first


def test_text_that_a_spreadsheet_would_compute_is_written_as_text(tmp_path):
    run(
        tmp_path,
        "--scores", "s.csv", "--seats", "1",
        files={"s.csv": "mentee,mentor,score\n=1+1,@mia,0.9\n"},
    )  # fmt: skip
    assert paired(tmp_path) == {("'=1+1", "'@mia")}


def test_whoever_a_rule_keeps_from_everybody_is_told_which(tmp_path):
    files = {
        "a.csv": "email,site,speaks\nann@a.org,A,x\nben@a.org,B,y\ncy@a.org,A,y\n",
        "b.csv": "email,site,speaks\nmia@a.org,A,x\n",
        "r.toml": "[[never]]\nsame = 'site'\n[[only]]\nshare = 'speaks'\n[[points]]\nadd = 1\nsame = 'site'\n",
    }
    run(tmp_path, "a.csv", "b.csv", "--rules", tmp_path / "r.toml", files=files)
    assert [row["why"] for row in pairs(tmp_path)] == [
        (
            "No mentor is eligible. Without the rule “same site” 1 mentor would be eligible for them, "
            "and they would have one."
        ),
        (
            "No mentor is eligible. Without the rule “speaks in common” 1 mentor would be eligible for "
            "them, and they would have one."
        ),
        "No mentor is eligible.",  # two rules stand against it
    ]
    run(tmp_path, "a.csv", "b.csv", "--rules", tmp_path / "r.toml", "--seats", "0", files=files)
    assert pairs(tmp_path)[0]["why"].endswith(
        "1 mentor would be eligible for them, but no place is free."
    )


def test_a_person_in_both_files_is_never_paired_with_themselves(tmp_path):
    files = {
        "a.csv": "email,topics\nann@a.org,Research\n",
        "b.csv": "email,topics\nann@a.org,Research\n",
    }
    run(tmp_path, "a.csv", "b.csv", files=files)
    assert paired(tmp_path) == set()
    assert pairs(tmp_path)[0]["why"] == "No mentor is eligible."


def test_the_report_says_what_was_promised_and_proved_in_text_and_pictures(tmp_path):
    mentees, mentors = civil_service(tmp_path, seed=2)
    mentors.write_text("".join(mentors.read_text().splitlines(keepends=True)[:12]))
    run(tmp_path, mentees, mentors, "--rules", CIVIL)
    page = BeautifulSoup((tmp_path / "out.html").read_text(), "html.parser")
    text = page.get_text(" ", strip=True)
    assert "so nothing better exists." in text
    assert page.html["lang"] == "en"
    assert not page.find_all(["script", "link", "img", "iframe"])  # needs nothing else
    for picture in page.find_all("svg"):
        assert picture["role"] == "img"
        assert page.find(id=picture["aria-labelledby"]).get_text(strip=True)
        numbers = [one.get_text() for one in picture.find_all("text")][1::2]
        table = picture.find_next("table")
        assert [cell.get_text() for cell in table.select("td")] == numbers
    without = [row for row in pairs(tmp_path) if not row["mentor"]]
    assert without
    assert all(row["mentee"] in text for row in without)


@pytest.mark.parametrize("mode", ["best", "fair", "stable"])
def test_our_own_rosters_are_matched_by_their_example(tmp_path, mode):
    header = "email,topics,site,values,languages,places\n"
    files = {
        "a.csv": header
        + "ann@a.org,Research; Teaching,Main,calm,Welsh,\n"
        + "ben@a.org,Surgery,North,,,\n",
        "b.csv": header
        + "mia@a.org,Research,Main,calm,English,1\n"
        + "ned@a.org,Research,Main,,Welsh,1\n"
        + "zoe@a.org,Surgery,South,,English,1\n",
    }
    run(
        tmp_path,
        "a.csv",
        "b.csv",
        "--rules",
        ROOT / "examples" / "our-roster.toml",
        "--mode",
        mode,
        files=files,
    )
    assert paired(tmp_path) == {("ann@a.org", "ned@a.org"), ("ben@a.org", "zoe@a.org")}
    best = pairs(tmp_path)[0]
    assert best["why"].startswith("offers research; same site")
    assert best["values"] == ""  # one of the two told none
