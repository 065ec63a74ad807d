using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>A bundle that the engine has, with what became of it. Inside the chain's gate.</summary>
internal sealed class EngineBundle(string id, EngineRegion region, ImmutableArray<ChainTransaction> transactions)
{
    /// <summary>Its id.</summary>
    public string Id { get; } = id;

    /// <summary>Where it was sent.</summary>
    public EngineRegion Region { get; } = region;

    /// <summary>What it is made of.</summary>
    public ImmutableArray<ChainTransaction> Transactions { get; } = transactions;

    /// <summary>When it arrived, counted over all bundles.</summary>
    public long Number { get; init; }

    /// <summary>Slot that was open then.</summary>
    public Slot ReceivedIn { get; init; }

    /// <summary>A rival's: nothing is told of it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>How far it came.</summary>
    public BundleStage Stage { get; set; } = BundleStage.Waiting;

    /// <summary>Where it landed.</summary>
    public Slot LandedIn { get; set; }

    /// <summary>Slot of the newest change.</summary>
    public Slot ChangedIn { get; set; }

    /// <summary>Its slot was executed to its end, which was told.</summary>
    public bool IsProcessedTold { get; set; }

    /// <summary>Its place among the bundles of its slot.</summary>
    public ulong Place { get; set; }

    /// <summary>Done when its first tick is over.</summary>
    public TaskCompletionSource Ticked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Compute units asked for.</summary>
    public ulong UnitsRequested { get; } =
        transactions.Aggregate(0UL, (sum, transaction) => sum + transaction.Budget.Units);

    /// <summary>
    /// The id of transactions: SHA-256 in hexadecimal of their first signatures in base58, joined by commas.
    /// </summary>
    public static string IdOf(IEnumerable<TransactionSignature> signatures) => Convert.ToHexStringLower(
        Digest.Of(System.Text.Encoding.ASCII.GetBytes(string.Join(',', signatures))).ToArray());

    /// <summary>What it pays: the transfers to tip accounts that its own instructions say.</summary>
    public Lamports SaidTip { get; } = new(transactions.Sum(TipOf));

    private static long TipOf(ChainTransaction transaction)
    {
        var sum = 0L;
        foreach (var instruction in transaction.Instructions)
        {
            if (instruction.Program != Programs.System) continue;
            if (!SystemProgram.TryReadTransfer(instruction.Data.Span, out var amount)) continue;
            if (instruction.Accounts.Length < 2 || !TipAccounts.Contains(instruction.Accounts[1].Key)) continue;
            sum += (long)Math.Min(amount, long.MaxValue / 16);
        }
        return sum;
    }
}
