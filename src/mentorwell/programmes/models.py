"""The organisation, its places on the map, its programmes and who runs them."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models

from mentorwell.core.lifecycles import ProgrammeState
from mentorwell.core.pairing.weights import WEIGHT_LEAST, WEIGHT_MOST
from mentorwell.foundation.constraints import between
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, NAME, PLAIN
from mentorwell.programmes.enums import Rhythm, SupportKind, WhoMayInvite
from mentorwell.programmes.roles import Role


LIMITS_LENGTH = 300
"""Letters that a line beside every place of writing has room for."""

USUAL_LIMITS = (
    "Where somebody may come to serious harm, or the law demands it, one of you may have to speak."
)


class Organisation(Record):
    """A hospital or school, with the neutral person whom anyone there may ask."""

    name = models.CharField(max_length=160)
    region = models.CharField(max_length=8, default="US")  # which crisis numbers are right
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    neutral_name = models.CharField(max_length=120, blank=True)
    neutral_email = models.EmailField(blank=True)
    neutral_phone = models.CharField(max_length=40, blank=True)
    neutral_role = models.CharField(max_length=120, blank=True)  # such as "Ombudsperson"
    confidentiality_notice = models.TextField(
        blank=True, validators=[MaxLengthValidator(LIMITS_LENGTH)]
    )

    privacy = {
        "name": PLAIN,
        "region": PLAIN,
        "language": PLAIN,
        "time_zone": PLAIN,
        "neutral_name": NAME,
        "neutral_email": NAME,
        "neutral_phone": NAME,
        "neutral_role": PLAIN,
        "confidentiality_notice": PLAIN,
    }

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> str:
        """Where confidentiality ends here: the organisation's own words, or the usual ones."""
        return self.confidentiality_notice or USUAL_LIMITS


class SupportResource(Record):
    """Somewhere to turn to, with the date on which somebody last made sure of it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="support_resources"
    )
    kind = word_field(SupportKind)
    region = models.CharField(max_length=8)
    name = models.CharField(max_length=160)
    how_to_reach = models.CharField(max_length=200)
    link = models.URLField(blank=True)
    note = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    is_local = models.BooleanField(default=False)  # the organisation's own, not the region's
    last_verified_date = models.DateField(null=True, blank=True)

    privacy = dict.fromkeys(
        (
            "organisation",
            "kind",
            "region",
            "name",
            "how_to_reach",
            "link",
            "note",
            "position",
            "is_local",
            "last_verified_date",
        ),
        PLAIN,
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Site(Record):
    """One campus, hospital or practice on the map."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=160)
    latitude = models.FloatField(null=True, blank=True)  # degrees north
    longitude = models.FloatField(null=True, blank=True)  # degrees east
    time_zone = models.CharField(max_length=64, default="UTC")

    privacy = dict.fromkeys(("organisation", "name", "latitude", "longitude", "time_zone"), PLAIN)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_site_a_name"),
            between("latitude", -90, 90),
            between("longitude", -180, 180),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(Record):
    """A ward, division or department at a site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=160)

    privacy = dict.fromkeys(("site", "name"), PLAIN)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="one_unit_a_name")]

    def __str__(self) -> str:
        return self.name


class Programme(Record):
    """One mentoring programme, made from a template, with dates of its own.

    `search_opened_at` is when enough mentors were ready for the first time: from then on the
    search stays open. `pool_version` counts every change to what a search may find, so that a process knows
    when its picture of the mentors is stale.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes"
    )
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    template = models.CharField(max_length=40)
    description = models.TextField(blank=True)
    state = word_field(ProgrammeState, default=ProgrammeState.DRAFT)
    start_date = models.DateField(null=True, blank=True)
    search_opens_date = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True)
    search_opened_at = models.DateTimeField(null=True)
    pool_version = models.PositiveBigIntegerField(default=1)

    privacy = dict.fromkeys(
        (
            "organisation",
            "name",
            "slug",
            "template",
            "description",
            "state",
            "start_date",
            "search_opens_date",
            "opened_at",
            "search_opened_at",
            "pool_version",
        ),
        PLAIN,
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


POLICY_PRIVACY = dict.fromkeys(
    (
        "programme",
        "kinds",
        "who_may_invite",
        "stage_list",
        "places_default",
        "places_most",
        "mentors_each",
        "reminder_days",
        "expiry_days",
        "open_invitations_most",
        "open_invitations_per_place",
        "search_opens_at_ready",
        "rhythm",
        "meeting_minutes",
        "agreement_due_days",
        "review_days",
        "agreement_questions",
        "silent_days",
        "closing_days",
        "activity_threshold",
        "wellbeing_threshold",
        "weight_interest",
        "weight_proximity",
        "weight_values",
        "weight_style",
    ),
    PLAIN,
)


class Policy(Record):
    """What one programme has decided; every figure starts from its template."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="policy")
    kinds = models.JSONField(default=list)  # words of `Kind`
    who_may_invite = word_field(WhoMayInvite, default=WhoMayInvite.ANYONE)
    stage_list = models.CharField(max_length=40, default="physician")
    places_default = models.PositiveSmallIntegerField(default=1)
    places_most = models.PositiveSmallIntegerField(default=3)
    mentors_each = models.PositiveSmallIntegerField(default=1)
    reminder_days = models.PositiveSmallIntegerField(default=3)
    expiry_days = models.PositiveSmallIntegerField(default=7)
    open_invitations_most = models.PositiveSmallIntegerField(default=3)
    open_invitations_per_place = models.PositiveSmallIntegerField(default=2)
    search_opens_at_ready = models.PositiveSmallIntegerField(default=8)
    rhythm = word_field(Rhythm, default=Rhythm.MONTHLY)
    meeting_minutes = models.PositiveSmallIntegerField(default=45)
    agreement_due_days = models.PositiveSmallIntegerField(default=21)
    review_days = models.JSONField(default=list)  # such as [90, 180, 365]
    agreement_questions = models.JSONField(
        default=list, blank=True
    )  # of the programme's own, up to five
    silent_days = models.PositiveSmallIntegerField(default=30)
    closing_days = models.PositiveSmallIntegerField(default=14)
    activity_threshold = models.PositiveSmallIntegerField(default=5)
    wellbeing_threshold = models.PositiveSmallIntegerField(default=10)
    weight_interest = models.FloatField(default=1.0)
    weight_proximity = models.FloatField(default=1.0)
    weight_values = models.FloatField(default=1.0)
    weight_style = models.FloatField(default=1.0)

    privacy = POLICY_PRIVACY

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            between("places_default", 0, 50),
            between("places_most", 1, 50),
            between("mentors_each", 1, 5),
            between("reminder_days", 1, 30),
            between("expiry_days", 2, 60),
            between("open_invitations_most", 1, 10),
            between("open_invitations_per_place", 1, 100),
            between("meeting_minutes", 10, 240),
            between("search_opens_at_ready", 0, 1000),
            between("agreement_due_days", 1, 365),
            between("silent_days", 7, 365),
            between("closing_days", 7, 90),
            between("activity_threshold", 3, 50),
            between("wellbeing_threshold", 5, 50),
            between("weight_interest", 0, WEIGHT_MOST),
            between("weight_proximity", 0, WEIGHT_MOST),
            between("weight_values", 0, WEIGHT_MOST),
            between("weight_style", 0, WEIGHT_MOST),
            models.CheckConstraint(
                condition=models.Q(reminder_days__lt=models.F("expiry_days")),
                name="programmes_policy_reminder_before_expiry",
            ),
            models.CheckConstraint(
                condition=models.Q(weight_interest__gte=WEIGHT_LEAST)
                | models.Q(weight_proximity__gte=WEIGHT_LEAST)
                | models.Q(weight_values__gte=WEIGHT_LEAST)
                | models.Q(weight_style__gte=WEIGHT_LEAST),
                name="programmes_policy_some_part_counts",
                violation_error_message="At least one part of the fit must count.",
            ),
        ]

    def __str__(self) -> str:
        return f"Policy of {self.programme_id}"


class OfficeRole(Record):
    """One person's part in the office of one programme, from one day until another."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="office")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="office_roles"
    )
    role = word_field(Role)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = {
        "programme": LINK,
        "person": LINK,
        "role": FACT,
        "given_at": FACT,
        "ended_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_office_role",
            )
        ]
