import pytest

from tests.architecture.access.rows import ROWS
from tests.architecture.access.sweep import allowed, ask, routes, turned_away
from tests.architecture.access.world import ACTORS, build_world


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(row.route for row in ROWS) == sorted(routes())


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.route)
def test_a_route_answers_those_who_may_and_turns_all_others_away(row):
    world = build_world()
    wrong = []
    for method in ("get", "post"):
        for actor in ACTORS:
            response, changed = ask(world, row, actor, method)
            line = f"{method} as {actor}: {response.status_code}"
            if allowed(getattr(row, method), actor):
                if response.status_code not in row.answers or turned_away(response):
                    wrong.append(f"{line}, but should be answered")
            elif not turned_away(response):
                wrong.append(f"{line}, but should be turned away")
            elif changed:
                wrong.append(f"{line}, turned away but the database changed")
            if method == "get" and changed:
                wrong.append(f"{line}: a GET changed the database")

    assert wrong == []
