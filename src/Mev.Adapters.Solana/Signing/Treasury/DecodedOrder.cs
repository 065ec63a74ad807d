using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Solana.Signing.Treasury;

/// <summary>What a message of the treasury does, with what its rules ask about.</summary>
internal sealed record DecodedOrder
{
    public required TreasuryRequest Request { get; init; }

    public required TransactionMessage Message { get; init; }

    /// <summary>Unknown when it is none of the forms.</summary>
    public required TreasuryForm Form { get; init; }

    /// <summary>Who receives something: lamports, an account or the authority over one.</summary>
    public Pubkey Destination { get; init; }

    /// <summary>Lamports that leave the payer, deposits and tip included and the fee not.</summary>
    public Lamports Amount { get; init; }

    /// <summary>The part of it that is a tip.</summary>
    public Lamports Tip { get; init; }

    /// <summary>What the payer is charged, landed or failed.</summary>
    public Lamports Fee { get; init; }

    public Pubkey Payer => Message.Payer;
}
