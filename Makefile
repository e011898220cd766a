# One command a chore, used alike by people and by CI.
# Nothing is assumed but make and Python 3.11 or newer with venv.

PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH := src
export PYTHONWARNINGS := ignore::SyntaxWarning

.PHONY: demo test check fix run bench lock

demo: $(BIN)/mentorwell  ## a hospital with people and a year of history on 127.0.0.1:8000
	MENTORWELL_MODE=demo MENTORWELL_HOME=$(CURDIR)/var/demo $(BIN)/mentorwell demo

run: $(BIN)/mentorwell  ## an empty Mentorwell with its worker, for development
	MENTORWELL_MODE=development $(BIN)/mentorwell run

test: .venv/dev  ## every test that this machine can run; says what it leaves out
	$(BIN)/python tests/run.py

check: .venv/dev  ## the law: lint, types, layers, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint src
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=mentorwell.config.settings $(BIN)/python -W error -m django makemigrations --check --dry-run
	MENTORWELL_MODE=production MENTORWELL_HOME=$(CURDIR)/var/check DJANGO_SETTINGS_MODULE=mentorwell.config.settings \
		$(BIN)/python -W error -m django check --deploy --fail-level WARNING

fix: .venv/dev  ## let the tools mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev  ## every figure in one run, as ratios
	$(BIN)/python -m bench

lock: .venv/dev  ## pin every dependency anew, with hashes and without hosts
	$(BIN)/uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--custom-compile-command "make lock" --extra build --extra cluster --extra dev -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--custom-compile-command "make lock" --extra build -c requirements/dev.txt -o requirements/base.txt

# What runs: the pinned dependencies and the package itself, without a second download. Python
# compiles what is imported anyway; compiling all the rest would only keep people waiting.
$(BIN)/mentorwell: requirements/base.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What develops: the above and the tools.
.venv/dev: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(BIN)/mentorwell
