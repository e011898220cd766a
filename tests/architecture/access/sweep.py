"""Try every route as every kind of person, by GET, HEAD and POST.

A row says who may GET and who may POST a route of the house; everybody else must be turned
away, and being turned away must leave the database as it was. A route without a row fails.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import ACTORS, World
from tests.world.visitors import Visitors


EVERYONE = ACTORS  # also those who are not signed in
SIGNED_IN = tuple(actor for actor in ACTORS if actor != "stranger")
NOBODY: tuple[str, ...] = ()
PAGE, DONE = frozenset({200}), frozenset({302})


def nothing(_world: World) -> dict[str, Any]:
    return {}


def nothing_asked(_world: World) -> str:
    return ""


def as_it_is(_world: World) -> None:
    """Prepare nothing: the route acts on the world as it was built."""


@dataclass(frozen=True)
class Row:
    """One route: who gets its page, who may press its button, and with what.

    `get` and `post` name actors. `body` must be valid: an allowed POST has to succeed and,
    unless `changes` says otherwise, to change something, or the row would prove nothing about
    those it refuses. `later` names actors who may know of the thing, but for whom what the
    route does is not possible as things stand: they are answered with a sentence.
    """

    route: str
    get: Iterable[str] = NOBODY
    post: Iterable[str] = NOBODY
    later: Iterable[str] = NOBODY
    where: Callable[[World], dict[str, Any]] = nothing
    ask: Callable[[World], str] = nothing_asked  # what follows the address: "?a=…"
    body: Callable[[World], dict[str, Any]] = nothing
    before: Callable[[World], object] = as_it_is
    shows: frozenset[int] = PAGE  # what an allowed GET answers
    does: frozenset[int] = DONE  # what an allowed POST answers
    changes: bool = True
    opens_as: str = ""  # whose mailed link it is: whoever holds it reads what they may read
    seen_by: str = ""  # who sees most of it, where pages are looked at
    called: str = ""  # where a route has several rows

    def __str__(self) -> str:
        return f"{self.route} {self.called}".strip()


def routes() -> Iterator[str]:
    """Every named route, those of packages included, but for those of Django admin."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: Iterable[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            if pattern.namespace != "admin":
                yield from _walk(pattern.url_patterns, f"{prefix}{space}")
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def digest() -> str:
    """A fingerprint of everything stored, but for sessions: asking a page may touch those."""
    lines = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model is not Session:
                table, key = model._meta.db_table, model._meta.pk.column
                # Only names of our own tables stand in the statement.
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')  # noqa: S608 -- see above
                lines.update(repr((table, cursor.fetchall())).encode())
    return lines.hexdigest()


@dataclass(frozen=True)
class Answer:
    """What one request was answered, and whether it changed anything."""

    response: HttpResponse
    changed: bool

    @property
    def status(self) -> int:
        return self.response.status_code


class Request(NamedTuple):
    """What is asked where, and the fingerprint of the database before it."""

    method: str
    address: str
    standing: str


def answers(visitors: Visitors, row: Row, method: str) -> Iterator[tuple[str, Answer]]:
    """Yield what each actor is answered; each request is undone before the next."""
    with prepared(visitors.world, row) as address:
        standing = digest()
        for actor in ACTORS:
            yield actor, _ask(visitors, row, actor, Request(method, address, standing))


def answer_elsewhere(visitors: Visitors, row: Row, actor: str) -> Answer:
    """Return what a POST is answered that comes from a page of somebody else's making."""
    with prepared(visitors.world, row) as address, visitors.on_a_strange_page():
        return _ask(visitors, row, actor, Request("post", address, digest()))


@contextmanager
def prepared(world: World, row: Row) -> Iterator[str]:
    """Let things stand as the row wants them, and give its address; undone afterwards."""
    with transaction.atomic():
        row.before(world)
        yield reverse(row.route, kwargs=row.where(world)) + row.ask(world)
        transaction.set_rollback(True)


def _ask(visitors: Visitors, row: Row, actor: str, request: Request) -> Answer:
    with transaction.atomic():
        body = row.body(visitors.world) if request.method == "post" else {}
        with statements() as said:
            response = getattr(visitors.browser(actor), request.method)(request.address, body)
        # Taking the fingerprint costs more than the request: where nothing but reading was said
        # to the database, there is nothing to find.
        changed = any(map(may_write, said)) and digest() != request.standing
        answer = Answer(response, changed)
        transaction.set_rollback(True)
    return answer


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is said to the database within."""
    said: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        yield said


READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA)\b|.*\bdjango_session\b")


def may_write(sql: str) -> bool:
    """Whether a statement is anything but reading, or keeping a session."""
    return READS.match(sql) is None


def sent_to_sign_in(response: HttpResponse) -> bool:
    start = f"{reverse(settings.LOGIN_URL)}?"
    return response.status_code == 302 and response["Location"].startswith(start)


def turned_away(response: HttpResponse, actor: str, *, offered: bool) -> bool:
    """Whether the answer gives nothing away.

    A stranger is sent to the sign-in; everyone else learns that there is no such page. Only
    where nobody may use this method at all (`offered` is false) the answer may say so.
    """
    if response.status_code == 405:
        return not offered
    if actor == "stranger" and sent_to_sign_in(response):
        return True
    return response.status_code == 404
