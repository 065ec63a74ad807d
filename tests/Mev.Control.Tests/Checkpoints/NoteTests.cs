using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Mev.Control.Checkpoints;
using Mev.Control.Tests.Merkle;
using Mev.Control.Tests.Signatures;
using Mev.Fixtures;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>
/// The published notes (specs: audit, section 8), and notes that are none. The specification's own note was made for
/// the name <c>audit.example/shard-0</c>: its length, hash, key id and signatures hold for that one.
/// </summary>
public sealed class NoteTests
{
    private const string Origin = "audit.example/shard-0";

    private const string Note =
        "audit.example/shard-0\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n"
        + "— audit.example/shard-0 RR1RBW6pGbE7RMCu8mHWtxYas49fxKz2SafRON54deHsbSh8dfRQsfbaHU1PrWJwdYug0AR5RzCWzZB2"
        + "pePAHHOI/A8=\n";

    private const string Cosignature =
        "— witness.example/w1 QnjYvwAAAABpIk6Au/rO96At5+OnrI4YfIHSuadDHhN9T5riXSc4hEXzEimHA9iChp9zp7sfBtpNKTwvatprMU6A"
        + "DhSs3WZNrzT0Cw==\n";

    private const string Published =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9n"
        + "To+zyWE+xeMcTOAYQ8=\n"
        + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZq"
        + "hf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    [Fact]
    public void The_log_signs_the_published_note()
    {
        using var key = TestKey.Rfc9421();
        var signer = new CheckpointSigner(Origin, key, last: null);
        var note = signer.Sign(8, Leaves.Tree(Leaves.Published).Root(8), [], out _)!.ToString();

        Assert.Equal(Note, note);
        Assert.Equal(189, Encoding.UTF8.GetByteCount(note));
        Assert.Equal(
            "2aafee1137356bbea48614c4eea4921282a0a617060d124ca9de21e5db9111f5",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(note))));
        Assert.Equal(0x451d5105u, signer.Key.Id);
        Assert.Equal(
            "audit.example/shard-0+451d5105+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7", signer.Key.ToString());
    }

    [Fact]
    public void A_witness_signs_the_published_cosignature()
    {
        using var key = TestKey.Rfc9421();
        var log = NoteKey.Parse("audit.example/shard-0+451d5105+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7")!;
        var witness = new CheckpointWitness(log, "witness.example/w1", key, last: null);
        var note = witness.Cosign(SignedNote.Parse(Note)!, [], 1_763_856_000, out _)!;

        Assert.Equal(0x4278d8bfu, witness.Key.Id);
        Assert.Equal(Note + Cosignature, note.ToString());
        Assert.True(log.HasSigned(note));
        Assert.True(witness.Key.HasSigned(note));
        Assert.True(NoteKey.Parse(witness.Key.ToString())!.HasSigned(note));
        Assert.False(witness.Key.HasSigned(SignedNote.Parse(Note)!));
    }

    [Fact]
    public void The_published_example_is_read()
    {
        var note = SignedNote.Parse(Published)!;
        var checkpoint = Checkpoint.Parse(note.Text)!;

        Assert.Equal(("example.com/behind-the-sofa", 20_852_163), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(2, note.Signatures.Length);
        Assert.Equal((0x033de0aeu, 64), (note.Signatures[0].KeyId, note.Signatures[0].Bytes.Length));
        Assert.Equal((0x8d66cf3fu, 72), (note.Signatures[1].KeyId, note.Signatures[1].Bytes.Length));
        Assert.Equal(Published, note.ToString());
    }

    [Fact]
    public void A_note_with_any_changed_character_is_not_the_logs()
    {
        using var key = TestKey.Rfc9421();
        var log = NoteKey.OfLog(Origin, key.PublicKey);
        Assert.True(log.HasSigned(SignedNote.Parse(Note)!));
        Gen.Select(Gen.Int[0, Note.Length - 1], Gen.Char[' ', '~']).Sample(
            (at, character) =>
            {
                var changed = Note[..at] + character + Note[(at + 1)..];
                if (changed == Note) return;
                Assert.False(SignedNote.Parse(changed) is { } read && log.HasSigned(read), changed);
            },
            iter: Soak.Times(20_000, 200_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\n")]
    [InlineData("a\n\n")]
    [InlineData("\n\n— a AAAAAAA=\n")]
    [InlineData("a\n\n- a AAAAAAA=\n")]
    [InlineData("a\n\n— a AAAA\n")] // an id and nothing
    [InlineData("a\n\n— a+b AAAAAAA=\n")]
    [InlineData("a\n\n—  AAAAAAA=\n")]
    [InlineData("a\n\n— a AAAAAAB=\n")] // not canonical
    [InlineData("a\n\n— a AAAAAAA= \n")]
    [InlineData("a\n\n— a AAAAAAA=")]
    [InlineData("a\r\n\n— a AAAAAAA=\n")]
    public void Anything_else_is_no_note(string text) => Assert.Null(SignedNote.Parse(text));

    [Fact]
    public void Notes_are_bounded()
    {
        const string Line = "— a AAAAAAA=\n";
        Assert.NotNull(SignedNote.Parse("a\n\n" + Repeated(Line, SignedNote.SignaturesMax)));
        Assert.Null(SignedNote.Parse("a\n\n" + Repeated(Line, SignedNote.SignaturesMax + 1)));
        Assert.Null(SignedNote.Parse(new string('a', SignedNote.LengthMax) + "\n\n" + Line));

        static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    [Theory]
    [InlineData("a\n08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    [InlineData("a\n-1\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    [InlineData("a\n99999999999999999999\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    [InlineData("\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")]
    [InlineData("a\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg\n")]
    [InlineData("a\n8\nAAAA\n")]
    [InlineData("a\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=")]
    [InlineData("a\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\nmore\n")]
    public void Anything_else_is_no_checkpoint(string text) => Assert.Null(Checkpoint.Parse(text));

    [Theory]
    [InlineData("audit.example/shard-0+451d5106+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7")]
    [InlineData("audit.example/shard-1+451d5105+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7")]
    [InlineData("audit.example/shard-0+451D5105+ASa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7")]
    [InlineData("audit.example/shard-0+451d5105+AiaOC4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7")]
    [InlineData("audit.example/shard-0+451d5105")]
    [InlineData("")]
    public void Anything_else_is_no_key(string text) => Assert.Null(NoteKey.Parse(text));
}
