# Shared by the scripts of this folder: source it from them. It defines ROOT and the build configuration, one for all of them.
set -euo pipefail
CALLER=$PWD
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
CONFIGURATION=release

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# A Python environment in .build/NAME with the pinned packages of a requirements file; made again when the file changes.
python_environment() {
  local venv="$ROOT/.build/$1" wanted
  wanted=$(sha256sum "$2" | cut -d' ' -f1)
  [ "$(cat "$venv/.installed" 2>/dev/null || true)" = "$wanted" ] && return
  say "installing Python packages of $2 into .build/$1"
  rm -rf "$venv"
  /usr/bin/python3 -m venv "$venv" || return 1
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$2" || return 1
  printf '%s' "$wanted" > "$venv/.installed"
}
