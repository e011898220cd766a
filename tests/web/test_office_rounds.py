"""Rounds as the office meets them: forms, progress, what is told of pairs, and what never is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentorwell.core.lifecycles import RoundState, RunState
from mentorwell.core.pairing import Mode, Weights
from mentorwell.matching import services
from mentorwell.matching.enums import Hand, Leaning
from mentorwell.matching.models import FirstTalk, Proposal, Round, RoundRun
from mentorwell.matching.queries.snapshot import forget
from mentorwell.people.models import Participation
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory
from tests.factories.rounds import InRound


pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RUN = {"mode": "best", "interest": "1", "proximity": "1", "values": "1", "style": "1"}


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and rounds begin at the same moment."""


@pytest.fixture
def story(client):
    made = InRound()
    client.force_login(made.office)
    return made


def page(story, name, thing=None):
    args = [story.programme.slug] + ([thing.uid] if thing else [])
    return reverse(f"office:{name}", args=args)


def pair(mentee, mentor, hand=Hand.TOGETHER):
    return {"mentee": str(mentee.uid), "mentor": str(mentor.uid), "hand": hand}


def another(story, run, mentee):
    with_whom = run.pairs.get(mentee=mentee).mentor
    return next(one for one in story.mentors if one != with_whom)


# --- The round -----------------------------------------------------------------------------


def test_a_round_is_begun_on_one_page_and_bad_days_come_back_with_a_sentence(client):
    role = OfficeRoleFactory()
    client.force_login(role.person)
    address = reverse("office:round-create", args=[role.programme.slug])
    told = {"name": "Winter", "wishes_until": "2030-01-01", "closes_date": "2030-03-01"}
    refused = client.post(address, told)
    assert refused.status_code == 400
    assert "The last day for wishes is over already." in refused.text
    assert 'value="Winter"' in refused.text
    assert not Round.objects.exists()
    done = client.post(address, told | {"wishes_until": "2030-01-20"}, follow=True)
    assert "It has begun." in done.text
    assert Round.objects.get().name == "Winter"
    again = client.post(address, told | {"wishes_until": "2030-01-20"})
    assert "A round is open already." in again.text


def test_a_list_of_rounds_says_which_is_on_and_which_were(client, story):
    listed = client.get(page(story, "round-list"))
    assert "People join and wish" in listed.text
    client.post(page(story, "round-close", story.round))
    listed = client.get(page(story, "round-list"))
    assert "No round is on" in listed.text
    assert "Rounds of before" in listed.text


def test_wishes_are_stopped_and_taken_again_and_a_second_click_reads_a_sentence(client, story):
    client.post(page(story, "wishes-stop", story.round))
    assert story.round.state == RoundState.PROPOSED
    second = client.post(page(story, "wishes-stop", story.round))
    assert (second.status_code, "moved on meanwhile" in second.text) == (409, True)
    client.post(page(story, "wishes-reopen", story.round))
    assert story.round.state == RoundState.COLLECTING


# --- Runs ----------------------------------------------------------------------------------


def test_a_run_is_asked_for_shows_its_progress_and_can_be_stopped(client, story):
    address = page(story, "round-show", story.round)
    client.post(address, RUN)
    run = RoundRun.objects.get()
    RoundRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, progress=35)
    shown = client.get(address, headers={"hx-request": "true"})
    assert "35 per cent" in shown.text
    assert "every 1s" in shown.text
    client.post(page(story, "run-cancel", run))
    shown = client.get(address, headers={"hx-request": "true"})
    assert "Stopped. Nothing was kept." in shown.text
    assert "every 1s" not in shown.text
    client.post(page(story, "run-again", run))
    services.solve_run(run_id=run.pk, now=NOW)
    assert "3 of 3" in client.get(address).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mode": "magic"}, "Select a valid choice"),
        ({"interest": "-1"}, "The weight of interest is -1.0"),
        ({"interest": "9"}, "between half and twice as much as in the programme"),
        ({"interest": "nan"}, "Enter a number"),
        (dict.fromkeys(("interest", "proximity", "values", "style"), "0"), "All weights"),
        ({"places_most": "0"}, "greater than or equal to 1"),
        ({"seed": "4294967296"}, "less than or equal to"),
        ({"style": ""}, "Please fill this in."),
    ],
)
def test_a_run_that_makes_no_sense_is_asked_for_again(client, story, change, sentence):
    refused = client.post(page(story, "round-show", story.round), RUN | change)
    assert refused.status_code == 400
    assert sentence in refused.text
    assert not RoundRun.objects.exists()


def test_runs_stand_side_by_side_and_the_best_of_each_figure_is_marked(client, story):
    story.seeks(story.mentees[0], "cardiology")
    story.seeks(story.mentors[0], "cardiology")
    story.solved()
    story.solved(places_most=1, seed=3)
    odd = services.start_run(
        round_=story.round,
        mode=Mode.BEST,
        weights=Weights(interest=2, proximity=1, values=1, style=1),
        by=story.office,
        now=NOW,
    )
    services.solve_run(run_id=odd.pk, now=NOW)
    shown = client.get(page(story, "round-show", story.round)).text
    assert shown.count("3 of 3") == 3
    assert "at most 1 each" in shown
    assert shown.count("interests 2, near 1, values 1, style 1") == 1
    assert " of 100" not in shown  # of three pairs an average would tell of one


def test_of_enough_pairs_the_average_is_told_and_the_best_is_marked(client):
    story = InRound(mentees=6, mentors=6)
    client.force_login(story.office)
    for one in story.mentees[:3]:
        story.seeks(one, "cardiology")
    for one in story.mentors[:3]:
        story.seeks(one, "cardiology")
    story.solved()
    worse = story.solved()
    RoundRun.objects.filter(pk=worse.pk).update(
        figures={**worse.figures, "total": worse.figures["total"] // 2}
    )
    shown = client.get(page(story, "round-show", story.round)).text
    assert shown.count(" of 100") == 2
    assert ">best<" in shown


def test_what_people_said_is_in_no_page_of_the_office(client, story):
    """Planted: a wish, a leaning, an open door, a talk, topics. The run was moved by them."""
    mentee, mentor = story.mentees[0], story.mentors[0]
    story.seeks(mentee, "cardiology")
    story.join(mentee, open_to_doors=True)
    services.wish_in_round(
        round_=story.round, mentee=mentee, ranked=[mentor], by=mentee.person, now=NOW
    )
    story.say(story.mentors[1], mentee, leaning=Leaning.RATHER_NOT)
    story.say(story.mentors[2], mentee, leaning=Leaning.PREFER, opens_door=True)
    story.stop_wishes()
    run = story.solved()
    client.post(page(story, "talks-ask", run))
    for talk in FirstTalk.objects.filter(mentee=mentee):
        services.react_to_talk(talk=talk, score=2, words="plumstone", by=mentee.person, now=NOW)
    copy = client.post(page(story, "run-change", run), pair(mentee, story.mentors[3]))
    runs = [run, RoundRun.objects.get(adjusts=run)]
    assert copy.status_code == 302
    pages = [
        client.get(page(story, "round-show", story.round)),
        *(client.get(page(story, "run-show", one)) for one in runs),
        client.get(page(story, "run-compare", story.round), {"a": runs[0].uid, "b": runs[1].uid}),
        client.get(page(story, "run-change", run), pair(mentee, mentor)),
        client.get(page(story, "run-publish", run)),
    ]
    for shown in pages:
        assert shown.status_code == 200
        for told in ("ardiology", "plumstone", "ather not", "Prefer", "1 in 10", "gladly"):
            assert told not in shown.text


def test_a_run_page_says_why_and_who_is_left(client):
    story = InRound(mentees=2, mentors=1)
    client.force_login(story.office)
    run = story.solved()
    shown = client.get(page(story, "run-show", run)).text
    assert "The only one possible." in shown
    assert "Without a mentor in this run" in shown
    name = story.mentors[0].person.name
    assert f"One more place with {name} would give them a mentor." in shown
    assert "Nobody could give more mentees a mentor" in shown
    assert "Verified: what could still be better is 0." in shown


def test_solving_again_says_whether_the_same_came_out(client, story):
    run = story.solved()
    done = client.post(page(story, "run-repeat", run), follow=True)
    assert "the same pairs, every one" in done.text
    RoundRun.objects.filter(pk=run.pk).update(result_hash="another")
    done = client.post(page(story, "run-repeat", run), follow=True)
    assert "something else came out" in done.text


def test_a_run_that_is_not_done_leads_back_to_the_round(client, story):
    run = services.start_run(
        round_=story.round, mode=Mode.BEST, weights=Weights(), by=story.office, now=NOW
    )
    assert client.get(page(story, "run-show", run)).status_code == 302
    assert client.get(page(story, "run-change", run), pair(*junk(story))).status_code == 404


def junk(story):
    return story.mentees[0], story.mentors[0]


# --- By hand -------------------------------------------------------------------------------


def test_a_change_is_shown_with_its_cost_made_and_taken_back(client, story):
    run = story.solved()
    mentee = story.mentees[0]
    mentor = another(story, run, mentee)
    shown = client.get(page(story, "run-change", run), pair(mentee, mentor)).text
    assert "As many mentees have a mentor as before." in shown
    assert "The run stays as it is" in shown
    done = client.post(page(story, "run-change", run), pair(mentee, mentor), follow=True)
    copy = RoundRun.objects.get(adjusts=run)
    assert "Run 1, by hand" in done.text
    assert "With your changes kept: nobody could" in done.text
    undone = client.post(page(story, "change-undo", copy), pair(mentee, mentor), follow=True)
    assert "Taken back." in undone.text
    assert not copy.changes.exists()


def test_a_change_that_cannot_be_says_so_and_junk_is_not_there(client, story):
    run = story.solved()
    mentee = story.mentees[0]
    stranger = MentorFactory(programme=story.programme)
    forget()
    shown = client.get(page(story, "run-change", run), pair(mentee, stranger))
    assert "This cannot be" in shown.text
    refused = client.post(page(story, "run-change", run), pair(mentee, stranger))
    assert refused.status_code == 409
    for told in ({}, {"mentee": "x"}, pair(mentee, story.mentors[0]) | {"hand": "never"}):
        assert client.get(page(story, "run-change", run), told).status_code == 404
        assert client.post(page(story, "change-undo", run), told).status_code == 404
    assert client.get(page(story, "run-compare", story.round), {"a": "x"}).status_code == 404


# --- Out -----------------------------------------------------------------------------------


def test_publishing_says_what_it_does_then_does_it_and_says_what_was_left_out(client, story):
    run = story.solved()
    story.stop_wishes()
    asked = client.get(page(story, "run-publish", run)).text
    assert "It sends nobody into a mentorship." in asked
    assert not Proposal.objects.exists()
    first = run.pairs.select_related("mentee__person", "mentor__person").first()
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=first.mentor.person,
        evaluated_person=first.mentee.person,
    )
    done = client.post(page(story, "run-publish", run), follow=True)
    assert "In a moment each mentee reads their suggestions" in done.text
    services.tend_round(round_id=story.pk, since=NOW, now=NOW)
    after = client.get(page(story, "round-show", story.round)).text
    assert "It runs by itself now" in after
    assert "1 pair of the run no longer held" in after
    assert Proposal.objects.count() == 9
    again = client.post(page(story, "run-publish", run))
    assert (again.status_code, "published once" in again.text) == (409, True)


# --- The same number of queries for one and for three ---------------------------------------


def test_pages_ask_the_same_number_of_questions_for_one_and_for_three(client, count_queries):
    small, large = InRound(mentees=1, mentors=3), InRound(mentees=3, mentors=3)
    counts = {}
    for story in (small, large):
        client.force_login(story.office)
        runs = [story.solved() for _ in story.mentees]
        others = [story.solved() for _ in range(2)]
        client.get(page(story, "round-list"))
        for name, thing in (
            ("round-list", None),
            ("round-show", story.round),
            ("run-show", runs[0]),
        ):
            counts.setdefault(name, []).append(count_queries(client, page(story, name, thing)))
        address = page(story, "run-compare", story.round)
        told = f"{address}?a={others[0].uid}&b={others[1].uid}"
        counts.setdefault("run-compare", []).append(count_queries(client, told))
    assert all(len(set(found)) == 1 for found in counts.values()), counts


def test_who_evaluates_a_mentee_reads_no_line_about_them(client, story):
    run = story.solved()
    mentee = Participation.objects.select_related("person").get(pk=story.mentees[0].pk)
    name = mentee.person.name
    assert name in client.get(page(story, "run-show", run)).text
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=story.office,
        evaluated_person=mentee.person,
    )
    shown = client.get(page(story, "run-show", run)).text
    assert name not in shown
    assert "1 more line is about people whom you evaluate" in shown
