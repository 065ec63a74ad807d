using System.Collections.Frozen;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Benchmarks.Micro;

/// <summary>Builds a cycle's message and asks for its signature, with everything in order.</summary>
internal sealed class GuardedRequest(CycleTerms terms)
{
    private static readonly Blockhash Chain = new(Digest.Of("chain"u8));

    private static readonly SigningPolicy Policy = new()
    {
        Programs = new[] { Programs.ComputeBudget, Programs.Whirlpool, Programs.System }.ToFrozenSet(),
        TipMax = new Lamports(100_000),
        TipShareMaxBasisPoints = 5_000,
        Reserve = new Lamports(1_000_000),
    };

    private static readonly SigningStop Stop = new()
    {
        Epoch = 1,
        IsStopped = false,
        Permit = new SigningPermit(1, DateTimeOffset.UnixEpoch.AddSeconds(2), TimeSpan.FromSeconds(2)),
        Now = DateTimeOffset.UnixEpoch,
        Uptime = TimeSpan.Zero,
    };

    private readonly SigningWallets _wallets = new()
    {
        All = new[] { terms.Wallet }.ToFrozenSet(),
        Allowed = new[] { terms.Wallet }.ToFrozenSet(),
        TokenAccounts = terms.Hops.Select(hop => hop.Accounts.UserOut).ToFrozenSet(),
        Balances = new[] { terms.Wallet }.ToFrozenDictionary(wallet => wallet, _ => terms.WalletBalance),
    };

    public SigningRequest Make()
    {
        var built = CycleMessage.Build(terms, out var refusal)
            ?? throw new InvalidOperationException($"not built: {refusal}");
        var message = MessageBytes.Write(built.Message);
        return new SigningRequest
        {
            Parts = [BundlePart.ToSign(message)],
            Tables = terms.Tables,
            Intent = new SigningIntent
            {
                Messages = [Digest.Of(message)],
                ProfitExpected = new Lamports(500_000),
                ProfitMin = terms.ProfitMin,
            },
            Policy = Policy,
            Wallets = _wallets,
            Lease = new SigningLease(new Lamports(1_000_000), new TokenAmount(10_000_000)),
            Stop = Stop,
            Network = new SigningNetwork { IsLive = false, GenesisHash = Chain },
            History = new SigningHistory { Slot = new Slot(1), Own = [], Foreign = [] },
        };
    }
}
