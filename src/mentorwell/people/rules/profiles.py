"""What a profile may hold: known words only, each once, and not more than anyone reads."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.people.content import stages, styles, values
from mentorwell.people.queries import topic_tree
from mentorwell.programmes.models import Site


# What people can talk in; the words stand in the pages.
LANGUAGES = frozenset(
    [
        "en",
        "es",
        "fr",
        "de",
        "pt",
        "it",
        "nl",
        "pl",
        "ru",
        "uk",
        "ar",
        "fa",
        "he",
        "hi",
        "ur",
        "bn",
        "ta",
        "te",
        "ml",
        "pa",
        "zh",
        "yue",
        "ja",
        "ko",
        "vi",
        "tl",
        "sw",
        "am",
        "tr",
        "el",
        "ase",
        "bfi",
    ]
)
TOPICS_MOST = 12
VALUES_MOST = 5
WINDOWS_MOST = 42
MINUTES = 24 * 60
FURTHEST, MOST_WEIGHT = 2, 2
SUNDAY = 6


def check_choice(chosen: Collection[str], known: Collection[str]) -> None:
    """Refuse a word that is not offered, or the same one twice."""
    if len(set(chosen)) != len(chosen):
        raise NotPossibleNow("Please choose each only once.")
    if not set(chosen) <= set(known):
        raise NotPossibleNow("Please choose from what is offered.")


def check_topics(chosen: Collection[str], *, organisation_id: int) -> None:
    """Refuse topics outside the organisation's tree, and more than anyone would read."""
    check_choice(chosen, {topic.slug for topic in topic_tree(organisation_id)})
    if len(chosen) > TOPICS_MOST:
        raise NotPossibleNow(f"Please choose at most {TOPICS_MOST} topics.")


def check_values(chosen: Sequence[str]) -> None:
    """Refuse values outside the deck, and more than five."""
    check_choice(chosen, {value.slug for value in values()})
    if len(chosen) > VALUES_MOST:
        raise NotPossibleNow(f"Please choose at most {VALUES_MOST} values.")


def check_styles(answers: Mapping[str, tuple[int, int]]) -> None:
    """Refuse unknown sliders, positions beyond two steps and weights beyond "much"."""
    check_choice(list(answers), {style.slug for style in styles()})
    for position, matters in answers.values():
        if abs(position) > FURTHEST or not 0 <= matters <= MOST_WEIGHT:
            raise NotPossibleNow("Please choose one of the answers offered.")


def check_windows(windows: Collection[tuple[int, int, int]]) -> None:
    """Refuse windows, (weekday, start, end) in minutes, that no week has, or too many."""
    if len(windows) > WINDOWS_MOST:
        raise NotPossibleNow(f"Please give at most {WINDOWS_MOST} times.")
    for weekday, start, end in windows:
        if not (0 <= weekday <= SUNDAY and 0 <= start < end <= MINUTES):
            raise NotPossibleNow("Each time needs a day, and an end later than its start.")


def check_stage(stage: str) -> None:
    """Refuse a stage that is not listed; none at all is an answer too."""
    if stage and stage not in {one.slug for group in stages() for one in group.stages}:
        raise NotPossibleNow("Please choose a stage from the list.")


def check_languages(languages: Collection[str]) -> None:
    """Refuse languages that no list of ours names, and the same one twice."""
    check_choice(languages, LANGUAGES)


def check_site(site: Site | None, *, organisation_id: int) -> None:
    """Refuse a site of another organisation."""
    if site is not None and site.organisation_id != organisation_id:
        raise NotPossibleNow("This site belongs to another organisation.")


def check_days(start_date: date, end_date: date, *, today: date) -> None:
    """Refuse days that end before they begin, are over, or go on for more than a year."""
    if end_date < start_date:
        raise NotPossibleNow("The last day cannot be before the first.")
    if end_date < today:
        raise NotPossibleNow("These days are over already.")
    if (end_date - start_date).days > 366:  # noqa: PLR2004 -- a leap year
        raise NotPossibleNow("For more than a year away, please pause instead.")
