namespace Mev.Domain.Learning;

/// <summary>Why bytes were not taken for a posterior.</summary>
public enum PosteriorRefusal : byte
{
    /// <summary>They were.</summary>
    None = 0,

    /// <summary>No sampler of that kind is known here.</summary>
    UnknownKind = 1,

    /// <summary>Not as many bytes as this kind has.</summary>
    Length = 2,

    /// <summary>Written by another version.</summary>
    Version = 3,

    /// <summary>A value that no sequence of events leads to.</summary>
    Value = 4,
}
