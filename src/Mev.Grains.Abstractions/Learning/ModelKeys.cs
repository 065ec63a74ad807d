namespace Mev.Grains.Abstractions.Learning;

/// <summary>Keys of model grains.</summary>
public static class ModelKeys
{
    /// <summary>The model of offsets that samplers use.</summary>
    public const string Offset = "offset";
}
