using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Mev.Domain.Chain;
using Mev.Tidy.Tests.Sources;

namespace Mev.Tidy.Tests;

/// <summary>
/// Rule 11: no secret, no tip account outside the test of its derivation (<c>TipAccountTests.cs</c>), no path of a
/// machine. Holds for every text file, tests included.
/// </summary>
public sealed partial class SecretTests
{
    private const string DerivationTest = "TipAccountTests.cs";
    private const string TipProgram = "06aa09548b50476ad462f91f89a3015033264fc9abd5270020a9d142334742fb";

    /// <summary>Bumps of TIP_ACCOUNT_0 to 7 (specs: Jito, tip accounts), so no address has to stand here.</summary>
    private static readonly byte[] TipBumps = [255, 254, 255, 255, 252, 255, 252, 255];

    private static readonly string[] TipAccounts =
        [.. TipBumps.Select((bump, index) => Derive(index, bump).ToString())];

    [Fact]
    public void Nothing_in_the_tree_is_secret_or_of_one_machine() =>
        Expect.NoFindings(Repository.Files.SelectMany(Findings));

    [Fact]
    public void A_tip_account_is_found_unless_its_derivation_is_tested()
    {
        Assert.Equal(TipBumps.Length, TipAccounts.Distinct().Count());
        var text = $"var tip = \"{TipAccounts[3]}\";";
        Assert.NotEmpty(Findings(new SourceFile("src/Mev.X/A.cs", text)));
        Assert.Empty(Findings(new SourceFile("tests/Mev.X.Tests/" + DerivationTest, text)));
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE " + "KEY-----")]
    [InlineData("pass" + "word = \"correct horse battery\"")]
    [InlineData("ApiKey" + ": \"0123456789abcdef\"")]
    [InlineData("AKIA" + "ABCDEFGHIJKLMNOP")]
    [InlineData("cache in /ho" + "me/someone/.cache")]
    [InlineData("C:" + "\\Users\\someone")]
    public void A_secret_or_a_machine_is_found(string text) =>
        Assert.NotEmpty(Findings(new SourceFile("docs/a.md", text)));

    [Fact]
    public void A_key_pair_as_a_list_of_bytes_is_found()
    {
        var bytes = "[" + string.Join(",", Enumerable.Range(100, 64)) + "]";
        Assert.NotEmpty(Findings(new SourceFile("deploy/a.json", bytes)));
    }

    [Theory]
    [InlineData("read from `../shared/data/home/x`, token `abc`, secretName: \"${SECRET_NAME}\"")]
    [InlineData("GET /v1/overview and /metrics")]
    public void Ordinary_text_is_none(string text) => Assert.Empty(Findings(new SourceFile("docs/a.md", text)));

    private static IEnumerable<string> Findings(SourceFile file)
    {
        foreach (Match match in Secret().Matches(file.Text)) yield return $"{file.At(match.Index)}: a secret";
        foreach (Match match in MachinePath().Matches(file.Text)) yield return $"{file.At(match.Index)}: {match.Value}";
        if (file.Name == DerivationTest) yield break;
        foreach (var account in TipAccounts.Where(file.Text.Contains)) yield return $"{file.Path}: {account}";
    }

    /// <summary>A program-derived address with a known bump: no search, so no curve arithmetic.</summary>
    private static Pubkey Derive(int index, byte bump) => new(SHA256.HashData([
        .. Encoding.ASCII.GetBytes($"TIP_ACCOUNT_{index}"), bump, .. Convert.FromHexString(TipProgram),
        .. "ProgramDerivedAddress"u8]));

    [GeneratedRegex(
        @"-----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY | \bAKIA[0-9A-Z]{16}\b | \beyJ[\w-]{20,}\.eyJ
        | \[\s*(?:\d{1,3}\s*,\s*){63}\d{1,3}\s*\]
        | \b(?:password|secret|api_?key|access_?token|private_?key)""?\s*[:=]\s*""[^""${}<]{8,}""",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?<![\w.~}/])/(?:home|root|work|farm|Users|mnt|tmp)/\w|\b[A-Z]:\\\w")]
    private static partial Regex MachinePath();
}
