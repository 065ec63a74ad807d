using System.Diagnostics;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>What <c>build/test.sh</c> makes of the reports, shown with executables that only write reports.</summary>
public sealed class TestScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("test-script-");

    [Fact]
    public async Task Tests_that_did_not_run_are_counted_and_named()
    {
        Write("A", Report(passed: 3) + """
            <test id="1" name="A.Measures(ms: 3)" result="NotRun" time="0"/><test id="2" name="A.Ran" time="0"/>
            <test id="3" name="A.Needs_data" result="Skip" time="0"/>
            """);
        Write("B", Report(passed: 2));
        var (code, lines) = await Run("0");
        Assert.Equal(0, code);
        Assert.Equal("5 passed, 0 failed, 2 skipped", lines[^1]);
        Assert.Equal(
            ["== skipped: A.Measures(ms: 3)", "== skipped: A.Needs_data"],
            lines.Where(line => line.StartsWith("== skipped", StringComparison.Ordinal)));
        Assert.Contains("explicit off", lines);
    }

    [Fact]
    public async Task A_soak_asks_for_tests_that_measure_and_nothing_skipped_is_not_said()
    {
        Write("A", Report(passed: 4));
        var (code, lines) = await Run("1");
        Assert.Equal(0, code);
        Assert.Equal("4 passed, 0 failed", lines[^1]);
        Assert.Contains("explicit on", lines);
    }

    [Fact]
    public async Task A_failure_and_an_executable_without_a_report_fail()
    {
        Write("A", Report(passed: 4, failed: 1));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "tests", "B.Tests"));
        var (code, lines) = await Run("0");
        Assert.Equal(1, code);
        Assert.Equal("4 passed, 2 failed", lines[^1]);
    }

    /// <summary>Its report has totals of 0 and an error, and the tests that had ended.</summary>
    [Fact]
    public async Task A_run_that_was_cut_at_its_time_says_what_had_ended()
    {
        Write("A", Report(passed: 3, failed: 2, errors: 1));
        Write("B", Report(passed: 1));
        var (code, lines) = await Run("0");
        Assert.Equal(1, code);
        Assert.Equal("4 passed, 3 failed", lines[^1]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Report(int passed, int failed = 0, int errors = 0) =>
        $"<assembly name=\"a\" errors=\"{errors}\" failed=\"0\" passed=\"0\" total=\"0\">\n"
        + string.Concat(Enumerable.Repeat("<test id=\"1\" name=\"A.Ran\" result=\"Pass\"/>", passed))
        + string.Concat(Enumerable.Repeat("<test id=\"2\" name=\"A.Fell\" result=\"Fail\"/>\n", failed));

    private void Write(string name, string report)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "tests", $"{name}.Tests"));
        var folder = Path.Combine(_folder.FullName, "artifacts", "bin", $"{name}.Tests", "debug");
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, $"{name}.Tests");
        File.WriteAllText(program, $"""
            #!/bin/sh
            while [ $# -gt 0 ]; do
                case $1 in
                    --explicit) echo "explicit $2" ;;
                    --results-directory) results=$2 ;;
                esac
                shift
            done
            cat >"$results/{name}.Tests.xml" <<'END'
            {report}
            END
            """);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string[] Lines)> Run(string soak)
    {
        var build = Directory.CreateDirectory(Path.Combine(_folder.FullName, "build"));
        var script = Path.Combine(build.FullName, "test.sh");
        File.WriteAllText(script, Repository.Text("build/test.sh"));
        var start = new ProcessStartInfo("sh", [script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MEV_SOAK"] = soak;
        start.Environment["CONFIGURATION"] = "Debug";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.TrimEnd().Split('\n'));
    }
}
