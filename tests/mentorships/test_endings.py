"""Endings: at once for the places, an hour later for the other, and as if nothing when undone."""

from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import MembershipState, MentorshipState, ParticipationState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.foundation.hooks import ParticipationHalted
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.enums import EndingReason
from mentorwell.mentorships.models import Ending, PlaceClaim
from mentorwell.mentorships.services import (
    agree,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    resume_mentorship,
    undo_ending,
)
from mentorwell.mentorships.services.endings import _finish
from mentorwell.notices.models import Notice
from mentorwell.people.models import Participation
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, begin, mail_of, propose_agreement, terms, told, verbs
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


HOUR = timedelta(hours=1)
WITHIN = NOW + timedelta(minutes=59)
TOLD = NOW + HOUR


@pytest.fixture
def heard(monkeypatch):
    """What the house hears of closings and freed places, in order."""
    events = []
    for hook in (hooks.mentorship_closed, hooks.places_freed):
        monkeypatch.setattr(hook, "listeners", [*hook.listeners, events.append])
    return events


def end(pair, by=None, now=NOW, **words):
    return end_mentorship(mentorship=pair.mentorship, by=by or pair.mentee, now=now, **words)


def undo(pair, by=None, now=WITHIN):
    undo_ending(mentorship=pair.mentorship, by=by or pair.mentee, now=now)


def seen(pair, person):
    return queries.state_seen_by(queries.membership_of(person, pair.fresh()), pair.mentorship)


def free(pair):
    free = queries.free_places([pair.mentor_part.pk, pair.mentee_part.pk])
    return [len(places) for places in free.values()]


def world():
    """All that somebody else could notice: rows of the mentorship's own, but not its trail."""
    return [list(model.objects.order_by("pk").values()) for model in (Ending, PlaceClaim, Notice)]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_either_ends_without_a_reason_and_the_places_are_free_at_once(pair, who):
    assert free(pair) == [0, 0]
    end(pair, getattr(pair, who))
    assert free(pair) == [1, 1]
    assert pair.fresh().state == MentorshipState.CLOSING
    assert verbs(pair.mentorship) == ["mentorships.mentorship.begin", "mentorships.mentorship.end"]


def test_a_freed_place_can_be_taken_within_the_hour(pair):
    end(pair)
    newcomer = MenteeFactory(programme=pair.programme)
    assert begin(pair.mentor_part, newcomer, now=WITHIN).state == MentorshipState.FORMING


def test_within_the_hour_the_other_notices_nothing(pair):
    before = seen(pair, pair.mentor)
    end(pair, thanks="Thank you for all.")
    assert seen(pair, pair.mentor) == before == MentorshipState.FORMING
    assert seen(pair, pair.mentee) == MentorshipState.CLOSING
    finish_endings(now=WITHIN)
    assert told(pair.mentor) == []
    assert seen(pair, pair.mentor) == MentorshipState.FORMING


def test_after_the_hour_it_closes_and_the_other_reads_neutral_words(pair):
    end(pair, reason=EndingReason.NOT_A_FIT, thanks="A planted word.")
    assert finish_endings(now=TOLD) == 1

    mentorship = pair.fresh()
    assert (mentorship.state, mentorship.closed_at) == (MentorshipState.CLOSED, TOLD)
    members = mentorship.members.all()
    assert {(each.state, each.left_at) for each in members} == {(MembershipState.LEFT, TOLD)}
    assert told(pair.mentor) == [emails.ENDED]
    assert told(pair.mentee) == []
    mail = mail_of(pair.mentor, emails.ENDED)
    assert mail.headline == f"Your mentorship with {pair.mentee.first_name} has ended"
    assert "planted" not in repr(mail)
    assert "not_a_fit" not in repr(mail)


def test_an_ending_is_carried_out_once(pair):
    end(pair)
    assert finish_endings(now=TOLD) == 1
    assert finish_endings(now=TOLD + HOUR) == 0
    assert told(pair.mentor) == [emails.ENDED]


def test_an_ending_undone_while_a_worker_held_it_is_not_carried_out(pair):
    end(pair)
    (found,) = queries.endings_untold(NOW)
    undo(pair)
    assert not _finish(found, TOLD)
    assert pair.fresh().state == MentorshipState.FORMING


def test_the_house_hears_of_each_place_when_its_owner_may_know(pair, heard):
    end(pair)
    assert heard == [hooks.PlacesFreed(participation_id=pair.mentee_part.pk, now=NOW)]
    heard.clear()
    finish_endings(now=TOLD)
    assert heard == [
        hooks.MentorshipClosed(mentorship_id=pair.mentorship.pk, by=pair.mentee, now=TOLD),
        hooks.PlacesFreed(participation_id=pair.mentor_part.pk, now=TOLD),
    ]


def test_undone_within_the_hour_it_is_as_if_nothing_had_been(pair):
    claims = list(PlaceClaim.objects.order_by("pk").values())
    end(pair, reason=EndingReason.LIFE_CHANGE, thanks="Thank you.")
    undo(pair)

    assert pair.fresh().state == MentorshipState.FORMING
    assert (pair.mentorship.before_closing, pair.mentorship.closing_at) == ("", None)
    assert not Ending.objects.exists()
    assert list(PlaceClaim.objects.order_by("pk").values()) == claims
    assert finish_endings(now=TOLD + HOUR) == 0
    assert told(pair.mentor) == told(pair.mentee) == []
    assert verbs(pair.mentorship)[-1] == "mentorships.mentorship.undo_ending"


@pytest.mark.parametrize("state", ["forming", "paused"])
def test_undo_returns_to_what_was_before(pair, state):
    if state == "paused":
        pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    end(pair)
    undo(pair)
    assert pair.fresh().state == state


def test_undo_is_possible_for_one_hour(pair):
    end(pair)
    assert rules.can_undo(pair.mentee, pair.mentorship, now=WITHIN)
    assert not rules.can_undo(pair.mentee, pair.mentorship, now=TOLD)
    with pytest.raises(NotPossibleNow, match="The hour is over"):
        undo(pair, now=TOLD)


def test_nobody_undoes_what_they_have_not_ended(pair):
    with pytest.raises(NotPossibleNow, match="nothing to undo"):
        undo(pair)
    end(pair)
    with pytest.raises(NotPossibleNow, match="nothing to undo"):
        undo(pair, pair.mentor)
    with pytest.raises(NotAllowed, match="not yours"):
        undo(pair, UserFactory())


def test_nobody_undoes_what_the_other_has_been_told(pair):
    end(pair)
    finish_endings(now=TOLD)
    with pytest.raises(NotPossibleNow, match="has been told"):
        undo(pair, now=NOW)


def test_who_has_left_the_programme_cannot_undo(pair):
    end(pair)
    pair.mentee_part.state = ParticipationState.LEFT
    pair.mentee_part.save()
    with pytest.raises(NotPossibleNow, match="left the programme"):
        undo(pair)


def test_undo_takes_another_free_place_where_the_own_is_gone(db):
    programme = ProgrammeFactory()
    pair = Pair(programme=programme, mentor=MentorFactory(programme=programme, places=2))
    end(pair)
    place = pair.mentor_part.places.get(number=1)
    newcomer = MenteeFactory(programme=programme)
    begin(pair.mentor_part, newcomer, places={pair.mentor_part.pk: place}, now=WITHIN)
    undo(pair)

    claims = PlaceClaim.objects.filter(released_at=None)
    held = claims.filter(membership__mentorship=pair.mentorship).order_by("place__number")
    assert [(each.membership.participation_id, each.place.number) for each in held] == [
        (pair.mentee_part.pk, 1),
        (pair.mentor_part.pk, 2),
    ]


def test_undo_is_refused_kindly_where_the_place_has_gone(pair):
    end(pair, thanks="Thank you.")
    begin(pair.mentor_part, MenteeFactory(programme=pair.programme), now=WITHIN)
    before = world()
    with pytest.raises(NotPossibleNow, match="Someone else has the place by now"):
        undo(pair)
    assert world() == before
    assert pair.fresh().state == MentorshipState.CLOSING


def test_a_place_lowered_while_held_is_given_back_by_an_undo(pair):
    pair.mentor_part.places.update(closed_at=NOW)
    end(pair)
    assert free(pair) == [0, 1]
    undo(pair)
    assert PlaceClaim.objects.filter(released_at=None).count() == 2


def test_ending_twice_is_refused(pair):
    end(pair)
    with pytest.raises(NotPossibleNow, match="You have ended"):
        end(pair, now=WITHIN)
    finish_endings(now=TOLD)
    with pytest.raises(NotPossibleNow, match="has ended"):
        end(pair, pair.mentor, now=TOLD)
    assert not rules.can_end(pair.mentor, pair.fresh())


def test_a_stranger_ends_nothing(pair):
    with pytest.raises(NotAllowed, match="not yours"):
        end(pair, UserFactory())
    assert not rules.can_end(UserFactory(), pair.mentorship)
    assert rules.can_end(pair.mentor, pair.mentorship)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"reason": "boredom"}, "Choose one of the reasons"),
        ({"thanks": "x" * 2001}, "Keep your thanks"),
    ],
)
def test_words_that_cannot_be_kept_are_refused(pair, words, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        end(pair, **words)
    assert pair.fresh().state == MentorshipState.FORMING


def test_a_reason_is_sealed_and_counts_only_if_its_writer_allows(pair):
    ending = end(pair, reason=EndingReason.NOT_A_FIT, told_office=True)
    assert (ending.reason, ending.told_office) == ("not_a_fit", True)
    raw = Ending.objects.raw("SELECT id, reason AS raw_reason FROM mentorships_ending")
    assert "not_a_fit" not in raw[0].raw_reason
    assert "not_a_fit" not in str(list(Event.objects.values()))


def test_no_reason_counts_for_nothing(pair):
    assert end(pair, told_office=True).told_office is False


# --- Both at once -------------------------------------------------------------------------


def test_both_may_end_within_the_hour_without_knowing(pair):
    end(pair, pair.mentee, now=NOW)
    end(pair, pair.mentor, now=NOW + timedelta(minutes=30))
    assert seen(pair, pair.mentor) == MentorshipState.CLOSING
    assert finish_endings(now=TOLD) == 1
    assert finish_endings(now=TOLD + HOUR) == 0
    assert pair.fresh().closed_at == TOLD
    assert told(pair.mentor) == told(pair.mentee) == []


def test_undoing_one_of_two_endings_leaves_the_other(pair):
    half = NOW + timedelta(minutes=30)
    end(pair, pair.mentee, now=NOW)
    end(pair, pair.mentor, now=half)
    undo(pair, pair.mentee)

    assert seen(pair, pair.mentee) == MentorshipState.FORMING
    assert seen(pair, pair.mentor) == MentorshipState.CLOSING
    assert free(pair) == [1, 1]
    assert finish_endings(now=TOLD) == 0
    assert finish_endings(now=half + HOUR) == 1
    assert told(pair.mentee) == [emails.ENDED]
    assert told(pair.mentor) == []


def test_undoing_both_endings_gives_both_their_places_back(pair):
    end(pair, pair.mentee)
    end(pair, pair.mentor)
    undo(pair, pair.mentee)
    undo(pair, pair.mentor)
    assert free(pair) == [0, 0]
    assert pair.fresh().state == MentorshipState.FORMING


# --- What goes on for the other within the hour -------------------------------------------


def test_the_other_pauses_and_resumes_as_ever_within_the_hour(pair):
    end(pair, pair.mentee)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=WITHIN)
    assert (pair.fresh().state, pair.mentorship.before_closing) == ("closing", "paused")
    assert seen(pair, pair.mentor) == MentorshipState.PAUSED
    resume_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=WITHIN)
    assert (pair.fresh().state, pair.mentorship.before_closing) == ("closing", "forming")
    finish_endings(now=TOLD)
    assert pair.fresh().state == MentorshipState.CLOSED


def test_the_other_may_agree_within_the_hour(pair):
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentee, now=NOW
    )
    end(pair, pair.mentee)
    agree(agreement=agreement, by=pair.mentor, now=WITHIN)
    assert agreement.agreed_at == WITHIN


# --- The ended record ---------------------------------------------------------------------


def test_both_keep_the_ended_record(pair):
    end(pair)
    finish_endings(now=TOLD)
    for person in (pair.mentor, pair.mentee):
        assert list(queries.mentorships_visible_to(person)) == [pair.mentorship]
    assert not queries.mentorships_visible_to(UserFactory()).exists()


def test_the_same_two_may_begin_again_after_it_ended(pair):
    end(pair)
    with pytest.raises(NotPossibleNow, match="have an open mentorship here already"):
        begin(pair.mentor_part, pair.mentee_part, now=WITHIN)
    finish_endings(now=TOLD)
    assert begin(pair.mentor_part, pair.mentee_part, now=TOLD).state == MentorshipState.FORMING


# --- Groups -------------------------------------------------------------------------------


def group(form, mentors, mentees):
    programme = ProgrammeFactory()
    givers = MentorFactory.create_batch(mentors, programme=programme)
    receivers = MenteeFactory.create_batch(mentees, programme=programme)
    return begin(*givers, *receivers, form=form), givers, receivers


@pytest.mark.django_db
def test_who_leaves_a_group_leaves_it_to_the_others():
    circle, (mentor,), (first, second, third) = group("circle", 1, 3)
    end_mentorship(mentorship=circle, by=first.person, now=NOW)
    assert circle.state == MentorshipState.FORMING
    assert finish_endings(now=TOLD) == 1

    circle.refresh_from_db()
    assert circle.state == MentorshipState.FORMING
    assert not queries.mentorships_visible_to(first.person).exists()
    assert told(mentor.person) == told(second.person) == [emails.MEMBER_LEFT]
    assert told(third.person) == [emails.MEMBER_LEFT]
    assert "Somebody has left" in mail_of(mentor.person, emails.MEMBER_LEFT).lines[0]
    others = queries.others_in(circle, mentor.person)
    assert [each.participation for each in others] == [second, third]
    with pytest.raises(NotAllowed):
        end_mentorship(mentorship=circle, by=first.person, now=TOLD)


@pytest.mark.django_db
def test_leaving_a_group_is_undone_within_the_hour():
    panel, (first, _), _mentee = group("panel", 2, 1)
    end_mentorship(mentorship=panel, by=first.person, now=NOW)
    assert queries.free_places([first.pk])[first.pk] != []
    undo_ending(mentorship=panel, by=first.person, now=WITHIN)
    assert queries.free_places([first.pk])[first.pk] == []
    assert finish_endings(now=TOLD) == 0


@pytest.mark.parametrize(
    ("form", "mentors", "mentees", "enders"),
    [
        ("circle", 1, 3, ["mentor"]),
        ("circle", 1, 3, ["mentee", "mentee"]),
        ("peer", 0, 3, ["mentee", "mentee"]),
        ("flash", 1, 1, ["mentor"]),
        ("panel", 2, 1, ["mentee"]),
        ("panel", 2, 1, ["mentor", "mentor"]),
    ],
)
@pytest.mark.django_db
def test_a_group_closes_when_too_few_would_stay(form, mentors, mentees, enders):
    mentorship, givers, receivers = group(form, mentors, mentees)
    pools = {"mentor": iter(givers), "mentee": iter(receivers)}
    for number, part in enumerate(enders):
        assert mentorship.state == MentorshipState.FORMING
        leaver = next(pools[part])
        end_mentorship(mentorship=mentorship, by=leaver.person, now=NOW + number * HOUR / 2)
    assert mentorship.state == MentorshipState.CLOSING
    assert PlaceClaim.objects.filter(released_at=None).count() == 0
    finish_endings(now=NOW + 2 * HOUR)
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.CLOSED


@pytest.mark.django_db
def test_undoing_the_first_of_two_leavings_lets_a_group_go_on():
    circle, (mentor,), (first, second, _) = group("circle", 1, 3)
    end_mentorship(mentorship=circle, by=first.person, now=NOW)
    end_mentorship(mentorship=circle, by=second.person, now=NOW + HOUR / 2)
    assert circle.state == MentorshipState.CLOSING
    undo_ending(mentorship=circle, by=first.person, now=WITHIN)
    assert circle.state == MentorshipState.FORMING
    assert queries.free_places([mentor.pk])[mentor.pk] == []


@pytest.mark.django_db
def test_members_who_ended_a_group_earlier_are_gone_when_it_closes():
    """The first leaver's hour ends before the group closes: they leave, and keep no record."""
    circle, _mentor, (first, second, third) = group("circle", 1, 3)
    end_mentorship(mentorship=circle, by=first.person, now=NOW)
    end_mentorship(mentorship=circle, by=second.person, now=NOW + HOUR / 2)
    assert finish_endings(now=TOLD) == 1
    circle.refresh_from_db()
    assert circle.state == MentorshipState.CLOSING
    assert finish_endings(now=TOLD + HOUR / 2) == 1
    assert not queries.mentorships_visible_to(first.person).exists()
    assert queries.mentorships_visible_to(second.person).exists()
    assert queries.mentorships_visible_to(third.person).exists()


# --- Leaving the programme ----------------------------------------------------------------


def halt(participation, state):
    participation.state = state
    participation.save()
    event = ParticipationHalted(participation_id=participation.pk, by=participation.person, now=NOW)
    hooks.participation_halted.announce(event)


def test_who_leaves_the_programme_ends_its_mentorships(pair):
    halt(pair.mentee_part, ParticipationState.LEFT)
    assert pair.fresh().state == MentorshipState.CLOSING
    finish_endings(now=TOLD)
    assert told(pair.mentor) == [emails.ENDED]


def test_leaving_one_programme_ends_nothing_in_another(pair):
    elsewhere = MenteeFactory(person=pair.mentee)
    halt(elsewhere, ParticipationState.LEFT)
    assert pair.fresh().state == MentorshipState.FORMING


def test_pausing_in_the_programme_ends_nothing(pair):
    halt(pair.mentee_part, ParticipationState.PAUSED)
    assert pair.fresh().state == MentorshipState.FORMING


def test_leaving_the_programme_leaves_what_has_ended_alone(pair):
    end(pair)
    halt(pair.mentee_part, ParticipationState.LEFT)
    assert Ending.objects.count() == 1


def test_a_mentees_time_of_looking_starts_anew_when_it_has_closed(pair):
    Participation.objects.filter(pk=pair.mentee_part.pk).update(looking_since=NOW)
    later = NOW + timedelta(days=200)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=later)

    finish_endings(now=later + HOUR)

    pair.mentee_part.refresh_from_db()
    assert pair.mentee_part.looking_since == later + HOUR
