"""Try every route as every kind of person, by GET and by POST.

A row says who may GET and who may POST a route of the house; everybody else must be turned
away, and being turned away must leave the database as it was. A route without a row fails.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse


EVERYONE = "everyone"  # also those who are not signed in
SIGNED_IN = "signed in"
NOBODY: tuple[str, ...] = ()


def nothing(_world: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One route: who gets its page, who may press its button, and with what.

    `get` and `post` name actors of the world, EVERYONE or SIGNED_IN. `body` must be valid: an
    allowed POST has to succeed, or the row would prove nothing about those it refuses.
    """

    route: str
    get: Iterable[str] | str = NOBODY
    post: Iterable[str] | str = NOBODY
    where: Callable[[Any], dict[str, Any]] = nothing
    body: Callable[[Any], dict[str, Any]] = nothing
    # What an allowed request answers; a page that redirects elsewhere by design says so.
    answers: frozenset[int] = field(default=frozenset({200, 302, 303}))


def routes() -> Iterator[str]:
    """Every named route of the house, without those that packages bring with them."""
    yield from _walk(get_resolver().url_patterns, "")


PACKAGES = {"admin"}


def _walk(patterns: Iterable[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            if pattern.namespace not in PACKAGES:
                yield from _walk(pattern.url_patterns, f"{prefix}{space}")
        elif isinstance(pattern, URLPattern):
            module = getattr(pattern.callback, "__module__", "")
            if module.startswith("mentorwell."):
                yield f"{prefix}{pattern.name}"


def allowed(named: Iterable[str] | str, actor: str) -> bool:
    if named == EVERYONE:
        return True
    if named == SIGNED_IN:
        return actor != "stranger"
    return actor in named


def digest() -> str:
    """A fingerprint of everything stored, but for sessions: asking a page may touch those."""
    lines = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        if model is not Session:
            for row in model._default_manager.order_by("pk").values_list():
                lines.update(repr((model._meta.label, row)).encode())
    return lines.hexdigest()


def ask(world: Any, row: Row, actor: str, method: str) -> tuple[HttpResponse, bool]:
    """Send one request as one actor in a transaction that is undone; say whether it changed
    anything."""
    client = Client(raise_request_exception=True)
    user = world.actors[actor]
    with transaction.atomic():
        if user is not None:
            client.force_login(user)
        address = reverse(row.route, kwargs=row.where(world))
        before = digest()
        response = getattr(client, method)(address, row.body(world) if method == "post" else {})
        changed = digest() != before
        transaction.set_rollback(True)
    return response, changed


def turned_away(response: HttpResponse) -> bool:
    """Sent to the sign-in, told that there is no such thing, or told that one may not."""
    if response.status_code in {301, 302}:
        return "/accounts/login/" in response["Location"]
    return response.status_code in {403, 404, 405}
