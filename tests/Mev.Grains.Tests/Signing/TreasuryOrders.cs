using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Grains.Abstractions.Signing;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Grains.Tests.Signing;

/// <summary>Orders of the treasury of an engine, and what the journal has of them.</summary>
internal static class TreasuryOrders
{
    private static readonly Lamports CostMax = new(5_000_000);

    public static ITreasuryGrain Treasury(this SignedEngine signed) =>
        signed.Engine.Grains.GetGrain<ITreasuryGrain>(ITreasuryGrain.Main);

    public static TreasuryOrder Wrap(this SignedEngine signed, string command, long lamports = 1_000_000)
    {
        var wallet = signed.Key.Address;
        var wrapped = AssociatedToken.Address(wallet, Mints.Wsol, Programs.Token);
        return signed.Order(
            command, AssociatedToken.Create(wallet, wallet, Mints.Wsol, Programs.Token),
            SystemProgram.Transfer(wallet, wrapped, new Lamports(lamports)), TokenProgram.SyncNative(wrapped));
    }

    public static TreasuryOrder Order(this SignedEngine signed, string command, params Instruction[] instructions) =>
        new()
        {
            Command = Digest.Of(System.Text.Encoding.UTF8.GetBytes(command)),
            Message = MessageBytes.Write(MessageCompiler.V0(
                signed.Key.Address, FakeNode.Latest, [ComputeBudget.Limit(100_000), .. instructions], [])),
            Approvals = [new TreasuryApproval("opa", TreasuryRole.Operator)],
            CostMax = CostMax,
        };

    /// <summary>The records of a type in the control partition.</summary>
    public static async Task<List<AuditRecord>> Control(this SignedEngine signed, RecordType type)
    {
        var records = await signed.Engine.Log.Read(
            new LogPartition(LogTopics.Audit, AuditWriter.ControlPartition), 0, 10_000);
        return [.. records.Where(record => record.Entry.Type == type)
            .Select(record => AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span))];
    }
}
