"""What one person has told, as their own pages and a mentor's page show it."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.people.models import (
    Block,
    Draft,
    Exclusion,
    Participation,
    Place,
    Profile,
    StyleAnswer,
    TopicChoice,
    ValueChoice,
    Window,
)
from mentorwell.programmes.models import USUAL_LIMITS


MOST_FOUND = 5


@dataclass(frozen=True)
class ShownValue:
    """A value that a mentor chose to show, with the line on how they live it."""

    slug: str
    line: str


@dataclass(frozen=True)
class MentorPage:
    """What those who may open a mentor's page read there; topics are slugs."""

    participation: Participation
    profile: Profile
    topics: tuple[str, ...]
    interests: tuple[str, ...]
    values: tuple[ShownValue, ...]


def profile_of(person: User) -> Profile | None:
    """Return a person's profile; only somebody brought into a programme has one."""
    return (
        Profile.objects.filter(person=person)
        .select_related("organisation", "site", "unit", "person")
        .first()
    )


def mentor_page(participation: Participation) -> MentorPage:
    """Return the page of a mentor; start from `mentors_visible_to`, never from an id."""
    chosen = list(participation.topic_choices.order_by("topic"))
    shown = ValueChoice.objects.filter(person_id=participation.person_id, shown=True)
    return MentorPage(
        participation=participation,
        profile=Profile.objects.select_related("site", "unit").get(
            person_id=participation.person_id
        ),
        topics=tuple(choice.topic for choice in chosen if not choice.interest),
        interests=tuple(choice.topic for choice in chosen if choice.interest),
        values=tuple(ShownValue(choice.value, choice.line) for choice in shown),
    )


def topics_chosen(participation: Participation, *, interest: bool = False) -> list[str]:
    """Return the slugs of the topics sought or offered, or of those merely cared about."""
    rows = TopicChoice.objects.filter(participation=participation, interest=interest)
    return list(rows.order_by("topic").values_list("topic", flat=True))


def values_of(person: User) -> QuerySet[ValueChoice]:
    """Return a person's own values, first the first; nobody else reads from here."""
    return ValueChoice.objects.filter(person=person)


def style_of(person: User) -> dict[str, StyleAnswer]:
    """Return a person's own working style by slider; nobody else reads from here."""
    return {answer.slider: answer for answer in StyleAnswer.objects.filter(person=person)}


def windows_of(person: User) -> QuerySet[Window]:
    """Return the weekly times that suit a person."""
    return Window.objects.filter(person=person)


def blocks_of(person: User, *, on_date: date) -> QuerySet[Block]:
    """Return a person's blocks that are not over on this day."""
    return Block.objects.filter(person=person, end_date__gte=on_date)


def away_spans(person_id: int, *, on_date: date) -> list[tuple[date, date]]:
    """Return the days, first and last of each block, on which a person cannot be reached."""
    rows = Block.objects.filter(person_id=person_id, end_date__gte=on_date)
    return list(rows.values_list("start_date", "end_date"))


def open_places(participation: Participation) -> QuerySet[Place]:
    """Return the places that may be claimed or are held; closed ones are left out."""
    return participation.places.filter(closed_at__isnull=True)


def exclusions_of(person: User) -> QuerySet[Exclusion]:
    """Return whom a person keeps away; shown to that person alone."""
    return Exclusion.objects.filter(person=person).select_related("other").order_by("other__name")


def people_by_exact(words: str, *, asked_by: User) -> list[User]:
    """Return colleagues whose whole name or e-mail address was typed, in any case.

    Exact, and of the asker's organisation only, so that nobody can browse who takes part.
    """
    typed = " ".join(words.split())
    organisations = Profile.objects.filter(person=asked_by).values("organisation")
    rows = User.objects.filter(
        Q(name__iexact=typed) | Q(email=typed.lower()),
        Q(profile__organisation__in=organisations)
        | Q(office_roles__programme__organisation__in=organisations),
        is_active=True,
    )
    return list(rows.exclude(pk=asked_by.pk).distinct().order_by("name", "pk")[:MOST_FOUND])


def story_key(participation: Participation) -> str:
    """Return the name under which a half-written story is kept."""
    return f"story:{participation.uid}"


def start_key(participation: Participation) -> str:
    """Return the name under which half-given first answers are kept."""
    return f"start:{participation.uid}"


def confidentiality_limits_for(person: User) -> str:
    """Return where confidentiality ends in the person's organisation, in its own words."""
    profile = Profile.objects.filter(person=person).select_related("organisation").first()
    return profile.organisation.limits if profile else USUAL_LIMITS


def draft_of(person: User, key: str) -> dict[str, list[str]]:
    """Return the fields of a form as the person last left it; empty where nothing is kept."""
    draft = Draft.objects.filter(person=person, key=key).first()
    fields: dict[str, list[str]] = json.loads(draft.text) if draft else {}
    return fields
