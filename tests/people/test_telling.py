"""What people tell of themselves, piece by piece."""

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.people import queries, services
from mentorwell.people.content import topics, values
from mentorwell.people.enums import Piece
from mentorwell.people.models import (
    Draft,
    LocalTopic,
    Participation,
    Profile,
    StyleAnswer,
    ValueChoice,
)
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

SOME = [topic.slug for topic in topics()[:13]]


@pytest.fixture
def mentee():
    return MenteeFactory()


def acted(participation):
    return {"by": participation.person, "now": NOW}


def version(participation):
    return Programme.objects.get(pk=participation.programme_id).pool_version


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


# --- Story --------------------------------------------------------------------------------


def test_set_story_keeps_the_words_and_forgets_the_draft(mentee):
    Draft.objects.create(
        person=mentee.person, key=queries.story_key(mentee), text="{}", kept_at=NOW
    )

    services.set_story(
        participation=mentee, story=" Mine. ", strengths="Calm", hopes="", **acted(mentee)
    )

    mentee.refresh_from_db()
    assert (mentee.story, mentee.strengths, mentee.hopes) == ("Mine.", "Calm", "")
    assert not Draft.objects.exists()
    assert verbs() == ["people.story.set"]


def test_a_story_is_sealed_in_the_database(mentee):
    services.set_story(
        participation=mentee, story="planted-word", strengths="", hopes="", **acted(mentee)
    )

    table = Participation._meta.db_table
    rows = Participation.objects.raw(f"SELECT id, story || '' AS stored FROM {table}")  # noqa: S608 -- a table's name
    assert "planted-word" not in rows[0].stored
    assert rows[0].stored


@pytest.mark.parametrize("tell", ["set_story", "choose_topics"])
def test_pieces_of_a_participation_are_the_persons_own(tell, mentee):
    told = {
        "set_story": {"story": "", "strengths": "", "hopes": ""},
        "choose_topics": {"topics": []},
    }[tell]
    service = getattr(services, tell)

    with pytest.raises(NotAllowed, match="Only the person"):
        service(participation=mentee, by=UserFactory(), now=NOW, **told)
    gone = MenteeFactory(state=ParticipationState.LEFT)
    with pytest.raises(NotPossibleNow, match="You have left"):
        service(participation=gone, **acted(gone), **told)


# --- Topics -------------------------------------------------------------------------------


def choose(participation, chosen, **told):
    services.choose_topics(
        participation=participation, topics=chosen, **acted(participation), **told
    )


def test_choose_topics_replaces_the_list_and_leaves_interests(mentee):
    choose(mentee, SOME[:2])
    choose(mentee, SOME[2:4], interest=True)
    before = version(mentee)

    choose(mentee, SOME[1:2])

    assert queries.topics_chosen(mentee) == SOME[1:2]
    assert queries.topics_chosen(mentee, interest=True) == sorted(SOME[2:4])
    assert version(mentee) == before + 1
    assert verbs() == ["people.topics.choose"] * 3


def test_an_interest_that_is_sought_now_is_only_sought(mentee):
    choose(mentee, SOME[:1], interest=True)

    choose(mentee, SOME[:2])

    assert queries.topics_chosen(mentee) == sorted(SOME[:2])
    assert queries.topics_chosen(mentee, interest=True) == []


def test_a_topic_that_is_sought_cannot_be_an_interest_as_well(mentee):
    choose(mentee, SOME[:1])

    with pytest.raises(NotPossibleNow, match="either sought or offered"):
        choose(mentee, SOME[:2], interest=True)

    assert queries.topics_chosen(mentee, interest=True) == []


def test_a_mentee_may_seek_nothing_but_a_mentor_offers_something(mentee):
    choose(mentee, SOME[:1])
    choose(mentee, [])
    assert queries.topics_chosen(mentee) == []

    mentor = MentorFactory()
    with pytest.raises(NotPossibleNow, match="at least one topic"):
        choose(mentor, [])
    choose(mentor, [], interest=True)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (["astrology"], "from what is offered"),
        (SOME[:1] * 2, "only once"),
        (SOME[:13], "at most 12"),
    ],
)
def test_choose_topics_refuses(chosen, sentence, mentee):
    with pytest.raises(NotPossibleNow, match=sentence):
        choose(mentee, chosen)


def test_topics_of_the_own_organisation_may_be_chosen(mentee):
    LocalTopic.objects.create(
        organisation=mentee.programme.organisation, slug="river-walks", name="River walks"
    )

    choose(mentee, ["river-walks"])

    with pytest.raises(NotPossibleNow, match="from what is offered"):
        choose(MenteeFactory(), ["river-walks"])


# --- Values -------------------------------------------------------------------------------


def order(person, *chosen):
    services.order_values(values=chosen, by=person, now=NOW)


def test_values_are_kept_in_their_order(mentee):
    order(mentee.person, "mastery", "service", "honesty", "hope", "humor")
    order(mentee.person, "humor", "mastery")

    assert list(queries.values_of(mentee.person).values_list("value", "rank")) == [
        ("humor", 1),
        ("mastery", 2),
    ]
    assert verbs() == ["people.values.order"] * 2
    order(mentee.person)
    assert not ValueChoice.objects.exists()


def test_a_value_that_stays_keeps_its_line(mentee):
    person = mentee.person
    order(person, "mastery", "service")
    services.show_values(lines={"service": " I stay late. "}, by=person, now=NOW)

    order(person, "service", "hope")

    shown = [(c.value, c.shown, c.line) for c in queries.values_of(person)]
    assert shown == [("service", True, "I stay late."), ("hope", False, "")]


def test_a_value_shown_no_more_keeps_no_line(mentee):
    person = mentee.person
    order(person, "mastery")
    services.show_values(lines={"mastery": "Words"}, by=person, now=NOW)
    before = version(mentee)

    services.show_values(lines={}, by=person, now=NOW)

    assert [(c.shown, c.line) for c in queries.values_of(person)] == [(False, "")]
    assert version(mentee) == before + 1
    assert verbs()[-1] == "people.values.show"


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (["greed"], "from what is offered"),
        (["hope", "hope"], "only once"),
        ([value.slug for value in values()[:6]], "at most 5"),
    ],
)
def test_order_values_refuses(chosen, sentence, mentee):
    with pytest.raises(NotPossibleNow, match=sentence):
        order(mentee.person, *chosen)


def test_only_ones_own_values_can_be_shown(mentee):
    order(mentee.person, "mastery")

    with pytest.raises(NotPossibleNow, match="from what is offered"):
        services.show_values(lines={"hope": ""}, by=mentee.person, now=NOW)


# --- Style --------------------------------------------------------------------------------


def test_styles_replace_each_other_and_may_be_left_open(mentee):
    person = mentee.person
    services.answer_styles(answers={"structure": (-2, 2), "view": (0, 0)}, by=person, now=NOW)
    services.answer_styles(answers={"structure": (2, 1)}, by=person, now=NOW)

    assert [(a.slider, a.position, a.matters) for a in StyleAnswer.objects.all()] == [
        ("structure", 2, 1)
    ]
    assert verbs() == ["people.style.answer"] * 2


@pytest.mark.parametrize(
    "answers",
    [{"mood": (0, 1)}, {"view": (3, 1)}, {"view": (-3, 1)}, {"view": (0, 3)}, {"view": (0, -1)}],
)
def test_answer_styles_refuses_what_no_slider_says(answers, mentee):
    with pytest.raises(NotPossibleNow, match="offered"):
        services.answer_styles(answers=answers, by=mentee.person, now=NOW)


# --- Basics -------------------------------------------------------------------------------


def test_basics_are_kept(mentee):
    services.set_basics(
        headline=" Late starter ",
        stage="medical-student-2",
        languages=["en", "ase"],
        **acted(mentee),
    )

    profile = Profile.objects.get(person=mentee.person)
    assert (profile.headline, profile.stage) == ("Late starter", "medical-student-2")
    assert profile.languages == ["en", "ase"]
    assert verbs() == ["people.basics.set"]
    services.set_basics(headline="", stage="", languages=[], **acted(mentee))


@pytest.mark.parametrize(
    "told", [{"stage": "wizard"}, {"languages": ["tlh"]}, {"languages": ["en", "en"]}]
)
def test_set_basics_refuses(told, mentee):
    with pytest.raises(NotPossibleNow, match="choose"):
        services.set_basics(
            **{"headline": "", "stage": "", "languages": [], **told}, **acted(mentee)
        )


# --- Not now ------------------------------------------------------------------------------


def test_a_piece_put_off_is_offered_no_more_until_it_was_told(mentee):
    person = mentee.person
    assert queries.next_piece(mentee) is Piece.TOPICS

    services.put_off(piece=Piece.TOPICS, by=person, now=NOW)
    services.put_off(piece=Piece.TOPICS, by=person, now=NOW)

    assert queries.next_piece(mentee) is Piece.STORY
    assert verbs() == ["people.piece.put_off"]
    choose(mentee, SOME[:1])
    choose(mentee, [])
    assert queries.next_piece(mentee) is Piece.TOPICS


@pytest.mark.parametrize(
    "tell",
    [
        lambda by: services.order_values(values=[], by=by, now=NOW),
        lambda by: services.show_values(lines={}, by=by, now=NOW),
        lambda by: services.answer_styles(answers={}, by=by, now=NOW),
        lambda by: services.set_basics(headline="", stage="", languages=[], by=by, now=NOW),
        lambda by: services.put_off(piece=Piece.STORY, by=by, now=NOW),
        lambda by: services.set_whereabouts(site=None, remote=None, by=by, now=NOW),
        lambda by: services.set_windows(windows=[], times_change=False, by=by, now=NOW),
    ],
)
def test_who_was_never_brought_in_has_nothing_to_tell(tell):
    with pytest.raises(NotPossibleNow, match="has to bring you in first"):
        tell(UserFactory())
