using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// Gives the pool whose pool account a write is, by (owner, discriminator, length); null when it is none. Never throws
/// on hostile bytes. The assembler applies the write itself.
/// </summary>
public delegate Pool? PoolCreator(in AccountWrite write);
