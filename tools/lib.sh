# Shared by the scripts of this folder: source it from them. It defines ROOT and the build configuration, one for all of them.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
CONFIGURATION=release

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
