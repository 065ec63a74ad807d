using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Transactions;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rivals;

/// <summary>Wallets of rivals, with real keys that the seed decides and funds on the chain.</summary>
internal sealed class RivalWallets : IDisposable
{
    /// <summary>Wallets that rivals have at most.</summary>
    public const int Count = 20;

    private const ulong FirstLamports = 1_000_000_000_000_000; // a million SOL

    /// <summary>So many wallets; they get their accounts.</summary>
    public RivalWallets(SimulatedChain chain, ulong seed, int count)
    {
        Keys = [.. Enumerable.Range(0, count).Select(number => KeyOf(seed, number))];
        var accounts = Keys.SelectMany(key => FirstAccounts.Funded(chain.Universe, key.Address, FirstLamports));
        foreach (var account in accounts) chain.Set(account);
    }

    /// <summary>The keys, by number.</summary>
    public IReadOnlyList<SigningKey> Keys { get; }

    /// <summary>The key of a rival.</summary>
    public static SigningKey KeyOf(ulong seed, int number) =>
        new(GeneratedAddress.Of(seed, "rival", number).ToArray());

    public void Dispose()
    {
        foreach (var key in Keys) key.Dispose();
    }
}
