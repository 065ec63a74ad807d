using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Integration.Tests.Control;

/// <summary>
/// A command as it can be carried out on the host as it is now, and how it is seen that it was. What the platform knows
/// and does not carry out yet has neither.
/// </summary>
internal sealed record RoleCell(object Body, Func<Task<bool>> IsDone)
{
    /// <summary>What a command is refused with that is permitted and not carried out.</summary>
    public const string NotCarriedOut = "this version of the platform does not carry it out";

    private const string Strategy = "arb-1";
    private static readonly string[] ViewerAndOperator = ["viewer", "operator"];

    private static int _persons;
    private static int _models;

    /// <summary>Prepares a command; null for one that is not carried out.</summary>
    public static async Task<RoleCell?> Of(ControlHost control, string op)
    {
        var version = $"{await control.PolicyVersion() + 1}";
        var pool = $"{new Pubkey(RandomNumberGenerator.GetBytes(Pubkey.Length))}";
        var open = (await Policy(control)).GetProperty("openSubmissionsMax").GetInt32();
        switch (op)
        {
            case "ping":
                return new(new { op }, () => Task.FromResult(true));
            case "limit.tighten" or "limit.loosen":
                var next = op == "limit.tighten" ? open - 1 : open + 1;
                return new(
                    new { op, version, limits = new { open_submissions_max = $"{next}" }, reason = "test" },
                    async () => (await Policy(control)).GetProperty("openSubmissionsMax").GetInt32() == next);
            case "pool.quarantine":
                return new(
                    new { op, version, pool, reason = "test" }, async () => await IsQuarantined(control, pool));
            case "pool.enable":
                Done(await control.Command(
                    "operator-1", new { op = "pool.quarantine", version, pool, reason = "test" }));
                version = $"{await control.PolicyVersion() + 1}";
                return new(
                    new { op, version, pool, reason = "test" }, async () => !await IsQuarantined(control, pool));
            case "resume":
                Done(await control.Send(control.Sign(
                    "operator-1", new { op = "stop", scope = "global", reason = "test" }, path: "/v1/stop")));
                version = $"{await control.PolicyVersion() + 1}";
                return new(new { op, version, reason = "test" }, async () => !await control.IsStopped());
            case "model.activate":
                var model = $"{ModelCommandTests.Put(control, Interlocked.Increment(ref _models) / 1_000.0)}";
                return new(
                    await ModelCommandTests.Body(control, model),
                    async () => await ModelCommandTests.Current(control) == model);
            default:
                return await OfStrategy(control, op) ?? await OfRegistry(control, op);
        }
    }

    private static async Task<RoleCell?> OfStrategy(ControlHost control, string op)
    {
        switch (op)
        {
            case "strategy.freeze":
                return new(
                    new { op, strategy = Strategy, reason = "test" }, async () => await IsFrozen(control));
            case "strategy.thaw":
                Done(await control.Command(
                    "operator-1", new { op = "strategy.freeze", strategy = Strategy, reason = "test" }));
                return new(
                    new { op, strategy = Strategy, reason = "test" }, async () => !await IsFrozen(control));
            case "strategy.reset":
                var epoch = await Epoch(control) + 1;
                return new(
                    new { op, strategy = Strategy, epoch = $"{epoch}", reason = "test" },
                    async () => await Epoch(control) == epoch);
            case "strategy.prior": // what it takes as a posterior is shown by the tests of its owner
                var began = $"{await Epoch(control) + 1}";
                return new(
                    new { op, strategy = Strategy, epoch = began, posterior_b64 = "AA==", reason = "test" },
                    () => Task.FromResult(false));
            default:
                return null;
        }
    }

    private static async Task<RoleCell?> OfRegistry(ControlHost control, string op)
    {
        switch (op)
        {
            case "key.add":
                var added = NewKey();
                var x = Base64Url.EncodeToString(added.ToArray());
                return new(
                    new { op, principal = "operator-1", x, reason = "test" },
                    async () => await StatusOf(control, added) == "Pending");
            case "key.revoke":
                var revoked = NewKey();
                await control.AddKey("operator-1", revoked);
                return new(
                    new { op, key = $"{revoked.Id}", reason = "test" },
                    async () => await StatusOf(control, revoked) == "Revoked");
            case "role.set":
                var name = $"person-{Interlocked.Increment(ref _persons)}";
                return new(
                    new { op, principal = name, roles = ViewerAndOperator, reason = "test" },
                    async () => (await Principals(control)).Any(each => each.GetProperty("name").GetString() == name));
            default:
                return null;
        }
    }

    private static Ed25519PublicKey NewKey()
    {
        using var key = new Ed25519PrivateKey(RandomNumberGenerator.GetBytes(32));
        return key.PublicKey;
    }

    private static void Done(ControlHost.Answer answer) => Assert.True(answer.Status == 202, $"{answer}");

    private static async Task<JsonElement> Policy(ControlHost control) =>
        (await control.Host.Get("/v1/policy")).GetProperty("policy");

    private static async Task<bool> IsQuarantined(ControlHost control, string pool) =>
        (await Policy(control)).GetProperty("quarantinedPools").EnumerateArray().Any(each => each.GetString() == pool);

    private static async Task<JsonElement> ViewOf(ControlHost control) =>
        (await control.Host.Get($"/v1/strategies/{Strategy}")).GetProperty("strategy");

    private static async Task<bool> IsFrozen(ControlHost control) =>
        (await ViewOf(control)).GetProperty("learning").GetProperty("state").GetString() == "FrozenByOperator";

    private static async Task<long> Epoch(ControlHost control) => long.Parse(
        (await ViewOf(control)).GetProperty("parameters").GetProperty("epoch").GetString()!,
        CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<JsonElement>> Principals(ControlHost control) =>
        [.. (await control.Host.Get("/v1/keys")).GetProperty("principals").EnumerateArray()];

    private static async Task<string?> StatusOf(ControlHost control, Ed25519PublicKey key) =>
        (await Principals(control)).SelectMany(each => each.GetProperty("keys").EnumerateArray())
            .Where(each => each.GetProperty("id").GetString() == $"{key.Id}")
            .Select(each => each.GetProperty("status").GetString()).SingleOrDefault();
}
