"""What is told so far, and the one piece of a profile to offer next."""

from collections.abc import Collection, Sequence

from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import (
    Participation,
    Profile,
    StyleAnswer,
    TopicChoice,
    ValueChoice,
    Window,
)


# In the order in which they help most: what people read of each other comes first.
ORDER = {
    Part.MENTEE: (
        Piece.TOPICS,
        Piece.STORY,
        Piece.VALUES,
        Piece.WHEN,
        Piece.STYLE,
        Piece.BASICS,
        Piece.INTERESTS,
    ),
    Part.MENTOR: (
        Piece.STORY,
        Piece.WHEN,
        Piece.VALUES,
        Piece.BASICS,
        Piece.STYLE,
        Piece.INTERESTS,
        Piece.TOPICS,
    ),
}


def pieces_told_in(
    participations: Sequence[Participation],
) -> dict[int, frozenset[Piece]]:
    """Return, by participation, the pieces of which its person has told anything.

    The same few queries, however many participations.
    """
    people = {one.person_id for one in participations}
    chosen = set(
        TopicChoice.objects.filter(participation__in=participations).values_list(
            "participation_id", "interest"
        )
    )
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=people)}
    common = {
        Piece.VALUES: _who_has(ValueChoice, people),
        Piece.STYLE: _who_has(StyleAnswer, people),
        Piece.WHEN: _who_has(Window, people)
        | {pk for pk, row in profiles.items() if row.times_change},
        Piece.BASICS: {pk for pk, row in profiles.items() if row.headline and row.stage},
    }
    told: dict[int, frozenset[Piece]] = {}
    for one in participations:
        own = {
            Piece.TOPICS: (one.pk, False) in chosen,
            Piece.INTERESTS: (one.pk, True) in chosen,
            Piece.STORY: bool(one.story or one.strengths or one.hopes),
        }
        told[one.pk] = frozenset(
            [piece for piece, is_told in own.items() if is_told]
            + [piece for piece, who in common.items() if one.person_id in who]
        )
    return told


def _who_has(model: type[ValueChoice | StyleAnswer | Window], people: Collection[int]) -> set[int]:
    return set(
        model.objects.filter(person__in=people)
        .order_by()
        .values_list("person_id", flat=True)
        .distinct()
    )


def pieces_told(participation: Participation) -> frozenset[Piece]:
    """Return the pieces of which the person has told anything, for this participation."""
    return pieces_told_in([participation])[participation.pk]


def next_piece(participation: Participation) -> Piece | None:
    """Return the one piece to offer now: not told yet, not put off; None when none is left."""
    return first_untold(participation, pieces_told(participation))


def first_untold(participation: Participation, told: Collection[Piece]) -> Piece | None:
    """As `next_piece`, where it is known already what is told."""
    profile = Profile.objects.filter(person_id=participation.person_id).first()
    done = {*told, *(profile.put_off if profile else ())}
    order = ORDER.get(Part(participation.part), ORDER[Part.MENTOR])
    return next((piece for piece in order if piece not in done), None)
