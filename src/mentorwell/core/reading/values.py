"""Single values as people type them: cleaned, and read where they have a form."""

import re
import unicodedata
from functools import lru_cache


_JOINERS = "\u200c\u200d"  # invisible, but part of how some scripts spell a name
_MARKS = re.compile("[\u0300-\u036f]")  # the accents of Latin, Greek and Cyrillic letters
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+(?=[a-z]){_LABEL})")
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>")
LONGEST_EMAIL = 254  # RFC 5321 §4.5.3.1.3, less the brackets
LONGEST_LOCAL = 64  # RFC 5321 §4.5.3.1.1
SPREADSHEET_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
)


def clean(text: str) -> str:
    r"""Return one line: composed letters, single spaces, no control or invisible characters.

    >>> clean("  Ada\u00a0 Love\x07lace\n")
    'Ada Lovelace'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (char for char in unicodedata.normalize("NFC", text) if _shows(char) or char.isspace())
    return " ".join("".join(kept).split())


def clean_lines(text: str) -> str:
    """Return text of several lines, each cleaned, with at most one blank line between two."""
    lines = (clean(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shows(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char in _JOINERS


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return what two spellings of one name have in common, to compare them by.

    Case, accents, punctuation and a joined camelCase do not count, and `&` is "and":

    >>> plain("E-Mail_Address"), plain("Prénom"), plain("firstName"), plain("Critical care & ICU")
    ('e mail address', 'prenom', 'first name', 'critical care and icu')
    """
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("&", " and ")
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", split).casefold())
    words = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in bare)
    return " ".join(words.split()) or " ".join(text.casefold().split())


def joined(text: str) -> str:
    """Return what two spellings of one name have in common, word breaks aside.

    >>> joined("PGY-1") == joined("PGY1"), joined("St. Mary's") == joined("st marys")
    (True, True)
    """
    return plain(text).replace(" ", "")


def read_email(text: str) -> str:
    """Return an e-mail address in lower case, or "" where the text is none.

    Practical rather than complete: dotted atoms and a host name with a dot, in ASCII, as every
    mail server takes them. `mailto:` and `Ada Lovelace <ada@example.org>` are understood.

    >>> read_email("Ada <Ada@Example.org>"), read_email("ada@localhost")
    ('ada@example.org', '')
    """
    address = clean(text).lower().removeprefix("mailto:").strip()
    bracketed = _IN_BRACKETS.fullmatch(address)
    if bracketed:
        address = bracketed[1].strip()
    if len(address) > LONGEST_EMAIL:
        return ""
    match = _EMAIL.fullmatch(address)
    return address if match and len(match[1]) <= LONGEST_LOCAL else ""


def split_many(text: str) -> tuple[str, ...]:
    """Return the values of a cell that lists several, between semicolons, bars or lines."""
    return tuple(filter(None, (clean(part) for part in re.split(r"[;|\r\n]", text))))


def read_count(text: str) -> int | None:
    """Return a whole number from 0 up, or None where the text is none.

    >>> read_count(" 2 "), read_count("2.0"), read_count("two"), read_count("-1")
    (2, 2, None, None)
    """
    match = re.fullmatch(r"([0-9]{1,9})(?:[.,]0+)?", clean(text))
    return int(match[1]) if match else None
