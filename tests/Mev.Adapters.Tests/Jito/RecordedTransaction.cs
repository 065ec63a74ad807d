using System.Numerics;
using System.Text.Json;
using Google.Protobuf;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Jito;

/// <summary>A recorded answer of getTransaction as the account stream would have delivered it.</summary>
internal static class RecordedTransaction
{
    public static ObservedTransaction Read(JsonElement answer)
    {
        var result = answer.GetProperty("result");
        var (told, meta) = (result.GetProperty("transaction"), result.GetProperty("meta"));
        var message = told.GetProperty("message");
        var header = message.GetProperty("header");
        var update = new SubscribeUpdateTransaction
        {
            Slot = result.GetProperty("slot").GetUInt64(),
            Transaction = new SubscribeUpdateTransactionInfo
            {
                Signature = Bytes(told.GetProperty("signatures")[0]),
                Transaction = new Transaction
                {
                    Message = new Message
                    {
                        Header = new MessageHeader
                        {
                            NumRequiredSignatures = header.GetProperty("numRequiredSignatures").GetUInt32(),
                            NumReadonlySignedAccounts = header.GetProperty("numReadonlySignedAccounts").GetUInt32(),
                            NumReadonlyUnsignedAccounts =
                                header.GetProperty("numReadonlyUnsignedAccounts").GetUInt32(),
                        },
                        AccountKeys = { message.GetProperty("accountKeys").EnumerateArray().Select(Bytes) },
                        Instructions =
                        {
                            message.GetProperty("instructions").EnumerateArray().Select(call => new CompiledInstruction
                            {
                                ProgramIdIndex = call.GetProperty("programIdIndex").GetUInt32(),
                                Accounts = Places(call),
                                Data = Bytes(call.GetProperty("data")),
                            }),
                        },
                    },
                },
                Meta = new TransactionStatusMeta
                {
                    Fee = meta.GetProperty("fee").GetUInt64(),
                    InnerInstructions = { meta.GetProperty("innerInstructions").EnumerateArray().Select(Inner) },
                    LoadedWritableAddresses = { Loaded(meta, "writable") },
                    LoadedReadonlyAddresses = { Loaded(meta, "readonly") },
                },
            },
        };
        Assert.Equal(WireDefect.None, TransactionReader.Read(update, out var read));
        return read!;
    }

    private static InnerInstructions Inner(JsonElement group) => new()
    {
        Index = group.GetProperty("index").GetUInt32(),
        Instructions =
        {
            group.GetProperty("instructions").EnumerateArray().Select(call => new InnerInstruction
            {
                ProgramIdIndex = call.GetProperty("programIdIndex").GetUInt32(),
                Accounts = Places(call),
                Data = Bytes(call.GetProperty("data")),
                StackHeight = call.GetProperty("stackHeight").GetUInt32(),
            }),
        },
    };

    private static IEnumerable<ByteString> Loaded(JsonElement meta, string kind) =>
        meta.GetProperty("loadedAddresses").GetProperty(kind).EnumerateArray().Select(Bytes);

    private static ByteString Places(JsonElement call) => ByteString.CopyFrom(
        [.. call.GetProperty("accounts").EnumerateArray().Select(place => place.GetByte())]);

    /// <summary>Base58 of any length; the domain's is bounded.</summary>
    private static ByteString Bytes(JsonElement text)
    {
        const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var digits = text.GetString()!;
        var value = digits.Aggregate(BigInteger.Zero, (sum, digit) => sum * 58 + Alphabet.IndexOf(digit));
        var bytes = value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true);
        var zeros = digits.TakeWhile(digit => digit == '1').Count();
        return ByteString.CopyFrom([.. Enumerable.Repeat((byte)0, zeros), .. bytes]);
    }
}
