using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;
using Mev.Simulator.Flow;
using Mev.Simulator.Rivals;

namespace Mev.Adapters.Tests.Simulator.Engine;

/// <summary>The lookup tables of the simulator's universe: what they shorten, and what their change does.</summary>
public sealed class TableTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_universe_has_tables_that_hold_all_that_a_swap_on_each_pool_passes()
    {
        var market = new GeneratedFeedOptions();
        await using var run = await SimulatorRun.Start(
            $"Generator:Pools={market.Pools}", $"Generator:Mints={market.Mints}");
        var keys = UniverseTables.KeysOf(market);
        Assert.InRange(keys.Length, 2, BundleTerms.TablesMax);
        lock (run.Chain.Gate)
        {
            var tables = keys.Select(key => run.Chain.FindTable(key)!).ToList();
            Assert.Equal(tables.OrderBy(table => table.Key), run.Chain.UsableTables);
            var (wallet, addresses) = (Samples.Key("wallet"), new TokenAddresses());
            foreach (var pool in run.Chain.Pools)
            {
                var swap = PoolSwaps.Of(pool, default, wallet, addresses)!;
                var passed = swap.ExactIn(new TokenAmount(1), new TokenAmount(1)).Accounts
                    .Select(account => account.Key).Except([wallet, swap.UserIn, swap.UserOut]);
                Assert.Contains(tables, table => passed.All(key => table.PlaceOf(key) is not null));
            }
        }
    }

    /// <summary>The chances of one seeded run, each built with and without tables.</summary>
    [Fact]
    public async Task With_tables_the_transactions_of_a_seeded_run_fit_that_were_too_large()
    {
        await using var run = await SimulatorRun.Start(
            "Generator:Pools=200", "Generator:Mints=60", "Generator:SwapMedian=0.003");
        var (finder, addresses) = (new ChanceFinder(run.Chain), new TokenAddresses());
        var (all, without, with, longest) = (0, 0, 0, 0);
        for (var slot = 0; slot < 120; slot++)
        {
            run.Ticks.NextSlots(1);
            lock (run.Chain.Gate)
            {
                foreach (var chance in finder.Take(new Lamports(100_000)))
                {
                    all++;
                    if (Build(run.Chain, addresses, chance, []) == CycleRefusal.TooLong) without++;
                    if (Build(run.Chain, addresses, chance, [.. run.Chain.UsableTables]) is var refusal
                        && refusal != CycleRefusal.None)
                    {
                        with++;
                    }
                    longest = Math.Max(longest, chance.Hops.Length);
                }
            }
        }
        output.WriteLine(
            $"{all} chances of up to {longest} hops: too large {without} without tables, {with} with them");
        Assert.True(all >= 50 && without > all / 4, $"{without} of {all} too large without tables");
        Assert.Equal(0, with);
    }

    [Fact]
    public async Task A_transaction_whose_table_is_gone_by_its_auction_fails_in_simulation_and_nothing_moves()
    {
        await using var run = await EngineRun.Start();
        var chance = run.Chance();
        var transaction = run.Take(chance);
        var lookups = MessageBytes.Read(transaction.Message.Span, out _)!.Lookups;
        Assert.NotEmpty(lookups);
        var before = run.Lamports(run.Wallet.Address);
        var answer = await run.Send(transaction);
        Assert.Equal(200, (int)answer.Status);
        Deactivate(run.Chain, lookups[0].Table);
        run.Simulator.Ticks.NextSlots(2);
        Assert.Equal(("Failed", null), await run.Inflight(answer.Text));
        Assert.Equal(before, run.Lamports(run.Wallet.Address));
        lock (run.Chain.Gate) Assert.Null(run.Chain.Signatures.Find(transaction.Id));
    }

    [Fact]
    public async Task A_table_that_is_unknown_at_arrival_is_found_out_in_simulation_too()
    {
        await using var run = await EngineRun.Start();
        var transaction = run.Take(run.Chance());
        var lookups = MessageBytes.Read(transaction.Message.Span, out _)!.Lookups;
        Deactivate(run.Chain, lookups[0].Table);
        var answer = await run.Send(transaction);
        Assert.Equal(200, (int)answer.Status);
        run.Simulator.Ticks.NextSlots(2);
        Assert.Equal(("Failed", null), await run.Inflight(answer.Text));
    }

    [Fact]
    public async Task The_platform_reads_of_a_table_what_can_be_used_in_the_slot_of_the_answer()
    {
        await using var run = await SimulatorRun.Start();
        var key = UniverseTables.KeysOf(run.Get<GeneratedFeedOptions>())[0];
        var reader = new RpcWalletReader(run.Rpc(), TimeProvider.System);
        run.Ticks.NextSlots(4);
        var whole = Assert.Single((await reader.ReadWallet(default, [key], [])).Tables);
        Slot extended;
        lock (run.Chain.Gate)
        {
            extended = run.Chain.Blocks.Open.Slot;
            var table = LookupTableAccount.Read(key, run.Chain.Find(key)!.Data.Span)!;
            run.Chain.Set(FirstAccounts.TableOf(table with
            {
                Addresses = table.Addresses.Add(Samples.Key("new")),
                LastExtendedIn = extended,
                LastExtensionStart = table.Addresses.Length,
            }));
        }
        while (await Confirmed() < extended) run.Ticks.NextSlots(1);
        Assert.Equal(whole, Assert.Single((await reader.ReadWallet(default, [key], [])).Tables));
        run.Ticks.NextSlots(1);
        var longer = Assert.Single((await reader.ReadWallet(default, [key], [])).Tables);
        Assert.Equal(whole.Addresses.Length, longer.PlaceOf(Samples.Key("new")));
        Deactivate(run.Chain, key);
        run.Ticks.NextSlots(4);
        Assert.Empty((await reader.ReadWallet(default, [key], [])).Tables);

        async Task<Slot> Confirmed() => (await reader.ReadHead()).Slot;
    }

    internal static void Deactivate(SimulatedChain chain, Pubkey table)
    {
        lock (chain.Gate)
        {
            var account = LookupTableAccount.Read(table, chain.Find(table)!.Data.Span)!;
            chain.Set(FirstAccounts.TableOf(account with { DeactivatedIn = chain.Blocks.Open.Slot }));
        }
    }

    private static CycleRefusal Build(
        SimulatedChain chain, TokenAddresses addresses, Chance chance, LookupTable[] tables)
    {
        var wallet = Samples.Key("wallet");
        var hops = chance.Hops.Select(hop => new CycleHop(
            PoolSwaps.Of(chain.Pools.First(pool => pool.Id == hop.Hop.Pool), hop.Hop.Direction, wallet, addresses)!,
            hop.Amounts));
        _ = CycleMessage.Build(
            new CycleTerms
            {
                Wallet = wallet,
                WalletBalance = new Lamports(1_000_000_000),
                Blockhash = chain.Blocks.Tip.Hash,
                Hops = [.. hops],
                Tip = TipAccounts.TipMin,
                TipAccount = TipAccounts.All[0],
                ProfitMin = Lamports.Zero,
                DontFront = Pubkey.Parse("jitodontfront111111111111111111111111111111"),
                Tables = [.. tables],
            },
            out var refusal);
        return refusal;
    }
}
