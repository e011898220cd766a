"""Bringing people in from a file, page by page."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentorwell.core.lifecycles import ImportState, ProgrammeState
from mentorwell.foundation.services import jobs
from mentorwell.notices.models import Notice
from mentorwell.office.models import ImportRun
from mentorwell.office.queries.imports import unknown_names
from mentorwell.people.content import topics
from mentorwell.people.models import Participation, Profile
from mentorwell.programmes.models import Programme, Site
from mentorwell.web.office.forms.imports import _asked
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory
from tests.office.rosters import ADA, BEN, applied, checked, crowd, uploaded, written


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and links begin at the same moment."""


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="night-school")


@pytest.fixture
def coordinator(client, programme):
    held = OfficeRoleFactory(programme=programme)
    client.force_login(held.person)
    return held.person


@pytest.fixture
def director(client, programme):
    held = OfficeRoleFactory(programme=programme, role="director")
    client.force_login(held.person)
    return held.person


def page(name, *uids):
    return reverse(f"office:{name}", args=["night-school", *uids])


def send(client, *people, name="people.csv", data=None):
    file = SimpleUploadedFile(name, written(*people) if data is None else data)
    return client.post(page("import-list"), {"file": file})


def work():
    """Do what the worker would."""
    while jobs.run_next_job(worker="test", now=NOW):
        pass


def soup(response):
    return BeautifulSoup(response.text, "html.parser")


def columns_of(run, **answers):
    """Return the columns form as the page shows it, with other answers."""
    guessed = {
        f"column-{place}": run.columns.get(column, "") for place, column in enumerate(run.header)
    }
    return {"part": "", "dates": "ASK", **guessed, **answers}


# --- The whole way --------------------------------------------------------------------------


@pytest.mark.usefixtures("director")
def test_the_office_brings_people_in_from_a_file(client):
    answer = send(client, {**ADA, "hospital": "West"}, BEN)
    run = ImportRun.objects.get()
    assert answer.url == page("import-columns", run.uid)

    told = columns_of(run, create=["site", "unit", "topics"])
    answer = client.post(page("import-columns", run.uid), told)
    assert answer.url == page("import-show", run.uid)
    assert "0 of 2 rows" in client.get(answer.url).text

    work()
    text = client.get(page("import-show", run.uid)).text
    assert "Every row is good" in text
    assert "New sites" in text
    assert "West" in text
    assert not Participation.objects.exists()

    client.post(page("import-apply", run.uid))
    assert "Bringing everyone in at once" in client.get(page("import-show", run.uid)).text
    work()
    text = client.get(page("import-show", run.uid)).text
    assert "They are in" in text
    assert Participation.objects.count() == 2
    assert Site.objects.get().name == "West"
    assert not Notice.objects.exists()


# --- The file -------------------------------------------------------------------------------


@pytest.mark.usefixtures("coordinator")
def test_an_unreadable_file_is_refused_beside_the_field(client):
    answer = send(client, data=b"name,email\nAda\n")
    assert answer.status_code == 400
    assert "Row 2 has 1 cells; columns named in the first row: 2." in answer.text
    assert not ImportRun.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_no_file_and_a_huge_one_are_refused(client):
    assert client.post(page("import-list"), {}).status_code == 400
    answer = send(client, data=b"x" * 10_000_001)
    assert "At most 10 MB, please." in answer.text


@pytest.mark.usefixtures("coordinator")
def test_the_list_says_what_came_of_each_file(client, programme):
    uploaded(programme, ADA, file_name="new.csv")
    checked(programme, ADA, BEN)
    checked(programme, ADA, {**BEN, "email": "x"})
    applied(checked(programme, ADA))
    rows = [row.get_text(" ", strip=True) for row in soup(client.get(page("import-list")))("tr")]
    states = " | ".join(rows)
    for words in ("Columns to look at", "Ready to bring in 2 rows", "To put right 1 of 2 rows"):
        assert words in states
    assert "In 1 new, 0 changed" in states


@pytest.mark.usefixtures("coordinator")
def test_the_list_asks_the_same_number_of_queries_for_one_and_three(
    client, programme, count_queries
):
    uploaded(programme, ADA)
    one = count_queries(client, page("import-list"))
    uploaded(programme, ADA)
    uploaded(programme, ADA)
    assert count_queries(client, page("import-list")) == one


@pytest.mark.usefixtures("coordinator")
def test_a_programme_that_has_ended_takes_no_file(client, programme):
    Programme.objects.update(state=ProgrammeState.CLOSED)
    assert "This programme has ended." in send(client, ADA).text


# --- Columns --------------------------------------------------------------------------------


@pytest.mark.usefixtures("coordinator")
def test_the_guess_is_shown_with_examples(client, programme):
    run = uploaded(programme, {**ADA, "parking": "Bay 7"}, BEN)
    shown = soup(client.get(page("import-columns", run.uid)))
    chosen = [
        option["value"] if option else ""
        for option in (select.find("option", selected=True) for select in shown("select"))
    ]
    assert chosen[:4] == ["name", "email", "part", ""]
    assert "Ada Reed, Ben Cole" in shown.text
    assert "Bay 7" in shown.text


@pytest.mark.usefixtures("coordinator")
def test_identity_is_neither_guessed_nor_shown_and_needs_a_tick(client, programme):
    run = uploaded(programme, {**ADA, "religion": "zoroastrian"})
    shown = client.get(page("import-columns", run.uid)).text
    assert "zoroastrian" not in shown
    assert "Bring it in knowingly" in shown

    told = columns_of(run, **{"column-3": "cohort"})
    answer = client.post(page("import-columns", run.uid), told)
    assert answer.status_code == 400
    assert "tells who somebody is" in answer.text
    answer = client.post(page("import-columns", run.uid), {**told, "knowingly-3": "on"})
    assert answer.status_code == 302
    run.refresh_from_db()
    assert run.knowingly == ["religion"]


@pytest.mark.usefixtures("coordinator")
def test_a_tick_without_a_field_brings_nothing_in(client, programme):
    run = uploaded(programme, {**ADA, "religion": "x"})
    client.post(page("import-columns", run.uid), columns_of(run, **{"knowingly-3": "on"}))
    run.refresh_from_db()
    assert (run.state, run.knowingly) == (ImportState.STAGING, [])


@pytest.mark.usefixtures("coordinator")
def test_a_mapping_without_an_address_is_refused_in_words(client, programme):
    run = uploaded(programme, ADA)
    answer = client.post(page("import-columns", run.uid), columns_of(run, **{"column-1": ""}))
    assert answer.status_code == 400
    assert "Choose the column with the e-mail address." in answer.text


@pytest.mark.usefixtures("coordinator")
def test_a_coordinator_is_told_who_adds_sites(client, programme):
    run = uploaded(programme, ADA)
    text = client.get(page("import-columns", run.uid)).text
    assert "Sites and units are added by a director." in text
    assert "Topics that we do not know yet" in text
    told = columns_of(run, create=["site"])
    assert client.post(page("import-columns", run.uid), told).status_code == 400


@pytest.mark.usefixtures("coordinator")
def test_columns_are_not_asked_again_once_people_are_in(client, programme):
    run = applied(checked(programme, ADA))
    answer = client.get(page("import-columns", run.uid))
    assert answer.url == page("import-show", run.uid)


# --- Being checked --------------------------------------------------------------------------


@pytest.mark.usefixtures("coordinator")
def test_the_page_asks_for_its_own_progress_until_there_is_more_to_show(client, programme):
    run = checked(programme, ADA, BEN)
    ImportRun.objects.update(state=ImportState.STAGING, staged_count=1)
    address = page("import-show", run.uid)
    fragment = client.get(address, headers={"HX-Request": "true"})
    assert "1 of 2 rows" in fragment.text
    assert "<html" not in fragment.text
    ImportRun.objects.update(state=ImportState.CHECKED)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.usefixtures("coordinator")
def test_a_file_that_is_being_read_may_be_stopped_and_one_that_comes_in_may_not(client, programme):
    run = checked(programme, ADA)
    forget = page("import-discard", run.uid)
    ImportRun.objects.update(state=ImportState.APPLYING)
    assert not soup(client.get(page("import-show", run.uid))).find("form", action=forget)
    ImportRun.objects.update(state=ImportState.STAGING)
    assert soup(client.get(page("import-show", run.uid))).find("form", action=forget)
    client.post(forget)
    assert not ImportRun.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_an_uploaded_file_leads_to_its_columns(client, programme):
    run = uploaded(programme, ADA)
    assert client.get(page("import-show", run.uid)).url == page("import-columns", run.uid)


@pytest.mark.usefixtures("coordinator")
def test_what_failed_says_so_and_may_be_tried_again(client, programme):
    run = checked(programme, ADA)
    ImportRun.objects.update(state=ImportState.FAILED, failure="A site was removed.")
    text = client.get(page("import-show", run.uid)).text
    assert "A site was removed." in text
    assert page("import-columns", run.uid) in text


# --- What is wrong --------------------------------------------------------------------------


@pytest.mark.usefixtures("coordinator")
def test_bad_rows_are_listed_with_row_column_value_and_reason(client, programme):
    run = checked(programme, ADA, {**BEN, "email": "ben at home", "name": ""})
    shown = soup(client.get(page("import-show", run.uid)))
    rows = [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in shown("tr")]
    assert ["Row 3", "name", "Empty", "This is empty, and every row needs it."] in rows
    assert ["Row 3", "email", "ben at home", "This is not an e-mail address."] in rows
    assert "1 of 2 rows cannot come in yet" in shown.text
    assert not shown.find("form", action=page("import-apply", run.uid))


@pytest.mark.usefixtures("coordinator")
def test_a_long_list_is_shown_in_part_and_downloaded_whole(client, programme):
    run = checked(programme, *({**each, "email": "x"} for each in crowd(101)))
    text = client.get(page("import-show", run.uid)).text
    assert "The first 100 are shown here." in text
    rows = list(csv.reader(io.StringIO(download(client, run))))
    assert len(rows) == 102


def download(client, run):
    answer = client.get(page("problem-list", run.uid))
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content.decode("utf-8-sig")


@pytest.mark.usefixtures("coordinator")
def test_the_download_holds_no_formula(client, programme):
    run = checked(programme, {**ADA, "email": "=HYPERLINK(1)"}, {**BEN, "email": "@cmd"})
    rows = list(csv.reader(io.StringIO(download(client, run))))
    assert rows == [
        ["Row", "Column", "Value", "What is wrong"],
        ["2", "email", "'=HYPERLINK(1)", "This is not an e-mail address."],
        ["3", "email", "'@cmd", "This is not an e-mail address."],
    ]


def meant(run, *keys):
    """What the form of unknown names sends, for the names in their order."""
    return {_asked(name): key for name, key in zip(unknown_names(run), keys, strict=True)}


def welcome(client, told, *, follow=False):
    """Send the welcome from the page as it stands."""
    form = BeautifulSoup(client.get(page("welcome-send")).content, "html.parser")
    field = form.find("input", {"name": "waiting"})
    waiting = field["value"] if field else "0"
    return client.post(page("welcome-send"), {**told, "waiting": waiting}, follow=follow)


@pytest.mark.usefixtures("coordinator")
def test_an_answer_from_an_older_page_goes_to_its_own_name(client, programme):
    """Back in the browser, the page still asks about a name that has been answered since."""
    main, east = (
        SiteFactory(organisation=programme.organisation, name=name) for name in ("Main", "East")
    )
    run = checked(programme, {**ADA, "site": "Mainz"}, {**BEN, "site": "Oost"}, create=())
    older = meant(run, str(main.uid), str(east.uid))
    client.post(page("import-meanings", run.uid), meant(run, str(main.uid), ""))
    work()
    client.post(page("import-meanings", run.uid), older)
    work()
    run.refresh_from_db()
    assert run.meanings["site"] == {"Mainz": str(main.uid), "Oost": str(east.uid)}


@pytest.mark.usefixtures("coordinator")
def test_no_name_can_stand_for_something_that_only_the_person_may_choose(client, programme):
    private = next(topic for topic in topics() if topic.opt_in)
    run = checked(programme, {**ADA, "topics": "Zzqx"}, create=())
    assert private.name not in client.get(page("import-show", run.uid)).text
    client.post(page("import-meanings", run.uid), meant(run, private.slug))
    work()
    run.refresh_from_db()
    assert (run.meanings, run.bad_count) == ({}, 1)


@pytest.mark.usefixtures("coordinator")
def test_pressing_twice_sends_one_portion(client, programme):
    applied(checked(programme, *crowd(30)))
    sent = {"part": "", "most": "10", "waiting": "30"}
    client.post(page("welcome-send"), sent)
    again = client.post(page("welcome-send"), sent, follow=True)
    assert Participation.objects.exclude(welcomed_at=None).count() == 10
    assert "since you looked" in again.text


@pytest.mark.usefixtures("coordinator")
def test_unknown_names_are_given_a_meaning_on_the_page(client, programme):
    site = SiteFactory(organisation=programme.organisation, name="Main Hospital")
    people = ({**ADA, "stage": "Boss", "site": "HQ"}, {**BEN, "stage": "Boss"})
    run = checked(programme, *people, create=())
    text = client.get(page("import-show", run.uid)).text
    assert "Names that we do not know" in text
    assert "Career stage, in 2 rows" in text
    client.post(page("import-meanings", run.uid), meant(run, "dean", str(site.uid)))
    work()
    run.refresh_from_db()
    assert (run.state, run.bad_count) == (ImportState.CHECKED, 0)
    applied(run)
    ada = Profile.objects.get(person__email="ada@example.org")
    assert (ada.stage, ada.site) == ("dean", site)


@pytest.mark.usefixtures("coordinator")
def test_a_name_without_a_meaning_stays_a_mistake(client, programme):
    run = checked(programme, {**ADA, "stage": "Boss", "languages": "Elvish"}, create=())
    client.post(page("import-meanings", run.uid), meant(run, "-", ""))
    work()
    run.refresh_from_db()
    assert (run.meanings, run.bad_count) == ({"languages": {"Elvish": "-"}}, 1)


@pytest.mark.usefixtures("coordinator")
def test_a_meaning_that_does_not_exist_is_refused(client, programme):
    run = checked(programme, {**ADA, "stage": "Boss"}, create=())
    answer = client.post(page("import-meanings", run.uid), meant(run, "emperor"), follow=True)
    assert "emperor" in answer.text
    run.refresh_from_db()
    assert run.bad_count == 1


@pytest.mark.usefixtures("coordinator")
def test_where_no_name_is_unknown_there_is_nothing_to_say(client, programme):
    run = checked(programme, ADA)
    answer = client.post(page("import-meanings", run.uid), {})
    assert answer.url == page("import-show", run.uid)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED


@pytest.mark.usefixtures("coordinator")
def test_a_coordinator_reads_why_new_sites_wait_for_a_director(client, programme):
    run = checked(programme, {**ADA, "site": "West"})
    shown = soup(client.get(page("import-show", run.uid)))
    assert "Only a programme director can add sites and units." in shown.text
    assert [button.text.strip() for button in shown("button", disabled=True)] == ["Bring them in"]


# --- In, or forgotten -----------------------------------------------------------------------


@pytest.mark.usefixtures("coordinator")
def test_a_bad_roster_is_not_brought_in_by_pressing_harder(client, programme):
    run = checked(programme, {**ADA, "email": "x"})
    assert client.post(page("import-apply", run.uid)).status_code in {403, 409}
    work()
    assert not Participation.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_a_file_is_forgotten(client, programme):
    run = checked(programme, ADA)
    answer = client.post(page("import-discard", run.uid), follow=True)
    assert "Forgotten: the file and everything read from it." in answer.text
    assert not ImportRun.objects.exists()


# --- The welcome ----------------------------------------------------------------------------


@pytest.mark.usefixtures("coordinator")
def test_the_welcome_is_looked_at_and_sent_in_portions(client, programme):
    applied(checked(programme, *crowd(12)))
    text = client.get(page("welcome-send")).text
    assert f"Welcome to {programme.name}" in text
    assert "You are invited, and you decide" in text
    assert "12 invitations wait, 4 of them for mentors." in text
    answer = welcome(client, {"part": "", "most": "10"}, follow=True)
    assert "The welcome is on its way to 10 people." in answer.text
    assert Notice.objects.count() == 10
    assert "2 invitations wait" in client.get(page("welcome-send")).text


@pytest.mark.usefixtures("coordinator")
def test_mentors_may_be_welcomed_first(client, programme):
    applied(checked(programme, *crowd(6)))
    welcome(client, {"part": "mentor", "most": "100"})
    welcomed = Participation.objects.exclude(welcomed_at=None)
    assert set(welcomed.values_list("part", flat=True)) == {"mentor"}
    assert welcomed.count() == 2


@pytest.mark.usefixtures("coordinator")
def test_whoever_comes_as_both_gets_one_mail(client, programme):
    applied(checked(programme, {**ADA, "part": "both"}))
    welcome(client, {"part": "", "most": "100"})
    assert Notice.objects.count() == 1
    assert not Participation.objects.filter(welcomed_at=None).exists()


@pytest.mark.usefixtures("coordinator")
def test_nobody_is_welcomed_before_the_programme_is_open(client, programme):
    applied(checked(programme, ADA))
    Programme.objects.update(state=ProgrammeState.DRAFT)
    answer = welcome(client, {"part": "", "most": "10"})
    assert answer.status_code == 400
    assert "Open the programme first, then welcome its people." in answer.text
    assert not Notice.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_the_ready_and_the_welcomed_are_not_welcomed_again(client, programme):
    MentorFactory(programme=programme)
    MenteeFactory(programme=programme, state="invited", welcomed_at=NOW, confirmed_at=None)
    text = client.get(page("welcome-send")).text
    assert "Nobody waits for a welcome" in text
    answer = welcome(client, {"part": "", "most": "10"}, follow=True)
    assert "Nobody was waiting." in answer.text


@pytest.mark.usefixtures("coordinator")
def test_one_person_is_welcomed_in_the_singular(client, programme):
    applied(checked(programme, ADA))
    answer = welcome(client, {"part": "", "most": "10"}, follow=True)
    assert "on its way to 1 person." in answer.text


# --- Who may --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "import-show",
        "import-columns",
        "problem-list",
        "import-apply",
        "import-discard",
        "import-meanings",
    ],
)
def test_a_roster_is_there_for_those_who_may_bring_people_in_only(client, programme, name):
    run = checked(programme, {**ADA, "email": "x"})
    leader = OfficeRoleFactory(programme=programme, role="leader").person
    elsewhere = OfficeRoleFactory().person
    for stranger in (UserFactory(), leader, elsewhere, MentorFactory(programme=programme).person):
        client.force_login(stranger)
        for answer in (client.get(page(name, run.uid)), client.post(page(name, run.uid))):
            assert answer.status_code in {404, 405}
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED


@pytest.mark.parametrize("name", ["import-list", "welcome-send"])
def test_the_pages_are_there_for_those_who_may_bring_people_in_only(client, programme, name):
    leader = OfficeRoleFactory(programme=programme, role="leader").person
    for stranger in (UserFactory(), leader, OfficeRoleFactory().person):
        client.force_login(stranger)
        assert client.get(page(name)).status_code == 404
        assert client.post(page(name)).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, programme):
    run = uploaded(programme, ADA)
    for address in (page("import-list"), page("import-show", run.uid), page("welcome-send")):
        assert "/login/" in client.get(address).url


@pytest.mark.usefixtures("coordinator")
def test_a_roster_under_the_address_of_another_programme_is_not_there(client, programme):
    other = OfficeRoleFactory(person=programme.office.get().person).programme
    run = uploaded(other, ADA)
    assert client.get(page("import-show", run.uid)).status_code == 404
