using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Wallets;
using Mev.Simulator.Chain;
using Mev.Simulator.Execution;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>
/// Each form of the treasury signed by the guarded signer, sent by JSON-RPC and executed on the simulated chain: what
/// is told of it is what the wallet has, to the lamport.
/// </summary>
public sealed class TreasuryFormTests
{
    private const long Fee = 5_000;
    private static readonly Lamports Amount = new(2_000_000);

    private static Pubkey Wallet => TreasuryRun.Wallet;

    [Fact]
    public async Task Wrapping_and_unwrapping_cost_the_fee_and_the_deposit_comes_back()
    {
        await using var run = await TreasuryRun.Start();
        var (before, plain) = (run.Held(), run.LamportsOf(Wallet));
        var wrapped = await run.Execute(
            AssociatedToken.Create(Wallet, Wallet, Mints.Wsol, Programs.Token),
            SystemProgram.Transfer(Wallet, TreasuryRun.Wrapped, Amount), TokenProgram.SyncNative(TreasuryRun.Wrapped));
        Assert.Equal((false, Fee, -Fee), Of(wrapped.Landing));
        Assert.Equal((before - Fee, plain - Fee - Amount.Value), (run.Held(), run.LamportsOf(Wallet)));

        var unwrapped = await run.Execute(TokenProgram.Close(TreasuryRun.Wrapped, Wallet, Wallet));
        Assert.Equal((false, Fee, -Fee), Of(unwrapped.Landing));
        Assert.Equal((before - 2 * Fee, 0L), (run.LamportsOf(Wallet), run.LamportsOf(TreasuryRun.Wrapped)));
    }

    [Fact]
    public async Task Funding_token_accounts_and_a_probe_move_what_they_say()
    {
        await using var run = await TreasuryRun.Start();
        var other = run.LamportsOf(TreasuryRun.Other);
        var funded = await run.Execute(SystemProgram.Transfer(Wallet, TreasuryRun.Other, Amount));
        Assert.Equal((false, Fee, -Fee - Amount.Value), Of(funded.Landing));
        Assert.Equal(other + Amount.Value, run.LamportsOf(TreasuryRun.Other));

        var mint = Samples.Key("a mint of nobody");
        var account = AssociatedToken.Address(TreasuryRun.Other, mint, Programs.Token);
        var made = await run.Execute(AssociatedToken.Create(Wallet, TreasuryRun.Other, mint, Programs.Token));
        Assert.Equal((false, Fee, -Fee - run.LamportsOf(account)), Of(made.Landing));

        var tip = TipAccounts.All[3];
        var held = run.LamportsOf(tip);
        var probe = await run.Execute(
            SystemProgram.Transfer(Wallet, Wallet, new Lamports(1)),
            SystemProgram.Transfer(Wallet, tip, new Lamports(10_000)));
        Assert.Equal((false, Fee, -Fee - 10_000L, held + 10_000), (
            probe.Landing.IsFailed, probe.Landing.Fee.Value, probe.Landing.Change.Value, run.LamportsOf(tip)));
    }

    [Fact]
    public async Task A_nonce_account_is_made_read_and_advanced_and_a_message_on_it_does_not_expire()
    {
        await using var run = await TreasuryRun.Start();
        var key = SystemProgram.AddressWithSeed(Wallet, "nonce 1", Programs.System);
        var rent = Rent.Mainnet.Minimum(DurableNonce.Length).Value;
        var made = await run.Execute([.. SystemProgram.CreateNonce(Wallet, "nonce 1")]);
        Assert.Equal((false, Fee, -Fee - rent), Of(made.Landing));
        var reader = new RpcWalletReader(run.Client, TimeProvider.System);
        Assert.Equal([key], (await reader.ReadWallet(Wallet, [], [key])).Nonces);
        var nonce = NonceOf(run, key);
        Assert.Equal(Wallet, nonce.Authority);

        using var signer = Samples.Signer("wallet");
        Transaction OnNonce(long lamports) => SigningKey.SignAll(
            MessageCompiler.V0(
                Wallet, nonce.Value,
                [SystemProgram.AdvanceNonce(nonce), SystemProgram.Transfer(Wallet, TreasuryRun.Other, new(lamports))],
                []),
            signer);
        run.Simulator.Ticks.NextSlots(200); // a blockhash would be too old
        var (first, second) = (OnNonce(1_000_000), OnNonce(1_000_001));
        await run.Treasury.Send(first.Write());
        var advanced = NonceOf(run, key);
        Assert.NotEqual(nonce.Value, advanced.Value);
        await run.Treasury.Send(second.Write());
        run.Simulator.Ticks.NextSlots(1);
        Assert.Equal(SignaturePresence.Absent, (await run.Treasury.Find(second.Id)).Presence); // the nonce is used up

        run.Simulator.Ticks.NextSlots(1);
        nonce = advanced;
        var held = run.LamportsOf(Wallet);
        await run.Treasury.Send(OnNonce(long.MaxValue / 2).Write()); // fails, and the nonce is used up all the same
        Assert.Equal(held - Fee, run.LamportsOf(Wallet));
        Assert.NotEqual(advanced.Value, NonceOf(run, key).Value);
    }

    [Fact]
    public async Task A_nonce_is_made_once_and_advanced_by_its_authority_alone_and_not_twice_in_a_block()
    {
        await using var run = await TreasuryRun.Start();
        var create = SystemProgram.CreateNonce(Wallet, "n").ToArray();
        await run.Execute(create);
        Assert.Equal("""{"InstructionError":[1,{"Custom":0}]}""", Error(run, create)); // in use
        var moved = create[0] with { Data = create[0].Data.ToArray() };
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(moved.Data).Span[^33] ^= 1;
        Assert.Contains("Custom", Error(run, moved), StringComparison.Ordinal);
        Assert.Contains("InvalidAccountData", Error(run, create[1]), StringComparison.Ordinal);
        var nonce = NonceOf(run, SystemProgram.AddressWithSeed(Wallet, "n", Programs.System));
        Assert.Null(Error(run, SystemProgram.AdvanceNonce(nonce)));
        run.Simulator.Ticks.NextSlots(1);
        var twice = new[] { SystemProgram.AdvanceNonce(nonce), SystemProgram.AdvanceNonce(nonce) };
        Assert.Equal("""{"InstructionError":[2,{"Custom":7}]}""", Error(run, twice));
        var stranger = SystemProgram.AdvanceNonce(nonce);
        stranger = stranger with { Accounts = [stranger.Accounts[0], stranger.Accounts[1]] };
        Assert.Contains("InvalidInstructionData", Error(run, stranger), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lookup_table_is_made_extended_used_from_the_next_slot_ended_and_closed_when_it_has_cooled_down()
    {
        await using var run = await TreasuryRun.Start();
        var (slot, before) = (run.Tip().Slot, run.LamportsOf(Wallet));
        var table = LookupTableProgram.Address(Wallet, slot).Address;
        var keys = Enumerable.Range(0, 20).Select(number => Samples.Key($"{number}")).ToArray();
        var made = await run.Execute(
            LookupTableProgram.Create(Wallet, Wallet, slot),
            LookupTableProgram.Extend(table, Wallet, Wallet, keys[..5]));
        Assert.Equal(-Fee - run.LamportsOf(table), made.Landing.Change.Value);
        Assert.Equal(Rent.Mainnet.Minimum(56 + 5 * 32).Value, run.LamportsOf(table));
        await run.Execute(LookupTableProgram.Extend(table, Wallet, Wallet, keys[5..]));
        lock (run.Simulator.Chain.Gate)
            Assert.Equal(keys, run.Simulator.Chain.FindTable(table)!.Addresses);
        var reader = new RpcWalletReader(run.Client, TimeProvider.System);
        Assert.Equal(keys, Assert.Single((await reader.ReadWallet(Wallet, [table], [])).Tables).Addresses);

        Assert.Contains("InvalidArgument", Error(
            run, LookupTableProgram.Close(table, Wallet, Wallet)), StringComparison.Ordinal); // it is in use
        await run.Execute(LookupTableProgram.Deactivate(table, Wallet));
        lock (run.Simulator.Chain.Gate) Assert.Null(run.Simulator.Chain.FindTable(table));
        Assert.Contains("InvalidArgument", Error(
            run, LookupTableProgram.Close(table, Wallet, Wallet)), StringComparison.Ordinal); // it cools down
        run.Simulator.Ticks.NextSlots((int)LookupTableExecution.SlotHashes);
        var closed = await run.Execute(LookupTableProgram.Close(table, Wallet, Wallet));
        Assert.Equal((false, 0L), (closed.Landing.IsFailed, run.LamportsOf(table)));
        Assert.Equal(before - 6 * Fee, run.LamportsOf(Wallet)); // the deposit came back whole
    }

    [Fact]
    public async Task What_the_program_of_tables_does_not_take_fails()
    {
        await using var run = await TreasuryRun.Start();
        var slot = run.Tip().Slot;
        var table = LookupTableProgram.Address(Wallet, slot).Address;
        var future = LookupTableProgram.Create(Wallet, Wallet, slot.Plus(9));
        Assert.Contains("InvalidInstructionData", Error(run, future), StringComparison.Ordinal);
        var elsewhere = LookupTableProgram.Create(Wallet, Wallet, slot);
        elsewhere = elsewhere with
        {
            Accounts = elsewhere.Accounts.SetItem(0, AccountReference.Writable(Samples.Key("else"))),
        };
        Assert.Contains("InvalidArgument", Error(run, elsewhere), StringComparison.Ordinal);
        var extend = LookupTableProgram.Extend(table, Wallet, Wallet, [Wallet]);
        Assert.Contains("InvalidAccountData", Error(run, extend), StringComparison.Ordinal); // there is none
        Assert.Null(Error(run, LookupTableProgram.Create(Wallet, Wallet, slot)));
        Assert.Null(Error(run, LookupTableProgram.Create(Wallet, Wallet, slot))); // made already: nothing
        var stranger = extend with
        {
            Accounts = extend.Accounts.SetItem(1, AccountReference.ReadOnly(TreasuryRun.Other)),
        };
        Assert.Contains("IncorrectAuthority", Error(run, stranger), StringComparison.Ordinal);
        Pubkey[] many = [.. Enumerable.Range(0, 25).Select(number => Samples.Key($"{number}"))];
        for (var i = 0; i < 10; i++)
            Assert.Null(Error(run, LookupTableProgram.Extend(table, Wallet, Wallet, many)));
        Assert.Contains("InvalidInstructionData", Error(
            run, LookupTableProgram.Extend(table, Wallet, Wallet, many)), StringComparison.Ordinal); // 275 addresses
    }

    private static (bool IsFailed, long Fee, long Change) Of(TreasuryLanding landing) =>
        (landing.IsFailed, landing.Fee.Value, landing.Change.Value);

    private static DurableNonce NonceOf(TreasuryRun run, Pubkey key)
    {
        lock (run.Simulator.Chain.Gate)
            return DurableNonce.Read(key, run.Simulator.Chain.Find(key)!.Data.Span)!.Value;
    }

    /// <summary>Executes what no rule was asked about; its error as JSON-RPC tells it, or null.</summary>
    private static string? Error(TreasuryRun run, params Instruction[] instructions)
    {
        using var signer = Samples.Signer("wallet");
        run.Simulator.Ticks.NextSlots(1); // another blockhash, so another transaction
        var signed = SigningKey.SignAll(
            MessageCompiler.V0(Wallet, run.Tip().Hash, [ComputeBudget.Limit(100_000), .. instructions], []), signer);
        var chain = run.Simulator.Chain;
        var message = MessageBytes.Read(signed.Message.Span, out _)!;
        lock (chain.Gate)
        {
            var receipt = chain.Execute(ChainTransaction.Load(message, signed.Signatures, chain.FindTable)!);
            return receipt!.Error?.Json;
        }
    }
}
