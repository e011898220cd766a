"""The people of a checked roster are brought in: all of them or none."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.accounts.queries import people_by_email
from mentorwell.accounts.services import NewAccount, create_accounts
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import ImportState
from mentorwell.foundation import jobs
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.office import rules
from mentorwell.office.models import ImportRow, ImportRun
from mentorwell.office.queries.known import LEFT_OUT
from mentorwell.office.services.staging import OUR_FAULT
from mentorwell.people import services as people
from mentorwell.people.enums import Part
from mentorwell.people.services import Newcomer
from mentorwell.programmes.models import Organisation, Site, Unit
from mentorwell.programmes.services import add_sites, add_units


KEPT_FOR = timedelta(days=7)
"""How long a roster that nobody brings in is kept."""

Row = TypeVar("Row", Site, Unit)
Staged = dict[str, Any]
"""One row of a roster as `stage_roster` wrote it."""


@transaction.atomic
def bring_in_roster(
    *, run: ImportRun, by: User | None, now: datetime, in_background: bool = True
) -> None:
    """Have the people of a checked roster brought in, as a job unless the caller does it.

    Mails nobody and makes nobody ready. Raises NotAllowed, or NotPossibleNow where a row is
    bad or the roster is not checked. Everything that comes of it is `by` who asked for it.
    """
    rules.check_can_apply(by, run)
    changed = ImportRun.objects.filter(pk=run.pk, state=ImportState.CHECKED, bad_count=0).update(
        state=ImportState.APPLYING, by=by
    )
    if not changed:
        raise NotPossibleNow("These people are being brought in already.")
    audit.record(verb="office.import.bring_in", target=run, by=by, now=now)
    if in_background:
        jobs.enqueue("mentorwell.office.tasks.apply_roster", run_id=run.pk)


def apply_roster(*, run_id: int, now: datetime) -> None:
    """Write everyone of a roster that waits for it in one short transaction; else do nothing.

    Rows are opened before the transaction begins, so that others wait as little as can be.
    Where it fails, nothing is written, and the roster says so. Audited row by row by what it
    calls, and as a whole by `bring_in_roster`.
    """
    run = (
        ImportRun.objects.select_related("programme__organisation", "programme__policy", "by")
        .filter(pk=run_id, state=ImportState.APPLYING)
        .first()
    )
    if run is None:
        return
    try:
        rows = [json.loads(row.content) for row in run.rows.order_by("number").iterator()]
        _apply(run, rows, now)
    except Exception as error:
        sentence = str(error) if isinstance(error, Refusal) else OUR_FAULT
        ImportRun.objects.filter(pk=run.pk, state=ImportState.APPLYING).update(
            state=ImportState.FAILED, failure=sentence
        )
        raise


@transaction.atomic
def _apply(run: ImportRun, rows: Sequence[Staged], now: datetime) -> None:
    # One roster of a house at a time: two with the same new people or sites would collide.
    house = Organisation.objects.filter(pk=run.programme.organisation_id)
    list(house.select_for_update(no_key=True).values("pk"))
    waiting = ImportRun.objects.filter(pk=run.pk, state=ImportState.APPLYING)
    if not waiting.update(state=ImportState.DONE, file="", finished_at=now):
        return  # another worker has just done it
    found = _Found(run, rows, now)
    emails = {row["email"] for row in rows}
    known = people_by_email(emails)
    accounts = create_accounts(
        accounts=[_account(row, found.site(row), run.programme.organisation) for row in rows],
        by=run.by,
        now=now,
    )
    result = people.follow_file(
        programme=run.programme,
        newcomers=[one for row in rows for one in found.newcomers(row, accounts[row["email"]])],
        by=run.by,
        now=now,
    )
    ImportRun.objects.filter(pk=run.pk).update(
        account_count=len(emails) - len(known),
        part_count=result.parts,
        changed_count=result.changed,
        left_count=result.left,
    )
    ImportRow.objects.filter(run=run).delete()


class _Found:
    """The sites, units and topics that rows name, those that were missing made."""

    def __init__(self, run: ImportRun, rows: Sequence[Staged], now: datetime) -> None:
        organisation = run.programme.organisation
        self.sites = {str(site.uid): site for site in organisation.sites.all()}
        self.new_sites = add_sites(
            organisation=organisation, names=_new(row["site"] for row in rows), by=run.by, now=now
        )
        self.units = {
            str(unit.uid): unit for unit in Unit.objects.filter(site__organisation=organisation)
        }
        pairs = {
            (site, row["unit"]["name"]): None
            for row in rows
            if row["unit"] and not row["unit"]["key"] and (site := self.site(row))
        }
        self.new_units = add_units(units=list(pairs), by=run.by, now=now)
        self.new_topics = people.add_local_topics(
            organisation=organisation,
            names=_new(topic for row in rows for topic in row["topics"]),
            by=run.by,
            now=now,
        )

    def site(self, row: Staged) -> Site | None:
        """Return the site of a row, if it names one that is to be taken over."""
        choice = row["site"]
        if not choice or choice["key"] == LEFT_OUT:
            return None
        return (
            _still(self.sites, choice["key"]) if choice["key"] else self.new_sites[choice["name"]]
        )

    def unit(self, row: Staged, site: Site | None) -> Unit | None:
        """Return the unit of a row at its site."""
        choice = row["unit"]
        if not choice or site is None:
            return None
        if choice["key"]:
            return _still(self.units, choice["key"])
        return self.new_units[site.pk, choice["name"]]

    def newcomers(self, row: Staged, person: User) -> list[Newcomer]:
        """Return a row as the person it brings in, once for each part."""
        site = self.site(row)
        stage = row["stage"] or {"key": ""}
        topics = [topic["key"] or self.new_topics[topic["name"]] for topic in row["topics"]]
        return [
            Newcomer(
                person=person,
                part=Part(part),
                headline=row["headline"],
                stage="" if stage["key"] == LEFT_OUT else stage["key"],
                site=site,
                unit=self.unit(row, site),
                languages=tuple(_kept(language["key"] for language in row["languages"])),
                topics=tuple(_kept(topics)),
                story=row["story"],
                places=row["places"],
                cohort=row["cohort"],
                start_date=date.fromisoformat(row["start_date"]) if row["start_date"] else None,
            )
            for part in row["parts"]
        ]


def _account(row: Staged, site: Site | None, organisation: Organisation) -> NewAccount:
    return NewAccount(
        email=row["email"],
        name=row["name"],
        language=organisation.language,
        time_zone=(site or organisation).time_zone,
    )


def _new(choices: Iterable[dict[str, str] | None]) -> list[str]:
    """Return the names that have no key yet, each once."""
    return list(dict.fromkeys(choice["name"] for choice in choices if choice and not choice["key"]))


def _kept(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key != LEFT_OUT]


def _still(rows: Mapping[str, Row], key: str) -> Row:
    if key not in rows:
        raise NotPossibleNow("A site or unit of this file was removed. Check the file once more.")
    return rows[key]


@transaction.atomic
def forget_rosters(*, now: datetime) -> int:
    """Delete rosters that nobody brought in for a week, and return how many; not audited."""
    old = ImportRun.objects.filter(uploaded_at__lte=now - KEPT_FOR).exclude(state=ImportState.DONE)
    return old.delete()[1].get("office.ImportRun", 0)
