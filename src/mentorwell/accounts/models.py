"""The account a person signs in with, and the links that mails carry."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from mentorwell.foundation.models import Record
from mentorwell.foundation.register import FACT, KEY, LINK, NAME, PLAIN


TITLES = frozenset(
    ["dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"]
)
# Only as they are written: "Do" and "Pa" are names, too.
DEGREES = frozenset(
    [
        "MD",
        "DO",
        "PhD",
        "DPhil",
        "MPH",
        "MBA",
        "MSc",
        "BSc",
        "MBBS",
        "MBChB",
        "RN",
        "NP",
        "PA",
        "DNP",
        "DDS",
        "FACP",
        "FRCP",
    ]
)


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, however they type its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail, ignoring case."""
        return self.get(email=(username or "").lower())


class User(Record, AbstractBaseUser, PermissionsMixin):
    """A person: how they sign in, what they are called, and when they live.

    Everything about their mentoring lives in `people`.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    privacy = {
        "email": NAME,
        "name": NAME,
        "password": KEY,
        "language": FACT,
        "time_zone": FACT,
        "is_active": FACT,
        "is_staff": FACT,
        "is_superuser": FACT,
        "joined_at": FACT,
        "last_login": FACT,
        "groups": PLAIN,
        "user_permissions": PLAIN,
    }

    class Meta:
        constraints = [
            # Kept in lower case, so that two people never share an address however it is typed.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The name others may call this person by: "Helen" of "Dr Helen Marsh" and "Marsh, Helen"."""
        before, _, after = self.name.partition(",")
        words = [*_without_titles(after), *_without_titles(before)]
        return words[0] if words else self.name


def _without_titles(words: str) -> list[str]:
    return [
        word
        for word in words.replace(",", " ").split()
        if not (word.endswith(".") or word.casefold() in TITLES or word in DEGREES)
    ]


class LinkToken(Record):
    """A mailed link: bound to one person and one action on one thing, once, for a while.

    Only the hash of its secret is stored. Opening the link consumes nothing, because mail
    scanners open links too; pressing the button on its page does.
    """

    hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="link_tokens")
    action = models.CharField(max_length=64)
    target_uid = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy = {
        "hash": KEY,
        "person": LINK,
        "action": PLAIN,
        "target_uid": LINK,
        "expires_at": PLAIN,
        "used_at": PLAIN,
    }
