using System.Globalization;

namespace Mev.Cli.Auctions;

/// <summary>Seeds from one to another, both included.</summary>
internal sealed record SeedRange(ulong First, ulong Last)
{
    private const ulong CountMax = 1_000;

    public IEnumerable<ulong> Seeds
    {
        get
        {
            for (var seed = First; seed <= Last; seed++) yield return seed;
        }
    }

    /// <summary>Reads <c>A-B</c> or <c>A</c>.</summary>
    /// <exception cref="CommandFailure">It is neither, or too many.</exception>
    public static SeedRange Of(string text)
    {
        var parts = text.Split('-');
        if (parts.Length is 1 or 2 && Number(parts[0]) is { } first && Number(parts[^1]) is { } last
            && first <= last && last < ulong.MaxValue && last - first < CountMax)
        {
            return new SeedRange(first, last);
        }
        throw new CommandFailure(
            ExitCode.Usage, $"--seeds '{text}' is no range of at most {CountMax} seeds; write --seeds 20000-20019");
    }

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
