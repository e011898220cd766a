"""A person's own pages: overview, starting, mentoring, places, pausing and leaving."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people import queries, services
from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import Exclusion, Participation, Profile
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory, ProfileFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory


pytestmark = pytest.mark.django_db

S = ParticipationState


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions begin at the moment of the stories."""


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Night School", slug="night-school")


@pytest.fixture
def mentee(client, programme):
    return signed_in(client, MenteeFactory(programme=programme))


@pytest.fixture
def mentor(client, programme):
    return signed_in(client, MentorFactory(programme=programme, places=2))


def signed_in(client, participation):
    client.force_login(participation.person)
    return participation


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def text(response):
    return " ".join(read(response).get_text(" ").split())


def at(name, *args):
    return reverse(f"people:{name}", args=args)


# --- Overview -----------------------------------------------------------------------------


def test_the_overview_offers_one_piece_and_says_what_each_is_for(client, mentee):
    page = read(client.get(at("me-show")))

    assert page.select_one(".card.next h2").get_text() == "What you would like to talk about"
    titles = [title.get_text() for title in page.select(".todo h3")]
    assert titles == [
        "What you would like to talk about",
        "Your story, strengths and hopes",
        "What else you care about",
        "You in a line",
        "Five values, in your order",
        "How you like to work",
        "When and where you can meet",
    ]
    assert all("Seen by:" in line.get_text() for line in page.select(".todo li"))


def test_the_overview_says_what_is_told(client, mentee):
    services.choose_topics(participation=mentee, topics=["cardiology"], by=mentee.person, now=NOW)

    page = read(client.get(at("me-show")))

    links = {a.get_text(): a["href"] for a in page.select(".todo a")}
    assert links["Change: What you would like to talk about"] == at("topics-choose", mentee.uid)
    assert "Tell: You in a line" in links
    assert page.select_one(".card.next h2").get_text() == "Your story, strengths and hopes"


def test_not_now_offers_the_next_piece(client, mentee):
    response = client.post(at("piece-put-off", Piece.TOPICS), follow=True)

    assert "You find it here whenever you like." in text(response)
    assert read(response).select_one(".card.next h2").get_text().startswith("Your story")


def test_a_piece_that_does_not_exist_is_not_there(client, mentee):
    assert client.post(at("piece-put-off", "horoscope")).status_code == 404


@pytest.mark.parametrize(
    ("make", "title", "leads_to"),
    [
        (MenteeFactory, "Three answers, and you see mentors", "start-edit"),
        (MentorFactory, "One screen, and you are a mentor", "mentor-begin"),
    ],
)
def test_whoever_is_invited_is_led_to_their_first_screen(make, title, leads_to, client, programme):
    waiting = signed_in(client, make(programme=programme, state=S.INVITED))

    page = read(client.get(at("me-show")))

    assert page.select_one(".card.next h2").get_text() == title
    target = waiting.uid if leads_to == "start-edit" else "night-school"
    assert page.select_one(".card.next a")["href"] == at(leads_to, target)
    assert "You are invited" in page.get_text()
    assert "In every programme" not in page.get_text()
    assert "Mentor somebody, too?" not in page.get_text()


def test_a_stranger_sees_an_empty_overview(client):
    client.force_login(UserFactory())

    assert "No programme yet" in text(client.get(at("me-show")))


def test_a_pause_and_a_leave_read_as_such(client, mentee):
    Participation.objects.filter(pk=mentee.pk).update(
        state=S.PAUSED, paused_until_date="2030-03-01"
    )
    page = text(client.get(at("me-show")))
    assert "Paused until 1 March" in page
    assert "In every programme" in page

    Participation.objects.filter(pk=mentee.pk).update(state=S.LEFT)
    page = text(client.get(at("me-show")))
    assert "You have left" in page
    assert "In every programme" not in page


def test_a_mentee_is_offered_to_mentor_once(client, mentee):
    assert at("mentor-begin", "night-school") in client.get(at("me-show")).content.decode()

    MentorFactory(programme=mentee.programme, person=mentee.person)

    assert "Mentor somebody, too?" not in text(client.get(at("me-show")))


def test_the_overview_costs_the_same_however_many_parts_one_has(client, mentee, count_queries):
    one = count_queries(client, at("me-show"))
    MenteeFactory(person=mentee.person)
    MenteeFactory(person=mentee.person)

    assert count_queries(client, at("me-show")) == one


def test_the_pages_are_for_those_who_signed_in(client):
    for name in ("me-show", "privacy-show", "values-order", "when-edit", "apart-list"):
        response = client.get(at(name))
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/login/?next={at(name)}",
        )


OWN_PAGES = [
    "start-edit",
    "story-edit",
    "topics-choose",
    "interests-choose",
    "places-edit",
    "participation-pause",
    "participation-leave",
]
OWN_BUTTONS = [
    "draft-drop",
    "participation-confirm",
    "participation-resume",
    "still-taking-answer",
]


@pytest.mark.parametrize("name", OWN_PAGES + OWN_BUTTONS)
def test_another_persons_part_is_not_there(name, client, mentee):
    other = MenteeFactory(programme=mentee.programme)

    assert client.post(at(name, other.uid)).status_code == 404
    if name in OWN_PAGES:
        assert client.get(at(name, other.uid)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["basics-edit", "values-order", "values-show", "style-answer", "when-edit", "apart-list"],
)
def test_pieces_are_for_those_who_were_brought_in(name, client):
    client.force_login(UserFactory())

    assert client.get(at(name)).status_code == 404


# --- The three first answers --------------------------------------------------------------


@pytest.fixture
def newcomer(client, programme):
    return signed_in(client, MenteeFactory(programme=programme, state=S.INVITED))


def test_start_leads_to_the_first_questions_while_there_are_any(client, newcomer):
    assert client.get(at("start-find"))["Location"] == at("start-edit", newcomer.uid)

    Participation.objects.filter(pk=newcomer.pk).update(state=S.READY)

    assert client.get(at("start-find"))["Location"] == at("me-show")


def test_three_answers_make_the_mentee_ready(client, newcomer):
    site = SiteFactory(organisation=newcomer.programme.organisation)
    colleague = ProfileFactory(organisation=newcomer.programme.organisation).person

    response = client.post(
        at("start-edit", newcomer.uid),
        {
            "purposes": ["research", "teaching"],
            "site": site.pk,
            "remote": "yes",
            "apart": f"\n{colleague.email}\n",
        },
    )

    found = f"{reverse('matching:mentor-list')}?programme={newcomer.programme.slug}"
    assert response["Location"] == found
    newcomer.refresh_from_db()
    profile = Profile.objects.get(person=newcomer.person)
    assert (newcomer.state, newcomer.purposes) == (S.READY, ["research", "teaching"])
    assert (profile.site, profile.remote) == (site, True)
    assert Exclusion.objects.get().other == colleague
    assert "Here you find mentors." in text(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "A rough guess is fine."),
        ({"purposes": ["conquest"]}, "Select a valid choice"),
        ({"purposes": ["research"], "apart": "Nobody Known"}, "We do not find “Nobody Known”"),
        ({"purposes": ["research"], "apart": "Two Alike"}, "More than one person"),
        ({"purposes": ["research"], "site": "0"}, "Select a valid choice"),
    ],
)
def test_first_answers_say_what_is_wrong_and_keep_what_was_typed(
    answers, sentence, client, newcomer
):
    for _ in range(2):
        ProfileFactory(person__name="Two Alike", organisation=newcomer.programme.organisation)

    response = client.post(at("start-edit", newcomer.uid), answers)

    assert response.status_code == 400
    assert sentence in text(response)
    assert read(response).select_one("textarea").get_text().strip() == answers.get("apart", "")
    newcomer.refresh_from_db()
    assert newcomer.state == S.INVITED


def test_half_given_answers_are_there_again(client, newcomer):
    answers = {"purposes": ["research"], "remote": "no", "apart": "Some", "keep_draft": "yes"}

    response = client.post(at("start-edit", newcomer.uid), answers)

    assert response["Location"] == at("start-edit", newcomer.uid)
    page = read(client.get(at("start-edit", newcomer.uid)))
    checked = {(box["name"], box["value"]) for box in page.select("input[checked]")}
    assert checked == {("purposes", "research"), ("remote", "no")}
    assert page.select_one("textarea").get_text().strip() == "Some"


def test_answers_can_be_changed_later(client, mentee):
    mentee.purposes = ["research"]
    mentee.save()
    page = read(client.get(at("start-edit", mentee.uid)))
    assert [box["value"] for box in page.select("[name=purposes][checked]")] == ["research"]

    client.post(at("start-edit", mentee.uid), {"purposes": ["leading"]})

    mentee.refresh_from_db()
    assert mentee.purposes == ["leading"]
    assert "Kept." in text(client.get(at("me-show")))


def test_mentors_have_no_first_questions(client, mentor):
    assert client.get(at("start-edit", mentor.uid)).status_code == 404


# --- One screen of a mentor ---------------------------------------------------------------


def test_one_screen_answers_three_barriers_and_makes_a_mentor(client, mentee):
    page = client.get(at("mentor-begin", "night-school"))
    assert [card.get_text() for card in read(page).select(".aside h2")] == [
        "“I have no time.”",
        "“I was never taught how.”",
        "“Nobody will notice.”",
    ]

    response = client.post(
        at("mentor-begin", "night-school"), {"topic": "cardiology", "places": "2"}, follow=True
    )

    assert "Mentees can find you now." in text(response)
    made = Participation.objects.get(part=Part.MENTOR)
    assert (made.person, made.state) == (mentee.person, S.READY)
    assert queries.open_places(made).count() == 2


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"places": "1"}, "Please choose one topic."),
        ({"topic": "alchemy", "places": "1"}, "Select a valid choice"),
        ({"topic": "cardiology", "places": "9"}, "Select a valid choice"),
        ({"topic": "cardiology"}, "Please choose one."),
    ],
)
def test_the_mentor_screen_says_what_is_wrong(answers, sentence, client, mentee):
    response = client.post(at("mentor-begin", "night-school"), answers)

    assert response.status_code == 400
    assert sentence in text(response)
    assert not Participation.objects.filter(part=Part.MENTOR).exists()


def test_searching_a_topic_on_the_mentor_screen_changes_nothing(client, mentee):
    response = client.post(
        at("mentor-begin", "night-school"), {"q": "heart", "places": "3", "find": "yes"}
    )

    page = read(response)
    found = [box["value"] for box in page.select("[name=topic]")]
    assert response.status_code == 200
    assert "cardiology" in found
    assert page.select_one("[name=places][checked]")["value"] == "3"
    assert not Participation.objects.filter(part=Part.MENTOR).exists()


def test_the_mentor_screen_answers_htmx_with_the_topics_alone(client, mentee):
    response = client.post(
        at("mentor-begin", "night-school"), {"q": "heart"}, headers={"HX-Request": "true"}
    )

    assert read(response).find("html") is None
    assert read(response).select_one("#topic-choice [value=cardiology]")["type"] == "radio"


def test_what_the_office_entered_is_confirmed_by_one_button(client, programme):
    office = OfficeRoleFactory(programme=programme).person
    person = ProfileFactory(organisation=programme.organisation).person
    mentor = services.enter_mentor_for(
        programme=programme, person=person, topic="cardiology", places=2, by=office, now=NOW
    )
    client.force_login(person)
    page = read(client.get(at("mentor-begin", "night-school")))
    assert page.select_one(".card.next h2").get_text() == "Cardiology"
    assert "2 places" in page.select_one(".card.next").get_text()

    response = client.post(at("participation-confirm", mentor.uid), follow=True)

    assert "Mentees can find you now." in text(response)
    mentor.refresh_from_db()
    assert mentor.state == S.READY


def test_a_mentor_is_led_on_to_their_places(client, mentor):
    response = client.get(at("mentor-begin", "night-school"))

    assert response["Location"] == at("places-edit", mentor.uid)


def test_the_mentor_screen_of_another_programme_is_not_there(client, mentee):
    ProgrammeFactory(slug="elsewhere")
    OfficeRoleFactory(programme=ProgrammeFactory(slug="my-office"), person=mentee.person)

    for slug in ("elsewhere", "my-office", "nowhere"):
        assert client.get(at("mentor-begin", slug)).status_code == 404


def test_coming_back_leads_to_the_first_answers(client, mentee):
    Participation.objects.filter(pk=mentee.pk).update(state=S.LEFT, left_at=NOW)

    response = client.post(at("participation-confirm", mentee.uid), follow=True)

    assert "A few answers, and you can begin." in text(response)


def test_a_refused_confirmation_is_a_calm_page(client, mentee):
    response = client.post(at("participation-confirm", mentee.uid))

    assert response.status_code == 409
    assert "changed meanwhile" in text(response)


# --- Places, pausing, leaving -------------------------------------------------------------


def test_a_mentor_sets_places(client, mentor):
    page = read(client.get(at("places-edit", mentor.uid)))
    options = [option["value"] for option in page.select("[name=places] option")]
    assert options == ["0", "1", "2", "3"]
    assert page.select_one("option[selected]")["value"] == "2"

    response = client.post(at("places-edit", mentor.uid), {"places": "0"})

    assert response["Location"] == at("places-edit", mentor.uid)
    assert queries.open_places(mentor).count() == 0


def test_places_say_what_is_wrong(client, mentor):
    response = client.post(at("places-edit", mentor.uid), {"places": "7"})

    assert response.status_code == 400
    assert "Select a valid choice" in text(response)
    assert queries.open_places(mentor).count() == 2


def test_a_mentee_has_no_places_to_set(client, mentee):
    page = client.post(at("places-edit", mentee.uid), {"places": "3"})

    assert read(page).select("[name=places]") == []
    assert queries.open_places(mentee).count() == 1
    assert "Pause or leave" in text(page)


def test_who_does_not_take_part_has_nothing_to_set(client, mentor):
    Participation.objects.filter(pk=mentor.pk).update(state=S.PAUSED)

    assert "Nothing to set here now" in text(client.get(at("places-edit", mentor.uid)))


def test_a_pause_and_back(client, mentor):
    response = client.post(
        at("participation-pause", mentor.uid), {"until": "2030-03-01"}, follow=True
    )
    assert "Nobody asks why." in text(response)
    mentor.refresh_from_db()
    assert (mentor.state, str(mentor.paused_until_date)) == (S.PAUSED, "2030-03-01")

    response = client.post(at("participation-resume", mentor.uid), follow=True)

    assert "Welcome back." in text(response)
    mentor.refresh_from_db()
    assert mentor.state == S.READY


@pytest.mark.parametrize(
    ("until", "sentence"), [("2029-01-01", "a day after today"), ("soon", "valid date")]
)
def test_a_pause_says_what_is_wrong(until, sentence, client, mentor):
    response = client.post(at("participation-pause", mentor.uid), {"until": until})

    assert response.status_code == 400
    assert sentence in text(response)
    mentor.refresh_from_db()
    assert mentor.state == S.READY


def test_the_pause_has_a_page_of_its_own(client, mentor):
    assert "Nobody asks for a reason." in text(client.get(at("participation-pause", mentor.uid)))


def test_leaving_takes_a_look_and_a_button(client, mentee):
    assert "need no reason" in text(client.get(at("participation-leave", mentee.uid)))
    mentee.refresh_from_db()
    assert mentee.state == S.READY

    response = client.post(at("participation-leave", mentee.uid), follow=True)

    assert "The door stays open." in text(response)
    mentee.refresh_from_db()
    assert mentee.state == S.LEFT
    assert client.get(at("participation-leave", mentee.uid)).status_code == 404


@pytest.mark.parametrize(
    ("answer", "sentence", "places"),
    [("yes", "Mentees see you again.", 2), ("no", "Your free places are closed", 0)],
)
def test_still_taking_mentees_is_answered_on_the_overview(answer, sentence, places, client, mentor):
    services.ask_still_taking(participation=mentor, now=NOW)
    assert "Still taking mentees?" in text(client.get(at("me-show")))

    response = client.post(at("still-taking-answer", mentor.uid), {"taking": answer}, follow=True)

    assert sentence in text(response)
    assert queries.open_places(mentor).count() == places
    assert client.post(at("still-taking-answer", mentor.uid)).status_code == 409
