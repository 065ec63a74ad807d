using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Mev.Control.StructuredFields;
using Mev.Control.Tests.Clients;
using Mev.Fixtures;

namespace Mev.Control.Tests.StructuredFields;

/// <summary>Our parser against npm <c>structured-headers</c>, on the same texts.</summary>
public sealed partial class PublishedParserTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Dictionaries_are_read_alike() =>
        await Compare("dictionary", FieldTexts.Hostile(FieldTexts.Dictionary), text =>
            FieldParser.Dictionary(text) is { } entries
                ? FieldWriter.Write(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Member)))
                : null);

    [Fact]
    public async Task Items_are_read_alike() =>
        await Compare("item", FieldTexts.Hostile(FieldTexts.Item), text =>
            FieldParser.Item(text) is { } item ? FieldWriter.Write(item) : null);

    private async Task Compare(string kind, Gen<string> texts, Func<string, string?> read)
    {
        var count = Soak.Times(20_000, 1_000_000);
        using var process = PublishedClients.Packages.Start("fields.mjs");
        var (alike, ours, left) = (0, 0, count);
        var batches = texts.Array[2_000];
        while (left > 0)
        {
            var batch = batches.Single();
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { kind, texts = batch }));
            await process.StandardInput.FlushAsync();
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            var published = JsonSerializer.Deserialize<string?[]>(line!)!;
            foreach (var (text, theirs) in batch.Zip(published))
            {
                var mine = read(text);
                if (mine is null && theirs is not null && IsBeyondOurs(text)) ours++;
                else Assert.Equal((text, theirs), (text, mine));
                if (mine is not null) alike++;
            }
            left -= batch.Length;
        }
        output.WriteLine($"{count} texts: {alike} read alike, {ours} of kinds that we refuse");
        Assert.True(alike > count / 10);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    /// <summary>Decimals, dates, display strings, and base64 that is not canonical, are refused by us alone.</summary>
    private static bool IsBeyondOurs(string text) =>
        Unsupported().IsMatch(text)
        || Base64().Matches(text).Any(match => CanonicalBase64.Read(match.Groups[1].Value) is null);

    [GeneratedRegex("[0-9]\\.|@|%\"")]
    private static partial Regex Unsupported();

    [GeneratedRegex("(?=:([A-Za-z0-9+/=]*):)")]
    private static partial Regex Base64();
}
