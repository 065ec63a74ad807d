using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Benchmarks.Reports;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Benchmarks.Micro;

/// <summary>What a decision costs beyond the draw when it becomes a transaction: build, guard, sign.</summary>
internal sealed class TransactionRun(Report report, int samples)
{
    private const int HopsCount = 3;

    public void Run()
    {
        using var key = new SigningKey(Digest.Of("bench"u8).ToArray());
        var terms = Terms(key.Address);
        var built = CycleMessage.Build(terms, out var refusal)
            ?? throw new InvalidOperationException($"not built: {refusal}");
        var build = Stopwatches.TimeEach(samples, () => CycleMessage.Build(terms, out _)?.UnitsLimit ?? 0);
        report.Add(Figure.Of("build a cycle's message", build.MinNs / 1_000, "us", $"{HopsCount} Whirlpools, {build}"));
        var bytes = MessageBytes.Write(built.Message);
        var sign = Stopwatches.TimeEach(samples, () => key.Sign(bytes).GetHashCode());
        report.Add(Figure.Of("sign a message", sign.MinNs / 1_000, "us", $"{bytes.Length} B, {sign}"));
        Guarded(terms);
    }

    /// <summary>The whole of it, as the way to the engine has it: message, its hash, every rule, signature.</summary>
    private void Guarded(CycleTerms terms)
    {
        using var signer = new GuardedSigner(new SigningKey(Digest.Of("bench"u8).ToArray()));
        var request = new GuardedRequest(terms);
        var answer = signer.Sign(request.Make(), refused: _ => { });
        if (answer.Refusal is { } refused) throw new InvalidOperationException($"not signed: {refused}");
        var all = Stopwatches.TimeEach(
            samples, () => signer.Sign(request.Make(), refused: _ => { }).Transactions.Length);
        report.Add(Figure.Of("build, guard and sign", all.MinNs / 1_000, "us", $"{HopsCount} Whirlpools, {all}"));
    }

    private static CycleTerms Terms(Pubkey wallet)
    {
        Pubkey[] mints = [Mints.Wsol, Mints.Usdc, Named("mint"), Mints.Wsol];
        var hops = Enumerable.Range(0, HopsCount).Select(i => Hop(wallet, i, mints[i], mints[i + 1])).ToArray();
        var accounts = hops.SelectMany(hop => hop.Accounts.ExactIn(default, default).Accounts);
        return new CycleTerms
        {
            Wallet = wallet,
            Wrapped = AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token), // the builder derives it once
            WalletBalance = new Lamports(1_000_000_000),
            Blockhash = new Blockhash(Digest.Of("birth"u8)),
            Hops = [.. hops],
            Tip = new Lamports(50_000),
            TipAccount = TipAccounts.All[0],
            DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111111"),
            ProfitMin = new Lamports(1),
            Tables = [new LookupTable(Named("table"), [.. accounts.Select(account => account.Key).Distinct()])],
        };
    }

    private static CycleHop Hop(Pubkey wallet, int number, Pubkey mintIn, Pubkey mintOut)
    {
        WhirlpoolToken Token(Pubkey mint) => new(
            mint, Programs.Token, Named($"vault {number} {mint}"),
            AssociatedToken.Address(wallet, mint, Programs.Token));
        var accounts = new WhirlpoolSwapAccounts
        {
            Form = WhirlpoolForm.SwapV2,
            Pool = Named($"pool {number}"),
            TokenA = Token(mintIn),
            TokenB = Token(mintOut),
            TickArrays = [Named($"low {number}"), Named($"middle {number}"), Named($"high {number}")],
            Direction = SwapDirection.AToB,
            User = wallet,
            OracleKey = WhirlpoolSwapAccounts.OracleOf(Named($"pool {number}")), // the builder derives it once a pool
        };
        var amount = new TokenAmount(1_000_000UL * (ulong)(number + 1));
        return new CycleHop(accounts, new SizedHop(amount, new TokenAmount(amount.Units + 1_000_000), TicksCrossed: 1));
    }

    private static Pubkey Named(string name) => new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)).ToArray());
}
