import pytest

from mentorwell.core.lifecycles import (
    INVITATION_MOVES,
    LIFECYCLES,
    MENTORSHIP_MOVES,
    InvitationState,
    MentorshipState,
    drawing,
    sources,
)


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_state_says_what_may_follow(name):
    moves = LIFECYCLES[name]
    vocabulary = type(next(iter(moves)))

    assert set(moves) == set(vocabulary)
    assert set().union(*moves.values()) <= set(vocabulary)


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_state_is_reached_from_the_first(name):
    moves = LIFECYCLES[name]
    reached, waiting = set(), [next(iter(moves))]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting.extend(moves[state])

    assert reached == set(moves)


def test_an_answered_invitation_is_never_answered_again():
    ended = set(InvitationState) - {InvitationState.DRAFT, InvitationState.SENT}

    assert {state: INVITATION_MOVES[state] for state in ended} == dict.fromkeys(ended, frozenset())


def test_an_ending_can_be_undone_until_it_has_closed():
    assert MentorshipState.ACTIVE in MENTORSHIP_MOVES[MentorshipState.CLOSING]
    assert MENTORSHIP_MOVES[MentorshipState.CLOSED] == frozenset({MentorshipState.REDEFINED})


def test_sources_are_the_states_before_a_target():
    assert sources(INVITATION_MOVES, InvitationState.WITHDRAWN) == [
        InvitationState.DRAFT,
        InvitationState.SENT,
    ]


def test_drawing_shows_moves_and_ends():
    assert drawing(INVITATION_MOVES).splitlines()[:4] == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> sent",
        "    draft --> withdrawn",
    ]
    assert "    released --> [*]" in drawing(INVITATION_MOVES)
