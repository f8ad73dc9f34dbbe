#!/bin/sh
# Makes .venv and installs the project into it, with the extras that are given: make_venv.sh ".[test]"
# Debian ships Python without the venv package: then a virtualenv from the package index, in a folder of our own.
set -eu
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    if ! "$PYTHON" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --target .tools virtualenv
        PYTHONPATH=.tools "$PYTHON" -m virtualenv --quiet .venv
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable "$1"
