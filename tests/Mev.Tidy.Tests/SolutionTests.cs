using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// The house is whole: what lies in <c>src</c> and <c>tests</c> is in the solution and has its lock file.
/// </summary>
public sealed class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution() =>
        Expect.NoFindings(Absent(Repository.Text("Mev.Orleans.sln"), Repository.Projects));

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Assert.All(
            Repository.Projects,
            path => Assert.True(Repository.Exists(Path.GetDirectoryName(path) + "/packages.lock.json"), path));

    [Fact]
    public void A_forgotten_project_is_found() =>
        Assert.Equal(["src/Mev.B/Mev.B.csproj"], Absent(
            "\"src\\Mev.A\\Mev.A.csproj\"", ["src/Mev.A/Mev.A.csproj", "src/Mev.B/Mev.B.csproj"]));

    private static IEnumerable<string> Absent(string solution, IEnumerable<string> projects)
    {
        var paths = solution.Replace('\\', '/');
        return projects.Where(project => !paths.Contains($"\"{project}\""));
    }
}
