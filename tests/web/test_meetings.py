"""Pages of meetings: offer times, choose, move, call off, say whether you met."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from icalendar import Calendar

from mentorwell.accounts import services as accounts
from mentorwell.core.lifecycles import MeetingState
from mentorwell.foundation import clock
from mentorwell.meetings import emails, services
from mentorwell.meetings.models import Meeting
from mentorwell.meetings.services import cancel_meeting, log_meeting, miss_meeting
from mentorwell.people.models import Window
from tests.factories.accounts import UserFactory
from tests.factories.meetings import propose, schedule
from tests.factories.mentorships import Pair
from tests.factories.people import BlockFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return clock.now().replace(second=0, microsecond=0)


@pytest.fixture
def pair(db, now):
    programme = ProgrammeFactory()
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


@pytest.fixture
def planned(pair, now):
    """A date three days ahead."""
    return schedule(pair, at=now + 3 * DAY, now=now)


@pytest.fixture
def behind(pair, now):
    """A date whose time has come."""
    return schedule(pair, at=now - HOUR, now=now - 5 * DAY)


def at(meeting, name="meeting-show"):
    return reverse(f"meetings:{name}", args=[meeting.uid])


def new(pair):
    return reverse("meetings:meeting-propose", args=[pair.mentorship.uid])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def words(found):
    return " ".join(found.get_text(" ").split())


def typed(moment, zone="UTC"):
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def offer(*times, zone="UTC", **more):
    filled = {f"time_{number}": typed(each, zone) for number, each in enumerate(times, start=1)}
    return {"minutes": 45, "where": "Room B12", **filled, **more}


def buttons(page):
    return [words(each) for each in page.main.select(".button") if each.name in {"a", "button"}]


# --- Who gets in --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "meeting-show",
        "times-offer",
        "meeting-move",
        "meeting-cancel",
        "meeting-set",
        "meeting-log",
        "meeting-download",
    ],
)
def test_a_meeting_is_not_there_for_others(client, pair, planned, name):
    assert client.get(at(planned, name)).status_code == 302
    for person in (UserFactory(), Pair(programme=pair.programme).mentor):
        client.force_login(person)
        assert client.get(at(planned, name)).status_code == 404
        assert client.get(new(pair)).status_code == 404


# --- Offering and choosing ----------------------------------------------------------------


def test_times_are_offered_in_ones_own_zone(as_mentor, pair, now):
    pair.mentor.time_zone = "America/New_York"
    pair.mentor.save()
    first, second = now + 3 * DAY, now + 4 * DAY
    response = as_mentor.post(new(pair), offer(second, first, zone="America/New_York"))
    assert response["Location"] == reverse("mentorships:room", args=[pair.mentorship.uid])
    meeting = Meeting.objects.get()
    assert [each.starts_at for each in meeting.offers.all()] == [first, second]
    assert (meeting.time_zone, meeting.minutes, meeting.where) == (
        "America/New_York",
        45,
        "Room B12",
    )


def test_the_form_begins_with_times_of_ones_own_week_and_the_usual_length(as_mentor, pair, now):
    Window.objects.create(
        person=pair.mentor, weekday=3, start_minute=16 * 60, end_minute=18 * 60, time_zone="UTC"
    )
    BlockFactory(
        person=pair.mentor, start_date=now.date() + 7 * DAY, end_date=now.date() + 14 * DAY
    )
    page = soup(as_mentor.get(new(pair)))
    times = [field["value"] for field in page.select("input[type=datetime-local]")]
    assert [time[-5:] for time in times] == ["16:00"] * 3
    assert page.select_one("input[name=minutes]")["value"] == "45"
    assert "A court, or whoever runs the server, might." in words(page)


@pytest.mark.parametrize(
    "sent", [{"time_1": ""}, {"time_1": "tomorrow"}, {"minutes": 1000}, {"where": "x" * 301}]
)
def test_a_form_with_gaps_says_which(as_mentor, pair, now, sent):
    page = soup(as_mentor.post(new(pair), {**offer(now + DAY), **sent}), status=400)
    assert [each["name"] for each in page.select("[aria-invalid=true]")] == list(sent)
    assert not Meeting.objects.exists()


def test_times_that_have_passed_become_an_error_of_the_form(as_mentor, pair, now):
    page = soup(as_mentor.post(new(pair), offer(now - DAY)), status=400)
    assert "Offer times that lie ahead" in words(page)


def test_a_day_on_which_the_other_is_away_is_doubted_once_and_never_explained(as_mentor, pair, now):
    day = (now + 3 * DAY).date()
    BlockFactory(person=pair.mentee, kind="exams", start_date=day, end_date=day)
    assert "anyway" not in words(soup(as_mentor.get(new(pair))))
    page = soup(as_mentor.post(new(pair), offer(now + 3 * DAY)), status=400)
    assert "may not suit" in words(page)
    assert "exams" not in str(page).lower()
    assert not Meeting.objects.exists()
    as_mentor.post(new(pair), offer(now + 3 * DAY, anyway="on"))
    assert Meeting.objects.count() == 1


def test_one_tap_chooses(as_mentee, pair, now):
    meeting = propose(pair, times=[now + DAY, now + 2 * DAY], now=now)
    page = soup(as_mentee.get(at(meeting)))
    assert "When suits you?" in words(page.h1)
    forms = page.select(f'form[action="{at(meeting, "time-choose")}"]')
    chosen = forms[1].select_one("input[name=offer]")["value"]
    as_mentee.post(at(meeting, "time-choose"), {"offer": chosen})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.SCHEDULED, now + 2 * DAY)


@pytest.mark.parametrize("sent", [{}, {"offer": "x"}, {"offer": 10**30}, {"offer": 999_999}])
def test_no_choice_is_a_calm_page(as_mentee, pair, now, sent):
    meeting = propose(pair, times=[now + DAY], now=now)
    response = as_mentee.post(at(meeting, "time-choose"), sent)
    assert "Choose one of the times" in words(soup(response, status=409))


def test_who_offered_sees_no_button_to_choose(as_mentor, pair, now):
    page = soup(as_mentor.get(at(propose(pair, times=[now + DAY], now=now))))
    assert "Times on their way" in words(page.h1)
    assert buttons(page) == ["Call it off", "Length and place", "Offer other times"]


def test_a_time_that_has_passed_says_so(as_mentee, pair, now):
    meeting = propose(pair, times=[now - HOUR, now + DAY], now=now - 5 * DAY)
    page = soup(as_mentee.get(at(meeting)))
    assert "Has passed" in words(page)
    assert len(page.select("input[name=offer]")) == 1


def test_none_suits_so_other_times_are_offered(as_mentee, pair, now):
    meeting = propose(pair, times=[now + DAY], now=now)
    soup(as_mentee.get(at(meeting, "times-offer")))
    as_mentee.post(at(meeting, "times-offer"), offer(now + 5 * DAY))
    assert [each.starts_at for each in meeting.offers.all()] == [now + 5 * DAY]
    soup(as_mentee.post(at(meeting, "times-offer"), offer(now - DAY)), status=400)


# --- A date -------------------------------------------------------------------------------


def test_a_date_shows_where_one_meets_and_how_a_good_talk_goes(as_mentee, planned):
    page = soup(as_mentee.get(at(planned)))
    assert "Room B12" in words(page)
    assert "challenge with permission" in words(page)
    assert buttons(page) == [
        "Call it off",
        "Length and place",
        "Move it",
        "Into my calendar",
        "Write the agenda",
        "Open the guide",
    ]


def test_a_link_to_meet_by_can_be_followed_and_nothing_else_runs(as_mentee, pair, now):
    where = "https://video.example/room <script>alert(1)</script>"
    page = soup(as_mentee.get(at(schedule(pair, at=now + DAY, now=now, where=where))))
    assert page.select_one('.facts a[href="https://video.example/room"]')
    assert "<script>alert" not in str(page)


def test_the_entry_can_be_downloaded(as_mentee, planned):
    response = as_mentee.get(at(planned, "meeting-download"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="meeting.ics"'
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.start == planned.starts_at


def test_what_has_no_date_cannot_be_downloaded(as_mentee, pair, now):
    meeting = propose(pair, times=[now + DAY], now=now)
    assert as_mentee.get(at(meeting, "meeting-download")).status_code == 409


def test_a_date_is_moved(as_mentee, planned, now):
    assert "is off as soon as you send new times" in words(
        soup(as_mentee.get(at(planned, "meeting-move")))
    )
    as_mentee.post(at(planned, "meeting-move"), offer(now + 6 * DAY))
    planned.refresh_from_db()
    assert planned.state == MeetingState.PROPOSED
    assert as_mentee.get(at(planned, "meeting-move")).status_code == 409


def test_a_date_is_called_off_after_a_look(as_mentee, planned):
    page = soup(as_mentee.get(at(planned, "meeting-cancel")))
    assert buttons(page) == ["Call it off", "Move it instead", "Keep it"]
    as_mentee.post(at(planned, "meeting-cancel"))
    planned.refresh_from_db()
    assert planned.state == MeetingState.CANCELLED
    assert "This meeting is off" in words(soup(as_mentee.get(at(planned))))
    assert as_mentee.get(at(planned, "meeting-cancel")).status_code == 409


def test_a_proposal_is_called_off_without_a_date_to_move(as_mentor, pair, now):
    meeting = propose(pair, times=[now + DAY], now=now)
    page = soup(as_mentor.get(at(meeting, "meeting-cancel")))
    assert buttons(page) == ["Call it off", "Keep it"]


# --- Whether they met ---------------------------------------------------------------------


def test_one_touch_says_that_they_met(as_mentee, behind):
    page = soup(as_mentee.get(at(behind)))
    assert buttons(page)[:3] == ["Yes, 45 minutes", "Not this time", "It was longer or shorter"]
    as_mentee.post(at(behind, "meeting-log"), {"held": "yes"})
    behind.refresh_from_db()
    assert (behind.state, behind.minutes_held) == (MeetingState.HELD, 45)
    page = soup(as_mentee.get(at(behind)))
    assert "You met" in words(page)
    assert buttons(page) == [
        "We did not meet after all",
        "Write what stays",
        "Open the guide",
    ]


def test_a_length_can_be_said(as_mentee, behind):
    assert "never what you said" in words(soup(as_mentee.get(at(behind, "meeting-log"))))
    as_mentee.post(at(behind, "meeting-log"), {"held": "yes", "minutes": 70})
    behind.refresh_from_db()
    assert behind.minutes_held == 70


def test_one_touch_says_that_they_did_not_and_it_can_be_corrected(as_mentee, behind):
    as_mentee.post(at(behind, "meeting-log"), {"held": "no"})
    behind.refresh_from_db()
    assert behind.state == MeetingState.MISSED
    page = soup(as_mentee.get(at(behind)))
    assert "It did not take place" in words(page)
    assert buttons(page) == [
        "Yes, 45 minutes",
        "It was longer or shorter",
        "Same hour, next weeks",
    ]
    as_mentee.post(at(behind, "meeting-log"), {"held": "yes"})
    behind.refresh_from_db()
    assert behind.state == MeetingState.HELD


@pytest.mark.parametrize("sent", [{}, {"held": "maybe"}, {"held": "yes", "minutes": 0}])
def test_no_answer_comes_back(as_mentee, behind, sent):
    soup(as_mentee.post(at(behind, "meeting-log"), sent), status=400)
    behind.refresh_from_db()
    assert behind.state == MeetingState.SCHEDULED


def test_what_lies_ahead_is_not_logged(as_mentee, planned):
    response = as_mentee.post(at(planned, "meeting-log"), {"held": "yes"})
    assert "lies ahead" in words(soup(response, status=409))


def test_the_room_says_of_each_meeting_how_it_went(as_mentee, pair, now):
    log_meeting(
        meeting=schedule(pair, at=now - 9 * DAY, now=now - 20 * DAY), by=pair.mentee, now=now
    )
    miss_meeting(
        meeting=schedule(pair, at=now - 5 * DAY, now=now - 20 * DAY), by=pair.mentee, now=now
    )
    cancel_meeting(meeting=schedule(pair, at=now + DAY, now=now), by=pair.mentee, now=now)
    schedule(pair, at=now + 2 * DAY, now=now)
    propose(pair, by=pair.mentee, times=[now + 3 * DAY], now=now)
    page = soup(as_mentee.get(reverse("mentorships:room", args=[pair.mentorship.uid])))
    lines = [words(line) for line in page.select(".card li.row")]
    assert len(lines) == 4
    for said, line in zip(
        ["1 time to choose from", "Both confirmed", "Did not take place", "You met"],
        sorted(
            lines, key=lambda line: ("time to" not in line, "Both" not in line, "not" not in line)
        ),
        strict=True,
    ):
        assert said in line


# --- Length, place, and second thoughts ---------------------------------------------------


def test_a_place_is_added_to_a_date(as_mentee, planned):
    page = soup(as_mentee.get(at(planned)))
    assert "Length and place" in buttons(page)
    form = soup(as_mentee.get(at(planned, "meeting-set"))).main
    assert form.find(id="id_minutes")["value"] == "45"
    response = as_mentee.post(
        at(planned, "meeting-set"),
        {"minutes": 50, "where": "https://example.org/talk"},
        follow=True,
    )
    page = soup(response)
    assert page.main.find("a", href="https://example.org/talk")
    assert "50 minutes" in words(page.main)
    assert "Kept." in words(page)


def test_a_length_that_cannot_be_is_explained_and_nothing_is_kept(as_mentee, planned):
    response = as_mentee.post(at(planned, "meeting-set"), {"minutes": 2, "where": "Elsewhere"})
    assert soup(response, status=400).find(id="id_minutes")["aria-invalid"] == "true"
    assert Meeting.objects.get().where == "Room B12"


def test_times_that_have_passed_lead_to_new_ones_for_both(client, pair, now):
    lapsed = propose(pair, times=[now - HOUR], now=now - 5 * DAY)
    room = reverse("mentorships:room", args=[pair.mentorship.uid])
    for person in (pair.mentor, pair.mentee):
        client.force_login(person)
        page = soup(client.get(room))
        assert "Those times have passed" in words(page.main)
        assert page.main.find("a", href=at(lapsed, "times-offer"))
        assert "Those times have passed" in words(soup(client.get(at(lapsed))).main)


def test_a_meeting_that_was_noted_by_mistake_is_taken_back(as_mentor, pair, behind, now):
    log_meeting(meeting=behind, by=pair.mentee, now=now)
    page = soup(as_mentor.get(at(behind)))
    assert "We did not meet after all" in buttons(page)
    as_mentor.post(at(behind, "meeting-log"), {"held": "no"})
    behind.refresh_from_db()
    assert behind.state == MeetingState.MISSED


def test_calling_off_says_who_learns_of_it(as_mentor, pair, planned, now):
    offered = propose(pair, times=[now + 9 * DAY], now=now)
    assert "is told, and no reason" in words(soup(as_mentor.get(at(planned, "meeting-cancel"))))
    assert "nobody is mailed" in words(soup(as_mentor.get(at(offered, "meeting-cancel"))))


def test_whoever_offers_times_reads_how_often_pairs_mean_to_meet(as_mentor, pair):
    assert "pairs here mean to meet: every month." in words(soup(as_mentor.get(new(pair))))


# --- Agenda, what stays, and the mailed link --------------------------------------------------------


def test_an_agenda_is_written_a_point_a_line_and_read_by_the_other(client, pair, planned):
    client.force_login(pair.mentee)
    response = client.post(at(planned, "agenda-edit"), {"points": "One.\n\n  Two. \n"}, follow=True)
    assert "The others of you can read it" in words(soup(response))
    page = soup(client.get(at(planned, "agenda-edit")))
    assert page.select_one("textarea[name=points]").text.strip().split("\n") == ["One.", "Two."]

    client.force_login(pair.mentor)
    page = soup(client.get(at(planned)))
    assert "One." in words(page)
    assert "Write the agenda" not in words(page)
    assert "brings the agenda" in words(soup(client.get(at(planned, "agenda-edit")), status=409))


def test_a_point_is_ticked_and_unticked(as_mentee, pair, planned, now):
    services.set_agenda(meeting=planned, points=["One."], by=pair.mentee, now=now)
    point = planned.points.get()
    tick = reverse("meetings:point-tick", args=[point.uid])
    for _ in range(2):  # a double tap is one
        as_mentee.post(tick)
        assert "(talked about)" in words(soup(as_mentee.get(at(planned))))
    as_mentee.post(tick, {"undo": "yes"})
    assert "(talked about)" not in words(soup(as_mentee.get(at(planned))))


@pytest.fixture
def held(pair, behind, now):
    log_meeting(meeting=behind, by=pair.mentee, now=now)
    return behind


def test_what_stays_is_asked_right_after_one_has_said_that_one_met(as_mentee, behind):
    response = as_mentee.post(at(behind, "meeting-log"), {"held": "yes"})
    assert response["Location"] == at(behind, "meeting-keep")


def test_what_stays_is_kept_and_shown(client, pair, held):
    me = pair.member(pair.mentee).pk
    client.force_login(pair.mentee)
    client.post(
        at(held, "meeting-keep"),
        {"takeaway": "Ask first.", "step_1": "Call the lab.", "owner_1": me, "listened": "1"},
    )
    page = words(soup(client.get(at(held))))
    assert "You Ask first." in page
    assert "Call the lab. Yours" in page
    assert "you listened more than you talked" in page

    client.force_login(pair.mentor)
    page = words(soup(client.get(at(held))))
    assert "Ask first." in page
    assert "listened more" not in page


def test_a_form_of_what_stays_begins_with_what_was_said(as_mentee, pair, held, now):
    services.keep_of_meeting(
        meeting=held, takeaway="Ask first.", steps=[], listened=-2, by=pair.mentee, now=now
    )
    page = soup(as_mentee.get(at(held, "meeting-keep")))
    assert page.select_one("textarea[name=takeaway]").text.strip() == "Ask first."
    assert page.select_one("input[name=listened][checked]")["value"] == "-2"


def test_a_step_is_settled_from_the_room_and_opened_again(as_mentee, pair, held, now):
    services.keep_of_meeting(
        meeting=held,
        takeaway="",
        steps=[services.NextStep("Call the lab.", pair.member(pair.mentee).pk)],
        listened=None,
        by=pair.mentee,
        now=now,
    )
    step = held.steps.get()
    room = reverse("mentorships:room", args=[pair.mentorship.uid])
    assert "Call the lab." in words(soup(as_mentee.get(room)).main)
    settle = reverse("meetings:step-settle", args=[step.uid])
    as_mentee.post(settle, {"to": "done"})
    assert "Call the lab." not in words(soup(as_mentee.get(room)).main)
    assert "Call the lab. Done" in words(soup(as_mentee.get(at(held))))
    as_mentee.post(settle, {"to": "open"})
    assert "Call the lab." in words(soup(as_mentee.get(room)).main)
    assert as_mentee.post(settle, {"to": "sold"}).status_code == 409


def test_a_missed_meeting_is_offered_again_in_one_touch(as_mentee, behind):
    as_mentee.post(at(behind, "meeting-log"), {"held": "no", "because": "busy"})
    assert "The ward decided otherwise" in words(soup(as_mentee.get(at(behind))))
    as_mentee.post(at(behind, "meeting-again"))
    assert Meeting.objects.get(state=MeetingState.PROPOSED).offers.count() == 2


def mailed(person, meeting, now):
    secret = accounts.make_link(
        person=person,
        action=emails.LOG,
        target_uid=meeting.uid,
        now=now,
        lifetime=emails.LOG_LIFETIME,
    )
    return reverse("meetings:log-by-link", args=[secret])


def test_opening_the_mailed_link_changes_nothing_and_its_button_does(client, pair, behind, now):
    address = mailed(pair.mentee, behind, now)
    for look in (client.head, client.get, client.get):
        assert look(address).status_code == 200
    behind.refresh_from_db()
    assert behind.state == MeetingState.SCHEDULED
    assert pair.mentor.first_name not in words(soup(client.get(address)))

    response = client.post(address, {"held": "yes"}, follow=True)

    assert "Good. It counts." in words(soup(response))
    behind.refresh_from_db()
    assert (behind.state, behind.minutes_held) == (MeetingState.HELD, 45)
    assert "has done its work" in words(soup(client.get(address), status=410))


def test_a_link_whose_question_another_has_answered_says_so(client, pair, behind, now):
    address = mailed(pair.mentee, behind, now)
    log_meeting(meeting=behind, by=pair.mentor, now=now)
    assert "somebody has said already" in words(soup(client.get(address), status=410))


def test_a_wrong_length_comes_back_and_the_link_stays_whole(client, pair, behind, now):
    address = mailed(pair.mentee, behind, now)
    soup(client.post(address, {"held": "yes", "minutes": 9999}), status=400)
    assert client.post(address, {"held": "no"}).status_code == 302


def test_thanks_for_an_answer_name_nobody_and_know_two_ways(client, db):
    done = reverse("meetings:log-done", args=["missed"])
    assert "That happens." in words(soup(client.get(done)))
    assert client.get(reverse("meetings:log-done", args=["sold"])).status_code == 404


# --- The guide --------------------------------------------------------------------------------------


def test_the_guide_goes_from_listening_to_a_next_step_in_the_minutes_of_the_meeting(
    client, pair, planned
):
    client.force_login(pair.mentor)
    page = soup(client.get(at(planned, "guide-show")))
    summaries = [words(each) for each in page.select(".guide > details > summary")]
    assert summaries == [
        "Listen · minute 0 to 6",
        "Observe · minute 6 to 14",
        "Ask openly · minute 14 to 28",
        "Encourage · minute 28 to 33",
        "Challenge, with permission · minute 33 to 40",
        "Next step · minute 40 to 45",
    ]
    assert "Leave: Solving it at once" in words(page)
    assert all(len(each.select("li")) == 3 for each in page.select(".questions"))


def test_the_mentee_reads_a_guide_of_their_own(as_mentee, planned):
    page = words(soup(as_mentee.get(at(planned, "guide-show"))))
    assert "You may say: not today." in page
    assert "Leave:" not in page


@pytest.mark.parametrize(("asked", "shown"), [("15", "15"), ("60", "60"), ("7", "45"), ("x", "45")])
def test_another_length_has_other_minutes(as_mentee, planned, asked, shown):
    page = soup(as_mentee.get(at(planned, "guide-show"), {"minutes": asked}))
    assert page.select_one("[data-guide]")["data-guide"] == shown
    assert page.select_one(".tabs [aria-current]").text.strip() == f"{shown} min"


def test_no_two_talks_of_a_pair_have_the_same_questions(as_mentee, pair, planned, now):
    def questions(meeting):
        page = soup(as_mentee.get(at(meeting, "guide-show")))
        return {
            frozenset(words(each) for each in t.select("li")) for t in page.select(".questions")
        }

    behind = schedule(pair, at=now - DAY, now=now - 9 * DAY)  # nobody has logged it
    after = schedule(pair, at=now + 9 * DAY, now=now)
    offered = [propose(pair, times=[now + days * DAY], now=now + days * HOUR) for days in (12, 13)]
    seen = [questions(each) for each in (behind, planned, after, *offered)]
    assert questions(planned) == seen[1]
    assert sum(map(len, seen)) == len(set().union(*seen))


def test_the_guide_begins_with_what_the_two_have_on_their_list(as_mentee, pair, planned, now):
    services.set_agenda(meeting=planned, points=["The rota."], by=pair.mentee, now=now)
    assert "The rota." in words(soup(as_mentee.get(at(planned, "guide-show"))))


# --- One's own calendar -----------------------------------------------------------------------------


def test_an_address_is_made_shown_once_and_read_without_signing_in(client, pair, planned):
    client.force_login(pair.mentee)
    page = soup(client.post(reverse("meetings:feed-edit"), {"do": "make"}))
    address = page.select_one("#feed-address")["value"]
    assert address not in str(soup(client.get(reverse("meetings:feed-edit"))))

    client.logout()
    path = address.removeprefix("http://localhost:8000")
    path = "/" + address.split("/", 3)[3]
    response = client.get(path)
    assert response["Content-Type"].startswith("text/calendar")
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert str(planned.uid) in response.content.decode()
    again = client.get(path, HTTP_IF_NONE_MATCH=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).status_code == 200
    assert client.get(path.replace("calendar/", "calendar/x")).status_code == 404


def test_an_address_names_nobody_unless_asked_to_and_is_taken_away(client, pair, planned):
    client.force_login(pair.mentee)
    edit = reverse("meetings:feed-edit")
    address = soup(client.post(edit, {"do": "make"})).select_one("#feed-address")["value"]
    path = "/" + address.split("/", 3)[3]
    assert "Helen" not in client.get(path).content.decode()
    client.post(edit, {"do": "name"})
    assert "Helen" in client.get(path).content.decode()
    client.post(edit, {"do": "hide"})
    assert "Helen" not in client.get(path).content.decode()
    client.post(edit, {"do": "stop"})
    assert client.get(path).status_code == 404
    assert client.post(edit, {"do": "burn"}).status_code == 400
    assert client.post(edit, {"do": "stop"}).status_code == 409


def test_what_the_others_clock_shows_stands_beside_a_time(client, pair, now):
    pair.mentor.time_zone = "Asia/Kolkata"
    pair.mentor.save()
    meeting = propose(pair, times=[now.replace(hour=20, minute=0) + 2 * DAY], now=now)
    client.force_login(pair.mentee)
    page = words(soup(client.get(at(meeting))))
    assert "01:30 for Helen" in page
