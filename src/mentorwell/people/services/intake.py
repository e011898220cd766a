"""Many people on their way in: read what is there, compare, write table by table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.bulk import insert_values
from mentorwell.foundation.models import Record
from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import Participation, Place, Profile, TopicChoice
from mentorwell.people.services.links import announce_joined, announce_units
from mentorwell.programmes.models import Programme, Site, Unit
from mentorwell.programmes.services import touch_pools


PORTION = 500  # SQLite limits how many values one statement may hold
UNSAID: tuple[object, ...] = ("", None, (), [])
PROFILE_FIELDS = ["headline", "stage", "site", "unit", "languages"]
PART_FIELDS = ["start_date", "cohort", "story"]

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Newcomer:
    """One person whom the office brings in for one part, with what it knows of them.

    What is not known is empty or None; `places` is then the programme's default. `topics` are
    sought by a mentee and offered by all others.
    """

    person: User
    part: Part
    headline: str = ""
    stage: str = ""
    site: Site | None = None
    unit: Unit | None = None
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    story: str = ""
    places: int | None = None
    cohort: str = ""
    start_date: date | None = None


class Intake:
    """Everything that many newcomers change, gathered one by one, then written table by table.

    A person is settled once they have signed in or confirmed anything: from then on a file
    only fills what they left empty, and nothing that they answered and emptied again. A profile
    that another organisation began is only filled, whoever has come. Unless it is to `follow` the file, everybody is settled,
    and whoever has their part already is left as they are.
    """

    def __init__(
        self, programme: Programme, people: Sequence[User], now: datetime, *, follow: bool
    ) -> None:
        """Read what is known of these people; nothing is read later."""
        ids = [user.pk for user in people]
        self.programme, self.now, self.follow = programme, now, follow
        self.new_parts: list[Participation] = []
        self.changed: set[int] = set()
        self.left: set[int] = set()
        self._new_profiles: list[Profile] = []
        self._new_places: list[tuple[Participation, int]] = []
        self._new_topics: list[tuple[Participation, str]] = []
        self._changed_profiles: list[Profile] = []
        self._changed_parts: list[Participation] = []
        self._changed_places: list[Place] = []
        self._dropped_topics: list[int] = []
        self._joined_units: set[int | None] = set()
        self._profiles = {
            profile.person_id: profile for profile in _among(Profile.objects.all(), "person", ids)
        }
        parts = list(_among(Participation.objects.filter(programme=programme), "person", ids))
        self._parts = {(part.person_id, Part(part.part)): part for part in parts}
        confirmed = Participation.objects.filter(confirmed_at__isnull=False).only("person_id")
        self._settled = {user.pk for user in people if user.last_login}
        self._settled |= {part.person_id for part in _among(confirmed, "person", ids)}
        self._topics: dict[int, dict[str, int]] = defaultdict(dict)
        self._places: dict[int, dict[int, Place]] = defaultdict(dict)
        part_ids = [part.pk for part in parts]
        self._interests: set[tuple[int, str]] = set()
        for choice in _among(TopicChoice.objects.all(), "participation", part_ids):
            if choice.interest:
                self._interests.add((choice.participation_id, choice.topic))
            else:
                self._topics[choice.participation_id][choice.topic] = choice.pk
        for place in _among(Place.objects.all(), "participation", part_ids):
            self._places[place.participation_id][place.number] = place

    # --- Row by row ------------------------------------------------------------------------

    def take(self, user: User, newcomers: Sequence[Newcomer]) -> None:
        """Take over what is known of one person, but for parts that they have left."""
        staying = []
        for newcomer in newcomers:
            existing = self._parts.get((user.pk, newcomer.part))
            if existing is not None and existing.state == ParticipationState.LEFT:
                self.left.add(user.pk)
            elif existing is None or self.follow:
                staying.append((existing, newcomer))
        if staying:
            self._take_profile(user, newcomers)
        for existing, newcomer in staying:
            if existing is None:
                self._begin_part(newcomer)
            else:
                self._take_part(existing, newcomer)

    def _keep(self, person_id: int) -> bool:
        return not self.follow or person_id in self._settled

    def _take_profile(self, user: User, rows: Sequence[Newcomer]) -> None:
        profile = self._profiles.get(user.pk)
        if profile is None:
            profile = Profile(person=user, organisation=self.programme.organisation)
            self._new_profiles.append(profile)
        elsewhere = profile.organisation_id != self.programme.organisation_id
        keep = elsewhere or self._keep(user.pk)
        said = {
            "headline": _first(row.headline for row in rows),
            "stage": _first(row.stage for row in rows),
            "languages": list(_first(row.languages for row in rows) or ()),
        }
        changed = Piece.BASICS not in profile.told and _overlay(profile, said, keep=keep)
        located = next((row for row in rows if row.site), None)
        if located is not None:
            # Units are an organisation's own, and so are the links between them.
            follow = self.follow and not elsewhere
            changed = self._locate(profile, located, keep=keep, follow=follow) or changed
        if changed and profile.pk is not None:
            self._changed_profiles.append(profile)
            self.changed.add(user.pk)

    def _locate(self, profile: Profile, row: Newcomer, *, keep: bool, follow: bool) -> bool:
        unit_id = profile.unit_id
        changed = _locate(profile, row, keep=keep, follow=follow)
        if profile.unit_id not in {None, unit_id} and profile.pk is not None:
            self._joined_units.add(profile.unit_id)
        return changed

    def _begin_part(self, row: Newcomer) -> None:
        participation = Participation(
            programme=self.programme,
            person=row.person,
            part=row.part,
            story=row.story,
            start_date=row.start_date,
            cohort=row.cohort,
            entered_at=self.now,
            entered_by_office=True,
        )
        self.new_parts.append(participation)
        policy = self.programme.policy
        if row.part is Part.MENTEE:
            count = policy.mentors_each
        else:
            count = policy.places_default if row.places is None else row.places
        self._new_places += [(participation, number) for number in range(1, count + 1)]
        self._new_topics += [(participation, topic) for topic in dict.fromkeys(row.topics)]

    def _take_part(self, part: Participation, row: Newcomer) -> None:
        keep = self._keep(part.person_id)
        dates = {"start_date": row.start_date, "cohort": row.cohort}
        changed = _overlay(part, dates, keep=False)
        story = {} if Piece.STORY in part.told else {"story": row.story}
        if _overlay(part, story, keep=keep) or changed:
            self._changed_parts.append(part)
            changed = True
        changed = self._take_topics(part, row.topics, keep=keep) or changed
        waiting = part.state == ParticipationState.INVITED and not keep
        if waiting and part.part != Part.MENTEE and row.places is not None:
            changed = self._take_places(part, row.places) or changed
        if changed:
            self.changed.add(part.person_id)

    def _take_topics(self, part: Participation, topics: Sequence[str], *, keep: bool) -> bool:
        current = self._topics[part.pk]
        if not topics or (keep and current) or Piece.TOPICS in part.told:
            return False
        dropped = [current[topic] for topic in current if topic not in topics]
        # What the person already has as a mere interest stays one.
        new = [
            (part, topic)
            for topic in dict.fromkeys(topics)
            if topic not in current and (part.pk, topic) not in self._interests
        ]
        self._dropped_topics += dropped
        self._new_topics += new
        return bool(dropped or new)

    def _take_places(self, part: Participation, count: int) -> bool:
        """Open and close places so that `count` are open; nobody holds one before they are ready."""
        places = self._places[part.pk]
        for number in range(1, count + 1):
            if number not in places:
                self._new_places.append((part, number))
        switched = [
            place
            for place in places.values()
            if (place.closed_at is None) != (place.number <= count)
        ]
        for place in switched:
            place.closed_at = None if place.number <= count else self.now
        self._changed_places += switched
        return bool(switched) or count > len(places)

    # --- Table by table --------------------------------------------------------------------

    def write(self, by: User | None) -> None:
        """Write everything gathered; call it once, in one transaction."""
        _insert(self._new_profiles)
        _insert(self.new_parts)
        _rewrite(Profile.objects.all(), self._changed_profiles, PROFILE_FIELDS)
        _rewrite(Participation.objects.all(), self._changed_parts, PART_FIELDS)
        _rewrite(Place.objects.all(), self._changed_places, ["closed_at"])
        for start in range(0, len(self._dropped_topics), PORTION):
            dropped = self._dropped_topics[start : start + PORTION]
            TopicChoice.objects.filter(pk__in=dropped).delete()
        _note_keys(self.new_parts)
        insert_values(
            Place,
            ("participation", "number"),
            [(part.pk, number) for part, number in self._new_places],
        )
        insert_values(
            TopicChoice,
            ("participation", "topic"),
            [(part.pk, topic) for part, topic in self._new_topics],
        )
        for verb, targets in (
            ("people.participation.bring_in", self.new_parts),
            ("people.participation.follow_file", self._changed_parts),
            ("people.profile.follow_file", self._changed_profiles),
        ):
            audit.record_many(verb=verb, targets=targets, by=by, now=self.now)
        found = _among(Participation.objects.only("programme_id"), "person", list(self.changed))
        touch_pools(programmes=list({part.programme_id for part in found}))
        announce_units(units=self._joined_units, by=by, now=self.now)
        if self.new_parts:
            announce_joined(programme=self.programme, by=by, now=self.now)


def _among(rows: "QuerySet[Row]", link: str, ids: Sequence[int]) -> Iterable[Row]:
    """Yield the rows whose link leads to one of these ids."""
    for start in range(0, len(ids), PORTION):
        yield from rows.filter(**{f"{link}_id__in": ids[start : start + PORTION]})


def _insert(rows: Sequence[Record]) -> None:
    """Insert new rows of one model, as they stand."""
    if rows:
        model = type(rows[0])
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        values = [[getattr(row, field.attname) for field in fields] for row in rows]
        insert_values(model, [field.name for field in fields], values)


def _note_keys(parts: Sequence[Participation]) -> None:
    """Note on new participations the primary keys that the database gave them."""
    by_uid = {part.uid: part for part in parts}
    uids = list(by_uid)
    for start in range(0, len(uids), PORTION):
        found = Participation.objects.filter(uid__in=uids[start : start + PORTION])
        for uid, pk in found.values_list("uid", "pk"):
            by_uid[uid].pk = pk
            by_uid[uid]._state.adding = False


def _rewrite(rows: "QuerySet[Row]", changed: Sequence[Row], fields: list[str]) -> None:
    """Write some fields of rows that exist; one insert that turns into an update is quickest."""
    rows.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value not in UNSAID), None)


def _overlay(row: Model, said: Mapping[str, object], *, keep: bool) -> bool:
    """Set what the roster says, unless it is to `keep` what is there; tell whether it differed."""
    changed = False
    for name, value in said.items():
        current = getattr(row, name)
        if value not in UNSAID and value != current and not (keep and current not in UNSAID):
            setattr(row, name, value)
            changed = True
    return changed


def _locate(profile: Profile, row: Newcomer, *, keep: bool, follow: bool) -> bool:
    """Set site and unit; a unit of the old site does not move along to a new one.

    Where one works is the person's to say. The unit is the office's, because it decides who
    evaluates whom: a file that is followed sets it in any case.
    """
    site_id = row.site.pk if row.site else None
    unit_id = row.unit.pk if row.unit else None
    before = profile.site_id, profile.unit_id
    own = profile.site_id is not None or Piece.WHEN in profile.told
    stays = keep and own and profile.site_id != site_id
    if unit_id is None and (stays or profile.site_id == site_id):
        unit_id = profile.unit_id
    if keep and not follow and (stays or profile.unit_id is not None):
        unit_id = profile.unit_id
    profile.site_id = profile.site_id if stays else site_id
    profile.unit_id = unit_id
    return before != (profile.site_id, profile.unit_id)
