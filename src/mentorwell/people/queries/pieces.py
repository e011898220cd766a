"""What is told so far, and the one piece of a profile to offer next."""

from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import Participation, Profile, StyleAnswer, ValueChoice, Window


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


def pieces_told(participation: Participation) -> frozenset[Piece]:
    """Return the pieces of which the person has told anything, for this participation."""
    person_id = participation.person_id
    profile = Profile.objects.filter(person_id=person_id).first()
    kinds = set(participation.topic_choices.values_list("interest", flat=True))
    told = {
        Piece.TOPICS: False in kinds,
        Piece.INTERESTS: True in kinds,
        Piece.STORY: bool(participation.story or participation.strengths or participation.hopes),
        Piece.VALUES: ValueChoice.objects.filter(person_id=person_id).exists(),
        Piece.STYLE: StyleAnswer.objects.filter(person_id=person_id).exists(),
        Piece.WHEN: bool(profile and profile.times_change)
        or Window.objects.filter(person_id=person_id).exists(),
        Piece.BASICS: bool(profile and profile.headline and profile.stage),
    }
    return frozenset(piece for piece, is_told in told.items() if is_told)


def next_piece(participation: Participation) -> Piece | None:
    """Return the one piece to offer now: not told yet, not put off; None when none is left."""
    profile = Profile.objects.filter(person_id=participation.person_id).first()
    done = {*pieces_told(participation), *(profile.put_off if profile else ())}
    order = ORDER.get(Part(participation.part), ORDER[Part.MENTOR])
    return next((piece for piece in order if piece not in done), None)
