"""What one who takes part in a round reads of it: suggestions, doors, first talks, in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mentorwell.core.lifecycles import ProposalState, RoundState
from mentorwell.core.pairing import ReasonCode
from mentorwell.matching import queries, rules
from mentorwell.matching.enums import Leaning
from mentorwell.matching.models import FirstTalk, MentorWord, Proposal, Round
from mentorwell.people import queries as people
from mentorwell.people.content import Topic, stages
from mentorwell.people.models import Participation
from mentorwell.web.matching.cards import Card, Chip, Dealer
from mentorwell.web.matching.words import listed


TOPICS_SHOWN = 4
LEANINGS = {
    Leaning.PREFER: "Prefer",
    Leaning.NEUTRAL: "Neutral",
    Leaning.RATHER_NOT: "Rather not",
}
SCORES = [(str(score), str(score)) for score in range(1, 6)]


@dataclass(frozen=True)
class Suggested:
    """One mentor named to a mentee, with the card where it is still open."""

    proposal: Proposal
    card: Card


@dataclass(frozen=True)
class Before:
    """One mentor named earlier: what has become of it."""

    proposal: Proposal
    words: str
    can_think_again: bool


@dataclass(frozen=True)
class MenteeSide:
    """What a mentee reads of a round."""

    part: Participation
    joined: bool
    open_to_doors: bool
    may_speak: bool
    wishes: list[str]
    marked: list[str]
    suggested: list[Suggested]
    before: list[Before]
    doors: list[Card]
    talks: list[FirstTalk]


@dataclass(frozen=True)
class DoorCard:
    """A mentee without a name, as a mentor of the round reads them."""

    door: queries.Door
    stage: str
    topics: list[str]
    more: int


@dataclass(frozen=True)
class MentorSide:
    """What a mentor reads of a round."""

    part: Participation
    takes_part: bool
    may_speak: bool
    doors: list[DoorCard]
    # Each with what the mentor said of them, and what stands for them on the page.
    talks: list[tuple[FirstTalk, MentorWord | None, UUID]]


def mentee_side(round_: Round, mentee: Participation, *, now: datetime) -> MenteeSide:
    """Put together what a mentee reads. The number of queries does not depend on how much."""
    own = round_.parts.filter(participation=mentee).first()
    proposals = list(queries.named_to(mentee, round_))
    is_over = round_.state == RoundState.CLOSED
    opened = [] if is_over else queries.open_doors_of(mentee, round_, now=now)
    is_on = round_.state == RoundState.PUBLISHED
    open_ones = [one for one in proposals if one.state == ProposalState.OPEN and is_on]
    named = [one.mentor_id for one in open_ones]
    doors = [pk for pk in opened if pk not in named]
    cards = cards_of(mentee, [*named, *doors], now=now)
    wishes = list(queries.wishes_of(round_, mentee))
    return MenteeSide(
        part=mentee,
        joined=bool(own and own.takes_part),
        open_to_doors=bool(own and own.open_to_doors),
        may_speak=rules.can_speak_in_round(mentee.person, round_, mentee, now=now),
        wishes=[wish.mentor.person.name for wish in wishes if wish.rank],
        marked=[wish.mentor.person.name for wish in wishes if not wish.rank],
        suggested=[
            Suggested(one, with_door(cards[one.mentor_id], opened=one.mentor_id in opened))
            for one in open_ones
            if one.mentor_id in cards
        ],
        before=[
            Before(one, *_became(one, is_on=is_on))
            for one in proposals
            if one.state != ProposalState.OPEN
        ],
        doors=[cards[pk] for pk in doors if pk in cards],
        talks=queries.talks_of(mentee, round_, now=now),
    )


def cards_of(mentee: Participation, mentors: Sequence[int], *, now: datetime) -> dict[int, Card]:
    """Return the cards of some mentors for one mentee, by participation; only who can be found."""
    if not mentors:
        return {}
    search = queries.search(mentee, now=now, only=mentors)
    found = [pk for pk in mentors if pk in search.snapshot.column_of and pk in search.standings]
    topics = people.topic_tree(mentee.programme.organisation_id)
    cards = Dealer(mentee, search, topics, now=now).deal(found)
    return dict(zip(found, cards, strict=True))


def with_door(card: Card, *, opened: bool) -> Card:
    """Return a card that says that the mentor would gladly talk, where they said so."""
    if opened:
        card.chips.insert(0, Chip("Would gladly talk with you", "yes", "people"))
    return card


def _became(proposal: Proposal, *, is_on: bool) -> tuple[str, bool]:
    """Say what has become of a suggestion, and whether one may think again."""
    if proposal.state == ProposalState.PASSED:
        return "You would rather not.", is_on
    if proposal.state == ProposalState.WITHDRAWN:
        return "Not possible any more. Nobody turned you down.", False
    return "You wrote to them.", False


def mentor_side(round_: Round, mentor: Participation, *, now: datetime) -> MentorSide:
    """Put together what a mentor reads. The number of queries does not depend on how much."""
    said = queries.words_of(mentor, round_)
    takes_part = queries.takes_part(round_, mentor)
    open_round = round_.state in (RoundState.COLLECTING, RoundState.PROPOSED)
    talks = queries.talks_of(mentor, round_, now=now)
    met = {talk.mentee_id for talk in talks}
    doors = queries.doors_for(mentor, round_, now=now) if takes_part and open_round else []
    names = {one.slug: one.name for one in people.topic_tree(mentor.programme.organisation_id)}
    return MentorSide(
        part=mentor,
        takes_part=takes_part,
        may_speak=round_.state != RoundState.CLOSED,
        doors=[_door_card(door, names) for door in doors if door.mentee.pk not in met],
        talks=[
            (talk, said.get(talk.mentee_id), queries.key_of(round_, mentor, talk.mentee))
            for talk in talks
        ],
    )


def _door_card(door: queries.Door, names: dict[str, str]) -> DoorCard:
    stage = {one.slug: one.name for group in stages() for one in group.stages}.get(door.stage, "")
    told = [names[slug] for slug in door.topics if slug in names]
    return DoorCard(door, stage, told[:TOPICS_SHOWN], max(len(told) - TOPICS_SHOWN, 0))


# --- The half-written invitation -----------------------------------------------------------


def half_written(mentee: Participation, mentor: Participation, *, now: datetime) -> str:
    """Return the first lines of an invitation: what the two share, from what the mentor shows.

    The mentee reads it over, changes it and sends it, or does not.
    """
    search = queries.search(mentee, now=now, only=[mentor.pk])
    topics = people.topic_tree(mentee.programme.organisation_id)
    begun = [f"Dear {mentor.person.name},"]
    if mentor.pk in search.snapshot.column_of:
        begun += _shared(search.shown(mentor.pk), topics)
    return "\n".join([*begun, "I would like to ask you for a first conversation."])


def _shared(shown: queries.Shown, topics: Collection[Topic]) -> list[str]:
    names = {topic.slug: topic.name for topic in topics if not topic.opt_in}
    said = []
    for reason in (one for part in shown.parts for one in part.reasons):
        named = listed([names[slug] for slug in reason.slugs if slug in names][:2])
        if reason.slugs and not named:
            continue  # private topics are the mentee's to write of
        if reason.code == ReasonCode.OFFERS_WHAT_YOU_SEEK:
            said.append(f"I am looking for somebody to learn from about {named}, which you offer.")
        elif reason.code == ReasonCode.SHARED_INTERESTS:
            said.append(f"We both care about {named}.")
        elif reason.code == ReasonCode.SAME_SITE:
            said.append("We work at the same site, so it would be easy to meet.")
    return said
