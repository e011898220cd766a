"""Which of a file's columns is which of ours: guessed, checked, remembered."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from mentorwell.core.reading.values import plain


class Field(StrEnum):
    """What a column of a roster may tell of a person."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PART = "part"  # mentor, mentee or both
    BOTH = "both"  # yes: the person takes both parts
    HEADLINE = "headline"
    STAGE = "stage"
    SITE = "site"
    UNIT = "unit"
    TOPICS = "topics"  # sought by a mentee, offered by a mentor
    STORY = "story"
    START_DATE = "start_date"
    COHORT = "cohort"
    PLACES = "places"  # how many mentees a mentor takes
    LANGUAGES = "languages"


SEVERAL = frozenset({Field.TOPICS, Field.LANGUAGES})
"""Fields that several columns may fill together, such as "topic 1" and "topic 2"."""

_SPELLINGS: Mapping[Field, str] = {
    Field.NAME: "name, full name, fullname, display name, complete name, person, participant, "
    "participant name, name of participant, employee name, staff name, vollständiger name, "
    "nom complet, nombre completo",
    Field.FIRST_NAME: "first name, firstname, forename, given name, given names, fname, vorname, "
    "prénom, nombre, nombres",
    Field.LAST_NAME: "last name, lastname, surname, family name, lname, second name, nachname, "
    "familienname, nom, nom de famille, apellido, apellidos",
    Field.EMAIL: "email, e-mail, mail, email address, e-mail address, mail address, emailaddress, "
    "contact email, primary email, username email, e-mail-adresse, adresse e-mail, courriel, "
    "correo electrónico, correo",
    Field.PART: "part, role, role in programme, role in program, programme role, program role, "
    "mentor or mentee, mentor/mentee, mentee/mentor, mentoring role, participant type, taking "
    "part as, type",
    Field.BOTH: "both, both mentor and mentee, mentor and mentee, also mentor, also mentee, both "
    "roles, both parts",
    Field.HEADLINE: "headline, job title, jobtitle, position, post, job, current role, current "
    "position, current post, role title, occupation, what you do, berufsbezeichnung",
    Field.STAGE: "stage, grade, level, career stage, training level, training stage, training "
    "year, year of training, pgy, pgy level, pgy year, seniority, rank, academic rank, year, "
    "job grade, band",
    Field.SITE: "site, hospital, organisation, organization, location, campus, clinic, workplace, "
    "place of work, facility, trust, institution, employer, standort, krankenhaus, hôpital",
    Field.UNIT: "unit, department, ward, division, service, team, section, directorate, abteilung, "
    "station, dept",
    Field.TOPICS: "topics, topic, profession, specialty, speciality, specialties, specialities, "
    "interest, interests, area of interest, areas of interest, expertise, areas of expertise, "
    "subjects, field, discipline, topics sought, topics offered, mentoring topics, skills, goals, "
    "fachgebiet, spécialité",
    Field.STORY: "story, biography, bio, short bio, about, about me, about you, profile, "
    "introduction, background, personal statement, summary, description",
    Field.START_DATE: "start date, startdate, start, started, date started, date of joining, "
    "joining date, join date, date joined, hire date, date of hire, employed since, start of "
    "employment, first day, eintrittsdatum",
    Field.COHORT: "cohort, intake, class, class of, class year, group, batch, academic year, "
    "graduating class, jahrgang",
    Field.PLACES: "places, seats, capacity, number of mentees, mentees wanted, max mentees, "
    "maximum mentees, maximum number of mentees, how many mentees, slots, spaces",
    Field.LANGUAGES: "languages, language, languages spoken, spoken languages, speaks, sprachen, "
    "langues, idiomas",
}
_IDENTITY = re.compile(
    r"\b(ethnic\w*|race|racial|gender\w*|sex|sexual\w*|lgbt\w*|trans|transgender|religio\w*|"
    r"faith\w*|beliefs?|disab\w*|identit\w*|characteristics?|pronouns?|nationality|caste|"
    r"(date of )?birth(day| date)?|birthdate|dob|age|marital( status)?|pregnan\w*|diversity|"
    r"minority|urim|underrepresented|neurodiver\w*|health conditions?|protected|"
    r"geschlecht|konfession|geburtsdatum|behinderung)\b"
)
_FILLERS = frozenset(
    {"your", "my", "the", "their", "please", "of", "a", "an", "s", "enter", "current", "work"}
    | {"mentor", "mentors", "mentee", "mentees", "participant", "participants", "person"}
)
_LOOSE = 84.0  # below this likeness two spellings are rather two words
_BARE_SURE = 0.9  # how sure a guess is that passes over filler words
_KNOWN: Mapping[str, Field] = {
    plain(spelling): field for field, names in _SPELLINGS.items() for spelling in names.split(",")
}


class GuessReason(StrEnum):
    """Why a column was given its field, or none."""

    LIKENESS = "LIKENESS"
    UNKNOWN = "UNKNOWN"
    TAKEN = "TAKEN"  # another column suits the same field better
    IDENTITY = "IDENTITY"  # stays out unless somebody maps it knowingly


@dataclass(frozen=True)
class Guess:
    """What a column seems to hold; `sure` runs from 0, no idea, to 1, a name we know."""

    column: str
    field: Field | None
    sure: float
    reason: GuessReason


class MappingReason(StrEnum):
    """What is wrong with a mapping; the parameters of each are named behind it."""

    NO_EMAIL = "NO_EMAIL"
    NO_NAME = "NO_NAME"
    SAME_FIELD = "SAME_FIELD"  # field, first, second: two columns
    NO_COLUMN = "NO_COLUMN"  # column
    IDENTITY = "IDENTITY"  # column


@dataclass(frozen=True)
class MappingProblem:
    """Why a mapping cannot be used."""

    reason: MappingReason
    params: Mapping[str, str]


def is_identity(column: str) -> bool:
    """Tell whether a column seems to say who somebody is rather than what they do.

    Ethnicity, gender, religion, orientation, disability, age and the like. Such columns are
    never guessed: a person may tell of themselves, an office must not tell for them.
    """
    return bool(_IDENTITY.search(plain(column)))


def guess(header: Sequence[str]) -> tuple[Guess, ...]:
    """Guess each column's field, in the header's order.

    A spelling we know is sure; next come known spellings once filler words are left out
    ("Your work e-mail"), then spellings a few letters off. Where several columns suit one
    field, the surest has it and of equals the first, save for `SEVERAL`.
    """
    found = [_guess(column) for column in header]
    taken: set[Field] = set()
    by_sureness = sorted(range(len(found)), key=lambda place: -found[place].sure)
    for place in by_sureness:
        field = found[place].field
        if field in taken and field not in SEVERAL:
            found[place] = Guess(header[place], None, 0.0, GuessReason.TAKEN)
        elif field:
            taken.add(field)
    return tuple(found)


def _guess(column: str) -> Guess:
    if is_identity(column):
        return Guess(column, None, 0.0, GuessReason.IDENTITY)
    for text, sure in _readings(column):
        if text in _KNOWN:
            return Guess(column, _KNOWN[text], sure, GuessReason.LIKENESS)
    near = process.extractOne(
        plain(column), _KNOWN.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_LOOSE
    )
    if near:
        return Guess(column, _KNOWN[near[0]], near[1] / 100 * _BARE_SURE, GuessReason.LIKENESS)
    return Guess(column, None, 0.0, GuessReason.UNKNOWN)


def _readings(column: str) -> tuple[tuple[str, float], ...]:
    """Return the spellings to look up: as it stands, without its remark, without fillers."""
    unremarked = plain(re.sub(r"[(\[].*", "", column))
    bare = " ".join(word for word in unremarked.split() if word not in _FILLERS)
    unnumbered = re.sub(r" ?[0-9]+$", "", bare)
    return (
        (plain(column), 1.0),
        (unremarked, _BARE_SURE),
        (bare, _BARE_SURE),
        (unnumbered, _BARE_SURE),
    )


def validate_mapping(
    header: Sequence[str],
    mapping: Mapping[str, Field],
    knowingly: frozenset[str] = frozenset(),
) -> tuple[MappingProblem, ...]:
    """Return what is wrong with a mapping from columns to fields, nothing if it can be used.

    It needs an e-mail and a name (whole, or first and last). A field of one value takes one
    column. A column of personal identity is refused unless it is among those mapped `knowingly`.
    """
    problems: list[MappingProblem] = []
    columns: dict[Field, list[str]] = defaultdict(list)
    for column, field in mapping.items():
        if column not in header:
            problems.append(MappingProblem(MappingReason.NO_COLUMN, {"column": column}))
        elif is_identity(column) and column not in knowingly:
            problems.append(MappingProblem(MappingReason.IDENTITY, {"column": column}))
        columns[field].append(column)
    if Field.EMAIL not in columns:
        problems.append(MappingProblem(MappingReason.NO_EMAIL, {}))
    if Field.NAME not in columns and not {Field.FIRST_NAME, Field.LAST_NAME} <= set(columns):
        problems.append(MappingProblem(MappingReason.NO_NAME, {}))
    for field, names in columns.items():
        if len(names) > 1 and field not in SEVERAL:
            params = {"field": field.value, "first": names[0], "second": names[1]}
            problems.append(MappingProblem(MappingReason.SAME_FIELD, params))
    return tuple(problems)


def kept_names(header: Sequence[str]) -> dict[str, str]:
    """Return what each column of a header is remembered by: its plain name, as long as it is one.

    >>> kept_names(["Name", "E-mail", "E mail"])
    {'Name': 'name', 'E-mail': 'e-mail', 'E mail': 'e mail'}
    """
    count = Counter(plain(name) for name in header)
    return {name: plain(name) if count[plain(name)] == 1 else name.casefold() for name in header}


def fingerprint(header: Sequence[str]) -> str:
    """Return what a header is remembered by: the same for the same names in any order or case."""
    names = sorted(plain(name) for name in header)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
