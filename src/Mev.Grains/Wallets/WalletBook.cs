using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;
using Mev.Grains.Signing;

namespace Mev.Grains.Wallets;

/// <summary>
/// This silo's copy of what is known of chain and wallets, for turns that may not wait. The watch writes what the node
/// says, wallet grains what is reserved; nothing here decides.
/// </summary>
public sealed class WalletBook(SigningTerms terms, TimeProvider time)
{
    private readonly ConcurrentDictionary<Pubkey, Entry> _wallets = [];
    private SigningNetwork _network = new() { IsLive = terms.IsLive, GenesisHash = null };
    private Answered? _head;

    /// <summary>The chain that signed bytes would reach.</summary>
    public SigningNetwork Network => Volatile.Read(ref _network);

    /// <summary>
    /// What a message is built on now: null where nothing is signed; not fresh while the node has not told, or when
    /// its last answer is too old.
    /// </summary>
    public BundleContext? Current()
    {
        if (!terms.IsSigning) return null;
        var (wallet, head) = (terms.Wallets[0], Volatile.Read(ref _head));
        if (head is null || !_wallets.TryGetValue(wallet, out var entry) || entry.Terms is not { } known)
            return new BundleContext(TermsOf(wallet, []), ChainMoment.Unknown);
        var isFresh = IsFresh(head.At) && IsFresh(entry.At);
        return new BundleContext(known, new ChainMoment
        {
            Blockhash = head.Head.Blockhash,
            LastValidBlockHeight = head.Head.LastValidBlockHeight,
            IsFresh = isFresh,
            Balance = entry.Balance - entry.ReservedCost - terms.Reserve,
            Wrapped = entry.Free,
            CostLeft = terms.DailyCostMax - entry.SpentToday - entry.ReservedCost,
        });
    }

    /// <summary>
    /// Wrapped SOL that cycles may put in, where that is less than a bound; 0 where it is not, where nothing is known
    /// or signed, and where nothing is left: then the decision says so. Allocates nothing.
    /// </summary>
    public TokenAmount AtHandBelow(TokenAmount bound)
    {
        if (!terms.IsSigning || !_wallets.TryGetValue(terms.Wallets[0], out var entry) || entry.Terms is null)
            return default;
        return entry.Free.Units < bound.Units ? entry.Free : default;
    }

    /// <summary>The terms of a wallet's messages; null while the node has not told of it.</summary>
    public BundleTerms? TermsOf(Pubkey wallet) => _wallets.TryGetValue(wallet, out var entry) ? entry.Terms : null;

    /// <summary>Token accounts of a wallet that exist.</summary>
    public FrozenSet<Pubkey> TokenAccountsOf(Pubkey wallet) =>
        _wallets.TryGetValue(wallet, out var entry) ? entry.TokenAccounts : FrozenSet<Pubkey>.Empty;

    /// <summary>Takes what the chain says of its first block.</summary>
    public void Observe(Blockhash genesis) =>
        ImmutableInterlocked.Update(ref _network, network => network with { GenesisHash = genesis });

    /// <summary>Takes which tip accounts an engine reports.</summary>
    public void Report(ImmutableArray<Pubkey> tipAccounts) =>
        ImmutableInterlocked.Update(ref _network, network => network with { ReportedTipAccounts = tipAccounts });

    /// <summary>Takes the newest head; <paramref name="askedAt"/> is when the question left.</summary>
    public void Observe(ChainHead head, long askedAt) => Volatile.Write(ref _head, new Answered(head, askedAt));

    /// <summary>Takes what a wallet has; <paramref name="askedAt"/> is when the question left.</summary>
    public void Observe(Pubkey wallet, WalletState state, long askedAt) => _wallets.AddOrUpdate(
        wallet, _ => new Entry().With(state, TermsOf(wallet, state), askedAt),
        (_, entry) => entry.With(state, TermsOf(wallet, state), askedAt));

    /// <summary>Takes what open intents of a wallet have reserved, and what it spent in the day.</summary>
    public void Reserve(Pubkey wallet, WalletLedger ledger) => _wallets.AddOrUpdate(
        wallet, _ => new Entry().With(ledger), (_, entry) => entry.With(ledger));

    private bool IsFresh(long askedAt) => time.GetElapsedTime(askedAt) <= terms.AnswerAgeMax;

    private BundleTerms TermsOf(Pubkey wallet, WalletState state)
    {
        var known = TermsOf(wallet);
        var isSame = known is not null && known.TokenAccounts.SequenceEqual(state.TokenAccounts)
            && known.Tables.SequenceEqual(state.Tables);
        return isSame ? known! : TermsOf(wallet, state.TokenAccounts, state.Tables);
    }

    private BundleTerms TermsOf(
        Pubkey wallet, ImmutableArray<Pubkey> accounts,
        ImmutableArray<LookupTable>? tables = null) => new()
        {
            Wallet = wallet,
            DontFront = terms.DontFront,
            UnitsMarginBasisPoints = terms.UnitsMarginBasisPoints,
            PassesArraysBehind = true,
            TipBounds = terms.TipBounds,
            TokenAccounts = accounts,
            Tables = tables ?? [],
        };

    private sealed record Answered(ChainHead Head, long At);

    private sealed record Entry
    {
        public BundleTerms? Terms { get; init; }

        public FrozenSet<Pubkey> TokenAccounts { get; init; } = FrozenSet<Pubkey>.Empty;

        public long At { get; init; }

        public Lamports Balance { get; init; }

        public TokenAmount Wrapped { get; init; }

        public Lamports ReservedCost { get; init; }

        public TokenAmount ReservedIn { get; init; }

        public Lamports SpentToday { get; init; }

        /// <summary>Wrapped SOL that no intent has reserved.</summary>
        public TokenAmount Free => Wrapped.Units > ReservedIn.Units
            ? new TokenAmount(Wrapped.Units - ReservedIn.Units)
            : default;

        public Entry With(WalletLedger ledger) => this with
        {
            ReservedCost = ledger.Cost,
            ReservedIn = ledger.AmountIn,
            SpentToday = ledger.SpentToday,
        };

        public Entry With(WalletState state, BundleTerms terms, long askedAt) => this with
        {
            Terms = terms,
            TokenAccounts = ReferenceEquals(terms, Terms) ? TokenAccounts : state.TokenAccounts.ToFrozenSet(),
            At = askedAt,
            Balance = state.Balance,
            Wrapped = state.Wrapped,
        };
    }
}
