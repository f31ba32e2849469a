#!/usr/bin/env bash
# Seeds from the data of the tests, made at build time: each file as it is, and behind the first bytes
# by which some fuzzers choose what to read it as.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seeds=$1
rm -rf "$seeds"
mkdir -p "$seeds"
number=0
while IFS= read -r file; do
  number=$((number + 1))
  cp "$file" "$seeds/$number"
  for choice in 000 001 002 003; do
    { printf "\\$choice"; cat "$file"; } >"$seeds/$number-$choice"
  done
done < <(find tests/data -type f -not -path 'tests/data/fuzz/*' -size -64k | sort)
# Repositories and requests have no files of their own there.
printf '\000.python-version\n3.10\n\000package.json\n{"engines": {"node": "^16"}}\n' >"$seeds/repository"
printf '\001pyproject.toml\n[project]\nrequires-python = ">=3.9"\n\000Dockerfile\nFROM python:3.9@sha256:ab\n' >"$seeds/repository-newest"
printf '\000pom.xml\n<project><properties><maven.compiler.release>11</maven.compiler.release></properties></project>\n' >"$seeds/repository-pom"
printf 'POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}' >"$seeds/request-post"
printf 'GET /v1/check?runtime=python&version=3.10 HTTP/1.1\r\nHost: a\r\n\r\n' >"$seeds/request-get"
printf '\000\001\002../../x\n\003\004a\033[31m' >"$seeds/snapshot-edits"
