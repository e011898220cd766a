"""Finding, looking at and comparing mentors."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.matching import services
from mentorwell.matching.models import HelpRequest, PlaceWish, WhatMatters
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import (
    EvaluationLink,
    Exclusion,
    Participation,
    Profile,
    StyleAnswer,
    TopicChoice,
    ValueChoice,
)
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.matching import (
    HelpRequestFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

LIST = reverse("matching:mentor-list")


@pytest.fixture
def programme():
    return open_programme()


@pytest.fixture
def mentee(programme, client):
    mentee = MenteeFactory(programme=programme, looking_since=NOW)
    client.force_login(mentee.person)
    return mentee


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def names(response):
    return [card.h2.text for card in page_of(response).select("article.person")]


def mentor(programme, name, **more):
    return MentorFactory(programme=programme, person__name=name, **more)


def show(one):
    return reverse("matching:mentor-show", args=[one.uid])


def compare(one, other):
    return f"{reverse('matching:mentor-compare')}?a={one.uid}&b={other.uid}"


# --- The list -----------------------------------------------------------------------------


def test_the_list_puts_those_first_who_fit_best(client, programme, mentee):
    TopicChoice.objects.create(participation=mentee, topic="cardiology")
    away, close = mentor(programme, "Dr. A. Way"), mentor(programme, "Dr. C. Lose")
    TopicChoice.objects.create(participation=close, topic="cardiology")
    TopicChoice.objects.create(participation=away, topic="nephrology")

    assert names(client.get(LIST)) == ["Dr. C. Lose", "Dr. A. Way"]


def test_what_matters_is_kept_and_the_list_follows_at_once(client, programme, mentee):
    site = SiteFactory(organisation=programme.organisation)
    near, keen = mentor(programme, "Dr. Near"), mentor(programme, "Dr. Keen")
    Profile.objects.filter(person__in=[near.person, mentee.person]).update(site=site)
    Profile.objects.filter(person=keen.person).update(
        site=SiteFactory(organisation=programme.organisation), remote=False
    )
    TopicChoice.objects.create(participation=mentee, topic="cardiology")
    TopicChoice.objects.create(participation=keen, topic="cardiology")
    TopicChoice.objects.create(participation=near, topic="nephrology")
    levels = {"interest": 3, "proximity": 0, "values": 0, "style": 0}

    first = client.post(LIST, levels, headers={"HX-Request": "true"})
    second = client.post(
        LIST, levels | {"interest": 0, "proximity": 3}, headers={"HX-Request": "true"}
    )

    assert names(first) == ["Dr. Keen", "Dr. Near"]
    assert names(second) == ["Dr. Near", "Dr. Keen"]
    assert b"<html" not in second.content
    assert WhatMatters.objects.values_list("interest", "proximity").get() == (0, 3)


def test_what_matters_works_without_javascript(client, mentee):
    levels = {"interest": 3, "proximity": 0, "values": 1, "style": 0}

    response = client.post(f"{LIST}?meets=remote", levels)

    assert (response.status_code, response["Location"]) == (302, f"{LIST}?meets=remote")
    page = page_of(client.get(LIST))
    chosen = {field["name"]: field["value"] for field in page.select("input[checked]")}
    assert chosen == {name: str(level) for name, level in levels.items()}


def test_what_matters_refuses_a_level_that_does_not_exist(client, mentee):
    client.post(LIST, {"interest": 9, "proximity": 0, "values": 0, "style": 0})

    assert WhatMatters.objects.count() == 0


def test_the_list_is_narrowed_by_topic_with_all_that_lies_below_it(client, programme, mentee):
    for name, topic in (("Dr. Heart", "cardiology"), ("Dr. Kidney", "nephrology")):
        TopicChoice.objects.create(participation=mentor(programme, name), topic=topic)

    assert names(client.get(LIST, {"topic": "cardiology"})) == ["Dr. Heart"]
    assert set(names(client.get(LIST, {"topic": "clinical"}))) >= {"Dr. Heart", "Dr. Kidney"}


def test_the_list_is_narrowed_by_site_and_by_how_to_meet(client, programme, mentee):
    main, north = (SiteFactory(organisation=programme.organisation) for _ in range(2))
    here, there = mentor(programme, "Dr. Here"), mentor(programme, "Dr. There")
    Profile.objects.filter(person__in=[here.person, mentee.person]).update(site=main)
    Profile.objects.filter(person=there.person).update(site=north, remote=True)

    assert names(client.get(LIST, {"site": north.pk})) == ["Dr. There"]
    assert names(client.get(LIST, {"meets": "remote"})) == ["Dr. There"]
    assert names(client.get(LIST, {"meets": "in_person"})) == ["Dr. Here"]
    assert len(names(client.get(LIST, {"meets": "no such thing", "site": "x"}))) == 2


def test_the_list_comes_in_pages(client, programme, mentee):
    for number in range(13):
        mentor(programme, f"Dr. {number}")

    first, second = (names(client.get(LIST, {"page": page})) for page in (1, 2))

    assert (len(first), len(second), len({*first, *second})) == (12, 1, 13)


def test_the_list_leaves_out_whoever_may_not_be_paired(client, programme, mentee):
    excluded, linked = mentor(programme, "Dr. Not"), mentor(programme, "Dr. Director")
    mentor(programme, "Dr. Paused", state=ParticipationState.PAUSED)
    mentor(programme, "Dr. Hidden", hidden_at=NOW)
    mentor(programme, "Dr. Yes")
    Exclusion.objects.create(person=excluded.person, other=mentee.person)
    EvaluationLink.objects.create(
        organisation=programme.organisation,
        kind=LinkKind.NEVER,
        relation=Relation.DIRECTOR,
        evaluator_person=linked.person,
        evaluated_person=mentee.person,
        start_date=NOW.date(),
        checked_date=NOW.date(),
    )

    assert names(client.get(LIST)) == ["Dr. Yes"]


def link(programme, evaluator, evaluated, kind=LinkKind.DISCLOSE):
    return EvaluationLink.objects.create(
        organisation=programme.organisation,
        kind=kind,
        relation=Relation.ROTATION,
        evaluator_person=evaluator.person,
        evaluated_person=evaluated.person,
        start_date=NOW.date(),
        checked_date=NOW.date(),
    )


def test_a_link_added_after_the_snapshot_hides_the_mentor_at_once(client, programme, mentee):
    one, _ = mentor(programme, "Dr. Soon Gone"), mentor(programme, "Dr. Stays")
    assert len(names(client.get(LIST))) == 2
    version = Programme.objects.get(pk=programme.pk).pool_version

    link(programme, one, mentee, LinkKind.NEVER)

    assert Programme.objects.get(pk=programme.pk).pool_version == version  # the snapshot is kept
    assert names(client.get(LIST)) == ["Dr. Stays"]
    assert client.get(show(one)).status_code == 404


def test_places_taken_after_the_snapshot_show_at_once(client, programme, mentee):
    one = mentor(programme, "Dr. Full Soon")
    client.get(LIST)
    for _ in range(2):
        invite(MenteeFactory(programme=programme), one)

    assert "Tell me when a place is free" in page_of(client.get(LIST)).text


def test_whoever_evaluates_me_is_hidden_unless_i_want_otherwise(client, programme, mentee):
    one = mentor(programme, "Dr. Rotation")
    link(programme, one, mentee)
    hidden = names(client.get(LIST))

    Profile.objects.filter(person=mentee.person).update(hide_evaluators=False)

    assert (hidden, names(client.get(LIST))) == ([], ["Dr. Rotation"])


def test_a_disclosed_link_is_said_in_words_and_sorted_last(client, programme, mentee):
    Profile.objects.filter(person=mentee.person).update(hide_evaluators=False)
    TopicChoice.objects.create(participation=mentee, topic="cardiology")
    linked = mentor(programme, "Dr. Best Fit")
    TopicChoice.objects.create(participation=linked, topic="cardiology")
    mentor(programme, "Dr. Other")
    link(programme, linked, mentee)

    response = client.get(LIST)

    assert names(response) == ["Dr. Other", "Dr. Best Fit"]
    chips = [card.select_one(".chips").text for card in page_of(response).select("article.person")]
    assert "No evaluation link known, not checked yet" in chips[0]
    assert "Best evaluates you in a rotation" in chips[1]


def test_a_card_says_what_one_can_do(client, programme, mentee):
    asked, full, lately = (mentor(programme, f"Dr. {name}") for name in ("Asked", "Full", "Lately"))
    Participation.objects.filter(pk=full.pk)[0].places.update(closed_at=NOW)
    invite(mentee, asked)
    invitation = invite(mentee, lately)
    services.decline_invitation(invitation=invitation, answer="not_now", by=lately.person, now=NOW)

    cards = {card.h2.text: card for card in page_of(client.get(LIST)).select("article.person")}

    assert "Your invitation" in cards["Dr. Asked"].footer.text
    assert "Tell me when a place is free" in cards["Dr. Full"].footer.text
    assert "You can ask again from 9 April 2030" in cards["Dr. Lately"].footer.text


def test_promptness_is_said_only_where_answers_show_it(client, programme, mentee):
    Programme.objects.filter(pk=programme.pk).update(search_opens_date=NOW - timedelta(days=9))
    programme.refresh_from_db()
    prompt, new = mentor(programme, "Dr. Prompt", places=3), mentor(programme, "Dr. New")
    for _ in range(3):
        sent = invite(MenteeFactory(programme=programme), prompt, now=NOW - timedelta(days=2))
        services.decline_invitation(
            invitation=sent, answer="not_now", by=prompt.person, now=NOW - timedelta(days=1)
        )

    cards = {card.h2.text: card.text for card in page_of(client.get(LIST)).select("article.person")}

    assert "Answers within 3 days" in cards[prompt.person.name]
    assert "Answers within 3 days" not in cards[new.person.name]


def test_scarcity_is_told_once_enough_are_looking(client, programme, mentee):
    mentor(programme, "Dr. Only")
    for _ in range(3):
        MenteeFactory(programme=programme)
    few = page_of(client.get(LIST)).text
    MenteeFactory(programme=programme)

    assert "looking." not in few
    assert "1 place, 5 looking." in page_of(client.get(LIST)).text


def test_before_the_search_opens_the_page_says_what_it_waits_for(client):
    mentee = MenteeFactory(programme=ProgrammeFactory(search_opens_date=NOW.date() + timedelta(1)))
    MentorFactory(programme=mentee.programme)
    client.force_login(mentee.person)

    response = client.get(LIST)

    assert names(response) == []
    assert (
        "The search opens on 10 January 2030, or as soon as 8 mentors are ready; 1 of 8 are by now."
    ) in page_of(response).text


def test_the_page_says_that_mentors_opened_the_search(client):
    mentee = MenteeFactory(programme=ProgrammeFactory(policy__search_opens_at_ready=1))
    mentor(mentee.programme, "Dr. First")
    client.force_login(mentee.person)

    assert "The search is open: 1 mentor is ready." in page_of(client.get(LIST)).text


def test_who_is_not_looking_is_led_to_the_first_questions(client):
    client.force_login(UserFactory())

    assert "You are not looking just now" in page_of(client.get(LIST)).text


def test_a_programme_of_ones_own_can_be_named(client, programme, mentee):
    other = MenteeFactory(person=mentee.person, programme=open_programme())
    mentor(programme, "Dr. First Programme")
    mentor(other.programme, "Dr. Second Programme")

    response = client.get(LIST, {"programme": other.programme.slug})

    assert names(response) == ["Dr. Second Programme"]


def test_the_list_needs_signing_in(client):
    assert client.get(LIST).status_code == 302


def test_the_list_without_a_mentor(client, mentee):
    assert "Nobody here fits these filters" in page_of(client.get(LIST)).text


# --- What is never shown ------------------------------------------------------------------


def test_hidden_values_and_style_of_a_mentor_are_in_no_page(client, programme, mentee):
    one, other = mentor(programme, "Dr. Discreet"), mentor(programme, "Dr. Other")
    for person in (one.person, mentee.person):
        ValueChoice.objects.create(person=person, value="tolerance", rank=1, shown=False)
    ValueChoice.objects.create(person=one.person, value="mastery", rank=2, shown=True)
    ValueChoice.objects.create(person=one.person, value="humility", rank=3, shown=False)
    StyleAnswer.objects.create(person=one.person, slider="structure", position=-2)
    StyleAnswer.objects.create(person=mentee.person, slider="structure", position=2)

    pages = [client.get(address) for address in (LIST, show(one), compare(one, other))]

    for response in pages:
        text = page_of(response).main.text
        assert "Tolerance" not in text
        assert "Humility" not in text
        assert "a plan" not in text
    assert "Mastery" in page_of(pages[1]).main.text  # chosen to be shown on their own page


def test_no_page_shows_an_exact_part(client, programme, mentee):
    TopicChoice.objects.create(participation=mentee, topic="cardiology")
    one = mentor(programme, "Dr. Number")
    TopicChoice.objects.create(participation=one, topic="cardiology")

    for address in (LIST, show(one)):
        lines = page_of(client.get(address)).select(".fits li")
        assert [bar["class"] for bar in lines[0].select(".fit-bar")] == [["fit-bar", "step-4"]]
        assert not any(character.isdigit() for character in lines[0].text)


# --- How much a page costs ----------------------------------------------------------------


def told_mentor(programme, number):
    one = mentor(programme, f"Dr. {number}", story="Ask me.")
    TopicChoice.objects.create(participation=one, topic="cardiology")
    ValueChoice.objects.create(person=one.person, value="mastery", rank=1, shown=True)


def test_the_list_takes_as_many_queries_for_three_mentors_as_for_one(
    client, programme, mentee, count_queries
):
    told_mentor(programme, 1)
    client.get(LIST)
    with_one = count_queries(client, LIST)
    told_mentor(programme, 2)
    told_mentor(programme, 3)
    Programme.objects.filter(pk=programme.pk).update(pool_version=99)
    client.get(LIST)

    assert count_queries(client, LIST) == with_one


def test_the_list_takes_as_many_queries_for_two_thousand_mentors(
    client, programme, mentee, count_queries
):
    told_mentor(programme, 1)
    client.get(LIST)
    with_one = count_queries(client, LIST)
    people = type(mentee.person).objects.bulk_create(
        UserFactory.build(email=f"many-{n}@example.org", name=f"Dr. M{n}") for n in range(2000)
    )
    Profile.objects.bulk_create(
        Profile(person=person, organisation=programme.organisation) for person in people
    )
    Participation.objects.bulk_create(
        Participation(
            programme=programme,
            person=person,
            part="mentor",
            state=ParticipationState.READY,
            entered_at=NOW,
        )
        for person in people
    )
    Programme.objects.filter(pk=programme.pk).update(pool_version=99)
    assert "2001 mentors" in page_of(client.get(LIST)).text

    assert count_queries(client, LIST) == with_one


# --- One mentor, two mentors --------------------------------------------------------------


def test_the_page_of_a_mentor_shows_what_they_tell(client, programme, mentee):
    one = mentor(programme, "Dr. Open", story="I failed an exam once.")
    TopicChoice.objects.create(participation=one, topic="cardiology")
    TopicChoice.objects.create(participation=one, topic="nephrology", interest=True)
    ValueChoice.objects.create(
        person=one.person, value="mastery", rank=1, shown=True, line="I practise on Sundays."
    )

    text = page_of(client.get(show(one))).main.text

    for words in ("I failed an exam once.", "Cardiology", "Nephrology", "I practise on Sundays."):
        assert words in text
    assert "Invite Open" in text


def test_a_mentor_sees_their_own_page_as_others_do(client, programme):
    one = mentor(programme, "Dr. Mirror")
    client.force_login(one.person)

    text = page_of(client.get(show(one))).main.text

    assert "This is how others in the programme see you" in text
    assert "Invite" not in text


def test_a_mentor_who_also_searches_sees_their_own_page_without_a_fit(client, programme, mentee):
    own = MentorFactory(programme=programme, person=mentee.person, hidden_at=NOW)

    assert client.get(show(own)).status_code == 200


def test_a_stranger_finds_no_mentor(client, programme):
    one = mentor(programme, "Dr. Private")
    client.force_login(UserFactory())

    assert client.get(show(one)).status_code == 404


def test_compare_begins_with_one_and_asks_for_the_second(client, programme, mentee):
    one, _ = mentor(programme, "Dr. First"), mentor(programme, "Dr. Second")

    page = page_of(client.get(LIST, {"compare": one.uid}))

    assert "Comparing with Dr. First" in page.text
    (pair,) = page.select(f'a[href*="a={one.uid}"]')
    assert client.get(pair["href"]).status_code == 200


def test_compare_shows_two_side_by_side(client, programme, mentee):
    one, other = mentor(programme, "Dr. First"), mentor(programme, "Dr. Second")

    page = page_of(client.get(compare(one, other)))

    heads = [head.text for head in page.select("thead th")]
    assert heads == ["What is compared", "Dr. First", "Dr. Second"]
    rows = [row.th.text for row in page.select("tbody tr")]
    assert rows[:6] == ["Fits you", "Work", "Interest", "Near", "Values", "Style"]


@pytest.mark.parametrize("query", ["", "?a=x&b=y", "?a={0}", "?a={0}&b={0}"])
def test_compare_needs_two_different_mentors(client, programme, mentee, query):
    one = mentor(programme, "Dr. Alone")

    address = reverse("matching:mentor-compare") + query.format(one.uid)

    assert client.get(address).status_code == 404


def test_compare_keeps_to_one_programme(client, programme, mentee):
    other = MenteeFactory(person=mentee.person, programme=open_programme()).programme

    response = client.get(compare(mentor(programme, "Dr. Here"), mentor(other, "Dr. There")))

    assert response.status_code == 404


def test_compare_leaves_out_who_cannot_be_found_just_now(client, programme, mentee):
    """A coordinator sees a hidden mentor's page, and a mentor their own while they rest."""
    OfficeRoleFactory(programme=programme, person=mentee.person)
    one, hidden = mentor(programme, "Dr. Seen"), mentor(programme, "Dr. Hidden", hidden_at=NOW)
    own = MentorFactory(programme=programme, person=mentee.person, state="paused")

    for other in (hidden, own):
        assert client.get(show(other)).status_code == 200
        assert client.get(compare(one, other)).status_code == 404


def test_compare_ignores_a_first_who_does_not_exist(client, mentee):
    assert client.get(LIST, {"compare": "nonsense"}).status_code == 200


# --- A programme that has closed ---------------------------------------------------------


@pytest.fixture
def closed(programme, mentee):
    """A mentor of a programme that has closed, before its mentee has found anybody."""
    one = mentor(programme, "Dr. Still Here")
    Programme.objects.filter(pk=programme.pk).update(state=ProgrammeState.CLOSED)
    return one


NOT_RUNNING = "This programme is not running at the moment."


def test_a_closed_programme_promises_no_search(client, closed):
    text = page_of(client.get(LIST)).main.text

    assert NOT_RUNNING in text
    for words in ("not open yet", "glad to see you then", "would you like to learn from"):
        assert words not in text


def test_a_closed_programme_has_no_button_to_invite_or_wait(client, programme, closed):
    full = mentor(programme, "Dr. Full", places=0)

    for address in (show(closed), show(full), compare(closed, full)):
        main = page_of(client.get(address)).main
        assert NOT_RUNNING in main.text
        assert not main.select('a[href$="/invite/"], form')


def test_who_waits_in_a_closed_programme_can_stop_waiting(client, programme, mentee, closed):
    full = mentor(programme, "Dr. Full", places=0)
    wish = PlaceWishFactory(mentee=mentee, mentor=full)

    (form,) = page_of(client.get(show(full))).main.select("form")

    assert form["action"] == reverse("matching:wish-end", args=[wish.uid])


# --- Waiting for a place ------------------------------------------------------------------


def test_wishing_and_stopping_by_buttons(client, programme, mentee):
    full = mentor(programme, "Dr. Full", places=0)
    make = reverse("matching:wish-make", args=[full.uid])

    made = client.post(make, follow=True)
    wish = PlaceWish.objects.get()
    ended = client.post(reverse("matching:wish-end", args=[wish.uid]), follow=True)
    assert ended.redirect_chain == [(f"{LIST}?programme={programme.slug}", 302)]

    assert "We will tell you when Dr. Full has room" in page_of(made).text
    assert "You wait for Full" in page_of(made).text
    assert "You no longer wait for Dr. Full" in page_of(ended).text
    wish.refresh_from_db()
    assert wish.ended_at == NOW


def test_wishing_for_somebody_who_has_room_says_so(client, programme, mentee):
    free = mentor(programme, "Dr. Free")

    response = client.post(reverse("matching:wish-make", args=[free.uid]), follow=True)

    assert "Dr. Free has room now" in page_of(response).text


def test_only_who_searches_can_wish(client, programme):
    one = mentor(programme, "Dr. One", places=0)
    client.force_login(one.person)

    assert client.post(reverse("matching:wish-make", args=[one.uid])).status_code == 404


def test_the_mail_about_a_place_leads_to_the_mentor(client, mentee):
    wish = PlaceWishFactory(mentee=mentee)
    address = reverse("matching:wish-show", args=[wish.uid])

    assert client.get(address)["Location"] == show(wish.mentor)
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_the_mail_about_a_mentor_who_rests_leads_to_the_others(client, programme, mentee):
    wish = PlaceWishFactory(mentee=mentee)
    Participation.objects.filter(pk=wish.mentor_id).update(state=ParticipationState.PAUSED)

    response = client.get(reverse("matching:wish-show", args=[wish.uid]), follow=True)

    assert response.redirect_chain == [(f"{LIST}?programme={programme.slug}", 302)]
    assert "There may be others for you here." in page_of(response).text


# --- Find someone with me -----------------------------------------------------------------


def test_a_coordinator_sees_name_and_date_and_answers(client, programme, mentee):
    coordinator = OfficeRoleFactory(programme=programme, person__name="Ruth Alvarez").person
    Participation.objects.filter(pk=mentee.pk).update(
        looking_since=NOW - timedelta(days=14), story="A secret story."
    )
    assert "Find someone with me" in page_of(client.get(LIST)).text

    asked = client.post(reverse("matching:help-ask"), follow=True)

    assert "Ruth Alvarez looks with you" in page_of(asked).text
    client.force_login(coordinator)
    address = reverse("matching:help-show", args=[HelpRequest.objects.get().uid])
    HelpRequestFactory(coordinator=coordinator)
    text = page_of(client.get(address)).main.text
    assert mentee.person.name in text
    assert "Monday 14 January 2030" in text
    assert "Others who wait for you" in text
    assert "secret" not in text
    done = client.post(
        reverse("matching:help-answer", args=[HelpRequest.objects.first().uid]), follow=True
    )
    assert "Noted" in page_of(done).text
    assert HelpRequest.objects.first().answered_at == NOW


def test_help_comes_after_fourteen_days(client, mentee):
    response = client.post(reverse("matching:help-ask"), follow=True)
    assert response.redirect_chain == [(f"{LIST}?programme={mentee.programme.slug}", 302)]

    assert "From 23 January 2030, or after two invitations" in page_of(response).text


def test_help_is_for_those_who_search(client):
    client.force_login(UserFactory())

    assert client.post(reverse("matching:help-ask")).status_code == 404


def test_nobody_else_sees_a_request_for_help(client):
    request = HelpRequestFactory()
    client.force_login(UserFactory())

    for view in ("help-show", "help-answer"):
        address = reverse(f"matching:{view}", args=[request.uid])
        ask = client.get if view == "help-show" else client.post
        assert ask(address).status_code == 404


def test_a_mentee_cannot_answer_their_own_request(client, mentee):
    request = HelpRequestFactory(mentee=mentee)

    response = client.post(reverse("matching:help-answer", args=[request.uid]), follow=True)

    assert "Only the coordinator who was named" in page_of(response).text


def test_what_waits_is_said_beside_the_list(client, programme, mentee):
    one = mentor(programme, "Dr. Asked")
    invite(mentee, one)

    text = page_of(client.get(LIST)).text

    assert "The next answer is due by 16 January 2030" in text


def test_whoever_was_told_of_a_place_is_led_to_write_today(client, programme, mentee):
    one = mentor(programme, "Dr. Waited For")
    PlaceWishFactory(mentee=mentee, mentor=one, told_at=NOW)

    assert "A mentor you wait for has room. Write to them today." in page_of(client.get(LIST)).text


def test_who_looks_in_two_programmes_goes_from_one_to_the_other(client, programme, mentee):
    other = MenteeFactory(person=mentee.person, programme=open_programme(), looking_since=NOW)
    mentor(programme, "Dr. Here")
    mentor(other.programme, "Dr. There")

    tabs = page_of(client.get(LIST)).select('nav[aria-label="Your programmes"] a')
    assert [tab.text for tab in tabs] == [programme.name, other.programme.name]
    assert [tab.get("aria-current") for tab in tabs] == ["page", None]
    there = client.get(tabs[1]["href"])
    assert names(there) == ["Dr. There"]
    named = page_of(there).select("input[name=programme]")
    assert {field["value"] for field in named} == {other.programme.slug}


def test_who_looks_in_one_programme_sees_no_tabs(client, mentee):
    assert not page_of(client.get(LIST)).select('nav[aria-label="Your programmes"]')


def test_help_is_asked_for_in_the_programme_one_looks_at(client, programme, mentee):
    other = MenteeFactory(
        person=mentee.person,
        programme=open_programme(),
        looking_since=NOW - timedelta(days=15),
    )
    OfficeRoleFactory(programme=other.programme)

    client.post(reverse("matching:help-ask"), {"programme": other.programme.slug})

    assert [asked.mentee for asked in HelpRequest.objects.all()] == [other]
