"""The pieces of a profile, each on a page of its own; and what a person keeps to themselves."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.people import queries, rules, services
from mentorwell.people.content import stages, styles, values
from mentorwell.people.enums import BlockKind, Part, Piece
from mentorwell.people.models import (
    Block,
    Draft,
    Exclusion,
    Profile,
    StyleAnswer,
    TopicChoice,
    Window,
)
from mentorwell.web.me import words
from mentorwell.web.me.week import BANDS
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import (
    BlockFactory,
    ExclusionFactory,
    MenteeFactory,
    MentorFactory,
    ProfileFactory,
)
from tests.factories.programmes import SiteFactory, UnitFactory


pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions begin at the moment of the stories."""


@pytest.fixture
def mentee(client):
    return signed_in(client, MenteeFactory(person__time_zone="America/Chicago"))


@pytest.fixture
def mentor(client):
    return signed_in(client, MentorFactory())


def signed_in(client, participation):
    client.force_login(participation.person)
    return participation


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def text(response):
    return " ".join(read(response).get_text(" ").split())


def at(name, *args):
    return reverse(f"people:{name}", args=args)


def values_in(response, selector):
    return [box["value"] for box in read(response).select(selector)]


# --- Story --------------------------------------------------------------------------------


STORY = {"story": "My path", "strengths": "Calm", "hopes": "To teach"}


@pytest.mark.parametrize(
    ("make", "label"),
    [(MenteeFactory, "What should a mentor know about you?"), (MentorFactory, "of your path")],
)
def test_a_story_is_written_and_read_again(make, label, client):
    own = signed_in(client, make())
    assert label in text(client.get(at("story-edit", own.uid)))

    response = client.post(at("story-edit", own.uid), STORY)

    assert response["Location"] == at("me-show")
    own.refresh_from_db()
    assert (own.story, own.strengths, own.hopes) == ("My path", "Calm", "To teach")
    boxes = read(client.get(at("story-edit", own.uid))).select("textarea")
    assert [box.get_text().strip() for box in boxes] == ["My path", "Calm", "To teach"]


def test_a_story_that_is_too_long_is_kept_on_the_page(client, mentee):
    response = client.post(at("story-edit", mentee.uid), {"story": "x" * 2001})

    assert response.status_code == 400
    assert "at most 2000 characters" in text(response)
    assert "x" * 2001 in response.content.decode()


def test_what_is_typed_is_kept_as_a_draft_meanwhile(client, mentee):
    draft = {**STORY, "keep_draft": "yes"}

    fragment = client.post(at("story-edit", mentee.uid), draft, headers=HTMX)

    assert fragment.content.decode().strip() == "Kept as a draft, for you alone."
    mentee.refresh_from_db()
    assert mentee.story == ""
    page = client.get(at("story-edit", mentee.uid))
    assert "This is the draft you left here." in text(page)
    assert read(page).select_one("textarea").get_text().strip() == "My path"


def test_a_draft_is_forgotten_by_a_button_or_by_keeping_the_story(client, mentee):
    draft = {**STORY, "keep_draft": "yes"}
    response = client.post(at("story-edit", mentee.uid), draft)
    assert response["Location"] == at("story-edit", mentee.uid)

    response = client.post(at("draft-drop", mentee.uid), follow=True)
    assert "This is the draft" not in text(response)
    assert not Draft.objects.exists()

    client.post(at("story-edit", mentee.uid), draft)
    client.post(at("story-edit", mentee.uid), STORY)
    assert not Draft.objects.exists()


# --- Topics -------------------------------------------------------------------------------


def test_topics_are_chosen_and_shown_first_the_next_time(client, mentee):
    response = client.post(at("topics-choose", mentee.uid), {"topics": ["cardiology", "first-job"]})

    assert response["Location"] == at("me-show")
    assert queries.topics_chosen(mentee) == ["cardiology", "first-job"]
    page = client.get(at("topics-choose", mentee.uid))
    assert values_in(page, "[name=topics][checked]") == ["cardiology", "first-job"]


def test_each_topic_stands_once_and_private_ones_are_only_found(client, mentee):
    client.post(at("topics-choose", mentee.uid), {"topics": ["cardiology"]})
    page = client.get(at("topics-choose", mentee.uid))
    tree = queries.topic_tree(mentee.programme.organisation_id)
    private = next(topic for topic in tree if topic.opt_in)

    offered = values_in(page, "[name=topics]")
    assert len(offered) == len(set(offered))
    assert set(offered) == {topic.slug for topic in tree if not topic.opt_in}
    found = client.post(at("topics-choose", mentee.uid), {"q": private.name, "find": "yes"})
    assert private.slug in values_in(found, "[name=topics]")


def test_searching_keeps_what_is_ticked_and_saves_nothing(client, mentee):
    response = client.post(
        at("topics-choose", mentee.uid), {"topics": ["first-job"], "q": "heart", "find": "yes"}
    )

    assert response.status_code == 200
    assert values_in(response, "[name=topics][checked]") == ["first-job"]
    assert "cardiology" in values_in(response, "[name=topics]:not([checked])")
    assert read(response).select_one("[name=q]")["value"] == "heart"
    assert not TopicChoice.objects.exists()


def test_searching_as_one_types_answers_the_topics_alone(client, mentee):
    response = client.post(at("topics-choose", mentee.uid), {"q": "heart"}, headers=HTMX)

    assert read(response).find("html") is None
    assert "cardiology" in values_in(response, "#topic-choice [type=checkbox]")


def test_a_search_that_finds_nothing_says_so(client, mentee):
    response = client.post(at("topics-choose", mentee.uid), {"q": "qqqqqq", "find": "yes"})

    assert "Nothing here is called “qqqqqq”." in text(response)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [(["alchemy"], "Select a valid choice"), (["cardiology"] * 2, "only once")],
)
def test_topics_say_what_is_wrong(chosen, sentence, client, mentee):
    response = client.post(at("topics-choose", mentee.uid), {"topics": chosen})

    assert response.status_code == 400
    assert sentence in text(response)


def test_a_mentor_offers_at_least_one_topic(client, mentor):
    response = client.post(at("topics-choose", mentor.uid), {})

    assert response.status_code == 400
    assert "at least one topic" in text(response)


def test_interests_have_a_page_of_their_own(client, mentee):
    client.post(at("interests-choose", mentee.uid), {"topics": ["research"]})

    assert queries.topics_chosen(mentee, interest=True) == ["research"]
    assert queries.topics_chosen(mentee) == []
    page = client.get(at("interests-choose", mentee.uid))
    assert values_in(page, "[name=topics][checked]") == ["research"]


# --- Basics, values, style ----------------------------------------------------------------


def test_a_line_a_stage_and_languages(client, mentee):
    assert client.get(at("basics-edit")).status_code == 200

    client.post(
        at("basics-edit"),
        {"headline": "Late starter", "stage": "medical-student-2", "languages": ["en", "es"]},
    )

    profile = Profile.objects.get(person=mentee.person)
    assert (profile.headline, profile.stage, profile.languages) == (
        "Late starter",
        "medical-student-2",
        ["en", "es"],
    )
    assert values_in(client.get(at("basics-edit")), "[name=languages][checked]") == ["en", "es"]


def test_the_stages_of_ones_own_programme_come_first(client):
    nurse = MenteeFactory(programme__policy__stage_list="nursing")
    signed_in(client, nurse)

    page = BeautifulSoup(client.get(at("basics-edit")).content, "html.parser")
    groups = page.select("[name=stage] optgroup")

    assert groups[0]["label"] == "Nursing and midwifery"
    assert len(groups) == len(stages())


def test_basics_say_what_is_wrong(client, mentee):
    response = client.post(at("basics-edit"), {"stage": "wizard"})

    assert response.status_code == 400
    assert "Select a valid choice" in text(response)


def test_values_are_chosen_and_ordered_by_buttons(client, mentee):
    response = client.post(at("values-order"), {"values": ["hope"], "values_add": "mastery"})
    assert response.status_code == 200
    assert values_in(response, "[type=hidden][name=values]") == ["hope", "mastery"]
    response = client.post(
        at("values-order"), {"values": ["hope", "mastery"], "values_up": "mastery"}
    )
    assert values_in(response, "[type=hidden][name=values]") == ["mastery", "hope"]
    assert not queries.values_of(mentee.person).exists()

    response = client.post(at("values-order"), {"values": ["mastery", "hope"]})

    assert response["Location"] == at("me-show")
    assert [choice.value for choice in queries.values_of(mentee.person)] == ["mastery", "hope"]
    page = client.get(at("values-order"))
    assert values_in(page, "[type=hidden][name=values]") == ["mastery", "hope"]


def test_values_say_what_is_wrong(client, mentee):
    six = [value.slug for value in values()[:6]]

    response = client.post(at("values-order"), {"values": six})

    assert response.status_code == 400
    assert "at most 5" in text(response)


def test_a_mentor_chooses_which_values_to_show(client, mentor):
    response = client.post(at("values-order"), {"values": ["mastery", "hope"]})
    assert response["Location"] == at("values-show")

    response = client.post(
        at("values-show"),
        {"show_hope": "on", "line_hope": "I look for it.", "line_mastery": "Not shown"},
    )

    assert response["Location"] == at("me-show")
    shown = {
        choice.value: (choice.shown, choice.line) for choice in queries.values_of(mentor.person)
    }
    assert shown == {"mastery": (False, ""), "hope": (True, "I look for it.")}
    page = client.get(at("values-show"))
    assert read(page).select_one("[name=line_hope]")["value"] == "I look for it."


def test_there_is_nothing_to_show_before_values_are_chosen(client, mentor):
    assert "Choose your values first" in text(client.get(at("values-show")))


def test_a_value_that_the_deck_lost_is_not_asked_about(client, mentor):
    services.order_values(values=["hope"], by=mentor.person, now=NOW)
    queries.values_of(mentor.person).update(value="chivalry")

    assert "Choose your values first" in text(client.get(at("values-show")))


def test_a_line_that_is_too_long_says_so(client, mentor):
    services.order_values(values=["hope"], by=mentor.person, now=NOW)

    response = client.post(at("values-show"), {"show_hope": "on", "line_hope": "x" * 301})

    assert response.status_code == 400
    assert "at most 300 characters" in text(response)


def test_style_is_answered_as_far_as_one_knows(client, mentee):
    matters = {f"matters_{style.slug}": "1" for style in styles()}

    response = client.post(
        at("style-answer"), {**matters, "structure": "-2", "matters_structure": "2"}
    )

    assert response["Location"] == at("me-show")
    answers = StyleAnswer.objects.values_list("slider", "position", "matters")
    assert list(answers) == [("structure", -2, 2)]
    page = read(client.get(at("style-answer")))
    assert page.select_one("[name=structure][checked]")["value"] == "-2"
    assert page.select_one("[name=matters_structure][checked]")["value"] == "2"
    assert len(page.select("fieldset")) == 16


def test_style_says_what_is_wrong(client, mentee):
    response = client.post(at("style-answer"), {"structure": "5"})

    assert response.status_code == 400
    assert "Select a valid choice" in text(response)


# --- When and where -----------------------------------------------------------------------


def test_where_is_kept(client, mentee):
    site = SiteFactory(organisation=mentee.programme.organisation)
    SiteFactory(name="Far away")
    page = client.get(at("when-edit"))
    assert [option.get_text() for option in read(page).select("[name=site] option")] == [
        "I would rather not say",
        site.name,
    ]

    response = client.post(at("when-edit"), {"part": "where", "site": site.pk, "remote": "no"})

    assert response["Location"] == at("when-edit")
    profile = Profile.objects.get(person=mentee.person)
    assert (profile.site, profile.remote) == (site, False)


def test_the_week_is_ticked_and_neighbours_become_one_time(client, mentee):
    client.post(
        at("when-edit"),
        {"part": "week", "boxes": ["0-0", "0-1", "0-3", "2-5"], "times_change": "on"},
    )

    stored = Window.objects.values_list("weekday", "start_minute", "end_minute")
    assert list(stored) == [(0, 360, 720), (0, 840, 1020), (2, 1200, 1320)]
    assert Profile.objects.get(person=mentee.person).times_change
    page = client.get(at("when-edit"))
    assert values_in(page, "[name=boxes][checked]") == ["0-0", "0-1", "0-3", "2-5"]
    assert "Hours are those of Chicago" in text(page)


def test_times_from_elsewhere_tick_the_boxes_they_mostly_fill(client, mentee):
    services.set_windows(
        windows=[(4, 7 * 60, 10 * 60)], times_change=False, by=mentee.person, now=NOW
    )

    assert values_in(client.get(at("when-edit")), "[name=boxes][checked]") == ["4-0", "4-1"]


def test_the_whole_week_may_be_ticked(client, mentee):
    everything = [f"{day}-{band}" for day in range(7) for band in range(len(BANDS))]

    client.post(at("when-edit"), {"part": "week", "boxes": everything})

    assert Window.objects.count() == 7


def test_each_box_of_the_week_has_a_name(client, mentee):
    boxes = read(client.get(at("when-edit"))).select("[name=boxes]")

    names = [box["aria-label"] for box in boxes]
    assert (len(names), len(set(names)), names[0]) == (42, 42, "Monday, 6 to 8")


def test_days_off_are_added_and_taken_back(client, mentee):
    response = client.post(
        at("when-edit"),
        {"part": "away", "kind": "leave", "start_date": "2030-02-01", "end_date": "2030-02-10"},
        follow=True,
    )
    assert "1 February 2030 to 10 February 2030" in text(response)
    block = Block.objects.get()
    assert (block.person, block.kind) == (mentee.person, BlockKind.LEAVE)

    response = client.post(at("block-remove", block.uid), follow=True)

    assert "On these days you can be mailed again." in text(response)
    assert not Block.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"part": "where", "site": "0"}, "Select a valid choice"),
        ({"part": "week", "boxes": ["9-9"]}, "Select a valid choice"),
        (
            {"part": "away", "kind": "leave", "start_date": "2030-02-02", "end_date": "2030-02-01"},
            "cannot be before the first",
        ),
        (
            {"part": "away", "kind": "leave", "start_date": "2029-02-02", "end_date": "2029-02-03"},
            "over already",
        ),
        ({"part": "away", "kind": "leave"}, "Please fill this in."),
    ],
)
def test_when_and_where_say_what_is_wrong(sent, sentence, client, mentee):
    response = client.post(at("when-edit"), sent)

    assert response.status_code == 400
    assert sentence in text(response)
    assert not Block.objects.exists()
    assert not Window.objects.exists()


def test_another_persons_days_are_not_there(client, mentee):
    assert client.post(at("block-remove", BlockFactory().uid)).status_code == 404


def test_the_unit_is_the_offices_to_say(client, mentee):
    assert "kept by the programme office" not in text(client.get(at("when-edit")))
    Profile.objects.filter(person=mentee.person).update(unit=UnitFactory())

    page = client.get(at("when-edit"))

    assert "kept by the programme office" in text(page)
    assert read(page).select("[name=unit]") == []


# --- People to keep away ------------------------------------------------------------------


@pytest.fixture
def colleague(mentee):
    return ProfileFactory(
        person__name="Dr. Jun Ito", organisation=mentee.programme.organisation
    ).person


def test_somebody_is_kept_away_and_let_back_in(client, mentee, colleague):
    response = client.post(
        at("apart-list"), {"who": "dr. jun ito", "reason": "evaluates_me"}, follow=True
    )
    assert "Dr. Jun Ito They evaluate me" in text(response)
    exclusion = Exclusion.objects.get()
    assert (exclusion.person, exclusion.other) == (mentee.person, colleague)

    client.post(at("apart-remove", exclusion.uid))

    assert not Exclusion.objects.exists()


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("Jun", "We do not find “Jun”"), ("", "Please fill this in."), ("Ito%", "We do not find")],
)
def test_people_are_named_exactly(who, sentence, client, mentee, colleague):
    response = client.post(at("apart-list"), {"who": who, "reason": "please_not"})

    assert response.status_code == 400
    assert sentence in text(response)
    assert "Dr. Jun Ito" not in text(response)


def test_another_persons_wish_is_not_there(client, mentee):
    theirs = ExclusionFactory(other=mentee.person)

    assert client.post(at("apart-remove", theirs.uid)).status_code == 404
    assert theirs.person.name not in text(client.get(at("apart-list")))


def test_evaluators_are_left_out_until_one_says_otherwise(client, mentee):
    assert "are left out of your list" in text(client.get(at("apart-list")))

    response = client.post(at("evaluators-hide"), {"hide": "no"}, follow=True)
    assert "stand last in your list" in text(response)
    assert not Profile.objects.get(person=mentee.person).hide_evaluators

    client.post(at("evaluators-hide"), {"hide": "yes"})
    assert Profile.objects.get(person=mentee.person).hide_evaluators


def test_the_list_of_people_kept_away_costs_the_same_for_one_and_three(
    client, mentee, count_queries
):
    ExclusionFactory(person=mentee.person)
    one = count_queries(client, at("apart-list"))
    ExclusionFactory.create_batch(2, person=mentee.person)

    assert count_queries(client, at("apart-list")) == one


def test_the_list_of_days_off_costs_the_same_for_one_and_three(client, mentee, count_queries):
    BlockFactory(person=mentee.person)
    one = count_queries(client, at("when-edit"))
    BlockFactory.create_batch(2, person=mentee.person)

    assert count_queries(client, at("when-edit")) == one


# --- Who can see what; time zone and language ---------------------------------------------


@pytest.mark.parametrize(
    ("make", "about_mentee", "about_mentor"),
    [(MenteeFactory, True, False), (MentorFactory, False, True)],
)
def test_who_can_see_what_is_said_for_the_parts_one_has(make, about_mentee, about_mentor, client):
    signed_in(client, make())

    page = text(client.get(at("privacy-show")))

    assert ("That you look for a mentor" in page) is about_mentee
    assert ("the values you show" in page) is about_mentor
    assert "Whom you keep away" in page
    assert "A court, or whoever runs the server, might." in page


def test_who_can_see_what_is_open_to_whoever_thinks_of_joining(client):
    client.force_login(UserFactory())

    assert "That you look for a mentor" in text(client.get(at("privacy-show")))


def test_the_time_zone_is_kept(client, mentee):
    assert "Language of pages" not in text(client.get(at("settings-edit")))

    response = client.post(at("settings-edit"), {"part": "zone", "time_zone": "Europe/Lisbon"})

    assert response["Location"] == at("settings-edit")
    mentee.person.refresh_from_db()
    assert mentee.person.time_zone == "Europe/Lisbon"


def test_a_language_is_offered_where_there_are_several(client, mentee, settings):
    settings.LANGUAGES = [("en", "English"), ("pt", "Portuguese")]
    assert "Language of pages" in text(client.get(at("settings-edit")))

    client.post(at("settings-edit"), {"part": "language", "language": "pt"})

    mentee.person.refresh_from_db()
    assert mentee.person.language == "pt"


@pytest.mark.parametrize(
    "sent",
    [{"part": "zone", "time_zone": "Mars/Base"}, {"part": "language", "language": "tlh"}],
)
def test_settings_say_what_is_wrong(sent, client, mentee, settings):
    settings.LANGUAGES = [("en", "English"), ("pt", "Portuguese")]

    response = client.post(at("settings-edit"), sent)

    assert response.status_code == 400
    assert "Select a valid choice" in text(response)


# --- Words --------------------------------------------------------------------------------


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("piece", Piece)
def test_every_piece_has_words_for_every_part(piece, part):
    said = words.words_of(piece, part)

    assert said.used_for.endswith(".")
    assert said.seen_by.endswith(".")


def test_languages_have_words():
    assert set(words.LANGUAGES) == rules.LANGUAGES
