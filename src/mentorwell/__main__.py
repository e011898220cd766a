"""`python -m mentorwell`: the same as the `mentorwell` command."""

from mentorwell.ops.cli import main


if __name__ == "__main__":
    main()
