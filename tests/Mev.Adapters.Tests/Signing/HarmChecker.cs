using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>
/// Looks at what passed, bundle after bundle, for harm. Knows nothing of the rules: it reads the bytes anew and follows
/// trades, balances and payments.
/// </summary>
internal static class HarmChecker
{
    /// <summary>The first harm, in words; none when there is none.</summary>
    public static string? Find(IReadOnlyList<(SigningRequest Request, ulong Slot)> passed)
    {
        var landed = passed.Select((bundle, index) => bundle.Request.Parts
            .Select(part => Landed.Of(part, index, bundle.Slot)).ToList()).ToList();
        var all = landed.SelectMany(bundle => bundle).ToList();
        return all.Select(Losing).FirstOrDefault(harm => harm is not null)
            ?? all.Select(Paying).FirstOrDefault(harm => harm is not null)
            ?? passed.Zip(landed).Select(pair => InOne(pair.First.Request, pair.Second))
                .FirstOrDefault(harm => harm is not null)
            ?? Sandwich(all);
    }

    /// <summary>Own, foreign likewise, own back, on one pool, with few slots between the first two.</summary>
    private static string? Sandwich(List<Landed> all)
    {
        var trades = all.SelectMany(one => one.Swaps.Select(swap => (one.Slot, Swap: swap))).ToList();
        for (var i = 0; i < trades.Count; i++)
        {
            var front = trades[i];
            if (!front.Swap.IsOwn) continue;
            for (var j = i + 1; j < trades.Count; j++)
            {
                var middle = trades[j];
                var isLike = !middle.Swap.IsOwn && middle.Swap.Pool == front.Swap.Pool
                    && middle.Swap.MintIn == front.Swap.MintIn && middle.Slot - front.Slot <= 8;
                var isBack = isLike && trades.Skip(j + 1).Any(back =>
                    back.Swap.IsOwn && back.Swap.Pool == front.Swap.Pool && back.Swap.MintIn == front.Swap.MintOut);
                if (isBack) return "own, foreign, own back: a sandwich";
            }
        }
        return null;
    }

    /// <summary>Balances of a transaction of ours when every swap yields its least, step by step.</summary>
    private static string? Losing(Landed one)
    {
        if (!one.HasOwn) return null;
        var held = new Dictionary<Pubkey, Int128>();
        foreach (var swap in one.Swaps.Where(swap => swap.IsOwn))
        {
            held[swap.MintIn] = held.GetValueOrDefault(swap.MintIn) - swap.In;
            if (swap.MintIn != Mints.Wsol && held[swap.MintIn] < 0) return "a hop draws on inventory";
            held[swap.MintOut] = held.GetValueOrDefault(swap.MintOut) + swap.Out;
        }
        var costs = (Int128)5_000 * one.Signers.Count();
        foreach (var payment in one.Payments) costs += payment.Amount;
        const int TokenAccountDeposit = 2_039_280; // of a plain one
        costs += TokenAccountDeposit * one.Instructions.Count(made => made.Program == Programs.AssociatedToken);
        held[Mints.Wsol] = held.GetValueOrDefault(Mints.Wsol) - costs;
        return held.Values.Any(balance => balance < 0) ? "a mint nets negative" : null;
    }

    private static string? Paying(Landed one) =>
        one.HasOwn && one.Payments.Any(payment => !TipAccounts.All.Contains(payment.To))
            ? "a payment to no tip account"
            : null;

    private static string? InOne(SigningRequest request, List<Landed> bundle)
    {
        if (bundle.Exists(one => one.HasOwn && one.HasForeign)) return "signed by us and by others";
        var firstOwn = bundle.FindIndex(one => one.HasOwn);
        if (bundle.FindLastIndex(one => one.HasForeign) > firstOwn) return "own before foreign";
        if (bundle.Count(one => one.HasForeign) > 1) return "two foreign transactions";
        foreach (var part in request.Parts.Where(part => part.IsObserved))
            if (request.Intent.Foreign != Digest.Of(part.Bytes.Span)) return "foreign bytes that nobody observed";
        return Asking(bundle) ?? Allowed(request, bundle) ?? Timely(request);
    }

    private static string? Asking(List<Landed> bundle)
    {
        var asking = bundle.Where(one => one.Message.StaticKeys.Any(IsAsking)).ToList();
        if (!bundle[0].HasForeign && !asking.Contains(bundle[0])) return "anybody may stand before it";
        if (asking.Exists(one => one.Signers.First() != bundle[0].Signers.First())) return "asks before another signer";
        return asking.Count == 0 || asking.SequenceEqual(bundle.Take(asking.Count)) ? null : "asks behind others";
    }

    private static bool IsAsking(Pubkey key) => key.ToString().StartsWith("jitodontfront", StringComparison.Ordinal);

    private static string? Allowed(SigningRequest request, List<Landed> bundle)
    {
        var own = bundle.Where(one => one.HasOwn).ToList();
        var programs = bundle.SelectMany(one => one.Instructions).Select(one => one.Program);
        if (!programs.All(request.Policy.Programs.Contains)) return "a program that nobody allowed";
        if (!own.TrueForAll(one => request.Wallets.Allowed.Contains(one.Signers.First()))) return "a forbidden wallet";
        var tips = own.SelectMany(one => one.Payments).ToList();
        if (tips.Count != 1 || tips[0].Amount > 100_000) return "not one tip below its cap";
        foreach (var wallet in own.GroupBy(one => one.Signers.First()))
        {
            var spent = wallet.Sum(one => 5_000 + one.Payments.Sum(payment => (long)payment.Amount));
            if (request.Wallets.Balances[wallet.Key].Value - spent < request.Policy.Reserve.Value) return "no reserve";
        }
        var births = own.Select(one => one.Message.RecentBlockhash).Distinct().Count();
        var isPriced = own.SelectMany(one => one.Instructions)
            .Any(one => one.Program == Programs.ComputeBudget && one.Data.Span[0] == 3);
        return births > 1 || isPriced ? "no form of a bundle" : null;
    }

    private static string? Timely(SigningRequest request)
    {
        if (request.Stop.IsStopped || request.Stop.Uptime >= request.Stop.Permit!.EndsAtUptime) return "stopped";
        if (request.Network.GenesisHash == Genesis.Mainnet) return "on mainnet";
        var unsigned = request.Parts.Where(part => !part.IsObserved).Select(part => Digest.Of(part.Bytes.Span));
        return unsigned.All(request.Intent.Messages.Contains) ? null : "no intent";
    }
}
