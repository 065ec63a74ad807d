using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Instructions;

/// <summary>The accounts of one swap of a wallet on one pool, ready to make its instruction for any amounts.</summary>
public interface ISwapAccounts
{
    /// <summary>The wallet that signs for its token accounts.</summary>
    Pubkey User { get; }

    /// <summary>Its token account that pays.</summary>
    Pubkey UserIn { get; }

    /// <summary>Its token account that receives.</summary>
    Pubkey UserOut { get; }

    /// <summary>What it may cost to execute.</summary>
    ComputeUse Use { get; }

    /// <summary>Swaps exactly <paramref name="amountIn"/>, and fails below <paramref name="amountOutMin"/>.</summary>
    Instruction ExactIn(TokenAmount amountIn, TokenAmount amountOutMin);
}
