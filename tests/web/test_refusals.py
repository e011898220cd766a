"""What a service refuses and no view catches still speaks to the person, as page or fragment."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from tests.factories.accounts import UserFactory


pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.test_refusals")]

ERRORS = {
    "allowed": NotAllowed("Only the pair can do this."),
    "possible": NotPossibleNow("The last place has just gone."),
    "fault": ValueError("a secret of ours"),
}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


urlpatterns = [path("refuse/<str:kind>", refuse), path("", include("mentorwell.config.urls"))]


@pytest.fixture
def signed_in(client):
    client.force_login(UserFactory())
    return client


@pytest.mark.parametrize(("kind", "status"), [("allowed", 403), ("possible", 409)])
def test_a_refusal_becomes_a_page_with_its_sentence(signed_in, kind, status):
    answer = signed_in.get(f"/refuse/{kind}")

    assert answer.status_code == status
    assert str(ERRORS[kind]) in answer.text
    assert "Nothing was changed" in answer.text


def test_a_fragment_gets_the_sentence_and_keeps_the_rest(signed_in):
    answer = signed_in.get("/refuse/possible", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#refusal")
    assert "The last place has just gone." in answer.text
    assert "<html" not in answer.text


def test_every_page_has_room_for_a_refused_fragment(signed_in):
    assert '<div id="refusal"></div>' in signed_in.get("/refuse/possible").text


def test_a_stranger_reads_the_sentence_too(client):
    assert "Only the pair can do this." in client.get("/refuse/allowed").text


def test_a_fault_of_ours_stays_a_fault_without_words(signed_in):
    signed_in.raise_request_exception = False

    answer = signed_in.get("/refuse/fault")

    assert answer.status_code == 500
    assert "a secret of ours" not in answer.text
