"""What a person is told, and when they like to be told."""

from datetime import time

from django.db import models

from mentorwell.accounts.models import User
from mentorwell.foundation.constraints import between, both_or_neither, exactly_one
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, NAME, PLAIN
from mentorwell.notices.enums import NoticeState, Urgency


class Notice(Record):
    """One thing that one person is told, by mail and on their page.

    The row holds a kind, ids and a language, never text: the words are made when the mail
    leaves or the page is drawn, from what is true at that moment.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="notices")
    # Somebody without an account, such as the organisation's neutral person.
    address = models.EmailField(max_length=254, null=True)  # noqa: DJ001 -- see the constraint
    kind = models.CharField(max_length=64)
    ids = models.JSONField(default=dict)
    language = models.CharField(max_length=12)
    urgency = word_field(Urgency)
    key = models.CharField(max_length=200, unique=True)
    told_at = models.DateTimeField()
    state = word_field(NoticeState, default=NoticeState.WAITING)
    not_before = models.DateTimeField()  # true or wanted from then on
    due_at = models.DateTimeField()  # the next look; moved on by digest days and failures
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=64, default="", blank=True)  # the class of the last error
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    gathered_in = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="gathered"
    )
    seen_at = models.DateTimeField(null=True)

    privacy = {
        "person": LINK,
        "address": NAME,
        "kind": FACT,
        "ids": LINK,
        "language": PLAIN,
        "urgency": PLAIN,
        "key": LINK,
        "told_at": FACT,
        "state": PLAIN,
        "not_before": PLAIN,
        "due_at": PLAIN,
        "attempts": PLAIN,
        "problem": PLAIN,
        "lease": PLAIN,
        "leased_until": PLAIN,
        "sent_at": FACT,
        "gathered_in": LINK,
        "seen_at": FACT,
    }

    class Meta:
        constraints = [
            exactly_one("person", "address", name="one_recipient"),
            both_or_neither("lease", "leased_until"),
            models.CheckConstraint(
                condition=models.Q(state=NoticeState.SENDING, lease__isnull=False)
                | (~models.Q(state=NoticeState.SENDING) & models.Q(lease__isnull=True)),
                name="notices_notice_leased_while_sending",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="notices_due"),
            models.Index(fields=["person", "told_at"], name="notices_of_person"),
        ]


QUIET_FROM = time(21)
QUIET_UNTIL = time(7)


class MailChoice(Record):
    """When a person likes to get mail; without a row the defaults below hold."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_choice")
    digest = models.BooleanField(default=True)
    digest_weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0
    quiet_from = models.TimeField(default=QUIET_FROM)  # local; the same as `until`: never quiet
    quiet_until = models.TimeField(default=QUIET_UNTIL)
    messages_at_once = models.BooleanField(default=True)  # else they wait for the digest

    privacy = {
        "person": LINK,
        "digest": FACT,
        "digest_weekday": FACT,
        "quiet_from": FACT,
        "quiet_until": FACT,
        "messages_at_once": FACT,
    }

    class Meta:
        constraints = [between("digest_weekday", 0, 6)]


class QuietSpan(Record):
    """A stretch of nights or leave in which a person gets no mail but the urgent."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="quiet_spans")
    source = models.CharField(max_length=64)  # who set it and may replace it, "people.blocks" say
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    privacy = {"person": LINK, "source": PLAIN, "starts_at": FACT, "ends_at": FACT}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="notices_quietspan_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["person", "ends_at"], name="notices_quiet_of_person")]
