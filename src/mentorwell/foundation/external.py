"""The privacy register's entries for models of other packages."""

from mentorwell.foundation.register import FACT, KEY, LINK, NAME, PLAIN, register_external


def register_external_models() -> None:
    """Enter every stored field that this house does not define itself."""
    register_external(
        "contenttypes.ContentType", dict.fromkeys(("id", "app_label", "model"), PLAIN)
    )
    register_external(
        "auth.Permission", dict.fromkeys(("id", "name", "content_type", "codename"), PLAIN)
    )
    register_external("auth.Group", dict.fromkeys(("id", "name", "permissions"), PLAIN))
    register_external(
        "sessions.Session", {"session_key": KEY, "session_data": KEY, "expire_date": PLAIN}
    )
    register_external(
        "admin.LogEntry",
        {
            "id": PLAIN,
            "action_time": PLAIN,
            "user": LINK,
            "content_type": PLAIN,
            "object_id": LINK,
            "object_repr": NAME,
            "action_flag": PLAIN,
            "change_message": PLAIN,
        },
    )
    register_external(
        "account.EmailAddress",
        {"id": PLAIN, "user": LINK, "email": NAME, "verified": FACT, "primary": FACT},
    )
    register_external(
        "account.EmailConfirmation",
        {"id": PLAIN, "email_address": LINK, "created": PLAIN, "sent": PLAIN, "key": KEY},
    )
    register_external(
        "django_tasks_database.DBTaskResult",
        {
            "id": PLAIN,
            "status": PLAIN,
            "enqueued_at": PLAIN,
            "started_at": PLAIN,
            "finished_at": PLAIN,
            "args_kwargs": LINK,
            "priority": PLAIN,
            "task_path": PLAIN,
            "worker_ids": PLAIN,
            "queue_name": PLAIN,
            "backend_name": PLAIN,
            "run_after": PLAIN,
            "return_value": PLAIN,
            "exception_class_path": PLAIN,
            "traceback": PLAIN,
        },
    )
