using System.Collections.Immutable;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Bundles;

/// <summary>All that the message of a cycle depends on: recorded, it builds the same bytes again.</summary>
public sealed record CycleTerms
{
    /// <summary>The usual <see cref="UnitsMarginBasisPoints"/>.</summary>
    public const int UnitsMarginDefault = 1_000;

    /// <summary>Pays fee and tip, signs, and owns every token account used.</summary>
    public required Pubkey Wallet { get; init; }

    /// <summary>Its derived account of wrapped SOL, where the caller has it. Default none: it is derived.</summary>
    public Pubkey? Wrapped { get; init; }

    /// <summary>Lamports of the wallet, without its wrapped SOL.</summary>
    public required Lamports WalletBalance { get; init; }

    /// <summary>The message's birth.</summary>
    public required Blockhash Blockhash { get; init; }

    /// <summary>The swaps, from the wallet's wrapped SOL back to it.</summary>
    public required ImmutableArray<CycleHop> Hops { get; init; }

    /// <summary>
    /// Paid only when every swap succeeded: 0 for none, else at least <see cref="TipAccounts.TipMin"/>.
    /// </summary>
    public required Lamports Tip { get; init; }

    /// <summary>Who receives the tip.</summary>
    public required Pubkey TipAccount { get; init; }

    /// <summary>What has to remain after tip and fee, or the last swap fails and nothing moves.</summary>
    public required Lamports ProfitMin { get; init; }

    /// <summary>Micro-lamports for each compute unit. Default 0: in a bundle the tip alone bids.</summary>
    public ulong UnitPriceMicroLamports { get; init; }

    /// <summary>
    /// Added to the compute units that the swaps need by <see cref="Instructions.ComputeUse"/>, in basis points.
    /// Default 1,000: pools unseen so far may search longer for their addresses.
    /// </summary>
    public int UnitsMarginBasisPoints { get; init; } = UnitsMarginDefault;

    /// <summary>
    /// A key that is only named, so that no bundle may place a transaction before this one (its text begins with
    /// <c>jitodontfront</c>); none outside bundles.
    /// </summary>
    public Pubkey? DontFront { get; init; }

    /// <summary>Lookup tables as they are usable now: those that shorten the message are used.</summary>
    public ImmutableArray<LookupTable> Tables { get; init; } = [];

    /// <summary>What accounts must hold. Default: mainnet's.</summary>
    public Rent Rent { get; init; } = Rent.Mainnet;
}
