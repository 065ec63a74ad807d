using System.Collections.Immutable;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Tests.Jito;

/// <summary>Signed bundles.</summary>
internal static class Submissions
{
    public const ulong LastValidBlockHeight = 500;

    public static Lamports Tip { get; } = new(25_000);

    public static OpportunityId Opportunity(int number) => new(Digest.Of(BitConverter.GetBytes(number)));

    /// <summary>One transaction that asks for 90,000 units and tips; another one for each number.</summary>
    public static BundleSubmission New(int number, int variant = 0)
    {
        using var key = Samples.Signer($"wallet {number}");
        var message = MessageCompiler.V0(
            key.Address, Samples.Blockhash,
            [
                ComputeBudget.Limit((uint)(90_000 + variant)),
                SystemProgram.Transfer(key.Address, TipAccounts.All[0], Tip),
            ],
            []);
        var signed = SigningKey.SignAll(message, key);
        return new BundleSubmission
        {
            Opportunity = Opportunity(number),
            Message = signed.Message,
            MessageHash = Digest.Of(signed.Message.Span),
            Transactions = [signed.Write()],
            LastValidBlockHeight = LastValidBlockHeight,
        };
    }

    public static SignedBundle Signed(int number) => SignedBundle.Read(New(number));

    public static ImmutableArray<ReadOnlyMemory<byte>> Bytes(int number) => New(number).Transactions;
}
