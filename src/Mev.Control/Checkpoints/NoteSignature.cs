namespace Mev.Control.Checkpoints;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The first four bytes of the key's hash, big-endian.</param>
/// <param name="Bytes">What follows it: for Ed25519 the signature, for a witness its time and signature.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes);
