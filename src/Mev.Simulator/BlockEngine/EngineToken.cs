using Mev.Domain.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>What a token stands for.</summary>
/// <param name="Identity">Whose it is.</param>
/// <param name="End">Until when it holds.</param>
/// <param name="IsRefresh">It brings access tokens and is none.</param>
internal sealed record EngineToken(Pubkey Identity, DateTimeOffset End, bool IsRefresh);
