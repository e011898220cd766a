"""What IT may touch: accounts and reference data, never anything personal."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from mentorwell.accounts import rules, services
from mentorwell.accounts.models import User
from mentorwell.foundation import clock


@admin.register(User)
class AccountAdmin(admin.ModelAdmin[User]):
    """An account: seen by IT, switched on and off, and nothing more.

    Nobody sets another's e-mail, password or factor, and accounts are made by the office.
    """

    list_display = ("email", "name", "is_active", "joined_at")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "joined_at")
    readonly_fields = ("email", "name", "joined_at")
    ordering = ("email",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made where people are brought in."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse: a person is erased, with all that hangs on it, not deleted here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let IT switch others, not themselves."""
        assert isinstance(request.user, User)  # noqa: S101 -- the site lets nobody else in
        return obj is None or rules.can_set_active(request.user, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuse every condition in the address: it would tell what the page does not show."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: ModelForm[User],
        change: bool,  # noqa: FBT001 -- Django's signature
    ) -> None:
        """Switch the account through its service, so that the rule holds and the trail has it."""
        assert isinstance(request.user, User)  # noqa: S101 -- the site lets nobody else in
        if "is_active" in form.changed_data:
            services.set_active(user=obj, active=obj.is_active, by=request.user, now=clock.now())
