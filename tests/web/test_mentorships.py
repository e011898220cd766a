"""The room of a pair, its agreement, its ending, and the way out."""

import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from mentorwell.core.lifecycles import AgreementState, MentorshipState
from mentorwell.foundation import clock, hooks
from mentorwell.meetings.services import log_meeting
from mentorwell.mentorships import services
from mentorwell.mentorships.content import agreement_choices
from mentorwell.mentorships.enums import LinkAnswer
from mentorwell.mentorships.models import Agreement, Ending, LinkQuestion
from mentorwell.notices.models import Notice
from mentorwell.programmes.models import Policy
from tests.factories.accounts import UserFactory
from tests.factories.meetings import propose, schedule
from tests.factories.mentorships import Pair, answer_all, begin, expects, propose_agreement, terms
from tests.factories.people import EvaluationLinkFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
PAGES = [
    "room",
    "agreement-show",
    "agreement-answer",
    "agreement-propose",
    "mentorship-end",
    "mentorship-pause",
    "trouble-show",
]
BUTTONS = ["ending-undo", "mentorship-resume", "silence-answer", "contact-stop", "call-ask"]


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def pair(db, now):
    """Amara learns from Helen, since two months."""
    programme = ProgrammeFactory(name="Residency")
    return Pair(
        now=now - 60 * DAY,
        programme=programme,
        mentor=MentorFactory(programme=programme, person=UserFactory(name="Dr. Helen Marsh")),
        mentee=MenteeFactory(programme=programme, person=UserFactory(name="Amara Okafor")),
    )


@pytest.fixture
def as_mentee(client, pair):
    client.force_login(pair.mentee)
    return client


@pytest.fixture
def as_mentor(client, pair):
    client.force_login(pair.mentor)
    return client


def at(pair, name, *more):
    return reverse(f"mentorships:{name}", args=[pair.mentorship.uid, *more])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def look(client, pair, name="room"):
    return soup(client.get(at(pair, name)))


def words(found):
    return " ".join(found.get_text(" ").split())


def next_step(page):
    """The one strong block of a room: its title and what its buttons say."""
    (block,) = page.select(".card.next")
    return words(block.h2), [words(button) for button in block.select(".button")]


def answers(**changes):
    given = terms(review_date=clock.now().date() + 90 * DAY, **changes)
    return {
        "purpose": given.purpose,
        "relationship": given.relationship,
        "meetings_like": given.meetings_like,
        "agenda_by": given.agenda_by,
        "schedules_by": given.schedules_by,
        "review_date": given.review_date.isoformat(),
        "rhythm": "monthly",
        "minutes": "45",
        **{f"clause_{clause.slug}": clause.default for clause in agreement_choices().clause},
        "after_version": 0,
    }


def propose_terms(pair, by, now, **changes):
    return propose_agreement(
        mentorship=pair.mentorship,
        terms=terms(review_date=now.date() + 90 * DAY, **changes),
        by=by,
        now=now,
    )


def settle(pair, now):
    agreement = propose_terms(pair, pair.mentee, now)
    services.agree(agreement=agreement, by=pair.mentor, now=now)
    return agreement


def close(pair, by, now, **written):
    services.end_mentorship(mentorship=pair.mentorship, by=by, now=now - 2 * DAY, **written)
    services.finish_endings(now=now - DAY)


# --- Who gets in --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_room_is_not_there_for_others(client, pair, name):
    assert client.get(at(pair, name)).status_code == 302
    for person in (UserFactory(), Pair(programme=pair.programme).mentor):
        client.force_login(person)
        assert client.get(at(pair, name)).status_code == 404


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_are_pressed_and_not_opened(as_mentee, pair, name):
    assert as_mentee.get(at(pair, name)).status_code == 405
    as_mentee.force_login(UserFactory())
    assert as_mentee.post(at(pair, name)).status_code == 404


# --- The list -----------------------------------------------------------------------------


def test_the_list_says_kindly_that_there_is_nothing_yet(client, db):
    client.force_login(UserFactory())
    page = soup(client.get(reverse("mentorships:mentorship-list")))
    assert "No mentorship yet" in words(page.main)


def test_the_list_shows_what_goes_on_with_its_next_meeting_and_what_has_ended(as_mentor, pair, now):
    schedule(pair, at=now + 3 * DAY, now=now)
    page = soup(as_mentor.get(reverse("mentorships:mentorship-list")))
    assert "Amara Okafor" in words(page.main)
    assert "Next:" in words(page.main)
    assert "Under way" in words(page.main)

    close(pair, pair.mentee, now)
    page = soup(as_mentor.get(reverse("mentorships:mentorship-list")))
    assert "No mentorship at the moment" in words(page.main)
    assert "Look back" in words(page.main)
    assert "Next:" not in words(page.main)


def test_the_list_costs_the_same_for_one_and_three(client, now, count_queries, db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme, places=3)
    client.force_login(mentor.person)
    address = reverse("mentorships:mentorship-list")
    schedule(Pair(programme=programme, mentor=mentor), at=now + 3 * DAY, now=now)
    alone = count_queries(client, address)
    for _ in range(2):
        schedule(Pair(programme=programme, mentor=mentor), at=now + 3 * DAY, now=now)
    assert count_queries(client, address) == alone


# --- The room and its one next step -------------------------------------------------------


def test_a_new_room_asks_what_the_two_expect(as_mentee, pair):
    page = look(as_mentee, pair)
    assert words(page.h1) == "Amara and Helen"
    assert next_step(page) == (
        "What do you expect of each other?",
        ["Answer", "Plan a meeting first"],
    )
    assert "never what you say" in words(page.main)


def test_a_proposal_waits_for_the_others_yes(as_mentor, pair, now):
    propose_terms(pair, pair.mentee, now, purpose="To read echoes.")
    page = look(as_mentor, pair)
    assert next_step(page) == ("What the two of you could agree on", ["Read it"])
    assert "To read echoes." in words(page.main)


def test_ones_own_proposal_asks_nothing_of_oneself(as_mentee, pair, now):
    propose_terms(pair, pair.mentee, now)
    page = look(as_mentee, pair)
    assert next_step(page)[0] == "Find your next time"
    assert "Your proposal is with Helen." in words(page)


def test_offered_times_come_before_everything_that_can_wait(as_mentee, pair, now):
    propose_terms(pair, pair.mentor, now)
    propose(pair, times=[now + DAY, now + 2 * DAY], now=now)
    assert next_step(look(as_mentee, pair)) == ("When suits you?", ["Choose a time"])


def test_who_offered_times_waits(as_mentor, pair, now):
    settle(pair, now)
    propose(pair, times=[now + DAY], now=now)
    assert next_step(look(as_mentor, pair)) == (
        "Your times are on their way",
        ["See or change them"],
    )


def test_a_date_ahead_says_when_where_and_who_brings_the_agenda(as_mentor, pair, now):
    settle(pair, now)
    meeting = schedule(pair, at=now + 3 * DAY, now=now)
    page = look(as_mentor, pair)
    title, buttons = next_step(page)
    assert title == f"{meeting.starts_at:%A} {meeting.starts_at.day} {meeting.starts_at:%B, %H:%M}"
    assert buttons == ["Open the meeting", "Guide", "Move it"]
    assert "Room B12 · agenda: Amara" in words(page.select_one(".card.next"))


def test_times_are_shown_where_the_reader_lives(as_mentor, pair, now):
    pair.mentor.time_zone = "Asia/Kolkata"
    pair.mentor.save()
    noon = (now + 3 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)
    schedule(pair, at=noon, now=now)
    assert next_step(look(as_mentor, pair))[0].endswith("17:30")


def test_a_meeting_whose_time_has_come_asks_whether_they_met(as_mentor, pair, now):
    schedule(pair, at=now - 2 * DAY, now=now - 5 * DAY)
    assert next_step(look(as_mentor, pair)) == (
        "Did you meet?",
        ["Yes, 45 minutes", "Not this time", "It was longer or shorter"],
    )


def test_after_meetings_the_room_suggests_the_next(as_mentor, pair, now):
    settle(pair, now)
    meeting = schedule(pair, at=now - 2 * DAY, now=now - 5 * DAY)
    log_meeting(meeting=meeting, by=pair.mentee, now=now)
    page = look(as_mentor, pair)
    assert next_step(page) == ("Find your next time", ["Offer times"])
    assert "You have met 1 time." in words(page)


def test_after_one_good_talk_nothing_is_owed(client, now, db):
    programme = ProgrammeFactory()
    mentor, mentee = MentorFactory(programme=programme), MenteeFactory(programme=programme)
    talk = Pair.__new__(Pair)
    talk.mentor, talk.mentee = mentor.person, mentee.person
    talk.mentorship = begin(mentor, mentee, form="flash", now=now - 9 * DAY)
    meeting = schedule(talk, at=now - 2 * DAY, now=now - 5 * DAY)
    log_meeting(meeting=meeting, by=talk.mentee, now=now)
    client.force_login(talk.mentee)
    page = look(client, talk)
    assert next_step(page) == ("You have had your talk", [])
    assert "Our agreement" not in words(page)


def test_a_long_silence_offers_four_answers(as_mentee, pair, now):
    services.ask_about_silence(now=now)
    assert next_step(look(as_mentee, pair)) == (
        "How are you two doing?",
        ["Find a time", "We are fine", "Pause", "Finish"],
    )
    response = as_mentee.post(at(pair, "silence-answer"), follow=True)
    assert "Good to know." in words(soup(response))
    assert pair.fresh().silence_asked_at is None


def test_the_room_costs_the_same_for_one_and_three_meetings(as_mentor, pair, now, count_queries):
    propose(pair, times=[now + DAY], now=now)
    alone = count_queries(as_mentor, at(pair, "room"))
    for number in range(2, 4):
        propose(pair, times=[now + number * DAY], now=now)
    assert count_queries(as_mentor, at(pair, "room")) == alone


# --- Agreement ----------------------------------------------------------------------------


def test_one_proposes_the_other_agrees_and_both_see_it(as_mentee, pair, now):
    answer_all(pair.mentorship, now=now)
    page = look(as_mentee, pair, "agreement-propose")
    assert "A court, or whoever runs the server, might." in words(page)
    response = as_mentee.post(at(pair, "agreement-propose"), answers(purpose="To find my feet."))
    assert response["Location"] == at(pair, "room")

    as_mentee.force_login(pair.mentor)
    page = look(as_mentee, pair, "agreement-show")
    assert "Amara proposes" in words(page)
    assert "To find my feet." in words(page)
    as_mentee.post(at(pair, "agreement-agree", 1))
    assert Agreement.objects.get().state == AgreementState.AGREED
    assert "What holds" in words(look(as_mentee, pair, "agreement-show"))
    assert "To find my feet." in words(look(as_mentee, pair))


def test_the_form_begins_with_what_all_gave_and_what_most_pairs_choose(as_mentee, pair, now):
    answer_all(pair.mentorship, now=now)
    page = look(as_mentee, pair, "agreement-propose")
    form = page.select_one("main form")
    chosen = {field["name"]: field["value"] for field in form.select("input[checked]")}
    settled = {
        name: form.select_one(f"input[type=hidden][name={name}]")["value"]
        for name in ("relationship", "meetings_like", "agenda_by")
    }
    picked = {
        field["name"]: field.select_one("option[selected]")["value"]
        for field in form.select("select")
    }
    assert settled == {
        "relationship": "growth",
        "meetings_like": "sit-down",
        "agenda_by": "mentee",
    }
    assert chosen == {"schedules_by": "mentee"}
    assert picked == {
        "rhythm": "monthly",
        "clause_agenda_ahead": "day",
        "clause_cancelling": "soon",
        "clause_note_by": "mentee",
        "clause_reply": "three-days",
    }


def expect(pair, by, **changes):
    services.send_answers(
        mentorship=pair.mentorship, answers=expects(**changes), by=by, now=clock.now()
    )


def test_one_answers_alone_and_finds_the_answers_again(as_mentee, pair):
    given = {"relationship": "career", "meetings_like": "walk", "agenda_by": "together"}
    written = {"agenda_words": "I bring two points."}
    response = as_mentee.post(at(pair, "agreement-answer"), {**given, **written}, follow=True)
    assert "It opens when all of you have answered" in words(soup(response))
    assert "sealed until all of you have answered" in words(look(as_mentee, pair))

    page = look(as_mentee, pair, "agreement-answer")
    chosen = {field["name"]: field["value"] for field in page.select("input[checked]")}
    assert chosen == given
    assert page.select_one("textarea[name=agenda_words]").text.strip() == "I bring two points."
    assert "They open when Helen has answered too" in words(look(as_mentee, pair, "agreement-show"))


def test_the_other_sees_nothing_of_it_anywhere_until_they_have_answered(client, pair):
    expect(pair, pair.mentee, relationship="career", relationship_words="Planted, of a lion.")
    client.force_login(pair.mentor)
    for name in PAGES:
        page = words(soup(client.get(at(pair, name), follow=True)))
        assert "lion" not in page
    assert next_step(look(client, pair))[0] == "What do you expect of each other?"

    expect(pair, pair.mentor)

    assert "Planted, of a lion." in words(look(client, pair, "agreement-show"))
    assert next_step(look(client, pair))[0] == "See what you expect, side by side"


def test_differences_stand_first_each_with_a_question(as_mentor, pair):
    expect(pair, pair.mentee, agenda_by="together")
    expect(pair, pair.mentor, agenda_by="in-turn")

    page = look(as_mentor, pair, "agreement-propose")
    titles = [words(each) for each in page.select("main form section h2")]
    assert titles == [
        "Who brings the agenda? To talk about",
        "What kind of relationship is it? The same",
        "What are your meetings like? The same",
    ]
    assert agreement_choices().talk.agenda in words(page)
    assert agreement_choices().talk.meetings not in words(page)
    offered = [field["value"] for field in page.select("input[name=agenda_by]")]
    assert sorted(offered) == ["in-turn", "together"]


def test_the_same_choice_with_words_of_ones_own_is_still_to_be_talked_about(as_mentor, pair):
    expect(pair, pair.mentee, relationship_words="With an eye on the boards.")
    expect(pair, pair.mentor)
    page = look(as_mentor, pair, "agreement-propose")
    assert words(page.select_one("main form section h2")) == (
        "What kind of relationship is it? To talk about"
    )


def test_an_answer_that_nobody_gave_is_not_taken(as_mentor, pair):
    expect(pair, pair.mentee)
    expect(pair, pair.mentor)
    response = as_mentor.post(at(pair, "agreement-propose"), answers(relationship="teaching"))
    assert response.status_code == 400
    assert not Agreement.objects.exists()


def test_who_comes_to_settle_before_answering_is_led_to_the_questions(as_mentor, pair):
    response = as_mentor.get(at(pair, "agreement-propose"))
    assert response["Location"] == at(pair, "agreement-answer")


def test_the_last_to_answer_sees_both_at_once(as_mentor, pair):
    expect(pair, pair.mentee)
    response = as_mentor.post(
        at(pair, "agreement-answer"),
        {"relationship": "growth", "meetings_like": "walk", "agenda_by": "mentee"},
    )
    assert response["Location"] == at(pair, "agreement-propose")


def test_questions_of_the_programme_are_asked_and_shown(as_mentor, pair, now):
    Policy.objects.update(agreement_questions=["What do you bring along?"])
    answer_all(pair.mentorship, now=now)
    assert "What do you bring along?" in words(look(as_mentor, pair, "agreement-propose"))

    as_mentor.post(at(pair, "agreement-propose"), {**answers(), "extra_0": "Coffee."})

    assert "What do you bring along? Coffee." in words(look(as_mentor, pair, "agreement-show"))


@pytest.mark.parametrize(("kind", "there"), [("scholarship", True), ("growth", False)])
def test_authorship_belongs_to_research_alone(as_mentor, pair, kind, there):
    expect(pair, pair.mentee, relationship=kind)
    expect(pair, pair.mentor, relationship=kind)
    as_mentor.post(at(pair, "agreement-propose"), answers(relationship=kind))
    page = words(look(as_mentor, pair, "agreement-show"))
    assert ("Who is an author, and where" in page) is there


def test_changes_are_shown_line_by_line(as_mentee, pair, now):
    settle(pair, now)
    propose_terms(pair, pair.mentor, now, purpose="To prepare for the boards.")
    page = look(as_mentee, pair, "agreement-show")
    assert [words(each) for each in page.select("del")] == [terms().purpose]
    assert [words(each) for each in page.select("ins")] == ["To prepare for the boards."]


def test_what_holds_prints_on_a_page_and_as_a_tagged_pdf(as_mentee, pair, now):
    settle(pair, now)
    page = words(look(as_mentee, pair, "agreement-print"))
    assert terms().purpose in page
    assert "Either of us may end this at any time" in page
    assert pair.mentor.name in page

    response = as_mentee.get(at(pair, "agreement-download"))

    assert response["Content-Type"] == "application/pdf"
    file = PdfReader(io.BytesIO(response.content))
    text = " ".join(file.pages[0].extract_text().split())
    assert len(file.pages) == 1
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert terms().purpose in text
    assert pair.mentor.name in text


@pytest.mark.parametrize("name", ["agreement-print", "agreement-download"])
def test_before_all_have_agreed_there_is_nothing_to_print(as_mentee, pair, now, name):
    propose_terms(pair, pair.mentee, now)
    response = as_mentee.get(at(pair, name))
    assert "nothing to print before all of you have agreed" in words(soup(response, status=409))


def test_changes_begin_with_what_holds_and_keep_the_versions(as_mentor, pair, now):
    settle(pair, now)
    page = look(as_mentor, pair, "agreement-propose")
    assert "Propose changes" in words(page.h1)
    assert page.select_one("textarea[name=purpose]").text.strip() == terms().purpose
    as_mentor.post(
        at(pair, "agreement-propose"), {**answers(purpose="Another."), "after_version": 1}
    )
    page = look(as_mentor, pair, "agreement-show")
    assert [words(card.h2) for card in page.select(".column .card") if card.h2] == [
        "Your proposal",
        "What holds",
    ]
    services.agree(agreement=Agreement.objects.get(version=2), by=pair.mentee, now=now)
    assert "Earlier version" in words(look(as_mentor, pair, "agreement-show"))


def test_a_review_day_that_has_passed_is_not_proposed_again(as_mentor, pair, now):
    settle(pair, now)
    Agreement.objects.update(review_date=now.date() - DAY)
    assert proposed_review(as_mentor, pair) == now.date() + 180 * DAY


@pytest.mark.parametrize(("days", "chosen"), [([90, 180, 365], 180), ([30, 300], 300), ([], 182)])
def test_the_review_day_proposed_is_the_programmes_own_nearest_to_half_a_year(
    as_mentor, pair, now, days, chosen
):
    Policy.objects.update(review_days=days)
    answer_all(pair.mentorship, now=now)
    assert proposed_review(as_mentor, pair) == now.date() + chosen * DAY


def proposed_review(client, pair):
    page = look(client, pair, "agreement-propose")
    return date.fromisoformat(page.select_one("input[name=review_date]")["value"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"schedules_by": "friends"}, "schedules_by"),
        ({"review_date": "soon"}, "review_date"),
    ],
)
def test_a_form_with_gaps_says_which(as_mentee, pair, now, changes, field):
    answer_all(pair.mentorship, now=now)
    response = as_mentee.post(at(pair, "agreement-propose"), {**answers(), **changes})
    page = soup(response, status=400)
    assert {each.get("name", field) for each in page.select("[aria-invalid=true]")} == {field}
    assert not Agreement.objects.exists()


def test_what_the_service_refuses_becomes_an_error_of_the_form(as_mentor, pair, now):
    propose_terms(pair, pair.mentee, now)
    response = as_mentor.post(at(pair, "agreement-propose"), answers())
    assert "The other has just proposed one" in words(soup(response, status=400))


def test_agreeing_twice_is_a_calm_page(as_mentor, pair, now):
    settle(pair, now)
    response = as_mentor.post(at(pair, "agreement-agree", 1))
    assert "no longer waits" in words(soup(response, status=409))
    assert as_mentor.post(at(pair, "agreement-agree", 7)).status_code == 404


def test_an_empty_agreement_page_offers_a_start(as_mentor, pair):
    assert "Answer them" in words(look(as_mentor, pair, "agreement-show"))


def test_a_group_is_named_by_its_part_where_there_are_several(client, now, db):
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    first, second = MenteeFactory.create_batch(2, programme=programme)
    circle = begin(mentor, first, second, form="circle", now=now)
    propose_agreement(
        mentorship=circle,
        terms=terms(review_date=now.date() + 90 * DAY),
        by=mentor.person,
        now=now,
    )
    client.force_login(mentor.person)
    address = reverse("mentorships:agreement-show", args=[circle.uid])
    assert "Agenda The mentee" in words(soup(client.get(address)))


def test_a_choice_of_an_older_release_is_shown_as_it_was(as_mentor, pair, now):
    settle(pair, now)
    row = Agreement.objects.get()
    row.relationship, row.agenda_by = "apprenticeship", "in-turn"
    row.save()
    page = words(look(as_mentor, pair, "agreement-show"))
    assert "Kind apprenticeship" in page
    assert "Agenda In turn" in page


# --- Ending and undoing -------------------------------------------------------------------


def test_ending_takes_two_taps_and_no_word(as_mentee, pair):
    assert look(as_mentee, pair).select(f'a[href="{at(pair, "mentorship-end")}"]')
    assert "You need no reason" in words(look(as_mentee, pair, "mentorship-end"))
    response = as_mentee.post(at(pair, "mentorship-end"), follow=True)
    title, buttons = next_step(soup(response))
    assert (title, buttons) == ("You have ended this mentorship", ["Undo"])
    ending = Ending.objects.get()
    assert (ending.reason, ending.thanks, ending.told_office) == ("", "", False)


def test_within_the_hour_the_others_pages_are_the_same_as_before(as_mentor, pair, now):
    pages = [*PAGES, "mentorship-list"]

    def seen():
        return [
            words(
                soup(
                    as_mentor.get(
                        reverse(f"mentorships:{name}")
                        if name == "mentorship-list"
                        else at(pair, name),
                        follow=True,
                    )
                ).main
            )
            for name in pages
        ]

    before = seen()
    services.end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now, thanks="Thanks.")
    assert seen() == before


def test_an_ending_is_undone_by_one_button(as_mentee, pair, now):
    services.end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    response = as_mentee.post(at(pair, "ending-undo"), follow=True)
    assert "Undone. Nobody was told" in words(soup(response))
    assert pair.fresh().state == MentorshipState.FORMING


def test_after_the_hour_there_is_no_undo_button(as_mentee, pair, now):
    services.end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now - DAY)
    assert next_step(look(as_mentee, pair)) == ("You have ended this mentorship", [])
    response = as_mentee.post(at(pair, "ending-undo"))
    assert "The hour is over" in words(soup(response, status=409))


def test_who_has_ended_it_finds_no_second_end_page(as_mentee, pair, now):
    services.end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    response = as_mentee.get(at(pair, "mentorship-end"))
    assert "You have ended this mentorship" in words(soup(response, status=409))


@pytest.mark.parametrize("sent", [{"reason": "boredom"}, {"thanks": "x" * 2001}])
def test_words_that_cannot_be_kept_come_back(as_mentee, pair, sent):
    soup(as_mentee.post(at(pair, "mentorship-end"), sent), status=400)
    assert not Ending.objects.exists()


def test_both_keep_a_record_and_each_reads_what_is_theirs(as_mentee, pair, now):
    settle(pair, now - 30 * DAY)
    meeting = schedule(pair, at=now - 20 * DAY, now=now - 25 * DAY)
    log_meeting(meeting=meeting, by=pair.mentor, now=now - 19 * DAY, minutes=50)
    close(pair, pair.mentee, now, reason="goals_reached", thanks="You asked the right question.")

    own = words(look(as_mentee, pair))
    as_mentee.force_login(pair.mentor)
    others = words(look(as_mentee, pair))
    for record in (own, others):
        assert "1, 50 minutes in all" in record
        assert "What you agreed" in record
        assert "You asked the right question." in record
    assert "We reached what we set out for" in own
    assert "We reached what we set out for" not in others
    assert "From Amara" in others
    assert "From Amara" not in own


def test_a_record_without_meetings_agreement_or_words_is_still_whole(as_mentor, pair, now):
    close(pair, pair.mentee, now)
    record = words(look(as_mentor, pair).main)
    assert "None was noted" in record
    assert "What you agreed" not in record
    assert "What you wrote" not in record


# --- Pausing ------------------------------------------------------------------------------


def test_a_pause_and_a_return(as_mentee, pair, now):
    look(as_mentee, pair, "mentorship-pause")
    until = now.date() + 20 * DAY
    as_mentee.post(at(pair, "mentorship-pause"), {"until_date": until.isoformat()})
    title, buttons = next_step(look(as_mentee, pair))
    assert title.startswith("This mentorship is paused until")
    assert buttons == ["Go on"]
    response = as_mentee.post(at(pair, "mentorship-resume"), follow=True)
    assert "Welcome back." in words(soup(response))


def test_the_other_sees_a_pause_without_a_button(as_mentor, pair, now):
    services.pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    assert next_step(look(as_mentor, pair)) == ("This mentorship is paused", [])
    response = as_mentor.get(at(pair, "mentorship-pause"))
    assert response.status_code == 409


def test_a_pause_in_the_past_is_an_error_of_the_form(as_mentee, pair, now):
    sent = {"until_date": (now.date() - DAY).isoformat()}
    page = soup(as_mentee.post(at(pair, "mentorship-pause"), sent), status=400)
    assert "within the next year" in words(page)


# --- Something is not right ---------------------------------------------------------------


def test_not_right_names_the_neutral_person_and_three_ways(as_mentee, pair):
    page = look(as_mentee, pair, "trouble-show")
    assert [words(card.h2) for card in page.select(".column .card")] == [
        "Stop contact now",
        "Talk to somebody who takes no side",
        "Leave",
    ]
    organisation = pair.programme.organisation
    for shown in (
        organisation.neutral_name,
        organisation.neutral_phone,
        organisation.neutral_email,
    ):
        assert shown in words(page)


def test_not_right_is_honest_where_nobody_is_named(as_mentee, pair):
    organisation = pair.programme.organisation
    organisation.neutral_name = organisation.neutral_email = organisation.neutral_phone = ""
    organisation.save()
    page = look(as_mentee, pair, "trouble-show")
    assert "Nobody is named here yet" in words(page)
    assert "call me" not in words(page)
    assert as_mentee.post(at(pair, "call-ask")).status_code == 409


def test_stopping_contact_rests_it_and_the_other_sees_a_plain_pause(as_mentee, pair, now):
    response = as_mentee.post(at(pair, "contact-stop"), follow=True)
    assert "Contact has stopped." in words(soup(response))
    as_mentee.force_login(pair.mentor)
    stopped = words(look(as_mentee, pair).main)

    services.resume_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    services.pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    assert words(look(as_mentee, pair).main) == stopped


def test_asking_for_a_call_tells_the_neutral_person(as_mentee, pair):
    response = as_mentee.post(at(pair, "call-ask"), follow=True)
    assert "knows your name and that you would like a call" in words(soup(response))
    assert Notice.objects.get().address == pair.programme.organisation.neutral_email


def test_after_the_end_one_can_still_talk_to_somebody(as_mentee, pair, now):
    close(pair, pair.mentor, now)
    page = look(as_mentee, pair, "trouble-show")
    assert [words(card.h2) for card in page.select(".column .card")] == [
        "Talk to somebody who takes no side"
    ]


# --- A new evaluation link ----------------------------------------------------------------


@pytest.fixture
def question(pair, now):
    link = EvaluationLinkFactory(
        organisation=pair.programme.organisation,
        evaluator_person=pair.mentor,
        evaluated_person=pair.mentee,
        start_date=now.date(),
    )
    hooks.evaluation_linked.announce(hooks.EvaluationLinked(link.uid, None, now))
    return LinkQuestion.objects.get(membership__participation__person=pair.mentee)


def test_a_question_about_a_link_comes_first_and_is_answered_on_its_page(as_mentee, pair, question):
    assert next_step(look(as_mentee, pair)) == (
        "Does one of you now evaluate the other?",
        ["Read and answer"],
    )
    address = at(pair, "link-answer", question.uid)
    assert "pauses by itself" in words(soup(as_mentee.get(address)))
    as_mentee.post(address, {"answer": "acknowledge"})
    question.refresh_from_db()
    assert question.answer == LinkAnswer.ACKNOWLEDGE
    assert as_mentee.get(address).status_code == 409


def test_a_link_needs_one_of_the_answers(as_mentee, pair, question):
    address = at(pair, "link-answer", question.uid)
    soup(as_mentee.post(address, {"answer": "shrug"}), status=400)
    question.refresh_from_db()
    assert question.answer is None


def test_the_others_question_is_not_there(as_mentor, pair, question):
    assert as_mentor.get(at(pair, "link-answer", question.uid)).status_code == 404


def test_thanks_do_not_reach_who_stopped_contact(as_mentee, pair, now):
    services.stop_contact(mentorship=pair.mentorship, by=pair.mentee, now=now - 3 * HOUR)
    services.end_mentorship(
        mentorship=pair.mentorship, by=pair.mentor, now=now - 2 * HOUR, thanks="A planted word."
    )
    services.finish_endings(now=now)
    assert "planted" not in words(look(as_mentee, pair))
    as_mentee.force_login(pair.mentor)
    assert "planted" in words(look(as_mentee, pair))  # whoever wrote it sees no difference


def test_a_meeting_that_stays_is_seen_while_it_rests(as_mentor, pair, now):
    meeting = schedule(pair, at=now + 3 * DAY, now=now)
    services.pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    page = look(as_mentor, pair)
    assert page.find("a", href=reverse("meetings:meeting-show", args=[meeting.uid]))
    assert "Plan a meeting" not in words(page)


def test_who_has_left_the_programme_sees_no_undo(as_mentee, pair, now):
    pair.mentee_part.refresh_from_db()
    leave = reverse("people:participation-leave", args=[pair.mentee_part.uid])
    assert f"Your mentorship with {pair.mentor.name} ends" in words(soup(as_mentee.get(leave)))
    as_mentee.post(leave)
    title, buttons = next_step(look(as_mentee, pair))
    assert (title, buttons) == ("You have ended this mentorship", [])
