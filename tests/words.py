"""Reads all words that a piece of content shows, and finds those that should not be there."""

import re
from dataclasses import fields, is_dataclass


LONGEST_SENTENCE = 30  # words; more than that is hard to read after a night shift
SAID_OTHERWISE = re.compile(
    r"\b(compacts?|seats?|pulses?|firewalls?|participations?|waves?)\b", re.IGNORECASE
)
NOT_SHOWN = {"slug", "parent", "topics", "link", "dial", "template", "stage_list"}


def texts(content):
    """Every text that people read in dataclasses, tuples and strings, however deep."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for each in content:
            yield from texts(each)
    elif is_dataclass(content):
        for field in fields(content):
            if field.name not in NOT_SHOWN:
                yield from texts(getattr(content, field.name))


def faults(content):
    """What is wrong with the words: over-long sentences, words we say otherwise, loose ends."""
    found = []
    for text in texts(content):
        if SAID_OTHERWISE.search(text):
            found.append(f"says otherwise: {text}")
        if text != text.strip() or "  " in text:
            found.append(f"loose blank: {text!r}")
        found.extend(
            f"long: {sentence}"
            for sentence in re.split(r"(?<=[.?!:;])\s", text)
            if len(sentence.split()) > LONGEST_SENTENCE
        )
    return found


def repeated(items):
    """What occurs more than once."""
    items = list(items)
    return sorted({item for item in items if items.count(item) > 1})
