import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from mentorwell.foundation.sealed import Unreadable, seal, unseal
from mentorwell.foundation.services import resealing
from mentorwell.people.models import Participation
from tests.factories.people import MenteeFactory


WORDS = "Nights are lonelier than I thought"


def test_sealed_text_opens_again_and_never_seals_twice_alike():
    assert unseal(seal(WORDS)) == WORDS
    assert seal(WORDS) != seal(WORDS)


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SEAL_KEYS = [old]
    token = seal(WORDS)

    settings.SEAL_KEYS = [new, old]
    assert unseal(token) == WORDS
    settings.SEAL_KEYS = [new]
    with pytest.raises(Unreadable):
        unseal(token)


@pytest.mark.django_db
def test_after_resealing_an_old_key_can_go(settings, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SEAL_KEYS = [old]
    for number in range(5):
        MenteeFactory(story=f"{WORDS} {number}", hopes="" if number else WORDS)

    settings.SEAL_KEYS = [new, old]
    assert resealing.reseal_all() == 5
    settings.SEAL_KEYS = [new]
    told = Participation.objects.order_by("pk").values_list("story", "hopes")
    assert list(told) == [(f"{WORDS} {n}", "" if n else WORDS) for n in range(5)]


def test_an_unreadable_text_is_reported_without_its_words(settings):
    token = seal(WORDS)
    settings.SEAL_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(Unreadable) as caught:
        unseal(token)

    assert token not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.django_db
def test_the_column_holds_no_word_of_the_text():
    mentee = MenteeFactory(story=WORDS)

    with connection.cursor() as cursor:
        cursor.execute("select story, hopes from people_participation")
        story, hopes = cursor.fetchone()

    assert "lonelier" not in story
    assert hopes == ""
    assert Participation.objects.get(pk=mentee.pk).story == WORDS


@pytest.mark.django_db
def test_sealed_text_is_not_searched():
    with pytest.raises(FieldError):
        Participation.objects.filter(story__contains="lonelier")


@pytest.mark.django_db
def test_whether_anything_is_written_can_be_asked():
    MenteeFactory(story=WORDS)
    silent = MenteeFactory()

    assert list(Participation.objects.filter(story="")) == [silent]
