#!/bin/bash
# The kill storm and the other hardships, at full length: what `make soak` runs.
#
#   KILLS       of the storm                                (2000)
#   BASIC       of the storm without what makes it safe     (200)
#   JOBS        lives at a time; they mostly wait           (6)
#   HOOK_MS     how long the hook of each turn takes        (4000)
#   STALLS      seconds for each way in which the desktop or the disk is broken (20)
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${RANDORI_BUILD:-build/default}
failed=0

"$build/tests/soak/storm" -n "${KILLS:-2000}" -b "${BASIC:-200}" -j "${JOBS:-6}" \
    -h "${HOOK_MS:-4000}" || failed=1
"$build/tests/soak/stalls" -t "${STALLS:-20}" || failed=1
export SOAK=1 CMOCKA_MESSAGE_OUTPUT=TAP
for suite in "$build"/tests/soak/test_faults "$build"/tests/soak/test_hardship \
    tests/soak/run-order.sh; do
    echo "=== $suite"
    "$suite" </dev/null || failed=1
done
exit $failed
