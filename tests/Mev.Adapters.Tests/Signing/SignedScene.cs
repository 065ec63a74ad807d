using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing;

/// <summary>Two wallets of ours, strangers, two pools of WSOL and USDC, requests that every rule lets pass.</summary>
internal static class SignedScene
{
    public const long Tip = 50_000;
    public const long ProfitMin = 10_000;
    public const long Fee = 5_000;
    public const ulong Deposit = 4_454_400; // of 512 bytes and 128 that each account is reckoned to have, 6,960 each
    public const ulong AmountIn = 1_000_000;
    public const ulong Bought = 2_000;
    public const uint Units = 100_000;

    public static ImmutableArray<SigningKey> Wallets { get; } =
        [Samples.Signer("wallet 0"), Samples.Signer("wallet 1")];

    public static ImmutableArray<SigningKey> Strangers { get; } = [Samples.Signer("one"), Samples.Signer("other")];

    public static ImmutableArray<Pubkey> Pools { get; } = [Samples.Key("pool X"), Samples.Key("pool Y")];

    public static Pubkey DontFront { get; } = Pubkey.Parse("jitodontfront111111111111111111111111111123");

    /// <summary>Token accounts of all of them, with their mints.</summary>
    public static FrozenDictionary<Pubkey, Pubkey> MintOf { get; } = (
        from key in Wallets.Concat(Strangers)
        from mint in new[] { Mints.Wsol, Mints.Usdc }
        select (Account: AssociatedToken.Address(key.Address, mint, Programs.Token), Mint: mint))
        .ToFrozenDictionary(entry => entry.Account, entry => entry.Mint);

    private static FrozenDictionary<(Pubkey, Pubkey), Pubkey> Accounts { get; } = (
        from key in Wallets.Concat(Strangers)
        from mint in new[] { Mints.Wsol, Mints.Usdc }
        select (Owner: key.Address, Mint: mint))
        .ToFrozenDictionary(pair => pair, pair => AssociatedToken.Address(pair.Owner, pair.Mint, Programs.Token));

    private static Pubkey[] Invoked =>
        [Programs.ComputeBudget, Programs.RaydiumAmmV4, Programs.System, Programs.AssociatedToken];

    /// <summary>A swap of WSOL for USDC, or back.</summary>
    public static Instruction Swap(Pubkey user, Pubkey pool, bool isPurchase, ulong amountIn, ulong amountOutMin)
    {
        var (wsol, usdc) = (Accounts[(user, Mints.Wsol)], Accounts[(user, Mints.Usdc)]);
        var accounts = new RaydiumAmmV4SwapAccounts
        {
            Pool = pool,
            CoinVault = Samples.Key("coin"),
            PcVault = Samples.Key("pc"),
            Market = RaydiumAmmV4Market.Unused(pool),
            User = user,
            UserIn = isPurchase ? wsol : usdc,
            UserOut = isPurchase ? usdc : wsol,
        };
        return accounts.ExactIn(new TokenAmount(amountIn), new TokenAmount(amountOutMin));
    }

    /// <summary>The unit limit, which may name the key that asks not to be preceded.</summary>
    public static Instruction Limit(bool isNamed) => ComputeBudget.Limit(Units) with
    {
        Accounts = isNamed ? [AccountReference.ReadOnly(DontFront)] : [],
    };

    public static Instruction TipOf(Pubkey payer, long amount = Tip, Pubkey? to = null) =>
        SystemProgram.Transfer(payer, to ?? TipAccounts.All[3], new Lamports(amount));

    /// <summary>A cycle: buys on one pool, sells on the other, guards everything.</summary>
    public static ImmutableArray<Instruction> Cycle(Pubkey wallet, bool isXFirst, bool isNamed, long tip)
    {
        var guard = AmountIn + (ulong)(Fee + ProfitMin + tip + 10); // a little more than needed
        ImmutableArray<Instruction> hops = [
            Limit(isNamed),
            Swap(wallet, Pools[isXFirst ? 0 : 1], isPurchase: true, AmountIn, Bought),
            Swap(wallet, Pools[isXFirst ? 1 : 0], isPurchase: false, Bought, guard)];
        return tip > 0 ? hops.Add(TipOf(wallet, tip)) : hops;
    }

    public static byte[] Message(Pubkey payer, params IReadOnlyList<Instruction> instructions) =>
        Message(payer, Samples.Blockhash, instructions);

    public static byte[] Message(Pubkey payer, Blockhash birth, IReadOnlyList<Instruction> instructions) =>
        MessageBytes.Write(MessageCompiler.V0(payer, birth, instructions, []));

    /// <summary>A stranger's swap, signed.</summary>
    public static byte[] Foreign(int stranger, int pool, bool isPurchase, ulong amountIn = 777)
    {
        var key = Strangers[stranger];
        var message = Message(key.Address, Swap(key.Address, Pools[pool], isPurchase, amountIn, 1));
        return new Transaction([key.Sign(message)], message).Write();
    }

    /// <summary>A request about these messages of ours.</summary>
    public static SigningRequest Request(params IReadOnlyList<byte[]> messages) =>
        Request([.. messages.Select(message => BundlePart.ToSign(message))], foreign: null);

    /// <summary>A request that only its bundle can make refuse.</summary>
    public static SigningRequest Request(ImmutableArray<BundlePart> parts, byte[]? foreign) => new()
    {
        Parts = parts,
        Tables = [],
        Intent = new SigningIntent
        {
            Messages = [.. parts.Where(part => !part.IsObserved).Select(part => Digest.Of(part.Bytes.Span))],
            Foreign = foreign is null ? null : Digest.Of(foreign),
            ProfitExpected = new Lamports(1_000_000),
            ProfitMin = new Lamports(ProfitMin),
        },
        Policy = new SigningPolicy
        {
            Programs = Invoked.ToFrozenSet(),
            TipMax = new Lamports(100_000),
            TipShareMaxBasisPoints = 5_000,
            Reserve = new Lamports(1_000_000),
            IsForeignAllowed = foreign is not null,
        },
        Wallets = new SigningWallets
        {
            All = Wallets.Select(wallet => wallet.Address).ToFrozenSet(),
            Allowed = Wallets.Select(wallet => wallet.Address).ToFrozenSet(),
            TokenAccounts = Accounts.Where(entry => IsOurs(entry.Key.Item1)).Select(entry => entry.Value).ToFrozenSet(),
            Balances = Wallets.ToFrozenDictionary(wallet => wallet.Address, _ => new Lamports(1_000_000_000)),
        },
        Lease = new SigningLease(new Lamports(10_000_000), new TokenAmount(100_000_000)),
        Stop = new SigningStop
        {
            Epoch = 7,
            IsStopped = false,
            Permit = new SigningPermit(7, DateTimeOffset.UnixEpoch.AddSeconds(12), TimeSpan.FromSeconds(5)),
            Now = DateTimeOffset.UnixEpoch.AddSeconds(10),
            Uptime = TimeSpan.FromSeconds(3),
        },
        Network = new SigningNetwork { IsLive = false, GenesisHash = Samples.Blockhash },
        History = new SigningHistory { Slot = new Slot(1_000), Own = [], Foreign = [] },
    };

    private static bool IsOurs(Pubkey owner) => Wallets.Any(wallet => wallet.Address == owner);

    public static PoolTrade Trade(int pool, bool isPurchase) =>
        new(new PoolId(Pools[pool]), isPurchase ? Mints.Wsol : Mints.Usdc);
}
