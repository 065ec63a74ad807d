namespace Mev.Simulator.BlockEngine;

/// <summary>A request as it arrived.</summary>
/// <param name="At">When, since the engine began.</param>
/// <param name="Region">Where.</param>
/// <param name="Method">Path of HTTP or method of gRPC.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record ReceivedRequest(TimeSpan At, string Region, string Method, ReadOnlyMemory<byte> Bytes);
