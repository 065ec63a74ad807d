using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;

namespace Mev.Adapters.Tests.Svm;

/// <summary>The real runtime takes the bytes that are built here, and charges what is reckoned here.</summary>
public sealed class SolanaRuntimeTests : IDisposable
{
    private const long Funds = 10_000_000_000;

    private readonly SolanaRuntime _chain = SolanaRuntime.Start();
    private readonly SigningKey _wallet = Samples.Signer("wallet");
    private readonly Pubkey _other = Samples.Key("other");
    private readonly Blockhash _blockhash;

    public SolanaRuntimeTests()
    {
        _chain.Airdrop(_wallet.Address, Funds);
        _blockhash = _chain.Blockhash();
    }

    public void Dispose()
    {
        _wallet.Dispose();
        _chain.Dispose();
    }

    [Theory]
    [InlineData(MessageVersion.Legacy)]
    [InlineData(MessageVersion.V0)]
    public void A_transfer_moves_lamports_and_costs_its_signature(MessageVersion version)
    {
        var done = Send(version, SystemProgram.Transfer(_wallet.Address, _other, new Lamports(1_000_000)));
        Assert.Equal("", done.Error);
        Assert.Equal(TransactionFee.Of(1, 0, 0), done.Fee);
        Assert.Equal(SystemProgram.Units, done.Units);
        Assert.Equal(new Lamports(1_000_000), _chain.Balance(_other));
        Assert.Equal(new Lamports(Funds - 1_000_000) - done.Fee, _chain.Balance(_wallet.Address));
    }

    [Theory]
    [InlineData(120_000U, 50_000UL)]
    [InlineData(1_000U, 1UL)]
    [InlineData(1_399_999U, 333_333UL)]
    public void The_compute_budget_is_charged_as_reckoned(uint limit, ulong price)
    {
        var done = Send(
            MessageVersion.V0, ComputeBudget.Limit(limit), ComputeBudget.Price(price),
            ComputeBudget.LoadedBytes(1_000_000), ComputeBudget.Heap(64 * 1_024),
            SystemProgram.Transfer(_wallet.Address, _other, new Lamports(1_000_000)));
        Assert.Equal("", done.Error);
        Assert.Equal(TransactionFee.Of(1, limit, price), done.Fee);
        Assert.Equal(4 * ComputeBudget.Units + SystemProgram.Units, done.Units);
        Assert.Equal(new Lamports(Funds - 1_000_000) - done.Fee, _chain.Balance(_wallet.Address));
    }

    [Fact]
    public void Two_signers_cost_two_signatures()
    {
        using var second = Samples.Signer("second");
        _chain.Airdrop(second.Address, Funds);
        var message = MessageCompiler.V0(
            _wallet.Address, _blockhash, [SystemProgram.Transfer(second.Address, _other, new Lamports(Funds))], []);
        var done = _chain.Send(SigningKey.SignAll(message, second, _wallet));
        Assert.Equal("", done.Error);
        Assert.Equal(TransactionFee.Of(2, 0, 0), done.Fee);
        Assert.Equal(new Lamports(Funds) - done.Fee, _chain.Balance(_wallet.Address));
    }

    [Fact]
    public void A_wrong_signature_is_refused_and_costs_nothing()
    {
        var transfer = SystemProgram.Transfer(_wallet.Address, _other, new Lamports(1_000_000));
        var sound = SigningKey.SignAll(MessageCompiler.V0(_wallet.Address, _blockhash, [transfer], []), _wallet);
        using var stranger = Samples.Signer("stranger");
        var forged = sound with { Signatures = [stranger.Sign(sound.Message.Span)] };
        Assert.False(forged.IsSigned());
        Assert.Contains("SignatureFailure", _chain.Send(forged).Error);
        Assert.Equal(new Lamports(Funds), _chain.Balance(_wallet.Address));
        Assert.Equal("", _chain.Send(sound).Error);
    }

    [Fact]
    public void Rent_is_as_reckoned_and_an_account_below_it_is_not_made()
    {
        var rent = Assert.NotNull(Rent.Read(_chain.Data(Pubkey.Parse("SysvarRent111111111111111111111111111111111"))));
        Assert.Equal(Rent.Mainnet, rent);
        Assert.All([0, 1, 82, 165, 10_000], length => Assert.Equal(_chain.RentOf(length), rent.Minimum(length)));
        var least = rent.Minimum(0);
        var refused = Send(MessageVersion.V0, Pay(least - new Lamports(1)));
        Assert.Contains("InsufficientFundsForRent", refused.Error);
        Assert.Equal(TransactionFee.Of(1, 0, 0), refused.Fee);
        Assert.Equal(new Lamports(Funds) - refused.Fee, _chain.Balance(_wallet.Address));
        Assert.Equal("", Send(MessageVersion.V0, Pay(least)).Error);
    }

    /// <summary>The treasury's forms as the real programs take them.</summary>
    [Fact]
    public void A_nonce_account_under_a_name_is_made_for_the_wallet_alone()
    {
        var key = SystemProgram.AddressWithSeed(_wallet.Address, "nonce 1", Programs.System);
        Assert.Equal("", Send(MessageVersion.V0, [.. SystemProgram.CreateNonce(_wallet.Address, "nonce 1")]).Error);
        var nonce = Assert.NotNull(DurableNonce.Read(key, _chain.Data(key)));
        Assert.Equal(_wallet.Address, nonce.Authority);
        Assert.Equal(Rent.Mainnet.Minimum(DurableNonce.Length), _chain.Balance(key));
    }

    [Fact]
    public void SOL_is_wrapped_and_unwrapped_again()
    {
        var wrapped = AssociatedToken.Address(_wallet.Address, Mints.Wsol, Programs.Token);
        var amount = new Lamports(3_000_000);
        var done = Send(
            MessageVersion.V0, AssociatedToken.Create(_wallet.Address, _wallet.Address, Mints.Wsol, Programs.Token),
            SystemProgram.Transfer(_wallet.Address, wrapped, amount), TokenProgram.SyncNative(wrapped));
        Assert.Equal("", done.Error);
        var held = _chain.Data(wrapped);
        Assert.Equal((ulong)amount.Value, BitConverter.ToUInt64(held, 64));
        var closed = Send(MessageVersion.V0, TokenProgram.Close(wrapped, _wallet.Address, _wallet.Address));
        Assert.Equal("", closed.Error);
        Assert.Equal(new Lamports(Funds) - done.Fee - closed.Fee, _chain.Balance(_wallet.Address));
    }

    [Fact]
    public void A_lookup_table_ends()
    {
        var table = LookupTableProgram.Address(_wallet.Address, new Slot(0)).Address;
        Assert.Equal("", Send(
            MessageVersion.V0, LookupTableProgram.Create(_wallet.Address, _wallet.Address, new Slot(0))).Error);
        Assert.Equal("", Send(MessageVersion.V0, LookupTableProgram.Deactivate(table, _wallet.Address)).Error);
        Assert.NotNull(LookupTableAccount.Read(table, _chain.Data(table))!.DeactivatedIn);
        var early = Send(MessageVersion.V0, LookupTableProgram.Close(table, _wallet.Address, _wallet.Address));
        Assert.NotEqual("", early.Error); // not while messages may still use it
    }

    [Fact]
    public void A_lookup_table_is_created_extended_and_used_from_the_next_slot_on()
    {
        var created = new Slot(0); // the one slot that the fresh chain remembers
        var table = LookupTableProgram.Address(_wallet.Address, created).Address;
        Assert.Equal("", Send(
            MessageVersion.V0, LookupTableProgram.Create(_wallet.Address, _wallet.Address, created)).Error);
        _chain.GoTo(new Slot(5));
        Assert.Equal("", Send(MessageVersion.V0, LookupTableProgram.Extend(
            table, _wallet.Address, _wallet.Address, [Samples.Key("unused"), _other])).Error);

        var account = LookupTableAccount.Read(table, _chain.Data(table))!;
        Assert.Equal([Samples.Key("unused"), _other], account.Addresses);
        Assert.Equal((new Slot(5), 0), (account.LastExtendedIn, account.LastExtensionStart));
        Assert.Equal(_wallet.Address, account.Authority);
        Assert.Null(account.UsableIn(new Slot(5)));
        Assert.NotEqual("", Send(Paying(new LookupTable(table, account.Addresses))).Error);
        Assert.Equal(Lamports.Zero, _chain.Balance(_other));

        _chain.GoTo(new Slot(6));
        var message = Paying(account.UsableIn(new Slot(6))!);
        Assert.Equal([1], Assert.Single(message.Lookups).Writable.ToArray());
        Assert.Equal("", Send(message).Error);
        Assert.Equal(new Lamports(1_000_000), _chain.Balance(_other));
    }

    [Fact]
    public void A_cycle_pays_its_tip_when_every_hop_succeeds_and_only_its_fee_when_one_fails()
    {
        var tip = new Lamports(100_000);
        var tipAccount = Samples.Key("tip account");
        _chain.Airdrop(tipAccount, 1_000_000);
        var wrapped = Wrap(5_000_000);
        var table = new LookupTable(Samples.Key("not on the chain"), [tipAccount]); // never used: the tip stays static
        var terms = new CycleTerms
        {
            Wallet = _wallet.Address,
            WalletBalance = _chain.Balance(_wallet.Address),
            Blockhash = _blockhash,
            Hops = [Hop(wrapped, 4_000_000, 4_500_000), Hop(wrapped, 4_200_000, 4_500_000)],
            Tip = tip,
            TipAccount = tipAccount,
            ProfitMin = new Lamports(1_000),
            UnitPriceMicroLamports = 1_234,
            Tables = [table],
        };
        var before = _chain.Balance(_wallet.Address);
        var built = CycleMessage.Build(terms, out var refusal);
        Assert.Equal(CycleRefusal.None, refusal);
        var done = Send(built!.Message);
        Assert.Equal(("", built.Fee), (done.Error, done.Fee));
        Assert.Equal(new Lamports(1_000_000) + tip, _chain.Balance(tipAccount));
        Assert.Equal(before - tip - built.Fee, _chain.Balance(_wallet.Address));

        // the second hop asks for more than is there: nothing moves, the tip neither, and the fee is charged
        var failing = CycleMessage.Build(
            terms with { Hops = [Hop(wrapped, 4_000_000, 6_000_000), Hop(wrapped, 6_000_000, 6_500_000)] }, out _);
        var failed = Send(failing!.Message);
        Assert.NotEqual("", failed.Error);
        Assert.Equal(failing.Fee, failed.Fee);
        Assert.Equal(new Lamports(1_000_000) + tip, _chain.Balance(tipAccount));
        Assert.Equal(before - tip - built.Fee - failing.Fee, _chain.Balance(_wallet.Address));
    }

    /// <summary>Creates the wallet's account of wrapped SOL and wraps lamports.</summary>
    private Pubkey Wrap(long lamports)
    {
        const byte SyncNative = 17; // SPL Token: takes lamports that arrived as tokens
        var wrapped = AssociatedToken.Address(_wallet.Address, Mints.Wsol, Programs.Token);
        Assert.Equal("", Send(
            MessageVersion.V0,
            AssociatedToken.Create(_wallet.Address, _wallet.Address, Mints.Wsol, Programs.Token),
            SystemProgram.Transfer(_wallet.Address, wrapped, new Lamports(lamports)),
            new Instruction
            {
                Program = Programs.Token,
                Accounts = [AccountReference.Writable(wrapped)],
                Data = new[] { SyncNative },
            }).Error);
        Assert.Equal(new Lamports(lamports) + Rent.Mainnet.Minimum(165), _chain.Balance(wrapped));
        Assert.Equal((ulong)lamports, BitConverter.ToUInt64(_chain.Data(wrapped), 64));
        return wrapped;
    }

    private Instruction Pay(Lamports amount) => SystemProgram.Transfer(_wallet.Address, _other, amount);

    private TransactionMessage Paying(LookupTable table) =>
        MessageCompiler.V0(_wallet.Address, _blockhash, [Pay(new Lamports(1_000_000))], [table]);

    private Execution Send(TransactionMessage message) => _chain.Send(SigningKey.SignAll(message, _wallet));

    private Execution Send(MessageVersion version, params ImmutableArray<Instruction> instructions) => Send(
        version == MessageVersion.Legacy
            ? MessageCompiler.Legacy(_wallet.Address, _blockhash, instructions)
            : MessageCompiler.V0(_wallet.Address, _blockhash, instructions, []));

    private CycleHop Hop(Pubkey wrapped, ulong amountIn, ulong amountOut) => new(
        new TokenTransfer(_wallet.Address, wrapped),
        new SizedHop(new TokenAmount(amountIn), new TokenAmount(amountOut), TicksCrossed: 0));

    /// <summary>Stands for a swap where no swap program is: the wallet hands the amount to itself.</summary>
    private sealed record TokenTransfer(Pubkey User, Pubkey Wrapped) : ISwapAccounts
    {
        private const byte Transfer = 3;

        public Pubkey UserIn => Wrapped;

        public Pubkey UserOut => Wrapped;

        public ComputeUse Use => new(10_000, 0);

        public Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin) => new()
        {
            Program = Programs.Token,
            Accounts = [
                AccountReference.Writable(Wrapped), AccountReference.Writable(Wrapped),
                AccountReference.Signer(User)],
            Data = (byte[])[Transfer, .. BitConverter.GetBytes(amountIn.Units)],
        };
    }
}
