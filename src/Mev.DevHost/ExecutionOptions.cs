using System.ComponentModel.DataAnnotations;
using Mev.Adapters.Solana;
using Mev.Domain.Bundles;
using Mev.Grains;

namespace Mev.DevHost;

/// <summary>Section <c>Execution</c>: what becomes of decisions.</summary>
public sealed class ExecutionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Execution";

    /// <summary>What <see cref="Confirmation"/> has to say in the mode Live.</summary>
    public const string LiveConfirmation = "spend real money";

    /// <summary>
    /// Paper: submits are settled against the states that follow in the feed. Simulated: they are signed and sent to
    /// the simulator. Live: they are signed and sent to the chain. Default Paper where a feed is named, else Simulated.
    /// </summary>
    [AllowedValues(ExecutionMode.Paper, ExecutionMode.Simulated, ExecutionMode.Live)]
    public ExecutionMode Mode { get; init; } = ExecutionMode.Paper;

    /// <summary>
    /// Where the simulator of the mode Simulated runs. InProcess: here, which implies Feed:Source Yellowstone,
    /// Pump:Pace Conflate and the endpoints. External: where Yellowstone, Rpc and Jito say. Default InProcess.
    /// </summary>
    [AllowedValues(SimulatorPlace.InProcess, SimulatorPlace.External)]
    public SimulatorPlace Simulator { get; init; } = SimulatorPlace.InProcess;

    /// <summary>In the mode Live exactly "spend real money"; nothing else starts it. Default none.</summary>
    public string Confirmation { get; init; } = "";

    /// <summary>
    /// Key files of the platform's wallets, all of them; the first one pays. Encrypted ones, or keypair files of
    /// Solana's command line. Default none: Simulated makes a wallet of no value from its seed.
    /// </summary>
    public IReadOnlyList<string> KeyPaths { get; init; } = [];

    /// <summary>Opens encrypted key files; never logged. Default none.</summary>
    public Secret? Passphrase { get; init; }

    /// <summary>Seed of the wallet that Simulated uses without key files. Default 42.</summary>
    public ulong WalletSeed { get; init; } = 42;

    /// <summary>
    /// Most lamports that a cycle may put in: the capital at hand. Live needs it. Default 0: in Simulated 100 SOL.
    /// </summary>
    [Range(0L, 1_000_000_000_000_000L)]
    public long AmountInMaxLamports { get; init; }

    /// <summary>
    /// Most lamports of tips and fees in a day (UTC), open intents counted. Live needs it. Default 0: in Simulated
    /// 1,000 SOL.
    /// </summary>
    [Range(0L, 1_000_000_000_000_000L)]
    public long DailyCostMaxLamports { get; init; }

    /// <summary>
    /// Most lamports of one tip; no decision asks for more. Live needs it. Default 0: in Simulated what the policy
    /// says.
    /// </summary>
    [Range(0L, 1_000_000_000_000L)]
    public long TipMaxLamports { get; init; }

    /// <summary>
    /// Largest tip in basis points of a decision's expected profit; no decision asks for more. Default 9,500.
    /// </summary>
    [Range(0, 10_000)]
    public int TipShareMaxBasisPoints { get; init; } = 9_500;

    /// <summary>Lamports that a wallet keeps beside its wrapped SOL. Default 10,000,000.</summary>
    [Range(0L, 1_000_000_000_000L)]
    public long ReserveLamports { get; init; } = 10_000_000;

    /// <summary>Added to the compute units that swaps need, basis points. Default 1,000.</summary>
    [Range(0, 10_000)]
    public int UnitsMarginBasisPoints { get; init; } = 1_000;

    /// <summary>
    /// Most lamports that the treasury's orders of a day (UTC) move, deposits and fees counted. Default 0: it signs
    /// nothing.
    /// </summary>
    [Range(0L, 1_000_000_000_000_000L)]
    public long TreasuryDailyMaxLamports { get; init; }

    /// <summary>
    /// Lookup tables that messages may use, base58; at most 16. Default none: with a simulator in this process its own.
    /// </summary>
    [Addresses, MaxLength(BundleTerms.TablesMax)]
    public IReadOnlyList<string> LookupTables { get; init; } = [];

    /// <summary>Nonce accounts of the wallets, base58. Default none.</summary>
    [Addresses]
    public IReadOnlyList<string> NonceAccounts { get; init; } = [];

    /// <summary>Time between two questions for blockhash and balances. Default 400 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Age of the last answer from which on no message is built on it. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan AnswerAgeMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>This process has a simulator.</summary>
    public bool HasSimulator => Mode == ExecutionMode.Simulated && Simulator == SimulatorPlace.InProcess;

    /// <summary>Something is signed.</summary>
    public bool IsSigning => Mode is ExecutionMode.Simulated or ExecutionMode.Live;
}
