import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from mentorwell.foundation.sealed import Unreadable, reseal, seal, unseal
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
    turned = reseal(token)
    assert unseal(token) == WORDS

    settings.SEAL_KEYS = [new]
    assert unseal(turned) == WORDS
    with pytest.raises(Unreadable):
        unseal(token)


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
