using System.Diagnostics;

namespace Mev.Fixtures.Node;

/// <summary>
/// Packages of npm that tests run in a process of node. They are installed once below <c>artifacts</c>, as the lock
/// file beside the test says. Where node or a package cannot be had, tests are skipped by name; with
/// <c>MEV_REQUIRE_SERVICES=1</c> they fail.
/// </summary>
public sealed class NodePackages(string what, string sources, string name)
{
    private static readonly Version NodeMin = new(20, 18);
    private static readonly TimeSpan InstallMax = TimeSpan.FromMinutes(3);

    private readonly Lazy<string> _missing = new(() => Install(what, sources, FolderOf(name)));

    /// <summary>Where the packages are.</summary>
    public string Folder => FolderOf(name);

    /// <summary>Installs them where that was not done; what is missing, or nothing.</summary>
    public string Missing => _missing.Value;

    /// <summary>
    /// Runs a script of the test with the packages' folder as its first argument; skips or fails the test without them.
    /// </summary>
    public Process Start(string script, params string[] arguments)
    {
        if (_missing.Value.Length > 0) Services.Missing(_missing.Value);
        return Run("node", sources, [Path.Combine(sources, script), Folder, .. arguments]);
    }

    private static string FolderOf(string name) => Path.Combine(TestData.Repository, "artifacts", name);

    /// <summary>Installs what the lock file names, unless that is done; says what is missing, or nothing.</summary>
    private static string Install(string what, string sources, string folder)
    {
        try
        {
            using var node = Run("node", TestData.Repository, ["--version"]);
            var version = node.StandardOutput.ReadToEnd().Trim();
            if (!Version.TryParse(version.TrimStart('v'), out var found) || found < NodeMin)
                return $"node {NodeMin} or newer, found '{version}'";
            var installed = Path.Combine(folder, "installed.json");
            var wanted = File.ReadAllText(Path.Combine(sources, "package-lock.json"));
            if (File.Exists(installed) && File.ReadAllText(installed) == wanted) return "";
            Directory.CreateDirectory(folder);
            foreach (var file in new[] { "package.json", "package-lock.json" })
                File.Copy(Path.Combine(sources, file), Path.Combine(folder, file), overwrite: true);
            using var npm = Run("npm", folder, ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]);
            if (!npm.WaitForExit(InstallMax)) npm.Kill(entireProcessTree: true);
            if (!npm.HasExited || npm.ExitCode != 0) return $"npm install of {what} did not succeed";
            File.WriteAllText(installed, wanted);
            return "";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"node with npm ({e.Message})";
        }
    }

    private static Process Run(string program, string folder, string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
