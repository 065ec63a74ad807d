using System.Text.Json;
using Mev.Adapters.Tests.Jito;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>The calls of Token-2022 in a recorded transaction are those that the simulator tells of its own.</summary>
public sealed class RecordedTransferTests
{
    [Fact]
    public void A_recorded_transfer_names_mint_and_decimals_and_no_fee_of_its_own()
    {
        var file = TestData.Need("traffic", "agavesim-arb-tx-JSON2.json");
        using var answer = JsonDocument.Parse(File.ReadAllBytes(file));
        var calls = RecordedTransaction.Read(answer.RootElement).Instructions
            .Where(call => call.Program == Programs.Token2022).ToList();
        Assert.Equal(2, calls.Count);
        var mint = Pubkey.Parse("EWV6bjhKF5zkXANCdWPvDs7dofRVk4pKyVTitqgEWj8E");
        foreach (var call in calls)
        {
            var data = call.Data.Span;
            // As FeeMintTests checks each of the simulator's: TransferChecked, amount, decimals.
            Assert.Equal((10, 12, 9), (data.Length, data[0], data[9]));
            Assert.Equal(4, call.Accounts.Length); // source, mint, target, authority
            Assert.Equal(mint, call.Accounts[1]);
        }
    }
}
