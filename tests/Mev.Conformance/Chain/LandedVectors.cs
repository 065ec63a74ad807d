using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Conformance.Reports;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Chain;

/// <summary>
/// Transactions that landed on mainnet: written from their parts their signatures verify, so every byte is the one that
/// was signed; the fee is the one that was charged; and what they created and bought is made here in the same way.
/// </summary>
internal static class LandedVectors
{
    public const string FilePattern = "agavesim-arb-tx-JSON*.json";

    private const int BuyLength = 23; // accounts of a purchase on PumpSwap in 2025
    private const int AmountsEnd = 24; // in the arguments of a purchase; a flag may follow
    private const uint UnitsWithoutLimit = 200_000; // for each instruction, where no limit is set: none here

    public static void Run(string path, ProtocolReport report) => ChainJson.Run(
        report, Path.GetFileNameWithoutExtension(path), check => Compare(path, check));

    private static void Compare(string path, VectorCheck check)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var result = json.RootElement.GetProperty("result");
        var (transaction, message) = (RpcTransaction.ReadSigned(result), RpcTransaction.ReadMessage(result));
        check.Equal("isSigned", bool.TrueString, transaction.IsSigned().ToString(CultureInfo.InvariantCulture));
        check.Equal("limits", nameof(TransactionDefect.None), TransactionLimits.Check(message).ToString());
        check.Equal("fee", ChainJson.Text(result.GetProperty("meta"), "fee"), FeeOf(message).ToString());
        var written = transaction.Write();
        check.Equal(
            "written again", Convert.ToHexString(written),
            Convert.ToHexString(Transaction.Read(written, out _)?.Write() ?? []));
        foreach (var instruction in MessageInstructions.Of(message, []) ?? [])
        {
            if (instruction.Program == Programs.AssociatedToken) Creation(instruction, check);
            if (instruction.Program == Programs.PumpSwap) Purchase(instruction, check);
        }
    }

    private static Lamports FeeOf(TransactionMessage message)
    {
        var (limit, price) = (UnitsWithoutLimit, 0UL);
        foreach (var instruction in message.Instructions)
        {
            if (message.StaticKeys[instruction.Program] != Programs.ComputeBudget) continue;
            var data = instruction.Data.Span;
            if (data[0] == 2) limit = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            if (data[0] == 3) price = BinaryPrimitives.ReadUInt64LittleEndian(data[1..]);
        }
        return TransactionFee.Of(message.Header.Signers, limit, price);
    }

    private static void Creation(Instruction landed, VectorCheck check)
    {
        var keys = Keys(landed);
        var made = AssociatedToken.Create(keys[0], keys[2], keys[3], keys[5]);
        check.Equal("creation", Show(landed), Show(made));
    }

    /// <summary>Nobody is named as the coin's creator there: the event in the transaction's log says so.</summary>
    private static void Purchase(Instruction landed, VectorCheck check)
    {
        var keys = Keys(landed);
        var data = landed.Data.Span;
        if (keys.Length != BuyLength)
        {
            check.Fail("purchase", $"{BuyLength} accounts", $"{keys.Length}");
            return;
        }
        var swap = new PumpSwapAccounts
        {
            Pool = keys[0],
            User = keys[1],
            BaseMint = keys[3],
            QuoteMint = keys[4],
            UserBase = keys[5],
            UserQuote = keys[6],
            BaseVault = keys[7],
            QuoteVault = keys[8],
            ProtocolRecipient = keys[9],
            BaseProgram = keys[11],
            QuoteProgram = keys[12],
            CoinCreator = default,
            IsVolumeCounted = data.Length > AmountsEnd ? data[AmountsEnd] == 1 : null,
            Direction = SwapDirection.BToA,
        };
        var amountOut = new TokenAmount(BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
        var amountInMax = new TokenAmount(BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
        check.Equal("purchase", Show(landed), Show(swap.ExactOut(amountInMax, amountOut)));
    }

    private static Pubkey[] Keys(Instruction instruction) => [.. instruction.Accounts.Select(account => account.Key)];

    /// <summary>Without the rights, which are those of the whole transaction there.</summary>
    private static string Show(Instruction instruction) => ChainJson.Show(ChainJson.WithoutRights(instruction));
}
