using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Recordings;

/// <summary>
/// A small recording in the replay format, written to a folder of its own: transactions over two pools, some slots with
/// several, one transaction with two swaps. Its bytes follow from the line number alone.
/// </summary>
internal sealed class MiniRecording : IDisposable
{
    public const int Lines = 100;
    public const ulong FirstSlot = 1_000;

    public MiniRecording()
    {
        Folder = Directory.CreateTempSubdirectory("mini-recording-").FullName;
        File.WriteAllLines(Accounts, [Account(0), Account(1)]);
        WriteReplay(Text());
    }

    public string Folder { get; }

    public string Replay => Path.Combine(Folder, "mini.jsonl.gz");

    public string Accounts => Path.Combine(Folder, "mini.initial-accounts.jsonl");

    public static Pubkey Pool(int pool) => new(SHA256.HashData([(byte)pool]));

    /// <summary>Three lines share a slot, one slot is left out between; lines 10 and 11 are one transaction.</summary>
    public static ulong SlotOf(int line) => FirstSlot + 2 * (ulong)(line / 3);

    public static string Line(int line)
    {
        var transaction = line == 11 ? 10 : line;
        var signature = Base58.Encode(SHA512.HashData(Encoding.ASCII.GetBytes($"transaction {transaction}")));
        return $$"""
            {"slot":{{SlotOf(line)}},"blockTime":{{1_600_000_000 + line / 3}},"index":{{transaction}},
            "signature":"{{signature}}",
            "pool":"{{Pool(line % 2)}}","aToB":{{(line % 3 == 0 ? "true" : "false")}},
            "exactIn":true,"amount":"{{line + 1}}",
            "amountOut":"1","later":{"fields":[1,2]},
            "updates":[{"pubkey":"{{Pool(line % 2)}}","data":"{{Data(line)}}"}]}
            """.ReplaceLineEndings("");
    }

    public static string[] Text() => [.. Enumerable.Range(0, Lines).Select(Line)];

    public static string Data(int line) => Convert.ToBase64String(BitConverter.GetBytes(line + 1));

    public void WriteReplay(IEnumerable<string> lines)
    {
        using var gzip = new GZipStream(File.Create(Replay), CompressionLevel.Fastest);
        foreach (var line in lines) gzip.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Account(int pool) =>
        $$"""{"pubkey":"{{Pool(pool)}}","owner":"{{Programs.Whirlpool}}","data":"AAAAAA=="}""";
}
