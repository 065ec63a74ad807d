using System.Collections.Frozen;
using System.Collections.Immutable;
using CsCheck;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>A random bundle: who trades where in which order, and up to two flaws.</summary>
internal sealed record BundlePlan(
    bool HasForeign, int ForeignPool, bool IsForeignPurchase, bool IsObservationKnown,
    (int Wallet, bool IsXFirst)[] Own, Flaw First, Flaw Second, int SlotsLater)
{
    public static Gen<BundlePlan> Random { get; } =
        from hasForeign in Gen.Bool
        from pool in Gen.Int[0, 1]
        from isPurchase in Gen.Bool
        from isKnown in Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false)))
        from own in Gen.Select(Gen.Int[0, 1], Gen.Bool).Array[1, 2]
        from first in Gen.Frequency((1, Gen.Const(Flaw.None)), (2, Gen.Enum<Flaw>()))
        from second in Gen.Frequency((4, Gen.Const(Flaw.None)), (1, Gen.Enum<Flaw>()))
        from slots in Gen.Int[0, 12]
        select new BundlePlan(hasForeign, pool, isPurchase, isKnown, own, first, second, slots);

    /// <summary>The request as an honest platform would make it, but for the flaws.</summary>
    public SigningRequest Request(ImmutableArray<OwnTrade> history, Slot slot)
    {
        var parts = Own.Select((_, index) => BundlePart.ToSign(OwnMessage(index))).ToList();
        var foreign = SignedScene.Foreign(0, ForeignPool, IsForeignPurchase);
        var part = BundlePart.Observed(
            Has(Flaw.ForeignChanged) ? SignedScene.Foreign(0, ForeignPool, IsForeignPurchase, 778) : foreign);
        if (HasForeign) parts.Insert(Has(Flaw.ForeignLast) ? parts.Count : 0, part);
        if (HasForeign && Has(Flaw.TwoForeign))
            parts.Insert(0, BundlePart.Observed(SignedScene.Foreign(1, ForeignPool, IsForeignPurchase)));
        if (Has(Flaw.Mixed)) parts.Insert(HasForeign ? 1 : 0, BundlePart.Observed(MixedTransaction()));
        var request = SignedScene.Request([.. parts], HasForeign ? foreign : null);
        return Flawed(request with
        {
            History = new SigningHistory
            {
                Slot = slot,
                Own = history,
                Foreign = IsObservationKnown ? [SignedScene.Trade(ForeignPool, IsForeignPurchase)] : [],
            },
        });
    }

    private bool Has(Flaw flaw) => First == flaw || Second == flaw;

    private byte[] OwnMessage(int index)
    {
        var (number, isXFirst) = Own[index];
        var isLast = index == Own.Length - 1;
        var wallet = SignedScene.Wallets[number].Address;
        var isNamed = !HasForeign && !Has(Flaw.NotNamed)
            && (index == 0 || Has(Flaw.OtherWalletAsks) || number == Own[0].Wallet);
        var cycle = SignedScene.Cycle(wallet, isXFirst, isNamed, isLast ? SignedScene.Tip : 0).ToList();
        var sold = SignedScene.Pools[isXFirst ? 1 : 0];
        if (Has(Flaw.LowGuard)) cycle[2] = SignedScene.Swap(wallet, sold, false, SignedScene.Bought, 900_000);
        if (Has(Flaw.Inventory)) cycle[2] = SignedScene.Swap(wallet, sold, false, 5_000, 9_000_000);
        if (Has(Flaw.OneHop)) cycle.RemoveAt(2);
        if (Has(Flaw.StrangeProgram)) Make(cycle, wallet, sold);
        if (isLast && Has(Flaw.TipStranger))
            cycle[^1] = SignedScene.TipOf(wallet, to: SignedScene.Strangers[0].Address);
        if (isLast && Has(Flaw.TipAboveCap)) Tipped(cycle, wallet, sold, 100_001);
        if (isLast && Has(Flaw.TipTwice))
        {
            Tipped(cycle, wallet, sold, 2 * SignedScene.Tip);
            cycle[^1] = SignedScene.TipOf(wallet);
            cycle.Add(SignedScene.TipOf(wallet));
        }
        if (Has(Flaw.UnitPrice)) cycle.Insert(0, ComputeBudget.Price(1));
        var birth = Has(Flaw.OtherBlockhash) && index == 0 ? new Blockhash(Digest.Of("other"u8)) : Samples.Blockhash;
        return SignedScene.Message(wallet, birth, cycle);
    }

    /// <summary>Makes a token account, at a price that pays for its deposit.</summary>
    private static void Make(List<Instruction> cycle, Pubkey wallet, Pubkey sold)
    {
        const ulong Least = SignedScene.AmountIn + SignedScene.Deposit
            + (ulong)(SignedScene.Fee + SignedScene.ProfitMin + SignedScene.Tip);
        if (cycle.Count > 3) cycle[2] = SignedScene.Swap(wallet, sold, isPurchase: false, SignedScene.Bought, Least);
        cycle.Insert(1, AssociatedToken.Create(wallet, wallet, Mints.Usdc, Programs.Token));
    }

    private static void Tipped(List<Instruction> cycle, Pubkey wallet, Pubkey sold, long tip)
    {
        var guard = SignedScene.AmountIn + (ulong)(SignedScene.Fee + SignedScene.ProfitMin + tip);
        if (cycle.Count < 4) return;
        cycle[^2] = SignedScene.Swap(wallet, sold, isPurchase: false, SignedScene.Bought, guard);
        cycle[^1] = SignedScene.TipOf(wallet, tip);
    }

    /// <summary>A sandwich in one transaction, which both signed elsewhere.</summary>
    private static byte[] MixedTransaction()
    {
        var (wallet, stranger) = (SignedScene.Wallets[0], SignedScene.Strangers[0]);
        var pool = SignedScene.Pools[0];
        var message = MessageCompiler.V0(wallet.Address, Samples.Blockhash, [
            SignedScene.Limit(isNamed: false),
            SignedScene.Swap(wallet.Address, pool, isPurchase: true, 1_000, 1),
            SignedScene.Swap(stranger.Address, pool, isPurchase: true, 1_000, 1),
            SignedScene.Swap(wallet.Address, pool, isPurchase: false, 1, 1_001)], []);
        return SigningKey.SignAll(message, wallet, stranger).Write();
    }

    private SigningRequest Flawed(SigningRequest request)
    {
        var first = SignedScene.Wallets[Own[0].Wallet].Address;
        if (Has(Flaw.Reserve)) request = With(request, request.Wallets with { Balances = Poor });
        if (Has(Flaw.WalletNotAllowed))
        {
            var others = request.Wallets.Allowed.Where(key => key != first);
            request = With(request, request.Wallets with { Allowed = others.ToFrozenSet() });
        }
        if (Has(Flaw.StrangeProgram))
        {
            var programs = request.Policy.Programs.Where(key => key != Programs.AssociatedToken);
            request = request with { Policy = request.Policy with { Programs = programs.ToFrozenSet() } };
        }
        if (Has(Flaw.Stopped)) request = request with { Stop = request.Stop with { IsStopped = true } };
        if (Has(Flaw.PermitEnded))
            request = request with { Stop = request.Stop with { Uptime = TimeSpan.FromSeconds(5) } };
        if (Has(Flaw.NoIntent)) request = request with { Intent = request.Intent with { Messages = [] } };
        if (Has(Flaw.WrongNetwork))
            request = request with { Network = request.Network with { GenesisHash = Genesis.Mainnet } };
        return request;
    }

    private static FrozenDictionary<Pubkey, Lamports> Poor { get; } =
        SignedScene.Wallets.ToFrozenDictionary(wallet => wallet.Address, _ => new Lamports(1_000_000));

    private static SigningRequest With(SigningRequest request, SigningWallets wallets) =>
        request with { Wallets = wallets };
}
