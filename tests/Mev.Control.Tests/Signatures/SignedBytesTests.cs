using System.Security.Cryptography;
using System.Text;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Tests.Signatures;

/// <summary>Published vectors of RFC 9421 (B.2.6, B.4) and RFC 9530.</summary>
public sealed class SignedBytesTests
{
    private const string B26 =
        "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
        + ";created=1618884473;keyid=\"test-key-ed25519\"";

    private const string B4 =
        "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"";

    private const string B4Signature =
        "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==";

    private static readonly RequestComponents Post = new(
        "POST", "example.com", "/foo?param=Value&Pet=dog",
        [
            new("Host", "example.com"), new("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            new("Content-Type", " application/json\t"), new("Content-Length", "18"),
        ]);

    private static readonly RequestComponents Get = new(
        "GET", "example.org", "/demo?name1=Value1&Name2=value2",
        [new("Accept", "application/json"), new("Accept", "*/*")]);

    [Fact]
    public void Vector_B_2_6_has_the_published_base_and_signature()
    {
        var bytes = Base(B26, Post);
        using var key = TestKey.Rfc9421();

        Assert.Equal(284, bytes.Length);
        Assert.Equal(
            "e6402577f54303accfda63dfbde1a7b8c5e5e6f3f7898637b7d78dc07ee1896a",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
            Convert.ToBase64String(key.Sign(bytes)));
    }

    [Fact]
    public void Vector_B_4_verifies_also_after_changes_that_are_none()
    {
        Assert.True(Verifies(Get));
        Assert.True(Verifies(Get with
        {
            Target = Get.Target + "&added=1",
            Headers = [new("X-Added", "1"), .. Get.Headers],
        }));
        Assert.True(Verifies(Get with { Headers = [new("accept", "application/json, */*")] }));
        Assert.True(Verifies(Get with { Headers = [.. Get.Headers, new("X-Later", "1")] }));
    }

    [Fact]
    public void Vector_B_4_does_not_verify_after_changes_that_are_some()
    {
        Assert.False(Verifies(Get with { Method = "POST", Authority = "example.com" }));
        Assert.False(Verifies(Get with { Headers = [.. Get.Headers.Reverse()] }));
    }

    [Theory]
    [InlineData("{\"hello\": \"world\"}", "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=")]
    [InlineData("{\"hello\": \"world\"}\n", "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=")]
    [InlineData("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void A_digest_is_the_published_one(string body, string digest)
    {
        var value = ContentDigest.Of(Encoding.UTF8.GetBytes(body));

        Assert.Equal($"sha-256=:{digest}:", value);
        Assert.True(ContentDigest.IsOf(ContentDigest.Read(value)!.Value, Encoding.UTF8.GetBytes(body)));
        Assert.False(ContentDigest.IsOf(ContentDigest.Read(value)!.Value, Encoding.UTF8.GetBytes(body + " ")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha-512=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    [InlineData("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, sha-512=:AA==:")]
    [InlineData("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:;a")]
    [InlineData("sha-256=:AA==:")]
    [InlineData("sha-256=47DEQpj8")]
    public void Any_other_digest_is_none(string value) => Assert.Null(ContentDigest.Read(value));

    [Theory]
    [InlineData("(\"@method\" \"@method\")")]
    [InlineData("(\"@method\";req)")]
    [InlineData("(method)")]
    [InlineData("(\"@method\"  \"@path\")")] // not its one form
    [InlineData("(\"@method\");a=?1")]
    [InlineData("(\"x-absent\")")]
    [InlineData("(\"@scheme\")")]
    public void What_cannot_be_covered_has_no_base(string covered) =>
        Assert.Null(SignedBytes.Write(FieldParser.InnerList(covered)!, covered, Get.Value));

    [Fact]
    public void A_header_with_a_line_feed_has_no_base()
    {
        var folded = Get with { Headers = [new("accept", "a\n\"@method\": POST")] };

        Assert.Null(SignedBytes.Write(FieldParser.InnerList(B4)!, B4, folded.Value));
    }

    [Fact]
    public void A_base_is_read_as_it_was_written_and_no_other_text_is_one()
    {
        var bytes = Base(B26, Post);

        Assert.Equal("/foo", SignedBytes.Read(bytes)!.Value.Values["@path"]);
        Assert.Null(SignedBytes.Read([.. bytes, (byte)'\n']));
        Assert.Null(SignedBytes.Read([.. "\"x\": y\n"u8, .. bytes]));
        Assert.Null(SignedBytes.Read(bytes.AsSpan(1)));
        Assert.Null(SignedBytes.Read([]));
        Assert.Null(SignedBytes.Read([0xFF, .. bytes]));
        Assert.Null(SignedBytes.Read("\"@signature-params\": 5"u8));
    }

    [Theory]
    [InlineData("", "/", "?")]
    [InlineData("?", "/", "?")]
    [InlineData("/a%2Fb?c=%20", "/a%2Fb", "?c=%20")]
    public void Path_and_query_are_taken_from_the_wire(string target, string path, string query)
    {
        var components = Get with { Target = target };

        Assert.Equal((path, query), (components.Value("@path"), components.Value("@query")));
    }

    private static byte[] Base(string covered, RequestComponents components) =>
        SignedBytes.Write(FieldParser.InnerList(covered)!, covered, components.Value)!;

    private static bool Verifies(RequestComponents components)
    {
        using var key = TestKey.Rfc9421();
        return key.PublicKey.Verifies(Base(B4, components), Convert.FromBase64String(B4Signature));
    }
}
