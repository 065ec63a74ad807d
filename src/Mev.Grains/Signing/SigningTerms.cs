using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;

namespace Mev.Grains.Signing;

/// <summary>What the host's execution mode says about wallets and what may be signed for them.</summary>
public sealed record SigningTerms
{
    /// <summary>Nothing is signed: paper.</summary>
    public static SigningTerms None { get; } = new() { Wallets = [] };

    /// <summary>The platform's wallets; a strategy uses the first one. Empty where nothing is signed.</summary>
    public required ImmutableArray<Pubkey> Wallets
    {
        get;
        init => (field, WalletSet) = (value, value.ToFrozenSet());
    }

    /// <summary>The same to look them up in; made once, since every signature needs it.</summary>
    public FrozenSet<Pubkey> WalletSet { get; private init; } = FrozenSet<Pubkey>.Empty;

    /// <summary>The mode spends real money. Default false.</summary>
    public bool IsLive { get; init; }

    /// <summary>Programs that a transaction may invoke. Default none.</summary>
    public FrozenSet<Pubkey> Programs { get; init; } = FrozenSet<Pubkey>.Empty;

    /// <summary>Largest tip beside what the policy says. Default none.</summary>
    public Lamports? TipMax { get; init; }

    /// <summary>
    /// Largest tip in basis points of the expected profit. Default 9,500: Beta's highest arm; Factored's arm above it
    /// is never chosen.
    /// </summary>
    public int TipShareMaxBasisPoints { get; init; } = 9_500;

    /// <summary>What a wallet keeps beside its wrapped SOL. Default 10,000,000 lamports.</summary>
    public Lamports Reserve { get; init; } = new(10_000_000);

    /// <summary>Tips and fees of a day at most, those of open intents included. Default 0: nothing.</summary>
    public Lamports DailyCostMax { get; init; }

    /// <summary>What the treasury's orders of a day may move at most. Default 0: nothing.</summary>
    public Lamports TreasuryDailyMax { get; init; }

    /// <summary>Lookup tables that messages may use. Default none.</summary>
    public ImmutableArray<Pubkey> Tables { get; init; } = [];

    /// <summary>Nonce accounts of the wallets. Default none.</summary>
    public ImmutableArray<Pubkey> Nonces { get; init; } = [];

    /// <summary>Added to the compute units that swaps need, basis points. Default 1,000.</summary>
    public int UnitsMarginBasisPoints { get; init; } = 1_000;

    /// <summary>The key that is named so that nothing may be placed before our transactions. Default zero.</summary>
    public Pubkey DontFront { get; init; }

    /// <summary>Time between two questions for blockhash and balances. Default 400 ms.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Age of the last answer from which on no message is built. Default 5 s.</summary>
    public TimeSpan AnswerAgeMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What a landing of a bundle's transactions is charged beside the tip. Default 5,000 lamports.</summary>
    public Lamports Fee { get; init; } = new(5_000);

    /// <summary>What the two say to decisions.</summary>
    public TipBounds TipBounds => new(TipMax ?? new Lamports(long.MaxValue), TipShareMaxBasisPoints);

    /// <summary>Largest tip under a policy and these terms.</summary>
    public Lamports TipMaxUnder(Policy policy) => TipMax < policy.TipMax ? TipMax.Value : policy.TipMax;

    /// <summary>Something is signed.</summary>
    public bool IsSigning => !Wallets.IsEmpty;
}
