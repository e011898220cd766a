r"""What in a text looks like it could name a patient.

Patterns as data, so that a page may warn while one types by the very patterns with which the
server warns afterwards. They are written in what Python and JavaScript read alike, and every
repeat in them has an upper bound: a match begins at each letter at most once a pattern and looks
at no more than `LONGEST` letters, so the time is linear in the length of the text.

It is a reminder, no filter. It misses a name, and it may take a stranger's number for a
patient's; whoever calls it warns and blocks nothing. Reference: HIPAA's Safe Harbor list
(45 CFR 164.514(b)(2)), of which only what has a form can be found by its form.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a finding looks like."""

    RECORD_NUMBER = "record_number"
    BIRTH_DATE = "birth_date"
    NATIONAL_NUMBER = "national_number"
    INSURANCE_NUMBER = "insurance_number"
    ROOM = "room"  # a room or bed, and the initials or name of somebody in it
    INITIALS = "initials"  # of somebody called a patient


@dataclass(frozen=True)
class Pattern:
    """One form that gives somebody away.

    `regex` is read with ASCII letters, ignoring case where `any_case`. A match is no finding
    where `unless` occurs in the `BEFORE` letters in front of it, or where its digits do not
    stand the check named by `check`.
    """

    kind: Kind
    regex: str
    any_case: bool = True
    unless: str = ""
    check: str = ""


@dataclass(frozen=True, order=True)
class Finding:
    """One place in a text, from `start` to before `end`."""

    start: int
    end: int
    kind: Kind


BEFORE = 32
LONGEST = 160

_GAP = r"[ \t]{0,2}"
_SAYS = rf"(?:[ \t]{{1,2}}(?:is|was))?{_GAP}[:#=.-]{{0,2}}{_GAP}"
_NUMBER = r"(?:number|num|no|nr|id|#)"
_DIGITS = r"[A-Z]{0,4}[ -]{0,1}\d[\d -]{3,16}\d"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|maerz|märz)[a-z]{0,6}\.{0,1}"
)
_YEAR = r"(?:(?:19|20)\d{2}|'\d{2})"
_NTH = r"\d{1,2}(?:st|nd|rd|th|\.){0,1}"
_DATE = (
    r"(?:\d{1,4}[ ]{0,1}[./-][ ]{0,1}\d{1,2}[ ]{0,1}[./-][ ]{0,1}\d{2,4}"
    rf"|{_NTH}[ -]{{0,2}}(?:of[ ]){{0,1}}{_MONTH}[ ,-]{{0,2}}{_YEAR}"
    rf"|{_MONTH}[ -]{{0,2}}{_NTH}[ ,-]{{1,2}}{_YEAR})\b"
)
_BIRTH = (
    r"\b(?:d\.{0,1}o\.{0,1}b\.{0,1}|date[ ]of[ ]birth|birth[ ]{0,1}date|birthday"
    r"|born(?:[ ]on){0,1}(?:[ ]the){0,1}|geb\.{0,1}|geboren(?:[ ]am){0,1}|geburtsdatum)"
)
_PLACE = r"(?:[Rr]oom|[Rr]m\.{0,1}|[Bb]ed|[Bb]ay|[Cc]ubicle|[Zz]immer|[Bb]ett)"
_PLACE_NUMBER = rf"{_PLACE}[ ]{{0,2}}(?:no\.{{0,1}}[ ]{{0,1}}|#){{0,1}}[A-Z]{{0,1}}-{{0,1}}\d{{1,4}}[A-Za-z]{{0,1}}"
_TITLED = r"(?:Mr|Mrs|Ms|Miss|Herr|Frau)\.{0,1}[ ][A-Z](?:[a-z]{1,24}|\.){0,1}"
_DOTTED = r"[A-Z]\.[ ]{0,1}[A-Z]\.{0,1}(?![A-Za-z])"
# Two letters that are rather an hour, a place or a calling than somebody.
_NO_INITIALS = (
    r"(?!(?:AM|PM|OR|ED|ER|UK|US|EU|MD|RN|GP|IT|HR|QI|TV|PC|OK|ID|AP|CT|PT|OT|PA|NP|HQ|VC)\b)"
)
_BARE = rf"{_NO_INITIALS}[A-Z][A-Z](?![A-Za-z])"
_PHONE = (
    r"\b(?:call|phone|tel|telephone|ring|mobile|cell|pager|page|bleep|fax|text|whatsapp|dial"
    r"|reach|my number|extension|ext)\b|[+(]"
)

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        Kind.RECORD_NUMBER,
        r"\b(?:m\.{0,1}r\.{0,1}n\.{0,1}|csn|patientennummer|fallnummer|pat\.-{0,1}nr\.{0,1}"
        rf"|(?:medical[ ]record|hospital|patient|chart|case|encounter|record|pt|accession)[ ]{_NUMBER})"
        rf"{_SAYS}{_DIGITS}",
    ),
    Pattern(Kind.RECORD_NUMBER, rf"\bmedical[ ]record{_SAYS}{_DIGITS}"),
    Pattern(Kind.RECORD_NUMBER, r"\b(?:patient|pt\.{0,1})[ ]#{0,1}\d{5,12}\b"),
    Pattern(Kind.BIRTH_DATE, rf"{_BIRTH}{_SAYS},{{0,1}}{_DATE}"),
    Pattern(Kind.BIRTH_DATE, rf"\bd\.{{0,1}}o\.{{0,1}}b\.{{0,1}}{_SAYS}(?:\d{{6}}|\d{{8}})\b"),
    Pattern(Kind.NATIONAL_NUMBER, r"\b\d{3}-\d{2}-\d{4}\b", unless=_PHONE),
    Pattern(
        Kind.NATIONAL_NUMBER,
        rf"\b(?:ssn|social[ ]security(?:[ ]{_NUMBER}){{0,1}}){_SAYS}\d{{3}}[ -]{{0,1}}\d{{2}}[ -]{{0,1}}\d{{4}}\b",
    ),
    Pattern(
        Kind.NATIONAL_NUMBER,
        rf"\bnhs(?:[ ]{_NUMBER}){{0,1}}{_SAYS}\d{{3}}[ -]{{0,1}}\d{{3}}[ -]{{0,1}}\d{{4}}\b",
    ),
    # Written with hyphens it would be a telephone number of North America.
    Pattern(
        Kind.NATIONAL_NUMBER, r"\b\d{3}[ ]{0,1}\d{3}[ ]{0,1}\d{4}\b", unless=_PHONE, check="nhs"
    ),
    Pattern(
        Kind.INSURANCE_NUMBER,
        r"\b(?:insurance|policy|member|subscriber|medicare|medicaid|health[ ]card|beneficiary"
        rf"|versicherten)[ -]{{0,1}}(?:{_NUMBER}|nummer){_SAYS}"
        r"[A-Z]{0,4}[ -]{0,1}\d[\dA-Z-]{4,16}\b",
    ),
    Pattern(
        Kind.INSURANCE_NUMBER,
        r"\b[1-9][A-Z][A-Z\d]\d-{0,1}[A-Z][A-Z\d]\d-{0,1}[A-Z]{2}\d{2}\b",  # Medicare's own
        any_case=False,
    ),
    Pattern(Kind.INSURANCE_NUMBER, r"\b[A-Z]\d{9}\b", any_case=False),  # of Germany
    Pattern(
        Kind.ROOM,
        rf"\b{_PLACE_NUMBER}[ ,;:(/–-]{{1,3}}(?:{_TITLED}|{_DOTTED}|{_BARE})",
        any_case=False,
    ),
    Pattern(
        Kind.ROOM,
        rf"\b(?:{_TITLED}|{_DOTTED})[ ,;:(/–-]{{0,3}}(?:(?:in|from|of)[ ]){{0,1}}(?:the[ ]){{0,1}}{_PLACE_NUMBER}\b",
        any_case=False,
    ),
    Pattern(
        Kind.ROOM,
        rf"\b{_BARE}[ ,]{{1,2}}(?:(?:in|from)[ ]){{0,1}}(?:[Bb]ed|[Bb]ay)[ ]\d{{1,4}}\b",
        any_case=False,
    ),
    Pattern(
        Kind.INITIALS,
        rf"\b(?:[Pp]atient|[Pp]t\.{{0,1}})[ ](?:{_DOTTED}|[A-Z]\.[A-Z]\.{{0,1}})",
        any_case=False,
    ),
)


def nhs_number_holds(digits: str) -> bool:
    """Answer whether ten digits end with the check digit of an NHS number (modulus 11)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)
    )
    return (11 - total % 11) % 11 == int(digits[9])


CHECKS: Mapping[str, Callable[[str], bool]] = {"nhs": nhs_number_holds}


@dataclass(frozen=True)
class _Ready:
    pattern: Pattern
    regex: re.Pattern[str]
    unless: re.Pattern[str] | None


def _ready(pattern: Pattern) -> _Ready:
    flags = re.ASCII | (re.IGNORECASE if pattern.any_case else re.RegexFlag(0))
    unless = re.compile(pattern.unless, re.ASCII | re.IGNORECASE) if pattern.unless else None
    return _Ready(pattern, re.compile(pattern.regex, flags), unless)


_READY = tuple(map(_ready, PATTERNS))


def identifiers_in(text: str) -> list[Finding]:
    """Return what in `text` looks like it could name a patient, in the order of the places.

    Any text will do; nothing is raised. Of findings of one kind that overlap, the first is
    told, the longer if two begin together. The time is linear in the length of the text.
    """
    found = sorted(
        (
            Finding(match.start(), match.end(), ready.pattern.kind)
            for ready in _READY
            for match in ready.regex.finditer(text)
            if _counts(ready, match, text)
        ),
        key=lambda finding: (finding.start, -finding.end, finding.kind),
    )
    told: list[Finding] = []
    reached: dict[Kind, int] = {}
    for finding in found:
        if finding.start >= reached.get(finding.kind, 0):
            told.append(finding)
            reached[finding.kind] = finding.end
    return told


def kinds_in(text: str) -> list[Kind]:
    """Return the kinds of what was found, each once, in the order of the places."""
    return list(dict.fromkeys(finding.kind for finding in identifiers_in(text)))


def _counts(ready: _Ready, match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - BEFORE) : match.start()]
    if ready.unless and ready.unless.search(before):
        return False
    check = CHECKS.get(ready.pattern.check)
    return check is None or check(re.sub(r"[^0-9]", "", match.group()))
