using System.Text;
using CsCheck;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Frames;

/// <summary>The vectors of the protocol's specification.</summary>
public sealed class Crc32CTests
{
    [Theory]
    [InlineData("123456789", 0xe3069283)]
    [InlineData("", 0)]
    public void Sums_are_the_published_ones(string text, uint sum)
    {
        var crc = new Crc32C();
        crc.Add(Encoding.ASCII.GetBytes(text));
        Assert.Equal(sum, crc.Value);
    }

    [Fact]
    public void It_does_not_matter_how_bytes_are_cut() =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 100]).Sample((bytes, cut) =>
        {
            var (whole, parts) = (new Crc32C(), new Crc32C());
            whole.Add(bytes);
            parts.Add(bytes.AsSpan(0, Math.Min(cut, bytes.Length)));
            parts.Add(bytes.AsSpan(Math.Min(cut, bytes.Length)));
            Assert.Equal(whole.Value, parts.Value);
        });

    [Fact]
    public void The_state_of_the_specification_adds_up_to_its_sum()
    {
        var check = StateCheck.Of(
            2, [StreamMessage.Of(2, "b"u8, "22"u8), StreamMessage.Of(1, "a"u8, "1"u8)]);
        Assert.Equal(new StateCheck(2, 0xd1654262, 2), check);
    }
}
