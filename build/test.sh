#!/bin/sh
# Runs every built test executable, sums the counts of their reports, names what was skipped, at the end what failed,
# and closes with one line: "N passed, N failed", and ", N skipped" where something was. Tests that measure this machine
# run with MEV_SOAK=1 and are skipped otherwise.
set -u
cd "$(dirname "$0")/.."
configuration=$(printf '%s' "${CONFIGURATION:-Debug}" | tr '[:upper:]' '[:lower:]')
results=$PWD/artifacts/test-results
mkdir -p "$results"
rm -f "$results"/*.xml "$results/summary.txt"
passed=0 failed=0 skipped=0 failures_named=
if [ "${MEV_SOAK:-}" = 1 ]; then explicit=on; else explicit=off; fi

results() { # how many tests of the report have that result: its totals are 0 where a run was cut at its time
    [ -f "$1" ] || { echo 0; return; }
    tr '<' '\n' <"$1" | grep -c "^test .* result=\"\($2\)\""
}

errors() { # of the report outside its tests
    value=$(sed -n 's/.*<assembly [^>]*[ ]errors="\([0-9]*\)".*/\1/p' "$1" 2>/dev/null | head -n 1)
    echo "${value:-0}"
}

name_skipped() { # a line for each test of the report that did not run
    [ -f "$1" ] || return
    tr '<' '\n' <"$1" |
        sed -n '/ result="\(Skip\|NotRun\)"/s/^test .* name="\([^"]*\)" result=.*/== skipped: \1/p'
}

name_failed() { # a line for each test of the report that failed, with the beginning of its message
    [ -f "$1" ] || return
    tr '<' '\n' <"$1" | awk '
        /^test .* result="Fail"/ { sub(/^test .* name="/, ""); sub(/" result=.*/, ""); test = $0 }
        test != "" && sub(/^(message>|!\[CDATA\[)./, "&") {
            sub(/^(message>|!\[CDATA\[)/, ""); print "== failed: " test ": " substr($0, 1, 300); test = "" }'
}

for project in tests/*.Tests; do
    name=${project#tests/}
    report=$results/$name.xml
    echo "== $name"
    "artifacts/bin/$name/$configuration/$name" --no-ansi --progress off --timeout "${MEV_TEST_TIMEOUT:-35m}" \
        --explicit "$explicit" \
        --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename "$name.xml"
    code=$?
    failures=$(($(results "$report" Fail) + $(errors "$report")))
    if [ $code -ne 0 ] && [ $failures -eq 0 ]; then
        echo "== $name ended with code $code and reported no failure (8 means: it has no test)"
        failures=1
    fi
    name_skipped "$report"
    failures_named="$failures_named$(name_failed "$report")
"
    passed=$((passed + $(results "$report" Pass)))
    skipped=$((skipped + $(results "$report" 'Skip\|NotRun')))
    failed=$((failed + failures))
done

printf '%s' "$failures_named" | sed '/^$/d'
if [ $skipped -gt 0 ]; then skips=", $skipped skipped"; else skips=; fi
echo "$passed passed, $failed failed$skips" | tee "$results/summary.txt"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
