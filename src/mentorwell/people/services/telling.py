"""What people tell of themselves, piece by piece. Theirs alone: the office enters none of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.people import queries, rules
from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import (
    Draft,
    Participation,
    Profile,
    StyleAnswer,
    TopicChoice,
    ValueChoice,
)
from mentorwell.people.services.moving import note_told, pool_changed


@transaction.atomic
def set_story(
    *,
    participation: Participation,
    story: str,
    strengths: str,
    hopes: str,
    by: User,
    now: datetime,
) -> None:
    """Write one's story, strengths and hopes for one programme; each may be empty.

    The draft of it is forgotten. Raises NotAllowed for anyone but the person, NotPossibleNow after leaving.
    """
    rules.check_is_own(by, participation)
    Participation.objects.filter(pk=participation.pk).update(
        story=story.strip(), strengths=strengths.strip(), hopes=hopes.strip()
    )
    Draft.objects.filter(person=by, key=queries.story_key(participation)).delete()
    note_told(row=participation, piece=Piece.STORY)
    _told(by, Piece.STORY)
    audit.record(verb="people.story.set", target=participation, by=by, now=now)


@transaction.atomic
def choose_topics(
    *,
    participation: Participation,
    topics: Sequence[str],
    by: User,
    now: datetime,
    interest: bool = False,
) -> None:
    """Choose the topics one seeks (mentee) or offers (all others); the list replaces the last.

    With `interest`, the topics one merely cares about. A topic that moves from the one list to
    the other leaves the first. Raises NotAllowed for anyone but the person, NotPossibleNow
    after leaving, for unknown topics, too many, and for a mentor who would offer none.
    """
    rules.check_is_own(by, participation)
    rules.check_topics(topics, organisation_id=participation.programme.organisation_id)
    if not topics and not interest and participation.part != Part.MENTEE:
        raise NotPossibleNow("Please offer at least one topic, so that mentees can find you.")
    taken = TopicChoice.objects.filter(participation=participation, topic__in=topics)
    if interest and taken.filter(interest=False).exists():
        raise NotPossibleNow("A topic is either sought or offered, or something you care about.")
    taken.delete()
    TopicChoice.objects.filter(participation=participation, interest=interest).delete()
    TopicChoice.objects.bulk_create(
        TopicChoice(participation=participation, topic=topic, interest=interest) for topic in topics
    )
    piece = Piece.INTERESTS if interest else Piece.TOPICS
    note_told(row=participation, piece=piece)
    _told(by, piece)
    audit.record(verb="people.topics.choose", target=participation, by=by, now=now)


@transaction.atomic
def order_values(*, values: Sequence[str], by: User, now: datetime) -> None:
    """Choose up to five values, the first the weightiest; none clears the choice.

    A value that stays keeps whether it is shown and the line on it. Raises NotPossibleNow for
    unknown values, the same one twice, more than five, and for a person without a profile.
    """
    rules.check_values(values)
    profile = _own_profile(by)
    kept = {choice.value: choice for choice in queries.values_of(by)}
    ValueChoice.objects.filter(person=by).delete()
    ValueChoice.objects.bulk_create(
        ValueChoice(
            person=by,
            value=value,
            rank=rank,
            shown=value in kept and kept[value].shown,
            line=kept[value].line if value in kept else "",
        )
        for rank, value in enumerate(values, start=1)
    )
    _told(by, Piece.VALUES)
    audit.record(verb="people.values.order", target=profile, by=by, now=now)


@transaction.atomic
def show_values(*, lines: Mapping[str, str], by: User, now: datetime) -> None:
    """Choose which of one's values others see on one's mentor page, each with a line.

    `lines` holds the shown values; all others are hidden, and keep no line. Raises
    NotPossibleNow for a value that is not among one's five.
    """
    profile = _own_profile(by)
    chosen = list(queries.values_of(by))
    rules.check_choice(list(lines), {choice.value for choice in chosen})
    for choice in chosen:
        ValueChoice.objects.filter(pk=choice.pk).update(
            shown=choice.value in lines, line=lines.get(choice.value, "").strip()
        )
    pool_changed(people=[by.pk])
    audit.record(verb="people.values.show", target=profile, by=by, now=now)


@transaction.atomic
def answer_styles(*, answers: Mapping[str, tuple[int, int]], by: User, now: datetime) -> None:
    """Answer sliders as (position -2 to 2, how much it matters 0 to 2), replacing all answers.

    A slider left out is not known. Raises NotPossibleNow for unknown sliders or positions.
    """
    rules.check_styles(answers)
    profile = _own_profile(by)
    StyleAnswer.objects.filter(person=by).delete()
    StyleAnswer.objects.bulk_create(
        StyleAnswer(person=by, slider=slider, position=position, matters=matters)
        for slider, (position, matters) in answers.items()
    )
    _told(by, Piece.STYLE)
    audit.record(verb="people.style.answer", target=profile, by=by, now=now)


@transaction.atomic
def set_basics(
    *, headline: str, stage: str, languages: Collection[str], by: User, now: datetime
) -> None:
    """Say in a line who one is, at which stage, and in which languages one can talk.

    Raises NotPossibleNow for an unknown stage or language, and without a profile.
    """
    rules.check_stage(stage)
    rules.check_languages(languages)
    profile = _own_profile(by)
    Profile.objects.filter(pk=profile.pk).update(
        headline=headline.strip(), stage=stage, languages=list(languages)
    )
    note_told(row=profile, piece=Piece.BASICS)
    _told(by, Piece.BASICS)
    audit.record(verb="people.basics.set", target=profile, by=by, now=now)


@transaction.atomic
def put_off(*, piece: Piece, by: User, now: datetime) -> None:
    """Say "not now" to a piece: it is offered no more, but stays on the overview.

    Raises NotPossibleNow without a profile.
    """
    profile = _own_profile(by)
    if piece not in profile.put_off:
        Profile.objects.filter(pk=profile.pk).update(put_off=[*profile.put_off, piece])
        audit.record(verb="people.piece.put_off", target=profile, by=by, now=now)


def _own_profile(by: User) -> Profile:
    profile = Profile.objects.filter(person=by).first()
    if profile is None:
        raise NotPossibleNow("A programme office has to bring you in first.")
    return profile


def _told(by: User, piece: Piece) -> None:
    """Say that searches are stale, and that the piece may be offered again once it is empty."""
    pool_changed(people=[by.pk])
    for profile in Profile.objects.filter(person=by):
        left = [word for word in profile.put_off if word != piece]
        Profile.objects.filter(pk=profile.pk).update(put_off=left)
