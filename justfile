# Short names for the commands of dev.py and for the upkeep of the lock; `just` alone lists them.

default:
    @just --list

# show a living programme in the browser
demo *arguments:
    python3 dev.py demo {{arguments}}

# lint, then the suite on SQLite and PostgreSQL
test *arguments:
    python3 dev.py test {{arguments}}

# print a benchmark's table, such as `just bench growth slopes 20`; the README lists them
bench table *arguments:
    PYTHONPATH=. .venv/bin/python benchmarks/{{table}}.py {{arguments}}

# format the code
format:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# collect the translatable strings into the catalogues
messages:
    .venv/bin/telemachy messages

# lock the dependencies again, with hashes and without any registry address
lock:
    uv lock --upgrade
    uv export --quiet --no-header --no-annotate --no-emit-project --no-dev --output-file requirements/base.txt
    uv export --quiet --no-header --no-annotate --no-emit-project --output-file requirements/dev.txt
    ! grep --line-number '://' requirements/base.txt requirements/dev.txt
