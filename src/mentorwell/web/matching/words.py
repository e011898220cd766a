"""Why a mentor fits, in words for the mentee.

They name what the mentor offers and shows, and what both have in common; nothing that the
mentor keeps to themselves, where they stand alone, and nobody else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zlib import crc32
from zoneinfo import ZoneInfo

from mentorwell.accounts.models import User
from mentorwell.core.pairing import MenteeProfile, Part, Reason, ReasonCode, Side, Step, Window
from mentorwell.matching.queries import PartShown, Shown
from mentorwell.people.content import styles, values
from mentorwell.people.enums import Relation


LABELS = {
    Part.INTEREST: "Interest",
    Part.PROXIMITY: "Near",
    Part.VALUES: "Values",
    Part.STYLE: "Style",
}
VERDICTS = {
    Step.VERY_WELL: "Very well",
    Step.WELL: "Well",
    Step.SOMEWHAT: "Partly",
    Step.A_LITTLE: "A little",
}
BAR_STEPS = {Step.VERY_WELL: 4, Step.WELL: 3, Step.SOMEWHAT: 2, Step.A_LITTLE: 1}

# What leaves nothing to share gets the empty bar: a step of its own, not a low one.
NOTHING_SHARED = {ReasonCode.NO_SHARED_TOPIC, ReasonCode.NO_SHARED_VALUE}

MOST_NAMED = 2
"""Topics and values named in one sentence: more would not be read."""

LONG_NAME = 3  # words

RELATIONS = {
    Relation.DIRECTOR: "as a programme director",
    Relation.COMPETENCE_COMMITTEE: "in a competence committee",
    Relation.LINE_MANAGER: "as a line manager",
    Relation.PRECEPTOR: "as a preceptor",
    Relation.ROTATION: "in a rotation",
    Relation.OTHER: "in some part of the work",
}


@dataclass(frozen=True)
class FitLine:
    """One line of a person card: a label, a bar of 0 to 4 steps or None, and why."""

    label: str
    step: int | None
    words: str


@dataclass(frozen=True)
class Reader:
    """For whom sentences are made: what they have told, their zone and their topics' names."""

    me: MenteeProfile
    zone: ZoneInfo
    now: datetime
    topics: Mapping[str, str]  # names by slug


def first_name(name: str) -> str:
    """Return what one calls this person: without title, up to the first space."""
    return User(name=name).first_name


def fit_lines(shown: Shown, reader: Reader) -> list[FitLine]:
    """Return the four lines of a card."""
    name = first_name(shown.mentor.name)
    seed = crc32(shown.mentor.profile.id.encode())
    return [
        FitLine(LABELS[part.part], _bar(part), _sentence(part.reasons, name, seed, reader))
        for part in shown.parts
    ]


def _bar(part: PartShown) -> int | None:
    if part.step is None:
        return None
    empty = part.step == Step.A_LITTLE and {one.code for one in part.reasons} <= NOTHING_SHARED
    return 0 if empty else BAR_STEPS[part.step]


def _sentence(reasons: Sequence[Reason], name: str, seed: int, reader: Reader) -> str:
    said = [_WORDS[reason.code](reason, _Telling(name, seed, reader)) for reason in reasons]
    return "; ".join(words if n == 0 else _low(words) for n, words in enumerate(said) if words)


@dataclass(frozen=True)
class _Telling:
    name: str
    seed: int
    reader: Reader

    def pick(self, *variants: str) -> str:
        """Choose one wording, always the same for the same mentor."""
        return variants[self.seed % len(variants)]

    def topics(self, slugs: Sequence[str]) -> str:
        named = [_quoted(self.reader.topics.get(slug, slug)) for slug in slugs[:MOST_NAMED]]
        more = len(slugs) - len(named)
        return listed([*named, f"{more} more"] if more else named)


def _quoted(name: str) -> str:
    """Set a name that reads like a sentence of its own apart from the sentence around it."""
    return f"“{name}”" if len(name.split()) > LONG_NAME else name


def listed(names: Sequence[str]) -> str:
    """Return names in a row: "a", "a and b", "a, b and c"."""
    *others, last = names or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _low(words: str) -> str:
    return words[0].lower() + words[1:]


# --- Interest -----------------------------------------------------------------------------


def _offers(reason: Reason, telling: _Telling) -> str:
    topics = telling.topics(reason.slugs)
    return telling.pick(
        f"You look for {topics}: {telling.name} offers it"
        if len(reason.slugs) == 1
        else f"You look for {topics}: {telling.name} offers them",
        f"{telling.name} offers {topics}, which you look for",
    )


def _close(reason: Reason, telling: _Telling) -> str:
    sought, offered = (telling.topics(slugs[:1]) for slugs in (reason.slugs, reason.others))
    return telling.pick(
        f"You look for {sought}; {telling.name} offers {offered}, which is close",
        f"{telling.name} offers {offered}, close to {sought}",
    )


def _no_topic(_reason: Reason, telling: _Telling) -> str:
    return f"{telling.name} offers other things than you look for"


def _topics_unknown(reason: Reason, telling: _Telling) -> str:
    if Side.MENTEE in reason.missing:
        return "Tell us what you look for, and this line fills"
    return f"{telling.name} has not said yet what they offer"


def _interests(reason: Reason, telling: _Telling) -> str:
    topics = telling.topics(reason.slugs)
    return telling.pick(f"You both care about {topics}", f"{topics} is dear to you both")


# --- Near ---------------------------------------------------------------------------------


def _same_site(_reason: Reason, _telling: _Telling) -> str:
    return "Same site"


def _near(reason: Reason, _telling: _Telling) -> str:
    return f"About {_km(reason)} apart"


def _video(reason: Reason, telling: _Telling) -> str:
    far = f"About {_km(reason)} apart" if reason.km is not None else "Another site"
    return f"{far}; {telling.pick('happy to meet by video', 'you would both meet by video')}"


def _far(reason: Reason, _telling: _Telling) -> str:
    return f"About {_km(reason)} apart" if reason.km is not None else "Another site"


def _km(reason: Reason) -> str:
    return f"{max(round(reason.km or 0), 1)} km"


def _place_unknown(reason: Reason, telling: _Telling) -> str:
    """Ask only for what has not been told; a site may also lack its point on the map."""
    me = telling.reader.me
    asked = "tell us whether you would meet by video"
    if reason.km is not None:
        silent = f"{telling.name} has not said whether they meet by video"
        return f"{_far(reason, telling)}; {asked if Side.MENTEE in reason.missing else silent}"
    if me.site is None:
        return "Tell us where you work, and this line fills"
    if me.remote is None:
        return f"{asked[0].upper()}{asked[1:]}, and this line fills"
    return "How far apart you work is not known yet"


def _free(reason: Reason, telling: _Telling) -> str:
    when = _when(reason.window, telling.reader) if reason.window else ""
    return telling.pick(f"Both free {when}", f"You share {when}").rstrip()


def _when(window: Window, reader: Reader) -> str:
    """Return the start of a stretch of the UTC week in the reader's own time."""
    monday = reader.now.astimezone(ZoneInfo("UTC")).replace(
        hour=0, minute=0, second=0, microsecond=0
    ) - timedelta(days=reader.now.weekday())
    start = (monday + timedelta(minutes=window.start)).astimezone(reader.zone)
    return f"{start:%A} from {start:%H:%M}"


def _no_time(_reason: Reason, telling: _Telling) -> str:
    return telling.pick("No common time yet", "Your weeks do not meet yet")


def _changing(reason: Reason, telling: _Telling) -> str:
    if reason.missing == (Side.MENTEE,):
        return "Your times change weekly"
    if reason.missing == (Side.MENTOR,):
        return f"{telling.name}'s times change weekly"
    return "Both your times change weekly"


def _silent(_reason: Reason, _telling: _Telling) -> str:
    return ""


# --- Values and style ---------------------------------------------------------------------


@cache
def _value_names() -> dict[str, str]:
    return {value.slug: value.name for value in values()}


@cache
def _both_sentences() -> dict[tuple[str, int], str]:
    return {
        (style.slug, side): sentence
        for style in styles()
        for side, sentence in (
            (-1, style.both_left),
            (0, style.both_middle),
            (1, style.both_right),
        )
    }


def _shared_values(reason: Reason, telling: _Telling) -> str:
    named = listed([_value_names()[slug] for slug in reason.slugs[:MOST_NAMED]])
    verb = "matter" if len(reason.slugs) > 1 else "matters"
    return telling.pick(f"You both chose {named}", f"{named} {verb} to you both")


def _no_value(_reason: Reason, telling: _Telling) -> str:
    return telling.pick("You chose other values", "Different values; that can be a good talk")


def _values_unknown(reason: Reason, telling: _Telling) -> str:
    if Side.MENTEE in reason.missing:
        return "Choose your values, and this line fills"
    return f"{telling.name} shows no values yet"


def _alike(reason: Reason, telling: _Telling) -> str:
    sides = {
        answer.slider: (answer.position > 0) - (answer.position < 0)
        for answer in telling.reader.me.style
    }
    said = [
        _both_sentences()[slug, sides[slug]].removeprefix("You both ").removesuffix(".")
        for slug in reason.slugs[:MOST_NAMED]
    ]
    # "like gentle words" and "like a plan" share their verb.
    if len(said) > 1 and all(words.startswith("like ") for words in said):
        said[1:] = [words.removeprefix("like ") for words in said[1:]]
    return f"You both {listed(said)}"


def _different(_reason: Reason, telling: _Telling) -> str:
    return telling.pick("You work in different ways", "You may surprise each other")


def _between(_reason: Reason, _telling: _Telling) -> str:
    return "Neither alike nor opposite"


def _no_matter(_reason: Reason, _telling: _Telling) -> str:
    return "Style matters little to both of you"


def _style_unknown(reason: Reason, telling: _Telling) -> str:
    if Side.MENTEE in reason.missing:
        return "Tell us how you like to work, and this line fills"
    return f"{telling.name} has told nothing of their style yet"


_WORDS: Mapping[ReasonCode, Callable[[Reason, _Telling], str]] = {
    ReasonCode.OFFERS_WHAT_YOU_SEEK: _offers,
    ReasonCode.OFFERS_SOMETHING_CLOSE: _close,
    ReasonCode.NO_SHARED_TOPIC: _no_topic,
    ReasonCode.TOPICS_NOT_KNOWN: _topics_unknown,
    ReasonCode.SHARED_INTERESTS: _interests,
    ReasonCode.SAME_SITE: _same_site,
    ReasonCode.NEAR: _near,
    ReasonCode.BY_VIDEO: _video,
    ReasonCode.FAR: _far,
    ReasonCode.PLACE_NOT_KNOWN: _place_unknown,
    ReasonCode.FREE_TOGETHER: _free,
    ReasonCode.NO_COMMON_TIME: _no_time,
    ReasonCode.TIMES_CHANGE: _changing,
    ReasonCode.TIMES_NOT_KNOWN: _silent,
    ReasonCode.SHARED_VALUES: _shared_values,
    ReasonCode.NO_SHARED_VALUE: _no_value,
    ReasonCode.VALUES_NOT_KNOWN: _values_unknown,
    ReasonCode.STYLE_AGREES: _alike,
    ReasonCode.STYLE_DIFFERS: _different,
    ReasonCode.STYLE_BETWEEN: _between,
    ReasonCode.STYLE_DOES_NOT_MATTER: _no_matter,
    ReasonCode.STYLE_NOT_KNOWN: _style_unknown,
}
