using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Rpc;

/// <summary>The client against the simulator's JSON-RPC.</summary>
public sealed class RpcClientTests
{
    [Fact]
    public async Task Slots_and_blockhashes_are_those_of_the_commitment()
    {
        await using var simulator = await SimulatorRun.Start();
        simulator.Ticks.NextSlots(40);
        var (rpc, blocks) = (simulator.Rpc(), simulator.Chain.Blocks);
        Assert.Equal(blocks.Tip.Slot, await rpc.GetSlot(RpcCommitment.Processed));
        Assert.Equal(blocks.Confirmed, await rpc.GetSlot(RpcCommitment.Confirmed));
        Assert.Equal(blocks.Finalized, await rpc.GetSlot(RpcCommitment.Finalized));
        Assert.True(blocks.Finalized < blocks.Confirmed && blocks.Confirmed < blocks.Tip.Slot);
        foreach (var commitment in new[] { RpcCommitment.Processed, RpcCommitment.Finalized })
        {
            var latest = await rpc.GetLatestBlockhash(commitment);
            var block = blocks.At(commitment == RpcCommitment.Processed ? SlotStep.Processed : SlotStep.Finalized);
            Assert.Equal(
                new LatestBlockhash(block.Slot, block.Hash, block.Height + ChainBlocks.ValidBlocks), latest);
            Assert.Equal(block.Height, await rpc.GetBlockHeight(commitment));
        }
    }

    [Fact]
    public async Task Accounts_come_as_of_the_slot_that_is_told_and_missing_ones_are_closed()
    {
        await using var simulator = await SimulatorRun.Start("Generator:Pools=60");
        simulator.Ticks.NextSlots(40);
        var rpc = simulator.Rpc();
        List<Pubkey> keys = [.. simulator.Chain.Pools.SelectMany(KeysOf).Distinct(), Wallets.Trader(99, 1)];
        Assert.True(keys.Count > 2 * RpcClient.AccountsPerRequest);
        foreach (var commitment in new[] { RpcCommitment.Processed, RpcCommitment.Confirmed, RpcCommitment.Finalized })
        {
            var answer = await rpc.GetMultipleAccounts(keys, commitment);
            Assert.Equal(await rpc.GetSlot(commitment), answer.Slot);
            Assert.Equal(keys, answer.Accounts.Select(account => account.Key));
            var view = simulator.Chain.At(answer.Slot);
            foreach (var account in answer.Accounts)
            {
                var real = view.Find(account.Key);
                Assert.Equal(real is null, account.IsClosed);
                Assert.True(account.IsStartup && account.Slot == answer.Slot);
                Assert.Equal((real?.Owner ?? default, real?.Lamports ?? 0), (account.Owner, account.Lamports));
                Assert.True(account.Data.Span.SequenceEqual(real is null ? default : real.Data.Span));
            }
            Assert.True(answer.Accounts[^1].IsClosed);
        }
    }

    [Fact]
    public async Task Accounts_of_a_program_are_all_of_it_or_those_of_one_pool()
    {
        await using var simulator = await SimulatorRun.Start();
        var rpc = simulator.Rpc();
        var all = await rpc.GetProgramAccounts(Programs.Whirlpool, null, RpcCommitment.Processed);
        var pools = simulator.Chain.Pools.Where(pool => pool.Protocol == Protocol.Whirlpool).ToList();
        Assert.Equal(4 * pools.Count, all.Accounts.Length); // the pool and three tick arrays
        Assert.All(all.Accounts, account => Assert.Equal(Programs.Whirlpool, account.Owner));
        var filter = new RpcAccountFilter(9_988, 9_956, pools[0].Id.Address);
        var arrays = await rpc.GetProgramAccounts(Programs.Whirlpool, filter, RpcCommitment.Processed);
        Assert.Equal(
            KeysOf(pools[0]).Skip(3).Order(), arrays.Accounts.Select(account => account.Key).Order());
    }

    [Fact]
    public async Task A_slot_that_was_not_reached_is_waited_for_within_the_attempts()
    {
        await using var simulator = await SimulatorRun.Start();
        var next = simulator.Chain.Blocks.Tip.Slot.Plus(1);
        var waiting = simulator.Rpc().GetMultipleAccounts([Programs.ClockSysvar], RpcCommitment.Processed, next);
        simulator.Ticks.NextSlots(1);
        Assert.Equal(next, (await waiting).Slot);
        var impatient = simulator.Rpc(new RpcOptions { Endpoint = simulator.RpcEndpoint, AttemptsMax = 1 });
        var failure = await Assert.ThrowsAsync<RpcRequestException>(
            () => impatient.GetMultipleAccounts([Programs.ClockSysvar], RpcCommitment.Processed, next.Plus(9)));
        Assert.Equal(RpcFailure.Behind, failure.Failure);
    }

    [Fact]
    public async Task Statuses_rise_with_their_slot_and_what_is_not_known_is_null()
    {
        await using var simulator = await SimulatorRun.Start();
        var signatures = new List<TransactionSignature>();
        simulator.Chain.Happened += happened =>
        {
            if (happened is TransactionExecuted executed) signatures.Add(executed.Transaction.Signature);
        };
        simulator.Ticks.NextSlots(1);
        var slot = simulator.Chain.Blocks.Tip.Slot;
        TransactionSignature[] asked = [signatures[0], TransactionSignature.None];
        foreach (var (slots, status) in new[]
            { (0, SlotStatus.Processed), (2, SlotStatus.Confirmed), (30, SlotStatus.Finalized) })
        {
            simulator.Ticks.NextSlots(slots);
            var statuses = await simulator.Rpc().GetSignatureStatuses(asked);
            Assert.Equal([new SignatureStatus(slot, status, IsFailed: false), null], statuses.All);
        }
    }

    [Fact]
    public async Task The_leader_schedule_names_a_leader_for_every_slot_of_the_epoch_in_turns_of_four()
    {
        await using var simulator = await SimulatorRun.Start("Simulator:Leaders=5");
        var slot = simulator.Chain.Blocks.Tip.Slot;
        var schedule = await simulator.Rpc().GetLeaderSchedule(slot);
        Assert.Equal((int)ChainClock.SlotsPerEpoch, schedule.Leaders.Count);
        Assert.Equal(5, schedule.Leaders.Values.Distinct().Count());
        var leaders = simulator.Get<ChainLeaders>();
        for (var i = 0; i < 100; i++) Assert.Equal(leaders.LeaderOf(slot.Plus(i)), schedule.LeaderOf(slot.Plus(i)));
        Assert.Null(schedule.LeaderOf(new Slot(schedule.FirstSlot.Value - 1)));
        Assert.Null(schedule.LeaderOf(new Slot(schedule.FirstSlot.Value + ChainClock.SlotsPerEpoch)));
    }

    private static List<Pubkey> KeysOf(Pool pool)
    {
        var keys = new List<Pubkey>();
        foreach (var account in pool.Accounts) keys.Add(account.Key);
        return keys;
    }
}
