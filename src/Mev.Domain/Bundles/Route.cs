namespace Mev.Domain.Bundles;

/// <summary>How a bundle is submitted.</summary>
public enum Route : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The ordinary way: no cost beyond the tip.</summary>
    Standard = 1,

    /// <summary>Faster, at a cost for each submission, landed or not.</summary>
    Fast = 2,
}
