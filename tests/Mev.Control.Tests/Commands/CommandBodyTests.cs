using System.Text;
using Mev.Control.Commands;

namespace Mev.Control.Tests.Commands;

public sealed class CommandBodyTests
{
    [Theory]
    [InlineData("""{"op":"ping"}""", CommandEndpoints.Commands, CommandClass.Tightening)]
    [InlineData("""{"op":"strategy.live","strategy":"a"}""", CommandEndpoints.Commands, CommandClass.Loosening)]
    [InlineData("""{"op":"stop","scope":"global"}""", CommandEndpoints.Stop, CommandClass.Tightening)]
    [InlineData("""{"op":"key.confirm"}""", CommandEndpoints.Commands, CommandClass.Possession)]
    public void A_command_says_what_it_is(string body, string path, CommandClass expected) =>
        Assert.Equal(expected, CommandBody.Read(Encoding.UTF8.GetBytes(body), path)!.Class);

    [Theory]
    [InlineData("""{"op":"stop","scope":"global"}""")] // of another endpoint
    [InlineData("""{"op":"nothing"}""")]
    [InlineData("""{"op":"ping","op":"ping"}""")]
    [InlineData("""{"op":"ping","a":{"b":1,"b":2}}""")]
    [InlineData("""{"op":5}""")]
    [InlineData("""{"op":null}""")]
    [InlineData("""{"OP":"ping"}""")]
    [InlineData("""["op"]""")]
    [InlineData("""{"op":"ping"} {}""")]
    [InlineData("""{"op":"ping",}""")]
    [InlineData("""{"op":"\ud800"}""")]
    [InlineData("""{"op":"ping","reason":"\ud800"}""")]
    [InlineData("""{"op":"ping","a":[{"b":"\udfff"}]}""")]
    [InlineData("""{"op":"ping","\ud800":1}""")]
    [InlineData("")]
    [InlineData("""{"op":"ping","a":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}""")] // nested deeper than the bound
    public void Anything_else_is_none(string body) =>
        Assert.Null(CommandBody.Read(Encoding.UTF8.GetBytes(body), CommandEndpoints.Commands));

    [Fact]
    public void A_body_that_is_too_long_or_not_utf8_is_none()
    {
        var longest = Encoding.UTF8.GetBytes("{\"op\":\"ping\"}".PadRight(CommandRequest.BodyBytesMax));

        Assert.NotNull(CommandBody.Read(longest, CommandEndpoints.Commands));
        byte[] longer = [.. longest, (byte)' '];
        byte[] broken = [.. "{\"op\":\"ping\",\"a\":\""u8, 0xFF, .. "\"}"u8];
        Assert.Null(CommandBody.Read(longer, CommandEndpoints.Commands));
        Assert.Null(CommandBody.Read(broken, CommandEndpoints.Commands));
    }
}
