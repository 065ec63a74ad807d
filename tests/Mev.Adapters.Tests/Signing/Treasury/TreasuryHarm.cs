using System.Buffers.Binary;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing.Treasury;

/// <summary>
/// Looks for harm in a message that was let pass. Knows no rule: it reads the bytes anew, and follows who signs, what
/// leaves, who receives, and what the request says of the moment.
/// </summary>
internal static class TreasuryHarm
{
    /// <summary>The harm; null when there is none.</summary>
    public static string? Find(TreasuryRequest request)
    {
        var message = MessageBytes.Read(request.Message.Span, out _)!;
        if (message.Header.Signers != 1) return "somebody else has to sign";
        if (1 + 64 + request.Message.Length > 1_232) return "it is longer than a packet";
        if (!request.Wallets.Allowed.Contains(message.Payer)) return "a wallet pays that may not";
        var isSaid = request.Approvals.Any(one => one.Role == TreasuryRole.Admin)
            && request.Approvals.Any(one => one.Role == TreasuryRole.Risk)
            && request.Approvals.DistinctBy(one => one.Principal).Count() > 1;
        var (price, paid) = (0UL, (Int128)5_000);
        foreach (var call in MessageInstructions.Of(message, [])!.Value)
        {
            if (call.Program == Programs.ComputeBudget)
            {
                if (ComputeBudget.TryReadPrice(call.Data.Span, out var told)) price = told;
            }
            else if (Harm(call, message.Payer, request, isSaid, ref paid) is { } harm)
            {
                return harm;
            }
        }
        paid += (Int128)price * 100_000 / 1_000_000;
        if (paid > request.CostMax.Value) return $"{paid} leave, more than was ordered";
        if (request.CostMax > request.Left) return "the day's orders together are above the cap";
        var has = request.Wallets.Balances.GetValueOrDefault(message.Payer);
        return has.Value - paid < request.Reserve.Value ? "the reserve is gone" : OfTheMoment(request);
    }

    private static string? OfTheMoment(TreasuryRequest request)
    {
        if (request.Ordered != Digest.Of(request.Message.Span)) return "nobody ordered these bytes";
        if (request.Approvals.IsEmpty) return "nobody approved it";
        var stop = request.Stop;
        if (stop.IsStopped || stop.Now >= stop.Permit!.EndsAt) return "it is stopped";
        return request.Network.GenesisHash is { } hash && hash != Genesis.Mainnet ? null : "the chain is another one";
    }

    private static string? Harm(
        Instruction call, Pubkey payer, TreasuryRequest request, bool isSaid, ref Int128 paid)
    {
        var accounts = call.Accounts;
        var data = call.Data.Span;
        if (call.Program == Programs.AssociatedToken)
        {
            paid += 2_039_280;
            return IsOurs(accounts[2].Key, request) || isSaid ? null : "a stranger gets a token account";
        }
        if (call.Program == Programs.Token)
        {
            if (data is [17]) return null;
            return data is [9] && IsOurs(accounts[1].Key, request) ? null : "tokens are moved or given away";
        }
        var tag = data.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(data);
        if (call.Program == Programs.AddressLookupTable)
        {
            if (tag is 0) paid += 1_280_640;
            if (tag is 2) paid += 6_960 * (data.Length - 12);
            return tag != 4 || IsOurs(accounts[2].Key, request) ? null : "a table's deposit goes to a stranger";
        }
        if (call.Program != Programs.System) return "a program that is not known is called";
        if (tag == 3)
        {
            paid += 1_447_680;
            return null;
        }
        if (tag == 6) return new Pubkey(data[4..]) == payer ? null : "a stranger has the nonce";
        return tag == 2 ? OfTransfer(call, payer, request, isSaid, ref paid) : "an account is given away";
    }

    private static string? OfTransfer(
        Instruction call, Pubkey payer, TreasuryRequest request, bool isSaid, ref Int128 paid)
    {
        var (to, amount) = (call.Accounts[1].Key, BinaryPrimitives.ReadUInt64LittleEndian(call.Data.Span[4..]));
        if (to != payer) paid += amount;
        if (TipAccounts.Contains(to))
            return amount is < 1_000 || amount > (ulong)request.TipMax.Value ? "a tip of no use, or too large" : null;
        var isWrapped = to == AssociatedToken.Address(payer, Mints.Wsol, Programs.Token);
        return isWrapped || IsOurs(to, request) || isSaid ? null : "a stranger is paid";
    }

    private static bool IsOurs(Pubkey key, TreasuryRequest request) => request.Wallets.All.Contains(key);
}
