"""Roster files for tests, and a roster taken as far as a test needs it."""

import csv
import io

from mentorwell.core.reading.columns import Field
from mentorwell.office import services
from tests.factories.moments import NOW


CREATE = (Field.SITE, Field.UNIT, Field.TOPICS)
ADA = {"name": "Ada Reed", "email": "ada@example.org", "part": "mentor"}
BEN = {"name": "Ben Cole", "email": "ben@example.org", "part": "mentee"}


def written(*people):
    """Return a CSV file with one row for each dictionary; missing cells are blank."""
    header = list(dict.fromkeys(column for person in people for column in person))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([person.get(column, "") for column in header] for person in people)
    return out.getvalue().encode()


def crowd(count, **cells):
    """Return so many different people, every third a mentor."""
    return [
        {
            "name": f"Person {number}",
            "email": f"row-{number}@example.org",
            "part": "mentee" if number % 3 else "mentor",
            **cells,
        }
        for number in range(count)
    ]


def uploaded(programme, *people, by=None, file_name="people.csv", now=NOW):
    data = written(*people)
    return services.upload_roster(
        programme=programme, file_name=file_name, data=data, by=by, now=now
    )


def reading_of(run, **options):
    """Return the reading that a run guessed, with options of one's own."""
    columns = {column: Field(field) for column, field in run.columns.items()}
    return services.Reading(**{"columns": columns, "create": CREATE, **options})


def checked(programme, *people, by=None, now=NOW, **options):
    """Upload and check a roster, here and now."""
    run = uploaded(programme, *people, by=by, now=now)
    reading = reading_of(run, **options)
    services.check_roster(run=run, reading=reading, by=by, now=now, in_background=False)
    services.stage_roster(run_id=run.pk, now=now)
    run.refresh_from_db()
    return run


def applied(run, *, by=None, now=NOW):
    """Bring the people of a checked roster in, here and now."""
    services.bring_in_roster(run=run, by=by, now=now, in_background=False)
    services.apply_roster(run_id=run.pk, now=now)
    run.refresh_from_db()
    return run
