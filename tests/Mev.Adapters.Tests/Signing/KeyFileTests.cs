using System.Runtime.Versioning;
using System.Security.Cryptography;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Adapters.Solana.Transactions;

namespace Mev.Adapters.Tests.Signing;

[SupportedOSPlatform("linux")]
public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly KeyCost Cheap = new(8_192, 1);
    private static readonly byte[] Seed = SHA256.HashData("seed"u8);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_keypair_file_of_the_command_line_is_read()
    {
        using var expected = new SigningKey(Seed);
        using var key = KeyFile.Read(Keypair(), [], out var defect);
        Assert.Equal((KeyFileDefect.None, expected.Address), (defect, key?.Address));
        using var strict = KeyFile.Read(Keypair(mode: UnixFileMode.UserRead), [], out defect);
        Assert.Equal(expected.Address, strict?.Address);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_file_that_others_may_use_is_not(UnixFileMode more)
    {
        Assert.Null(KeyFile.Read(Keypair(mode: Private | more), [], out var defect));
        Assert.Equal(KeyFileDefect.Permissions, defect);
    }

    [Fact]
    public void What_is_no_plain_file_of_ours_is_not_read()
    {
        Assert.Null(KeyFile.Read(_folder.File("nowhere"), [], out var defect));
        Assert.Equal(KeyFileDefect.Missing, defect);
        Assert.Null(KeyFile.Read(Path.GetDirectoryName(_folder.File("x"))!, [], out defect));
        Assert.Equal(KeyFileDefect.NotAFile, defect);
    }

    [Fact]
    public void Another_public_half_is_told()
    {
        var pair = Pair();
        pair[40] ^= 1;
        Assert.Equal(KeyFileDefect.Mismatch, DefectOf(Json(pair)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[1,2,3]")]
    [InlineData("{\"a\":1}")]
    [InlineData("MEVKEY01")]
    [InlineData("not json at all")]
    public void What_is_no_key_is_told_and_never_shown(string text) =>
        Assert.Equal(KeyFileDefect.Form, DefectOf(text));

    [Fact]
    public void Numbers_that_are_no_bytes_too_many_and_text_behind_are_no_key()
    {
        var json = Json(Pair());
        Assert.Equal(KeyFileDefect.Form, DefectOf("[256" + json[json.IndexOf(',', StringComparison.Ordinal)..]));
        Assert.Equal(KeyFileDefect.Form, DefectOf("[-1" + json[json.IndexOf(',', StringComparison.Ordinal)..]));
        Assert.Equal(KeyFileDefect.Form, DefectOf(json[..^1] + ",1]"));
        Assert.Equal(KeyFileDefect.Form, DefectOf(json + json));
        Assert.Equal(KeyFileDefect.Form, DefectOf(json + new string(' ', 4_096)));
    }

    [Fact]
    public void An_encrypted_file_opens_with_its_passphrase_alone()
    {
        var path = Encrypted();
        Assert.Equal(Private, File.GetUnixFileMode(path));
        Assert.False(File.ReadAllBytes(path).AsSpan().IndexOf(Seed) >= 0);
        using var expected = new SigningKey(Seed);
        using var key = KeyFile.Read(path, "open"u8, out var defect);
        Assert.Equal((KeyFileDefect.None, expected.Address), (defect, key?.Address));
        Assert.Null(KeyFile.Read(path, "Open"u8, out defect));
        Assert.Equal(KeyFileDefect.Passphrase, defect);
        Assert.Null(KeyFile.Read(path, [], out defect));
        Assert.Equal(KeyFileDefect.Passphrase, defect);
    }

    [Theory]
    [InlineData(16)] // salt
    [InlineData(32)] // nonce
    [InlineData(56)] // address
    [InlineData(88)] // seed
    [InlineData(135)] // tag
    public void A_changed_byte_is_found(int place)
    {
        var path = Encrypted();
        Change(path, place, 1);
        Assert.Null(KeyFile.Read(path, "open"u8, out var defect));
        Assert.Equal(KeyFileDefect.Passphrase, defect);
    }

    [Theory]
    [InlineData(11)] // memory, top byte: negative
    [InlineData(15)] // passes
    public void A_cost_beyond_the_bounds_is_not_paid(int place)
    {
        var path = Encrypted();
        Change(path, place, 0x80);
        Assert.Null(KeyFile.Read(path, "open"u8, out var defect));
        Assert.Equal(KeyFileDefect.Cost, defect);
    }

    [Fact]
    public void Two_encryptions_differ_and_none_overwrites_a_file()
    {
        var (first, second) = (Encrypted("a"), Encrypted("b"));
        Assert.NotEqual(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.ThrowsAny<IOException>(() => Encrypted("a"));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            KeyFile.Encrypt(Keypair(), _folder.File("c"), "open"u8, new KeyCost(1, 1)));
    }

    [Fact]
    public void A_key_shows_its_address_and_nothing_else()
    {
        using var key = new SigningKey(Seed);
        Assert.Equal(key.Address.ToString(), key.ToString());
    }

    private static void Change(string path, int place, byte mask)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[place] ^= mask;
        File.WriteAllBytes(path, bytes);
    }

    private string Encrypted(string name = "encrypted")
    {
        var path = _folder.File(name);
        Assert.Equal(KeyFileDefect.None, KeyFile.Encrypt(Keypair(), path, "open"u8, Cheap));
        return path;
    }

    private KeyFileDefect DefectOf(string text)
    {
        Assert.Null(KeyFile.Read(Keypair(text), "open"u8, out var defect));
        return defect;
    }

    private string Keypair(string? text = null, UnixFileMode mode = Private)
    {
        var path = _folder.File("keypair.json");
        File.Delete(path);
        File.WriteAllText(path, text ?? Json(Pair()));
        File.SetUnixFileMode(path, mode);
        return path;
    }

    private static byte[] Pair()
    {
        using var key = new SigningKey(Seed);
        return [.. Seed, .. key.Address.ToArray()];
    }

    private static string Json(byte[] pair) => $"[{string.Join(",", pair)}]";
}
