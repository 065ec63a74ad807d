using CsCheck;
using Mev.Control.StructuredFields;
using Mev.Fixtures;

namespace Mev.Control.Tests.StructuredFields;

public sealed class FieldParserTests
{
    [Theory]
    [InlineData("a=1", "a=1")]
    [InlineData("  a=1,\tb=?0 ", "a=1, b=?0")]
    [InlineData("a, b;x;y=?1, c=?1", "a, b;x;y, c")]
    [InlineData(
        "sig=(\"@method\"  \"a\" );created=007;keyid=\"k\\\"\\\\\"",
        "sig=(\"@method\" \"a\");created=7;keyid=\"k\\\"\\\\\"")]
    [InlineData("a=(), b=tok/en:*, c=:AQI=:", "a=(), b=tok/en:*, c=:AQI=:")]
    [InlineData("a=1, b=2, a=3", "a=3, b=2")]
    [InlineData("a=1;x=1;y=2;x=3", "a=1;x=3;y=2")]
    [InlineData("a=-0, b=999999999999999, c=-999999999999999", "a=0, b=999999999999999, c=-999999999999999")]
    [InlineData("", "")]
    public void A_dictionary_is_read_and_written_in_its_one_form(string text, string expected) =>
        Assert.Equal(expected, Written(FieldParser.Dictionary(text)));

    [Theory]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("A=1")]
    [InlineData("a=")]
    [InlineData("a=1;")]
    [InlineData("a=1;X=1")]
    [InlineData("a=(1")]
    [InlineData("a=(1;x 2")]
    [InlineData("a=(1\"b\")")]
    [InlineData("a=((1))")]
    [InlineData("a=\"b")]
    [InlineData("a=\"\\b\"")]
    [InlineData("a=\"b\u007f\"")]
    [InlineData("a=\"é\"")]
    [InlineData("a=1000000000000000")]
    [InlineData("a=-")]
    [InlineData("a=1.5")]
    [InlineData("a=@1")]
    [InlineData("a=%\"b\"")]
    [InlineData("a=?2")]
    [InlineData("a=:AQI:")]
    [InlineData("a=:AQJ=:")]
    [InlineData("a=:A Q=:")]
    [InlineData("a=:AQI=")]
    [InlineData("a=1\0")]
    public void What_is_no_dictionary_of_ours_is_refused(string text) => Assert.Null(FieldParser.Dictionary(text));

    [Fact]
    public void Counts_and_length_are_bounded()
    {
        Assert.NotNull(FieldParser.Dictionary(Members(FieldParser.CountMax)));
        Assert.Null(FieldParser.Dictionary(Members(FieldParser.CountMax + 1)));
        Assert.NotNull(FieldParser.InnerList($"({Repeated("1 ", FieldParser.CountMax)})"));
        Assert.Null(FieldParser.InnerList($"({Repeated("1 ", FieldParser.CountMax + 1)})"));
        Assert.NotNull(FieldParser.Item("\"" + new string('x', FieldParser.LengthMax - 2) + "\""));
        Assert.Null(FieldParser.Item("\"" + new string('x', FieldParser.LengthMax - 1) + "\""));
    }

    [Fact]
    public void Hostile_text_throws_nothing_takes_little_memory_and_what_is_read_is_read_again()
    {
        var accepted = 0;
        FieldTexts.Hostile(FieldTexts.Dictionary).Sample(
            text =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var read = FieldParser.Dictionary(text);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_096 + 64 * text.Length);
                if (read is null) return;
                Interlocked.Increment(ref accepted);
                var written = Written(read);
                Assert.Equal(written, Written(FieldParser.Dictionary(written!)));
            },
            iter: Soak.Times(100_000, 1_000_000));
        Assert.InRange(accepted, Soak.Times(100_000, 1_000_000) / 10, int.MaxValue);
    }

    private static string? Written(System.Collections.Immutable.ImmutableArray<FieldEntry>? read) => read is { } entries
        ? FieldWriter.Write(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Member)))
        : null;

    private static string Members(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"a{i}"));

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
