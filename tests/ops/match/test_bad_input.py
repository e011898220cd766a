"""Whatever is wrong with the input: status 2 or 3, where it is, and nothing written."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mentorwell.ops.commands.match import command


MENTEES = "email,topics,site,grade\nann@a.org,Research,Main,1\nben@a.org,Teaching,North,2\n"
MENTORS = (
    "email,topics,site,grade,places\nmia@a.org,Research,Main,2,1\nned@a.org,Teaching,North,3,1\n"
)
SCORES = "mentee,mentor,score\nann,mia,0.5\nben,mia,0.4\nben,ned,0.3\n"
SEATS = "mentor,seats\nmia,1\nned,1\n"
PEOPLE = ("mentees.csv", "mentors.csv")
LISTED = ("--scores", "scores.csv", "--mentor-seats", "seats.csv")
GRADES = '[ladders]\ngrade = ["1", "2", "3"]\n'

GOOD = {"mentees.csv": MENTEES, "mentors.csv": MENTORS, "scores.csv": SCORES, "seats.csv": SEATS}

# name: files that differ, arguments, status, what the message must hold
CASES: dict[str, tuple[dict[str, str | bytes], tuple[str, ...], int, tuple[str, ...]]] = {
    "one file": ({}, ("mentees.csv",), 2, ("MENTEES and MENTORS", "--scores")),
    "nothing": ({}, (), 2, ("MENTEES and MENTORS",)),
    "people and scores": ({}, (*PEOPLE, *LISTED), 2, ("not both",)),
    "rules with scores": ({"r.toml": ""}, (*LISTED, "--rules", "r.toml"), 2, ("--rules",)),
    "scores without seats": ({}, ("--scores", "scores.csv"), 2, ("--mentor-seats",)),
    "seats without scores": ({}, (*PEOPLE, "--mentor-seats", "seats.csv"), 2, ("--scores",)),
    "choice without ranks": ({}, (*LISTED, "--mode", "choice"), 2, ("--mentee-ranks",)),
    "most mentors and stable": (
        {},
        (*LISTED, "--mode", "stable", "--most-mentors"),
        2,
        ("--mode best",),
    ),
    "unknown mode": ({}, (*LISTED, "--mode", "nice"), 2, ("'nice'",)),
    "negative seats option": ({}, (*LISTED, "--seats", "-1"), 2, ("-1",)),
    "no mentors each": ({}, (*LISTED, "--mentors-each", "0"), 2, ("0",)),
    "seed not whole": ({}, (*LISTED, "--seed", "x"), 2, ("'x'",)),
    "file missing": ({}, ("gone.csv", "mentors.csv"), 2, ("gone.csv",)),
    "empty file": ({"mentees.csv": ""}, PEOPLE, 2, ("mentees.csv", "nothing")),
    "header only": ({"mentees.csv": "email,topics\n"}, PEOPLE, 2, ("mentees.csv", "nobody")),
    "binary": ({"mentees.csv": b"\x00\x01\x02\x03" * 50}, PEOPLE, 2, ("mentees.csv",)),
    "ragged row": (
        {"mentees.csv": "email,topics\nann@a.org,Research,Main,extra\n"},
        PEOPLE,
        2,
        ("mentees.csv", "Row 2"),
    ),
    "lost quote": (
        {"mentees.csv": 'email,topics\n"ann@a.org,Research\n'},
        PEOPLE,
        2,
        ("mentees.csv", "quotation"),
    ),
    "two columns of one name": (
        {"mentees.csv": "email,topics,topics\na@a.org,x,y\n"},
        PEOPLE,
        2,
        ("mentees.csv", "topics"),
    ),
    "no id column": (
        {"mentees.csv": "who,topics\nann,Research\n"},
        PEOPLE,
        2,
        ("mentees.csv", "line 1", "id"),
    ),
    "blank id": (
        {"mentees.csv": "email,topics\n,Research\n"},
        PEOPLE,
        2,
        ("mentees.csv", "line 2", "email"),
    ),
    "id twice": (
        {"mentees.csv": MENTEES + "ANN@a.org,Research,Main,1\n"},
        PEOPLE,
        2,
        ("mentees.csv", "line 4", "email", "line 2"),
    ),
    "id twice, mixed line ends": (
        {"mentees.csv": "email,topics\r\nann@a.org,x\rben@a.org,x\nann@a.org,y\r\n"},
        PEOPLE,
        2,
        ("mentees.csv", "line 4", "line 2"),
    ),
    "negative places": (
        {"mentors.csv": MENTORS.replace("Main,2,1", "Main,2,-1")},
        PEOPLE,
        2,
        ("mentors.csv", "line 2", "places", "-1"),
    ),
    "places in words": (
        {"mentors.csv": MENTORS.replace("North,3,1", "North,3,two")},
        PEOPLE,
        2,
        ("mentors.csv", "line 3", "places", "two"),
    ),
    "nothing to compare": (
        {"mentees.csv": "email\nann@a.org\n", "mentors.csv": "email\nmia@a.org\n"},
        PEOPLE,
        2,
        ("mentees.csv", "compare"),
    ),
    "rules not TOML": (
        {"r.toml": "points = = 1"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("r.toml", "line 1"),
    ),
    "rules not text": (
        {"r.toml": b"\xff\xfe"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("r.toml", "UTF-8"),
    ),
    "unknown table": (
        {"r.toml": "[weights]\na = 1\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("r.toml", "'weights'"),
    ),
    "unknown key": (
        {"r.toml": "[[points]]\nsum = 3\nsame = 'site'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("points 1", "'sum'"),
    ),
    "points not a number": (
        {"r.toml": "[[points]]\nadd = 'x'\nsame = 'site'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("points 1, add",),
    ),
    "points NaN": (
        {"r.toml": "[[points]]\nadd = nan\nsame = 'site'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("points 1, add", "nan"),
    ),
    "points too many": (
        {"r.toml": "[[points]]\nadd = 2e9\nsame = 'site'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("points 1, add",),
    ),
    "two tests in one rule": (
        {"r.toml": "[[never]]\nsame = 'site'\nshare = 'site'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("never 1",),
    ),
    "no test": (
        {"r.toml": "[[never]]\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("never 1", "exactly one"),
    ),
    "no such ladder": (
        {"r.toml": "[[only]]\nsteps = 'grade'\nfrom = 1\nto = 2\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("only 1, ladder", "'grade'"),
    ),
    "ladder twice": (
        {"r.toml": '[ladders]\ngrade = ["1", "1"]\n'},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("ladders, grade", "twice"),
    ),
    "steps upside down": (
        {"r.toml": GRADES + "[[only]]\nsteps = 'grade'\nfrom = 2\nto = 1\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("only 1", "no step"),
    ),
    "cell off its ladder": (
        {
            "r.toml": GRADES + "[[only]]\nsteps = 'grade'\nfrom = 1\nto = 2\n",
            "mentors.csv": MENTORS.replace("North,3", "North,9"),
        },
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("mentors.csv", "line 3", "grade", "9"),
    ),
    "rule names no column": (
        {"r.toml": "[[never]]\nsame = 'ward'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("mentees.csv, line 1", "ward", "email"),
    ),
    "weight negative": (
        {"r.toml": "[parts]\ninterest = -1\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("parts", "interest"),
    ),
    "wants of nobody": (
        {"r.toml": "[people]\nwants = 0\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("people, wants",),
    ),
    "not yes or no": (
        {"r.toml": "[columns]\nremote = 'site'\n"},
        (*PEOPLE, "--rules", "r.toml"),
        2,
        ("mentees.csv", "line 2", "site", "Main"),
    ),
    "score column missing": (
        {"scores.csv": "mentee,mentor\nann,mia\n"},
        LISTED,
        2,
        ("scores.csv, line 1", "score"),
    ),
    "score NaN": (
        {"scores.csv": SCORES.replace("0.4", "nan")},
        LISTED,
        2,
        ("scores.csv", "line 3", "score", "nan"),
    ),
    "score infinite": (
        {"scores.csv": SCORES.replace("0.4", "inf")},
        LISTED,
        2,
        ("scores.csv", "line 3", "inf"),
    ),
    "score negative": (
        {"scores.csv": SCORES.replace("0.4", "-0.4")},
        LISTED,
        2,
        ("scores.csv", "line 3", "below 0"),
    ),
    "score huge": (
        {"scores.csv": SCORES.replace("0.4", "1e30")},
        LISTED,
        2,
        ("scores.csv", "line 3", "1,000,000"),
    ),
    "score blank": (
        {"scores.csv": SCORES.replace("0.4", "")},
        LISTED,
        2,
        ("scores.csv", "line 3", "score"),
    ),
    "score a word": (
        {"scores.csv": SCORES.replace("0.4", "good")},
        LISTED,
        2,
        ("scores.csv", "line 3", "good"),
    ),
    "pair twice": (
        {"scores.csv": SCORES + "ann,mia,0.1\n"},
        LISTED,
        2,
        ("scores.csv", "line 5", "line 2"),
    ),
    "pair with themselves": (
        {"scores.csv": SCORES + "mia,mia,0.1\n"},
        LISTED,
        2,
        ("scores.csv", "line 5", "own mentor"),
    ),
    "mentor without seats": (
        {"scores.csv": SCORES + "ann,zoe,0.1\n"},
        LISTED,
        2,
        ("scores.csv", "line 5", "mentor", "zoe"),
    ),
    "mentee blank": (
        {"scores.csv": SCORES + ",mia,0.1\n"},
        LISTED,
        2,
        ("scores.csv", "line 5", "mentee"),
    ),
    "seats blank": (
        {"seats.csv": "mentor,seats\nmia,\nned,1\n"},
        LISTED,
        2,
        ("seats.csv", "line 2", "seats"),
    ),
    "seats a fraction": (
        {"seats.csv": "mentor,seats\nmia,1.5\nned,1\n"},
        LISTED,
        2,
        ("seats.csv", "line 2", "1.5"),
    ),
    "seats twice": ({"seats.csv": SEATS + "mia,2\n"}, LISTED, 2, ("seats.csv", "line 4", "line 2")),
    "rank zero": (
        {"p.csv": "person,rank,other\nann,0,mia\n"},
        (*LISTED, "--mentee-ranks", "p.csv"),
        2,
        ("p.csv", "line 2", "rank"),
    ),
    "rank of a stranger": (
        {"p.csv": "person,rank,other\nzoe,1,mia\n"},
        (*LISTED, "--mentee-ranks", "p.csv"),
        2,
        ("p.csv", "line 2", "person", "zoe"),
    ),
    "ranked twice": (
        {"p.csv": "person,rank,other\nann,1,mia\nann,2,mia\n"},
        (*LISTED, "--mentee-ranks", "p.csv"),
        2,
        ("p.csv", "line 3", "line 2"),
    ),
    "ranks without the column": (
        {"p.csv": "person,other\nann,mia\n"},
        (*LISTED, "--mentee-ranks", "p.csv"),
        2,
        ("p.csv, line 1", "rank"),
    ),
    "keep a stranger": (
        {"k.csv": "mentee,mentor\nann,zoe\n"},
        (*LISTED, "--keep", "k.csv"),
        2,
        ("k.csv", "line 2", "mentor", "zoe"),
    ),
    "avoid a stranger": (
        {"k.csv": "mentee,mentor\nzoe,mia\n"},
        (*LISTED, "--avoid", "k.csv"),
        2,
        ("k.csv", "line 2", "mentee", "zoe"),
    ),
    "keep too many": (
        {"k.csv": "mentee,mentor\nann,mia\nben,mia\n"},
        (*LISTED, "--keep", "k.csv"),
        3,
        ("mia", "2 fixed pairs", "1 seats"),
    ),
    "keep and avoid": (
        {"k.csv": "mentee,mentor\nann,mia\n"},
        (*LISTED, "--keep", "k.csv", "--avoid", "k.csv"),
        3,
        ("ann", "mia", "kept"),
    ),
    "no such cluster": (
        {},
        (*LISTED, "--cluster", "tcp://127.0.0.1:1"),
        2,
        ("--cluster", "127.0.0.1:1"),
    ),
}


def matched(folder: Path, files: dict[str, str | bytes], arguments: tuple[str, ...]):
    for name, content in (GOOD | files).items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    given = [str(folder / one) if one.endswith((".csv", ".toml")) else one for one in arguments]
    out, report = folder / "out.pairs", folder / "out.html"
    return CliRunner().invoke(command, [*given, "--out", str(out), "--report", str(report)])


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_named_and_nothing_is_written(name, tmp_path):
    files, arguments, status, words = CASES[name]
    before = set(GOOD) | set(files)
    result = matched(tmp_path, files, arguments)
    assert result.exit_code == status, result.output
    for word in words:
        assert word in result.output
    assert {path.name for path in tmp_path.iterdir()} == before


def test_the_same_files_without_a_fault_are_matched(tmp_path):
    """Each case above changes one thing of these, so that it is this that is refused."""
    for number, arguments in enumerate((PEOPLE, LISTED)):
        folder = tmp_path / str(number)
        folder.mkdir()
        result = matched(folder, {}, arguments)
        assert result.exit_code == 0, result.output
        assert "2 of 2 mentees" in result.output


@pytest.mark.parametrize(
    ("out", "report", "message"),
    [
        ("gone/pairs.csv", "r.html", "--out: there is no folder"),
        ("pairs.csv", "gone/r.html", "--report: there is no folder"),
        ("mentees.csv", "r.html", "--out: mentees.csv is read here"),
        ("pairs.csv", "mentors.csv", "--report: mentors.csv is read here"),
        ("pairs.csv", "pairs.csv", "--out and --report name the same file."),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(tmp_path, out, report, message):
    for name in PEOPLE:
        (tmp_path / name).write_text(GOOD[name])
    given = [str(tmp_path / name) for name in PEOPLE]
    outputs = ["--out", str(tmp_path / out), "--report", str(tmp_path / report)]
    result = CliRunner().invoke(command, [*given, *outputs])
    assert result.exit_code == 2
    assert message in result.output
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        name: GOOD[name] for name in PEOPLE
    }
