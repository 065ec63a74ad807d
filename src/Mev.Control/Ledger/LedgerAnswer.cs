namespace Mev.Control.Ledger;

/// <summary>What a command was answered, to be given again byte for byte.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The answer's exact bytes.</param>
public sealed record LedgerAnswer(int Status, ReadOnlyMemory<byte> Body);
