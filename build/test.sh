#!/bin/sh
# Runs every built test executable, sums the counts of their reports, and closes with one line that says them.
set -u
cd "$(dirname "$0")/.."
configuration=$(printf '%s' "${CONFIGURATION:-Debug}" | tr '[:upper:]' '[:lower:]')
results=$PWD/artifacts/test-results
mkdir -p "$results"
rm -f "$results"/*.xml "$results/summary.txt"
passed=0 failed=0 skipped=0

count() { # the named attribute of the report's only <assembly>, 0 without one
    value=$(sed -n "s/.*<assembly [^>]*[ ]$2=\"\([0-9]*\)\".*/\1/p" "$1" 2>/dev/null | head -n 1)
    echo "${value:-0}"
}

for project in tests/*.Tests; do
    name=${project#tests/}
    report=$results/$name.xml
    echo "== $name"
    "artifacts/bin/$name/$configuration/$name" --no-ansi --progress off --timeout "${MEV_TEST_TIMEOUT:-15m}" \
        --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename "$name.xml"
    code=$?
    failures=$(($(count "$report" failed) + $(count "$report" errors)))
    if [ $code -ne 0 ] && [ $failures -eq 0 ]; then
        echo "== $name ended with code $code and reported no failure (8 means: it has no test)"
        failures=1
    fi
    passed=$((passed + $(count "$report" passed)))
    skipped=$((skipped + $(count "$report" skipped)))
    failed=$((failed + failures))
done

echo "$passed passed, $failed failed, $skipped skipped" | tee "$results/summary.txt"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
