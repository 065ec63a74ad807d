using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Signatures;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;

namespace Mev.Control.Tests.Commands;

/// <summary>The request of vector V5 and its registry.</summary>
internal static class Requests
{
    public const string Authority = "gw.example";

    public static readonly Guid CommandId = Guid.Parse("019aae02-a400-7000-8000-000000000001");

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(Registries.NowMs);

    public static byte[] Body => """{"op":"strategy.pause","strategy":"arb-1"}"""u8.ToArray();

    public static KeyRegistry Registry { get; } = Make();

    public static CommandVerifier Verifier { get; } = new([Authority, "other.example:8443"]);

    /// <summary>Signed now, unless it is said otherwise.</summary>
    public static CommandRequest Signed(
        long created = Registries.NowMs / 1_000, int lifetimeSeconds = 30, string path = CommandEndpoints.Commands,
        string authority = Authority)
    {
        using var key = TestKey.Rfc9421();
        return new CommandSigner(key, authority).Sign(
            path, Body, CommandId, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], created, lifetimeSeconds);
    }

    public static CommandVerdict Verify(CommandRequest request, DateTimeOffset? now = null) =>
        Verifier.Verify(request, Registry, now ?? Now);

    public static string Header(this CommandRequest request, string name) =>
        request.Headers.Single(line => line.Name == name).Value;

    public static CommandRequest WithHeader(this CommandRequest request, string name, params string[] values) =>
        request with
        {
            Headers =
            [
                .. request.Headers.Where(line => line.Name != name),
                .. values.Select(value => new HeaderLine(name, value)),
            ],
        };

    private static KeyRegistry Make()
    {
        using var key = TestKey.Rfc9421();
        return Registries.Admins().With("operator-1", Roles.Operator, key.PublicKey);
    }
}
