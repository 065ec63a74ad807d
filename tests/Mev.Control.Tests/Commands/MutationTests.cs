using System.Text;
using CsCheck;
using Mev.Control.Commands;
using Mev.Control.Signatures;
using Mev.Control.Tests.StructuredFields;
using Mev.Fixtures;

namespace Mev.Control.Tests.Commands;

/// <summary>A changed byte never verifies; a hostile request is answered, whatever it is.</summary>
public sealed class MutationTests
{
    private static readonly CommandRequest Signed = Requests.Signed();

    private static readonly string[] Names =
        ["content-digest", "content-type", "idempotency-key", "signature-input", "signature"];

    [Fact]
    public void Every_flipped_bit_of_every_covered_part_is_refused()
    {
        var tried = 0;
        foreach (var (what, request) in Flipped())
        {
            Assert.False(Requests.Verify(request).IsVerified, what);
            tried++;
        }
        Assert.InRange(tried, 4_000, int.MaxValue);
    }

    [Fact]
    public void Every_flipped_bit_of_an_envelope_is_refused_in_the_grain()
    {
        var signed = Requests.Verify(Signed).Command!.Envelope;
        for (var bit = 0; bit < 8 * signed.SignatureBase.Length; bit++)
            RefusedInGrain(signed with { SignatureBase = Flip(signed.SignatureBase, bit) }, $"base, bit {bit}");
        for (var bit = 0; bit < 8 * signed.Signature.Length; bit++)
            RefusedInGrain(signed with { Signature = Flip(signed.Signature, bit) }, $"signature, bit {bit}");
        for (var bit = 0; bit < 8 * signed.Body.Length; bit++)
            RefusedInGrain(signed with { Body = Flip(signed.Body, bit) }, $"body, bit {bit}");
        Assert.True(Requests.Verifier.Verify(signed, Requests.Registry, Requests.Now, TimeSpan.Zero).IsVerified);
    }

    [Fact]
    public void What_is_inserted_left_out_or_replaced_anywhere_is_refused()
    {
        // Host, target and each header, one to three characters changed: only changes that are none may verify.
        Gen.Select(Gen.Int[0, Names.Length + 1], Gen.Select(Gen.Int, Gen.Int[0, 2], Gen.Char[' ', '~']).Array[1, 3])
            .Sample(
                (part, damages) =>
                {
                    var request = Changed(part, text => FieldTexts.Damaged(text, damages));
                    if (IsSame(request)) return;
                    Assert.False(Requests.Verify(request).IsVerified, request.ToString());
                },
                iter: Soak.Times(60_000, 1_000_000));
    }

    [Fact]
    public void A_hostile_request_gets_a_refusal_with_a_client_error_and_takes_little_memory()
    {
        var fields = FieldTexts.Hostile(FieldTexts.Dictionary);
        var lines = Gen.Select(
            Gen.OneOf<string>([.. Names, "Signature", "SIGNATURE-INPUT", "Content-Type", "x", ""]),
            Gen.OneOf(fields, Gen.OneOf<string>([.. Names.Select(Signed.Header)])));
        Gen.Select(
            Gen.OneOf("POST", "GET", ""), Gen.OneOf(Requests.Authority, ":", "[::1]:443", "\0"),
            Gen.OneOf(Gen.OneOf("/v1/commands", "/v1/stop"), Gen.String), lines.Array[0, 8], Gen.Byte.Array[0, 64])
            .Sample(
                (method, host, target, headers, body) =>
                {
                    var request = new CommandRequest
                    {
                        Method = method,
                        Host = host,
                        Target = target,
                        Headers = [.. headers.Select(line => new HeaderLine(line.Item1, line.Item2))],
                        Body = body,
                    };
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var refusal = Requests.Verify(request).Refusal;
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
                    Assert.InRange(refusal!.Status, 400, 499);
                    _ = CommandBody.Read(body, CommandEndpoints.Commands);
                },
                iter: Soak.Times(60_000, 1_000_000));
    }

    [Fact]
    public void A_hostile_envelope_is_refused_in_the_grain()
    {
        var signed = Requests.Verify(Signed).Command!.Envelope;
        Gen.Select(Gen.Int, Gen.Int, Gen.Byte.Array[0, 20]).Sample(
            (from, count, inserted) =>
            {
                var bytes = signed.SignatureBase.ToArray();
                var start = (int)((uint)from % (uint)(bytes.Length + 1));
                var end = start + (int)((uint)count % (uint)(bytes.Length - start + 1));
                byte[] changed = [.. bytes[..start], .. inserted, .. bytes[end..]];
                if (changed.AsSpan().SequenceEqual(bytes)) return;
                RefusedInGrain(signed with { SignatureBase = changed }, Convert.ToHexString(changed));
            },
            iter: Soak.Times(40_000, 1_000_000));
    }

    private static IEnumerable<(string What, CommandRequest Request)> Flipped()
    {
        for (var part = 0; part < Names.Length + 2; part++)
        {
            for (var bit = 0; bit < 8 * Part(part).Length; bit++)
            {
                var at = bit;
                var request = Changed(part, text => Encoding.Latin1.GetString(
                    Flip(Encoding.Latin1.GetBytes(text), at).Span));
                if (!IsSame(request)) yield return ($"part {part}, bit {bit}", request);
            }
        }
        for (var bit = 0; bit < 8 * Signed.Method.Length; bit++)
        {
            yield return ($"method, bit {bit}", Signed with
            {
                Method = Encoding.Latin1.GetString(Flip(Encoding.Latin1.GetBytes(Signed.Method), bit).Span),
            });
        }
        for (var bit = 0; bit < 8 * Signed.Body.Length; bit++)
            yield return ($"body, bit {bit}", Signed with { Body = Flip(Signed.Body, bit) });
    }

    private static string Part(int part) => part switch
    {
        0 => Signed.Host,
        1 => Signed.Target,
        _ => Signed.Header(Names[part - 2]),
    };

    private static CommandRequest Changed(int part, Func<string, string> change) => part switch
    {
        0 => Signed with { Host = change(Signed.Host) },
        1 => Signed with { Target = change(Signed.Target) },
        _ => Signed.WithHeader(Names[part - 2], change(Signed.Header(Names[part - 2]))),
    };

    /// <summary>Changed in nothing that counts: case and default port of the host, blanks around values.</summary>
    private static bool IsSame(CommandRequest request) =>
        Host(request) == Requests.Authority
        && request.Target == Signed.Target
        && Names.All(name => request.Header(name).Trim(' ', '\t') == Signed.Header(name));

    private static string Host(CommandRequest request)
    {
        var host = request.Host.ToLowerInvariant();
        return host.EndsWith(":443", StringComparison.Ordinal) ? host[..^4]
            : host.EndsWith(":80", StringComparison.Ordinal) ? host[..^3]
            : host;
    }

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << bit % 8);
        return flipped;
    }

    private static void RefusedInGrain(SignedCommand signed, string what) => Assert.False(
        Requests.Verifier.Verify(signed, Requests.Registry, Requests.Now, TimeSpan.FromSeconds(10)).IsVerified, what);
}
