"""Who may know of whom, what is told, and what the fit engine reads."""

from datetime import date

import pytest

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.core.pairing import Matters, MentorPool, Sought, WhatMatters, fits
from mentorwell.people import queries, services
from mentorwell.people.content import purposes
from mentorwell.people.enums import LinkKind, Part, Piece
from mentorwell.people.models import LocalTopic, TopicChoice, ValueChoice, Window
from mentorwell.people.queries import pool
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    ExclusionFactory,
    MenteeFactory,
    MentorFactory,
    ParticipationFactory,
)
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory


pytestmark = pytest.mark.django_db

S = ParticipationState
TODAY = NOW.date()


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def mentee(programme):
    return MenteeFactory(programme=programme)


# --- Participations -----------------------------------------------------------------------


def seen_by(user):
    return set(queries.participations_visible_to(user, on_date=TODAY))


def test_the_office_sees_the_people_of_its_programmes_and_participants_themselves(
    programme, mentee
):
    mentor = MentorFactory(programme=programme)
    MenteeFactory()
    coordinator = OfficeRoleFactory(programme=programme).person
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person

    assert seen_by(coordinator) == {mentee, mentor}
    assert seen_by(mentee.person) == {mentee}
    assert seen_by(leader) == set()
    assert seen_by(UserFactory()) == set()


@pytest.mark.parametrize("kind", LinkKind)
def test_an_office_member_sees_no_row_of_whom_they_evaluate(kind, programme, mentee):
    other = MenteeFactory(programme=programme)
    office = OfficeRoleFactory(programme=programme).person
    EvaluationLinkFactory(
        organisation=programme.organisation,
        kind=kind,
        evaluator_person=office,
        evaluated_person=mentee.person,
    )

    assert seen_by(office) == {other}
    assert seen_by(OfficeRoleFactory(programme=programme).person) == {mentee, other}


def test_an_office_member_sees_their_own_row_even_where_their_role_evaluates(programme):
    director = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR).person
    own = MentorFactory(programme=programme, person=director)
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_role=Role.DIRECTOR,
        evaluated_programme=programme,
    )

    assert seen_by(director) == {own}


# --- Mentors ------------------------------------------------------------------------------


def mentors_seen_by(user):
    return set(queries.mentors_visible_to(user, now=NOW))


@pytest.mark.parametrize("state", S)
def test_mentors_are_seen_once_ready(state, mentee):
    mentor = MentorFactory(programme=mentee.programme, state=state)

    visible = mentors_seen_by(mentee.person)

    assert visible == ({mentor} if state in {S.READY, S.ACTIVE} else set())
    assert mentors_seen_by(mentor.person) == {mentor}


@pytest.mark.parametrize("state", S)
def test_mentees_see_mentors_once_they_are_ready_themselves(state, programme):
    mentor = MentorFactory(programme=programme)
    mentee = MenteeFactory(programme=programme, state=state)

    searching = state in {S.READY, S.ACTIVE}

    assert mentors_seen_by(mentee.person) == ({mentor} if searching else set())
    assert queries.searching_mentees(mentee.person).exists() is searching


def test_mentors_of_other_programmes_hidden_ones_and_closed_accounts_are_not_seen(mentee):
    MentorFactory()
    MentorFactory(programme=mentee.programme, hidden_at=NOW)
    MentorFactory(programme=mentee.programme, person__is_active=False)
    ParticipationFactory(programme=mentee.programme, part=Part.ADVISOR)

    assert mentors_seen_by(mentee.person) == set()


def test_other_mentors_and_the_office_see_mentors_too(programme):
    mentor, colleague = (MentorFactory(programme=programme) for _ in range(2))
    paused = MentorFactory(programme=programme, state=S.PAUSED)
    office = OfficeRoleFactory(programme=programme).person
    hidden = MentorFactory(programme=programme, hidden_at=NOW)

    assert mentors_seen_by(colleague.person) == {mentor, colleague}
    assert mentors_seen_by(office) == {mentor, colleague, hidden}
    assert mentors_seen_by(paused.person) == {paused}
    assert mentors_seen_by(UserFactory()) == set()


def test_a_bar_in_one_programme_is_none_in_another(mentee):
    elsewhere = MenteeFactory(person=mentee.person)
    mentor = MentorFactory(programme=mentee.programme)
    other = MentorFactory(programme=elsewhere.programme)
    ExclusionFactory(person=mentee.person, other=mentor.person)

    assert mentors_seen_by(mentee.person) == {other}


def test_a_mentors_page_shows_what_they_chose_to_show():
    mentor = MentorFactory(profile__headline="Hearts")
    for topic, interest in (("cardiology", False), ("chess", True)):
        TopicChoice.objects.create(participation=mentor, topic=topic, interest=interest)
    for rank, shown in ((1, True), (2, False)):
        ValueChoice.objects.create(
            person=mentor.person, value=f"value-{rank}", rank=rank, shown=shown, line="Words"
        )

    page = queries.mentor_page(mentor)

    assert (page.participation, page.profile.headline) == (mentor, "Hearts")
    assert (page.topics, page.interests) == (("cardiology",), ("chess",))
    assert page.values == (queries.ShownValue("value-1", "Words"),)


def test_profile_of_a_stranger_is_none():
    assert queries.profile_of(UserFactory()) is None


# --- Pieces -------------------------------------------------------------------------------


def test_pieces_are_offered_one_after_another(mentee):
    person = mentee.person
    acted = {"by": person, "now": NOW}
    tell = {
        Piece.TOPICS: lambda: services.choose_topics(
            participation=mentee, topics=["cardiology"], **acted
        ),
        Piece.STORY: lambda: services.set_story(
            participation=mentee, story="", strengths="", hopes="To fly", **acted
        ),
        Piece.VALUES: lambda: services.order_values(values=["hope"], **acted),
        Piece.WHEN: lambda: services.set_windows(windows=[], times_change=True, **acted),
        Piece.STYLE: lambda: services.answer_styles(answers={"view": (0, 1)}, **acted),
        Piece.BASICS: lambda: services.set_basics(
            headline="Me", stage="medical-student-1", languages=[], **acted
        ),
        Piece.INTERESTS: lambda: services.choose_topics(
            participation=mentee, topics=["research"], interest=True, **acted
        ),
    }
    offered = []
    while piece := queries.next_piece(mentee):
        offered.append(piece)
        tell[piece]()
        mentee.refresh_from_db()

    assert offered == list(tell)
    assert queries.pieces_told(mentee) == set(Piece)


@pytest.mark.parametrize(
    ("part", "first"),
    [(Part.MENTEE, Piece.TOPICS), (Part.MENTOR, Piece.STORY), (Part.COACH, Piece.STORY)],
)
def test_what_is_offered_first_depends_on_the_part(part, first):
    assert queries.next_piece(ParticipationFactory(part=part)) is first


def test_a_window_of_the_week_tells_when(mentee):
    services.set_windows(windows=[(0, 0, 60)], times_change=False, by=mentee.person, now=NOW)

    assert queries.pieces_told(mentee) == {Piece.WHEN}


# --- Topics -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cardiology", "cardiology"),
        ("heart", "cardiology"),
        ("anaesthesia", "anesthesiology"),
        ("gas", "anesthesiology"),
        ("cardiolgy", "cardiology"),
        ("  ICU ", "critical-care"),
        ("first job", "first-job"),
    ],
)
def test_a_topic_is_found_by_name_synonym_or_slip(typed, found, programme):
    tree = queries.topic_tree(programme.organisation_id)

    assert found in [topic.slug for topic in queries.find_topics(typed, tree)][:3]


@pytest.mark.parametrize("typed", ["", "   ", "!?", "qqqqqqqq"])
def test_nothing_is_found_for_nothing(typed, programme):
    tree = queries.topic_tree(programme.organisation_id)

    assert queries.find_topics(typed, tree) == []


def test_a_likeness_is_no_hit_where_there_are_better_ones(programme):
    tree = queries.topic_tree(programme.organisation_id)

    found = queries.find_topics("night", tree)

    assert found
    words = [" ".join((topic.name, *topic.synonyms)).lower() for topic in found]
    assert all("night" in each for each in words)


def test_letters_within_a_word_are_no_hit(programme):
    tree = queries.topic_tree(programme.organisation_id)

    assert "curriculum-design" not in [one.slug for one in queries.find_topics("icu", tree)]


def test_a_name_of_its_own_comes_before_a_synonym(programme):
    tree = queries.topic_tree(programme.organisation_id)

    assert queries.find_topics("cardio", tree)[0].slug == "cardiology"


def test_few_topics_are_found_each_once_the_best_first(programme):
    tree = queries.topic_tree(programme.organisation_id)

    found = queries.find_topics("card", tree)

    assert len(found) == len({topic.slug for topic in found}) <= 12
    assert found[0].name.lower().startswith("card")


def test_local_topics_join_the_tree_below_their_parent(programme):
    organisation = programme.organisation
    for slug, parent in (("river-walks", ""), ("valves", "cardiology"), ("lost", "gone")):
        LocalTopic.objects.create(
            organisation=organisation, slug=slug, name=slug.title(), parent=parent
        )
    LocalTopic.objects.create(organisation=organisation, slug="cardiology", name="Ours")

    tree = queries.topic_tree(organisation.pk)

    groups = {group.root.slug: group.topics for group in queries.topic_groups(tree)}
    assert [topic.slug for topic in groups["river-walks"]] == ["river-walks"]
    assert [topic.slug for topic in groups["lost"]] == ["lost"]
    assert groups["clinical"][-1].slug == "valves"
    assert [topic.name for topic in tree if topic.slug == "cardiology"] == ["Cardiology"]
    assert sum(len(topics) for topics in groups.values()) == len(tree)


# --- The pool -----------------------------------------------------------------------------


def told_mentor(programme, **told):
    mentor = MentorFactory(
        programme=programme,
        person__time_zone="America/Chicago",
        profile__headline="Hearts",
        profile__languages=["en"],
        profile__site=SiteFactory(organisation=programme.organisation, latitude=41, longitude=-87),
        profile__remote=True,
        **told,
    )
    acted = {"by": mentor.person, "now": NOW}
    services.choose_topics(participation=mentor, topics=["cardiology"], **acted)
    services.choose_topics(participation=mentor, topics=["research"], interest=True, **acted)
    services.order_values(values=["mastery", "hope"], **acted)
    services.show_values(lines={"hope": "Words"}, **acted)
    services.answer_styles(answers={"view": (-1, 2)}, **acted)
    services.set_windows(windows=[(0, 480, 720)], times_change=False, **acted)
    return mentor


def test_the_pool_holds_what_the_fit_reads(programme):
    mentor = told_mentor(programme)

    (found,) = queries.mentor_pool(programme, on_date=date(2030, 1, 9))

    site = mentor.person.profile.site
    assert (found.participation_id, found.participation_uid, found.person_id) == (
        mentor.pk,
        mentor.uid,
        mentor.person_id,
    )
    assert (found.name, found.headline, found.site_id, found.site_name, found.languages) == (
        mentor.person.name,
        "Hearts",
        site.pk,
        site.name,
        ("en",),
    )
    profile = found.profile
    assert (profile.id, profile.offered, profile.interests) == (
        str(mentor.pk),
        ("cardiology",),
        ("research",),
    )
    assert profile.shown_values == ("hope",)
    assert [tuple(answer) for answer in profile.style] == [("view", -1, 2)]
    assert (profile.site.key, profile.site.latitude, profile.remote) == (str(site.pk), 41, True)
    # Monday 8 to 12 in Chicago is 14 to 18 in UTC in winter, and an hour earlier in summer.
    assert [tuple(window) for window in profile.windows] == [(840, 1080)]
    (summer,) = queries.mentor_pool(programme, on_date=date(2030, 7, 9))
    assert [tuple(window) for window in summer.profile.windows] == [(780, 1020)]


def test_a_mentee_seeks_what_they_chose_or_else_what_follows_from_what_for(mentee):
    research = next(one for one in purposes() if one.slug == "research")
    mentee.purposes = ["research", "a-purpose-of-old"]
    mentee.save()

    implied = queries.mentee_profile(mentee, on_date=TODAY)
    assert implied.sought == tuple(Sought(topic, 1) for topic in research.topics)

    services.choose_topics(participation=mentee, topics=["cardiology"], by=mentee.person, now=NOW)
    chosen = queries.mentee_profile(mentee, on_date=TODAY)
    assert chosen.sought == (Sought("cardiology", 2),)


def test_a_mentees_values_count_whether_shown_or_not(mentee):
    services.order_values(values=["mastery", "hope"], by=mentee.person, now=NOW)
    matters = WhatMatters(interest=Matters.MOST)

    profile = queries.mentee_profile(mentee, on_date=TODAY, matters=matters)

    assert (profile.values, profile.matters) == (("mastery", "hope"), matters)


def test_a_mentee_without_a_profile_is_merely_unknown(mentee):
    mentee.person.profile.delete()

    profile = queries.mentee_profile(mentee, on_date=TODAY)

    assert (profile.site, profile.remote, profile.times_change) == (None, None, False)


def test_a_topic_that_the_tree_lost_is_left_out(programme, mentee):
    mentor = MentorFactory(programme=programme)
    for one in (mentee, mentor):
        TopicChoice.objects.create(participation=one, topic="alchemy")

    (found,) = queries.mentor_pool(programme, on_date=TODAY)

    assert found.profile.offered == ()
    assert queries.mentee_profile(mentee, on_date=TODAY).sought == ()


def test_the_pool_leaves_out_who_cannot_be_found(programme):
    MentorFactory(programme=programme, state=S.PAUSED)
    MentorFactory(programme=programme).person.profile.delete()
    MentorFactory()

    assert queries.mentor_pool(programme, on_date=TODAY) == []


def test_pool_and_tree_are_what_the_engine_takes(programme, mentee):
    told_mentor(programme)
    tree = queries.fit_tree(programme.organisation_id)
    mentors = [one.profile for one in queries.mentor_pool(programme, on_date=TODAY)]

    table = fits([queries.mentee_profile(mentee, on_date=TODAY)], MentorPool.build(mentors, tree))

    assert table.scores.shape == (1, 1)


def test_the_pool_costs_the_same_however_many_mentors_there_are(
    programme, django_assert_num_queries
):
    told_mentor(programme)
    with django_assert_num_queries(7):
        queries.mentor_pool(programme, on_date=TODAY)
    for _ in range(2):
        told_mentor(programme)
    with django_assert_num_queries(7):
        assert len(queries.mentor_pool(programme, on_date=TODAY)) == 3


def test_the_pool_opens_no_sealed_text(programme, monkeypatch):
    told_mentor(programme, story="Sealed", strengths="Sealed", hopes="Sealed")

    def refuse(*_):
        raise AssertionError("sealed text was opened")

    monkeypatch.setattr("mentorwell.foundation.sealed.unseal", refuse)

    assert len(queries.mentor_pool(programme, on_date=TODAY)) == 1


def test_a_window_over_the_end_of_the_utc_week_is_cut_in_two(programme, mentee):
    Window.objects.create(
        person=mentee.person,
        weekday=6,
        start_minute=16 * 60,
        end_minute=20 * 60,
        time_zone="America/Chicago",
    )

    profile = queries.mentee_profile(mentee, on_date=TODAY)

    assert [tuple(window) for window in profile.windows] == [(0, 120), (9960, 10080)]


def test_implied_topics_are_sought_a_little():
    assert Sought("any").strength > pool.IMPLIED
