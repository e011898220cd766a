"""Build the world in the order in which it would come to be."""

from datetime import timedelta

from tests.factories.moments import NOW
from tests.world import goals, house, office, pairs, people, rounds, search, talk
from tests.world.words import Words
from tests.world.world import World


START = NOW - timedelta(days=100)


def build_world() -> World:
    """Return a world that stands at NOW."""
    world = World({"stranger": None}, Words())
    house.found(world, now=START)
    people.bring_in(world, now=START + timedelta(days=1))
    people.tell(world, now=START + timedelta(days=2))
    pairs.pair_up(world, now=START + timedelta(days=10))
    talk.write_before_the_end(world, now=START + timedelta(days=50))
    pairs.part(world, now=START + timedelta(days=60))
    search.ask_in_vain(world, now=START + timedelta(days=70))
    search.look(world, now=NOW - timedelta(days=2))
    rounds.hold_a_round(world, now=NOW - timedelta(days=1, hours=2))
    office.keep_books(world, now=NOW - timedelta(days=1))
    talk.write(world, now=NOW - timedelta(minutes=30))
    goals.aim(world, now=NOW - timedelta(days=20))
    return world
